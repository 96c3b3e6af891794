"""The flake8 plugin: alone, and inside the real flake8 as people run it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from lrlint import __version__
from lrlint.configuration.tables import layers_of
from lrlint.finding import Finding, Location
from lrlint.flake8 import Plugin
from lrlint.linter import CheckResult

ROOT = Path(__file__).parent.parent

WRONG = """\
import tensorflow as tf
tf.enable_eager_execution()
step = tf.Variable(0)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
print("größer:", rate)
step = step + 1
"""


@pytest.fixture(autouse=True)
def options() -> Iterator[None]:
    """Options are kept on the class, as flake8 wants it: put them back."""
    before = Plugin.said, Plugin.noqa, Plugin._configurations
    yield
    Plugin.said, Plugin.noqa, Plugin._configurations = before


def plugin(text: str) -> Plugin:
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        tree = None
    return Plugin(tree, text.splitlines(keepends=True))


def flake8(*arguments: str, cwd: Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "flake8", *arguments], cwd=cwd, input=stdin, capture_output=True, text=True, check=False
    )


def lrlint(*arguments: str, cwd: Path, stdin: str | None = None) -> str:
    command = [sys.executable, "-m", "lrlint", "-q", *arguments]
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, text=True, check=False).stdout


def places(output: str) -> list[str]:
    """Findings as flake8 writes them, in one order, for the two sort differently."""
    return sorted(re.sub(r"(: LRL\d+) \[\*\]", r"\1", line) for line in output.splitlines())


def test_columns_count_from_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    found = Finding("LRL201", "printed-schedule", "a message", Location(5, 18), Location(5, 22))
    monkeypatch.setattr("lrlint.linter.check_source", lambda *_, **__: CheckResult((found,)))
    assert list(plugin(WRONG).run()) == [(5, 17, "LRL201 a message", Plugin)]


def test_a_file_without_a_decay_gives_nothing_and_loads_nothing(tmp_path: Path) -> None:
    work = (
        "import ast, sys; from lrlint.flake8 import Plugin;"
        "print(list(Plugin(ast.parse(''), ['import os\\n', 'print(os)']).run()), 'libcst' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", work], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[] False\n"


def test_a_bug_is_told_and_costs_one_file_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("lrlint.linter.check_source", lambda *_, **__: CheckResult((), "internal error"))
    assert list(plugin(WRONG).run()) == []
    assert capsys.readouterr() == ("", "lrlint: error: internal error\n")


@pytest.mark.parametrize(
    "text", ["", "\n", "\ufeff", "\0decay", "tf.train.exponential_decay(", "\ud800 exponential_decay"]
)
def test_odd_texts(text: str) -> None:
    for row, column, words, kind in plugin(text).run():
        assert row >= 1
        assert column >= 0
        assert words.startswith("LRL001 ")
        assert kind is Plugin


def test_the_tree_of_flake8_is_not_parsed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str) -> None:
        raise AssertionError(text)

    wrong = plugin(WRONG)
    monkeypatch.setattr("lrlint.parse.parse_tree", refuse)
    assert [row for row, *_ in wrong.run()] == [5, 6]


def test_configuration_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[tool.lrlint]\nignore = ['LRL2']\n")
    Plugin.parse_options(SimpleNamespace(lrlint_mode=None, lrlint_preview=False))
    read: list[str] = []
    real = layers_of

    def note(path: str) -> object:
        read.append(path)
        return real(path)

    monkeypatch.setattr("lrlint.configuration.layers_of", note)
    for _ in range(3):
        assert [row for row, *_ in plugin(WRONG).run()] == [6]
    assert read == [str(tmp_path / "pyproject.toml")]


def test_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Plugin.parse_options(SimpleNamespace(lrlint_mode="graph", lrlint_preview=True, disable_noqa=True))
    settings = Plugin._settings("a.py")
    assert (settings.mode, settings.preview, Plugin.noqa) == ("graph", True, False)
    Plugin.parse_options(SimpleNamespace(lrlint_mode=None, lrlint_preview=False))
    settings = Plugin._settings("a.py")
    assert (settings.mode, settings.preview, Plugin.noqa) == ("auto", False, True)


def test_flake8_knows_the_plugin(tmp_path: Path) -> None:
    assert f"lrlint: {__version__}" in " ".join(flake8("--version", cwd=tmp_path).stdout.split())
    assert "--lrlint-mode {auto,eager,graph}" in flake8("--help", cwd=tmp_path).stdout


def test_flake8_says_what_the_command_says(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WRONG, "utf-8")
    done = flake8("--select", "LRL", "a.py", cwd=tmp_path)
    assert done.stderr == ""
    assert [line.split()[0] for line in places(done.stdout)] == ["a.py:5:18:", "a.py:6:1:"]
    assert places(done.stdout) == places(lrlint("a.py", cwd=tmp_path))


def test_flake8_says_what_the_command_says_of_every_fixture() -> None:
    done = flake8("--select", "LRL", "fixtures/", cwd=ROOT)
    assert done.stderr == ""
    assert done.returncode == 1
    # flake8 by itself reads no notebooks
    assert places(done.stdout) == places(lrlint("--extend-exclude", "*.ipynb", "fixtures/", cwd=ROOT)) != []


def test_flake8_says_what_the_command_says_of_standard_input(tmp_path: Path) -> None:
    for text in (WRONG, WRONG.replace("\n", "\r\n"), WRONG.removesuffix("\n")):
        done = flake8("--select", "LRL", "-", cwd=tmp_path, stdin=text)
        assert done.stderr == ""
        assert places(done.stdout) == places(lrlint("-", cwd=tmp_path, stdin=text))
        assert len(places(done.stdout)) == 2
    named = flake8("--select", "LRL", "--stdin-display-name", "b.py", "-", cwd=tmp_path, stdin=WRONG)
    assert places(named.stdout) == places(lrlint("--stdin-filename", "b.py", "-", cwd=tmp_path, stdin=WRONG))


def test_noqa_is_one_thing_in_both(tmp_path: Path) -> None:
    text = WRONG.replace("rate)\n", "rate)  # noqa: LRL201\n")
    (tmp_path / "a.py").write_text(text, "utf-8")
    done = flake8("--select", "LRL", "a.py", cwd=tmp_path)
    assert [line.split()[0] for line in places(done.stdout)] == ["a.py:6:1:"]
    assert places(done.stdout) == places(lrlint("a.py", cwd=tmp_path))
    assert len(places(flake8("--select", "LRL", "--disable-noqa", "a.py", cwd=tmp_path).stdout)) == 2


def test_the_mode_comes_from_flags_and_from_configuration(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WRONG, "utf-8")
    assert flake8("--select", "LRL", "--lrlint-mode", "graph", "a.py", cwd=tmp_path).stdout == ""
    (tmp_path / ".flake8").write_text("[flake8]\nselect = LRL\nlrlint-mode = graph\n")
    assert flake8("a.py", cwd=tmp_path).stdout == ""
    assert len(places(flake8("--lrlint-mode", "eager", "a.py", cwd=tmp_path).stdout)) == 2


def test_an_unknown_mode_ends_flake8_with_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WRONG, "utf-8")
    done = flake8("--lrlint-mode", "lazy", "a.py", cwd=tmp_path)
    assert done.returncode == 1
    assert "unknown lrlint-mode `lazy`; known are `auto`, `eager` and `graph`" in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_the_table_of_the_command_holds_here_too(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WRONG, "utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.py").write_text(WRONG, "utf-8")
    (tmp_path / "lrlint.toml").write_text('[per-file-ignores]\n"sub/*" = ["LRL1"]\n')

    def found(*arguments: str) -> list[str]:
        done = flake8("--select", "LRL", *arguments, cwd=tmp_path)
        assert done.stderr == ""
        return [line.split()[0] for line in places(done.stdout)]

    assert found() == ["./a.py:5:18:", "./a.py:6:1:", "./sub/b.py:5:18:"]
    assert places(flake8("--select", "LRL", "sub/b.py", cwd=tmp_path).stdout) == places(lrlint("sub", cwd=tmp_path))
    (tmp_path / "lrlint.toml").write_text('mode = "graph"\n')
    assert found() == []
    assert found("--lrlint-mode", "eager", "a.py") == ["a.py:5:18:", "a.py:6:1:"]
    (tmp_path / "lrlint.toml").write_text('ignore = ["LRL105"]\n')
    assert found("a.py") == ["a.py:5:18:"]
    assert found("--extend-select", "LRL105", "a.py") == ["a.py:5:18:", "a.py:6:1:"]
    assert found("--extend-select", "LRL999", "a.py") == ["a.py:5:18:"]


def test_standard_input_has_the_table_of_its_name(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "lrlint.toml").write_text('mode = "graph"\n')
    named = ("--select", "LRL", "--stdin-display-name", "sub/b.py", "-")
    assert flake8(*named, cwd=tmp_path, stdin=WRONG).stdout == ""
    assert len(places(flake8("--select", "LRL", "-", cwd=tmp_path, stdin=WRONG).stdout)) == 2


def test_a_wrong_table_is_a_line_and_costs_no_finding(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(WRONG, "utf-8")
    (tmp_path / "b.py").write_text(WRONG, "utf-8")
    (tmp_path / "lrlint.toml").write_text('mode = "graph"\nselct = 1\n')
    done = flake8("--jobs", "1", "--select", "LRL", ".", cwd=tmp_path)
    assert done.stderr == "lrlint: error: lrlint.toml:2: unknown key `selct`; did you mean `select`?\n"
    assert len(places(done.stdout)) == 4


def test_without_a_decay_no_table_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import os\n\nprint(os.name)\n")
    (tmp_path / "lrlint.toml").write_text("wrong")
    done = flake8("a.py", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_syntax_error_is_flake8s_own(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import tensorflow as tf\ntf.train.exponential_decay(\n")
    done = flake8("--select", "LRL,E9", "a.py", cwd=tmp_path)
    assert re.match(r"a.py:\d+:\d+: E9", done.stdout)
    assert "LRL" not in done.stdout
    assert re.match(r"a.py:\d+:\d+: LRL001 ", lrlint("a.py", cwd=tmp_path))
