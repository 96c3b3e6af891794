"""What goes wrong with one file when fixes are written is one line, and costs no other file its fixes."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from lrlint.cli import main
from rights import nobody

WRONG = b"""\
import tensorflow as tf
tf.enable_eager_execution()
lr = tf.train.exponential_decay(0.1, tf.Variable(0), 10, 0.5)
print(lr)
"""
RIGHT = WRONG.replace(b"(lr)", b"(lr())")

posix = pytest.mark.skipif(os.name != "posix", reason="as POSIX has it")


@pytest.fixture
def folder(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file on each side of ``b/b.py``, where something is going to happen."""
    for name in ("a.py", "b/b.py", "c.py"):
        (open_folder / name).parent.mkdir(exist_ok=True)
        (open_folder / name).write_bytes(WRONG)
    monkeypatch.chdir(open_folder)
    # Whoever has no rights cannot import either, where the project is out of his reach.
    with tempfile.TemporaryDirectory() as other:
        (Path(other) / "a.py").write_bytes(WRONG)
        main(["--isolated", "--fix", "-q", other])
    return open_folder


@pytest.fixture
def fix(folder: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Fixes all, sees that all but the file in the middle was fixed, and gives what was said of that one."""

    def fix(*, content: bytes | None = WRONG, found: bool = True) -> str:
        capfd.readouterr()
        code = main(["--isolated", "--fix", "-q", "."])
        out, err = capfd.readouterr()
        assert code == 2
        assert out.startswith("b/b.py:4:7: LRL201 [*] ") if found else out == ""
        assert out.count("\n") == found
        assert (folder / "a.py").read_bytes() == (folder / "c.py").read_bytes() == RIGHT
        path = folder / "b" / "b.py"
        assert (path.read_bytes() if path.exists() else None) == content
        assert not list(folder.rglob(".lrlint-*"))
        assert err.count("\n") == 1
        return err

    return fix


@posix
def test_a_read_only_file(folder: Path, fix: Callable[..., str]) -> None:
    (folder / "b" / "b.py").chmod(0o444)
    with nobody(*folder.rglob("*"), folder):
        assert fix() == "lrlint: error: b/b.py: not fixed: permission denied\n"


@posix
def test_a_read_only_folder(folder: Path, fix: Callable[..., str]) -> None:
    (folder / "b").chmod(0o555)
    with nobody(*folder.rglob("*"), folder):
        assert fix() == "lrlint: error: b/b.py: not fixed: permission denied\n"


@posix
def test_a_limit_on_the_size_of_files(folder: Path, fix: Callable[..., str]) -> None:
    resource = pytest.importorskip("resource")
    long = WRONG + b"#" * 10_000
    (folder / "b" / "b.py").write_bytes(long)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(long), limits[1]))
    try:
        assert fix(content=long) == "lrlint: error: b/b.py: not fixed: file too large\n"
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


def test_a_full_disk(folder: Path, fix: Callable[..., str], small_disk: Path) -> None:
    (small_disk / "b.py").write_bytes(WRONG)
    with contextlib.suppress(OSError), (small_disk / "more").open("wb", buffering=0) as more:
        while True:
            more.write(b"x" * 4096)
    shutil.rmtree(folder / "b")
    (folder / "b").symlink_to(small_disk)
    assert fix() == "lrlint: error: b/b.py: not fixed: no space left on device\n"


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something between the reading of the file in the middle and its writing."""
    from lrlint import run

    real = run.examine

    def examine(path: str, data: bytes, job: run.Job) -> run.Outcome:
        outcome = real(path, data, job)
        if path == "b/b.py" and job.action == "fix":
            act()
        return outcome

    monkeypatch.setattr(run, "examine", examine)


def test_a_file_that_vanished(folder: Path, fix: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, (folder / "b" / "b.py").unlink)
    assert fix(content=None) == "lrlint: error: b/b.py: not fixed: no such file or directory\n"


def test_a_folder_that_vanished(folder: Path, fix: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    meanwhile(monkeypatch, lambda: shutil.rmtree(folder / "b"))
    assert fix(content=None) == "lrlint: error: b/b.py: not fixed: no such file or directory\n"


def test_a_file_that_somebody_else_changed(
    folder: Path, fix: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    meanwhile(monkeypatch, lambda: (folder / "b" / "b.py").write_bytes(b"mine"))
    words = "lrlint: error: b/b.py: not fixed: the file was changed by somebody else in the meantime\n"
    assert fix(content=b"mine") == words
