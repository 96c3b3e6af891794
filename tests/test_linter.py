"""One file from bytes to findings: the gates, the order, the comments, and what becomes of bugs."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lrlint
from lrlint.config import Settings
from lrlint.linter import CheckResult, check_bytes, check_source
from lrlint.program import Program, Unlike
from lrlint.source import Source
from stand_in import DECAY, finds, install, named, replaces, rule

ALL = Settings()


def found(text: str, settings: Settings = ALL, noqa: bool = True) -> list[tuple[str, int, int]]:
    result = check_bytes("a.py", text.encode(), settings, noqa=noqa)
    assert result.error is None
    assert result.findings == check_source(Source("a.py", text), settings, noqa=noqa).findings
    return [(finding.code, *finding.location) for finding in result.findings]


class TestFindings:
    @pytest.fixture(autouse=True)
    def _rules(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, finds("LRL202", "bad"), finds("LRL101", "bad"), finds("LRL103", "worse"))

    def test_are_in_the_order_of_the_text_then_of_the_codes(self) -> None:
        assert found(DECAY + "worse, bad\nbad\n") == [
            ("LRL103", 2, 1),
            ("LRL101", 2, 8),
            ("LRL202", 2, 8),
            ("LRL101", 3, 1),
            ("LRL202", 3, 1),
        ]

    def test_are_those_selected(self) -> None:
        assert found(DECAY + "bad\n", Settings(select=("LRL2",))) == [("LRL202", 2, 1)]
        assert found(DECAY + "bad\n", Settings(ignore=("LRL202",))) == [("LRL101", 2, 1)]

    def test_are_suppressed_by_comments(self) -> None:
        text = DECAY + "bad  # noqa: LRL1\nbad  # noqa\nf('''\n''', bad)  # noqa: LRL101,LRL2\n"
        assert found(text) == [("LRL202", 2, 1)]
        assert len(found(text, noqa=False)) == 6
        assert found("# flake8: noqa\n" + text) == []

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize(
        ("line", "column"),
        [("bad", 1), ("'é€😀', bad", 8), ("f(\\\n  bad)", 3), ("\x0cbad", 2), (" \t\x0cbad", 4), ("x;\x0cbad", 4)],
    )
    def test_are_at_their_place_in_every_text(self, line: str, column: int, newline: str) -> None:
        text = (DECAY + "\x0c\nx = 1\n" + line + "\n").replace("\n", newline)
        rows = 4 + line.count("\n")
        assert found(text) == [("LRL101", rows, column), ("LRL202", rows, column)]

    def test_mixed_newlines_move_nothing(self) -> None:
        assert found(DECAY + "x = 1\r\ny = '''a\rb'''\rbad\r")[0] == ("LRL101", 5, 1)

    def test_a_tree_that_is_there_is_not_made_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        source, tree = Source("a.py", DECAY + "bad\n"), ast.parse(DECAY + "bad\n")
        monkeypatch.setattr("lrlint.parse.parse_tree", None)
        assert len(check_source(source, ALL, tree=tree).findings) == 2


class TestUnreadable:
    @pytest.fixture(autouse=True)
    def _rules(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, finds("LRL101", "bad"))

    @pytest.mark.parametrize(
        ("data", "place", "words"),
        [
            (b"exponential_decay\nx = = 1\n", (2, 5), "invalid syntax"),
            (b"lr = tf.train.exponential_decay(x)\nprint lr\n", (2, 1), "looks like Python 2"),
            (b"# exponential_decay\nx = = 1\n", (2, 5), "invalid syntax"),
            (b"exponential_decay\ns = '\xff'\n", (2, 6), "not utf-8"),
            (b"exponential_decay\n\0\n", (2, 1), "null byte"),
            (b"# coding: nonsense\nexponential_decay\n", (1, 11), "unknown encoding: nonsense"),
            ("exponential_decay\n".encode("utf-16"), (1, 1), "UTF-16"),
            (b"exponential_decay\nx = " + b"1 + " * 1_500 + b"1\n", None, "too deeply nested"),
            (b"exponential_decay\nx = " + b"not " * 9_000 + b"1\n", (1, 1), "too deeply nested"),
        ],
    )
    def test_is_a_finding_at_its_place(self, data: bytes, place: tuple[int, int] | None, words: str) -> None:
        result = check_bytes("a.py", data, ALL)
        assert result.error is None
        (finding,) = result.findings
        assert (finding.code, finding.name) == ("LRL001", "syntax-error")
        assert finding.location == finding.end_location
        assert words in finding.message
        assert place is None or finding.location == place
        assert check_bytes("a.py", data, Settings(ignore=("LRL001",))) == CheckResult(problem=finding)

    @pytest.mark.parametrize("data", [b"x = = 1\n", b"print lr\n", b"s = '\xff'\n", b"\0", b"f(" * 5_000])
    def test_is_nothing_in_a_file_without_a_decay(self, data: bytes) -> None:
        assert check_bytes("a.py", data, ALL) == CheckResult()

    def test_can_be_suppressed(self) -> None:
        assert check_bytes("a.py", b"exponential_decay\nx = = 1  # noqa: LRL001\n", ALL).findings == ()
        assert check_bytes("a.py", b"# flake8: noqa\nexponential_decay\nx = = 1\n", ALL).findings == ()

    def test_is_a_module_that_only_libcst_reads_and_does_not_give_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        program = b"\\\nexponential_decay, f'{bad}'\n"
        (finding,) = check_bytes("a.py", program, ALL).findings
        assert (finding.code, finding.location) == ("LRL101", (2, 23))

        def untold(*_: object) -> Program:
            raise Unlike

        monkeypatch.setattr(Program, "outlined", untold)
        (finding,) = check_bytes("a.py", program, ALL).findings
        assert (finding.code, finding.location) == ("LRL001", (1, 1))
        assert "faithfully" in finding.message

    @pytest.mark.parametrize(
        "end",
        [
            b"\n \n",
            b" \n\n \n\n",
            b"\n\t",
            b"\f\n \f\n",
            b"\n  # one\n",
            b"\n  # one\n\n  # two\n",
            b"\n# one\n\n  # two",
        ],
    )
    def test_is_not_that_libcst_drops_lines_behind_the_code(self, end: bytes) -> None:
        program = b"import tensorflow as tf\nfor _ in range(3):\n    tf.train.exponential_decay(1)\n"
        assert check_bytes("a.py", program + end, ALL).findings == check_bytes("a.py", program, ALL).findings

    @given(st.binary(max_size=40))
    def test_no_bytes_raise(self, data: bytes) -> None:
        for head in (b"exponential_decay\n", b"# coding: utf-7\n", b"# coding: utf-16 exponential_decay\n"):
            assert check_bytes("a.py", head + data, ALL).error is None


class TestBugs:
    def test_in_a_rule_cost_no_other_rule(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def breaks(module: object) -> list[object]:
            raise KeyError("two\nlines")

        install(monkeypatch, rule("LRL101", breaks), finds("LRL202", "bad"))  # type: ignore[arg-type]
        result = check_bytes("a.py", (DECAY + "bad\n").encode(), ALL)
        assert [finding.code for finding in result.findings] == ["LRL202"]
        assert result.error == "internal error in LRL101, please report it: KeyError: 'two\\nlines'"
        assert check_bytes("a.py", (DECAY + "bad\n").encode(), Settings(ignore=("LRL101",))).error is None

    def test_in_a_rule_half_way_take_its_findings_along(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def breaks(module: object) -> object:
            yield from finds("LRL101", "bad").check(module)  # type: ignore[misc,arg-type]
            raise ValueError

        install(monkeypatch, rule("LRL101", breaks))  # type: ignore[arg-type]
        result = check_bytes("a.py", (DECAY + "bad\n").encode(), ALL)
        assert result == CheckResult(error="internal error in LRL101, please report it: ValueError:")

    def test_in_the_trace_are_one_line(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def endless(module: object, **settings: object) -> None:
            endless(module, **settings)

        install(monkeypatch, finds("LRL101", "bad"))
        monkeypatch.setattr(sys.modules["lrlint.trace"], "trace", endless)
        result = check_bytes("a.py", DECAY.encode(), ALL)
        assert result.findings == ()
        assert result.error is not None
        assert result.error.startswith("internal error in lrlint, please report it: RecursionError")
        assert "\n" not in result.error
        (finding,) = check_bytes("a.py", DECAY.encode() + b"x" + b" + x" * 200, ALL).findings
        assert (finding.code, finding.message) == ("LRL001", "too deeply nested for lrlint to read")


LOADED = """
import sys
from lrlint.config import Settings
from lrlint.linter import check_bytes
check_bytes("a.py", sys.stdin.buffer.read(), Settings())
print(*[name for name in ("libcst", "lrlint.parse", "lrlint.source") if name in sys.modules])
"""


RIGHT = (
    b"import tensorflow as tf\ntf.enable_eager_execution()\n"
    b"lr = tf.train.exponential_decay(0.1, tf.Variable(0), 1, 0.5)\nprint(lr())\n"
)


class TestCost:
    @pytest.mark.parametrize(
        "data",
        [
            b"import tensorflow as tf\noptimizer.minimize(loss)\n",
            b"# exponential_decay\n'''See exponential_decay.'''\nx = 1\n",
            b"tf.train.exponential_decay = = 1\n",
            RIGHT,
            RIGHT + b"print(lr)\n",
            RIGHT + b"print(  # (\nlr, f'{lr}')\n",
            RIGHT + b"match lr:\n    case 1:\n        print(lr)\n",
        ],
    )
    def test_libcst_is_not_loaded(self, data: bytes) -> None:
        run = subprocess.run([sys.executable, "-c", LOADED], input=data, capture_output=True, check=True)
        assert b"libcst" not in run.stdout.split()

    def test_a_file_without_a_decay_loads_no_parser(self) -> None:
        run = subprocess.run([sys.executable, "-c", LOADED], input=b"x = 1\n", capture_output=True, check=True)
        assert run.stdout.split() == []


class TestPublicApi:
    def test_names_are_there_and_cost_nothing(self) -> None:
        program = "import sys, lrlint; print(*[name for name in sys.modules if name.startswith('lrlint.')], 'end')"
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert run.stdout == "end\n"
        for name in lrlint.__all__:
            assert getattr(lrlint, name) is not None
            assert name in dir(lrlint)
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            _ = lrlint.nothing

    def test_check_and_fix(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, replaces("LRL101", "bad", "good"), replaces("LRL202", "odd", "even", "unsafe"))
        code = DECAY + "bad, odd\r\n"
        assert [finding.code for finding in lrlint.check(code)] == ["LRL101", "LRL202"]
        assert lrlint.check(code.encode()) == lrlint.check(code)
        assert lrlint.check(b"exponential_decay\n\xff")[0].code == "LRL001"
        assert lrlint.fix(code).source.text == DECAY + "good, odd\r\n"
        assert lrlint.fix(code.encode(), unsafe=True).source.to_bytes() == (DECAY + "good, even\r\n").encode()
        assert lrlint.check(code, settings=lrlint.Settings(select=("LRL2",)))[0].code == "LRL202"

    def test_no_name_is_a_module_s_too(self) -> None:
        """Whoever imports the module would take the place of what the name stood for."""
        assert not {name for name in lrlint.__all__ if importlib.util.find_spec(f"lrlint.{name}")}

    def test_bugs_are_raised(self, monkeypatch: pytest.MonkeyPatch) -> None:
        install(monkeypatch, rule("LRL101", lambda module: [1 // 0]))  # type: ignore[list-item]
        for function in (lrlint.check, lrlint.fix):
            with pytest.raises(lrlint.InternalError, match="ZeroDivisionError"):
                function(DECAY)


def test_the_stand_in_finds_what_it_says() -> None:
    assert len(list(named(Program.parsed("bad; bade; x.bad"), "bad"))) == 2
