"""LRL305: a schedule of `tf.train` for an optimizer of Keras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, schedule_places, step_name

if TYPE_CHECKING:
    from lrlint.trace.events import OptimizerStory
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for story in trace.optimizers.values():
        node = story.rate.node
        if not story.keras or node is None:
            continue
        for schedule in trace.given(story):
            evidence = trace.schedule_mode(schedule)
            if is_eager(evidence) and not trace.works_in_keras(story, schedule):
                yield mistake(
                    node,
                    f"a Keras optimizer moves no step but its own, and {_cause(trace, story, schedule)}",
                    evidence,
                    effect=Strays(schedule, "frozen"),
                    related=schedule_places(trace, schedule),
                )


def _cause(trace: Trace, story: OptimizerStory, schedule: Schedule) -> str:
    if trace.keras_calls(story, schedule):
        return f"nothing else moves `{step_name(trace, schedule)}`"
    return f"`{story.short_name}` of TensorFlow 2.11 to 2.15 calls the schedule once"


RULE = Rule(
    code="LRL305",
    summary="a schedule of `tf.train` given to a Keras optimizer",
    mode="eager",
    fix="none",
    since="0.1.0",
    check=check,
)
