"""Arithmetic in float32, as TensorFlow computes: every operation rounds its result, and none of them raises.

What Python raises for, IEEE 754 has numbers for: ``0 / 0`` is NaN and ``1 / 0`` is infinite.
"""

from __future__ import annotations

import math
import struct

_FLOAT = struct.Struct("f")


class Float32(float):
    """A float32: every operation rounds its result, and none of them raises."""

    __slots__ = ()

    def __new__(cls, value: float) -> Float32:  # noqa: PYI034 (there are no subclasses, and 3.10 has no Self)
        try:
            (value,) = _FLOAT.unpack(_FLOAT.pack(float(value)))
        except OverflowError:
            value = math.copysign(math.inf, value)
        return super().__new__(cls, value)

    def __neg__(self) -> Float32:
        return Float32(-float(self))

    def __add__(self, other: float) -> Float32:
        return Float32(float(self) + float(Float32(other)))

    def __sub__(self, other: float) -> Float32:
        return Float32(float(self) - float(Float32(other)))

    def __mul__(self, other: float) -> Float32:
        return Float32(float(self) * float(Float32(other)))

    def __truediv__(self, other: float) -> Float32:
        divisor = float(Float32(other))
        if divisor:
            return Float32(float(self) / divisor)
        if float(self) == 0 or math.isnan(self):
            return Float32(math.nan)
        return Float32(math.copysign(math.inf, self) * math.copysign(1.0, divisor))

    def __radd__(self, other: float) -> Float32:
        return Float32(other) + self

    def __rsub__(self, other: float) -> Float32:
        return Float32(other) - self

    def __rmul__(self, other: float) -> Float32:
        return Float32(other) * self

    def __pow__(self, other: float) -> Float32:  # type: ignore[override]
        exponent = float(Float32(other))
        try:
            return Float32(math.pow(self, exponent))
        except OverflowError:
            odd = exponent % 2 == 1
            return Float32(-math.inf if self < 0 and odd else math.inf)
        except ValueError:  # a fractional power of a negative number, or a negative power of zero
            return Float32(math.nan if self else math.inf)


def floor(number: Float32) -> Float32:
    return Float32(math.floor(number)) if math.isfinite(number) else number


def ceil(number: Float32) -> Float32:
    return Float32(math.copysign(math.ceil(number), number)) if math.isfinite(number) else number


def exp(number: Float32) -> Float32:
    try:
        return Float32(math.exp(number))
    except OverflowError:
        return Float32(math.inf)


def log(number: Float32) -> Float32:
    if number > 0:
        return Float32(math.log(number))
    return Float32(-math.inf if float(number) == 0 else math.nan)


def rate_of(learning_rate: float) -> Float32:
    """The first rate of a decay; raises :class:`TypeError` for an integer, with which TensorFlow cannot compute."""
    if isinstance(learning_rate, int):
        raise TypeError(f"learning_rate must be a float, not {learning_rate!r}")
    return Float32(learning_rate)
