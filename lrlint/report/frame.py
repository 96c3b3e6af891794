"""Code frames: source lines with their numbers, and marks under the places that are meant.

A mark within one line is underlined; one over several lines has a bracket at the left::

     7 | step = tf.Variable(0)
       |        -------------- the step is made here
     8 |   rate = tf.train.exponential_decay(
       |  ________^
     9 | |     0.1, step, 10, 0.5
    10 | | )
       | |_^
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from lrlint.finding import Finding, Location
from lrlint.report.line import Line, View, beginning, printable, width
from lrlint.report.look import Look, Style

FILLED = 3
"""So many rows between two that are shown are shown as well."""

NEAR = 12
"""So many rows may be left out within a frame; farther places get frames of their own."""

GAP = "..."


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to point at. ``end`` is behind its last character and in the row of that."""

    start: Location
    end: Location
    label: str
    primary: bool

    @property
    def style(self) -> Style:
        return "primary" if self.primary else "related"

    @property
    def sign(self) -> str:
        return "^" if self.primary else "-"

    @property
    def long(self) -> bool:
        """Whether it goes over several lines."""
        return self.start.row < self.end.row

    def encloses(self, first: int, last: int) -> bool:
        return self.start.row <= first and last <= self.end.row


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows to show, ``None`` for some that are left out, and the marks in them."""

    rows: tuple[int | None, ...]
    marks: tuple[Mark, ...]

    @property
    def primary(self) -> bool:
        return any(mark.primary for mark in self.marks)

    @property
    def last_row(self) -> int:
        return max(row for row in self.rows if row is not None)


def frames(finding: Finding, lines: Sequence[str]) -> list[Frame]:
    """What to show of a file for a finding, its own place first; ``lines`` have no newlines.

    Places that are not in the file are left out.
    """
    marks = list(_marks(finding, lines))
    found = [
        Frame(tuple(rows), tuple(mark for mark in marks if mark.start.row in rows))
        for rows in _rows(_wanted(marks, lines), marks)
    ]
    return sorted(found, key=lambda frame: not frame.primary)


def _marks(finding: Finding, lines: Sequence[str]) -> Iterator[Mark]:
    own = (finding.location, finding.end_location)
    labels = [related.message for related in finding.related if (related.location, related.end_location) == own]
    places = [(*own, "; ".join(labels), True)]
    places += [
        (related.location, related.end_location, related.message, False)
        for related in finding.related
        if (related.location, related.end_location) != own
    ]
    for start, end, label, primary in places:
        if 1 <= start.row <= len(lines):
            yield Mark(start, _end(start, end, lines), printable(label), primary)


def _end(start: Location, end: Location, lines: Sequence[str]) -> Location:
    """The end of a place, in the row of its last character."""
    if end.row > len(lines):
        end = Location(len(lines), len(lines[-1]) + 1)
    elif end.column == 1 and end.row > start.row:
        end = Location(end.row - 1, len(lines[end.row - 2]) + 1)
    return max(start, end)


def _wanted(marks: Iterable[Mark], lines: Sequence[str]) -> list[int]:
    """The rows to show: both ends of each mark, and the lines around the finding."""
    rows = set()
    for mark in marks:
        first, last = mark.start.row, mark.end.row
        rows |= {first, last}
        if mark.long:
            rows |= {first + 1, last - 1}
        if mark.primary:
            rows |= {row for row in (first - 1, last + 1) if 1 <= row <= len(lines) and lines[row - 1].strip()}
    return sorted(rows)


def _rows(wanted: Sequence[int], marks: Sequence[Mark]) -> Iterator[list[int | None]]:
    """The rows of each frame."""
    rows: list[int | None] = list(wanted[:1])
    for before, row in pairwise(wanted):
        hidden = row - before - 1
        if hidden <= FILLED:
            rows += range(before + 1, row)
        elif hidden <= NEAR or any(mark.encloses(before, row) for mark in marks):
            rows.append(None)
        else:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def draw(frame: Frame, lines: Sequence[str], *, gutter: int, look: Look) -> list[str]:
    """The frame as lines; ``gutter`` is the width of its line numbers."""
    return _Drawing(frame, lines, gutter, look).lines()


class _Canvas:
    """One line of marks: single characters at their positions, each in a style."""

    def __init__(self) -> None:
        self._cells: dict[int, tuple[str, Style]] = {}

    def put(self, position: int, text: str, style: Style) -> None:
        for place, character in enumerate(text, start=position):
            self._cells[place] = (character, style)

    @property
    def width(self) -> int:
        return max(self._cells, default=-1) + 1

    def text(self, look: Look, *, to: int = 0) -> str:
        """What is on it, filled up with blanks to a width."""
        cells = [self._cells.get(place, (" ", "plain")) for place in range(max(self.width, to))]
        runs = groupby(cells, key=lambda cell: cell[1])
        return "".join(look.paint("".join(character for character, _ in run), style) for style, run in runs)


class _Drawing:
    def __init__(self, frame: Frame, source: Sequence[str], gutter: int, look: Look) -> None:
        self._frame = frame
        self._source = source
        self._gutter = gutter
        self._look = look
        self._lanes = _lanes(frame.marks)
        self._margin = 2 * (max(self._lanes.values(), default=-1) + 1)
        self._room = look.width - gutter - 3 - self._margin
        self._open: list[Mark] = []

    def lines(self) -> list[str]:
        found = [self._line()]
        for row in self._frame.rows:
            if row is None:
                found.append((self._look.paint(GAP.ljust(self._gutter + 3), "gutter") + self._brackets()).rstrip())
            else:
                found += self._row(row)
        return [*found, self._line()]

    def _line(self, number: int | None = None, text: str = "") -> str:
        bar = self._look.paint(f"{'' if number is None else number:>{self._gutter}} |", "gutter")
        return f"{bar} {text}" if text else bar

    def _brackets(self, to: int = 0) -> str:
        return self._canvas().text(self._look, to=to)

    def _canvas(self) -> _Canvas:
        canvas = _Canvas()
        for mark in self._open:
            canvas.put(2 * self._lanes[mark], "|", mark.style)
        return canvas

    def _row(self, row: int) -> Iterator[str]:
        """A source line and the lines of marks below it."""
        text = self._source[row - 1]
        line = Line(text)
        marks = sorted(
            (mark for mark in self._frame.marks if row in (mark.start.row, mark.end.row)),
            key=lambda mark: (not mark.primary, mark.start, mark.end),
        )
        starting = [mark for mark in marks if mark.long and mark.start.row == row]
        at_once = [mark for mark in starting if not text[: mark.start.column - 1].strip()]
        view = self._view(line, [_positions(mark, row, line) for mark in marks])
        canvas = self._canvas()
        for mark in at_once:
            canvas.put(2 * self._lanes[mark], "/", mark.style)
        self._open += at_once
        shown = view.text.rstrip()
        yield self._line(row, canvas.text(self._look, to=self._margin) + shown if shown else canvas.text(self._look))
        for mark in marks:
            if not mark.long:
                yield from self._underlined(mark, view, *_positions(mark, row, line))
        for mark in starting:
            if mark not in at_once:
                yield self._opened(mark, view.at(line.position(mark.start.column)))
        for mark in marks:
            if mark.long and mark.end.row == row:
                yield from self._closed(mark, view.at(_positions(mark, row, line)[0]))

    def _view(self, line: Line, places: list[tuple[int, int]]) -> View:
        if not places:
            return line.view(self._room)
        start, end = min(start for start, _ in places), max(end for _, end in places)
        if end - start > self._room - 8:
            start, end = places[0]
        return line.view(self._room, beginning(self._room, start, end, line.width))

    def _underlined(self, mark: Mark, view: View, start: int, end: int) -> Iterator[str]:
        first = self._margin + view.at(start)
        last = max(self._margin + view.at(end), first + 1)
        canvas = self._canvas()
        canvas.put(first, mark.sign * (last - first), mark.style)
        yield from self._labelled(mark, canvas, first)

    def _opened(self, mark: Mark, place: int) -> str:
        lane = 2 * self._lanes[mark]
        canvas = self._canvas()
        canvas.put(lane + 1, "_" * (self._margin + place - lane - 1) + mark.sign, mark.style)
        self._open.append(mark)
        return self._line(None, canvas.text(self._look))

    def _closed(self, mark: Mark, place: int) -> Iterator[str]:
        lane = 2 * self._lanes[mark]
        canvas = self._canvas()
        canvas.put(lane + 1, "_" * (self._margin + place - lane - 1) + mark.sign, mark.style)
        self._open.remove(mark)
        yield from self._labelled(mark, canvas, self._margin + place)

    def _labelled(self, mark: Mark, canvas: _Canvas, first: int) -> Iterator[str]:
        """The line of a mark, with its label behind it or, where that does not fit, below."""
        drawn = canvas.text(self._look)
        if not mark.label:
            yield self._line(None, drawn)
            return
        label = self._look.paint(mark.label, mark.style)
        room = self._margin + self._room
        if canvas.width + 1 + width(mark.label) <= room:
            yield self._line(None, f"{drawn} {label}")
            return
        yield self._line(None, drawn)
        place = max(min(first, room - width(mark.label)), self._margin)
        yield self._line(None, self._brackets(to=place) + label)


def _positions(mark: Mark, row: int, line: Line) -> tuple[int, int]:
    """From where to where a mark is drawn in a row; a single character at an end of a long one."""
    if not mark.long:
        start, end = line.position(mark.start.column), line.position(mark.end.column)
        return start, max(end, start + 1)
    place = line.position(mark.start.column if row == mark.start.row else max(mark.end.column - 1, 1))
    return place, place + 1


def _lanes(marks: Iterable[Mark]) -> dict[Mark, int]:
    """The brackets of marks over several lines side by side, the outer ones at the left."""
    lanes: dict[Mark, int] = {}
    ends: list[int] = []  # the last row of each lane so far
    for mark in sorted((mark for mark in marks if mark.long), key=lambda mark: (mark.start.row, -mark.end.row)):
        lane = next((lane for lane, end in enumerate(ends) if end < mark.start.row), len(ends))
        ends[lane : lane + 1] = [mark.end.row]
        lanes[mark] = lane
    return lanes
