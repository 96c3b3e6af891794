"""Where comments stand in a program."""

from __future__ import annotations

import io
import re
import tokenize
from bisect import bisect_left
from functools import cached_property

from lrlint.text import line_starts

_END_OF_LINE = re.compile(r"(?:[^\S\n]|;|\\\n)*")


class Comments:
    """The comments of a text whose newlines are line feeds; it is read for them only where a ``#`` stands in question."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[int, int]:
        """The column, from 0, in each row that has one.

        Between parentheses there is no indentation, of which ``tokenize`` has another notion than Python's own parser.
        """
        tokens = tokenize.generate_tokens(io.StringIO(f"(\n{self._text}\n)").readline)
        return {row - 1: column for kind, _, (row, column), *_ in tokens if kind == tokenize.COMMENT}

    @cached_property
    def _offsets(self) -> list[int]:
        starts = line_starts(self._text)
        return [starts[row - 1] + column for row, column in self._places.items()]

    def stand_in(self, row: int) -> bool:
        """Whether there is one in a row."""
        return "#" in self._text and row in self._places

    def first(self, start: int, end: int) -> int | None:
        """The offset at which the first comment between two offsets begins."""
        if "#" not in self._text[start:end]:
            return None
        index = bisect_left(self._offsets, start)
        return self._offsets[index] if index < len(self._offsets) and self._offsets[index] < end else None

    def beside(self, start: int, end: int) -> bool:
        """Whether a line carries a comment: behind it, or above it and no deeper, with nothing but blank lines between."""
        behind = _END_OF_LINE.match(self._text, end)
        if behind and self._text.startswith("#", behind.end()):
            return True
        row = self._text.rfind("\n", 0, start) + 1
        indent = start - row
        while row:
            above, below = self._text.rfind("\n", 0, row - 1) + 1, row
            code = self._text[above:below].lstrip()
            begin = below - len(code)
            if code and self.first(above, below) != begin:
                return False
            if code and begin - above <= indent:
                return True
            row = above
        return False
