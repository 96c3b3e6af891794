"""What a fix changes, as the lines that go and come."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from lrlint.edits import EditError, Splice, Splicing, splices
from lrlint.finding import Fix
from lrlint.report.line import Line, beginning
from lrlint.report.look import Look, Style
from lrlint.source import Source

GAP = "..."

_NEWLINE = re.compile(r"\r\n?|\n")
_STYLES: dict[str, Style] = {"-": "removed", "+": "added", "|": "plain"}
_CONTEXT = 3  # unchanged lines between two changes, more of which are left out

Sign = Literal["-", "+", "|"]


class Row(NamedTuple):
    """A line that goes, comes or stays, with its number before (``-``) or after the fix.

    ``twin`` is what a changed line was before or becomes, and ``changed`` the columns, from 0 on, in which they differ.
    """

    number: int
    sign: Sign
    text: str
    twin: str | None = None
    changed: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Region:
    """Rows, from the first to the last, that some splices touch."""

    first: int
    last: int
    splices: list[Splice] = field(default_factory=list)


def hunks(source: Source, fix: Fix) -> list[Row | None]:
    """The changed lines, ``None`` where some in between are left out; empty for edits that do not fit the text."""
    try:
        regions = _regions(source, splices(source, fix))
    except EditError:
        return []
    rows: list[Row | None] = []
    grown = 0
    for region in regions:
        old = source.lines[region.first - 1 : region.last]
        base = sum(map(len, source.lines[: region.first - 1]))
        moved = [Splice(each.start - base, each.end - base, each.content) for each in region.splices]
        before, after = _lines("".join(old)), _lines(Splicing(moved).apply("".join(old)))
        found = list(_changes(before, after, region.first, region.first + grown))
        if rows and found:
            rows.append(None)
        rows += found
        grown += len(after) - len(before)
    return rows


def draw(rows: Sequence[Row | None], *, gutter: int, look: Look) -> list[str]:
    """The rows as lines; ``gutter`` is the width of their numbers."""
    bar = look.paint(f"{'':>{gutter}} |", "gutter")
    return [bar, *(_drawn(row, gutter, look) for row in rows), bar]


def _drawn(row: Row | None, gutter: int, look: Look) -> str:
    if row is None:
        return look.paint(GAP, "gutter")
    room = look.width - gutter - 3
    line = Line(row.text)
    twins = [line] if row.twin is None else [line, Line(row.twin)]
    start, end = row.changed
    # A line and its twin begin alike, so that the eye can compare them.
    last = max(twin.position(end + 1) for twin in twins)
    begin = beginning(room, line.position(start + 1), last, max(twin.width for twin in twins))
    number = look.paint(f"{row.number:>{gutter}}", "gutter")
    sign = look.paint(row.sign, "gutter" if row.sign == "|" else _STYLES[row.sign])
    text = look.paint(line.view(room, begin).text.rstrip(), _STYLES[row.sign])
    return f"{number} {sign} {text}" if text else f"{number} {sign}"


def _regions(source: Source, pieces: Sequence[Splice]) -> list[_Region]:
    regions: list[_Region] = []
    for piece in pieces:
        first, (last, column) = source.location(piece.start).row, source.location(piece.end)
        whole = piece.content == "" or piece.content.endswith(("\n", "\r"))
        if last > first and column == 1 and whole:
            last -= 1
        if not regions or first > regions[-1].last + 1:
            regions.append(_Region(first, last))
        regions[-1].last = max(regions[-1].last, last)
        regions[-1].splices.append(piece)
    return regions


def _lines(text: str) -> list[str]:
    lines = _NEWLINE.split(text)
    return lines if lines[-1] else lines[:-1]


def _changes(before: Sequence[str], after: Sequence[str], old: int, new: int) -> Iterator[Row | None]:
    """The rows of one region, which begins at the row ``old`` and will begin at ``new``."""
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    if all(tag == "equal" for tag, *_ in codes):
        return
    for index, (tag, first, last, new_first, new_last) in enumerate(codes):
        gone, come = before[first:last], after[new_first:new_last]
        if tag == "equal":
            same: list[Row | None] = [Row(new + new_first + place, "|", text) for place, text in enumerate(come)]
            if index == 0:
                yield from same[-1:]
            elif index == len(codes) - 1:
                yield from same[:1]
            else:
                yield from same if len(same) <= _CONTEXT else [same[0], None, same[-1]]
            continue
        for place, text in enumerate(gone):
            yield _row(old + first + place, "-", text, come, place)
        for place, text in enumerate(come):
            yield _row(new + new_first + place, "+", text, gone, place)


def _row(number: int, sign: Sign, text: str, others: Sequence[str], place: int) -> Row:
    if place >= len(others):
        return Row(number, sign, text)
    twin = others[place]
    start = _alike(text, twin)
    same_end = _alike(text[start:][::-1], twin[start:][::-1])
    return Row(number, sign, text, twin, (start, max(len(text), len(twin)) - same_end))


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)
