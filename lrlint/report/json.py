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
        "cell": None,
        "code": finding.code,
        "effect": as_json(finding.effect) if finding.effect else None,
        "end_location": _location(finding.end_location),
        "filename": reported.path,
        "fix": _fix(finding.fix) if finding.fix else None,
        "location": _location(finding.location),
        "message": finding.message,
        "name": finding.name,
        "noqa_row": reported.noqa_row,
        "related": [_related(place) for place in finding.related],
        "severity": "error",
        "url": page(finding.name),
    }


def _location(location: Location) -> dict[str, int]:
    return {"column": location.column, "row": location.row}


def _fix(fix: Fix) -> dict[str, object]:
    return {
        "applicability": fix.applicability,
        "edits": [_edit(edit) for edit in fix.edits],
        "message": fix.message,
    }


def _edit(edit: Edit) -> dict[str, object]:
    return {
        "content": edit.content,
        "end_location": _location(edit.end_location),
        "location": _location(edit.location),
    }


def _related(related: Related) -> dict[str, object]:
    return {
        "end_location": _location(related.end_location),
        "location": _location(related.location),
        "message": related.message,
    }
