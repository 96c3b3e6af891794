"""The JSON of ruff, field by field, and lrlint's own fields beside it.

A list of objects, one a finding. Rows and columns are 1-based, columns in code points; file names are as in every
other output: from the working directory on, with forward slashes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from lrlint.effect import as_json
from lrlint.finding import Edit, Fix, Location, Related
from lrlint.report import Reported
from lrlint.report.links import page
from lrlint.report.look import PLAIN, Look


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """The list, indented by two, with a last newline."""
    return json.dumps([record(each) for each in reported], indent=2) + "\n"


def record(reported: Reported) -> dict[str, object]:
    """One finding as the object that stands for it."""
    finding = reported.finding
    return {
        "cell": reported.place(finding.location).cell,
        "code": finding.code,
        "effect": as_json(finding.effect) if finding.effect else None,
        "end_location": _location(reported, finding.end_location),
        "filename": reported.path,
        "fix": _fix(reported, finding.fix) if finding.fix else None,
        "location": _location(reported, finding.location),
        "message": finding.message,
        "name": finding.name,
        "noqa_row": reported.place(Location(reported.noqa_row, 1)).row,
        "related": [_related(reported, place) for place in finding.related],
        "severity": "error",
        "url": page(finding.name),
    }


def _location(reported: Reported, location: Location) -> dict[str, int]:
    _, row, column = reported.place(location)
    return {"column": column, "row": row}


def _cell(reported: Reported, location: Location) -> dict[str, int | None]:
    """The cell of a place that may be in another one than the finding; nothing outside of notebooks, as in ruff."""
    return {"cell": reported.place(location).cell} if reported.cells else {}


def _fix(reported: Reported, fix: Fix) -> dict[str, object]:
    return {
        "applicability": fix.applicability,
        "edits": [_edit(reported, edit) for edit in fix.edits],
        "message": fix.message,
        "reason": fix.reason,
    }


def _edit(reported: Reported, edit: Edit) -> dict[str, object]:
    return {
        **_cell(reported, edit.location),
        "content": edit.content,
        "end_location": _location(reported, edit.end_location),
        "location": _location(reported, edit.location),
    }


def _related(reported: Reported, related: Related) -> dict[str, object]:
    return {
        **_cell(reported, related.location),
        "end_location": _location(reported, related.end_location),
        "location": _location(reported, related.location),
        "message": related.message,
    }
