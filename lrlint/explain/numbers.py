"""What a finding costs, as numbers and as a chart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lrlint.curves import call, chart_of, rate_rows, remarks
from lrlint.explain.terminal_chart import draw
from lrlint.finding import Effect
from lrlint.report.line import printable
from lrlint.report.look import Look

_INDENT = "  "


def effect_lines(effect: Effect, *, look: Look, ascii_only: bool) -> Iterator[str]:
    """The decay, what was not known of it, the rates at telling steps, and both curves."""
    yield _INDENT + printable(call(effect.decay, effect.arguments))
    for remark in remarks(effect):
        yield _INDENT + printable(remark)
    rows = rate_rows(effect)
    if rows:
        yield ""
        yield from table(rows)
    chart = chart_of(effect)
    if chart is not None:
        yield ""
        narrow = Look(look.colour, look.width - len(_INDENT))
        yield from (_INDENT + line for line in draw(chart, look=narrow, ascii_only=ascii_only))


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Columns of numbers, aligned at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield _INDENT + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
