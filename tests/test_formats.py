"""The formats for machines, each one read as its own consumer reads it: by its schema, or by its parser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import junitparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import __version__
from lrlint.config import Settings
from lrlint.edits import Splicing, splices
from lrlint.finding import Finding, Location
from lrlint.report import FOR_PEOPLE, FORMATS, Place, Reported, applicable, renderer
from lrlint.run import Job, examine
from lrlint.source import Source

DATA = Path(__file__).parent / "data"
FIXTURES = Path(__file__).parent.parent / "fixtures"
FOR_MACHINES = tuple(name for name in FORMATS if name not in FOR_PEOPLE)

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.Variable(0, trainable=False)
rate = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(30):
    optimizer.minimize(lambda: weight ** 2)
print("größe 😀:", rate)
print("größe 😀:", rate)
"""


def reported(text: str = PROGRAM, path: str = "a.py") -> list[Reported]:
    return examine(path, text.encode(), Job(Settings())).reported()


def render(output_format: str, found: list[Reported], *, unsafe: bool = False) -> str:
    return renderer(output_format)(found, unsafe=unsafe)


@cache
def from_fixtures() -> list[Reported]:
    """Every mistake in the fixtures: hundreds of edits, over one and several lines."""
    files = sorted(FIXTURES.rglob("*.py"))
    return [each for file in files for each in reported(file.read_text("utf-8"), file.relative_to(FIXTURES).as_posix())]


def words(each: Reported) -> str:
    """The code that a finding stands on."""
    assert each.text is not None
    source = Source(each.path, each.text)
    return each.text[source.offset(each.finding.location) : source.offset(each.finding.end_location)]


def fixed(each: Reported) -> str:
    """The text with the fix of a finding applied, by itself."""
    assert each.text is not None
    assert each.finding.fix is not None
    return Splicing(splices(Source(each.path, each.text), each.finding.fix)).apply(each.text)


@pytest.fixture
def in_a_notebook(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the program's first five rows were one cell, and the others the next one."""

    def place(_: Reported, location: Location) -> Place:
        return Place(2, location.row - 5, location.column) if location.row > 5 else Place(1, *location)

    monkeypatch.setattr(Reported, "place", place)


def test_where_something_is(in_a_notebook: None) -> None:
    assert [each.where for each in reported(path="a.ipynb")] == [
        "a.ipynb:cell 2:4:5",
        "a.ipynb:cell 2:5:19",
        "a.ipynb:cell 2:6:19",
    ]


def test_where_something_is_in_a_program() -> None:
    assert [each.where for each in reported()] == ["a.py:9:5", "a.py:10:19", "a.py:11:19"]


@pytest.mark.parametrize("name", FOR_MACHINES)
def test_formats_are_ascii_and_end_in_a_newline(name: str) -> None:
    text = render(name, reported(path="größe.py"))
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text.isascii() or name == "github"  # which has no way to write them otherwise


# JSON, and JSON by the line


def test_json_lines_are_the_objects_of_json() -> None:
    found = from_fixtures()
    text = render("json-lines", found)
    assert [json.loads(line) for line in text.splitlines()] == json.loads(render("json", found))
    assert text.count("\n") == len(found) > 20
    assert render("json-lines", []) == ""


# Where it goes


def lrlint(directory: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "lrlint", *arguments], cwd=directory, capture_output=True, check=False)


@pytest.mark.parametrize("output_format", FORMATS)
def test_a_file_holds_what_would_be_printed(tmp_path: Path, output_format: str) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    printed = lrlint(tmp_path, "--output-format", output_format, "a.py")
    written = lrlint(tmp_path, "--output-format", output_format, "-o", "reports/lrlint.out", "a.py")
    assert (printed.returncode, printed.stderr) == (1, b"")
    assert (written.returncode, written.stdout, written.stderr) == (1, b"", b"")
    assert (tmp_path / "reports" / "lrlint.out").read_bytes() == printed.stdout


def test_a_file_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("ok = 1\n")
    (tmp_path / "out").write_text("something\n")
    assert lrlint(tmp_path, "--output-file=out").returncode == 0
    assert (tmp_path / "out").read_text() == "No findings in 1 file.\n"


def test_a_patch_and_what_is_left_of_standard_input_go_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    patch = lrlint(tmp_path, "-q", "--diff", "a.py").stdout
    assert lrlint(tmp_path, "-q", "--diff", "-o", "patch", "a.py").stdout == b""
    assert (tmp_path / "patch").read_bytes() == patch != b""


def test_a_file_that_cannot_be_written_is_told_before_anything_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(PROGRAM, "utf-8")
    done = lrlint(tmp_path, "--fix", "-o", "a.py/out", "a.py")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"lrlint: error: `--output-file`: a.py/out: not a directory\n"
    done = lrlint(tmp_path, "--fix", "-o", ".", "a.py")
    assert done.stderr == b"lrlint: error: `--output-file`: .: is a directory\n"
    assert (tmp_path / "a.py").read_text("utf-8") == PROGRAM
