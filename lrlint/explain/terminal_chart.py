"""A chart of learning rates in characters."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from lrlint.curves import Chart, CurveName, rate_shown, rate_ticks, step_ticks
from lrlint.report.look import Look, Style

WIDEST, HEIGHT = 76, 17

_NARROWEST = 30
_STYLES: Mapping[CurveName, Style] = {"intended": "intended", "actual": "actual", "rate": "intended"}
_COLOURS: Mapping[CurveName, str] = {"intended": "blue+", "actual": "orange", "rate": "blue+"}
_SIGNS: Mapping[CurveName, str] = {"intended": "braille", "actual": "x", "rate": "braille"}
_SAMPLES: Mapping[CurveName, str] = {"intended": "⠤⠤", "actual": "xx", "rate": "⠤⠤"}
_BAND = "."

_TRAILING = re.compile(r" +((?:\x1b\[0m)*)$")
_IN_ASCII = str.maketrans(
    {"│": "|", "─": "-", "┤": "|", "┬": "+", "┌": "+", "┐": "+", "└": "+", "┘": "+", "⠤": "*"}
    | {chr(code): "*" for code in range(0x2801, 0x2900) if code != ord("⠤")}
)


def draw(chart: Chart, *, look: Look, ascii_only: bool = False) -> list[str]:
    """The chart as lines, with a legend above it.

    Where two curves meet, the later one covers the other.
    """
    import plotext

    width = max(min(look.width, WIDEST), _NARROWEST)
    low, high = _scaled(chart.bounds, chart)
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(width, HEIGHT)
    for edge in ("low", "high") if chart.band else ():
        steps, rates = [band.step for band in chart.band], [getattr(band, edge) for band in chart.band]
        plotext.scatter(steps, _scaled(rates, chart), marker=_BAND)
    for curve in chart.curves:
        for piece in curve.pieces:
            rates = _scaled([point.rate for point in piece], chart)
            plotext.plot([point.step for point in piece], rates, marker=_SIGNS[curve.name], color=_COLOURS[curve.name])
    ticks = rate_ticks(*chart.bounds, log=chart.log)
    plotext.ylim(low, high)
    plotext.yticks(_scaled(ticks, chart), [rate_shown(tick) for tick in ticks])
    marks = step_ticks(chart.first, chart.last)
    plotext.xlim(chart.first, max(chart.last, chart.first + 1))
    plotext.xticks(marks, [str(mark) for mark in marks])
    drawn = plotext.build()
    plotext.clear_figure()
    lines = (drawn if look.colour else plotext.uncolorize(drawn)).splitlines()
    lines = [_legend(chart, look), _title(chart), *(_TRAILING.sub(r"\1", line) for line in lines), "step".rjust(width)]
    return [line.translate(_IN_ASCII) for line in lines] if ascii_only else lines


def _scaled(rates: Sequence[float], chart: Chart) -> list[float]:
    return [math.log10(rate) for rate in rates] if chart.log else list(rates)


def _title(chart: Chart) -> str:
    return "learning rate (logarithmic scale)" if chart.log else "learning rate"


def _legend(chart: Chart, look: Look) -> str:
    words = [f"{look.paint(_SAMPLES[curve.name], _STYLES[curve.name])} {curve.label}" for curve in chart.curves]
    return "   ".join([*words, f"{_BAND * 2} 95 % of the rates"] if chart.band else words)
