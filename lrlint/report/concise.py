"""One line a finding: ``path:row:column: LRL101 [*] message``, where ``[*]`` says that ``--fix`` repairs it."""

from __future__ import annotations

from collections.abc import Iterable

from lrlint.report import Reported
from lrlint.report.header import header
from lrlint.report.look import PLAIN, Look


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:
    """The lines, sorted as the findings are."""
    return "".join(f"{header(each, unsafe=unsafe, look=look)}\n" for each in reported)
