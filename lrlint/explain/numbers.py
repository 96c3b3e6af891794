"""What a finding costs, as numbers and as a chart."""

from __future__ import annotations

from collections.abc import Iterator

from lrlint.curves import call, chart_of, rate_rows, remarks
from lrlint.explain.terminal_chart import draw
from lrlint.finding import Effect
from lrlint.report.line import columns, printable
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
        yield from (_INDENT + line for line in columns(rows))
    chart = chart_of(effect)
    if chart is not None:
        yield ""
        narrow = Look(look.colour, look.width - len(_INDENT))
        yield from (_INDENT + line for line in draw(chart, look=narrow, ascii_only=ascii_only))
