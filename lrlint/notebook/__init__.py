"""Notebooks: their cells of Python as one program, and this program's text back in its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from lrlint.cells import Cells
from lrlint.notebook.document import Cell, code_cells
from lrlint.notebook.ipython import Neutral, neutral
from lrlint.notebook.rewrite import rewritten
from lrlint.source import Source, SourceError

_BORDER = "\0\n"
"""The line between two cells: what no Python holds, so that the text alone says where a cell ends."""

_COMMENT = "#\n"
"""What stands there for Python: a line that ends no block, and that no fix may drop."""


@dataclass(frozen=True)
class Notebook(Source):
    """A notebook. ``text`` is the code of its Python cells, each ended by a newline, with a line between each two.

    ``raw`` is the JSON that ``text`` is to be written into.
    """

    raw: str = ""

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Notebook:
        """Read a notebook file; raises :class:`SourceError`, with the place in the JSON, for what is none."""
        raw = Source.from_bytes(path, data)
        text = _BORDER.join(f"{cell.code}\n" for cell in _python_cells(raw))
        return cls(path, text, raw.encoding, raw.bom, raw.exact, raw=raw.text)

    @cached_property
    def cells(self) -> Cells:
        """Which rows of the text stand in which cell."""
        borders = [row for row, line in enumerate(self.lines, start=1) if line == _BORDER]
        return Cells(tuple(cell.number for cell in self._cells), (1, *(row + 1 for row in borders)))

    @cached_property
    def code(self) -> str:
        """The text with Python of the same length in place of what only IPython reads."""
        return _COMMENT.join(neutral(cell).code for cell in self.text.split(_BORDER))

    def to_bytes(self, text: str | None = None) -> bytes:
        """The notebook file with ``text`` (by default this one's) in its cells: all else in it stays, byte for byte.

        Raises :class:`SourceError` where the text does not fit into the cells, or changes what is IPython's in them.
        """
        text = self.text if text is None else text
        old, new = [cell.code for cell in self._cells], _codes(text)
        if len(old) != len(new) or any("\0" in code for code in new):
            raise SourceError("it would change more than one cell at once")
        if any(_magics(before) != _magics(after) for before, after in zip(old, new, strict=True) if before != after):
            raise SourceError("it would change one of IPython's own commands")
        changes = [(cell.path, code) for cell, code in zip(self._cells, new, strict=True) if code != cell.code]
        raw = rewritten(self.raw, changes)
        data = Source(self.path, self.raw, self.encoding, self.bom).to_bytes(raw)
        read = Notebook.from_bytes(self.path, data)
        if (read.raw, _codes(read.text), read.bom) != (raw, new, self.bom):
            raise SourceError("the notebook would not read back as it was written")
        return data

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return _python_cells(Source(self.path, self.raw))


def _python_cells(raw: Source) -> tuple[Cell, ...]:
    return tuple(cell for cell in code_cells(raw) if neutral(cell.code).python)


def _codes(text: str) -> list[str]:
    """The code of each cell."""
    return [code.removesuffix("\n") for code in text.split(_BORDER)] if text else []


def _magics(code: str) -> Neutral:
    return replace(neutral(code), code="")
