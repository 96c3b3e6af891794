"""What can be seen of a stream: whether somebody looks at it, and what it can hold."""

from __future__ import annotations

from typing import TextIO


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at what is written to a stream; ``False`` for one that is closed or missing."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def shows(stream: TextIO | None, characters: str) -> bool:
    """Whether what is written to a stream can hold these characters."""
    try:
        characters.encode(getattr(stream, "encoding", None) or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
