"""Comments that suppress: the ones that are written (``--add-noqa``) and the ones that are left over (LRL002)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lrlint
from lrlint.cli import main
from lrlint.config import Settings
from lrlint.fixes import fix_source
from lrlint.linter import check_bytes, check_source
from lrlint.source import Source
from lrlint.suppress import add_noqa

HEAD = """\
import tensorflow as tf
tf.enable_eager_execution()
step = tf.Variable(0)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
"""
ASKED = Settings(extend_select=("LRL002",))


def source(text: str) -> Source:
    return Source("a.py", HEAD + text)


def suppressed(text: str, reason: str = "", settings: Settings = ASKED) -> str:
    """What ``--add-noqa`` makes of a program, which then has no finding left, and to which nothing more is added."""
    done = add_noqa(source(text), settings, reason)
    assert done.error is None
    assert done.remaining == check_source(done.source, settings).findings == ()
    assert add_noqa(done.source, settings, reason).source == done.source
    return done.source.text.removeprefix(HEAD)


def unused(text: str, settings: Settings = ASKED) -> list[tuple[int, int, int, str]]:
    return [
        (found.location.row - 4, found.location.column, found.end_location.column, found.message)
        for found in check_source(source(text), settings).findings
        if found.code == "LRL002"
    ]


def cleaned(text: str) -> str:
    """What the fix of LRL002 makes of a program, in which nothing else is fixed."""
    done = fix_source(source(text), Settings(select=("LRL",), extend_select=("LRL002",), fixable=("LRL002",)))
    assert (done.error, done.refused) == (None, ())
    assert "LRL002" not in {finding.code for finding in done.remaining}
    return done.source.text.removeprefix(HEAD)


# Written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(rate)\n", "print(rate)  # noqa: LRL201\n"),
        ("print(rate)", "print(rate)  # noqa: LRL201"),
        ("print(rate)\r\n", "print(rate)  # noqa: LRL201\r\n"),
        ("print(rate)  \n", "print(rate)  # noqa: LRL201  \n"),
        ("print(rate)  # why\n", "print(rate)  # why  # noqa: LRL201\n"),
        ("print(rate, rate * 2)\n", "print(rate, rate * 2)  # noqa: LRL201, LRL202\n"),
        ("print(rate)  # noqa: E501\n", "print(rate)  # noqa: E501, LRL201\n"),
        ("print(rate)  # noqa:E501,W505 # why\n", "print(rate)  # noqa:E501,W505, LRL201 # why\n"),
        ("print(rate)  # noqa\n", "print(rate)  # noqa\n"),
        ("print(rate)  # noqa: LRL201\n", "print(rate)  # noqa: LRL201\n"),
        ("print(\n    rate\n)\n", "print(\n    rate  # noqa: LRL201\n)\n"),
        ("x = 'a' + \\\n  str(rate)\n", "x = 'a' + \\\n  str(rate)  # noqa: LRL201\n"),
        ("x = str(rate) + \\\n  'a'\n", "x = str(rate) + \\\n  'a'  # noqa: LRL201\n"),
        ('x = f"""\n{rate}\n"""\n', 'x = f"""\n{rate}\n"""  # noqa: LRL201\n'),
        (
            'x = """\n""" + str(rate) + """\n"""  # noqa: E501\n',
            'x = """\n""" + str(rate) + """\n"""  # noqa: E501, LRL201\n',
        ),
        ("print(rate); print(rate)\n", "print(rate); print(rate)  # noqa: LRL201\n"),
        ("if 1:\n\tprint('größer 🙂', rate)\n", "if 1:\n\tprint('größer 🙂', rate)  # noqa: LRL201\n"),
    ],
)
def test_a_comment_is_written_where_it_is_read(text: str, expected: str) -> None:
    assert suppressed(text) == expected


def test_a_reason_stands_behind_the_comment() -> None:
    assert suppressed("print(rate)\n", "E501 is old") == "print(rate)  # noqa: LRL201  # E501 is old\n"
    assert suppressed("print(rate)  # noqa: E501\n", "old") == "print(rate)  # noqa: E501, LRL201  # old\n"
    assert suppressed("print(rate)  # noqa: E501  # old\n", "old") == "print(rate)  # noqa: E501, LRL201  # old\n"


def test_what_no_comment_can_suppress_stays() -> None:
    text = "x = f'''# noqa: E501 {rate}'''\n"
    done = add_noqa(source(text), ASKED)
    assert done.source == source(text)
    assert [finding.code for finding in done.remaining] == ["LRL201"]
    assert done.added == {}


def test_a_comment_that_is_left_over_gets_no_other() -> None:
    text = "print(rate())  # noqa: LRL201\n"
    done = add_noqa(source(text), ASKED)
    assert done.source == source(text)
    assert [finding.code for finding in done.remaining] == ["LRL002"]


def test_a_broken_file_is_left_alone() -> None:
    done = add_noqa(source("print(rate\n"), ASKED)
    assert done.source == source("print(rate\n")
    assert [finding.code for finding in done.remaining] == ["LRL001"]


def test_every_finding_of_the_fixtures_can_be_suppressed() -> None:
    for path in sorted(Path(__file__).parent.parent.glob("fixtures/*/*.py")):
        before = Source.from_bytes(str(path), path.read_bytes())
        done = add_noqa(before, ASKED, "for now")
        assert (done.error, done.remaining) == (None, ()), path
        assert add_noqa(done.source, ASKED, "for now").source == done.source, path
        assert sum(done.added.values()) == len(lrlint.check(before.text)), path


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *capfd.readouterr()

    return run


def test_the_command_writes_them(run: Callable[..., tuple[int, str, str]]) -> None:
    file = Path("a.py")
    file.write_text(HEAD + "print(rate)\nprint(rate)\n")
    code, out, err = run("--add-noqa", "--diff")
    assert (code, err) == (1, "Would suppress 2 findings in 1 file.\n")
    assert "-print(rate)\n-print(rate)\n+print(rate)  # noqa: LRL201\n+print(rate)  # noqa: LRL201\n" in out
    assert run("--add-noqa", "--reason", "old code") == (0, "Suppressed 2 findings; none left.\n", "")
    assert file.read_text() == HEAD + "print(rate)  # noqa: LRL201  # old code\n" * 2
    assert run("--add-noqa") == (0, "No findings in 1 file.\n", "")
    assert run("--add-noqa", "--diff") == (0, "", "Nothing to suppress.\n")
    file.write_text(HEAD + "print(rate)\nrate * 2\n")
    assert run("--add-noqa", "--ignore", "LRL2") == (0, "No findings in 1 file.\n", "")
    assert run("--add-noqa", "--select", "LRL202", "-q") == (0, "", "")
    assert file.read_text() == HEAD + "print(rate)\nrate * 2  # noqa: LRL202\n"


def test_standard_input(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lrlint", "--add-noqa", "-"],
        input=HEAD + "print(rate)\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert (done.stdout, done.stderr) == (HEAD + "print(rate)  # noqa: LRL201\n", "Suppressed 1 finding; none left.\n")


def test_a_notebook(run: Callable[..., tuple[int, str, str]]) -> None:
    cells = [
        {"cell_type": "code", "source": lines.splitlines(keepends=True), "metadata": {}, "outputs": []}
        for lines in (HEAD + "%matplotlib inline", "!ls\nprint(rate)\nprint(rate())")
    ]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 2}
    Path("a.ipynb").write_text(json.dumps(book, indent=1))
    assert run("--add-noqa") == (0, "Suppressed 1 finding; none left.\n", "")
    written = json.loads(Path("a.ipynb").read_text())
    assert written["cells"][1]["source"] == ["!ls\n", "print(rate)  # noqa: LRL201\n", "print(rate())"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--add-noqa", "--fix"], "`--add-noqa` suppresses what `--fix` would repair: choose one"),
        (["--add-noqa", "--unsafe-fixes"], "`--add-noqa` suppresses what `--fix` would repair: choose one"),
        (["--reason", "old"], "`--reason` is what `--add-noqa` writes, which is not given"),
        (["--add-noqa", "--reason", " "], "`--reason` must be one line of text"),
        (["--add-noqa", "--reason", "a\nb"], "`--reason` must be one line of text"),
    ],
)
def test_errors(run: Callable[..., tuple[int, str, str]], arguments: list[str], words: str) -> None:
    assert run(*arguments) == (2, "", f"lrlint: error: {words}\n")


# Left over


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("print(rate())  # noqa: LRL201\n", [(1, 16, 30, "`# noqa: LRL201` suppresses nothing")]),
        ("print(rate())  # noqa: LRL2, LRL1\n", [(1, 16, 34, "`# noqa: LRL2, LRL1` suppresses nothing")]),
        ("print(rate)  # noqa: LRL201, LRL202\n", [(1, 14, 36, "`# noqa: LRL202` suppresses nothing")]),
        ("print(rate)  # noqa: LRL2, LRL201\n", []),
        ("print(rate)  # noqa: E501, LRL201\n", []),
        ("print(rate())  # noqa: E501\n", []),
        ("print(rate())  # noqa\n", []),
        ("print(rate())  # noqa: LRL\n", []),
        ("print(rate())  # noqa: LRL002, LRL201\n", []),
        ("print(rate())  # noqa: LRL999\n", [(1, 16, 30, "`# noqa: LRL999` is about no rule that there is")]),
        ("# noqa: LRL201\nprint(rate())\n", [(1, 1, 15, "`# noqa: LRL201` suppresses nothing")]),
        ("print(rate(\n))  # noqa: LRL201\n", [(2, 5, 19, "`# noqa: LRL201` suppresses nothing")]),
        ("print(\n    rate)  # noqa: LRL201\n", []),
        ("x = f'''\n{rate}\n'''  # noqa: LRL201\n", []),
        ("x = '''# noqa: LRL201'''\n", []),
        ("x = '''# noqa: E501\n'''  # noqa: LRL201\n", []),
        ("x = 1  # type: int  # noqa: LRL201\n", [(1, 21, 35, "`# noqa: LRL201` suppresses nothing")]),
        ("# flake8: noqa\nprint(rate())  # noqa: LRL201\n", []),
        ("print(rate  # noqa: LRL101\n", []),
    ],
)
def test_comments_that_suppress_nothing(text: str, expected: list[tuple[int, int, int, str]]) -> None:
    assert unused(text) == expected
    assert unused(text, Settings()) == []
    assert unused(text, Settings(select=("ALL",))) == []
    assert unused(text, Settings(preview=True)) == expected


def test_what_is_switched_off_cannot_be_judged() -> None:
    text = "print(rate())  # noqa: LRL201, LRL101\n"
    assert unused(text, Settings(select=("LRL1", "LRL002"))) == [(1, 16, 38, "`# noqa: LRL101` suppresses nothing")]
    assert unused("print(rate())  # noqa: LRL2\n", Settings(select=("LRL002", "LRL201"))) == []


def test_a_file_without_a_decay() -> None:
    data = b"import os  # noqa: LRL101\n"
    (finding,) = check_bytes("a.py", data, ASKED).findings
    assert (finding.code, finding.location) == ("LRL002", (1, 12))
    assert check_bytes("a.py", data, Settings()).findings == ()
    assert check_bytes("a.py", b"def f(:  # noqa: LRL101\n", ASKED).findings == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1  # noqa: LRL201\n", "x = 1\n"),
        ("x = 1  # noqa: LRL201", "x = 1"),
        ("x = 1\t# noqa: LRL201  \r\n", "x = 1\r\n"),
        ("x = 1  # noqa: LRL201, E501\n", "x = 1  # noqa: E501\n"),
        ("x = 1  # noqa:E501,LRL201,W505,LRL202\n", "x = 1  # noqa:E501,W505\n"),
        ("x = 1  # noqa: LRL201  # why\n", "x = 1  # why\n"),
        ("x = 1  # noqa: LRL201 because\n", "x = 1  # because\n"),
        ("x = 1  # type: int  # noqa: LRL201\n", "x = 1  # type: int\n"),
        ("# noqa: LRL201\nx = 1\n", "x = 1\n"),
        ("if 1:\n    # noqa: LRL201\n    x = 1\n", "if 1:\n    x = 1\n"),
        ("x = 1\n# noqa: LRL201", "x = 1\n"),
        ("x = 1  # noqa: LRL201, LRL201, LRL999\n", "x = 1\n"),
        ("print(rate)  # noqa: LRL202, LRL201\n", "print(rate)  # noqa: LRL201\n"),
    ],
)
def test_the_fix_takes_away_what_suppresses_nothing(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_a_fix_may_leave_a_comment_with_nothing_to_suppress() -> None:
    text = "step = step + 1\nprint(rate)  # noqa: LRL201\n"
    done = fix_source(source(text), ASKED, unsafe=True)
    assert done.refused == ()


def test_flake8_has_it_too(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(HEAD + "print(rate())  # noqa: LRL201\n")
    (tmp_path / "b.py").write_text("import os  # noqa: LRL101, F401\n")

    def found(*arguments: str) -> list[str]:
        command = [sys.executable, "-m", "flake8", "--select", "LRL", *arguments, "."]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return sorted(done.stdout.splitlines())

    expected = [
        "./a.py:5:16: LRL002 `# noqa: LRL201` suppresses nothing",
        "./b.py:1:12: LRL002 `# noqa: LRL101` suppresses nothing",
    ]
    assert found() == []
    assert found("--lrlint-preview") == expected
    (tmp_path / "lrlint.toml").write_text('extend-select = ["LRL002"]\n')
    assert found() == expected


# Both, on comments of all kinds


CODES = st.sampled_from(["LRL201", "LRL2", "LRL101", "LRL202", "LRL999", "E501", "lrl201", "LRL", "W1", "because"])
COMMENTS = st.one_of(
    st.just(""),
    st.builds(
        lambda before, mark, codes, after: f"  {before}{mark}{codes}{after}",
        st.sampled_from(["", "# why ", "# type: int  "]),
        st.sampled_from(["# noqa: ", "# noqa:", "# NOQA: ", "# noqa", "# noqa : ", "#noqa: "]),
        st.builds(
            lambda separator, codes: separator.join(codes),
            st.sampled_from([", ", ",", " "]),
            st.lists(CODES, max_size=4),
        ),
        st.sampled_from(["", " ", "  # more", " and more"]),
    ),
)
LINES = [
    "print(rate){}\n",
    "print(\n    rate{}\n){}\n",
    "x = f'''{{rate}}\n'''{}\n",
    "y = 1{}\n",
    "{}\n",
    "z = rate * \\\n  2{}\n",
]
PROGRAMS = st.lists(st.tuples(st.sampled_from(LINES), COMMENTS, COMMENTS), min_size=1, max_size=4).map(
    lambda lines: "".join(line.format(one, two) for line, one, two in lines)
)


def others(text: str) -> list[tuple[str, int]]:
    """What is reported besides LRL002."""
    found = check_source(source(text), ASKED).findings
    return [(finding.code, finding.location.row) for finding in found if finding.code != "LRL002"]


@given(PROGRAMS)
def test_what_is_taken_away_suppressed_nothing(text: str) -> None:
    after = cleaned(text)
    assert unused(after) == []
    assert [code for code, _ in others(after)] == [code for code, _ in others(text)]
    if after.count("\n") == text.count("\n"):
        assert others(after) == others(text)


@given(PROGRAMS)
def test_what_is_written_suppresses_all(text: str) -> None:
    done = add_noqa(source(text), Settings(), "a reason")
    assert done.error is None
    assert done.remaining == ()
    assert add_noqa(done.source, Settings(), "a reason").source == done.source
    assert source(text).noqa.code() == done.source.noqa.code()
