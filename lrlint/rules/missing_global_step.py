"""LRL101: an update of an optimizer that follows a schedule, and nothing moves the schedule's step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import best_handle, mistake, optimizer_place, schedule_places, shared_name, step_name

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.events import Following
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    stories: dict[outline.Node, list[Following]] = {}
    for following in trace.followings():
        if following.update.passes_no_step and trace.standing_still(following.schedule):
            stories.setdefault(following.update.node, []).append(following)
    for found in stories.values():
        yield _mistake(trace, found)


def _mistake(trace: Trace, found: list[Following]) -> Mistake:
    update, optimizer, schedule = found[0]
    evidence = trace.mode(update.where.scope)
    name = step_name(trace, schedule)
    return mistake(
        update.node,
        f"`{update.method}` gets no `global_step`, and nothing else moves `{name}`",
        evidence,
        effect=Strays(schedule, "frozen"),
        repair=_repair(trace, found),
        related=(*schedule_places(trace, schedule), optimizer_place(trace, optimizer)),
    )


def _repair(trace: Trace, found: list[Following]) -> Repair | None:
    """The step as an argument, unless an update that comes later in the turn is to move it, or each of several would."""
    update, _, schedule = found[0]
    if trace.calls_each(update.node) or any(map(trace.comes_before_another, found)):
        return None
    handles = frozenset.intersection(
        *(update.handles.get(trace.steps_behind(schedule), frozenset()) for update, _, schedule in found)
    )
    handle = best_handle(trace, schedule, handles) or trace.global_step_call(trace.steps_behind(schedule))
    shared = trace.shared_step(trace.steps_behind(schedule), update.node) if handle is None else None
    if shared is not None:
        handle = shared[1]
    if handle is None:
        return None
    given = update.global_step
    changes: tuple[Change, ...]
    if given.node is not None:
        changes = (Change(given.node, handle),)
    elif trace.is_bare_generator(update.node):
        (only,) = update.node.args
        changes = (Change(only, "(", "before"), Change(only, f"), global_step={handle}", "after"))
    elif update.node.args:
        changes = (Change(update.node.args[-1], f"global_step={handle}", "argument"),)
    else:
        called = trace.code(update.node.func)
        changes = (Change(update.node, f"{called}(global_step={handle})"),)
    if trace.is_rebound(handle, update.node):
        return None
    if shared is not None:
        changes = (shared_name(shared), *changes)
    reason = None
    if any(map(trace.shares_turn, found)):
        reason = "another update in the same turn has the same step, and only one of them may move it"
    elif shared is not None:
        reason = f"`{handle}` has to become a global name"
    return Repair("safe" if reason is None else "unsafe", f"Add `global_step={handle}`", changes, reason)


RULE = Rule(
    code="LRL101",
    summary="an update without `global_step`, where nothing else moves the step of the schedule",
    mode="both",
    fix="safe",
    since="0.1.0",
    check=check,
)
