"""LRL307: a Keras model compiled with an optimizer of `tf.train` that follows a schedule."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, optimizer_place, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for compiled in trace.compiled.values():
        node = compiled.passed.node
        if node is None:
            continue
        for schedule in sorted(trace.followed(compiled.optimizer), key=trace.order):
            evidence = trace.schedule_mode(schedule)
            if is_eager(evidence) and trace.standing_still(schedule):
                yield mistake(
                    node,
                    "a compiled model moves a counter of its own, not the step of the schedule",
                    evidence,
                    effect=Strays(schedule, "frozen"),
                    related=(*schedule_places(trace, schedule), optimizer_place(trace, compiled.optimizer)),
                )


RULE = Rule(
    code="LRL307",
    summary="`model.compile()` with a `tf.train` optimizer that follows a schedule",
    mode="eager",
    fix="none",
    since="0.1.0",
    check=check,
)
