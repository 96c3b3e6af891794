"""LRL107: a step that is moved twice in one iteration."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import DOUBLE_IS_MEANT, mistake, schedule_places, without_second_move

if TYPE_CHECKING:
    from lrlint.trace.events import Move
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    pairs, told = list(trace.double_moves()), set()
    together = trace.moved_together(pairs)
    for pair in pairs:
        # Of an update and a move by hand, the one by hand is to go, whichever comes first.
        first, second = sorted(pair, key=lambda move: move.kind == "added")
        schedules = trace.readers(second.variable)
        node = trace.place_of(second)
        if not schedules or node in told:
            continue
        told.add(node)
        yield mistake(
            node,
            "the step moves a second time in the same iteration",
            trace.mode(second.where.scope),
            effect=None if trace.is_kept_once(schedules[0]) else _effect(trace, together[id(second)], schedules[0]),
            repair=_repair(trace, second),
            related=((trace.place_of(first), "the step moves here, too"), *schedule_places(trace, schedules[0])),
        )


def _effect(trace: Trace, moves: list[Move], schedule: Schedule) -> Strays:
    """What is added by hand before the update is there when that reads its rate."""
    strides = [trace.stride(each) for each in moves]
    known = [stride for stride in strides if stride is not None]
    before = takewhile(lambda each: each.kind == "added", moves)
    lead = sum(stride for stride, _ in zip(known, before, strict=False))
    unknown = "how far the step moves is not known" if len(known) < len(strides) else None
    if lead and trace.is_read_elsewhere(schedule):
        unknown = "whether the step moves before the rate is read is not known"
    speed = sum(known) if len(known) == len(strides) else 1
    return Strays(schedule, "double", lead=lead, speed=speed, unknown=unknown)


def _repair(trace: Trace, second: Move) -> Repair | None:
    if second.kind != "added":
        return None
    statement = trace.discarded(second.node) or trace.binds_what_it_moves(second)
    if statement is not None:
        return without_second_move(statement)
    step = trace.moved_on_its_way(second)
    if step is None:
        return None
    content = trace.code(step)
    changes = (Change(second.node, "", "unwrap", step),)
    return Repair("unsafe", f"Leave the step to the update: `{content}`", changes, DOUBLE_IS_MEANT)


RULE = Rule(
    code="LRL107",
    summary="a step that is moved twice in one iteration",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
