"""The two curves of an effect, from its data alone."""

from __future__ import annotations

import math
import struct
from typing import Any, cast

from lrlint.decays import DECAYS, noise
from lrlint.finding import Arguments, Effect

NOISY = "noisy_linear_cosine_decay"
"""The decay that draws its rates."""

_BEGINS_AT_FIRST = frozenset(
    {
        "exponential_decay",
        "natural_exp_decay",
        "inverse_time_decay",
        "polynomial_decay",
        "cosine_decay",
        "cosine_decay_restarts",
    }
)
"""The decays that are at ``learning_rate`` at step 0, whatever their other arguments are."""


def intended_at(effect: Effect, step: float) -> float | None:
    """The learning rate that was meant for a step; ``None`` where it is not known."""
    if effect.way == "as-written" and effect.meant is None:
        return None
    arguments = effect.arguments if effect.meant is None else effect.meant
    return scaled(rate_at(effect.decay, arguments, _like(step, effect.start)), effect.scale)


def actual_at(effect: Effect, step: float) -> float | None:
    """The learning rate that is applied where that of a step was meant; ``None`` where none is, or it is not known."""
    if effect.way == "raises" and step >= effect.start + effect.made:
        return None
    if effect.constant is not None:
        return effect.constant
    if effect.lead is None:
        return None
    read = effect.start + effect.lead + effect.speed * (step - effect.start)
    if effect.way == "restart" and step < effect.start - effect.lead:
        read = step
    return scaled(rate_at(effect.decay, effect.arguments, _like(read, effect.start)), effect.scale)


def rate_at(decay: str, arguments: Arguments, step: float) -> float | None:
    """The rate of a decay at a step, as the shortest number that is the same float32; ``None`` where it has none."""
    given = dict(arguments)
    formula = DECAYS.get(decay)
    if formula is None:
        return None
    if None in given.values():
        first = given["learning_rate"] if step == 0 and decay in _BEGINS_AT_FIRST else None
        return shortest(first) if isinstance(first, float) else None
    try:
        return shortest(formula.at(step, given))
    except (TypeError, ValueError, IndexError, ArithmeticError, struct.error):  # TensorFlow raises as well
        return None


def band_at(effect: Effect, step: float) -> tuple[float, float] | None:
    """Between which rates 95 % of those lie that a noisy decay draws for a step; ``None`` where there is no noise.

    The rates of an effect are those that are expected, without the noise.
    """
    given = dict(effect.arguments)
    if effect.decay != NOISY or None in given.values():
        return None
    try:
        drawn = noise(global_step=_like(step, effect.start), **cast("dict[str, Any]", given))
    except (TypeError, ValueError, ArithmeticError, struct.error):  # TensorFlow raises as well
        return None
    low, high = drawn.band()
    return (low * effect.scale, high * effect.scale) if drawn.deviation > 0 else None


def scaled(rate: float | None, scale: float) -> float | None:
    return rate if rate is None or scale == 1 else shortest(rate * scale)


def shortest(rate: float) -> float:
    """The number with the fewest digits that is the same float32."""
    if not math.isfinite(rate):
        return rate
    try:
        packed = struct.pack("f", rate)
    except OverflowError:
        return rate
    roundings = (float(f"{rate:.{digits}g}") for digits in range(1, 10))
    return next((short for short in roundings if struct.pack("f", short) == packed), rate)


def as_json(effect: Effect) -> dict[str, object]:
    """An effect as JSON has it. What is no number there (NaN, infinite rates) is text."""
    return {
        "actual": [_plain(rate) for rate in effect.actual],
        "arguments": {name: _plain(value) for name, value in effect.arguments},
        "assumed": list(effect.assumed),
        "decay": effect.decay,
        "error": effect.error,
        "intended": [_plain(rate) for rate in effect.intended],
        "steps": list(effect.steps),
        "text": effect.text,
        "way": effect.way,
    }


def _plain(value: object) -> object:
    """A value as JSON has it; it has no NaN and no infinite numbers."""
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def _like(step: float, start: float) -> float:
    """A step as a variable of the type of the first one holds it."""
    return math.floor(step) if isinstance(start, int) else float(step)
