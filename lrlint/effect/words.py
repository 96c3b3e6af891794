"""The one clause of an effect, which ends the message of its finding."""

from __future__ import annotations

import math
from typing import NamedTuple

from lrlint.finding import Effect

DIGITS = 3
"""So many digits of a rate are said, and more where two rates would look alike."""

_LONGEST_ERROR = 80


class Names(NamedTuple):
    """What the program calls an argument whose value is not known, and 1 of which effects are shown with."""

    rate: str | None = None
    steps: str | None = None
    period: int = 1
    """How many steps the effect takes for what the program calls ``steps``."""


def clause(effect: Effect, names: Names = Names()) -> str:  # noqa: B008 (it is immutable)
    """What the effect does to the rate, in words that follow a colon; ``""`` where nothing is known."""
    return _CLAUSES[effect.way](effect, names)


def _frozen(effect: Effect, names: Names) -> str:
    stays, at = effect.actual[0] if effect.actual else None, _farthest(effect)
    if stays is None:
        return "the learning rate never decays"
    if at is None:
        return f"the rate stays {_rate(stays, names)}"
    meant = effect.intended[at]
    digits = _digits(stays, meant)
    return (
        f"the rate stays {_rate(stays, names, digits)}; "
        f"as written it should be {_rate(meant, names, digits)} at {_step(effect.steps[at], names)}"
    )


def _double(effect: Effect, names: Names) -> str:
    speed = "double speed" if effect.speed == 2 else f"{effect.speed:g} times its speed"
    said, at = f"the learning rate decays at {speed}", _farthest(effect)
    if at is None:
        return said
    digits = _digits(effect.actual[at], effect.intended[at])
    return (
        f"{said}; it is {_rate(effect.actual[at], names, digits)} after {_updates(effect, at, names)}, "
        f"and as written it should be {_rate(effect.intended[at], names, digits)}"
    )


def _drift(effect: Effect, names: Names) -> str:
    rate = effect.actual[0] if effect.actual else None
    if rate is None or names.rate or not 0 < rate < 1:
        return ""
    return f"{1 / rate:.{DIGITS}g} times the rate of {_rate(rate, names)}"


def _restart(effect: Effect, names: Names) -> str:
    at = _farthest(effect)
    if at is None:
        return "a resumed run starts at the initial rate"
    digits = _digits(effect.actual[at], effect.intended[at])
    return (
        f"a run that is resumed at {_step(effect.steps[at], names)} goes on with the rate "
        f"{_rate(effect.actual[at], names, digits)}, as written it should be {_rate(effect.intended[at], names, digits)}"
    )


def _raises(effect: Effect, names: Names) -> str:  # noqa: ARG001
    when = "the first update raises" if not effect.made else "the first update raises after it has moved the weights"
    if effect.error is None:
        return when
    return f"{when} {_error(effect.error)}"


def _as_is(effect: Effect, names: Names) -> str:
    if effect.error is not None:
        return f"this raises {_error(effect.error)}"
    rate = effect.actual[0] if effect.actual else None
    return "" if rate is None else f"the rate is {_rate(rate, names)} at {_step(effect.steps[0], names)}"


def _as_written(effect: Effect, names: Names) -> str:
    rates = [(step, rate) for step, rate in zip(effect.steps, effect.actual, strict=True) if rate is not None]
    if effect.error is not None:
        return f"the first update raises {_error(effect.error)}"
    for step, rate in rates:
        if not math.isfinite(rate):
            return f"the rate is {'NaN' if math.isnan(rate) else 'infinite'} from {_step(step, names)} on"
        if rate == 0 and step <= effect.start + 1:
            return f"the rate is 0 from {_step(step, names)} on"
    highest = max(rates, key=lambda pair: pair[1], default=None)
    if highest is None or highest[1] <= rates[0][1]:
        return ""
    return (
        f"the rate rises from {_rate(rates[0][1], names)} to {_rate(highest[1], names)} at {_step(highest[0], names)}"
    )


_CLAUSES = {
    "frozen": _frozen,
    "double": _double,
    "drift": _drift,
    "restart": _restart,
    "raises": _raises,
    "as-is": _as_is,
    "as-written": _as_written,
}


def _farthest(effect: Effect) -> int | None:
    """Where in the steps the two rates are farthest apart; ``None`` where they are nowhere."""
    apart = {
        at: abs(intended - actual)
        for at, (intended, actual) in enumerate(zip(effect.intended, effect.actual, strict=True))
        if intended is not None and actual is not None and intended != actual
    }
    return max(apart, key=lambda at: math.inf if math.isnan(apart[at]) else apart[at], default=None)


def _rate(rate: float | None, names: Names, digits: int = DIGITS) -> str:
    if rate is None:
        return "unknown"
    said = f"{rate:.{digits}g}" if math.isfinite(rate) else "NaN" if math.isnan(rate) else "infinite"
    if names.rate is None or rate == 0:
        return said
    return f"`{names.rate}`" if rate == 1 else f"`{said} * {names.rate}`"


def _step(step: int, names: Names) -> str:
    return f"step {_count(step, names)}"


def _updates(effect: Effect, at: int, names: Names) -> str:
    count = math.floor(effect.steps[at] - effect.start)
    return "1 update" if count == 1 else f"{_count(count, names)} updates"


def _count(step: int, names: Names) -> str:
    if names.steps is None or step == 0:
        return str(step)
    times = step / names.period
    return f"`{names.steps}`" if times == 1 else f"`{times:g} * {names.steps}`"


def _digits(one: float | None, other: float | None) -> int:
    """So many digits that two rates do not look alike."""
    if one is None or other is None:
        return DIGITS
    return next((digits for digits in range(DIGITS, 9) if f"{one:.{digits}g}" != f"{other:.{digits}g}"), DIGITS)


def _error(error: str) -> str:
    """An error as TensorFlow words it, by its class alone where it is long."""
    kind = error.partition(":")[0]
    return f"`{error}`" if len(error) <= _LONGEST_ERROR else f"{'an' if kind[0] in 'AEIOU' else 'a'} `{kind}`"
