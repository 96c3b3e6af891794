"""LRL408: a decay call that Python itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule
from lrlint.rules.tools import mistake

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


_WORDS = {
    "unknown": "`{decay}` has no parameter {names}",
    "twice": "`{decay}` is given {names} twice",
    "surplus": "`{decay}` takes {most} arguments, and {given} are given",
    "missing": "`{decay}` is not given {names}",
}


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        refusal = trace.refusal(schedule)
        if refusal is None:
            continue
        words = _WORDS[refusal.why].format(
            decay=story.decay.name,
            names=" and ".join(f"`{name}`" for name in refusal.names),
            most=len(story.decay.parameters),
            given=len(story.given.positional),
        )
        yield mistake(story.node, f"{words}: the call raises", trace.schedule_mode(schedule))


RULE = Rule(
    code="LRL408",
    summary="a decay call with missing, unknown, repeated or too many arguments",
    mode="both",
    fix="none",
    since="0.2.0",
    check=check,
)
