"""Notebook files: which of their cells hold Python, and where in the JSON these stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lrlint.finding import Location
from lrlint.notebook.spans import Path, Spans
from lrlint.source import Source, SourceError
from lrlint.words import clause

_NO_NOTEBOOK = "the file is JSON, but not a notebook"
_PYTHON = ("python", "ipython")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of code: its place among all cells, from 1 on, its code, and the way to this in the JSON."""

    number: int
    code: str
    path: Path


def code_cells(raw: Source) -> tuple[Cell, ...]:
    """The cells of code in a notebook for Python; none in a notebook for another language.

    What their code is written in is not asked here, save what the notebook's own data say about it. Raises
    :class:`SourceError`, with the place in the JSON, for what is no notebook.
    """
    notebook = _load(raw)
    if not isinstance(notebook, dict):
        raise SourceError(_NO_NOTEBOOK)
    if not _for_python(notebook.get("metadata")):
        return ()
    return tuple(
        Cell(number, _code(raw, cell, number, path), path)
        for number, (cell, path) in enumerate(_cells(raw, notebook), start=1)
        if cell.get("cell_type") == "code" and _in_python(cell)
    )


def _load(raw: Source) -> Any:
    try:
        return json.loads(raw.text)
    except json.JSONDecodeError as error:
        words = clause(error.msg).removesuffix(" starting at")
        raise SourceError(f"the notebook is not JSON: {words}", raw.location(error.pos)) from None
    except RecursionError:
        raise SourceError("the notebook is too deeply nested for lrlint to read") from None
    except ValueError as error:  # a number of more digits than Python reads
        raise SourceError(f"the notebook cannot be read: {error}") from None


def _cells(raw: Source, notebook: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Path]]:
    """All cells in order, each with the way to its text; those of nbformat 3 stand in worksheets."""
    if "cells" in notebook:
        lists: list[tuple[Any, Path, str]] = [(notebook["cells"], ("cells",), "source")]
    elif isinstance(worksheets := notebook.get("worksheets"), list):
        lists = [
            (sheet.get("cells") if isinstance(sheet, dict) else None, ("worksheets", index, "cells"), "input")
            for index, sheet in enumerate(worksheets)
        ]
    else:
        raise SourceError(_NO_NOTEBOOK)
    for cells, path, key in lists:
        if not isinstance(cells, list):
            raise SourceError("the notebook's cells are not a list", _place(raw, path))
        for index, cell in enumerate(cells):
            if not isinstance(cell, dict):
                raise SourceError("the notebook has a cell that is not one", _place(raw, (*path, index)))
            if cell.get("cell_type") == "code" and key not in cell:
                raise SourceError(f"a cell of the notebook has no `{key}`", _place(raw, (*path, index)))
            yield cell, (*path, index, key)


def _code(raw: Source, cell: dict[str, Any], number: int, path: Path) -> str:
    source = cell[str(path[-1])]
    lines = source if isinstance(source, list) else [source]
    if not all(isinstance(line, str) for line in lines):
        raise SourceError("the text of a cell is neither a string nor a list of strings", _place(raw, path))
    code = "".join(lines)
    if "\0" in code:
        raise SourceError(f"cell {number} contains a null byte", _place(raw, path))
    return code


def _place(raw: Source, path: Path) -> Location | None:
    try:
        return raw.location(Spans(raw.text).at(path)[0])
    except KeyError:
        return None


def _for_python(metadata: Any) -> bool:
    """Whether a notebook is for Python; one that does not say so is."""
    return all(_is_python(_at(metadata, *way)) for way in (("language_info", "name"), ("kernelspec", "language")))


def _in_python(cell: dict[str, Any]) -> bool:
    """Whether a cell is not marked as one in another language, as nbformat 3 and VS Code do."""
    return _is_python(cell.get("language")) and _is_python(_at(cell, "metadata", "vscode", "languageId"))


def _is_python(language: Any) -> bool:
    return not isinstance(language, str) or language.lower() in _PYTHON


def _at(data: Any, *keys: str) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data
