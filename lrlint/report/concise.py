"""One line a finding: ``path:row:column: LRL101 [*] message``, where ``[*]`` says that ``--fix`` repairs it."""

from __future__ import annotations

from collections.abc import Iterable

from lrlint.report import Reported, applicable


def render(reported: Iterable[Reported], *, unsafe: bool) -> str:
    """The lines, sorted as the findings are."""
    return "".join(f"{_line(each, unsafe)}\n" for each in reported)


def _line(reported: Reported, unsafe: bool) -> str:
    path, finding, _ = reported
    row, column = finding.location
    marker = "[*] " if applicable(finding.fix, unsafe=unsafe) else ""
    return f"{path}:{row}:{column}: {finding.code} {marker}{finding.message}"
