"""Places as the stdlib parser tells them: rows from 1, columns from 0 in UTF-8 bytes."""

from __future__ import annotations

import io
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lrlint.finding import Location

if TYPE_CHECKING:
    import ast


class Rows:
    """The lines of a text that the stdlib parser took."""

    def __init__(self, text: str) -> None:
        self._lines = list(io.StringIO(text, newline=""))
        if not text or text.endswith(("\n", "\r")):
            self._lines.append("")

    def location(self, row: int, column: int) -> Location:
        """A place in rows and columns from 1, in code points."""
        return Location(row, len(self.before(row, column)) + 1)

    def offset(self, row: int, column: int) -> int:
        """How many code points stand before a place."""
        return self.ends[row - 1] + len(self.before(row, column))

    def code(self, node: ast.expr) -> str:
        """The code of an expression, without parentheses around it."""
        row, column = node.lineno, node.col_offset
        last, end = node.end_lineno or row, node.end_col_offset or 0
        line = self._lines[row - 1]
        if last == row and line.isascii():
            return line[column:end]
        if last == row:
            return self.before(row, end)[len(self.before(row, column)) :]
        return "".join([line[len(self.before(row, column)) :], *self._lines[row : last - 1], self.before(last, end)])

    @cached_property
    def ends(self) -> list[int]:
        """The offset at which each line ends, in code points, beginning with what stands before the first: none."""
        return list(accumulate(map(len, self._lines), initial=0))

    @property
    def continuing(self) -> set[int]:
        """The rows behind those that end with a backslash."""
        return {row for row, line in enumerate(self._lines, 2) if line.endswith("\\\n")}

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._lines)

    def line(self, row: int) -> str:
        """The line without its newline."""
        return self._lines[row - 1].rstrip("\r\n")

    def before(self, row: int, column: int) -> str:
        """What stands in a row before a column."""
        line = self._lines[row - 1]
        return line[:column] if line.isascii() else line.encode("utf-8")[:column].decode("utf-8", "ignore")

    def behind(self, node: ast.stmt) -> str:
        """What stands behind a statement in its last row."""
        row = node.end_lineno or node.lineno
        return self._lines[row - 1][len(self.before(row, node.end_col_offset or 0)) :]

    def begins(self, node: ast.stmt, word: str) -> bool:
        """Whether the code of a statement begins with a word."""
        return self._lines[node.lineno - 1].startswith(word, len(self.before(node.lineno, node.col_offset)))
