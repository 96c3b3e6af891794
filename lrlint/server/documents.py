"""What an editor has open: a file, or a notebook, which is one program in as many texts as it has cells of code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from lrlint.finding import Location
from lrlint.server.texts import Units
from lrlint.source import Source, SourceError


@dataclass(frozen=True, slots=True)
class Part:
    """A text as the editor knows it, by its address and its version: a file, or a cell."""

    uri: str
    version: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class Document:
    """A program that is open: ``source`` is all of it, ``parts`` are the texts it stands in."""

    source: Source
    parts: tuple[Part, ...]
    units: Units

    def place(self, location: Location) -> tuple[Part, tuple[int, int]]:
        """The text that a place of the program is in, and its row and column there, as the protocol counts them."""
        cells = self.source.cells
        if cells is None:
            return self.parts[0], self.units.position(self.source, location)
        part = self.parts[cells.number(location.row) - 1]
        return part, self.units.position(part.source, Location(cells.row(location.row), location.column))

    def location(self, uri: str, row: int, column: int) -> Location | None:
        """The place in the program; ``None`` for one in a cell that is not Python."""
        for number, part in enumerate(self.parts, start=1):
            if part.uri == uri:
                own = part.source.location(self.units.offset(part.source, row, column))
                cells = self.source.cells
                if cells is None:
                    return own
                if number in cells.numbers:
                    return Location(cells.first_rows[cells.numbers.index(number)] + own.row - 1, own.column)
        return None

    def rewritten(self, fixed: Source) -> list[tuple[Part, Source]]:
        """Each part with its text in a fixed program."""
        if self.source.cells is None:
            return [(self.parts[0], fixed)]
        cells = json.loads(fixed.to_bytes())["cells"]
        return [(part, Source(part.uri, "".join(cell["source"]))) for part, cell in zip(self.parts, cells, strict=True)]


def file(path: str, part: Part, units: Units) -> Document:
    """A file of Python."""
    return Document(Source(path, part.source.text), (part,), units)


def notebook(path: str, parts: Sequence[Part], units: Units) -> Document:
    """A notebook with these cells of code; one that cannot be read is empty."""
    from lrlint.notebook import Notebook

    cells: list[dict[str, object]] = [
        {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": part.source.text}
        for part in parts
    ]
    raw = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    try:
        source: Source = Notebook.from_bytes(path, raw.encode())
    except SourceError:
        source = Source(path, "")
    return Document(source, tuple(parts), units)
