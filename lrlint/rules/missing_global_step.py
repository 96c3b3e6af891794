"""LRL101: an update of an optimizer that follows a schedule, and nothing moves the schedule's step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import best_handle, optimizer_place, schedule_places, step_name

if TYPE_CHECKING:
    import libcst as cst

    from lrlint.trace.events import Update
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Optimizer, Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    stories: dict[cst.CSTNode, list[tuple[Update, Optimizer, Schedule]]] = {}
    for update in trace.updates.values():
        if not update.passes_no_step:
            continue
        for optimizer in trace.followers(update):
            for schedule in sorted(trace.meant(optimizer), key=trace.order):
                if trace.standing_still(schedule):
                    stories.setdefault(update.node, []).append((update, optimizer, schedule))
    for found in stories.values():
        yield _mistake(trace, found)


def _mistake(trace: Trace, found: list[tuple[Update, Optimizer, Schedule]]) -> Mistake:
    update, optimizer, schedule = found[0]
    evidence = trace.mode(update.where.scope)
    name = step_name(trace, schedule)
    return Mistake(
        update.node,
        f"`{update.method}` gets no `global_step`, and nothing else moves `{name}`: the learning rate never decays",
        repair=_repair(trace, found),
        related=(*schedule_places(trace, schedule), optimizer_place(trace, optimizer)),
        mode=evidence.mode if evidence else None,
        evidence=evidence.text if evidence else None,
    )


def _repair(trace: Trace, found: list[tuple[Update, Optimizer, Schedule]]) -> Repair | None:
    steps = {step for _, _, schedule in found for step in trace.standing_still(schedule)}
    if len(steps) != 1:
        return None
    (step,) = steps
    update, _, schedule = found[0]
    handles = frozenset.intersection(*(update.handles.get(step, frozenset()) for update, _, _ in found))
    handle = best_handle(trace, schedule, handles) or trace.global_step_call(step)
    if handle is None:
        return None
    given = update.global_step
    if given.node is not None:
        change = Change(given.node, handle)
    elif trace.is_bare_generator(update.node):
        (only,) = update.node.args
        change = Change(only, f"({trace.module.code_for_node(only.value)}), global_step={handle}")
    elif update.node.args:
        change = Change(update.node.args[-1], f"global_step={handle}", "argument")
    else:
        return None
    return Repair("safe", f"Add `global_step={handle}`", (change,))


RULE = Rule(
    code="LRL101",
    summary="an update without `global_step`, where nothing else moves the step of the schedule",
    mode="both",
    fix="safe",
    since="0.1.0",
    check=check,
)
