"""LRL405: a decay whose rate rises, or is no number, for its own numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.numbers import Known
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule

_FACTORS = (0.9, 1.0)
"""Between these lies what people multiply rates by, and no rate that a polynomial decay ends at."""

_LOW = 1e-3
"""A rate below this that grows may be meant to: that is how the best rate is looked for."""


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        numbers = {name: known for name, known in trace.sure(schedule).items() if isinstance(known.value, (int, float))}
        if story.decay.name == "polynomial_decay":
            found = _end_above(trace, schedule, numbers)
        elif "decay_rate" in numbers and trace.swapped_arguments(schedule) is None:
            found = _growing(trace, schedule, numbers)
        else:
            found = None
        if found is not None:
            parameter, words = found
            yield mistake(
                story.arguments[parameter].node or story.node,
                words,
                trace.schedule_mode(schedule),
                effect=Strays(schedule, "as-written"),
                related=schedule_places(trace, schedule),
            )


def _end_above(trace: Trace, schedule: Schedule, numbers: dict[str, Known]) -> tuple[str, str] | None:
    """A polynomial decay that ends above its beginning, where nobody can have meant it."""
    rate, end = _number(numbers, "learning_rate"), _number(numbers, "end_learning_rate")
    if rate is None or end is None or not 0 < rate < end:
        return None
    passed = trace.schedules[schedule].arguments.get("end_learning_rate")
    if passed is None:
        return "learning_rate", f"`end_learning_rate` is {end:g} where it is not given, above the initial {rate:g}"
    by_position = passed.arg is not None and passed.arg.keyword is None
    if by_position and _FACTORS[0] <= end < _FACTORS[1] and trace.is_followed_as_it_is(schedule):
        return "end_learning_rate", f"{end:g} is the rate that `polynomial_decay` ends at, not a factor"
    return None


def _growing(trace: Trace, schedule: Schedule, numbers: dict[str, Known]) -> tuple[str, str] | None:
    """A factor that is none: negative, or one by which a rate grows that is no low one."""
    decay = trace.schedules[schedule].decay.name
    factor, rate = _number(numbers, "decay_rate"), _number(numbers, "learning_rate")
    if factor is None:
        return None
    if factor < 0 and decay != "natural_exp_decay":
        if decay == "inverse_time_decay":
            words = "the rate is divided by 0 on its way"
        elif "staircase" in numbers and numbers["staircase"].value:
            words = "the rate changes its sign with every stair"
        else:
            words = "a root of it is no number"
        return "decay_rate", f"`decay_rate` is {factor:g}, and {words}"
    grows = factor > 1 if decay == "exponential_decay" else factor < 0
    if grows and rate is not None and rate >= _LOW and trace.is_followed_as_it_is(schedule):
        return "decay_rate", f"`decay_rate` is {factor:g}, and a rate grows with that"
    return None


def _number(numbers: dict[str, Known], parameter: str) -> float | None:
    known = numbers.get(parameter)
    return known.value if known is not None and isinstance(known.value, (int, float)) else None


RULE = Rule(
    code="LRL405",
    summary="a decay that rises: an end above the beginning, or a factor above 1 or below 0",
    mode="both",
    fix="none",
    since="0.2.0",
    check=check,
)
