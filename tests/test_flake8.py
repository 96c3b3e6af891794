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
    before = Plugin.settings, Plugin.noqa
    yield
    Plugin.settings, Plugin.noqa = before


def plugin(text: str) -> Plugin:
    return Plugin(ast.parse(""), text.splitlines(keepends=True))


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


def test_options() -> None:
    Plugin.parse_options(SimpleNamespace(lrlint_mode="graph", disable_noqa=True))
    assert (Plugin.settings.mode, Plugin.noqa) == ("graph", False)
    Plugin.parse_options(SimpleNamespace(lrlint_mode="auto"))
    assert (Plugin.settings.mode, Plugin.noqa) == ("auto", True)


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
    assert places(done.stdout) == places(lrlint("fixtures/", cwd=ROOT)) != []


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


def test_a_syntax_error_is_flake8s_own(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import tensorflow as tf\ntf.train.exponential_decay(\n")
    done = flake8("--select", "LRL,E9", "a.py", cwd=tmp_path)
    assert re.match(r"a.py:\d+:\d+: E9", done.stdout)
    assert "LRL" not in done.stdout
    assert re.match(r"a.py:\d+:\d+: LRL001 ", lrlint("a.py", cwd=tmp_path))
