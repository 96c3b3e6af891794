"""Reviewdog's diagnostic format, with which findings and fixes become comments of a code review.

Its columns count bytes of UTF-8. A fix is one suggestion, from its first edit to its last, so that nobody can take a
half of it; only what this run's ``--fix`` would apply is suggested. It knows no cells: of a notebook the message says
where.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from lrlint.edits import EditError, Splice, Splicing, splices
from lrlint.finding import Fix, Location
from lrlint.report import Reported, applicable
from lrlint.report.links import HOME, page
from lrlint.report.look import PLAIN, Look
from lrlint.source import Source


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """The result, indented by two, with a last newline."""
    result = {
        "source": {"name": "lrlint", "url": HOME},
        "severity": "ERROR",
        "diagnostics": [_diagnostic(each, unsafe) for each in reported],
    }
    return json.dumps(result, indent=2) + "\n"


def _diagnostic(reported: Reported, unsafe: bool) -> dict[str, object]:
    finding, source = reported.finding, reported.source
    diagnostic: dict[str, object] = {
        "message": finding.message,
        "location": {"path": reported.path, "range": _range(finding.location, finding.end_location, source)},
        "severity": "ERROR",
        "code": {"value": finding.code, "url": page(finding.name)},
    }
    if reported.places[0].cell is not None:
        return diagnostic | {
            "message": f"{reported.places[0]}: {finding.message}",
            "location": {"path": reported.path},
        }
    if source and finding.fix and applicable(finding.fix, unsafe=unsafe):
        diagnostic["suggestions"] = _suggestions(finding.fix, source)
    return diagnostic


def _suggestions(fix: Fix, source: Source) -> list[dict[str, object]]:
    try:
        pieces = splices(source, fix)
    except EditError:
        return []
    start, end = pieces[0].start, pieces[-1].end
    moved = [Splice(piece.start - start, piece.end - start, piece.content) for piece in pieces]
    text = Splicing(moved).apply(source.text[start:end])
    return [{"range": _range(source.location(start), source.location(end), source), "text": text}]


def _range(start: Location, end: Location, source: Source | None) -> dict[str, object]:
    return {"start": _position(start, source), "end": _position(end, source)}


def _position(location: Location, source: Source | None) -> dict[str, int]:
    row, column = location
    if source and row <= len(source.lines):
        column = len(source.lines[row - 1][: column - 1].encode("utf-8", "surrogatepass")) + 1
    return {"line": row, "column": column}
