"""Uses: what is done with a schedule that is not called."""

from __future__ import annotations

from lrlint import outline
from lrlint.trace.core import Core
from lrlint.trace.events import Use, UseKind
from lrlint.trace.syntax import parts
from lrlint.trace.values import (
    AMONG,
    UNKNOWN,
    Derived,
    Rate,
    Schedule,
    Value,
    is_all_opaque,
)


class Uses(Core):
    """Notes of what schedules are used for."""

    def _each_child(self, node: outline.Node) -> Value:
        """An expression of no interest in itself: only its parts are evaluated."""
        for part in parts(node):
            if isinstance(part, outline.BaseExpression):
                self.evaluate(part)
            else:
                self._each_child(part)
        return UNKNOWN

    def use(self, node: outline.BaseExpression, value: Value, kind: UseKind, how: str, context: outline.Node) -> None:
        """Note what is done with the schedules that a value may be."""
        if self.trying:
            return
        if value.inert:
            if not is_all_opaque(value):
                self.story.other_uses.add(node)
            return
        schedules: list[Schedule] = []
        for atom, guards in value.atoms.items():
            if isinstance(atom, Rate) or (isinstance(atom, Derived) and _is_of_rates(atom)):
                return  # the program calls it where it can be called, in a way that nobody sees here
            if isinstance(atom, Schedule) and AMONG not in guards:
                schedules.append(atom)
        if not schedules:
            self.story.other_uses.add(node)
        for schedule in schedules:
            key = (node, self.frame.path, schedule, kind)
            certain = len(schedules) == len(value.atoms)
            known = self.story.uses.get(key)
            if known is None:
                self.story.uses[key] = Use(node, kind, how, schedule, context, self.where, certain)
            else:
                known.certain &= certain

    def show(self, node: outline.BaseExpression, value: Value, how: str, context: outline.Node) -> None:
        """Note what reaches text, also from within a list or a dict that is written out there."""
        self.use(node, value, "text", how, context)
        if isinstance(node, (outline.List, outline.Tuple, outline.Set)):
            for element in node.elements:
                self.show(element.value, self.evaluate(element.value), how, context)
        elif type(node) is outline.Dict:
            for item in node.elements:
                self.show(item.value, self.evaluate(item.value), how, context)

    def as_number(self, value: Value) -> None:
        """Note what is done to a tensor that a variable does not stand: it is formatted, or counts something."""
        self.story.as_numbers.update(value.all(Derived))

    def truth(self, node: outline.BaseExpression, how: str = "a test") -> Value:
        """Evaluate an expression for its truth."""
        value = self.evaluate(node)
        self.use(node, value, "truth", how, node)
        return value


def _is_of_rates(derived: Derived) -> bool:
    return any(isinstance(source, Rate) for source in derived.sources)
