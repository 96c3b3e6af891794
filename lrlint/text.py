"""Rows and columns of a text, counted as Python counts them."""

from __future__ import annotations

import re

_NEWLINE = re.compile(r"\r\n?|\n")


def with_line_feeds(text: str) -> str:
    """A text with a line feed at the end of each line; its rows and columns stay."""
    return _NEWLINE.sub("\n", text) if "\r" in text else text


def line_starts(text: str) -> list[int]:
    r"""The offset, in code points, at which each line of ``text`` begins.

    Only ``\n``, ``\r\n`` and ``\r`` end a line: form feeds and the other breaks of ``str.splitlines`` do not.
    """
    return [0, *(match.end() for match in _NEWLINE.finditer(text))]
