"""LRL408: a decay call that Python itself refuses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake

if TYPE_CHECKING:
    from lrlint.trace.arguments import Refusal
    from lrlint.trace.events import ScheduleStory
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
        effect = Strays(schedule, "raises", error=_error(story, refusal), raises="the call raises")
        yield mistake(story.node, words, trace.schedule_mode(schedule), effect=effect)


def _error(story: ScheduleStory, refusal: Refusal) -> str:
    """What Python says. Both names of ``piecewise_constant`` are one function, of the first name."""
    function, (first, *_) = story.decay.formula.__name__, refusal.names
    if refusal.why == "missing":
        return tf_errors.missing(function, refusal.names)
    if refusal.why == "surplus":
        parameters = story.decay.parameters
        fewest = sum(parameter.required for parameter in parameters)
        return tf_errors.surplus(function, fewest, len(parameters), len(story.given.positional))
    return tf_errors.unexpected(function, first) if refusal.why == "unknown" else tf_errors.repeated(function, first)


RULE = Rule(
    code="LRL408",
    summary="a decay call with missing, unknown, repeated or too many arguments",
    mode="both",
    fix="none",
    since="0.2.0",
    check=check,
)
