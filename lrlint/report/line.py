"""A line of source as a terminal shows it: tabs, wide and invisible characters, and what fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category, combining, east_asian_width

TAB = 4
CUT = "..."

_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, directions, lone surrogates, breaks that are no newlines
_ZERO_WIDTH = {"Mn", "Me"}


def printable(text: str) -> str:
    """The text with a visible sign for each character that is none, so that no source can steer a terminal."""
    if text.isprintable():
        return text
    return "".join(map(_sign, text))


def printable_path(path: str) -> str:
    """The same of a path, but for bytes in it that are no text: how these are written is for the stream to say."""
    if path.isprintable():
        return path
    return "".join(character if "\ud800" <= character <= "\udfff" else _sign(character) for character in path)


def width(text: str) -> int:
    """The columns that printable text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows of numbers as lines, their columns aligned at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))


def _sign(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if category(character) in _INVISIBLE else character


def _width(character: str) -> int:
    if combining(character) or category(character) in _ZERO_WIDTH:
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


@dataclass(frozen=True, slots=True)
class View:
    """The part of a line that is shown; ``begin`` is the first position of the line that is in it."""

    text: str
    begin: int
    end: int

    def at(self, position: int) -> int:
        """Where a position of the line is in :attr:`text`, in columns; what is cut off is at the edge."""
        return min(max(position, self.begin), self.end) - self.begin + (len(CUT) if self.begin else 0)


class Line:
    """The characters of a line with the positions they begin at, in columns of a terminal from 0 on."""

    def __init__(self, text: str) -> None:
        self._shown: list[str] = []
        self._starts: list[int] = []
        position = 0
        for character in text:
            shown = " " * (TAB - position % TAB) if character == "\t" else _sign(character)
            self._shown.append(shown)
            self._starts.append(position)
            position += width(shown)
        self.width = position

    def position(self, column: int) -> int:
        """Where the character in a 1-based column begins; behind the line's end they go on, one column each."""
        index = column - 1
        return self._starts[index] if index < len(self._starts) else self.width + index - len(self._starts)

    def view(self, room: int, begin: int = 0) -> View:
        """What fits into ``room`` columns from a position on, with ``...`` where something is cut off."""
        if begin:
            room -= len(CUT)
        cut = self.width - begin > room
        end = begin + room - len(CUT) if cut else max(self.width, begin)
        parts = []
        for shown, start in zip(self._shown, self._starts, strict=True):
            stop = start + width(shown)
            if start < begin < stop:
                parts.append(" " * (stop - begin))
            elif begin <= start and stop <= end:
                parts.append(shown)
        text = "".join(parts)
        if cut:
            text += " " * (end - begin - width(text)) + CUT
        # A mark may point behind the last character of a line.
        return View((CUT if begin else "") + text, begin, end if cut else max(end, begin + room))


def beginning(room: int, start: int, end: int, total: int) -> int:
    """Where to begin a line of ``total`` columns so that it fits and the positions from ``start`` to ``end`` are seen."""
    if total <= room:
        return 0
    spare = room - 2 * len(CUT) - (end - start)
    if end + len(CUT) <= room or (spare < 0 and 2 * start <= room):
        return 0
    return max(min(start - max(spare // 2, TAB), total - room + len(CUT)), 0)
