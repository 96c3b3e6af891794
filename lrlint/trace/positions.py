"""Questions about positions in a program: what stands around them, how they are written, and in which mode they run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lrlint import outline
from lrlint.trace.events import Where
from lrlint.trace.facts import Facts
from lrlint.trace.lexical import SCOPES, lines_of_one, parents
from lrlint.trace.mode import Evidence, ModeScope
from lrlint.trace.names import canonical
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import dotted, names_in, parts, walk
from lrlint.trace.values import Schedule


@dataclass(slots=True)
class PositionQueries(Facts):
    """Where things stand."""

    _parents: dict[outline.Node, outline.Node] | None = None
    _lines: dict[outline.Node, outline.SimpleStatementLine] | None = None

    @property
    def module(self) -> outline.Module:
        """All code of the program."""
        return self.program.module

    def around(self, node: outline.Node) -> list[outline.Node]:
        """The nodes from the module down to a node, both included; nothing where the node does not stand in it."""
        if self._parents is None:
            self._parents = parents(self.module)
        chain = [node]
        while (outer := self._parents.get(chain[-1])) is not None:
            chain.append(outer)
        return chain[::-1] if chain[-1] is self.module else []

    def all_around(self, nodes: Iterable[outline.Node]) -> frozenset[outline.Node]:
        """The nodes around any of some nodes, these included."""
        return frozenset(outer for node in nodes for outer in self.around(node))

    def around_binding(self, statement: outline.Node) -> list[outline.Node]:
        """The nodes from the module down to where a statement binds a name: a definition does so around itself."""
        chain = self.around(statement)
        return chain[:-1] if isinstance(statement, SCOPES) else chain

    def in_order(self, whole: outline.Node, first: outline.Node, second: outline.Node) -> bool:
        """Whether, somewhere inside a node, one node begins before another, if that is there at all."""
        if whole not in self.around(first):
            return False
        position = self._positions()
        return whole not in self.around(second) or position[first] <= position[second]

    @remembered
    def _positions(self) -> dict[outline.Node, int]:
        return {node: position for position, node in enumerate(walk(self.module))}

    def calls_each(self, call: outline.Call) -> bool:
        """Whether what is called is what a loop around it goes through, or a method of that, as the text tells."""
        names = names_in(call.func)
        targets = (
            inner.target
            for outer in self.around(call)
            for inner in (outer, *(parts(outer) if isinstance(outer, outline.BaseComp) else ()))
            if isinstance(inner, (outline.For, outline.CompFor))
        )
        return any(not names.isdisjoint(names_in(target)) for target in targets)

    def own_line(self, node: outline.Node) -> outline.SimpleStatementLine | None:
        """The line that is one expression, or binds it, and can be taken away."""
        if self._lines is None:
            self._lines = lines_of_one(self.module)
        line = self._lines.get(node)
        return None if line is None or self.program.is_commented(line) else line

    def code(self, node: outline.Node) -> str:
        """The code of a node, as it is written, with its parentheses."""
        return self.program.code(node)

    def is_enclosed(self, node: outline.Node) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        return self.program.is_enclosed(node)

    def mode(self, scope: ModeScope) -> Evidence | None:
        """The mode of a region, with its evidence."""
        return self.modes.of(scope)

    def schedule_mode(self, schedule: Schedule) -> Evidence | None:
        """The mode in which a schedule was made, which decides whether it is a callable or a tensor."""
        return self.unless_switched_elsewhere(self.modes.of(schedule.site.scope), self.schedules[schedule].where)

    def unless_switched_elsewhere(self, evidence: Evidence | None, where: Where) -> Evidence | None:
        """A mode, but for what stands in one arm of a branch where the program switches it on in the other."""
        elsewhere = evidence is not None and self.modes.is_switched_elsewhere(evidence, where.assumed)
        return None if elsewhere else evidence

    def _is_eager(self, scope: ModeScope) -> bool:
        evidence = self.modes.of(scope)
        return evidence is not None and evidence.mode == "eager"

    def _is_graph(self, scope: ModeScope) -> bool:
        evidence = self.modes.of(scope)
        return evidence is not None and evidence.mode == "graph"

    @property
    def tensorflow(self) -> list[str]:
        """The names of the module that stand for TensorFlow as a whole."""
        return [name for name, path in self.imports.items() if canonical(path) == "tf"]

    def path_of(self, node: outline.BaseExpression) -> str:
        """The dotted path of something imported, as TensorFlow itself writes it: not its canonical name."""
        root, _, rest = dotted(node).partition(".")
        path = self.imports.get(root, root)
        return f"{path}.{rest}" if rest else path
