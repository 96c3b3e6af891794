"""Paths as users give them, and the files they stand for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lrlint.discover import discover, shown
from lrlint.globs import DEFAULT_EXCLUDE, Globs


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("")


def files(*paths: str, exclude: tuple[str, ...] = DEFAULT_EXCLUDE, force_exclude: bool = False) -> list[str]:
    found = discover(paths, lambda _: Globs(exclude), force_exclude=force_exclude)
    assert found.wrong == {}
    assert found.problems == {}
    return list(found.files)


def test_directories_give_python_files_in_the_order_of_their_paths() -> None:
    write("b.py", "a/z.pyi", "a/a.py", "a/notes.txt", "a.py", "a/x.pyc", "c/d/e/f.py", "B.PY", ".hidden/h.py")
    assert files(".") == [".hidden/h.py", "a.py", "a/a.py", "a/z.pyi", "b.py", "c/d/e/f.py"]


def test_a_file_is_read_whatever_its_suffix() -> None:
    write("script", "notes.txt")
    assert files("script", "notes.txt") == ["notes.txt", "script"]


def test_many_ways_to_one_file_give_it_once(here: Path) -> None:
    write("a/b.py")
    expected = ["a/b.py"]
    assert files("a/b.py", "./a/b.py", "a//b.py", "a", "./a/", ".", str(here), str(here / "a" / "b.py")) == expected
    assert files(".", "a/b.py") == files("a/b.py", ".") == expected


def test_a_file_outside_keeps_the_name_it_was_given_under(here: Path) -> None:
    write("a/b.py", "c/d.py")
    os.chdir("a")
    assert files("../c") == ["../c/d.py"]
    assert files(str(here / "c")) == [f"{here.as_posix()}/c/d.py"]


def test_default_excludes_count_below_the_given_paths_only() -> None:
    write("src/a.py", "src/node_modules/b.py", ".venv/lib/c.py", "build/d.py", "src/build.py", "__pycache__/e.py")
    assert files(".") == ["src/a.py", "src/build.py"]
    assert files("build", "src/node_modules/b.py") == ["build/d.py", "src/node_modules/b.py"]
    assert files("build", "src/node_modules/b.py", force_exclude=True) == []


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("gen", ["a_pb2.py", "src/a.py", "src/gen.py"]),
        ("src/gen", ["a_pb2.py", "gen/c.py", "src/a.py", "src/gen.py"]),
        ("./src/gen/", ["a_pb2.py", "gen/c.py", "src/a.py", "src/gen.py"]),
        ("*_pb2.py", ["gen/c.py", "src/a.py", "src/gen.py", "src/gen/b.py"]),
        ("src/*", ["a_pb2.py", "gen/c.py"]),
        ("src/**/b.py", ["a_pb2.py", "gen/c.py", "src/a.py", "src/gen.py"]),
        ("[ab]*.py", ["gen/c.py", "src/gen.py"]),
        ("", ["a_pb2.py", "gen/c.py", "src/a.py", "src/gen.py", "src/gen/b.py"]),
    ],
)
def test_exclude_patterns(pattern: str, left: list[str]) -> None:
    write("src/a.py", "src/gen/b.py", "src/gen.py", "gen/c.py", "a_pb2.py")
    assert files(".", exclude=(pattern,)) == left


def test_an_absolute_pattern(here: Path) -> None:
    write("src/a.py", "src/gen/b.py")
    assert files(".", exclude=(str(here / "src" / "gen"),)) == ["src/a.py"]


def test_forced_excludes_look_at_every_directory_of_a_given_path() -> None:
    write("src/gen/deep/b.py", "src/a.py")
    given = ("src/gen/deep/b.py", "src/a.py", "src/gen")
    assert files(*given, exclude=("src/gen",), force_exclude=True) == ["src/a.py"]
    assert files(*given, exclude=("src/gen",)) == ["src/a.py", "src/gen/deep/b.py"]


def test_links_are_followed_once_and_loops_end() -> None:
    write("real/a.py", "z/b.py", "outside/pkg/c.py")
    Path("z/up").symlink_to("..")
    Path("z/self").symlink_to(".")
    Path("z/again").symlink_to("../real")
    Path("z/c").symlink_to("../outside")
    Path("z/a_link.py").symlink_to("../real/a.py")
    Path("z/nowhere.py").symlink_to("missing.py")
    Path("z/round.py").symlink_to("round.py")
    assert files(".") == ["outside/pkg/c.py", "real/a.py", "z/b.py"]
    assert files("z") == ["z/a_link.py", "z/b.py", "z/c/pkg/c.py"]
    assert files("z/again") == ["z/again/a.py"]
    assert files("z/a_link.py", "real/a.py") == files("real/a.py", "z/a_link.py") == ["real/a.py"]


def test_a_link_into_an_excluded_directory_by_another_name() -> None:
    write(".venv/a.py", "b.py")
    Path("environment").symlink_to(".venv")
    assert files(".") == ["b.py"]


def test_only_files_that_can_be_read_to_an_end_are_found_in_directories() -> None:
    write("a.py")
    os.mkfifo("pipe.py")
    Path("directory.py").mkdir()
    write("directory.py/b.py")
    assert files(".") == ["a.py", "directory.py/b.py"]


def test_wrong_paths_are_told_and_the_others_are_found() -> None:
    write("a.py")
    found = discover(["missing.py", "a.py", "", "nul\0.py", "a.py/b.py"], lambda _: Globs(()))
    assert found.files == ("a.py",)
    assert list(found.wrong.items()) == [
        ("", "no such file or directory"),
        ("a.py/b.py", "not a directory"),
        ("missing.py", "no such file or directory"),
        ("nul\0.py", "not a path"),
    ]


def test_a_directory_that_cannot_be_read_does_not_cost_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    write("a/b.py", "c/d.py")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path == "a":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr("lrlint.discover.os.scandir", refuse)
    found = discover(["."], lambda _: Globs(()))
    assert (found.files, found.wrong, found.problems) == (("c/d.py",), {}, {"a": "permission denied"})


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", "."),
        ("./", "."),
        ("a/./b//c.py", "a/b/c.py"),
        ("../a.py", "../a.py"),
        ("a/../b.py", "a/../b.py"),
        ("/", "/"),
        ("/etc//x.py", "/etc/x.py"),
        ("-x.py", "-x.py"),
        ("", ""),
    ],
)
def test_shown_paths(path: str, expected: str) -> None:
    assert shown(path) == expected


def test_shown_paths_below_the_working_directory(here: Path) -> None:
    assert shown(str(here)) == "."
    assert shown(f"{here}/") == "."
    assert shown(str(here / "a.py")) == "a.py"
    assert shown(f"{here}2/a.py") == f"{here}2/a.py"
