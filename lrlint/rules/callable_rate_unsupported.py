"""LRL303: a schedule for an optimizer that never calls its rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Mistake, Rule, Strays
from lrlint.rules.tools import assigned_rate, is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.events import OptimizerStory
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for story in trace.optimizers.values():
        node = story.rate.node
        if story.calls_rate or node is None:
            continue
        for schedule in trace.given(story):
            evidence = trace.schedule_mode(schedule)
            if is_eager(evidence):
                yield mistake(
                    node,
                    f"`{story.short_name}` never calls its rate",
                    evidence,
                    effect=Strays(schedule, "raises", error=_error(story)),
                    repair=assigned_rate(trace, story),
                    related=schedule_places(trace, schedule),
                )


def _error(story: OptimizerStory) -> str:
    if story.short_name == "ShampooOptimizer":
        return tf_errors.CALLED_WITH_ARGUMENT
    return tf_errors.UNCALLED_FUNCTION if story.via_callable else tf_errors.UNCALLED


RULE = Rule(
    code="LRL303",
    summary="a schedule for an optimizer that never calls its rate",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
