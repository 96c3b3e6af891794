"""LRL406: an integer where a decay needs a float."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_float, is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


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
            if parameter in (trace.swapped_arguments(schedule) or ()):
                continue  # another number is meant
            repair = None
            if passed.node is not None:
                repair = Repair("safe", f"Make `{parameter}` a float", as_float(passed.node))
            yield mistake(
                passed.node or story.node,
                f"`{parameter}` is the integer {known.value}, and this decay computes with floats",
                evidence,
                effect=_effect(trace, schedule, parameter, known.value),
                repair=repair,
                related=schedule_places(trace, schedule),
            )


def _effect(trace: Trace, schedule: Schedule, parameter: str, number: int) -> Strays:
    meant = ((parameter, float(number)),)
    if parameter == "decay_rate":
        return Strays(schedule, "raises", raises="the call raises", meant=meant)
    error = tf_errors.whole_rate(trace.schedules[schedule].decay.name, "int32")
    return Strays(schedule, "raises", error=error, meant=meant)


RULE = Rule(
    code="LRL406",
    summary="an integer learning rate, with which no decay can compute",
    mode="eager",
    fix="safe",
    since="0.2.0",
    check=check,
)
