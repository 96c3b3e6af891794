"""Suppositions: the program as it would be if some of its numbers were variables.

What becomes of a variable is known: its uses, its moves, and whom it reaches. Of a number only its value is. So a
program that takes a number for its step is walked another time: once to see which numbers reach the schedule, and once
with variables in their stead, to see what else there is to be changed.
"""

from __future__ import annotations

from lrlint import outline
from lrlint.program import Program
from lrlint.trace.events import Passed
from lrlint.trace.interpreter import Interpreter
from lrlint.trace.mode import Modes
from lrlint.trace.values import Function, Literal, Number, Value, Variable

_REFERENCES = (outline.Name, outline.Attribute, outline.Subscript, outline.IfExp, outline.BooleanOperation)


class Supposing(Interpreter):
    """A walk in which numbers know where they are written, and those at ``nodes`` are variables."""

    def __init__(self, program: Program, modes: Modes, nodes: frozenset[outline.BaseExpression]) -> None:
        super().__init__(program, modes)
        self.story.supposed = {node: {} for node in nodes}
        self._sure = True  # a default belongs to all calls of its function, and is left as it is

    def evaluate(self, node: outline.BaseExpression) -> Value:
        value = super().evaluate(node)
        if node in self.story.supposed and self._sure:
            variable = self.thing(Variable, node)
            self.story.supposed[node][variable] = None
            self.story.variables.setdefault(variable, node)
            self.story.initial[variable] = Passed(value, node)
            self.story.made_where[variable] = self.where
            return Value.of(variable)
        if isinstance(node, outline.Call):
            self.mention(node, value)  # what a function gives is used where it is called
        if len(value.atoms) != 1 or isinstance(node, _REFERENCES):
            return value
        (atom,) = value
        if isinstance(atom, Literal) and atom.made is None and atom.kind in (int, float):
            return Value.of(Literal(atom.content, atom.kind, node))
        return Value.of(Number(node)) if isinstance(atom, Number) and atom.made is None else value

    def remember_defaults(self, function: Function, params: outline.Parameters) -> None:
        self._sure = False
        super().remember_defaults(function, params)
        self._sure = True

    def counts_in_place(self, counted: Value) -> bool:
        return bool(counted) and all(
            isinstance(atom, Variable) and atom.site is not None and atom.site.node in self.story.supposed
            for atom in counted
        )
