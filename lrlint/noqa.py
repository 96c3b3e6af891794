"""Suppression comments, read exactly as flake8 reads them."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

_INLINE = re.compile(r"# noqa(?::[\s]?(?P<codes>([A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_WHOLE_FILE = re.compile(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,\s]")
_CODE = re.compile(r"[A-Z]+[0-9]+", re.IGNORECASE)


class Span(NamedTuple):
    """A part of a line: 0-based columns, in code points."""

    start: int
    end: int


class Directive(NamedTuple):
    """A comment that suppresses some codes: where it stands, and the rows whose findings it can suppress.

    ``comment`` is the whole comment, ``span`` what is read of it, from ``# noqa`` to the last code, and ``codes`` are
    the codes in it.
    """

    row: int
    comment: Span
    span: Span
    codes: tuple[tuple[str, Span], ...]
    rows: range


class Noqa:
    """The suppression comments of one text, given as lines with or without their newlines."""

    def __init__(self, lines: Iterable[str]) -> None:
        # As flake8 has them: universal newlines, and none added at the end.
        self._lines = [line.rstrip("\r\n") + "\n" * line.endswith(("\r", "\n")) for line in lines]

    def covers(self, code: str, row: int) -> bool:
        """Whether a finding of ``code`` that is reported on ``row`` (1-based) is suppressed.

        Codes in a comment are prefixes, and count only in upper case; a comment whose codes cannot be read as codes
        suppresses everything.
        """
        if self._whole_file:
            return True
        if not self._any:
            return False
        rows = self._rows.get(row, range(row, row + 1))
        comment = _INLINE.search("".join(self._lines[rows.start - 1 : rows.stop - 1]))
        if comment is None:
            return False
        if comment["codes"] is None:
            return True
        return code.startswith(tuple(prefix for prefix in _SEPARATOR.split(comment["codes"]) if prefix))

    def row(self, row: int) -> int:
        """The row at whose end a comment must stand to suppress a finding that is reported on ``row``."""
        return self._rows[row].stop - 1 if row in self._rows else row

    def directive(self, row: int) -> Directive | None:
        """The comment with codes that is read for findings on ``row``; ``None`` where there is none."""
        return next((directive for directive in self.directives if row in directive.rows), None)

    def is_open(self, row: int) -> bool:
        """Whether nothing is read yet for findings on ``row``: also what stands in a string is read."""
        rows = self._rows.get(row, range(row, row + 1))
        return _INLINE.search("".join(self._lines[rows.start - 1 : rows.stop - 1])) is None

    def code(self) -> list[tuple[int, str]]:
        """The tokens of the program without its comments."""
        return [(token.type, token.string) for token in self._tokens if token.type != tokenize.COMMENT]

    @cached_property
    def directives(self) -> tuple[Directive, ...]:
        """The comments of the program that suppress some codes. What stands in strings is none of them."""
        found = (self._directive(row, comment) for row, comment in self._comments)
        return tuple(directive for directive in found if directive is not None)

    def _directive(self, row: int, comment: Span) -> Directive | None:
        """What a comment suppresses, if it is the first of its rows that says something of it."""
        rows = self._rows.get(row, range(row, row + 1))
        above = sum(len(line) for line in self._lines[rows.start - 1 : row - 1])
        match = _INLINE.search("".join(self._lines[rows.start - 1 : rows.stop - 1]))
        if match is None or match["codes"] is None or not comment.start <= match.start() - above < comment.end:
            return None
        codes = tuple(
            (code[0], Span(code.start() - above, code.end() - above))
            for code in _CODE.finditer(match.string, match.start("codes"), match.end("codes"))
        )
        return Directive(row, comment, Span(match.start() - above, codes[-1][1].end), codes, rows)

    @cached_property
    def _any(self) -> bool:
        return any(_INLINE.search(line) for line in self._lines)

    @cached_property
    def _whole_file(self) -> bool:
        return any(_WHOLE_FILE.match(line) for line in self._lines)

    @cached_property
    def _rows(self) -> dict[int, range]:
        """For each row, the rows in which its comment is looked for.

        Rows that a string or a backslash holds together are searched together; rows that only brackets hold together
        are not. Empty where the text has no tokens, and then each row stands for itself.
        """
        found: dict[int, range] = {}
        seen: list[int] = []
        for token in self._tokens:
            if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
                continue
            seen += (token.start[0], token.end[0])
            if token.type in (tokenize.NL, tokenize.NEWLINE):
                rows = range(min(seen), max(seen) + 1)
                found.update(dict.fromkeys(rows, rows))
                seen.clear()
        return found

    @cached_property
    def _comments(self) -> list[tuple[int, Span]]:
        """The comments that may suppress something, with their rows."""
        return [
            (token.start[0], Span(token.start[1], token.end[1]))
            for token in (self._tokens if self._any else ())
            if token.type == tokenize.COMMENT and _INLINE.search(token.string)
        ]

    @cached_property
    def _tokens(self) -> list[tokenize.TokenInfo]:
        try:
            return list(tokenize.generate_tokens(iter(self._lines).__next__))
        except (tokenize.TokenError, SyntaxError):
            return []
