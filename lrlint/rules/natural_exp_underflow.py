"""LRL407: a `natural_exp_decay` whose factor is 0 in float32."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace

_NORMAL = -math.log(2.0**-126)
"""Above this, some 87.3, `exp(-decay_rate)` is a denormal float32, which TensorFlow takes for 0 but in eager mode in 1.15."""

_NOTHING = -math.log(2.0**-150)
"""Above this, some 103.97, it is 0 in every float32."""


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        known = trace.sure(schedule).get("decay_rate")
        if known is None or story.decay.name != "natural_exp_decay" or not isinstance(known.value, float):
            continue
        if known.value > _NORMAL:
            everywhere = known.value > _NOTHING
            where = "in float32" if everywhere else "in graphs and in TensorFlow 2"
            yield mistake(
                story.arguments["decay_rate"].node or story.node,
                f"`exp(-{known.value:g})` is 0 {where}, whatever `decay_steps` is"
                + ("" if everywhere else ": the rate is 0 from step 1 on"),
                trace.schedule_mode(schedule),
                effect=Strays(schedule, "as-written") if everywhere else None,
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
