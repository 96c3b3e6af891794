"""Where a value stands in the text of a JSON document.

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
_DECODER = json.JSONDecoder()


def span(text: str, path: Path) -> Span:
    """From where to where the value at a path is written; raises :class:`KeyError` where there is none."""
    start = _blank(text, 0)
    for step in path:
        start = _child(text, start, step)
    return start, _end(text, start)


def items(text: str, start: int) -> list[Span]:
    """The spans of the items of the list that begins at an offset."""
    return [(at, end) for _, at, end in _children(text, start)]


def _child(text: str, start: int, step: str | int) -> int:
    found = None
    for key, at, _ in _children(text, start):
        if key == step:
            found = at  # and go on: of a key that is written twice, the last one counts
    if found is None:
        raise KeyError(step)
    return found


def _children(text: str, start: int) -> Iterator[tuple[str | int, int, int]]:
    """The values in an object or a list, each with its key or index and its span."""
    closing = {"{": "}", "[": "]"}.get(text[start])
    if closing is None:
        return
    at = _blank(text, start + 1)
    index = 0
    while text[at] != closing:
        key: str | int = index
        if closing == "}":
            key, at = _DECODER.raw_decode(text, at)
            at = _blank(text, _blank(text, at) + 1)  # behind the colon
        end = _end(text, at)
        yield key, at, end
        index += 1
        at = _blank(text, end)
        if text[at] == ",":
            at = _blank(text, at + 1)


def _end(text: str, start: int) -> int:
    return _DECODER.raw_decode(text, start)[1]


def _blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at
