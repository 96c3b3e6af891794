"""The one clause of an effect, which ends the message of its finding."""

from __future__ import annotations

import math
from typing import NamedTuple

from lrlint.finding import Effect

DIGITS = 3
"""So many digits of a rate are said, and more where two rates would look alike."""

_LONGEST_ERROR = 80


class Names(NamedTuple):
    """What an effect calls things: whose rate it is, and arguments whose values are not known as the program does.

    ``steps`` is what the program calls the length that is shown as ``period`` steps. ``shifted``: the schedule reads
    another step than the one that the program counts. ``by_default``: a number is a default, which somebody may override.
    """

    whose: str = "the rate"
    rate: str | None = None
    steps: str | None = None
    period: int = 1
    shifted: bool = False
    by_default: bool = False


AS_THEY_ARE = Names()
FIRST_UPDATE = "the first update raises"


def clause(effect: Effect, names: Names = AS_THEY_ARE, raises: str = FIRST_UPDATE) -> str:
    """What the effect does to the rate, in words that follow a colon; ``""`` where nothing is known of it.

    ``raises`` says what it is that raises, where something does.
    """
    if effect.way == "raises" or effect.error is not None:
        return _raises(effect, raises)
    said = _CLAUSES[effect.way](effect, names)
    return f"{said} (by default)" if names.by_default and any(character.isdigit() for character in said) else said


def _raises(effect: Effect, raises: str) -> str:
    moved = effect.made and raises == FIRST_UPDATE
    said = "the first update moves the weights, and raises" if moved else raises
    if effect.error is None:
        return said
    kind = effect.error.partition(":")[0]
    if len(effect.error) <= _LONGEST_ERROR:
        return f"{said} `{effect.error}`"
    return f"{said} {'an' if kind[0] in 'AEIOU' else 'a'} `{kind}`"


def _frozen(effect: Effect, names: Names) -> str:
    stays, at = effect.actual[0] if effect.actual else None, _farthest(effect)
    if stays is None:
        return "the learning rate never decays"
    if at is None:
        return f"{names.whose} stays {_rate(stays, names)}"
    meant = effect.intended[at]
    digits = _digits(stays, meant)
    return (
        f"{names.whose} stays {_rate(stays, names, digits)}; "
        f"as written it should be {_rate(meant, names, digits)} {_when(effect, at, names)}"
    )


def _double(effect: Effect, names: Names) -> str:
    speed = "at double speed" if effect.speed == 2 else f"at {effect.speed:g} times its speed"
    said, at = f"the learning rate decays {speed if effect.speed > 1 else 'too fast'}", _farthest(effect)
    if at is None:
        return said
    digits = _digits(effect.actual[at], effect.intended[at])
    return (
        f"{said}; {_after(effect, at, names)} it is {_rate(effect.actual[at], names, digits)}, "
        f"as written it should be {_rate(effect.intended[at], names, digits)}"
    )


def _drift(effect: Effect, names: Names) -> str:
    rate = effect.actual[0] if effect.actual else None
    if rate is None or names.rate is not None or not 0 < rate < 1:
        return ""
    return f"{1 / rate:.{DIGITS}g} times {names.whose} of {_rate(rate, names)}"


def _restart(effect: Effect, names: Names) -> str:
    at = _farthest(effect)
    if at is None:
        return "a resumed run starts at the initial rate"
    digits = _digits(effect.actual[at], effect.intended[at])
    return (
        f"a run that is resumed at {_step(effect.steps[at], names)} starts at {_rate(effect.actual[at], names, digits)} "
        f"again; as written it should go on at {_rate(effect.intended[at], names, digits)}"
    )


def _as_is(effect: Effect, names: Names) -> str:
    rate = effect.actual[0] if effect.actual else None
    if rate is None:
        return "a `functools.partial` instead of a rate"
    return f"a `functools.partial` instead of the rate, {_rate(rate, names)} at {_step(effect.steps[0], names)}"


def _as_written(effect: Effect, names: Names) -> str:
    rates = [(step, rate) for step, rate in zip(effect.steps, effect.actual, strict=True) if rate is not None]
    for at, (step, rate) in enumerate(rates):
        if not math.isfinite(rate) or (rate == 0 and step <= effect.start + 1):
            for_good = all(str(later) == str(rate) for _, later in rates[at:]) and len(rates) > at + 1
            when = f"from {_step(step, names)} on" if for_good else f"at {_step(step, names)}"
            return f"{names.whose} is {_rate(rate, names)} {when}"
    highest = max(rates, key=lambda pair: pair[1], default=None)
    if highest is None or highest[1] <= rates[0][1]:
        return ""
    meant = effect.intended[effect.steps.index(highest[0])]
    instead = f", where {_rate(meant, names)} is meant" if meant is not None else ""
    return (
        f"{names.whose} rises from {_rate(rates[0][1], names)} to {_rate(highest[1], names)} "
        f"at {_step(highest[0], names)}{instead}"
    )


_CLAUSES = {
    "frozen": _frozen,
    "double": _double,
    "drift": _drift,
    "restart": _restart,
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


def _when(effect: Effect, at: int, names: Names) -> str:
    return _after(effect, at, names) if names.shifted else f"at {_step(effect.steps[at], names)}"


def _after(effect: Effect, at: int, names: Names) -> str:
    count = math.floor(effect.steps[at] - effect.start)
    return "at first" if not count else f"after {_count(count, names)} update{'' if count == 1 else 's'}"


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
