"""Where the values of a JSON document stand in its text.

The document was read by :mod:`json` before, so it is JSON; that module reads it here too, value by value, because it
says where each ends.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

Path = tuple[str | int, ...]
"""A way into a document: keys of objects and indexes of lists."""

Span = tuple[int, int]

_BLANK = re.compile(r"[ \t\r\n]*")
_CLOSING = {"{": "}", "[": "]"}
_DECODER = json.JSONDecoder()


class Spans:
    """The spans in one text; what was taken apart once stays known."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[int, dict[str | int, Span]] = {}

    def at(self, path: Path) -> Span:
        """From where to where the value at a path is written; raises :class:`KeyError` where there is none."""
        start = self._blank(0)
        end = len(self._text)
        for step in path:
            start, end = self._inside(start)[step]
        return start, end

    def items(self, start: int) -> list[Span]:
        """The spans of the items of the list that begins at an offset."""
        return list(self._inside(start).values())

    def _inside(self, start: int) -> dict[str | int, Span]:
        if start not in self._known:
            self._known[start] = dict(self._children(start))  # of a key that is written twice, the last one counts
        return self._known[start]

    def _children(self, start: int) -> Iterator[tuple[str | int, Span]]:
        """The values in an object or a list, each under its key or index."""
        closing = _CLOSING.get(self._text[start])
        if closing is None:
            return
        at = self._blank(start + 1)
        index = 0
        while self._text[at] != closing:
            key: str | int = index
            if closing == "}":
                key, at = _DECODER.raw_decode(self._text, at)
                at = self._blank(self._blank(at) + 1)  # behind the colon
            end = _DECODER.raw_decode(self._text, at)[1]
            yield key, (at, end)
            index += 1
            at = self._blank(end)
            if self._text[at] == ",":
                at = self._blank(at + 1)

    def _blank(self, at: int) -> int:
        match = _BLANK.match(self._text, at)
        return match.end() if match else at
