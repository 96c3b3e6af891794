"""The reference decays: what TensorFlow 1.15.5 computes for each ``tf.train`` decay, in plain Python.

The functions carry TensorFlow's names, argument order and defaults. What TensorFlow takes as a step variable is here the
number of steps that it holds, and what TensorFlow returns as a schedule is here the learning rate at that step.

A schedule is a formula in float32, and in places that shows: ``exp(-104)`` is zero, and step 16777217 is step 16777216.
So the formulas below are computed in float32 too, operation by operation and in TensorFlow's order, with what IEEE 754
says where Python would raise (``0 / 0`` is NaN, ``1 / 0`` is infinite).

Units: a step is one update of the weights; every rate, and every result, is a learning rate. ``name`` only names the
TensorFlow operation. Sources: ``tensorflow/python/training/learning_rate_decay.py`` for the functions, and for their
formulas ``tensorflow/python/keras/optimizer_v2/learning_rate_schedule.py``, of TensorFlow 1.15.5.

All decays but ``piecewise_constant`` raise :class:`TypeError` for an integer ``learning_rate``, as TensorFlow does, in one
wording or another, at the first update.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

_FLOAT = struct.Struct("f")


class _Float32(float):
    """A float32: every operation rounds its result, and none of them raises."""

    __slots__ = ()

    def __new__(cls, value: float) -> _Float32:  # noqa: PYI034 (there are no subclasses, and 3.10 has no Self)
        try:
            (value,) = _FLOAT.unpack(_FLOAT.pack(value))
        except OverflowError:
            value = math.copysign(math.inf, value)
        return super().__new__(cls, value)

    def __neg__(self) -> _Float32:
        return _Float32(-float(self))

    def __add__(self, other: float) -> _Float32:
        return _Float32(float(self) + float(_Float32(other)))

    def __sub__(self, other: float) -> _Float32:
        return _Float32(float(self) - float(_Float32(other)))

    def __mul__(self, other: float) -> _Float32:
        return _Float32(float(self) * float(_Float32(other)))

    def __truediv__(self, other: float) -> _Float32:
        divisor = float(_Float32(other))
        if divisor:
            return _Float32(float(self) / divisor)
        if float(self) == 0 or math.isnan(self):
            return _Float32(math.nan)
        return _Float32(math.copysign(math.inf, self) * math.copysign(1.0, divisor))

    def __radd__(self, other: float) -> _Float32:
        return _Float32(other) + self

    def __rsub__(self, other: float) -> _Float32:
        return _Float32(other) - self

    def __rmul__(self, other: float) -> _Float32:
        return _Float32(other) * self

    def __pow__(self, other: float) -> _Float32:  # type: ignore[override]
        exponent = float(_Float32(other))
        try:
            return _Float32(math.pow(self, exponent))
        except OverflowError:
            odd = exponent % 2 == 1
            return _Float32(-math.inf if self < 0 and odd else math.inf)
        except ValueError:  # a fractional power of a negative number, or a negative power of zero
            return _Float32(math.nan if self else math.inf)


def _floor(number: _Float32) -> _Float32:
    return _Float32(math.floor(number)) if math.isfinite(number) else number


def _ceil(number: _Float32) -> _Float32:
    return _Float32(math.copysign(math.ceil(number), number)) if math.isfinite(number) else number


def _exp(number: _Float32) -> _Float32:
    try:
        return _Float32(math.exp(number))
    except OverflowError:
        return _Float32(math.inf)


def _log(number: _Float32) -> _Float32:
    if number > 0:
        return _Float32(math.log(number))
    return _Float32(-math.inf if float(number) == 0 else math.nan)


def _half_wave(fraction: _Float32) -> _Float32:
    """Half a cosine wave from 1 at ``fraction`` 0 down to 0 at ``fraction`` 1, and up again beyond."""
    angle = _Float32(math.pi) * fraction
    return 0.5 * (1.0 + _Float32(math.cos(angle) if math.isfinite(angle) else math.nan))


def _rate(learning_rate: float) -> _Float32:
    if isinstance(learning_rate, int):
        raise TypeError(f"learning_rate must be a float, not {learning_rate!r}")
    return _Float32(learning_rate)


def _periods(global_step: float, decay_steps: float, staircase: bool) -> _Float32:
    """How often ``decay_steps`` has passed; with ``staircase``, only what has passed as a whole."""
    periods = _Float32(global_step) / decay_steps
    return _floor(periods) if staircase else periods


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
    """
    exponent = _periods(global_step, decay_steps, staircase)
    return float(_rate(learning_rate) * _Float32(decay_rate) ** exponent)


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
    """
    return exponential_decay(learning_rate, global_step, decay_steps, _exp(-_Float32(decay_rate)), staircase)


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
    """
    elapsed = _periods(global_step, decay_steps, staircase)
    return float(_rate(learning_rate) / (1.0 + _Float32(decay_rate) * elapsed))


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
    """
    step, length = _Float32(global_step), _Float32(decay_steps)
    if cycle:
        length = length * (_Float32(1.0) if float(step) == 0.0 else _ceil(step / length))
    else:
        step = min(step, length)
    rate, end = _rate(learning_rate), _Float32(end_learning_rate)
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
    return number if isinstance(number, int) else _Float32(number)


piecewise_constant_decay = piecewise_constant


def cosine_decay(
    learning_rate: float, global_step: float, decay_steps: float, alpha: float = 0.0, name: str | None = None
) -> float:
    """``learning_rate * ((1 - alpha) * 0.5 * (1 + cos(pi * global_step / decay_steps)) + alpha)``.

    The step is clamped at ``decay_steps``, where the rate ends at ``alpha * learning_rate``: ``alpha`` is a fraction of
    the first rate, not a rate. Meant for ``decay_steps > 0``; with 0 it is NaN at every step.
    """
    length = _Float32(decay_steps)
    wave = _half_wave(min(_Float32(global_step), length) / length)
    return float(_rate(learning_rate) * ((1.0 - alpha) * wave + alpha))


def cosine_decay_restarts(
    learning_rate: float,
    global_step: float,
    first_decay_steps: float,
    t_mul: float = 2.0,
    m_mul: float = 1.0,
    alpha: float = 0.0,
    name: str | None = None,
) -> float:
    """``learning_rate * ((1 - alpha) * 0.5 * m_mul ** i * (1 + cos(pi * f)) + alpha)``, with f a fraction of period i.

    Period 0 takes ``first_decay_steps`` steps, and each one ``t_mul`` times as many as the one before: with 10 and the
    default 2 the restarts are at steps 10, 30, 70, 150. A period starts at exactly
    ``learning_rate * ((1 - alpha) * m_mul ** i + alpha)``, and the restarts never stop. Meant for
    ``first_decay_steps > 0`` and ``t_mul >= 1``: with 0 it is NaN at every step, and with ``t_mul < 1`` NaN from
    step ``first_decay_steps / (1 - t_mul)`` on, where the periods have shrunk to nothing.
    """
    growth = _Float32(t_mul)
    fraction = _Float32(global_step) / first_decay_steps
    if growth == 1.0:
        period = _floor(fraction)
        fraction -= period
    else:
        period = _floor(_log(1.0 - fraction * (1.0 - growth)) / _log(growth))
        fraction = (fraction - (1.0 - growth**period) / (1.0 - growth)) / growth**period
    wave = _Float32(m_mul) ** period * _half_wave(fraction)
    return float(_rate(learning_rate) * ((1.0 - _Float32(alpha)) * wave + alpha))


def linear_cosine_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
) -> float:
    """``learning_rate * ((alpha + linear) * 0.5 * (1 + cos(2 * pi * num_periods * fraction)) + beta)``.

    ``fraction`` is ``global_step / decay_steps`` with the step clamped at ``decay_steps``, and ``linear`` is
    ``1 - fraction``. At step 0 the rate is ``learning_rate * (1 + alpha + beta)``, above the first rate; with the default
    half period it ends at ``learning_rate * beta``. Meant for ``decay_steps > 0``; with 0 it is NaN at every step.
    """
    return _linear_cosine(learning_rate, global_step, decay_steps, num_periods, alpha, beta, noise=_Float32(0.0))


def noisy_linear_cosine_decay(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    initial_variance: float = 1.0,
    variance_decay: float = 0.55,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
    name: str | None = None,
    *,
    seed: int | None = None,
) -> float:
    """:func:`linear_cosine_decay` with ``linear + noise`` for ``linear``.

    The noise is drawn anew at every call from a normal distribution with the variance
    ``initial_variance / (1 + global_step) ** variance_decay``, so that two calls at one step differ; with the defaults one
    rate in six at step 0 is negative. Without a ``seed`` this is the expectation, which is the decay without noise; with
    one it is a draw that depends on the seed and the step alone, not a draw that TensorFlow would make.
    :func:`noise` tells how far the draws spread.
    """
    length = _Float32(decay_steps)
    deviation = _deviation(min(_Float32(global_step), length), initial_variance, variance_decay)
    draw = _Float32(0.0)
    if seed is not None:
        from random import Random

        draw = deviation * Random(f"{seed} {float(global_step)}").gauss(0.0, 1.0)  # noqa: S311
    elif math.isnan(deviation):
        draw = deviation
    return _linear_cosine(learning_rate, global_step, decay_steps, num_periods, alpha, beta, draw)


class Noise(NamedTuple):
    """Where the rates of a noisy decay lie at one step: ``expectation`` +- ``deviation``, as learning rates."""

    expectation: float
    deviation: float

    def band(self, deviations: float = 2.0) -> tuple[float, float]:
        """The rates that lie within so many standard deviations: 95 % of the draws for the default 2."""
        return self.expectation - deviations * self.deviation, self.expectation + deviations * self.deviation


def noise(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    initial_variance: float = 1.0,
    variance_decay: float = 0.55,
    num_periods: float = 0.5,
    alpha: float = 0.0,
    beta: float = 0.001,
) -> Noise:
    """The distribution of :func:`noisy_linear_cosine_decay` at a step: normal, and with no spread at ``decay_steps``."""
    length = _Float32(decay_steps)
    step = min(_Float32(global_step), length)
    wave = _half_wave(2.0 * _Float32(num_periods) * (step / length))
    spread = _rate(learning_rate) * _deviation(step, initial_variance, variance_decay) * wave
    expectation = linear_cosine_decay(learning_rate, global_step, decay_steps, num_periods, alpha, beta)
    return Noise(expectation, float(spread))


def _deviation(step: _Float32, initial_variance: float, variance_decay: float) -> _Float32:
    variance = _Float32(initial_variance) / (1.0 + step) ** variance_decay
    return variance**0.5 if variance >= 0 else _Float32(math.nan)


def _linear_cosine(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    num_periods: float,
    alpha: float,
    beta: float,
    noise: _Float32,
) -> float:
    length = _Float32(decay_steps)
    step = min(_Float32(global_step), length)
    linear = (length - step) / length + noise
    wave = _half_wave(2.0 * _Float32(num_periods) * (step / length))
    return float(_rate(learning_rate) * ((_Float32(alpha) + linear) * wave + beta))


class Parameter(NamedTuple):
    """A parameter of a decay.

    ``unit`` is ``"step"`` for the step itself, ``"steps"`` for numbers of steps, ``"rates"`` for learning rates, and
    ``None`` for the rest; ``default`` means nothing for a ``required`` one.
    """

    name: str
    unit: str | None
    required: bool
    default: Any = None


_UNITS = {
    "x": "step",
    "global_step": "step",
    "decay_steps": "steps",
    "first_decay_steps": "steps",
    "boundaries": "steps",
    "learning_rate": "rates",
    "end_learning_rate": "rates",
    "values": "rates",
}


class Decay(NamedTuple):
    """A decay, as data: its parameters in TensorFlow's order, and its formula."""

    name: str
    parameters: tuple[Parameter, ...]
    formula: Callable[..., float]

    @property
    def step(self) -> Parameter:
        """The parameter that takes the step."""
        return next(parameter for parameter in self.parameters if parameter.unit == "step")

    def at(self, step: float, arguments: Mapping[str, Any]) -> float:
        """The learning rate at a step; ``arguments`` are all the others, by name."""
        return self.formula(**{self.step.name: step}, **arguments)


def _parameters(formula: Callable[..., float]) -> tuple[Parameter, ...]:
    code, defaults = formula.__code__, formula.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    required = len(names) - len(defaults)
    return (
        *(Parameter(name, _UNITS.get(name), True) for name in names[:required]),
        *(
            Parameter(name, _UNITS.get(name), False, default)
            for name, default in zip(names[required:], defaults, strict=True)
        ),
    )


_FORMULAS: Mapping[str, Callable[..., float]] = {
    "exponential_decay": exponential_decay,
    "natural_exp_decay": natural_exp_decay,
    "inverse_time_decay": inverse_time_decay,
    "polynomial_decay": polynomial_decay,
    "piecewise_constant": piecewise_constant,
    "piecewise_constant_decay": piecewise_constant_decay,
    "cosine_decay": cosine_decay,
    "cosine_decay_restarts": cosine_decay_restarts,
    "linear_cosine_decay": linear_cosine_decay,
    "noisy_linear_cosine_decay": noisy_linear_cosine_decay,
}

DECAYS: Mapping[str, Decay] = {name: Decay(name, _parameters(formula), formula) for name, formula in _FORMULAS.items()}
"""Every decay by its name in ``tf.train``. The signatures of the functions above are the only place that states them."""
