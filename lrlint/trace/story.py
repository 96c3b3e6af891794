"""The trace: the story of a program's schedules, steps and optimizers, as questions that rules ask."""

from __future__ import annotations

from collections.abc import Collection

from lrlint import outline
from lrlint.trace.events import Use, UseKind
from lrlint.trace.keras import KerasQueries
from lrlint.trace.mode import Evidence
from lrlint.trace.syntax import contains, is_reference, names_in


class Trace(KerasQueries):
    """All that happens to the schedules, steps and optimizers of one program."""

    __slots__ = ()

    @property
    def file_mode(self) -> Evidence | None:
        """The mode of the file as a whole; ``None`` where nothing tells."""
        return self.modes.file()

    def distinct_uses(self, *kinds: UseKind) -> list[Use]:
        """The uses of these kinds, one for each expression, certain only where they are so in every context."""
        found: dict[outline.Node, Use] = {}
        for use in self.uses.values():
            if use.kind in kinds:
                first = found.setdefault(use.node, use)
                first.certain = first.certain and use.certain and use.node not in self.other_uses
        return list(found.values())

    def use_mode(self, use: Use) -> Evidence | None:
        """The mode that decides what a use does: that of the schedule, unless the program asked for it right here.

        ``None`` where the program switches a mode on in the other arm of a branch.
        """
        here = self.modes.of(use.where.scope)
        if here is not None and here.asked:
            return here
        return self.unless_switched_elsewhere(self.schedule_mode(use.schedule), use.where)

    def names_in(self, node: outline.Node) -> set[str]:
        """The names that an expression looks up."""
        return names_in(node)

    def is_inside(self, outer: outline.Node, inner: outline.Node) -> bool:
        """Whether a node stands somewhere inside another."""
        return outer is not inner and contains(outer, inner)

    def is_inside_any(self, outers: Collection[outline.Node], inner: outline.Node) -> bool:
        """Whether a node stands somewhere inside one of others."""
        return any(outer in outers for outer in self.around(inner)[:-1])

    def is_reference(self, node: outline.Node) -> bool:
        """Whether an expression only names something that was made elsewhere."""
        return is_reference(node)

    def is_operand(self, node: outline.Node) -> bool:
        """Whether an expression is an arm of a conditional or of an ``or``, where a ``lambda`` would swallow the rest."""
        whole = self.held.get(node) if isinstance(node, outline.BaseExpression) else None
        return isinstance(whole, (outline.IfExp, outline.BooleanOperation)) and not self.is_enclosed(node)

    def operands(self, comparison: outline.Node) -> list[outline.BaseExpression] | None:
        """The two operands of a comparison, in their order; ``None`` for a chain of more."""
        if not isinstance(comparison, outline.Comparison) or len(comparison.comparisons) != 1:
            return None
        return [comparison.left, comparison.comparisons[0].comparator]

    def discarded(self, node: outline.Node) -> outline.SimpleStatementLine | None:
        """The line that is nothing but an expression, and can be taken away."""
        line = self.own_line(node)
        return line if line is not None and isinstance(line.body[0], outline.Expr) else None

    def is_bare_generator(self, call: outline.Call) -> bool:
        """Whether the only argument of a call is a generator without parentheses of its own."""
        only = call.args[0].value if len(call.args) == 1 else None
        return isinstance(only, outline.GeneratorExp) and not self.is_enclosed(only)
