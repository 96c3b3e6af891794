"""LRL109: a step that is made anew in every iteration."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for update, optimizer, schedule in trace.followings():
        evidence = trace.schedule_mode(schedule)
        for step in trace.steps_made_beside(update, optimizer, schedule) if is_eager(evidence) else ():
            node = trace.variables[step]
            yield mistake(
                node,
                "the step is made anew in every iteration, with its first value",
                evidence,
                effect=Strays(schedule, "frozen"),
                related=schedule_places(trace, schedule),
            )


RULE = Rule(
    code="LRL109",
    summary="a step that is made anew in every iteration",
    mode="eager",
    fix="none",
    since="0.1.0",
    check=check,
)
