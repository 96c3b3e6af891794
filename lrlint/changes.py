"""From changes, which name nodes, to edits of the text: where an argument goes, a line is taken away, a comment is met."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lrlint.finding import Edit, Fix, Location
from lrlint.program.spans import Span, Spans
from lrlint.text import line_starts

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.rules.base import Change, Repair, Rule

_WIDTH = 88
"""How long a line may get before an argument has a line of its own, in code points: what black allows."""

_END_OF_ARGUMENT = re.compile(r"[^\S\r\n]*(?P<comma>,?)[^\S\r\n]*(?P<comment>#[^\r\n]*)?(?:\r\n?|\n)")
_NO_CODE = re.compile(r"(?:[\s\\]|#[^\r\n]*)*")
_NEWLINE = re.compile(r"\r\n?|\n")


class _Piece(NamedTuple):
    """An edit in offsets."""

    start: int
    end: int
    content: str


class Written(Spans):
    """Where the nodes that matter stand in a module's code, and what changes there come to."""

    @cached_property
    def starts(self) -> list[int]:
        """The offsets of the lines."""
        return line_starts(self.text)

    def location(self, offset: int) -> Location:
        row = bisect_right(self.starts, offset)
        return Location(row, offset - self.starts[row - 1] + 1)

    def range(self, node: outline.Node) -> tuple[Location, Location]:
        start, end = self.plain[node]
        return self.location(start), self.location(end)

    def fix(self, rule: Rule, repair: Repair) -> Fix | None:
        """The fix that a repair is, unless it would drop a comment or part one from what it is about: then it is none."""
        if any(self._loses_comment(change) for change in repair.changes):
            return None
        pieces = sorted((piece for change in repair.changes for piece in self._pieces(change)), key=_place)
        edits = tuple(Edit(self.location(piece.start), self.location(piece.end), piece.content) for piece in pieces)
        return Fix(repair.applicability, repair.message, edits, repair.reason, rule.uncovers)

    def _loses_comment(self, change: Change) -> bool:
        """Whether a comment stands in what goes, or on a line of its own above a line that goes."""
        if any(self.comments.first(piece.start, piece.end) is not None for piece in self._pieces(change)):
            return True
        line = self._line(self.plain[change.node][0])
        above = self.text[self._line(line - 1) : line] if line else ""
        return change.where == "line" and above.lstrip().startswith("#")

    def _pieces(self, change: Change) -> Iterator[_Piece]:
        start, end = (self.enclosed if change.enclosed else self.plain)[change.node]
        if change.where == "replace":
            yield _Piece(start, end, change.content)
        elif change.where == "before":
            yield _Piece(start, start, change.content)
        elif change.where == "after":
            yield _Piece(end, end, change.content)
        elif change.where == "unwrap" and change.inner is not None:
            inner_start, inner_end = self.enclosed[change.inner]
            opening, closing = ("(", ")") if self._needs_parentheses(inner_start, inner_end) else ("", "")
            yield _Piece(start, inner_start, opening)
            yield _Piece(inner_end, end, closing)
        elif change.where == "line-before":
            line = self._line(start)
            yield _Piece(line, line, f"{self.text[line:start]}{change.content}\n")
        elif change.where == "line":
            yield self._without_line(start, end)
        else:
            yield from self._argument(start, end, change.content)

    def _needs_parentheses(self, start: int, end: int) -> bool:
        """Whether an expression has newlines that are none of the program's only because it stands in brackets."""
        if not _NEWLINE.search(self.text, start, end):
            return False
        try:
            ast.parse(self.text[start:end], mode="eval")
        except SyntaxError:
            return True
        return False

    def _code_behind(self, offset: int) -> int:
        """Where the code goes on behind white space and comments."""
        behind = _NO_CODE.match(self.text, offset)
        return behind.end() if behind else offset

    def _line(self, offset: int) -> int:
        """Where the line that holds an offset begins."""
        return self.starts[bisect_right(self.starts, offset) - 1]

    def _without_line(self, start: int, end: int) -> _Piece:
        """The lines of a statement go with the newline behind them; at the end of a file that has none, the one before."""
        begin, row = self._line(start), bisect_right(self.starts, end)
        if row < len(self.starts):
            return _Piece(begin, self.starts[row], "")
        before = self._line(begin - 1) if begin else 0
        ending = _NEWLINE.search(self.text, before, begin)
        return _Piece(ending.start() if ending else begin, len(self.text), "")

    def _argument(self, start: int, end: int, argument: str) -> Iterator[_Piece]:
        """Another argument behind the last one: on a line of its own, with a comma, where that one has it so.

        A comment behind the last one stays with it. What stands alone between the lines of its parentheses has room
        beside it as long as the line is not too long, and a comma where it is: as black writes it.
        """
        indent = self.text[self._line(start) : start]
        behind = _END_OF_ARGUMENT.match(self.text, end)
        if indent.strip():
            yield _Piece(end, end, f", {argument}")
        elif behind is None:
            yield _Piece(end, end, f",\n{indent}{argument}")
        elif behind["comma"]:
            yield _Piece(behind.end(), behind.end(), f"{indent}{argument},\n")
        elif self.text.startswith(",", comma := self._code_behind(end)):
            yield _Piece(comma + 1, comma + 1, f" {argument}")
        else:
            alone = self.text[: self._line(start)].rstrip().endswith("(")
            width = len(f"{indent}{self.text[start:end]}, {argument}")
            if alone and width <= _WIDTH and not _NEWLINE.search(self.text, start, end) and not behind["comment"]:
                yield _Piece(end, end, f", {argument}")
                return
            yield _Piece(end, end, ",")
            yield _Piece(behind.end(), behind.end(), f"{indent}{argument}{',' if alone else ''}\n")


def _place(piece: _Piece) -> Span:
    return piece.start, piece.end
