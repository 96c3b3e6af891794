"""Annotations of GitHub Actions: workflow commands, which the runner shows beside the changed lines.

GitHub shows columns only for what stands in one line, and knows no cells: a notebook is annotated as a whole, and the
message says where.
"""

from __future__ import annotations

from collections.abc import Iterable

from lrlint.report import Reported
from lrlint.report.look import PLAIN, Look
from lrlint.report.paths import from_top

_TOP = "GITHUB_WORKSPACE"


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """One command a line: ``::error file=...,line=...::message``."""
    return "".join(f"{_command(each)}\n" for each in reported)


def _command(reported: Reported) -> str:
    finding = reported.finding
    start, end = reported.places
    properties: dict[str, object] = {
        "title": f"{finding.code} {finding.name}",
        "file": from_top(reported.path, _TOP),
    }
    if start.cell is None:
        properties |= {"line": start.row, "endLine": end.row}
        if start.row == end.row:
            properties |= {"col": start.column, "endColumn": end.column}
    listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    return f"::error {listed}::{_data(f'{reported.where}: {finding.code} {finding.message}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
