"""What is checked before there are flags: told in the same words as by the whole command, and checked only once."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrlint import cli, linter, start
from rights import nobody

WRONG = """\
import tensorflow as tf

tf.enable_eager_execution()
rate = tf.train.exponential_decay(0.1, tf.Variable(0), 10, 0.5)
print(rate)
"""
RIGHT = WRONG.replace("(rate)", "(rate())")
SUPPRESSED = WRONG.replace("(rate)", "(rate)  # noqa: LRL201")


def notebook(text: str) -> bytes:
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


FILES = {
    "plain.py": b"x = 1\n",
    "right.py": RIGHT.encode(),
    "wrong.py": WRONG.encode(),
    "below/wrong.py": WRONG.encode(),
    "build/wrong.py": WRONG.encode(),
    "suppressed.py": SUPPRESSED.encode(),
    "unused.py": RIGHT.replace("())", "())  # noqa: LRL201").encode(),
    "comment.py": b"# no exponential_decay here\n",
    "other.py": b"from optax import exponential_decay\nexponential_decay(0.1, 1, 0.5)\n",
    "broken.py": WRONG.encode() + b"def (:\n",
    "lying.py": b"# -*- coding: ascii -*-\n# \xe9\n" + WRONG.encode(),
    "null.py": WRONG.encode() + b"\0",
    "wide.py": WRONG.encode("utf-16"),
    "deep.py": WRONG.encode() + b"x = " + b"(" * 3000 + b")" * 3000 + b"\n",
    "right.ipynb": notebook(RIGHT),
    "wrong.ipynb": notebook(WRONG),
    "broken.ipynb": b"{" + notebook(WRONG),
    "\u00fcber.py": WRONG.encode(),
}
CALLS = st.one_of(
    st.sampled_from([[], ["."], ["check"], ["below"], ["--force-exclude", "."], ["check", "--force-exclude", "build"]]),
    st.lists(st.sampled_from([*FILES, "missing.py", ".", "build"]), min_size=1, max_size=4),
    st.lists(st.sampled_from(list(FILES)), min_size=1).map(lambda paths: ["--force-exclude", *paths]),
)


class Told(NamedTuple):
    """All that a run leaves behind."""

    code: int
    out: str
    err: str


def told(main: Callable[[Sequence[str]], int], arguments: Sequence[str]) -> Told:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        code = main(arguments)
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return Told(code, *texts)


def write(directory: str | Path, *names: str) -> None:
    for name in names:
        path = Path(directory, name)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(FILES[name])


@given(st.sets(st.sampled_from(list(FILES))), CALLS, st.booleans())
@example({"right.py", "suppressed.py", "comment.py", "other.py", "right.ipynb"}, [], False)
@example(set(FILES), [], False)
@example(set(FILES), [], True)
def test_it_tells_what_the_whole_command_tells(names: set[str], arguments: list[str], cached: bool) -> None:
    with tempfile.TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        work = Path(directory, "work")
        work.mkdir()
        write(work, *names)
        patch.chdir(work)
        for name in ("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(Path(directory, "home")))
        patch.setenv("LRLINT_NO_CACHE", "1")
        expected = told(cli.main, arguments)
        if cached:
            patch.delenv("LRLINT_NO_CACHE")
        assert [told(start.main, arguments) for _ in range(2)] == [expected] * 2
        assert told(cli.main, arguments) == expected


def test_a_file_is_checked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "right.py", "wrong.py", "wrong.ipynb")
    monkeypatch.chdir(tmp_path)
    checked: list[str] = []
    check_bytes = linter.check_bytes

    def noted(path: str, *arguments: object) -> object:
        checked.append(path)
        return check_bytes(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "check_bytes", noted)
    assert told(start.main, []).out.endswith("2 findings in 2 files.\n[*] 2 fixable with `--fix`.\n")
    assert checked == ["right.py", "wrong.ipynb", "wrong.py"]


def test_what_cannot_be_read(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(open_folder, "right.py", "wrong.py")
    monkeypatch.chdir(open_folder)
    told(start.main, [])  # whoever has no rights cannot import either, where the project is out of his reach
    path = open_folder / "right.py"
    with nobody(path):
        path.chmod(0)
        ends = [told(main, []) for main in (start.main, cli.main)]
    assert ends[0] == ends[1]
    assert (ends[0].code, ends[0].err) == (2, "lrlint: error: right.py: permission denied\n")
    assert "wrong.py:5:7: LRL201" in ends[0].out


def test_a_bug_of_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def follow(*_: object) -> None:
        raise ZeroDivisionError("no")

    write(tmp_path, "right.py")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(linter, "_follow", follow)
    ends = [told(main, []) for main in (start.main, cli.main)]
    error = "right.py: internal error in lrlint, please report it: ZeroDivisionError: no"
    assert ends == [(2, "No findings in 1 file.\n", f"lrlint: error: {error}\n")] * 2


@pytest.mark.parametrize(
    ("variables", "loaded"),
    [
        ({"LRLINT_NO_CACHE": "1"}, "lrlint.pool lrlint.trace"),
        ({}, "lrlint.cache lrlint.pool lrlint.trace platformdirs"),
        ({"LRLINT_NO_CACHE": "true"}, "click lrlint.command lrlint.pool lrlint.trace"),
        ({"LRLINT_CACHE_DIR": "kept"}, "click lrlint.cache lrlint.command lrlint.pool lrlint.trace"),
    ],
)
def test_what_is_loaded_to_find_nothing(tmp_path: Path, variables: dict[str, str], loaded: str) -> None:
    work = tmp_path / "work"
    work.mkdir()
    write(work, "right.py", "suppressed.py")
    watched = "click lrlint.cache lrlint.command lrlint.pool lrlint.trace lrlint.worker platformdirs rich subprocess"
    program = (
        "import sys; from lrlint.start import main; code = main([]);"
        f"print(code, *(name for name in {watched.split()} if name in sys.modules))"
    )
    known = {name: value for name, value in os.environ.items() if not name.startswith("LRLINT_")}
    home = dict.fromkeys(("HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"), str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=work,
        env=known | home | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"No findings in 2 files.\n0 {loaded}\n"
