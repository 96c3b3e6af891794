"""A chart of learning rates as SVG inside of a page, which lends it its colours and its font."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from lrlint.curves import Chart, Curve, rate_shown, rate_ticks, step_ticks
from lrlint.report.html.tags import Html, join, tag

WIDTH, HEIGHT = 680, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 24, 40, 48
_CHARACTER = 6.8  # about the width of one at the font's size of 12, to lay out the legend
_SAMPLE = 26
_LEGEND, _TICK = 16, 5
_INSET = 8  # between the axis and the lowest rate, unless that is 0


def svg(chart: Chart, description: str) -> Html:
    """The chart; ``description`` is read out instead of it."""
    plot = _Plot(chart)
    return tag(
        "svg",
        tag("title", description),
        plot.axes(),
        plot.band(),
        [plot.curve(curve) for curve in chart.curves],
        plot.legend(),
        viewBox=f"0 0 {WIDTH} {HEIGHT}",
        role="img",
        class_="chart",
    )


class _Plot:
    def __init__(self, chart: Chart) -> None:
        self._chart = chart
        self._low, self._high = chart.bounds
        self._bottom = HEIGHT - _BOTTOM - (_INSET if self._low else 0)

    def _x(self, step: float) -> float:
        length = max(self._chart.last - self._chart.first, 1)
        return _LEFT + (step - self._chart.first) / length * (WIDTH - _LEFT - _RIGHT)

    def _y(self, rate: float) -> float:
        if self._chart.log:
            part = math.log(rate / self._low) / math.log(self._high / self._low)
        else:
            part = (rate - self._low) / (self._high - self._low)
        return self._bottom - part * (self._bottom - _TOP)

    def axes(self) -> Html:
        """The frame with its grid, its round numbers and what they are."""
        return tag("g", self._rates(), self._steps(), class_="axes")

    def _rates(self) -> Iterator[Html]:
        for rate in rate_ticks(self._low, self._high, log=self._chart.log):
            y = self._y(rate)
            yield _line(_LEFT, y, WIDTH - _RIGHT, y, "grid")
            yield _text(_LEFT - 8, y + 4, rate_shown(rate), "end")
        scale = " (logarithmic scale)" if self._chart.log else ""
        yield _text(8, 16, f"learning rate{scale}", "start", class_="label")

    def _steps(self) -> Iterator[Html]:
        bottom = HEIGHT - _BOTTOM
        for step in step_ticks(self._chart.first, self._chart.last):
            x = self._x(step)
            yield _line(x, bottom, x, bottom + _TICK, "tick")
            width = len(str(step)) * _CHARACTER / 2
            yield _text(min(x, WIDTH - width - 2), bottom + 19, str(step), "middle")
        yield _line(_LEFT, bottom, WIDTH - _RIGHT, bottom, "tick")
        yield _text((_LEFT + WIDTH - _RIGHT) / 2, HEIGHT - 8, "step", "middle", class_="label")

    def band(self) -> Html:
        """The area in which the rates of a noisy decay lie."""
        if not self._chart.band:
            return Html()
        upper = [(band.step, band.high) for band in self._chart.band]
        lower = [(band.step, band.low) for band in reversed(self._chart.band)]
        return tag("polygon", points=self._places(upper + lower), class_="band")

    def curve(self, curve: Curve) -> Html:
        """The line of a curve, and a dot for a piece of a single point."""
        parts = []
        for piece in curve.pieces:
            if len(piece) == 1:
                parts.append(tag("circle", cx=_round(self._x(piece[0].step)), cy=_round(self._y(piece[0].rate)), r=4))
            else:
                parts.append(tag("polyline", points=self._places(piece)))
        return tag("g", parts, class_=f"curve {curve.name}")

    def _places(self, points: Iterable[tuple[int, float]]) -> str:
        return " ".join(f"{_round(self._x(step))},{_round(self._y(rate))}" for step, rate in points)

    def legend(self) -> Html:
        """What the lines are, from the right edge on."""
        place = float(WIDTH - _RIGHT)
        parts = []
        for curve in reversed(self._chart.curves):
            place -= len(curve.label) * _CHARACTER
            parts.append(_text(place, _LEGEND, curve.label, "start"))
            place -= _SAMPLE + 6
            sample = _line(place, _LEGEND - 4, place + _SAMPLE, _LEGEND - 4)
            parts.append(tag("g", sample, class_=f"curve {curve.name}"))
            place -= 18
        return tag("g", join(parts), class_="legend")


def _line(x1: float, y1: float, x2: float, y2: float, class_: str | None = None) -> Html:
    return tag("line", x1=_round(x1), y1=_round(y1), x2=_round(x2), y2=_round(y2), class_=class_)


def _text(x: float, y: float, text: str, anchor: str, class_: str | None = None) -> Html:
    return tag("text", text, x=_round(x), y=_round(y), text_anchor=anchor, class_=class_)


def _round(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
