"""Programs cut into cells: a notebook says and becomes what its program does."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlint.api import check, fix
from lrlint.notebook import Notebook
from lrlint.read import read

FIXTURES = Path(__file__).parent.parent / "fixtures"
PROGRAMS = sorted(FIXTURES.glob("*/*.py"))

BETWEEN: list[tuple[str, str]] = [
    ("markdown", "# Next"),
    ("raw", "raw"),
    ("code", ""),
    ("code", "%matplotlib inline\n!pip install x \\\n  y"),
    ("code", "%%bash\nls | wc"),
    ("code", "version = !python --version\nversion?"),
]


def statements(program: str) -> list[str]:
    """The program in pieces that may stand in cells of their own, comments with what follows them."""
    lines = program.splitlines(keepends=True)
    firsts = [
        min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])
        for node in ast.parse(program).body
    ]
    rows = sorted({1, *firsts[1:]})
    ends = [*(row - 1 for row in rows[1:]), len(lines)]
    return ["".join(lines[first - 1 : last]) for first, last in zip(rows, ends, strict=True)]


@st.composite
def notebooks(draw: st.DrawFn, program: str) -> bytes:
    cells: list[dict[str, Any]] = []

    def add(kind: str, source: str) -> None:
        split = draw(st.booleans())
        cells.append(
            {"cell_type": kind, "metadata": {}, "source": source.splitlines(keepends=True) if split else source}
        )
        if kind == "code":
            cells[-1] |= {"outputs": [], "execution_count": None}

    cell = ""
    for piece in statements(program):
        cell += piece
        if draw(st.booleans()):
            add("code", cell.removesuffix("\n"))
            cell = ""
            if draw(st.booleans()):
                add(*draw(st.sampled_from(BETWEEN)))
    add("code", cell)
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2}
    indent = draw(st.sampled_from([None, 1, 2]))
    return json.dumps(document, indent=indent, ensure_ascii=draw(st.booleans())).encode()


def lines_of(source: Any) -> list[str]:
    """The lines of code, without the borders of cells and what the test has put between them."""
    added = {line for kind, text in BETWEEN if kind == "code" for line in text.splitlines()}
    return [line.rstrip("\n") for line in source.text.split("\n") if line not in ("", "\0") and line not in added]


def said(data: bytes, path: str) -> list[tuple[str, str, str, int]]:
    source = read(path, data)
    return [
        (finding.code, finding.message, source.lines[finding.location.row - 1].rstrip("\n"), finding.location.column)
        for finding in check(data, path=path)
    ]


@settings(max_examples=40)
@given(st.sampled_from(PROGRAMS), st.data())
def test_a_notebook_says_and_becomes_what_its_program_does(program: Path, data: st.DataObject) -> None:
    old = program.read_bytes()
    notebook = data.draw(notebooks(old.decode("utf-8")))
    assert said(notebook, "a.ipynb") == said(old, "a.py")
    one, other = fix(notebook, path="a.ipynb", unsafe=True), fix(old, path="a.py", unsafe=True)
    assert one.applied == other.applied
    new = one.source.to_bytes()
    assert lines_of(Notebook.from_bytes("a.ipynb", new)) == lines_of(other.source)
    nbformat.validate(nbformat.reads(new.decode("utf-8"), nbformat.NO_CONVERT))
    before, after = json.loads(notebook), json.loads(new)
    for cell in (*before["cells"], *after["cells"]):
        if cell["cell_type"] == "code":
            cell["source"] = ""
    assert before == after
