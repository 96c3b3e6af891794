"""Where the stdlib tree and the text say that nodes stand, LibCST says so, too."""

from __future__ import annotations

import ast
from collections.abc import Callable

import hypothesmith
import pytest
from hypothesis import given

from lrlint import outline
from lrlint.comments import Comments
from lrlint.deep import deeply
from lrlint.parse import ParseProblem
from lrlint.program import Program, Unlike
from lrlint.program.spans import Span
from lrlint.read import read
from lrlint.text import with_line_feeds
from lrlint.trace.syntax import walk
from test_outline import EXPRESSIONS, MATCHES, STATEMENTS, TEXTS, formatted, newer

PARENTHESES = [
    "((a)); ( a ); (\n a\n)",
    "f(a); f((a)); f( ( a ) ); f((a),); f(a,); f(((a)), b); f(b=(a)); f(b=a); f(*(a)); f(**(a)); f((a), *b)",
    "f((a, b)); f(((a, b))); (a, b); ((a, b)); (); (()); f(()); (a,)[0]",
    "f(a)(b); (f)(a); (f(a))(b); (f)((a))((b)); (a).b; ((a).b); (a)[(b)]",
    "f(x for x in y); f((x for x in y)); (x for x in (y)); f((x) for x in y)",
    "(a) + (b); ((a) + (b)); -(a); (-a); not (a); (a) if (b) else (c); (a) or (b); (a) < (b); lambda: (a); (lambda: a)",
    "[(a), (b)]; {(a): (b)}; {(a), *(b)}; x[(a):(b)]; f'{(a)}'; ('a' 'b'); ('a'\n 'b')",
    "f(  # (\n  a)",
    "f(\n  a  # )\n)",
    "(  # one\n  a  # two\n  # three\n)",
    "f('(', a, ')')",
    "f(\\\n a \\\n)",
    "(a)\\\n.b",
    "class A((B)): pass",
    "class A(B): pass",
    "class A(B, (C), d=(E)): pass",
    "@(a)\n@b((c))\ndef f(d=(e), *, g: (h) = (i)) -> (j): return (k)",
    "with (a) as b, (c): pass",
    "with (a): pass",
    "with (a as b): pass",
    "for (a) in (b): pass",
    "while (a): del (b)",
    "del (a), (b)",
    "assert (a), (b)",
    "if (a): pass\nelif (b): pass",
    "try: pass\nexcept (A): raise (b) from (c)",
    "def f():\n    x = (yield)\n    yield (a)\n    await (b)\n    return (c)",
    "a = (b) = (c)\na += (b)\na: (b) = (c)\n(a) = b",
    "é = (ö); f(ä, (ü))",
    "x = (a)\n\x0c\ny = f((b))",
]
TOLD = (outline.BaseExpression, outline.BaseStatement, outline.BaseSmallStatement, outline.Arg, outline.Decorator)
UNTOLD = (outline.Name, outline.Attribute, outline.BaseString, outline.StarredElement, outline.Tuple, outline.If)
"""Of these there are some in imports and parameters, in strings of several pieces, behind ``del``, and for ``elif``."""

COMMENTS = [
    "a  # one",
    "# one\na",
    "# one\n\na",
    "a\n# one\n",
    "if a:\n    # one\n    b\n    c\n    # two\nd",
    "if a:  # one\n    b",
    "'#'; a",
    "f('#')\na",
    "a;  # one",
    "a \\\n\nb",
    "a \\\n  # one\nb",
    "a; \\\n  # one\nb",
]


def told(find: Callable[[outline.Node], Span], node: outline.Node) -> Span | None:
    try:
        return find(node)
    except Unlike:
        return None


def assert_places_are_right(text: str) -> None:
    """All that is told of a text that LibCST gives back as it is written; of some statements, where they begin."""
    program, parsed = deeply(Program.outlined, ast.parse(text), text), deeply(Program.parsed, text)
    here, there = deeply(lambda: program.places), deeply(lambda: parsed.places)
    assert here.text == there.text == with_line_feeds(text)
    for node, twin in zip(walk(program.module), walk(parsed.module), strict=True):
        for place, meant in ((here.plain, there.plain(twin)), (here.enclosed, there.enclosed(twin))):
            span = told(place, node)
            if span is None:
                assert not isinstance(node, TOLD) or isinstance(node, UNTOLD)
            elif isinstance(node, outline.BaseStatement):
                assert span[0] == meant[0]
            else:
                assert span == meant


@pytest.mark.parametrize("text", [*STATEMENTS, *MATCHES, *EXPRESSIONS, *PARENTHESES, *COMMENTS, *newer()])
def test_of_each_construct(text: str) -> None:
    assert_places_are_right(f"{text}\n")
    indented = text.replace("\n", "\n  ")
    assert_places_are_right(f"# first\n\nclass A:\n  'ä'; x\n  {indented}  # last\n")


@pytest.mark.parametrize("name", TEXTS)
def test_of_whole_files(name: str) -> None:
    assert_places_are_right(read(name, TEXTS[name]).code)


@given(hypothesmith.from_grammar())
def test_of_anything(text: str) -> None:
    try:
        read_ = deeply(lambda: Program.parsed(text).places.text)
        assert_places_are_right(text) if read_ == with_line_feeds(text) else None
    except (Unlike, ParseProblem, SyntaxError, ValueError):
        return


@given(formatted())
def test_of_any_string_with_expressions(text: str) -> None:
    code = f"é = 1; x = ({text})\n"
    try:
        ast.parse(code)
    except SyntaxError:  # a backslash in braces before Python 3.12
        return
    assert_places_are_right(code)


def outlined(text: str) -> Program:
    return Program.outlined(ast.parse(text), text)


def codes_of(text: str) -> list[str]:
    """The code of each expression that is told."""
    program = outlined(text)
    found = [node for node in walk(program.module) if isinstance(node, outline.BaseExpression)]
    return [program.code(node) for node in found if told(program.places.plain, node)]


def test_of_most_nodes_are_told() -> None:
    text = "def f(a):\n    b = (c)(d, e=1)[2] + (f(g), h.i)  # one\n    return 'j' 'k', lambda: l\n"
    codes = ("b", "(c)(d, e=1)[2] + (f(g), h.i)", "(c)(d, e=1)[2]", "(c)(d, e=1)", "(c)", "d", "1", "2", "(f(g), h.i)")
    more = ("f(g)", "f", "g", "h.i", "h", "i", "'j' 'k', lambda: l", "'j' 'k'", "lambda: l", "l")
    assert sorted(codes_of(text)) == sorted([*codes, *more])


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("with (a): b", ["a", "b"]),
        ("with ((a)) as b: c", ["((a))", "b", "c"]),
        ("with ((yield)): c", ["(yield)", "c"]),
        ("class A(B): pass", ["B"]),
        ("class A((B)): pass", ["(B)"]),
        ("f(  # (\n (a))", ["f(  # (\n (a))", "f", "(a)"]),
        ("f(\n a  # )\n)", ["f(\n a  # )\n)", "f", "a"]),
        ("(  # '#'\n a + '#'  # )\n)", ["(  # '#'\n a + '#'  # )\n)", "a", "'#'"]),
        ("f(x for x in y)", ["f(x for x in y)", "f", "x for x in y", "x", "x", "y"]),
        ("f((x for x in y))", ["f((x for x in y))", "f", "(x for x in y)", "x", "x", "y"]),
        ("a. \\\n b", ["a. \\\n b", "a", "b"]),
        ("global a, \\\n  b", ["a", "b"]),
    ],
)
def test_of_what_stands_between_parentheses_and_comments(text: str, codes: list[str]) -> None:
    assert codes_of(text) == codes


@pytest.mark.parametrize("text", ["import a", "def f(a): pass", "del a, b"])
def test_of_others_they_are_not(text: str) -> None:
    program = outlined(text)
    node = next(node for node in walk(program.module) if isinstance(node, outline.Name | outline.Tuple))
    with pytest.raises(Unlike):
        program.places.plain(node)


@pytest.mark.parametrize("make", [outlined, Program.parsed])
def test_code_has_other_text_for_nodes_inside_it(make: Callable[[str], Program]) -> None:
    program = make("x = f((a), b.c, a + (a));\n")
    (line,) = program.module.body
    assert isinstance(line, outline.SimpleStatementLine)
    names = {node: "long" for node in walk(line) if isinstance(node, outline.Name) and node.value == "a"}
    whole = {node: "new" for node in walk(line) if isinstance(node, outline.BinaryOperation)}
    assert program.code(line.body[0], names) == "x = f(long, b.c, long + long)"
    assert program.code(line.body[0], {**names, **whole}) == "x = f(long, b.c, new)"
    called = line.body[0].value.func  # type: ignore[attr-defined]
    assert program.code(called, names) == "f"


@pytest.mark.parametrize("make", [outlined, Program.parsed])
@pytest.mark.parametrize(
    ("text", "commented"),
    [
        ("x\na  # one", True),
        ("x\n# one\na", True),
        ("x\n# one\n\na", True),
        ("x  # one\na\n# two\n", False),
        ("if x:\n    # one\n    y\n    # two\na", False),
        ("if x:\n    y\n    # one\n# two\na", True),
        ("'#'; a", False),
        ("f('#')\na", False),
        ("'''\n# '''\na", False),
        ("x\na;  # one", True),
        ("x\na \\\n\nb", False),
        ("x\na \\\n  # one\nb", True),
        ("x\na; \\\n  # one\nb", True),
    ],
)
def test_tell_whether_a_comment_is_beside_a_line(make: Callable[[str], Program], text: str, commented: bool) -> None:
    program = make(f"{text}\n")
    lines = [line for line in program.module.body if isinstance(line, outline.SimpleStatementLine)]
    (line,) = (line for line in lines if outline_of(line.body[-1]) == "a")
    assert program.is_commented(line) == commented


def outline_of(statement: outline.Node) -> object:
    return getattr(getattr(statement, "value", None), "value", None)


def test_comments_are_found_whatever_the_indentation() -> None:
    text = "if a:\n  if b:\n\\\n # one\n    c\n  d\n"
    ast.parse(text)
    assert Comments(text).first(0, len(text)) == text.index("#")
