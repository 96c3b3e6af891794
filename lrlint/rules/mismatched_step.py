"""LRL102: an update that moves another variable than the one its schedule reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import best_handle, mistake, optimizer_place, quote, schedule_places, shared_name, step_name

if TYPE_CHECKING:
    from lrlint.trace.events import Following
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for following in trace.followings():
        update, optimizer, schedule = following
        node = update.global_step.node
        if node is None or not trace.moves_another(following):
            continue
        read, moved = step_name(trace, schedule), quote(trace, node)
        other = update.global_step.value.all(type(trace.standing_still(schedule)[0]))[0]
        yield mistake(
            node,
            f"the update moves `{moved}`, and the schedule reads `{read}`, which nothing moves",
            trace.mode(update.where.scope),
            effect=Strays(schedule, "frozen"),
            repair=_repair(trace, following),
            related=(
                *schedule_places(trace, schedule),
                (trace.variables[other], "the variable that is moved is made here"),
                optimizer_place(trace, optimizer),
            ),
        )


def _repair(trace: Trace, following: Following) -> Repair | None:
    """The step of the schedule instead, unless an update that comes later in the turn is to move it."""
    if trace.comes_before_another(following):
        return None
    steps = trace.steps_behind(following.schedule)
    node = following.update.global_step.node
    if node is None:
        return None
    handle = best_handle(trace, following.schedule, following.update.handles.get(steps, frozenset()))
    shared = trace.shared_step(steps, following.update.node) if handle is None else None
    if shared is not None:
        handle = shared[1]
    if handle is None:
        return None
    changes = (Change(node, handle),) if shared is None else (shared_name(shared), Change(node, handle))
    return Repair(
        "unsafe",
        f"Move the step of the schedule: `{handle}`",
        changes,
        reason="the other variable may be the one that was meant",
    )


RULE = Rule(
    code="LRL102",
    summary="an update that moves another variable than its schedule reads",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
