"""Every way to ask for what cannot be: one line on standard error, exit code 2, and nothing is written.

Errors that need a machine which misbehaves (a full disk, a file that vanishes) are in ``test_cli.py``.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from lrlint.cli import main

FORMATS = "`full`, `concise`, `json`, `json-lines`, `sarif`, `github`, `gitlab`, `junit` and `rdjson`"
EXPONENTIAL = "exponential_decay(learning_rate, decay_steps, decay_rate, staircase=False)"
LONG = "x" * 300 + ".py"


class Row(NamedTuple):
    """What is asked for, what is said of it, and the files that lie there beside ``a.py``."""

    arguments: list[str]
    words: str
    files: Mapping[str, str | bytes] = {}


FLAGS = [
    Row(["--zzz"], "no such option `--zzz`"),
    Row(["-z"], "no such option `-z`"),
    Row(["--selct", "LRL1"], "no such option `--selct`; did you mean `--select`?"),
    Row(["check", "--zzz"], "no such option `--zzz`"),
    Row(["--select"], "option '--select' requires an argument"),
    Row(["--output-file"], "option '--output-file' requires an argument"),
    Row(["--jobs"], "option '--jobs' requires an argument"),
    Row(["--fix=yes"], "option '--fix' does not take a value"),
    Row(["--exit-zero=1"], "option '--exit-zero' does not take a value"),
    Row(["--jobs", "many"], "`--jobs` must be a whole number of at least 1, not `many`"),
    Row(["--jobs", "0"], "`--jobs` must be a whole number of at least 1, not `0`"),
    Row(["-j", "-1"], "`--jobs` must be a whole number of at least 1, not `-1`"),
    Row(["--mode", "lazy"], "unknown mode `lazy`; known are `auto`, `eager` and `graph`"),
    Row(["--output-format", "xml"], f"unknown output format `xml`; known are {FORMATS}"),
    Row(["--color", "blue"], "unknown color `blue`; known are `auto`, `always` and `never`"),
    Row(
        ["--statistics", "--output-format", "sarif"],
        "`--statistics` is there in `full`, `concise` and `json`, not in `sarif`",
    ),
    Row(["--add-noqa", "--fix"], "`--add-noqa` suppresses what `--fix` would repair: choose one"),
    Row(["--reason", "a"], "`--reason` is what `--add-noqa` writes, which is not given"),
    Row(["--add-noqa", "--reason", "a\nb"], "`--reason` must be one line of text"),
]

CODES = [
    Row(["--select", "LRL999"], "unknown code `LRL999` in `select`"),
    Row(["--select", "ALL,E501"], "unknown code `E501` in `select`"),
    Row(["--select", "LRL101 LRL201"], "unknown code `LRL101 LRL201` in `select`; did you mean `LRL101`?"),
    Row(["--ignore", "lrl"], "unknown code `lrl` in `ignore`; did you mean `LRL`?"),
    Row(["--extend-select", "syntax-error"], "unknown code `syntax-error` in `extend-select`; did you mean `LRL001`?"),
    Row(["--select", ""], "empty code in `select`"),
    Row(["--fixable", "LRL9"], "unknown code `LRL9` in `fixable`"),
    Row(["--unfixable", ""], "empty code in `unfixable`"),
    Row(["--per-file-ignores", "*.py:E501"], 'unknown code `E501` in `per-file-ignores."*.py"`'),
    Row(
        ["--per-file-ignores", "tests"],
        "`--per-file-ignores` takes a glob and a code, such as `tests/*:LRL2`, not `tests`",
    ),
]

PATHS = [
    Row(["missing.py"], "missing.py: no such file or directory"),
    Row(["chek"], "chek: no such file or directory; did you mean `check`?"),
    Row(["help"], "help: no such file or directory; did you mean `--help`?"),
    Row(["version"], "version: no such file or directory; did you mean `--version`?"),
    Row(["check", "check"], "check: no such file or directory"),
    Row(["--diff", "missing.py"], "missing.py: no such file or directory"),
    Row(["--fix", "missing.py"], "missing.py: no such file or directory"),
    Row(["--force-exclude", "missing.py"], "missing.py: no such file or directory"),
    Row(["--output-format", "github", "missing.py"], "missing.py: no such file or directory"),
    Row([""], "'': no such file or directory"),
    Row(["a.py/b.py"], "a.py/b.py: not a directory"),
    Row(["two\nlines.py"], "two lines.py: no such file or directory"),
    Row(["steering\x1b[2J.py"], "steering\u241b[2J.py: no such file or directory"),
    Row(["null\0byte.py"], "null\u2400byte.py: not a path"),
    Row(["loop.py"], "loop.py: too many levels of symbolic links"),
    Row([LONG], f"{LONG}: file name too long"),
    Row(["-o", "a.py/out"], "`--output-file`: a.py/out: not a directory"),
    Row(["-o", "."], "`--output-file`: .: is a directory"),
    Row(["-o", ""], "`--output-file`: '': no such file or directory"),
]

STANDARD_INPUT = [
    Row(["-", "a.py"], "`-` is standard input and cannot be checked together with other paths"),
    Row(["-", "-"], "`-` is standard input and cannot be checked together with other paths"),
    Row(["--fix", "a.py", "-"], "`-` is standard input and cannot be checked together with other paths"),
    Row(["--stdin-filename", "b.py", "a.py"], "`--stdin-filename` names standard input, and other paths are given"),
]

CONFIGURATION = [
    Row(["--config", "none.toml"], "none.toml: no such file or directory"),
    Row(["--config", "."], ".: is a directory"),
    Row(["--config", "x.toml", "--isolated"], "`--config` and `--isolated` contradict each other", {"x.toml": ""}),
    Row(
        ["--config", "pyproject.toml"],
        "pyproject.toml: has no `[tool.lrlint]`",
        {"pyproject.toml": "[tool.ruff]\n"},
    ),
    Row(["a.py"], "lrlint.toml:1: unknown key `selct`; did you mean `select`?", {"lrlint.toml": "selct = []\n"}),
    Row(
        ["a.py"],
        "lrlint.toml:2: `select` must be a list of strings, not a string",
        {"lrlint.toml": "\nselect = 'LRL'\n"},
    ),
    Row(
        ["a.py"],
        "lrlint.toml:1: `exclude` must be a list of strings, and an integer is among them",
        {"lrlint.toml": "exclude = [1]\n"},
    ),
    Row(
        ["a.py"],
        "lrlint.toml:1: `per-file-ignores` must be a table of globs and codes, not a list",
        {"lrlint.toml": "per-file-ignores = []\n"},
    ),
    Row(
        ["a.py"],
        "lrlint.toml:1: `preview` must be true or false, not an integer",
        {"lrlint.toml": "preview = 1\n"},
    ),
    Row(
        ["a.py"],
        f"lrlint.toml:1: unknown output format `xml`; known are {FORMATS}",
        {"lrlint.toml": "output-format = 'xml'\n"},
    ),
    Row(
        ["a.py"],
        "pyproject.toml:2: unknown code `LRL999` in `ignore`",
        {"pyproject.toml": "[tool.lrlint]\nignore = ['LRL999']\n"},
    ),
    Row(
        ["a.py"],
        "pyproject.toml:2: `mode` must be a string, not an integer",
        {"pyproject.toml": "[tool.lrlint]\nmode = 3\n"},
    ),
    Row(
        ["a.py"],
        "pyproject.toml:2: unknown mode `egaer`; known are `auto`, `eager` and `graph`",
        {"pyproject.toml": "[tool.lrlint]\nmode = 'egaer'\n"},
    ),
    Row(
        ["a.py"],
        "pyproject.toml:2: `jobs` must be at least 1, not 0",
        {"pyproject.toml": "[tool.lrlint]\njobs = 0\n"},
    ),
    Row(["a.py"], "pyproject.toml:2: `tool.lrlint` must be a table", {"pyproject.toml": "[tool]\nlrlint = 1\n"}),
    Row(
        ["a.py"],
        "lrlint.toml:2: `[tool.lrlint]` is for pyproject.toml; here its keys stand without a table",
        {"lrlint.toml": "\n[tool.lrlint]\npreview = true\n"},
    ),
    Row(["a.py"], "lrlint.toml:1: not UTF-8, as TOML has to be", {"lrlint.toml": b"# \xff\n"}),
    Row(
        ["a.py"],
        "lrlint.toml:1: `extend`: no.toml: no such file or directory",
        {"lrlint.toml": "extend = 'no.toml'\n"},
    ),
    Row(["a.py"], "lrlint.toml:1: `extend` leads back to lrlint.toml", {"lrlint.toml": "extend = 'lrlint.toml'\n"}),
    Row(["config", "no/such"], "no/such: no such file or directory"),
    Row(["config", "a.py", "b"], "got unexpected extra argument (b)"),
]

OTHER_COMMANDS = [
    Row(["explain"], "missing what to explain: a rule, a file, a place in a file, or `--decay`"),
    Row(["explain", "LRL999"], "unknown rule `LRL999`"),
    Row(["explain", "LRL0001"], "unknown rule `LRL0001`; did you mean `LRL001`?"),
    Row(["explain", "sintax-error"], "unknown rule `sintax-error`; did you mean `LRL001`?"),
    Row(["explain", "missing.py"], "missing.py: no such file or directory"),
    Row(["explain", "a.py:x"], "a.py:x: no such file or directory"),
    Row(["explain", "LRL001", "--plto"], "no such option `--plto`; did you mean `--plot`?"),
    Row(["explain", "-x"], "no such option `-x`"),
    Row(["explain", "--steps", "3", "a.py"], "`--steps` says how far `--decay` goes, and none is given"),
    Row(
        ["explain", "--steps", "no", "--decay", "cosine_decay", "1", "1"],
        "`--steps` must be a whole number of at least 1, not `no`",
    ),
    Row(
        ["explain", "--decay", "exponential_decay"],
        f"missing `learning_rate`, `decay_steps` and `decay_rate`: {EXPONENTIAL}",
    ),
    Row(
        ["explain", "--decay", "exponential_decay", "x", "1", "1"],
        f"`learning_rate` must be a number, not `x`: {EXPONENTIAL}",
    ),
    Row(["explain", "--plot", "a.gif", "a.py"], "`a.gif` cannot be drawn; known are `.svg`, `.png` and `.pdf`"),
    Row(
        ["explain", "--html", "x.html", "LRL101"],
        "`--html` is a page about findings in files, and a rule is given",
    ),
    Row(
        ["explain", "--html", "x.html", "--plot", "a.svg", "a.py"],
        "`--html` is a page by itself, and goes with neither `--decay` nor `--plot`",
    ),
    Row(["rules", "LRL001"], "got unexpected extra argument (LRL001)"),
    Row(["rules", "--wrong"], "no such option `--wrong`"),
    Row(
        ["rules", "--output-format", "xml"],
        "unknown output format `xml`; known are `text`, `markdown`, `json` and `html`",
    ),
    Row(["server", "--port"], "no such option `--port`"),
    Row(["server", "a.py"], "got unexpected extra argument (a.py)"),
]


@pytest.mark.parametrize(
    "row",
    [*FLAGS, *CODES, *PATHS, *STANDARD_INPUT, *CONFIGURATION, *OTHER_COMMANDS],
    ids=lambda row: " ".join([*row.arguments, *row.files])[:60],
)
def test_errors_are_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], row: Row
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"ok = 1\n")))
    files = {"a.py": b"ok = 1\n"} | {
        name: text.encode() if isinstance(text, str) else text for name, text in row.files.items()
    }
    for name, data in files.items():
        Path(name).write_bytes(data)
    os.symlink("loop.py", "loop.py")
    code = main(row.arguments)
    sys.stdout.flush()
    captured = capfdbinary.readouterr()
    assert (code, captured.err.decode()) == (2, f"lrlint: error: {row.words}\n")
    assert captured.out == b""
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if not path.is_symlink()} == files
