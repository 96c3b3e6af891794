"""LRL308: a schedule of Keras for an optimizer of `tf.train`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import mistake, shortest

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.events import OptimizerStory
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for story in trace.optimizers.values():
        node = story.rate.node
        schedule = trace.keras_schedule(story)
        if story.keras or node is None or schedule is None:
            continue
        yield mistake(
            node,
            f"`{story.short_name}` calls its rate without the step that a Keras schedule needs",
            trace.mode(story.optimizer.site.scope),
            effect=Strays(schedule, "raises", error=tf_errors.NO_ARGUMENT),
            repair=_repair(trace, story, node),
            related=((schedule.site.node, "the schedule is made here"),),
        )


def _repair(trace: Trace, story: OptimizerStory, node: outline.BaseExpression) -> Repair | None:
    handle = shortest(trace.step_handles(story))
    if handle is None or not story.calls_rate:
        return None
    return Repair(
        "unsafe",
        f"Call the schedule with the step: `{handle}`",
        (Change(node, "lambda: ", "before"), Change(node, f"({handle})", "after")),
        reason="another step may be the one that was meant",
    )


RULE = Rule(
    code="LRL308",
    summary="a Keras schedule given to a `tf.train` optimizer",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
