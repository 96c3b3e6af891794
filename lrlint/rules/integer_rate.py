"""LRL406: an integer where a decay needs a float."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_float, is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace

_RAISES = {
    "learning_rate": "the first update raises",
    "decay_rate": "the call raises",
}


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        evidence = trace.schedule_mode(schedule)
        if not is_eager(evidence):
            continue
        parameters = ("learning_rate", "decay_rate") if story.decay.name == "natural_exp_decay" else ("learning_rate",)
        for parameter in parameters:
            known, passed = trace.sure(schedule).get(parameter), story.arguments.get(parameter)
            if known is None or passed is None or type(known.value) is not int:
                continue
            repair = None
            if passed.node is not None:
                repair = Repair("safe", f"Make `{parameter}` a float", as_float(passed.node))
            yield mistake(
                passed.node or story.node,
                f"`{parameter}` is the integer {known.value}, and this decay computes with floats: {_RAISES[parameter]}",
                evidence,
                effect=Strays(schedule, "raises") if parameter == "learning_rate" else None,
                repair=repair,
                related=schedule_places(trace, schedule),
            )


RULE = Rule(
    code="LRL406",
    summary="an integer learning rate, with which no decay can compute",
    mode="eager",
    fix="safe",
    since="0.2.0",
    check=check,
)
