"""Suppression comments, read exactly as flake8 reads them."""

from __future__ import annotations

import re
import tokenize
from collections.abc import Iterable
from functools import cached_property

_INLINE = re.compile(r"# noqa(?::[\s]?(?P<codes>([A-Z]+[0-9]+(?:[,\s]+)?)+))?", re.IGNORECASE)
_WHOLE_FILE = re.compile(r"\s*# flake8[:=]\s*noqa", re.IGNORECASE)
_SEPARATOR = re.compile(r"[,\s]")


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
        try:
            tokens = list(tokenize.generate_tokens(iter(self._lines).__next__))
        except (tokenize.TokenError, SyntaxError):
            return {}
        found: dict[int, range] = {}
        seen: list[int] = []
        for token in tokens:
            if token.type in (tokenize.ENDMARKER, tokenize.DEDENT):
                continue
            seen += (token.start[0], token.end[0])
            if token.type in (tokenize.NL, tokenize.NEWLINE):
                rows = range(min(seen), max(seen) + 1)
                found.update(dict.fromkeys(rows, rows))
                seen.clear()
        return found
