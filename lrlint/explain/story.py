"""The story of a finding, told in a terminal: who plays in it, what happens, what it costs, and how it ends well."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lrlint.cells import Place
from lrlint.curves import is_told
from lrlint.explain.markdown import laid_out
from lrlint.finding import Effect, Finding
from lrlint.report import Reported
from lrlint.report.frame import draw, frames
from lrlint.report.full import safety
from lrlint.report.line import Line, printable, printable_path, width
from lrlint.report.look import Look
from lrlint.report.sheets import Sheet, draw_fix, sheets
from lrlint.report.told import Told
from lrlint.rules import tensorflow_says
from lrlint.source import Source

_INDENT = "  "
_LEAST = 12  # columns of a line of code that are shown in any case


class Teller:
    """Tells stories for one kind of terminal."""

    def __init__(self, look: Look, *, terminal: bool, ascii_only: bool) -> None:
        self._look = look
        self._terminal = terminal
        self._ascii_only = ascii_only

    def story(self, told: Told) -> str:
        """The whole story of a finding, with its last newline."""
        sections = filter(None, map(list, self._sections(told)))
        return "\n".join("".join(f"{line}\n" for line in lines) for lines in sections)

    def _sections(self, told: Told) -> Iterator[Iterator[str]]:
        reported, finding = told.reported, told.reported.finding
        pages = sheets(reported)
        yield self._head(told)
        if reported.source is not None:
            yield self._roles(told, reported.source)
            yield self._frame(pages[0])
        yield self._mode(finding)
        yield self._tensorflow(finding)
        yield self._costs(finding.effect)
        yield self._fix(reported, pages)
        yield iter([self._look.paint("Rule", "strong") + f": {finding.name}, see `lrlint explain {finding.code}`"])

    def _title(self, text: str) -> str:
        return self._look.paint(text, "strong")

    def _head(self, told: Told) -> Iterator[str]:
        reported, finding = told.reported, told.reported.finding
        place = f"{self._look.paint(printable_path(reported.path), 'strong')}:{reported.places[0]}:"
        yield f"{place} {self._look.paint(finding.code, 'code')} {finding.name}"
        yield printable(finding.message)
        if reported.silenced:
            yield "(silenced by a `noqa` comment)"

    def _roles(self, told: Told, source: Source) -> Iterator[str]:
        if not told.places:
            return
        yield self._title("Who plays in it")
        rows = [(_line(told.reported.place(location)), what, location.row) for location, what in told.places]
        number, play = max(len(row[0]) for row in rows), max(width(row[1]) for row in rows)
        for where, what, row in rows:
            begin = f"{_INDENT}{where:{number}}  {what:{play}}  "
            text = source.lines[row - 1].rstrip("\r\n")
            yield begin + Line(text.strip()).view(max(self._look.width - len(begin), _LEAST)).text.rstrip()

    def _frame(self, page: Sheet) -> Iterator[str]:
        for frame in frames(replace(page.finding, related=()), page.lines):
            yield self._title("Where it happens")
            yield from draw(frame, page.lines, gutter=len(str(frame.last_row)), look=self._look)

    def _mode(self, finding: Finding) -> Iterator[str]:
        if finding.mode:
            yield self._title("Eager or graph")
            yield _INDENT + printable(": ".join(filter(None, [finding.mode, finding.evidence])))

    def _tensorflow(self, finding: Finding) -> Iterator[str]:
        raised = finding.effect.error if finding.effect else None
        says = "" if raised else tensorflow_says(finding.code)
        if says or raised:
            yield self._title("What TensorFlow does")
        if raised:  # of all that the page tells, this is what happens here
            yield f"{_INDENT}It raises: {printable(raised)}"
        elif says:
            narrow = replace(self._look, width=self._look.width - len(_INDENT))
            lines = (line.rstrip() for line in laid_out(says, narrow, terminal=self._terminal).strip("\n").splitlines())
            yield from (f"{_INDENT}{line}".rstrip() for line, _ in groupby(lines))

    def _costs(self, effect: Effect | None) -> Iterator[str]:
        if effect is None or not is_told(effect):
            return
        from lrlint.explain.numbers import effect_lines

        yield self._title("What it costs")
        yield from effect_lines(effect, look=self._look, ascii_only=self._ascii_only)

    def _fix(self, reported: Reported, pages: Sequence[Sheet]) -> Iterator[str]:
        fix = reported.finding.fix
        if fix is None:
            return
        yield self._title("The fix")
        yield _INDENT + printable(f"{fix.message} ({safety(fix)})")
        yield from draw_fix(pages, reported.path, look=self._look)


def _line(place: Place) -> str:
    return f"line {place.row}" if place.cell is None else f"cell {place.cell}, line {place.row}"
