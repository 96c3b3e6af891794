"""What a condition tells: a name that ties two branches together, and what places hold in its arms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from lrlint import outline, tf_api
from lrlint.trace.store import Place
from lrlint.trace.syntax import last_name, parts
from lrlint.trace.values import (
    ASKED,
    UNKNOWN,
    Atom,
    Bound,
    Class,
    Container,
    External,
    Function,
    Instance,
    Literal,
    MissingStep,
    ModeAnswer,
    Number,
    Optimizer,
    Partial,
    Rate,
    Schedule,
    Value,
    Variable,
    is_opaque,
)

if TYPE_CHECKING:
    from lrlint.trace.expressions import Expressions


_NEVER_THE_SAME = frozenset(
    {
        outline.Call,
        outline.NamedExpr,
        outline.Await,
        outline.Yield,
        outline.Lambda,
        outline.ListComp,
        outline.SetComp,
        outline.DictComp,
        outline.GeneratorExp,
    }
)
"""The kinds of expressions that may give something else each time."""


_NEGATIONS: dict[type[object], type[object]] = {
    outline.NotEqual: outline.Equal,
    outline.GreaterThanEqual: outline.LessThan,
    outline.GreaterThan: outline.LessThanEqual,
    outline.NotIn: outline.In,
    outline.IsNot: outline.Is,
}
"""The comparisons that hold where others do not."""


class Condition(NamedTuple):
    """What is the same wherever it is met, as long as its names are: its text, and its outcome where a test holds."""

    text: str
    names: tuple[str, ...]
    holds: bool


def condition_of(test: outline.BaseExpression) -> Condition | None:
    """The condition that a test asks for, or whose opposite it does: ``x != 1`` is ``x == 1`` with the other outcome.

    ``None`` for a test that calls something: two calls need not agree.
    """
    holds = True
    while type(test) is outline.UnaryOperation and type(test.operator) is outline.Not:
        test, holds = test.expression, not holds
    only = test.comparisons[0] if type(test) is outline.Comparison and len(test.comparisons) == 1 else None
    negated = _NEGATIONS.get(type(only.operator)) if only is not None else None
    names: list[str] = []
    words: list[str] = []
    todo: list[outline.Node] = [test]
    while todo:
        node = todo.pop()
        if type(node) is outline.Name:
            names.append(node.value)
            words.append(node.value)
        elif type(node) is outline.SimpleString or type(node) is outline.Integer or type(node) is outline.Float:
            words.append(node.value)
        elif type(node) in _NEVER_THE_SAME:
            return None
        else:
            words.append(type(node).__name__)
            if hasattr(node, "operator"):
                operator = negated if node is only and negated is not None else type(node.operator)
                words.append(operator.__name__)
            todo.extend(parts(node))
    return Condition(" ".join(words), tuple(names), holds == (negated is None)) if names else None


def narrow(machine: Expressions, test: outline.BaseExpression, outcome: bool) -> None:
    """Narrow what places hold, in the present layer, by the outcome of a condition."""
    if type(test) is outline.UnaryOperation and type(test.operator) is outline.Not:
        narrow(machine, test.expression, not outcome)
    elif type(test) is outline.BooleanOperation:
        if isinstance(test.operator, outline.And) == outcome:
            narrow(machine, test.left, outcome)
            narrow(machine, test.right, outcome)
    elif type(test) is outline.Comparison and len(test.comparisons) == 1:
        _compared(machine, test.left, test.comparisons[0], outcome)
    elif type(test) is outline.Call:
        _asked(machine, test, outcome)
    else:
        value = machine.evaluate(test)
        if value.only(ModeAnswer) is not None:
            machine.assume_mode("eager" if outcome else "graph", test)
        elif not all(may_be(atom, outcome) for atom in value.atoms):
            # A named constant may be another tomorrow: the arm that it rules out today is walked all the same.
            _keep(machine, test, lambda atom: may_be(atom, outcome), certain=False)


def decided(machine: Expressions, test: outline.BaseExpression) -> bool | None:
    """The outcome of a condition that the arguments of the present call decide; ``None`` where they do not.

    Of names, only parameters count: a named constant may be another tomorrow.
    """
    if type(test) is outline.UnaryOperation and type(test.operator) is outline.Not:
        inner = decided(machine, test.expression)
        return None if inner is None else not inner
    if type(test) is outline.BooleanOperation:
        sides = {decided(machine, test.left), decided(machine, test.right)}
        short = type(test.operator) is outline.Or
        return short if short in sides else (not short if sides == {not short} else None)
    if type(test) is outline.Name and test.value in ("True", "False"):
        return test.value == "True"
    if type(test) is outline.Name:
        given = _argument(machine, test)
        return bool(given.content) if given is not None else None
    if type(test) is outline.Comparison and len(test.comparisons) == 1:
        given, target = _argument(machine, test.left), test.comparisons[0]
        other = machine.evaluate(target.comparator).only(Literal) if given is not None else None
        if given is not None and other is not None:
            if isinstance(target.operator, (outline.Equal, outline.Is)):
                return bool(given.content == other.content)
            if isinstance(target.operator, (outline.NotEqual, outline.IsNot)):
                return bool(given.content != other.content)
    return None


def _argument(machine: Expressions, node: outline.BaseExpression) -> Literal | None:
    """The constant that a parameter of the present function was given."""
    function = machine.frame.node
    if type(node) is not outline.Name or not isinstance(function, (outline.FunctionDef, outline.Lambda)):
        return None
    return machine.evaluate(node).only(Literal) if node.value in _parameters(function.params) else None


def _parameters(params: outline.Parameters) -> frozenset[str]:
    every = (*params.posonly_params, *params.params, *params.kwonly_params)
    return frozenset(param.name.value for param in every)


def may_be(atom: Atom, truth: bool) -> bool:
    """Whether a thing may have this truth value."""
    if isinstance(atom, Literal):
        return bool(atom.content) == truth
    if isinstance(atom, (Schedule, Optimizer, Function, Bound, Partial, Class, Instance, External)):
        return truth
    return True


def _compared(
    machine: Expressions, left: outline.BaseExpression, target: outline.ComparisonTarget, outcome: bool
) -> None:
    right, op = target.comparator, target.operator
    if type(left) is outline.Call and last_name(left.func) == "type" and left.args:
        mark_asked(machine, left.args[0].value)
    if type(right) is outline.Name and right.value == "None":
        if isinstance(op, (outline.Is, outline.Equal)):
            _keep(machine, left, lambda atom: _is_none(atom) == outcome or is_opaque(atom))
        elif isinstance(op, (outline.IsNot, outline.NotEqual)):
            _keep(machine, left, lambda atom: _is_none(atom) != outcome or is_opaque(atom))


def _asked(machine: Expressions, test: outline.Call, outcome: bool) -> None:
    asked = machine.evaluate(test.func).only(External)
    if asked is None:
        return
    if asked.name in tf_api.EAGER_QUERIES:
        machine.assume_mode("eager" if outcome else "graph", test)
    elif test.args and asked.name == "builtins.callable":
        _asked_whether_callable(machine, test.args[0].value, outcome)
    elif test.args and asked.name == "builtins.isinstance" and len(test.args) == 2:
        mark_asked(machine, test.args[0].value)
        numeric = _numeric_classes(machine, test.args[1].value)
        if numeric is not None:
            _keep(machine, test.args[0].value, lambda atom: _is_instance(atom, numeric) in (outcome, None))
    elif asked.name == "builtins.hasattr" and len(test.args) == 2:
        wanted = machine.evaluate(test.args[1].value).only(Literal)
        if wanted is not None and wanted.content == "__call__":
            _asked_whether_callable(machine, test.args[0].value, outcome)
        if wanted is not None and wanted.content in tf_api.READ_METHODS | {"dtype", "shape"}:
            _keep(machine, test.args[0].value, lambda atom: (not isinstance(atom, Schedule)) or not outcome)


def _asked_whether_callable(machine: Expressions, node: outline.BaseExpression, outcome: bool) -> None:
    _keep(machine, node, lambda atom: _is_callable(atom) in (outcome, None))
    if outcome:
        mark_asked(machine, node)


def _keep(
    machine: Expressions, node: outline.BaseExpression, keep: Callable[[Atom], bool], *, certain: bool = True
) -> None:
    """Leave in a name or attribute only what can be there; where nothing can, the arm is never taken."""
    place, held = _held(machine, node)
    if place is None or held is None:
        return
    kept = held.where(keep)
    if kept is held:
        return
    if kept:
        _write(machine, place, kept)
    elif certain and place[0] == machine.frame.key:
        machine.live = False
    elif certain:
        # Only of its own names a function can know that nobody else binds them.
        _write(machine, place, UNKNOWN)


def mark_asked(machine: Expressions, node: outline.BaseExpression) -> None:
    """Remember of a place that what it holds was asked whether it can be called."""
    place, held = _held(machine, node)
    if place is not None and held is not None:
        _write(machine, place, held.guarded(ASKED))


def _held(machine: Expressions, node: outline.BaseExpression) -> tuple[Place | None, Value | None]:
    """The place that an expression stands for, and what it holds: stored, or computed by a property."""
    place = _place(machine, node)
    if place is None:
        return None, None
    held = machine.store.read(place)
    return place, machine.evaluate(node) if held is None and isinstance(place[0], (Instance, Optimizer)) else held


def _write(machine: Expressions, place: Place, value: Value) -> None:
    """Put into a place what is known of it here; of an attribute that is computed, only for this arm."""
    if machine.store.read(place) is None:
        machine.narrowed = {**machine.narrowed, place: value}
    else:
        machine.store.write(place, value)


def _place(machine: Expressions, node: outline.BaseExpression) -> Place | None:
    """The place that a name or an attribute of one thing stands for."""
    if isinstance(node, outline.NamedExpr):
        node = node.target
    if type(node) is outline.Name:
        for frame in machine.frame.outer.get(node.value, machine.frame).chain:
            if machine.store.read((frame.key, node.value)) is not None:
                return (frame.key, node.value)
    elif type(node) is outline.Attribute:
        holders = machine.evaluate(node.value)
        if len(holders.atoms) == 1:
            (holder,) = holders
            return (holder, node.attr.value)
    elif type(node) is outline.Subscript:
        container = machine.evaluate(node.value).only(Container)
        index, known = machine.index(node)
        if container is not None and known:
            return (container, index)
    return None


def _is_none(atom: Atom) -> bool:
    return isinstance(atom, MissingStep) or (isinstance(atom, Literal) and atom.content is None)


def _is_callable(atom: Atom) -> bool | None:
    if isinstance(atom, (Schedule, Function, Bound, Partial, Class)):
        return True
    if isinstance(atom, (Literal, Number, Rate, Variable, Container)):
        return False
    return None


def _numeric_classes(machine: Expressions, node: outline.BaseExpression) -> bool | None:
    """Whether a class, or each of a tuple of them, is one of numbers or tensors; ``None`` where nobody knows."""
    value: Value = machine.evaluate(node)
    classes = machine.unpack(value) or [value]
    names = [only.name if (only := cls.only(External)) else "" for cls in classes]
    if all(
        name.rpartition(".")[2] in ("float", "int", "Number", "Real", "Tensor", "Variable", "EagerTensor", "str")
        and name
        for name in names
    ):
        return True
    return None


def _is_instance(atom: Atom, numeric: bool) -> bool | None:
    if isinstance(atom, (Schedule, Function, Bound, Partial)):
        return not numeric
    return None
