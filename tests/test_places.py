"""Where the stdlib tree and the text say that nodes stand, LibCST says so, too."""

from __future__ import annotations

import ast

import hypothesmith
import libcst as cst
import pytest
from hypothesis import given

from lrlint import outline
from lrlint.deep import deeply
from lrlint.parse import ParseProblem
from lrlint.program import Program, Unlike
from lrlint.program.places import Places
from lrlint.read import read
from lrlint.text import with_line_feeds
from lrlint.trace.syntax import walk
from test_outline import EXPRESSIONS, STATEMENTS, TEXTS, formatted

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


def assert_places_are_right(text: str) -> None:
    program = deeply(Program.outlined, ast.parse(text), text)
    places, nodes = program.places, list(walk(program.module))
    assert places is not None
    spans = deeply(program.concrete.spans, nodes)
    assert spans.text == with_line_feeds(text)
    for node in nodes:
        assert places.span(node) in (None, spans.plain[node])
        assert places.enclosed(node) in (None, spans.enclosed[node])
        assert places.is_enclosed(node) in (None, program.concrete.is_enclosed(node))
        assert (code := places.code(node, {})) is None or code == program.concrete.code(node, {})
        if isinstance(node, outline.SimpleStatementLine):
            assert places.is_commented(node) in (None, program.concrete.is_commented(node))
    if len(nodes) < 100:
        others = [node for node in nodes if isinstance(node, (outline.Name, outline.BinaryOperation, outline.Call))]
        instead = {node: f"({number})" for number, node in enumerate(others)}
        for node in nodes:
            assert (code := places.code(node, instead)) is None or code == program.concrete.code(node, instead)


@pytest.mark.parametrize("text", [*STATEMENTS, *EXPRESSIONS, *PARENTHESES, *COMMENTS])
def test_of_each_construct(text: str) -> None:
    assert_places_are_right(f"{text}\n")
    indented = text.replace("\n", "\n  ")
    assert_places_are_right(f"# first\n\nclass A:\n  'ä'; x\n  {indented}  # last\n")


@pytest.mark.parametrize("name", TEXTS)
def test_of_whole_files(name: str) -> None:
    try:
        assert_places_are_right(read(name, TEXTS[name]).code)
    except Unlike:
        assert b"match " in TEXTS[name] or b"except*" in TEXTS[name]


@given(hypothesmith.from_grammar())
def test_of_anything(text: str) -> None:
    try:
        read_ = deeply(lambda: cst.parse_module(text).code)
        assert_places_are_right(text) if read_ == with_line_feeds(text) else None
    except (Unlike, ParseProblem, cst.ParserSyntaxError, SyntaxError, ValueError):
        return


@given(formatted())
def test_of_any_string_with_expressions(text: str) -> None:
    code = f"é = 1; x = ({text})\n"
    try:
        ast.parse(code)
    except SyntaxError:  # a backslash in braces before Python 3.12
        return
    assert_places_are_right(code)


def places_of(text: str) -> tuple[outline.Module, Places]:
    program = Program.outlined(ast.parse(text), text)
    assert program.places is not None
    return program.module, program.places


def test_of_most_nodes_are_told() -> None:
    module, places = places_of(
        "def f(a):\n    b = (c)(d, e=1)[2] + (f(g), h.i)  # one\n    return 'j' 'k', lambda: l\n"
    )
    told = [node for node in walk(module) if isinstance(node, outline.BaseExpression) and places.span(node)]
    codes = ("b", "(c)(d, e=1)[2] + (f(g), h.i)", "(c)(d, e=1)[2]", "(c)(d, e=1)", "(c)", "d", "1", "2", "(f(g), h.i)")
    more = ("f(g)", "f", "g", "h.i", "h", "'j' 'k', lambda: l", "'j' 'k'", "lambda: l", "l")
    assert sorted(filter(None, (places.code(node, {}) for node in told))) == sorted([*codes, *more])


@pytest.mark.parametrize(
    "text", ["with (a): b", "class A(B): pass", "f(  # (\n a)", "f(\n a  # )\n)", "f(x for x in y)"]
)
def test_of_others_they_are_not(text: str) -> None:
    module, places = places_of(text)
    assert any(isinstance(node, outline.BaseExpression) and places.enclosed(node) is None for node in walk(module))


def test_libcst_s_code_has_other_text_for_nodes_inside_it() -> None:
    program = Program.parsed("x = f((a), b.c, a + (a));\n")
    line = program.module.body[0]
    assert isinstance(line, outline.SimpleStatementLine)
    names = {node: "long" for node in walk(line) if isinstance(node, outline.Name) and node.value == "a"}
    whole = {node: "new" for node in walk(line) if isinstance(node, outline.BinaryOperation)}
    assert program.code(line.body[0], names) == "x = f(long, b.c, long + long)"
    assert program.code(line.body[0], {**names, **whole}) == "x = f(long, b.c, new)"


def test_code_has_other_text_for_nodes_inside_it() -> None:
    text = "x = f((a), b.c, a + (a))\n"
    module, places = places_of(text)
    (line,) = module.body
    assert isinstance(line, outline.SimpleStatementLine)
    names = {node: "long" for node in walk(module) if isinstance(node, outline.Name) and node.value == "a"}
    whole = {node: "new" for node in walk(module) if isinstance(node, outline.BinaryOperation)}
    assert places.code(line.body[0], names) == "x = f(long, b.c, long + long)"
    assert places.code(line.body[0], {**names, **whole}) == "x = f(long, b.c, new)"
    called = line.body[0].value.func  # type: ignore[attr-defined]
    assert places.code(called, names) == "f"
