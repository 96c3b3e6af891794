"""Which files are worth more than a look at their bytes. Most of a tree goes no further than this."""

from __future__ import annotations

import os

from lrlint.prefilter import escapes_letters, may_hold_finding, mentions_ours
from lrlint.read import is_notebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from lrlint.discover import Discovery

_AT_ONCE = 1 << 17  # bytes; few files have more
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)


class Scan:
    """A look at all that was found: ``suspects`` are the files that may hold a finding, or cannot be looked at twice.

    ``noqa`` says whether a comment of ours may be a finding.
    """

    __slots__ = ("found", "suspects")

    def __init__(self, found: Discovery, *, noqa: bool = False) -> None:
        self.found = found
        self.suspects = [path for path in found.files if path in found.streams or _is_suspect(path, noqa)]

    @property
    def passed(self) -> list[str]:
        """The files in which there is nothing to find."""
        suspects = set(self.suspects)
        return [path for path in self.found.files if path not in suspects]


def is_suspect(path: str, data: bytes, *, noqa: bool) -> bool:
    """Whether a file of this name, with these bytes, may hold a finding."""
    return may_hold_finding(data) or (is_notebook(path) and escapes_letters(data)) or (noqa and mentions_ours(data))


def content(path: str) -> bytes:
    """All bytes of a file that is no stream. Not by ``open``, which asks the system four things more about each."""
    descriptor = os.open(path, _FLAGS)
    try:
        data = os.read(descriptor, _AT_ONCE)
        while more := os.read(descriptor, _AT_ONCE):  # some file systems give less than there is
            data += more
        return data
    finally:
        os.close(descriptor)


def _is_suspect(path: str, noqa: bool) -> bool:
    try:
        return is_suspect(path, content(path), noqa=noqa)
    except (OSError, ValueError):
        return True
