"""LRL302: a variable that is given the rate once, and an optimizer that is given the variable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import (
    as_function,
    assigned_rate,
    is_eager,
    is_primary,
    mistake,
    optimizer_place,
    quote,
    schedule_places,
)

if TYPE_CHECKING:
    from lrlint.trace.events import FrozenCopy
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for frozen in trace.frozen_copies():
        evidence = trace.schedule_mode(frozen.schedule)
        if not is_eager(evidence):
            continue
        code = quote(trace, frozen.node)
        yield mistake(
            frozen.node,
            f"`{code}` takes the rate of this moment, and nothing assigns it again",
            evidence,
            effect=_effect(trace, frozen),
            repair=_repair(trace, frozen),
            related=(*schedule_places(trace, frozen.schedule), optimizer_place(trace, frozen.optimizer.optimizer)),
        )


def _effect(trace: Trace, frozen: FrozenCopy) -> Strays:
    chosen = frozen.node in trace.choices
    unknown = "which of its functions `tf.cond` calls is not known" if chosen else None
    return Strays(frozen.schedule, "frozen", optimizer=frozen.optimizer.optimizer, unknown=unknown)


def _repair(trace: Trace, frozen: FrozenCopy) -> Repair | None:
    if not trace.is_only_rate(frozen):
        return None
    if not frozen.optimizer.calls_rate:
        return assigned_rate(trace, frozen.optimizer)
    source, code = frozen.source, trace.code
    if source is not None and (is_primary(source) or trace.is_enclosed(source)):
        return Repair(
            "unsafe",
            f"Pass the schedule: `{code(source)}`",
            (Change(frozen.node, "", "unwrap", source),),
            reason="what else reads the variable gets the schedule",
        )
    return as_function(trace, [frozen.node], "unsafe", "what else reads the value gets a function")


RULE = Rule(
    code="LRL302",
    summary="a variable or `tf.cond` that takes the rate once, given to an optimizer",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
