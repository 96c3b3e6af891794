"""What LibCST leaves out, put back into the places it names.

LibCST drops a form feed that stands before a statement without indentation (the ``^L`` with which older code parts its
sections). The code it gives back has the same lines, but some of them begin later. And behind the last code it may drop
blank lines, and comments among them, where the last one is indented; nothing that is found stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from lrlint.finding import Finding, Fix, Location
from lrlint.text import line_starts

_LEADING = " \t\f"


def dropped(text: str, code: str) -> dict[int, int] | None:
    """For each row that lost white space at its beginning, how much of it, in code points.

    ``None`` if ``code`` differs from ``text`` in any other way, newlines apart: no place in it can be trusted then.
    """
    if text == code:
        return {}
    old, new = _lines(text), _lines(code)
    if len(old) != len(new):
        return None
    lost: dict[int, int] = {}
    for row, (before, after) in enumerate(zip(old, new, strict=True), 1):
        if before != after:
            if not before.endswith(after) or before[: len(before) - len(after)].strip(_LEADING):
                return None
            lost[row] = len(before) - len(after)
    return lost


def _lines(text: str) -> list[str]:
    """The lines without their newlines, up to the last that is neither blank nor a comment."""
    starts = line_starts(text)
    lines = [text[start:end].rstrip("\r\n") for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    while lines and lines[-1].strip(_LEADING)[:1] in ("", "#"):
        lines.pop()
    return lines


def shifted(finding: Finding, lost: dict[int, int]) -> Finding:
    """The finding with all its places in the rows they really have."""
    return relocated(finding, lambda place: shifted_place(place, lost))


def relocated(finding: Finding, place: Callable[[Location], Location]) -> Finding:
    """The finding with each of its places moved."""
    fix: Fix | None = None
    if finding.fix:
        edits = tuple(
            replace(edit, location=place(edit.location), end_location=place(edit.end_location))
            for edit in finding.fix.edits
        )
        fix = replace(finding.fix, edits=edits)
    related = tuple(
        replace(other, location=place(other.location), end_location=place(other.end_location))
        for other in finding.related
    )
    return replace(
        finding,
        location=place(finding.location),
        end_location=place(finding.end_location),
        fix=fix,
        related=related,
    )


def shifted_place(location: Location, lost: dict[int, int]) -> Location:
    """A place where it really is in its row."""
    return Location(location.row, location.column + lost.get(location.row, 0))
