"""``--diff``: one patch for all files, which git takes and which makes of them what ``--fix`` would."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")

WRONG = """\
import tensorflow as tf
tf.enable_eager_execution()
lr = tf.train.exponential_decay(0.1, tf.Variable(0), 10, 0.5)
print("é", lr)
"""
MORE = WRONG + "x = 1\n" * 20 + "print(lr)\n"

FILES = {
    "train.py": WRONG.encode(),
    "two hunks.py": MORE.encode(),
    "deep/er/train.py": WRONG.encode(),
    'it\'s/a "quoted" name.py': WRONG.encode(),
    "tab\there.py": WRONG.encode(),
    "back\\slash.py": WRONG.encode(),
    "schön/日本.py": WRONG.encode(),
    " blanks .py": WRONG.encode(),
    "no_newline.py": WRONG.rstrip().encode(),
    "crlf.py": WRONG.replace("\n", "\r\n").encode(),
    "cr.py": WRONG.replace("\n", "\r").encode(),
    "mixed.py": MORE.replace("x = 1\n", "x = 1\r\n", 7).encode(),
    "form_feed.py": WRONG.replace("lr =", "\x0clr =").encode(),
    "bom.py": b"\xef\xbb\xbf" + WRONG.encode(),
    "latin.py": b"# coding: latin-1\n" + WRONG.encode("latin-1"),
    "right.py": WRONG.replace("lr)", "lr())").encode(),
}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with all the files in it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    folder = tmp_path / "repository"
    for name, data in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    git(folder, "init", "-q")
    return folder


def git(folder: Path, *words: str, stdin: bytes = b"") -> bytes:
    run = subprocess.run(["git", *words], cwd=folder, input=stdin, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def lrlint(folder: Path, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "lrlint", "--isolated", "-q", *words]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in FILES}


def fixed(data: bytes) -> bytes:
    return data.replace(b"lr)", b"lr())")


@pytest.mark.parametrize("tool", [["git", "apply"], ["git", "apply", "--index"], ["patch", "-p1", "--binary", "-s"]])
def test_one_patch_for_all_files(repository: Path, tool: list[str]) -> None:
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not here")
    if "--index" in tool:
        git(repository, "add", "-A")
    run = lrlint(repository, "--diff")
    assert (run.returncode, run.stderr) == (1, b"")
    assert run.stdout.count(b"\n+++ ") + run.stdout.startswith(b"+++ ") == len(FILES) - 1
    assert contents(repository) == FILES
    applied = subprocess.run(tool, cwd=repository, input=run.stdout, capture_output=True, check=False)
    assert applied.returncode == 0, applied.stderr.decode()
    assert contents(repository) == {name: fixed(data) for name, data in FILES.items()}
    again = lrlint(repository, "--diff")
    assert (again.returncode, again.stdout) == (0, b"")


def test_the_patch_makes_what_fix_makes(repository: Path) -> None:
    patch = lrlint(repository, "--diff").stdout
    copy = repository.parent / "copy"
    shutil.copytree(repository, copy)
    assert lrlint(copy, "--fix").returncode == 0
    git(repository, "apply", stdin=patch)
    assert contents(repository) == contents(copy)


@pytest.mark.parametrize("path", [".", "er", "er/train.py"])
def test_paths_are_those_of_the_folder_it_runs_in(repository: Path, path: str) -> None:
    folder = repository / "deep"
    patch = lrlint(folder, "--diff", path).stdout
    assert patch.startswith(b"--- a/er/train.py\n+++ b/er/train.py\n@@ ")
    git(folder, "apply", stdin=patch)
    assert (folder / "er" / "train.py").read_bytes() == fixed(WRONG.encode())


def test_an_absolute_path_below_the_folder_is_shown_from_there(repository: Path) -> None:
    patch = lrlint(repository, "--diff", str(repository / "deep")).stdout
    assert patch.startswith(b"--- a/deep/er/train.py\n")
    git(repository, "apply", stdin=patch)


@pytest.mark.parametrize("name", ["train.py", 'it\'s/a "quoted" name.py', "no_newline.py", "crlf.py"])
def test_standard_input_has_the_name_it_is_given(repository: Path, name: str) -> None:
    run = lrlint(repository, "--diff", "--stdin-filename", name, "-", stdin=FILES[name])
    assert run.returncode == 1
    git(repository, "apply", stdin=run.stdout)
    assert (repository / name).read_bytes() == fixed(FILES[name])


def test_names_that_are_no_text(repository: Path) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (repository / name).write_bytes(WRONG.encode())
    except OSError:
        pytest.skip("this file system has no such names")
    patch = lrlint(repository, "--diff", name).stdout
    assert patch.startswith(b"--- a/caf\xe9.py\n")
    git(repository, "apply", stdin=patch)
    assert (repository / name).read_bytes() == fixed(WRONG.encode())
