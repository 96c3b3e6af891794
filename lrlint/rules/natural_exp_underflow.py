"""LRL407: a `natural_exp_decay` whose factor is 0 in float32."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace

_SMALLEST = 2.0**-126
"""The smallest float32 that is stored with all its digits; TensorFlow 2 takes what is smaller for 0."""


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        known = trace.sure(schedule).get("decay_rate")
        if known is None or story.decay.name != "natural_exp_decay" or not isinstance(known.value, float):
            continue
        if math.exp(-min(known.value, 700.0)) >= _SMALLEST or known.value < 0:
            continue
        yield mistake(
            story.arguments["decay_rate"].node or story.node,
            f"`exp(-{known.value:g})` is 0 in float32: the rate is 0 from step 1 on, whatever `decay_steps` is",
            trace.schedule_mode(schedule),
            effect=Strays(schedule, "as-written"),
            related=schedule_places(trace, schedule),
        )


RULE = Rule(
    code="LRL407",
    summary="a `natural_exp_decay` whose rate is 0 from step 1 on",
    mode="both",
    fix="none",
    since="0.2.0",
    check=check,
)
