"""What a run is shown as: one module a format, each with ``render``.

A format is a module here that is named like it, ``_`` for ``-``, and has ``render(reported, *, unsafe, look) -> str``: it turns findings
into text and prints nothing. ``unsafe`` says that unsafe fixes count as fixes in this run; ``look`` is for formats that
people read.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

if TYPE_CHECKING:
    from lrlint.finding import Finding, Fix, Location
    from lrlint.report.look import Look

FORMATS = ("full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson")
FOR_PEOPLE = ("full", "concise")


class Place(NamedTuple):
    """Where something is for whoever reads a report: in a notebook, rows are counted in each cell anew."""

    cell: int | None
    row: int
    column: int

    def __str__(self) -> str:
        """``"3:5"``, in a notebook ``"cell 2:3:5"``, as it stands behind a path."""
        return f"{'' if self.cell is None else f'cell {self.cell}:'}{self.row}:{self.column}"


class Reported(NamedTuple):
    """A finding, the path it is shown under, and the row at which a ``noqa`` comment would silence it.

    ``text`` is the file's text that the finding's places are in, or ``None`` where it has none.
    """

    path: str
    finding: Finding
    noqa_row: int
    text: str | None = None

    def place(self, location: Location) -> Place:
        """A place of the finding (its own, an edit's, a related one's) as a report shows it."""
        return Place(None, location.row, location.column)

    @property
    def places(self) -> tuple[Place, Place]:
        """From where to where the finding goes, as a report shows it."""
        return self.place(self.finding.location), self.place(self.finding.end_location)

    @property
    def where(self) -> str:
        """``path:row:column``, with the cell of a notebook between."""
        return f"{self.path}:{self.places[0]}"


class Render(Protocol):
    """From findings in the order they are shown in to the whole output, with its last newline, or ``""``."""

    def __call__(self, reported: Iterable[Reported], *, unsafe: bool, look: Look = ...) -> str: ...


def renderer(output_format: str) -> Render:
    """The ``render`` of one of :data:`FORMATS`."""
    return cast("Render", import_module(f"lrlint.report.{output_format.replace('-', '_')}").render)


def applicable(fix: Fix | None, *, unsafe: bool) -> bool:
    """Whether ``--fix`` applies it: a safe fix always, an unsafe one when it was asked for."""
    return fix is not None and (fix.applicability == "safe" or (unsafe and fix.applicability == "unsafe"))
