"""The texts that are open in an editor, and their places as the protocol counts them.

Rows are counted from 0 there, and columns from 0 in units of the encoding that client and server agreed on: UTF-16
where they did not. Only line feeds, carriage returns and both together end a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lrlint.finding import Location
from lrlint.source import Source

_ENCODINGS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True, slots=True)
class Units:
    """What columns are counted in."""

    encoding: str = "utf-16"

    def position(self, source: Source, location: Location) -> tuple[int, int]:
        """The row and the column, both from 0, of a place in a text."""
        row, column = location
        line = source.lines[row - 1] if row <= len(source.lines) else ""
        return row - 1, self._length(line[: column - 1])

    def offset(self, source: Source, row: int, column: int) -> int:
        """The offset, in code points, of a row and a column from 0; the nearest there is, where they lead nowhere."""
        if row >= len(source.lines):
            return len(source.text)
        line = source.lines[row].rstrip("\r\n")
        before = self._decoded(line, column)
        return source.offset(Location(row + 1, len(before) + 1))

    def _length(self, text: str) -> int:
        codec, size = _ENCODINGS[self.encoding]
        return len(text.encode(codec, "surrogatepass")) // size

    def _decoded(self, line: str, column: int) -> str:
        codec, size = _ENCODINGS[self.encoding]
        return line.encode(codec, "surrogatepass")[: max(column, 0) * size].decode(codec, "ignore")


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a text: from a place to a place as the protocol counts them, or ``None`` for all of it."""

    content: str
    start: tuple[int, int] | None = None
    end: tuple[int, int] | None = None


def changed(source: Source, changes: Iterable[Change], units: Units) -> Source:
    """The text after some changes, each of which counts in what those before it have left."""
    for change in changes:
        start = units.offset(source, *change.start) if change.start is not None else 0
        end = units.offset(source, *change.end) if change.end is not None else len(source.text)
        source = replace(source, text=source.text[:start] + change.content + source.text[max(start, end) :])
    return source
