"""Bytes to text and back: encodings, byte order marks, newlines, places and suppression comments."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property

from lrlint.cells import Cells
from lrlint.cookie import declared_encoding
from lrlint.finding import Finding, Location
from lrlint.noqa import Noqa
from lrlint.text import line_starts

_BOM = codecs.BOM_UTF8
_NEWLINE = re.compile(rb"\r\n?|\n")
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class SourceError(Exception):
    """Bytes that are not the text they claim to be, or text that has no such bytes.

    ``message`` is one line; ``location`` is the place, or the start of the file where the whole of it is meant.
    """

    def __init__(self, message: str, location: Location | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.location = location or Location(1, 1)


@dataclass(frozen=True)
class Source:
    """One file's text. ``path`` is for showing; ``text`` keeps its newlines and has lost its byte order mark."""

    path: str
    text: str
    encoding: str = "utf-8"
    bom: bool = False
    exact: bool = True
    """Whether the text written again gives the bytes it came from: some encodings have several ways to write one."""

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Source:
        """Decode a file as Python would; raises :class:`SourceError` where Python could not."""
        for mark, name in _WIDE_BOMS:
            if data.startswith(mark):
                raise SourceError(f"the file is {name}, which Python cannot read")
        bom = data.startswith(_BOM)
        encoding = _encoding(data.removeprefix(_BOM), bom=bom)
        text = _decode(data.removeprefix(_BOM), encoding)
        null = text.find("\0")
        source = cls(path, text, encoding, bom, exact=_rewrites(data.removeprefix(_BOM), text, encoding))
        if null >= 0:
            raise SourceError("the file contains a null byte", source.location(null))
        return source

    def to_bytes(self, text: str | None = None) -> bytes:
        """The bytes of ``text`` (by default this one's) in this file's encoding.

        Raises :class:`SourceError` where they would not read back as exactly that text, or where this file's own bytes
        are not the only way to write its text, so that bytes outside of an edit might change.
        """
        text = self.text if text is None else text
        if not self.exact:
            raise SourceError(f"the file cannot be written in {self.encoding} without a change to all of it")
        try:
            data = (_BOM if self.bom else b"") + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            place = Source(self.path, text).location(error.start)
            raise SourceError(f"{text[error.start]!r} cannot be written in {self.encoding}", place) from None
        except ValueError as error:
            raise SourceError(f"the file cannot be written in {self.encoding}: {error}") from None
        read = Source.from_bytes(self.path, data)
        if read != replace(self, text=text):
            raise SourceError(f"the file would not read back as {self.encoding}")
        return data

    @property
    def code(self) -> str:
        """The text as Python: in notebooks, what is not Python is replaced by Python of the same length."""
        return self.text

    @property
    def cells(self) -> Cells | None:
        """Which rows of the text stand in which cell, in a notebook."""
        return None

    @cached_property
    def lines(self) -> list[str]:
        """The lines with their newlines; the last is empty where the text ends in one (or is empty)."""
        return self._in_lines(self.text)

    def offset(self, location: Location) -> int:
        """The offset of a place in the text, in code points."""
        return self._starts[location.row - 1] + location.column - 1

    def location(self, offset: int) -> Location:
        """The place of an offset, in code points, in the text."""
        row = bisect_right(self._starts, offset)
        return Location(row, offset - self._starts[row - 1] + 1)

    def suppressed(self, finding: Finding) -> bool:
        """Whether a comment in the file suppresses this finding, exactly as flake8 would read it."""
        return self.noqa.covers(finding.code, finding.location.row)

    def noqa_row(self, finding: Finding) -> int:
        """The row at whose end a comment would suppress this finding."""
        return self.noqa.row(finding.location.row)

    @cached_property
    def _starts(self) -> list[int]:
        return line_starts(self.text)

    @cached_property
    def noqa(self) -> Noqa:
        """The comments that suppress findings."""
        return Noqa(self._in_lines(self.code))

    def _in_lines(self, text: str) -> list[str]:
        ends = [*self._starts[1:], len(text)]
        return [text[start:end] for start, end in zip(self._starts, ends, strict=True)]


def _encoding(data: bytes, *, bom: bool) -> str:
    """The name of the encoding of bytes without their mark, checked to be one for text."""
    declared = declared_encoding(data)
    if declared is None:
        return "utf-8"
    name, offset = declared
    encoding = _normal_name(name)
    place = _place(data, offset, "utf-8")
    if bom and encoding != "utf-8":
        raise SourceError(f"the file declares {name} but begins with a UTF-8 byte order mark", place)
    try:
        info = codecs.lookup(encoding)
    except Exception:  # noqa: BLE001  # a lookup imports by name, and some names break more than that
        raise SourceError(f"unknown encoding: {name}", place) from None
    if not getattr(info, "_is_text_encoding", True):
        raise SourceError(f"{name} is not an encoding of text", place)
    return encoding


def _normal_name(name: str) -> str:
    """The name that CPython uses, which forgives suffixes such as ``utf-8-unix``."""
    lowered = name.lower().replace("_", "-")
    for known, aliases in (("utf-8", ("utf-8",)), ("iso-8859-1", ("latin-1", "iso-8859-1", "iso-latin-1"))):
        if any(lowered == alias or lowered.startswith(alias + "-") for alias in aliases):
            return known
    return name


def _decode(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        start = min(error.start, len(data))
        what = f"byte 0x{data[start]:02x}" if start < len(data) else "its end"
        raise SourceError(
            f"the file is not {encoding}: {what} cannot be decoded", _place(data, start, encoding)
        ) from None
    except Exception as error:  # noqa: BLE001  # codecs of all kinds: some raise UnicodeError, ValueError or worse
        raise SourceError(f"the file is not {encoding}: {error}") from None
    return text


def _rewrites(data: bytes, text: str, encoding: str) -> bool:
    if encoding in ("utf-8", "iso-8859-1"):
        return True
    try:
        return text.encode(encoding) == data
    except Exception:  # noqa: BLE001  # codecs of all kinds, again
        return False


def _place(data: bytes, offset: int, encoding: str) -> Location:
    """The place of a byte; its column counts what comes before it in the line as well as it can be decoded."""
    before = data[:offset]
    row_start = max((match.end() for match in _NEWLINE.finditer(before)), default=0)
    row = sum(1 for _ in _NEWLINE.finditer(before)) + 1
    try:
        column = len(before[row_start:].decode(encoding, "replace"))
    except Exception:  # noqa: BLE001  # not every codec can replace
        column = offset - row_start
    return Location(row, column + 1)
