"""Notebooks: their cells as one program, places in cells, and fixes in the JSON as it is written."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lrlint.api import check, fix
from lrlint.read import read

START = "import tensorflow as tf\ntf.enable_eager_execution()"
MADE = "step = tf.Variable(0)\nlr = tf.train.exponential_decay(0.1, step, 5, 0.5)\nopt = tf.train.AdamOptimizer(lr)"
LOOP = "for _ in range(9):\n    opt.minimize(loss)"
FIXED = "for _ in range(9):\n    opt.minimize(loss, global_step=step)"


def code(source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": source, **more}


def notebook(*cells: Any, **more: Any) -> dict[str, Any]:
    whole = [cell if isinstance(cell, dict) else code(cell) for cell in cells]
    return {"cells": whole, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def text(text: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": text}


def written(notebook: Any, **how: Any) -> bytes:
    return json.dumps(notebook, **how).encode("utf-8")


def places(notebook: Any) -> list[tuple[str, str]]:
    """The places in cells and the codes of what is found."""
    data = notebook if isinstance(notebook, bytes) else written(notebook)
    source = read("a.ipynb", data)
    assert source.cells
    return [
        (f"{source.cells.number(row)}:{source.cells.row(row)}:{column}", finding.code)
        for finding in check(data, path="a.ipynb")
        for row, column in [finding.location]
    ]


def repaired(data: bytes) -> bytes:
    return fix(data, path="a.ipynb").source.to_bytes()


def sources(data: bytes) -> list[Any]:
    return [cell["source"] for cell in json.loads(data)["cells"]]


# --- one program ----------------------------------------------------------------------------------------------------


def test_cells_are_one_program_and_are_counted_with_those_of_text() -> None:
    cells = [text("# Training"), START, MADE, text("Then:"), LOOP]
    assert places(notebook(*cells)) == [("5:2:5", "LRL101")]


@pytest.mark.parametrize(
    "source", [MADE, [MADE], MADE.splitlines(keepends=True), [*MADE.splitlines(keepends=True), ""]]
)
def test_source_is_a_string_or_a_list(source: Any) -> None:
    assert places(notebook(START, source, LOOP)) == [("3:2:5", "LRL101")]
