"""The decays that fall along a cosine: once, again and again, and with noise."""

from __future__ import annotations

import math
from typing import NamedTuple

from lrlint.decays.float32 import Float32, floor, log, rate_of


def half_wave(fraction: Float32) -> Float32:
    """Half a cosine wave from 1 at ``fraction`` 0 down to 0 at ``fraction`` 1, and up again beyond."""
    angle = Float32(math.pi) * fraction
    return 0.5 * (1.0 + Float32(math.cos(angle) if math.isfinite(angle) else math.nan))


def cosine_decay(
    learning_rate: float, global_step: float, decay_steps: float, alpha: float = 0.0, name: str | None = None
) -> float:
    """``learning_rate * ((1 - alpha) * 0.5 * (1 + cos(pi * global_step / decay_steps)) + alpha)``.

    The step is clamped at ``decay_steps``, where the rate ends at ``alpha * learning_rate``: ``alpha`` is a fraction of
    the first rate, not a rate. Meant for ``decay_steps > 0``; with 0 it is NaN at every step.

    ``learning_rate`` is a rate, ``decay_steps`` counts steps, and ``alpha`` is a part of the rate.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``CosineDecay``.
    """
    length = Float32(decay_steps)
    wave = half_wave(min(Float32(global_step), length) / length)
    return float(rate_of(learning_rate) * ((1.0 - alpha) * wave + alpha))


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

    That is the period in which ``global_step`` lies. Period 0 takes ``first_decay_steps`` steps, and each one ``t_mul``
    times as many as the one before: with 10 and the default 2 the restarts are at steps 10, 30, 70, 150. A period starts at exactly
    ``learning_rate * ((1 - alpha) * m_mul ** i + alpha)``, and the restarts never stop. Meant for
    ``first_decay_steps > 0`` and ``t_mul >= 1``: with 0 it is NaN at every step, and with ``t_mul < 1`` NaN from
    step ``first_decay_steps / (1 - t_mul)`` on, where the periods have shrunk to nothing.

    ``learning_rate`` is a rate, ``first_decay_steps`` counts steps, and the others are factors.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``CosineDecayRestarts``.
    """
    growth = Float32(t_mul)
    fraction = Float32(global_step) / first_decay_steps
    if growth == 1.0:
        period = floor(fraction)
        fraction -= period
    else:
        period = floor(log(1.0 - fraction * (1.0 - growth)) / log(growth))
        fraction = (fraction - (1.0 - growth**period) / (1.0 - growth)) / growth**period
    wave = Float32(m_mul) ** period * half_wave(fraction)
    return float(rate_of(learning_rate) * ((1.0 - Float32(alpha)) * wave + alpha))


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

    ``learning_rate`` is a rate, ``decay_steps`` counts steps, and ``alpha`` and ``beta`` are parts of the rate.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``LinearCosineDecay``.
    """
    return _linear_cosine(learning_rate, global_step, decay_steps, num_periods, alpha, beta, noise=Float32(0.0))


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

    ``initial_variance`` is that of a part of the rate; the rest is as in :func:`linear_cosine_decay`.
    Raises :class:`TypeError` for an integer ``learning_rate``. Source: ``NoisyLinearCosineDecay``.
    """
    length = Float32(decay_steps)
    deviation = _deviation(min(Float32(global_step), length), initial_variance, variance_decay)
    draw = Float32(0.0)
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
    length = Float32(decay_steps)
    step = min(Float32(global_step), length)
    wave = half_wave(2.0 * Float32(num_periods) * (step / length))
    spread = rate_of(learning_rate) * _deviation(step, initial_variance, variance_decay) * wave
    expectation = linear_cosine_decay(learning_rate, global_step, decay_steps, num_periods, alpha, beta)
    return Noise(expectation, float(spread))


def _deviation(step: Float32, initial_variance: float, variance_decay: float) -> Float32:
    variance = Float32(initial_variance) / (1.0 + step) ** variance_decay
    return variance**0.5 if variance >= 0 else Float32(math.nan)


def _linear_cosine(
    learning_rate: float,
    global_step: float,
    decay_steps: float,
    num_periods: float,
    alpha: float,
    beta: float,
    noise: Float32,
) -> float:
    length = Float32(decay_steps)
    step = min(Float32(global_step), length)
    linear = (length - step) / length + noise
    wave = half_wave(2.0 * Float32(num_periods) * (step / length))
    return float(rate_of(learning_rate) * ((Float32(alpha) + linear) * wave + beta))
