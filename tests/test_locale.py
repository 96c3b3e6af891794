"""Fixes under a locale that knows ASCII only, of files and under names that need more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WRONG = """\
import tensorflow as tf
tf.enable_eager_execution()
lr = tf.train.exponential_decay(0.1, tf.Variable(0), 10, 0.5)
print("é ß", lr)  # é
"""

FILES = {
    "utf-8": WRONG.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + WRONG.encode(),
    "more than latin-1": WRONG.replace("ß", "日本😀").encode(),
    "latin-1": b"# -*- coding: latin-1 -*-\r\n" + WRONG.replace("\n", "\r\n").encode("latin-1"),
}

posix = pytest.mark.skipif(os.name != "posix", reason="locales and names as POSIX has them")


def lrlint(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command, with nothing that could make up for the locale."""
    hidden = ("LANG", "LC_", "PYTHON")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    environment |= {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "lrlint", "--isolated", *words]
    return subprocess.run(command, cwd=folder, env=environment, input=stdin, capture_output=True, check=False)


@posix
@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["train.py", "schön.py"])
def test_files_are_fixed_and_shown(tmp_path: Path, kind: str, name: str) -> None:
    data = FILES[kind]
    fixed = data.replace(b"lr)", b"lr())")
    path = tmp_path / name
    path.write_bytes(data)

    found = lrlint(tmp_path, "-q", "--output-format", "full", "--color", "never")
    assert (found.returncode, found.stderr) == (1, b"")
    assert b": LRL201 [*] the schedule `lr` reaches `print()`" in found.stdout

    diff = lrlint(tmp_path, "--diff", "-q")
    assert (diff.returncode, diff.stderr) == (1, b"")
    assert diff.stdout.startswith(b"--- a/" + os.fsencode(name) + b"\n")
    removed = next(line for line in data.split(b"\n") if line.startswith(b"print"))
    assert b"\n-" + removed + b"\n" in diff.stdout

    run = lrlint(tmp_path, "--fix")
    assert (run.returncode, run.stdout, run.stderr) == (0, b"Fixed 1 finding; none left.\n", b"")
    assert path.read_bytes() == fixed
    assert os.listdir(tmp_path) == [name]


@posix
@pytest.mark.parametrize("kind", FILES)
def test_standard_input_comes_back_byte_for_byte(tmp_path: Path, kind: str) -> None:
    run = lrlint(tmp_path, "--fix", "-q", "-", stdin=FILES[kind])
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == FILES[kind].replace(b"lr)", b"lr())")
