"""Curves of intended and actual rates as pictures, drawn by matplotlib."""

from __future__ import annotations

import io
import os
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from lrlint.curves import Chart, CurveName, rate_shown, rate_ticks, step_ticks
from lrlint.selectors import SettingsError
from lrlint.words import listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = (".svg", ".png", ".pdf")
MOST_PANELS = 60

_WIDTH, _HEIGHT = 7.0, 3.4  # of a panel, in inches
_DPI = 150
_IN_ONE_COLUMN = 4
_TITLE = 84  # characters that fit above a panel

# Okabe and Ito's colours, which people of any colour vision tell apart; the dashes do it in print.
_STYLES: Mapping[CurveName, Mapping[str, Any]] = {
    "intended": {"color": "#0072B2", "linewidth": 2},
    "actual": {"color": "#D55E00", "linewidth": 2, "linestyle": (0, (5, 2))},
    "rate": {"color": "#0072B2", "linewidth": 2},
}
_SETTINGS: Any = {
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.constrained_layout.use": True,
    "font.family": ["DejaVu Sans"],  # comes with matplotlib, so that a picture is the same everywhere
    "font.size": 10,
    "grid.alpha": 0.3,
    "savefig.dpi": _DPI,
    "svg.hashsalt": "lrlint",
    "text.parse_math": False,
}
_METADATA: Mapping[str, Mapping[str, None]] = {
    ".svg": {"Date": None},
    ".png": {},
    ".pdf": {"CreationDate": None},
}


class Panel(NamedTuple):
    """One chart of a picture; its caption is what it is about, in one line, and what there is to say of it."""

    title: str
    notes: Sequence[str]
    chart: Chart


def plot_format(path: str) -> str:
    """The format that a file's name asks for; raises :class:`SettingsError` for one that is not known."""
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in FORMATS:
        raise SettingsError(f"`{path}` cannot be drawn; known are {listed(FORMATS)}")
    return suffix


def picture(panels: Sequence[Panel], picture_format: str) -> bytes:
    """The panels one below the other as a file of one of :data:`FORMATS`, the same bytes for the same panels.

    Raises :class:`SettingsError` without matplotlib, and for more panels than a picture can hold.
    """
    if len(panels) > MOST_PANELS:
        raise SettingsError(f"{len(panels)} findings are too many for one picture; name a file or a line")
    try:
        import matplotlib as mpl
    except ImportError:
        raise SettingsError('`--plot` needs matplotlib: `pip install "lrlint[plot]"`') from None
    with mpl.rc_context(_SETTINGS):
        file = io.BytesIO()
        _figure(panels).savefig(file, format=picture_format.removeprefix("."), metadata=dict(_METADATA[picture_format]))
    return file.getvalue()


def _figure(panels: Sequence[Panel]) -> Figure:
    from matplotlib.figure import Figure

    columns = 1 if len(panels) <= _IN_ONE_COLUMN else 2
    rows = -(-len(panels) // columns)
    figure = Figure(figsize=(_WIDTH * columns, _HEIGHT * rows))
    axes = list(figure.subplots(rows, columns, squeeze=False).flat)
    for panel, place in zip(panels, axes, strict=False):
        _draw(panel, place)
    for place in axes[len(panels) :]:
        place.set_axis_off()
    figure.align_ylabels()
    return figure


def _draw(panel: Panel, axes: Axes) -> None:
    chart = panel.chart
    if chart.band:
        steps, lows, highs = zip(*chart.band, strict=True)
        axes.fill_between(steps, lows, highs, color="#0072B2", alpha=0.15, linewidth=0, label="95 % of the rates")
    for curve in chart.curves:
        style = _STYLES[curve.name]
        axes.plot([], [], label=curve.label, **style)  # for the legend, also of a curve that has no point
        for piece in curve.pieces:
            marker = "o" if len(piece) == 1 else None
            axes.plot([point.step for point in piece], [point.rate for point in piece], marker=marker, **style)
    low, high = chart.bounds
    if chart.log:
        axes.set_yscale("log")
        axes.minorticks_off()
        axes.set_ylim(low * (low / high) ** 0.05, high * (high / low) ** 0.05)
    else:
        margin = 0.05 * (high - low)
        axes.set_ylim(low - (margin if low else 0), high + margin)
    ticks, marks = rate_ticks(low, high, log=chart.log), step_ticks(chart.first, chart.last)
    axes.set_yticks(ticks, [rate_shown(tick) for tick in ticks])
    axes.set_xticks(marks, [str(mark) for mark in marks])
    axes.set_xlim(chart.first, max(chart.last, chart.first + 1))
    axes.set_xlabel("step")
    axes.set_ylabel("learning rate" + (" (log scale)" if chart.log else ""))
    axes.set_title("\n".join(_captions(panel)), loc="left", fontsize=9)
    if len(chart.curves) > 1 or chart.band:
        axes.legend(loc="best", frameon=True, framealpha=0.9)


def _captions(panel: Panel) -> Iterator[str]:
    """The caption's lines: a long path loses its beginning, a long note goes on in the next line."""
    yield panel.title if len(panel.title) <= _TITLE else f"...{panel.title[3 - _TITLE :]}"
    for note in panel.notes:
        yield from textwrap.wrap(note, _TITLE)
