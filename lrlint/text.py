"""Rows and columns of a text, counted as Python counts them."""

from __future__ import annotations

import re

_NEWLINE = re.compile(r"\r\n?|\n")


def line_starts(text: str) -> list[int]:
    r"""The offset, in code points, at which each line of ``text`` begins.

    Only ``\n``, ``\r\n`` and ``\r`` end a line: form feeds and the other breaks of ``str.splitlines`` do not.
    """
    return [0, *(match.end() for match in _NEWLINE.finditer(text))]
