"""The line that every finding begins with, in all formats for people."""

from __future__ import annotations

from lrlint.report import Reported, applicable
from lrlint.report.line import printable, printable_path
from lrlint.report.links import page
from lrlint.report.look import Look


def header(reported: Reported, *, unsafe: bool, look: Look) -> str:
    """``path:row:column: LRL101 [*] message``, where ``[*]`` says that ``--fix`` repairs it."""
    finding = reported.finding
    words = [
        f"{look.paint(printable_path(reported.path), 'strong')}:{reported.place(finding.location)}:",
        look.link(look.paint(finding.code, "code"), page(finding.name)),
        look.paint("[*]", "fixable") if applicable(finding.fix, unsafe=unsafe) else "",
        printable(finding.message),
    ]
    return " ".join(filter(None, words))
