"""The cells of a notebook, as rows of the program that they make together, and places in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from lrlint.finding import Location


@dataclass(frozen=True, slots=True)
class Cells:
    """Which rows of a program stand in which cell.

    ``numbers`` are the cells' places in the notebook, from 1 on, where cells of text count too; ``first_rows`` are the
    rows, from 1 on, in which they begin. Between two cells there is one row that belongs to neither.
    """

    numbers: tuple[int, ...]
    first_rows: tuple[int, ...]

    def number(self, row: int) -> int:
        """The cell that a row of the program stands in; for the row behind a cell, that cell."""
        return self.numbers[self._index(row)]

    def row(self, row: int) -> int:
        """A row of the program as a row of its cell, from 1 on."""
        return row - self.first_rows[self._index(row)] + 1

    def rows(self, number: int, count: int) -> range:
        """The rows of a cell in a program of so many."""
        index = self.numbers.index(number)
        starts = (*self.first_rows, count + 2)
        return range(starts[index], starts[index + 1] - 1)

    def _index(self, row: int) -> int:
        return max(bisect_right(self.first_rows, row) - 1, 0)


class Place(NamedTuple):
    """Where something is for whoever reads a report: in a notebook, rows are counted in each cell anew."""

    cell: int | None
    row: int
    column: int

    def __str__(self) -> str:
        where = f"{self.row}:{self.column}"
        return where if self.cell is None else f"cell {self.cell}:{where}"


def place(location: Location, cells: Cells | None) -> Place:
    """A place in a text that is made of these cells, or of none."""
    if cells is None:
        return Place(None, location.row, location.column)
    return Place(cells.number(location.row), cells.row(location.row), location.column)
