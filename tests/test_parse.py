"""Parsing: problems said at their place, and no tree so deep that it ends the process."""

from __future__ import annotations

import ast
import subprocess
import sys
import warnings
from collections.abc import Callable

import hypothesmith
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import parse as parsing
from lrlint.deep import deeply
from lrlint.finding import Location
from lrlint.parse import MAX_CHAIN, MAX_DEPTH, SLACK, ParseProblem, check_depth, depth, parse_tree
from lrlint.program import Program
from lrlint.rows import Rows
from lrlint.tree import FORMATTED, levels, size


def read(text: str) -> Program:
    """A program as LibCST reads it: what the stdlib parser rejects, or finds too deep, LibCST never sees."""
    check_depth(parse_tree(text), text)
    return Program.parsed(text)


def written(text: str) -> str:
    return read(text).places.text


def problem(text: str) -> ParseProblem:
    with pytest.raises(ParseProblem) as caught:
        deeply(read, text)
    assert "\n" not in caught.value.message
    return caught.value


class TestProblems:
    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ("x = 1\ny = = 2\n", (2, 5)),
            ("x = 1\r\ny = = 2\r\n", (2, 5)),
            ("x = 1\ry = = 2", (2, 5)),
            ("'é€😀'; y = = 2\n", (1, 12)),
            ("\x0c\ny = = 2\n", (2, 5)),
            ("x = 'abc\n", (1, 5)),
            ("def f():\nx = 1\n", (2, 1)),
            ("def f():\n        x = 1\n    y = 1\n", (3, 10)),
            ("f(\n1\n", (1, 2)),
            ("x = 1\n\ny\0 = 2\n", None),
            ("x = '\ud800'\n", (1, 1)),
            ("return 1 +", None),
            ("\\", None),
        ],
    )
    def test_are_said_at_their_place(self, text: str, place: tuple[int, int] | None) -> None:
        caught = problem(text)
        assert "Python 2" not in caught.message
        if place:
            assert caught.location == place
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert 1 <= caught.location.row <= len(lines)
        assert 1 <= caught.location.column <= len(lines[caught.location.row - 1]) + 1

    @pytest.mark.parametrize(
        "line",
        [
            "print 'rate', lr",
            "    print lr",
            'print "%s" % lr',
            "exec code in scope",
            "raise ValueError, 'text'",
            "if a <> b: pass",
            "x = `a`",
            "x = 0777",
            "x = 10L",
            "x = ur'text'",
        ],
    )
    def test_of_python_2_say_so(self, line: str) -> None:
        indented = line.startswith(" ")
        caught = problem("import tensorflow as tf\n" + ("if tf:\n" if indented else "") + line + "\n")
        assert caught.message.startswith("this looks like Python 2, which lrlint cannot read (")
        assert caught.location.row == (3 if indented else 2)

    def test_of_python_2_in_an_except_clause(self) -> None:
        caught = problem("try:\n    pass\nexcept ValueError, error:\n    pass\n")
        assert "Python 2" in caught.message
        assert caught.location.row == 3

    @pytest.mark.parametrize("line", ["print(lr", "print = = 1", "f('<>' + )", "x = '`' 1", "print (1 2)", "printer x"])
    def test_of_python_3_do_not(self, line: str) -> None:
        assert "Python 2" not in problem(line + "\n").message

    def test_warnings_of_the_parser_are_nobodys(self) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            parse_tree("x = '\\d'\nassert (x, 1)\nx is 1\n")

    @pytest.mark.parametrize(
        "text", ["", "\n", "x = 1", "x = 1\r\ny = 2\r", "\x0c\nx = 1\n", "if x:\n\ty = 1\n", "# é\n", "x = \\\r  1\r"]
    )
    def test_there_is_none_in_good_text(self, text: str) -> None:
        assert deeply(written, text) == text.replace("\r\n", "\n").replace("\r", "\n")


DEEP: dict[str, Callable[[int], str]] = {
    "calls": lambda n: "f(" * n + ")" * n,
    "lists": lambda n: "[" * n + "]" * n,
    "operators": lambda n: "+".join(["x"] * n),
    "powers": lambda n: "**".join(["x"] * n),
    "or": lambda n: " or ".join(["x"] * n),
    "comparisons": lambda n: "<".join(["x"] * n),
    "not": lambda n: "not " * n + "x",
    "signs": lambda n: "-" * n + "x",
    "attributes": lambda n: "x" + ".y" * n,
    "method chains": lambda n: "x" + ".y()" * n,
    "subscripts": lambda n: "x" + "[0]" * n,
    "lambdas": lambda n: "lambda: " * n + "x",
    "conditions": lambda n: "1 if x else " * n + "2",
    "elif": lambda n: "if x: pass\n" + "elif x: pass\n" * n,
    "strings": lambda n: "x = (" + "'' " * n + ")",
    "lines of strings": lambda n: "x = (" + "'it''s'\n" * n + ")",
    "dotted imports": lambda n: "import x" + ".y" * n,
    "dotted from-imports": lambda n: "from x" + ".y" * n + " import z",
    "blocks": lambda n: "".join(" " * i + "if x:\n" for i in range(n)) + " " * n + "pass",
    "functions": lambda n: "".join(" " * i + "def f():\n" for i in range(n)) + " " * n + "pass",
}


def place_of(check: Callable[[ast.AST, str], object], tree: ast.AST, text: str) -> Location | None:
    """Where a tree is too deep for a check."""
    try:
        check(tree, text)
    except ParseProblem as problem:
        return problem.location
    return None


def check_sizes(text: str) -> None:
    """Hold that each level of a tree takes a character, but for a few: this is what makes small nodes flat."""
    ends = Rows(text).ends
    todo: list[ast.AST] = [ast.parse(text)]
    while todo:
        node = todo.pop()
        if type(node) not in FORMATTED:
            assert len(list(levels(node))) <= size(node, ends) + SLACK, ast.dump(node)
            todo += ast.iter_child_nodes(node)


PROGRAM = """
import sys
import libcst
from lrlint.deep import deeply
from lrlint.parse import ParseProblem, check_depth, parse_module, parse_tree

def walk(text):
    check_depth(parse_tree(text), text)
    module = parse_module(text)
    assert module.code == text
    module.visit(libcst.CSTTransformer())

for text in sys.stdin.read().split("\\0"):
    try:
        deeply(walk, text)
    except ParseProblem as problem:
        print(problem.message)
    else:
        print("read")
"""


class TestDepth:
    @pytest.mark.parametrize("count", [80, 480, 1_100, 20_000])
    def test_nothing_ends_the_process(self, count: int) -> None:
        """In a process of its own, since what is feared is no exception."""
        texts = [make(count) + "\n" for make in DEEP.values()]
        run = subprocess.run(
            [sys.executable, "-c", PROGRAM], input="\0".join(texts), capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, run.stderr[-2000:]
        answers = dict(zip(DEEP, run.stdout.splitlines(), strict=True))
        if count <= 80:
            assert set(answers.values()) == {"read"}
        if count <= 480:
            for name in ("operators", "or", "attributes", "elif", "strings", "dotted imports"):
                assert answers[name] == "read", name
        if count >= 1_100:
            read = {name for name, answer in answers.items() if answer == "read"}
            assert read == {"comparisons"}, "flat in both trees"
            for name in ("operators", "or", "attributes", "elif", "strings", "lines of strings", "dotted imports"):
                assert answers[name] == "too deeply nested for lrlint to read", name

    @pytest.mark.parametrize("name", ["or", "strings", "dotted imports", "dotted from-imports"])
    def test_the_bound_on_chains_is_exact(self, name: str) -> None:
        dots = 1 if "dotted" in name else 0
        text = DEEP[name](MAX_CHAIN - dots)
        check_depth(ast.parse(text), text)
        text = DEEP[name](MAX_CHAIN - dots + 1)
        with pytest.raises(ParseProblem):
            check_depth(ast.parse(text), text)

    def test_the_place_is_that_of_the_code(self) -> None:
        text = "x = 1\n'é'; y = " + DEEP["or"](MAX_CHAIN + 1) + "\n"
        assert problem(text).location == (2, 10)
        text = "x = 1\n" + "if x: pass\n" + "elif x: pass\n" * MAX_DEPTH
        assert problem(text).location.row == MAX_DEPTH + 2

    def test_many_quotes_in_one_string_are_no_chain(self) -> None:
        text = "x = '''" + '"a": "b", ' * 3 * MAX_CHAIN + "'''\ny = \"" + "'" * 5 * MAX_CHAIN + '"\n'
        check_depth(ast.parse(text), text)

    @pytest.mark.parametrize("name", DEEP)
    def test_no_level_is_free(self, name: str) -> None:
        for count in range(1, 40):
            check_sizes(DEEP[name](count))

    @given(hypothesmith.from_grammar())
    def test_no_level_of_any_program_is_free(self, text: str) -> None:
        check_sizes(text)

    @given(
        st.one_of(
            hypothesmith.from_grammar(),
            st.builds(
                lambda make, count: make(count), st.sampled_from(sorted(DEEP.values(), key=id)), st.integers(1, 60)
            ),
        ),
        st.integers(15, 60),
    )
    def test_a_look_at_what_is_large_is_enough(self, text: str, bound: int) -> None:
        """Bounds that programs this small can break."""
        tree = ast.parse(text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(parsing, "MAX_DEPTH", bound)
            patch.setattr(parsing, "MAX_CHAIN", bound)
            patch.setattr(parsing, "FEW", bound - SLACK - 3)
            assert place_of(check_depth, tree, text) == place_of(depth, tree, text)

    def test_settings_of_the_process_are_put_back(self) -> None:
        import threading

        before = (sys.getrecursionlimit(), threading.stack_size())
        assert deeply(sys.getrecursionlimit) > before[0]
        with pytest.raises(ZeroDivisionError):
            deeply(lambda: 1 // 0)
        assert (sys.getrecursionlimit(), threading.stack_size()) == before


def test_a_problem_has_a_message_and_a_place() -> None:
    caught = ParseProblem("words", Location(1, 2))
    assert (str(caught), caught.location) == ("words", (1, 2))
