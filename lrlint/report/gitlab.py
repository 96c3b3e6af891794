"""GitLab's code quality report, which merge requests are shown with: the part of Code Climate's that GitLab reads."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lrlint.cells import Place
from lrlint.report import Reported
from lrlint.report.fingerprint import fingerprints
from lrlint.report.look import PLAIN, Look
from lrlint.report.paths import from_top

_TOP = "CI_PROJECT_DIR"


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """The list, indented by two, with a last newline."""
    shown = list(reported)
    issues = [_issue(each, fingerprint) for each, fingerprint in zip(shown, fingerprints(shown), strict=True)]
    return json.dumps(issues, indent=2) + "\n"


def _issue(reported: Reported, fingerprint: str) -> dict[str, object]:
    finding = reported.finding
    start, end = reported.places
    cell = "" if start.cell is None else f"cell {start.cell}: "
    return {
        "check_name": finding.code,
        "description": f"{cell}{finding.code} {finding.message}",
        "fingerprint": fingerprint,
        "location": {
            "path": from_top(reported.path, _TOP),
            "positions": {"begin": _position(start), "end": _position(end)},
        },
        "severity": "major",
    }


def _position(place: Place) -> dict[str, int]:
    return {"column": place.column, "line": place.row}
