"""New code for the cells of a notebook file, written as the file is written: only what changes does."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

from lrlint.notebook.spans import Path, Span, Spans

_UNIT = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL)
_ESCAPED = re.compile(r"\\u(?!00[01])", re.IGNORECASE)
_SURROGATE = re.compile("[\ud800-\udfff]")


def rewritten(text: str, changes: Iterable[tuple[Path, str]]) -> str:
    """The document with new text for the values at some paths: strings, or lists of strings.

    What stays of them stays as it was written, escapes and all, and so do indents and separators; what is new is
    escaped as the rest of the document is.
    """
    style, known = _Style(text), Spans(text)
    places = sorted((known.at(path), new) for path, new in changes)
    parts: list[str] = []
    position = 0
    for (start, end), new in places:
        if text[start] == '"':
            value = _string(text[start:end], new, style)
        else:
            value = _list(text, (start, end), known.items(start), new, style)
        parts += (text[position:start], value)
        position = end
    return "".join([*parts, text[position:]])


class _Style:
    """How a document writes what is not ASCII: as it is, or in escapes."""

    def __init__(self, text: str) -> None:
        self._ascii = text.isascii() and _ESCAPED.search(text) is not None

    def units(self, text: str) -> list[str]:
        """Each character as it is to be written."""
        return [self._unit(character) for character in text]

    def _unit(self, character: str) -> str:
        ascii_only = self._ascii or _SURROGATE.match(character) is not None
        return json.dumps(character, ensure_ascii=ascii_only)[1:-1]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of code, and each of its characters as it is written."""

    text: str
    units: Sequence[str]

    @classmethod
    def written(cls, code: str) -> _Line:
        """The line that is written so between quotes."""
        units = _UNIT.findall(code)
        return cls("".join(unit if len(unit) == 1 else json.loads(f'"{unit}"') for unit in units), units)

    @property
    def code(self) -> str:
        return "".join(self.units)


def _string(written: str, new: str, style: _Style) -> str:
    line = _Line.written(written[1:-1])
    old: list[_Line] = []
    at = 0
    for piece in line.text.splitlines(keepends=True):
        old.append(_Line(piece, line.units[at : at + len(piece)]))
        at += len(piece)
    return '"' + "".join(each.code for _, each in _merged(old, new, style)) + '"'


def _list(text: str, place: Span, spans: Sequence[Span], new: str, style: _Style) -> str:
    """The list with its own brackets and separators; where a line is new, the one that others have."""
    start, end = place
    if not spans:
        return json.dumps(new.splitlines(keepends=True), ensure_ascii=style.units("\u00e9") != ["\u00e9"])
    head, tail = text[start : spans[0][0]], text[spans[-1][1] : end]
    gaps = [text[before[1] : after[0]] for before, after in pairwise(spans)]
    usual = gaps[0] if gaps else f",{head[1:] or ' '}"
    old = [_Line.written(text[first + 1 : last - 1]) for first, last in spans]
    parts = [head]
    for position, (index, line) in enumerate(_merged(old, new, style)):
        if position:
            parts.append(gaps[index - 1] if index else usual)
        parts.append(f'"{line.code}"')
    return "".join([*parts, tail]) if len(parts) > 1 else "[]"


def _merged(old: Sequence[_Line], new: str, style: _Style) -> list[tuple[int, _Line]]:
    """The lines of the new text, each with the index of the old line that it is, or 0."""
    lines = new.splitlines(keepends=True)
    lines += [""] * sum(1 for _ in takewhile(lambda line: not line.text, reversed(old)))  # some end a list in one
    merged: list[tuple[int, _Line]] = []
    matcher = SequenceMatcher(None, [line.text for line in old], lines, autojunk=False)
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            merged += [(index, old[index]) for index in range(first, last)]
        else:
            merged += [(0, line) for line in _changed(old[first:last], lines[new_first:new_last], style)]
    return merged


def _changed(old: Sequence[_Line], new: Sequence[str], style: _Style) -> list[_Line]:
    """New lines, in which the characters of the old ones that stay are written as they were."""
    before, after = "".join(line.text for line in old), "".join(new)
    written = [unit for line in old for unit in line.units]
    units = style.units(after)
    if written != style.units(before):
        for first, new_first, size in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
            units[new_first : new_first + size] = written[first : first + size]
    lines: list[_Line] = []
    at = 0
    for text in new:
        lines.append(_Line(text, units[at : at + len(text)]))
        at += len(text)
    return lines
