"""LRL404: a decay over no steps, or over a negative number of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        for parameter in ("decay_steps", "first_decay_steps"):
            known = trace.sure(schedule).get(parameter)
            if known is None or isinstance(known.value, (bool, tuple)) or known.value > 0:
                continue
            yield mistake(
                story.arguments[parameter].node or story.node,
                f"`{parameter}` is {known.value}, and "
                + ("a decay divides by it" if known.value == 0 else "no decay is that long"),
                trace.schedule_mode(schedule),
                effect=Strays(schedule, "as-written"),
                related=schedule_places(trace, schedule),
            )


RULE = Rule(
    code="LRL404",
    summary="a decay over zero steps, or a negative number of steps",
    mode="both",
    fix="none",
    since="0.2.0",
    check=check,
)
