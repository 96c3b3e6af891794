"""Which steps a schedule reads: the first one, and the one of the last update."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lrlint.trace.values import (
    GLOBAL_STEP,
    Atom,
    ConstantTensor,
    Container,
    Derived,
    Literal,
    MissingStep,
    Object,
    Optimizer,
    Schedule,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace import Trace
    from lrlint.trace.events import Where


_FILLED = {"zeros": 0, "zeros_initializer": 0, "ones": 1, "ones_initializer": 1}
"""What makes a first value that is a number, wherever TensorFlow has it."""


def first_step(trace: Trace, step: Value) -> float | None:
    """What a schedule reads at the first update, where that is known of its step."""
    return _value(trace, next(iter(step))) if len(step.atoms) == 1 else None


def last_step(trace: Trace, schedule: Schedule, optimizer: Optimizer | None, start: float) -> int | None:
    """The step of the last update, where the program has one loop of updates, and says how long it is."""
    update = trace.counting_update(schedule, optimizer)
    bound = trace.updates_bound(update) if update is not None else None
    if bound is None or not isinstance(bound.value, int) or bound.value < 2:
        return None
    return math.floor(start) + bound.value - 1


def is_shifted(trace: Trace, schedule: Schedule) -> bool:
    """Whether a schedule reads another step than the one that counts updates: ``step - 2``."""
    snapshot = trace.steps(schedule).only(Derived)
    return snapshot is not None and bool(trace.offset(snapshot))


def _value(trace: Trace, atom: Atom) -> float | None:
    if isinstance(atom, MissingStep):
        return 0
    if isinstance(atom, Literal):
        return _as_step(atom.content)
    if isinstance(atom, ConstantTensor):
        return _constant(atom.site.node)
    if isinstance(atom, Object):
        return _FILLED.get(atom.name.rpartition(".")[2])
    if isinstance(atom, Variable):
        return _variable(trace, atom)
    if isinstance(atom, Container):
        story = trace.containers.get(atom)
        if story is None or any(
            element.statement and _before(trace, element.where) for element in story.elements.values()
        ):
            return None
        first = trace.first_elements.get(atom.site.node) or trace.store.read((atom, 0))
        return first_step(trace, first) if first is not None else None
    if isinstance(atom, Derived) and len(atom.sources) == 1:
        (source,) = atom.sources
        begin = _value(trace, source) if isinstance(source, Variable) else None
        return _taken(trace, atom, begin) if begin is not None else None
    return None


def _variable(trace: Trace, variable: Variable) -> float | None:
    """What a step holds when the training begins: its first value, unless the program moves it before."""
    moves = trace.settings_of(variable)
    if any(move.kind not in ("update", "fed") and _before(trace, move.where) for move in moves):
        return None
    if variable == GLOBAL_STEP or variable not in trace.initial:
        return 0 if variable.label == GLOBAL_STEP.label else None
    begin = first_step(trace, trace.initial[variable].value)
    if begin is None:
        return None
    return float(begin) if (trace.dtypes.get(variable) or "").startswith("float") else begin


def _before(trace: Trace, where: Where) -> bool:
    """Whether something may happen before the first update: beside the loops of updates, not in one."""
    if not where.loops:
        return where.path.entry.function is trace.module
    return where.loops not in trace.loops_of_updates()


def _taken(trace: Trace, snapshot: Derived, begin: float) -> float | None:
    """A value that was taken from a step: the step's own, or one that is so many steps away from it."""
    node = snapshot.site.node
    code = trace.code(node)
    if trace.step_behind(snapshot, casts=True) is not None:
        return float(begin) if "float" in code else begin
    offset = trace.offset(snapshot)
    return begin + offset if offset is not None else None


def _constant(node: outline.Node) -> float | None:
    """The number that a tensor is made of."""
    arguments = getattr(node, "args", ())
    return _as_step(getattr(arguments[0].value, "evaluated_value", None)) if arguments else None


def _as_step(value: object) -> float | None:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, float)) else None
