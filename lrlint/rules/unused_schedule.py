"""LRL205: a schedule that reaches nothing, beside an optimizer with a constant rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, optimizer_place

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, optimizer in trace.unused_schedules():
        node = trace.schedules[schedule].node
        yield mistake(
            node,
            "the schedule is built and not used, and the optimizer beside it has a constant rate",
            trace.schedule_mode(schedule),
            effect=Strays(schedule, "frozen", optimizer=optimizer, constant=trace.optimizers[optimizer].rate),
            related=(optimizer_place(trace, optimizer),),
        )


RULE = Rule(
    code="LRL205",
    summary="a schedule that is built and not used, beside an optimizer with a constant rate",
    mode="both",
    fix="none",
    since="0.1.0",
    check=check,
)
