"""Which encoding a file declares: PEP 263, read from the bytes."""

from __future__ import annotations

import re
from itertools import islice

_LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n|\Z)")
_BLANK_OR_COMMENT = re.compile(rb"[ \t\f]*(?:[#\r\n]|\Z)")
_COOKIE = re.compile(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")


def declared_encoding(data: bytes) -> tuple[str, int] | None:
    """The encoding named in a comment on one of the first two lines, and the offset of its name in bytes.

    The second line counts only under a first one that is blank or a comment, as in CPython. ``tokenize`` is not asked
    because it decodes those lines as UTF-8 before it looks, and so rejects files that Python runs.
    """
    for line in islice(_LINE.finditer(data), 2):
        cookie = _COOKIE.match(data, *line.span())
        if cookie:
            return cookie[1].decode("ascii"), cookie.start(1)
        if not _BLANK_OR_COMMENT.match(line[0]):
            return None
    return None
