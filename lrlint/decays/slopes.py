"""The decays that fall along a line, a curve or stairs, and those that do so in pieces."""

from __future__ import annotations

from collections.abc import Sequence

from lrlint.decays.float32 import Float32, ceil, exp, floor, rate_of


def _periods(global_step: float, decay_steps: float, staircase: bool) -> Float32:
    """How often ``decay_steps`` has passed; with ``staircase``, only what has passed as a whole."""
    periods = Float32(global_step) / decay_steps
    return floor(periods) if staircase else periods


def exponential_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    decay_rate: float,
    staircase: bool = False,
    name: str | None = None,
) -> float:
    """``learning_rate * decay_rate ** (global_step / decay_steps)``: times ``decay_rate`` every ``decay_steps`` steps.

    With ``staircase`` the exponent is rounded down, and the rate falls at once at each multiple of ``decay_steps``.
    It never stops falling, and rises where ``decay_rate > 1``. Meant for ``decay_steps > 0`` and ``decay_rate > 0``:
    with ``decay_steps`` 0 it is NaN at step 0, and with a negative ``decay_rate`` NaN at every fractional exponent.

    ``learning_rate`` is a rate, ``decay_steps`` counts steps, and ``decay_rate`` is a factor.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``ExponentialDecay``.
    """
    exponent = _periods(global_step, decay_steps, staircase)
    return float(rate_of(learning_rate) * Float32(decay_rate) ** exponent)


def natural_exp_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    decay_rate: float,
    staircase: bool = False,
    name: str | None = None,
) -> float:
    """``learning_rate * exp(-decay_rate) ** (global_step / decay_steps)``: the power of a number already rounded.

    On paper that is ``learning_rate * exp(-decay_rate * global_step / decay_steps)``, as TensorFlow documents it, but
    ``exp(-decay_rate)`` is 0 in float32 for a ``decay_rate`` above some 103.9 (and above 87.3 in graphs and in
    TensorFlow 2, where denormal numbers are flushed): then the rate is 0 from step 1 on. ``staircase`` and ``decay_steps`` are as in
    :func:`exponential_decay`.

    ``learning_rate`` is a rate, ``decay_steps`` counts steps, and ``decay_rate`` is an exponent.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``ExponentialDecay``, with a ``decay_rate`` of ``exp(-decay_rate)``.
    """
    return exponential_decay(learning_rate, global_step, decay_steps, exp(-Float32(decay_rate)), staircase)


def inverse_time_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    decay_rate: float,
    staircase: bool = False,
    name: str | None = None,
) -> float:
    """``learning_rate / (1 + decay_rate * global_step / decay_steps)``; with ``staircase`` the quotient is rounded down.

    It never stops falling. Meant for ``decay_steps > 0`` and ``decay_rate >= 0``; with ``decay_steps`` 0 it is NaN at
    step 0.

    ``learning_rate`` is a rate, ``decay_steps`` counts steps, and ``decay_rate`` has no unit.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``InverseTimeDecay``.
    """
    elapsed = _periods(global_step, decay_steps, staircase)
    return float(rate_of(learning_rate) / (1.0 + Float32(decay_rate) * elapsed))


def polynomial_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    end_learning_rate: float = 0.0001,
    power: float = 1.0,
    cycle: bool = False,
    name: str | None = None,
) -> float:
    """``(learning_rate - end_learning_rate) * (1 - global_step / decay_steps) ** power + end_learning_rate``.

    Without ``cycle`` the step is clamped at ``decay_steps``, and the rate stays at ``end_learning_rate`` from there on.
    With ``cycle``, ``decay_steps`` is multiplied by the smallest whole number that reaches the step: the rate is
    ``end_learning_rate`` *at* each multiple of ``decay_steps`` and jumps up in the step after it. At step 0, where
    TensorFlow's documented formula divides by zero, that number is 1. Meant for ``decay_steps > 0``; with 0 it is NaN at
    every step. The rate rises where ``end_learning_rate > learning_rate``.

    ``learning_rate`` and ``end_learning_rate`` are rates, ``decay_steps`` counts steps, and ``power`` is an exponent.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``PolynomialDecay``.
    """
    step, length = Float32(global_step), Float32(decay_steps)
    if cycle:
        length = length * (Float32(1.0) if float(step) == 0.0 else ceil(step / length))
    else:
        step = min(step, length)
    rate, end = rate_of(learning_rate), Float32(end_learning_rate)
    return float((rate - end) * (1.0 - step / length) ** power + end)


def piecewise_constant(
    x: float, boundaries: Sequence[float], values: Sequence[float], name: str | None = None
) -> float:
    """``values[0]`` while ``x <= boundaries[0]``, then ``values[i]`` while ``boundaries[i - 1] < x <= boundaries[i]``.

    ``x`` is the step and ``boundaries`` are steps; ``values`` are rates, one more than there are boundaries. A boundary
    belongs to the piece on its left: boundary 10 gives eleven steps, 0 to 10, of the first rate.

    Raises :class:`ValueError` where integers and floats are mixed among the step and its boundaries or among the values,
    where the lengths do not fit, and where boundaries that are not in rising order put the step into several pieces;
    :class:`IndexError` where there are no boundaries.

    Source: ``PiecewiseConstantDecay``.
    """
    for boundary in boundaries:
        if _dtype(boundary) != _dtype(x):
            raise ValueError(f"Boundaries ({_dtype(boundary)}) must have the same dtype as x ({_dtype(x)}).")
    for value in values:
        if _dtype(value) != _dtype(values[0]):
            raise ValueError(
                f"Values must have elements all with the same dtype ({_dtype(values[0])} vs {_dtype(value)})."
            )
    if len(boundaries) != len(values) - 1:
        raise ValueError("The length of boundaries should be 1 less than the length of values")
    step, ends = _number(x), [_number(boundary) for boundary in boundaries]
    middle = zip(ends, ends[1:], values[1:-1], strict=False)
    pieces = [value for low, high, value in middle if low < step <= high]
    if step <= ends[0]:
        pieces.append(values[0])
    if step > ends[-1]:
        pieces.append(values[-1])
    if len(pieces) > 1:
        raise ValueError(f"step {x} is in {len(pieces)} pieces: the boundaries must rise")
    return float(_number(pieces[0] if pieces else values[0]))


def _dtype(number: float) -> str:
    return "int32" if isinstance(number, int) else "float32"


def _number(number: float) -> float:
    """A number as it is stored: integers are kept exactly."""
    return number if isinstance(number, int) else Float32(number)


piecewise_constant_decay = piecewise_constant
