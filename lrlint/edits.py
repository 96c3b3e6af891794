"""Edits applied to a text, and where the places of the old text went."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from lrlint.finding import Fix
from lrlint.source import Source

_BARE_NEWLINE = re.compile(r"(?<!\r)\n")
_ENDING = re.compile(r"\r\n?|\n")


class EditError(ValueError):
    """Edits that cannot be applied together, or not to this text."""


class Splice(NamedTuple):
    """One edit in offsets, in code points: ``text[start:end]`` becomes ``content``."""

    start: int
    end: int
    content: str

    def meets(self, other: Splice) -> bool:
        """Whether the two touch the same text, or the same point between two characters."""
        if self.start == self.end or other.start == other.end:
            return self.start <= other.end and other.start <= self.end
        return self.start < other.end and other.start < self.end


def splices(source: Source, fix: Fix) -> tuple[Splice, ...]:
    """The edits of a fix, in order; raises :class:`EditError` for edits outside of the text or on top of each other.

    Edits of one fix may touch, and then stand in the order in which the fix has them. Line breaks in an edit become
    those of the line it begins in.
    """
    found: list[Splice] = []
    for edit in fix.edits:
        for place in (edit.location, edit.end_location):
            if not (1 <= place.row <= len(source.lines) and 1 <= place.column <= len(source.lines[place.row - 1]) + 1):
                raise EditError(f"an edit at {place.row}:{place.column} is outside of the file")
        start, end = source.offset(edit.location), source.offset(edit.end_location)
        if end < start:
            raise EditError(f"an edit at {edit.location.row}:{edit.location.column} ends before it begins")
        newline = _newline(source, edit.location.row)
        found.append(Splice(start, end, _BARE_NEWLINE.sub(newline, edit.content)))
    found.sort(key=_place)
    for first, second in pairwise(found):
        if second.start < first.end:
            raise EditError("two edits of one fix change the same text")
    return tuple(found)


def _place(splice: Splice) -> tuple[int, int]:
    return splice.start, splice.end


def _newline(source: Source, row: int) -> str:
    for line in (source.lines[row - 1], source.lines[max(row - 2, 0)], source.lines[0]):
        ending = _ENDING.search(line)
        if ending:
            return ending[0]
    return "\n"


class Splicing:
    """Splices applied to one text; none overlap, and those that touch are given in the order in which they stand."""

    def __init__(self, chosen: Iterable[Splice]) -> None:
        self._splices = sorted(chosen, key=_place)
        self._starts = [splice.start for splice in self._splices]
        self._grown = [0]  # by how much the text has grown before each splice
        for splice in self._splices:
            self._grown.append(self._grown[-1] + len(splice.content) - (splice.end - splice.start))

    def apply(self, text: str) -> str:
        """The new text."""
        parts: list[str] = []
        position = 0
        for splice in self._splices:
            parts += (text[position : splice.start], splice.content)
            position = splice.end
        return "".join([*parts, text[position:]])

    def image(self, offset: int) -> tuple[int, int]:
        """Where an offset of the old text is in the new one: the first and the last offset it can have.

        They differ for an offset in, or at an edge of, replaced text, and then enclose the replacement.
        """
        last = bisect_right(self._starts, offset)
        first = last
        while first and self._splices[first - 1].end >= offset:
            first -= 1
        if first == last:
            return offset + self._grown[first], offset + self._grown[first]
        return self._splices[first].start + self._grown[first], self._splices[last - 1].end + self._grown[last]
