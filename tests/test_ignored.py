"""What git ignores is left out: as git says it, and as the files say it where there is no git to ask."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from lrlint.cli import main
from lrlint.discover import discover
from lrlint.globs import Globs

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """How git was called."""
    calls: list[tuple[str, ...]] = []
    run = subprocess.run

    def note(command: tuple[str, ...], **options: object) -> object:
        calls.append(command)
        return run(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr("subprocess.run", note)
    return calls


def write(*paths: str, text: str = "") -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text(text)


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def files(*paths: str, **options: bool) -> list[str]:
    found = discover(paths or (".",), lambda _: Globs(()), **options)
    assert (found.wrong, found.problems) == ({}, {})
    return [file for file in found.files if not file.startswith(".git/")]


def tree() -> None:
    write(".gitignore", text="gen/\n*_pb2.py\n!keep_pb2.py\n/top.py\n")
    write("a.py", "top.py", "sub/top.py", "gen/b.py", "sub/gen/c.py", "x_pb2.py", "keep_pb2.py", "sub/gen.py")
    write("sub/.gitignore", text="local.py\n!y_pb2.py\n")
    write("sub/local.py", "sub/y_pb2.py", "sub/deep/local.py", "other/local.py")


LEFT = ["a.py", "keep_pb2.py", "other/local.py", "sub/gen.py", "sub/top.py", "sub/y_pb2.py"]


@pytest.mark.parametrize("repository", [pytest.param(True, marks=needs_git), False])
def test_what_is_ignored_is_left_out(repository: bool) -> None:
    tree()
    if repository:
        git("init", "-q")
    assert files() == LEFT
    assert files("sub") == [path for path in LEFT if path.startswith("sub/")]
    assert files("sub", "other") == [path for path in LEFT if "/" in path]
    assert len(files(respect_gitignore=False)) == 12


@pytest.mark.parametrize("repository", [pytest.param(True, marks=needs_git), False])
def test_what_is_named_is_read(repository: bool) -> None:
    tree()
    if repository:
        git("init", "-q")
    assert files("gen/b.py", "top.py") == ["gen/b.py", "top.py"]
    assert files("gen", "sub/gen") == ["gen/b.py", "sub/gen/c.py"]


@needs_git
def test_what_git_tracks_is_not_ignored() -> None:
    tree()
    git("init", "-q")
    git("add", "-f", "gen/b.py", "x_pb2.py")
    assert files() == sorted([*LEFT, "gen/b.py", "x_pb2.py"])


@needs_git
def test_the_other_excludes_of_git(here: Path) -> None:
    tree()
    git("init", "-q")
    write(".git/info/exclude", text="a.py\n")
    write("git/ignore", text="other\n")
    assert files() == [path for path in LEFT if path not in ("a.py", "other/local.py")]


@needs_git
def test_a_repository_inside_another_has_rules_of_its_own() -> None:
    git("init", "-q")
    write(".gitignore", text="a.py\n")
    write("a.py", "b.py", "inner/a.py", "inner/b.py")
    git("init", "-q", "inner")
    write("inner/.gitignore", text="b.py\n")
    assert files() == ["b.py", "inner/a.py"]
    assert files("inner") == ["inner/a.py"]


@needs_git
def test_git_is_asked_once(asked: list[tuple[str, ...]]) -> None:
    tree()
    git("init", "-q")
    asked.clear()
    files(".")
    files("sub", "other", "gen")
    files("a.py", "sub/local.py")
    once = [(".",), ("gen", "other", "sub")]
    assert [command[command.index("--") + 1 :] for command in asked if "--ignored" in command] == once
    assert [command[command.index("--") + 1 :] for command in asked if "--ignored" not in command] == once


@needs_git
def test_the_index_is_enough_where_all_is_tracked(asked: list[tuple[str, ...]]) -> None:
    write("src/a.py", "src/deep/b.py", "src/\u00e4 \n.py", "src/.gitignore", text="*.log\n")
    git("init", "-q")
    git("add", "-A")
    asked.clear()
    expected = ["src/a.py", "src/deep/b.py", "src/\u00e4 \n.py"]
    assert files("src") == expected
    assert len(asked) == 1
    write("src/c.log", "src/d.txt")  # nothing that would be read
    assert files("src") == expected
    assert len(asked) == 2
    write("src/deep/new.py")
    assert files("src") == ["src/a.py", "src/deep/b.py", "src/deep/new.py", "src/\u00e4 \n.py"]
    assert len(asked) == 4


@needs_git
def test_what_was_deleted_is_not_read(here: Path) -> None:
    write("a.py", "b.py")
    git("init", "-q")
    git("add", "-A")
    (here / "a.py").unlink()
    assert files() == ["b.py"]


def test_without_a_repository_git_is_not_asked(asked: list[tuple[str, ...]]) -> None:
    tree()
    files()
    assert asked == []


@needs_git
@pytest.mark.parametrize("broken", ["missing", "failing"])
def test_where_git_cannot_be_asked_its_files_tell(monkeypatch: pytest.MonkeyPatch, here: Path, broken: str) -> None:
    tree()
    git("init", "-q")
    if broken == "missing":
        monkeypatch.setenv("PATH", "")
    else:
        shutil.rmtree(".git")
        Path(".git").write_text("nonsense\n")
    assert files() == LEFT
    assert files("sub") == [path for path in LEFT if path.startswith("sub/")]


@needs_git
def test_the_environment_of_a_hook_does_not_mislead_git(monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q", "other")
    write("one/.gitignore", text="a.py\n")
    write("one/a.py", "one/b.py")
    git("init", "-q", "one")
    monkeypatch.setenv("GIT_DIR", "other/.git")
    monkeypatch.setenv("GIT_WORK_TREE", "other")
    assert files("one") == ["one/b.py"]


@needs_git
def test_a_repository_names_no_program_that_is_run(here: Path) -> None:
    git("init", "-q")
    write("a.py")
    write("hook.sh", text=f"#!/bin/sh\ntouch {here}/ran\n")
    Path("hook.sh").chmod(0o755)
    git("config", "core.fsmonitor", f"{here}/hook.sh")
    assert files() == ["a.py"]
    assert not Path("ran").exists()


@needs_git
def test_names_of_all_kinds() -> None:
    git("init", "-q")
    names = ["ä b.py", "new\nline.py", ":(top)x.py", "*.py", "[a].py"]
    write(*names, *(f"dir *{name}/a.py" for name in names))
    write(".gitignore", text="ä*\nnew*\n:(top)x.py\n\\*.py\n\\[a\\].py\ndir*x.py/\n")
    left = [name for name in files() if name in names or name == "dir *:(top)x.py/a.py"]
    assert left == []
    assert len(files()) == 4
    assert files("dir *[a].py") == ["dir *[a].py/a.py"]


@pytest.mark.parametrize("repository", [pytest.param(True, marks=needs_git), False])
def test_a_link_leads_into_nothing_that_is_ignored(repository: bool) -> None:
    write(".gitignore", text="/env/\nout.py\n")
    write("env/lib/a.py", "real/b.py", "real/out.py")
    Path("link").symlink_to("env/lib")
    Path("other").symlink_to("env")
    Path("fine").symlink_to("real")
    if repository:
        git("init", "-q")
    assert files() == ["real/b.py"]
    assert files("link") == ["link/a.py"]


def test_lines_that_mean_nothing_are_passed_over() -> None:
    write(".gitignore", text="# a comment\n\n!\n[\na.py \\\nb.py\n")
    write("a.py", "b.py", "c.py")
    assert files() == ["a.py", "c.py"]


def test_a_file_of_rules_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".gitignore").mkdir()
    write("a.py")
    assert files() == ["a.py"]


def test_the_flag_and_the_key(capfd: pytest.CaptureFixture[str]) -> None:
    write(".gitignore", text="b.py\n")
    write("a.py", "b.py")

    def said(*arguments: str) -> str:
        assert main(arguments) == 0
        return capfd.readouterr().out

    assert said() == "No findings in 1 file.\n"
    assert said("--no-respect-gitignore") == "No findings in 2 files.\n"
    write("lrlint.toml", text="respect-gitignore = false\n")
    assert said() == "No findings in 2 files.\n"
    assert said("--respect-gitignore") == "No findings in 1 file.\n"


def test_a_tree_without_rules_loads_nothing(here: Path) -> None:
    import sys

    write("code/a.py")
    work = (
        "from lrlint.cli import main; main(['-q', 'code']); import sys;"
        "print({'pathspec', 'tomllib', 'tomli', 'concurrent.futures'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", work], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
