"""The rows of the table, and how they are written into a document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

BEGIN, END = "<!-- benchmarks -->", "<!-- end of benchmarks -->"


@dataclass(frozen=True)
class Row:
    """What was measured, and the bar that it is held to: at most ``limit`` or, where ``at_least``, no less."""

    what: str
    limit: float
    unit: str
    value: float
    at_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the bar is held, as the numbers are shown."""
        value, limit = float(_number(self.value)), float(_number(self.limit))
        return value >= limit if self.at_least else value <= limit

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """What is shown of it."""
        bar = f"at {'least' if self.at_least else 'most'} {_number(self.limit)} {self.unit}"
        return self.what, bar, f"{_number(self.value)} {self.unit}", "yes" if self.is_met else "no"


def table(rows: Iterable[Row]) -> str:
    """The rows as a table in Markdown."""
    lines = [("what", "bar", "measured", "met"), ("---",) * 4, *(row.cells for row in rows)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def written(document: str, text: str) -> str:
    """The document with a text between its markers; raises ``ValueError`` where it has none."""
    head, begin, rest = document.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"no {BEGIN} and {END}")
    return f"{head}{BEGIN}\n{text}{END}{tail}"


def _number(value: float) -> str:
    """Three digits, and no more than two behind the point: ``0.35``, ``2.5``, ``33``, ``1000``."""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}".removesuffix(".0") if value >= 10 else f"{value:.2f}".rstrip("0").rstrip(".")
