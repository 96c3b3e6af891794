"""Learning rates over steps as data: what the chart in the terminal, the page's SVG and the figures all draw."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple

from lrlint.finding import Effect

Rates = Callable[[int], "float | None"]
"""The learning rate at a step; ``None`` where there is none, because the program has ended."""

CurveName = Literal["intended", "actual", "rate"]

_SAMPLES, _BANDS = 200, 100
_JUMP = 0.02  # a change between two samples by more than this part of the whole range is looked at more closely
_UPRIGHT, _BY_ITSELF = 0.1, 0.25  # a jump: by so much of the whole range, or of the rate itself, in one step
_STAIRS = 24  # over so few steps every change is seen as the jump that it is
_SPARE = 6
_TICKS = 6  # so many round numbers are marked at most
_NEARLY = 1e-6  # a round number that float32 misses by a hair is meant
_ROOM = 0.08
_LOW, _FEW, _DECADES = 0.1, 0.4, 1.0


class Point(NamedTuple):
    """A rate at a step; NaN where the curve has a gap."""

    step: int
    rate: float


class Band(NamedTuple):
    """Between which rates those of a noisy decay lie at a step."""

    step: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Curve:
    """One learning rate over steps; ``raises`` where it has none any more because TensorFlow has raised."""

    name: CurveName
    points: tuple[Point, ...]
    raises: bool = False

    @property
    def label(self) -> str:
        """What a legend says of it."""
        if self.name == "rate":
            return "learning rate"
        if not self.raises:
            return self.name
        return f"{self.name}, until the program ends" if any(self.pieces) else f"{self.name}: none, the program ends"

    @property
    def pieces(self) -> Iterator[list[Point]]:
        """The lines to draw: the points without the gaps, and a corner where the rate jumps: it holds until the next step."""
        stairs = bool(self.points) and self.points[-1].step - self.points[0].step <= _STAIRS
        most = 0.0 if stairs else _UPRIGHT * _span(point.rate for point in self.points)
        piece: list[Point] = []
        for point in self.points:
            if not math.isfinite(point.rate):
                if piece:
                    yield piece
                piece = []
                continue
            if piece and point.step == piece[-1].step + 1 and _jumps(piece[-1].rate, point.rate, most):
                piece.append(Point(point.step, piece[-1].rate))
            piece.append(point)
        if piece:
            yield piece


def _jumps(before: float, after: float, most: float) -> bool:
    change = abs(after - before)
    return change > most or change > _BY_ITSELF * max(abs(before), abs(after))


def _span(rates: Iterable[float]) -> float:
    finite = [rate for rate in rates if math.isfinite(rate)]
    return max(finite) - min(finite) if finite else 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over the same steps, and whether a logarithmic scale of rates shows them better."""

    curves: tuple[Curve, ...]
    first: int
    last: int
    log: bool = False
    band: tuple[Band, ...] = ()

    @property
    def bounds(self) -> tuple[float, float]:
        """The rates between which the chart is drawn: from 0 on, unless the curves keep far away from it.

        What is drawn may be a band as well; on a logarithmic scale, only what is positive can be.
        """
        rates = [point.rate for curve in self.curves for piece in curve.pieces for point in piece]
        rates += [rate for band in self.band for rate in band[1:] if math.isfinite(rate)]
        if self.log:
            rates = [rate for rate in rates if rate > 0]
        if not rates:
            return (0.0, 1.0)
        low, high = min(rates), max(rates)
        if self.log:
            return low, high if high > low else low * 10
        if low == high:
            return (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
        return (0.0 if 0 < low < high / 2 else low), high


def chart(rates: Sequence[tuple[CurveName, Rates]], first: int, last: int) -> Chart:
    """The chart of some rates from a first to a last step."""
    curves = tuple(Curve(name, _sampled(rate, first, last)) for name, rate in rates)
    return Chart(curves, first, last, any(_wants_log(curve) for curve in curves) and _all_positive(curves))


def chart_of(effect: Effect) -> Chart | None:
    """The curves of an effect, or the one of both where they are the same; ``None`` where too little is known to draw.

    Where the rate jumps at the last of the effect's steps, the chart goes on a little, so that this can be seen.
    """
    from lrlint.effect import actual_at, band_at, intended_at

    if len(effect.steps) < 2:
        return None
    intended, actual = partial(intended_at, effect), partial(actual_at, effect)
    first, last = effect.steps[0], effect.steps[-1]
    before, after = intended(last - 1), intended(last)
    if before is not None and after is not None and abs(after - before) > _JUMP * abs(before):
        last += max(1, (last - first) // _SPARE)
    found = chart([("intended", intended), ("actual", actual)], first, last)
    drawn = banded(partial(band_at, effect), first, last)
    if drawn:
        found = replace(found, band=drawn, log=False)
    meant, made = found.curves
    if not any(len(piece) > 1 for curve in found.curves for piece in curve.pieces):
        return None
    if meant.points == made.points:
        return replace(found, curves=(replace(meant, name="rate"),))
    curves = (meant, replace(made, raises=effect.way == "raises"))
    return replace(found, curves=tuple(curve for curve in curves if curve.raises or any(curve.pieces)))


def banded(band: Callable[[int], tuple[float, float] | None], first: int, last: int) -> tuple[Band, ...]:
    """The band of a noisy decay's rates from a first to a last step; empty where there is no noise."""
    steps = sorted({first + (last - first) * index // _BANDS for index in range(_BANDS + 1)})
    return tuple(Band(step, *edges) for step in steps if (edges := band(step)) is not None)


def is_told(effect: Effect) -> bool:
    """Whether there is anything to say of the rates that a finding costs, and not only that something raises."""
    return effect.way != "raises" or bool(effect.steps or effect.assumed)


def rate_rows(effect: Effect) -> list[tuple[str, ...]]:
    """The rates at the effect's steps as a table, its head first; empty where none is known."""
    if all(rate is None for rate in (*effect.intended, *effect.actual)):
        return []
    columns = {"intended": effect.intended, "actual": effect.actual}
    if effect.intended == effect.actual:
        columns = {"learning rate": effect.actual}
    known = {name: rates for name, rates in columns.items() if name != "intended" or rates.count(None) < len(rates)}
    rows = zip(effect.steps, *known.values(), strict=True)
    return [("step", *known), *((str(step), *map(rate_shown, rates)) for step, *rates in rows)]


def remarks(effect: Effect) -> list[str]:
    """What there is to say of the numbers: what was taken for what is not known, and where only the looks are wrong."""
    right = effect.way == "as-is" and effect.error is None
    return [
        *(f"{assumed[:1].upper()}{assumed[1:]}." for assumed in effect.assumed),
        *(["This leaves the rate itself as it is; only what is made of it here goes wrong."] if right else []),
    ]


def call(decay: str, arguments: Sequence[tuple[str, object]]) -> str:
    """A decay with its arguments as a call would have them, and ``?`` for those that are not known."""
    return f"{decay}({', '.join(f'{name}={_written(value)}' for name, value in arguments)})"


def _written(value: object) -> str:
    return "?" if value is None else repr(value)


def _sampled(rate: Rates, first: int, last: int) -> tuple[Point, ...]:
    """Points close enough together that no jump between two steps looks like a slope."""
    count = min(last - first, _SAMPLES) or 1
    steps = sorted({first + (last - first) * index // count for index in range(count + 1)})
    points = [Point(step, _number(rate(step))) for step in steps]
    most = _JUMP * _span(point.rate for point in points)
    found = points[:1]
    for before, after in pairwise(points):
        found += _between(rate, before, after, most)
        found.append(after)
    return tuple(found)


def _between(rate: Rates, before: Point, after: Point, most: float) -> list[Point]:
    """The points on both sides of the jumps between two points."""
    if after.step - before.step <= 1 or before.rate == after.rate or _near(before.rate, after.rate, most):
        return []
    middle = (before.step + after.step) // 2
    point = Point(middle, _number(rate(middle)))
    return [*_between(rate, before, point, most), point, *_between(rate, point, after, most)]


def _near(one: float, other: float, most: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return math.isfinite(one) == math.isfinite(other)
    return abs(one - other) <= most


def _number(rate: float | None) -> float:
    return math.nan if rate is None or not math.isfinite(rate) else float(rate)


def _wants_log(curve: Curve) -> bool:
    """Whether a linear scale would press much of a curve into its lowest tenth."""
    pieces = list(curve.pieces)
    rates = [point.rate for piece in pieces for point in piece]
    if not rates or min(rates) <= 0 or math.log10(max(rates) / min(rates)) < _DECADES:
        return False
    span = sum(after.step - before.step for piece in pieces for before, after in pairwise(piece))
    low = sum(
        after.step - before.step
        for piece in pieces
        for before, after in pairwise(piece)
        if after.rate <= _LOW * max(rates)
    )
    return low >= _FEW * span > 0


def _all_positive(curves: Sequence[Curve]) -> bool:
    return all(point.rate > 0 for curve in curves for piece in curve.pieces for point in piece)


def rate_ticks(low: float, high: float, *, log: bool) -> list[float]:
    """A few round rates to mark between two."""
    if not log:
        return _round_numbers(low, high)
    first, last = math.floor(math.log10(low) + 1e-9), math.ceil(math.log10(high) - 1e-9)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        ticks = [float(f"{factor}e{power}") for power in range(first, last + 1) for factor in factors]
        ticks = [tick for tick in ticks if low * (1 - 1e-6) <= tick <= high * (1 + 1e-6)]
        if len(ticks) <= _TICKS:
            return ticks
    every = math.ceil(len(ticks) / _TICKS)
    return ticks[::every]


def step_ticks(first: int, last: int) -> list[int]:
    """A few round steps to mark between two, and the first one where there is room for it."""
    round_steps = {round(tick) for tick in _round_numbers(first, last) if tick == round(tick)}
    ticks = sorted(step for step in round_steps if first <= step <= last)
    return ticks if ticks and ticks[0] - first < _ROOM * (last - first) else [first, *ticks]


def _round_numbers(low: float, high: float) -> list[float]:
    if high <= low:
        return [low]
    power = math.floor(math.log10((high - low) / _TICKS)) - 1
    while True:
        for factor in (1, 2, 5):
            width = factor * 10.0**power
            first, last = math.ceil(low / width - _NEARLY), math.floor(high / width + _NEARLY)
            if last - first + 1 <= _TICKS:
                return [float(f"{index * width:.12g}") for index in range(first, last + 1)]
        power += 1


def rate_shown(rate: float | None) -> str:
    """A rate as people read it: ``0.0664833``, ``1e-05``; a dash where there is none, or nobody knows it."""
    return "-" if rate is None else "NaN" if math.isnan(rate) else f"{rate:.6g}"
