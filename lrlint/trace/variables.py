"""TensorFlow variables: what makes them, and what moves the steps among them."""

from __future__ import annotations

from collections.abc import Collection

from lrlint import outline, tf_api
from lrlint.trace.events import (
    Move,
    MoveKind,
    Passed,
)
from lrlint.trace.passing import Arguments
from lrlint.trace.python import PythonLibrary
from lrlint.trace.syntax import walk
from lrlint.trace.values import (
    GLOBAL_STEP,
    NOTHING,
    UNKNOWN,
    External,
    Literal,
    MissingStep,
    Value,
    Variable,
    literal,
)

_INITIAL = {"tf.keras.backend.variable": "value", "tf.get_variable": "initializer"}


class Variables(PythonLibrary):
    """Variables and the global step."""

    def _global_step(self, name: str, node: outline.Node, _arguments: Arguments) -> Value:
        self.story.global_step_calls.add(node)
        if name.endswith(".get_global_step") and self.knows_no_global_step():
            return Value.of(self.thing(MissingStep, node))
        self.global_step_made()
        step = self.global_step()
        self.story.variables.setdefault(step, node)
        return Value.of(step)

    def global_step(self) -> Variable:
        """The global step of the present graph: each has one of its own, and eager code has one."""
        for region in self.scope.chain:
            if region.fixed is not None and region.fixed.own_graph:
                if region not in self.graph_steps:
                    self.graph_steps[region] = self.thing(Variable, region.fixed.node or self.module, "global_step")
                self.story.graph_steps.add(self.graph_steps[region])
                return self.graph_steps[region]
        return GLOBAL_STEP

    def _variable(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        bound = arguments.bind(tf_api.VARIABLES[name])
        named = arguments.text(tf_api.VARIABLES[name], "name")
        variable = self.thing(Variable, node, named)
        if name == "tf.get_variable" and named is not None:
            first = self.shared.setdefault(named, variable)
            if first != variable and not self.story.made_where[first].excludes(self.where):
                self.story.shared.add(first)
            variable = first
        self.story.variables.setdefault(variable, node)
        self.story.made_where[variable] = self.where
        if "trainable" in bound and bound["trainable"].value == literal(False):
            self.story.untrainable.add(variable)
        self.story.dtypes[variable] = self._dtype(name, bound)
        self.story.initial[variable] = bound.get(_INITIAL.get(name, "initial_value"), Passed(NOTHING))
        return Value.of(variable)

    def _dtype(self, name: str, bound: dict[str, Passed]) -> str | None:
        """The type of a variable, where it is known: as it says, or as its first value is."""
        if "dtype" in bound:
            only = bound["dtype"].value.only(External)
            return only.name.rpartition(".")[2] if only is not None else None
        initial = bound.get("initial_value")
        only_literal = initial.value.only(Literal) if initial is not None else None
        if name == "tf.keras.backend.variable" or only_literal is None:
            return None
        return {int: "int32", float: "float32"}.get(only_literal.kind)

    def move(self, variable: Variable, node: outline.Node, kind: MoveKind, amount: Passed | None = None) -> None:
        """Note what advances a step. Setting it to a constant does not: that is a reset."""
        if kind == "set" and amount is not None and amount.value.only(Literal) is not None:
            kind = "reset"
        if kind == "added" and amount is not None and amount.value == literal(0):
            return
        key = (node, self.frame.path, variable)
        move = Move(node, variable, kind, self.where, amount.value if amount else NOTHING)
        known = self.story.moves.get(key)
        if known is not None:
            move.value |= known.value
            move.kind = known.kind if kind == "reset" else kind
        self.story.moves[key] = move

    def _variable_method(self, receiver: Variable, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if name in tf_api.MOVE_METHODS:
            amount = next(iter(arguments), None)
            if amount is not None and amount.node is not None:
                self.use(amount.node, amount.value, "tensor", f"`.{name}()`", node)
            self.move(receiver, node, *moved_by(name, self.story.mentions.get(receiver, ()), amount))
            return Value.of(receiver)
        if name == "numpy":
            self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
        return self.derive([Value.of(receiver)], node, UNKNOWN)


def moved_by(name: str, reads: Collection[outline.Node], amount: Passed | None) -> tuple[MoveKind, Passed | None]:
    """How a function or method of this name moves a variable that ``reads`` read.

    ``assign(step + 1)`` adds, as ``assign_add(1)`` does, and so does ``assign_sub(-1)``.
    """
    if name == "assign_sub" and amount is not None:
        number = amount.value.only(Literal)
        if number is not None and isinstance(number.content, (int, float)) and number.content < 0:
            return "added", Passed(literal(-number.content))
    if name not in tf_api.SETTING | tf_api.ADDING:
        return "set", None
    own = amount is not None and amount.node is not None and any(inner in reads for inner in walk(amount.node))
    return ("added" if own or name in tf_api.ADDING else "set"), amount
