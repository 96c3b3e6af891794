"""The command, flake8 and pre-commit's view of notebooks: what is printed, written and taken by others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from lrlint.api import check
from lrlint.cli import main

ROOT = Path(__file__).parent.parent
WRONG = (ROOT / "fixtures" / "line_notebook" / "wrong.ipynb").read_bytes()
REPAIRED = WRONG.replace(b"offset])", b"offset], global_step=step)").replace(b"{lr}", b"{lr()}")


def code(text: str) -> dict[str, Any]:
    lines = text.splitlines(keepends=True)
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [], "source": lines}


COUNTER = json.dumps(
    {
        "cells": [
            code("import tensorflow as tf\n\ntf.enable_eager_execution()\nstep = [0]"),
            code("rate = tf.train.piecewise_constant(step, [10], [0.1, 0.01])"),
            code("w = tf.Variable(0.0)\nopt = tf.train.AdamOptimizer(rate)"),
            code("for _ in range(15):\n    opt.minimize(lambda: w * 1.0, step)\nprint(step[0], rate())"),
        ],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 2,
    },
    indent=1,
)

FULL = """\
b.ipynb:cell 1:4:8: LRL103 [*] MESSAGE
  |
3 | tf.enable_eager_execution()
4 | step = [0]
  |        ^^^
  |
 --> b.ipynb:cell 2:1:8
  |
1 | rate = tf.train.piecewise_constant(step, [10], [0.1, 0.01])
  |        ---------------------------------------------------- the schedule is made here
  |
cost: the learning rate of this `piecewise_constant`
  | step  intended  actual
  |    0       0.1     0.1
  |   11      0.01       -
  |   14      0.01       -
  |
note: eager: `enable_eager_execution()` is called
help: Make the step one variable, and its elements follow
  |
4 - step = [0]
4 + step = tf.Variable(0, trainable=False)
  |
 --> b.ipynb:cell 4
  |
3 - print(step[0], rate())
3 + print(step.numpy(), rate())
  |
note: safe fix, applied by `--fix`
rule: list-step, see `lrlint explain LRL103`

1 finding in 1 file.
[*] 1 fixable with `--fix`.
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of its own with both notebooks in it."""
    monkeypatch.chdir(tmp_path)
    Path("a.ipynb").write_bytes(WRONG)
    Path("b.ipynb").write_text(COUNTER, "utf-8")
    return tmp_path


def run(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(arguments, input=stdin, capture_output=True, check=False)


def lrlint(*arguments: str, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    return run(sys.executable, "-m", "lrlint", *arguments, stdin=stdin)


def test_full_shows_each_cell_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "full", "b.ipynb"]) == 1
    (finding,) = check(COUNTER, path="b.ipynb")
    assert capsys.readouterr().out.replace(finding.message, "MESSAGE") == FULL


def test_json_counts_rows_in_the_cell(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--output-format", "json", "b.ipynb"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["cell"], found["location"], found["noqa_row"]) == (1, {"column": 8, "row": 4}, 4)
    assert [(place["cell"], place["location"]) for place in found["related"]] == [(2, {"column": 8, "row": 1})]
    edits = [(edit["cell"], edit["location"]["row"]) for edit in found["fix"]["edits"]]
    assert sorted(set(edits)) == [(1, 4), (4, 3)]


def test_json_has_no_cell_where_there_is_no_notebook(capsys: pytest.CaptureFixture[str]) -> None:
    Path("c.ipynb").write_text("exponential_decay", "utf-8")
    assert main(["--output-format", "json", "c.ipynb"]) == 1
    (found,) = json.loads(capsys.readouterr().out)
    assert (found["cell"], found["code"], found["location"]) == (None, "LRL001", {"column": 1, "row": 1})


def test_notebooks_are_found_and_checkpoints_are_not(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / ".ipynb_checkpoints").mkdir()
    (here / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_bytes(WRONG)
    assert main(["--output-format", "concise", "-q"]) == 1
    assert [line.split(" LRL")[0] for line in capsys.readouterr().out.splitlines()] == [
        "a.ipynb:cell 7:3:5:",
        "a.ipynb:cell 7:4:35:",
        "b.ipynb:cell 1:4:8:",
    ]


def test_fix_writes_the_lines_that_change(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--fix"]) == 0
    assert capsys.readouterr().out == "Fixed 3 findings; none left.\n"
    assert (here / "a.ipynb").read_bytes() == REPAIRED
    assert (here / "b.ipynb").read_text("utf-8") == COUNTER.replace('[0]"', 'tf.Variable(0, trainable=False)"').replace(
        "print(step[0]", "print(step.numpy()"
    )
    for file in here.glob("*.ipynb"):
        nbformat.validate(nbformat.reads(file.read_text("utf-8"), nbformat.NO_CONVERT))


def test_the_fixtures_are_notebooks() -> None:
    for file in ROOT.glob("fixtures/**/*.ipynb"):
        nbformat.validate(nbformat.reads(file.read_text("utf-8"), nbformat.NO_CONVERT))


def test_git_takes_the_diff(here: Path) -> None:
    done = lrlint("--diff", ".")
    assert (done.returncode, done.stderr) == (1, b"Would fix 3 findings in 2 files.\n")
    assert [line for line in done.stdout.splitlines() if line.startswith(b"+")] == [
        b"+++ b/a.ipynb",
        b'+    "    optimizer.minimize(loss, var_list=[slope, offset], global_step=step)  # error: [LRL101]\\n",',
        '+    "    print(f\\"époque {epoch}: rate {lr()}\\")  # error: [LRL201]"'.encode(),
        b"+++ b/b.ipynb",
        b'+    "step = tf.Variable(0, trainable=False)"',
        b'+    "print(step.numpy(), rate())"',
    ]
    assert (here / "a.ipynb").read_bytes() == WRONG
    assert run("git", "init", "-q", ".").returncode == 0
    applied = run("git", "apply", "-", stdin=done.stdout)
    assert (applied.returncode, applied.stderr) == (0, b"")
    assert (here / "a.ipynb").read_bytes() == REPAIRED
    assert lrlint("--diff", ".").stdout == b""


def test_standard_input_is_a_notebook_by_its_name() -> None:
    done = lrlint("--stdin-filename", "x/n.ipynb", "--output-format", "concise", "-", stdin=WRONG)
    assert done.returncode == 1
    assert done.stdout.startswith(b"x/n.ipynb:cell 7:3:5: LRL101 [*] ")
    fixed = lrlint("--fix", "--stdin-filename", "n.ipynb", "-", stdin=WRONG)
    assert (fixed.returncode, fixed.stdout, fixed.stderr) == (0, REPAIRED, b"Fixed 2 findings; none left.\n")
    unchanged = lrlint("--fix", "--stdin-filename", "n.ipynb", "-", stdin=REPAIRED)
    assert (unchanged.returncode, unchanged.stdout) == (0, REPAIRED)


def test_comments_are_added_and_taken_away_in_the_cells(here: Path) -> None:
    assert lrlint("--add-noqa", "a.ipynb").returncode == 0
    silenced = (here / "a.ipynb").read_bytes()
    assert silenced == WRONG.replace(b"[LRL101]", b"[LRL101]  # noqa: LRL101").replace(
        b"[LRL201]", b"[LRL201]  # noqa: LRL201"
    )
    assert lrlint("a.ipynb").returncode == 0
    (here / "a.ipynb").write_bytes(silenced.replace(b"offset])", b"offset], global_step=step)"))
    done = lrlint("--extend-select", "LRL002", "--output-format", "concise", "-q", "a.ipynb")
    assert done.stdout == b"a.ipynb:cell 7:3:94: LRL002 [*] `# noqa: LRL101` suppresses nothing\n"


def test_verbose_says_why_a_notebook_is_skipped(here: Path) -> None:
    for name, cell in (("1.ipynb", "%%bash\nexponential_decay"), ("2.ipynb", "x = 1")):
        (here / name).write_text(json.dumps({"cells": [code(cell)]}), "utf-8")
    assert lrlint("-v", "1.ipynb", "2.ipynb").stderr.splitlines() == [
        b"1.ipynb: skipped: none of its Python cells names a decay",
        b"2.ipynb: skipped: it names no decay",
    ]


def test_a_broken_notebook_costs_the_others_nothing(here: Path) -> None:
    Path("0.ipynb").write_bytes(b'{"cells": [\n exponential_decay')
    Path("1.ipynb").write_bytes(b"")
    done = lrlint("--fix", "-q", "--output-format", "concise", ".")
    assert done.returncode == 1
    assert done.stdout == b"0.ipynb:2:2: LRL001 the notebook is not JSON: expecting value\n"
    assert (here / "a.ipynb").read_bytes() == REPAIRED


def test_flake8_and_lrlint_run_through_nbqa() -> None:
    """nbQA counts the cells of code only."""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for tool, places in (
        (["flake8", "--select", "LRL"], [b"a.ipynb:cell_5:3:5:", b"a.ipynb:cell_5:4:35:", b"b.ipynb:cell_1:4:8:"]),
        (["lrlint", "-q"], [b"a.ipynb:cell_5:3:5:", b"a.ipynb:cell_5:4:35:", b"b.ipynb:cell_1:4:8:"]),
    ):
        words = [sys.executable, "-m", "nbqa", tool[0], "a.ipynb", "b.ipynb", *tool[1:]]
        done = subprocess.run(words, capture_output=True, check=False, env=environment)
        assert done.returncode == 1, done.stderr
        assert [line.split()[0] for line in done.stdout.splitlines()] == places
