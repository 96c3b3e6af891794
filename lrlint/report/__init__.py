"""What a run is shown as: one module a format, each with ``render``.

A format is a module here that is named like it, ``_`` for ``-``, and has ``render(reported, *, unsafe, look) -> str``: it turns findings
into text and prints nothing. ``unsafe`` says that unsafe fixes count as fixes in this run; ``look`` is for formats that
people read.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from lrlint.cells import Cells, Place, place

if TYPE_CHECKING:
    from lrlint.finding import Finding, Fix, Location
    from lrlint.report.look import Look
    from lrlint.source import Source

FORMATS = ("full", "concise", "json", "json-lines", "sarif", "github", "gitlab", "junit", "rdjson")
FOR_PEOPLE = ("full", "concise")
COUNTED = (*FOR_PEOPLE, "json")
"""The formats that statistics are there in, too."""


class Reported(NamedTuple):
    """A finding, the path it is shown under, and the source that its places are in, ``None`` where there is no text."""

    path: str
    finding: Finding
    source: Source | None = None

    @property
    def cells(self) -> Cells | None:
        """The cells of a notebook, whose text is that of all of them."""
        return self.source.cells if self.source else None

    @property
    def noqa_row(self) -> int:
        """The row at which a ``noqa`` comment would silence the finding."""
        return self.source.noqa_row(self.finding) if self.source else self.finding.location.row

    @property
    def silenced(self) -> bool:
        """Whether a ``noqa`` comment silences the finding."""
        return self.source is not None and self.source.suppressed(self.finding)

    def place(self, location: Location) -> Place:
        """A place of the finding (its own, an edit's, a related one's) as a report shows it."""
        return place(location, self.cells)

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
