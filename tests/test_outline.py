"""The outline of a program is the tree that LibCST reads, but for how the code is written."""

from __future__ import annotations

import ast
import sys
from abc import ABC
from dataclasses import fields, is_dataclass
from pathlib import Path

import hypothesmith
import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint import outline
from lrlint.config import Settings
from lrlint.deep import deeply
from lrlint.finding import Location
from lrlint.linter import check_bytes, check_source
from lrlint.outline import FIELDS
from lrlint.parse import MAX_DEPTH, ParseProblem
from lrlint.program import Program, Unlike, concrete, statements
from lrlint.program.places import Places
from lrlint.program.strings import Field, pieces
from lrlint.read import read
from lrlint.roles import casts
from lrlint.source import Source
from lrlint.trace.syntax import alike
from pages import parse_page

ROOT = Path(__file__).parent.parent
TEXTS = {
    **{path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob("fixtures/**/*.py"))},
    **{path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob("tests/silent/*/*.py"))},
    **{path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob("lrlint/**/*.py"))},
    **{
        f"{path.name}:{block.line}": block.source.encode()
        for path in sorted((ROOT / "lrlint" / "rules").glob("*.md"))
        for block in parse_page(path.read_text(encoding="utf-8")).all_blocks()
        if "syntax-error" not in block.words
    },
}

STATEMENTS = [
    "a = b = c",
    "a, *b = c",
    "(a, b), [c, *d] = e",
    "a.b[c] = d",
    "a += 1; b -= 2; c @= 3; d **= 4",
    "a >>= 1; b <<= 1; c &= 1; d |= 1; e ^= 1; f //= 1; g %= 1; h *= 1; i /= 1",
    "a: int",
    "a: 'int' = 1",
    "a; b",
    "a; b;",
    "'''x\ny'''; b",
    "if a: b; c",
    "if a: b\nelif c: d\nelse: e",
    "if a:\n    b\nelif c:\n    d\nelse:\n    if e:\n        f",
    "if (a\n    ): b; c",
    "for a, b in c:\n    continue\nelse:\n    pass",
    "while a:\n    break\nelse: b",
    "try:\n    a\nexcept B as c:\n    d\nexcept (E, F):\n    g\nexcept:\n    h\nelse:\n    i\nfinally:\n    j",
    "with a as b, c as (d, e), f: g",
    "with (\n    a as b,\n    c,\n):\n    d",
    "async def f():\n    async with a as b: await c\n    async for d in e: yield f\n    return [g async for g in h if i if j for k in l]",
    "@a\n@b.c(d)\ndef f(a, b: int = 1, /, c=2, *d: str, e, g=3, **h: int) -> None: pass",
    "def f(*, a): return",
    "def f(a, /): return a",
    "lambda: 0",
    "lambda a, /, b=1, *c, d, e=2, **f: (a, b)",
    "lambda *, a: a",
    "class A: pass",
    "@a\nclass A(B, *C, d=E, **F):\n    '''text'''\n    x = 1",
    "class A():\n    def f(self): return self.x",
    "import a, b.c as d, e.f.g",
    "from a import b as c, d",
    "from .. import a",
    "from ...a.b import (c, d as e,)",
    "from a import *",
    "def f():\n    global a, b\n    c = 1\n    def g():\n        nonlocal c\n        del a, b[0]; del (c, d); del e",
    "raise\n",
    "raise A from b",
    "raise A(b)",
    "assert a, b",
    "assert (a, b)",
    "def f():\n    a = yield\n    b = yield a, b\n    yield from c",
]
FORMATTED = [
    r"f'{a}', F'{a}', rf'\d{a}\N', fR'{a}', f'\N{BULLET}{a}', f'\\N{a}', f'\x7b{a:\x7d}'",
    "f'{{}}', f'{{{a}}}', f'{{a}}{b}', f'{a}}}{{', f'{ {a} }', f'{a:{b}{c}}'",
    "f'{a!r}', f'{a = }', f'{a=!r:5}', f'{a:}', f'{a:=5}', f'{a!r:^{b}.{c!s:d}}', f'{a:%H:%M}', f'''{a:\n}'''",
    "f'{a!=b}{c==d}{e<=f}{g if h else i}{j or k}{-l}', f'{(lambda: a)}', f'{(a := b):c}', f'{[a for b in c]}'",
    "f'{a, b}', f'{(a, b)}', f'{(a), b,}', f'{a[b, c]}{a[(b, c)]}{a[b:c]}', f'{ {a: b}[c] }', f'{f(a, *b, c=d, **e)}'",
    'f\'{a["b"]}{"}"}{"{"}{":"}{"#"}\', f\'{"a" "b"}\', f\'{a if"a"else"b"}\', f"{rb\'a\'[0]}"',
    "f'{f\"{a!r}\":>{b}}', f\"{f'''{a}'''}\", f'é{a}é{\"ö\"}{b:é{c}}'",
    "('a' f'{b}' \"\" f'{c}'\n  # '\n  rf'{d}')",
    "f'''\n{a}é {b} {\n c} { d\n }\né{e}'''",
    "(yield f'{yield a}')",
]
MATCHES = [
    "match a:\n    case 1: b\n    case -1.5 | 'c' | 1 + 2j if d:\n        e",
    "match a, b:\n    case None | True: pass\n    case (1): pass\n    case _: pass",
    "match a:\n    case b.c | [] | [d] | [_, *e] | [*_]: pass",
    "match a:\n    case () | (1,) | (b, c): pass\n    case b, c: pass\n    case [b], c: pass\n    case [[b], c]: pass\n    case *b, c: pass",
    "match a:\n    case {}: pass\n    case {'b': 1, c.d: e, **f}: pass",
    "match a:\n    case A() | A(1) | A((1)) | A(b, c=1, d=(2)) | b.C([d]): pass",
    "match (a):\n    case (1 | 2) as b: pass\n    case ((c) as d): pass",
]
NEWER = {
    (3, 11): [
        "try:\n    a\nexcept* B as c:\n    d\nexcept* (E, F):\n    g\nelse:\n    h\nfinally:\n    i",
        "a[*b]\na[*b, c]\ndef f(*a: *b): pass",
    ],
    (3, 12): [
        "def f[A, B: int, *C, **D](a: A) -> B: pass",
        "class A[B](C[B]): pass",
        "type A = int\ntype B[C: (int, str)] = list[C]",
    ],
    (3, 13): ["class A[B = int, *C = *tuple[int], **D = [int]]: pass"],
}
"""What only newer Pythons read, by these."""

EXPRESSIONS = [
    "a or b and not c or d",
    "(a or b) or (c or d)",
    "a < b <= c != d == e > f >= g",
    "a is b, a is not b, a in b, a not in b",
    "a + b - c * d / e // f % g ** h @ i << j >> k & l | m ^ n",
    "-a ** ~+b",
    "a if b else c if d else e",
    "(a := b)",
    "f(a, *b, c=d, **e)",
    "f(a=1, *b, **c)",
    "f(a=1, *b, c=2, *d)",
    "f(x for x in y)",
    "f((x for x in y), 1)",
    "f(\n  a,  # one\n  b,\n)",
    "a.b.c(d)[e].f",
    "a[b], a[b, c], a[(b, c)], a[(b), (c)], a[(b, c), d], a[(b, c), (d)], a[((b, c))], a[()], a[b,], a[(b,)]",
    "a[\n  (b, c),\n  d]",
    "a[:], a[b:], a[:b], a[b:c:d], a[::b], a[:, None, ...], a[b:c, d]",
    "[], [a], [a, *b], (), (a,), (a, *b), {a}, {*a, b}, {}, {a: b}, {**a, b: c, **d}",
    "[a for b in c for d in e if f if g], {a for b in c}, {a: b for c, d in e}",
    "1, 1.0, 1e5, 1_000, 0xFF, 0o17, 0b1, 1j, 1., .5",
    "True, False, None, ...",
    "'a', \"b\", r'\\d', b'c', u'd', Rb'e', '', \"\", '''f''', \"\"\"g\"h\"\"\", 'it\\'s', \"it's\"",
    "'a' 'b' \"c\"",
    "('a'\n 'b'  # two\n 'c')",
    "'' \"\"",
    "'''a''' '''b'''",
    "f'', f'a', f'{a}', f'a{b!r:>{c}}d{{e}}', rf'{a}\\d', f'{a=}', f'{a = !s:5}'",
    "f'a' 'b' f'{c}'",
    "f'''{\na}'''",
    "'ä€😀', ä.ö(ü)['ß']",
    "exponentia\uff4c.\ufb01(\uff58=\u017f)",
    "(yield)",
    "((a)), ( a , )",
    *FORMATTED,
]


def newer() -> list[str]:
    """What this Python reads of it."""
    return [text for version, texts in NEWER.items() if sys.version_info >= version for text in texts]


def outlined(text: str) -> Program:
    return deeply(Program.outlined, ast.parse(text), text)


def assert_is_the_same(text: str) -> None:
    made, parsed = outlined(text), deeply(Program.parsed, text)
    assert deeply(alike, made.module, parsed.module)
    assert deeply(lambda: made.places.text) == deeply(lambda: parsed.places.text) == text


@pytest.mark.parametrize("text", [*STATEMENTS, *MATCHES, *EXPRESSIONS, *newer()])
def test_of_each_construct(text: str) -> None:
    assert_is_the_same(f"{text}\n")
    indented = text.replace("\n", "\n  ")
    assert_is_the_same(f"# first\n\nclass A:\n  'ä'; x\n  {indented}  # last")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="what stands between the braces was not free before")
@pytest.mark.parametrize(
    "text",
    [
        "f'{a['b']}'",
        r"f'{'\n'.join(a)}'",
        "f'{f'{f'{a:{'>'}}'}'}'",
        "f'''{a  # '\n}{'''b'''}'''",
        "f'{a # }\n:>{b # }\n}}'",
    ],
)
def test_of_strings_in_strings(text: str) -> None:
    assert_is_the_same(f"{text}\n")


def test_of_comments_in_strings_that_libcst_leaves_out() -> None:
    (piece,) = pieces("f'{a = # !\n !r # :\n :>{b}}'")
    assert piece.parts == [Field(3, 5, "r", [">", Field(23, 24, None, None)])]


@st.composite
def formatted(draw: st.DrawFn, quotes: tuple[str, ...] = ("'", '"', "'''", '"""'), depth: int = 2) -> str:
    """An f-string, perhaps with others in it and beside it."""
    quote = draw(st.sampled_from(quotes))
    others = tuple(other for other in quotes if quote[0] not in other)
    inner = st.sampled_from(
        ["a", "(a)", " a ", "a.b", "f(a, *b, c=d)", "a[1, 2]", "a, b", "a!=b", "1_0", "é", "{a: b}[c]"]
    )
    inner |= st.sampled_from([f"{other}}}é#{other}" for other in others] or ["a"])
    if others and depth:
        inner |= formatted(others, depth - 1)
    shown = st.sampled_from(["", "!r", "=", " = ", "=!s"])
    asked = st.sampled_from(["", ":", ":>5", ":é{b}", ":{b!r}.{ c }f", ":%H:%M"])
    text = st.sampled_from(["", "x", "é", " ", "{{", "}}", r"\\", r"\N{BULLET}", "#", r"\'", r"\""])
    if len(quote) == 3:
        text |= st.just("\n")
    field = st.tuples(st.just("{ "), inner, shown, asked, st.just("}")).map("".join)
    code = draw(st.sampled_from(["f", "F"])) + quote + "".join(draw(st.lists(text | field, max_size=5))) + quote
    return " ".join(draw(st.permutations([code, *draw(st.lists(st.just("'b'"), max_size=2))]))) if depth == 2 else code


@given(formatted())
def test_of_any_string_with_expressions(text: str) -> None:
    code = f"é = 1; x = ({text})\n"
    try:
        ast.parse(code)
    except SyntaxError:  # a backslash in braces before Python 3.12
        return
    assert_is_the_same(code)


@pytest.mark.parametrize("name", TEXTS)
def test_of_whole_files(name: str) -> None:
    source = read(name, TEXTS[name])
    assert_is_the_same(source.code.replace("\r\n", "\n").replace("\r", "\n"))


@given(hypothesmith.from_grammar())
def test_of_anything(text: str) -> None:
    try:
        made, parsed = outlined(text), deeply(Program.parsed, text)
    except (Unlike, ParseProblem, SyntaxError, ValueError):
        return
    if deeply(lambda: parsed.places.text) == text:  # LibCST does not read everything faithfully
        assert deeply(alike, made.module, parsed.module)


@pytest.fixture
def without_match(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if Python had learnt ``match`` since."""
    monkeypatch.delitem(statements._COMPOUND, ast.Match)


@pytest.mark.usefixtures("without_match")
def test_is_not_had_of_what_is_new() -> None:
    with pytest.raises(Unlike):
        outlined("match a:\n    case 1: pass\n")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a", "b"),
        ("a + b", "a - b"),
        ("a += b", "a -= b"),
        ("a < b", "a != b"),
        ("f(a)", "f(a, b)"),
        ("f(*a)", "f(**a)"),
        ("a", "a()"),
        ("a; b", "a\nb"),
        ("from . import a", "from .. import a"),
        ("from a import *", "from a import b"),
        ("def f(*, a): b", "def f(*c, a): b"),
        ("x = 1", "x = 2"),
    ],
)
def test_is_not_that_of_other_code(one: str, other: str) -> None:
    assert not alike(outlined(one).module, outlined(other).module)


WRITING = (
    *("asynchronous", "colon", "comma", "default_", "dot", "encoding", "end", "equal", "first_colon", "footer"),
    *("has_trailing_newline", "header", "indent", "lbrace", "lbracket", "leading_", "lines_after", "lpar"),
    *("posonly_ind", "rbrace", "rbracket", "rpar", "second_colon", "semicolon", "separator", "start", "trailing_"),
    "whitespace",
)
"""How the names of LibCST's fields begin that hold how code is written."""

UNWRITTEN = (
    *(
        "AssignEqual",
        "Asynchronous",
        "CSTNode",
        "Colon",
        "Comma",
        "Comment",
        "EmptyLine",
        "Newline",
        "ParamSlash",
        "Semicolon",
    ),
    *("LeftCurlyBrace", "LeftParen", "LeftSquareBracket", "RightCurlyBrace", "RightParen", "RightSquareBracket"),
    *("ParenthesizedWhitespace", "SimpleWhitespace", "TrailingWhitespace"),
)
"""LibCST's nodes that are nothing but that."""

KINDS = {
    name: kind
    for name in dir(cst)
    if isinstance(kind := getattr(cst, name), type) and issubclass(kind, cst.CSTNode) and is_dataclass(kind)
    if ABC not in kind.__bases__ and name not in (*UNWRITTEN, "MatchTuple")  # which is another way to write a list
}


@pytest.mark.parametrize("name", KINDS)
def test_has_the_kinds_and_the_fields_of_libcst(name: str) -> None:
    meaning = [field.name for field in fields(KINDS[name]) if not field.name.startswith(WRITING)]
    if name == "NotEqual":
        meaning.remove("value")  # which of two ways it is written in
    assert list(FIELDS[getattr(outline, name)]) == meaning
    bases = {base.__name__ for base in KINDS[name].__mro__} & set(vars(outline))
    assert bases <= {base.__name__ for base in getattr(outline, name).__mro__}


class TestLibcst:
    HEAD = "import tensorflow as tf\ntf.enable_eager_execution()\nstep = tf.Variable(0)\n"
    RIGHT = f"{HEAD}rate = tf.train.exponential_decay(0.1, step, 1, 0.5)\nprint(rate())\n"
    WRONG = f"{HEAD}rate = tf.train.exponential_decay(0.1, step, 1, 0.5)\nprint(rate)\n"
    COMMENTED = WRONG.replace("print(rate)", "print(  # (\n  rate)")
    MATCHING = f"{WRONG}match step:\n    case 1:\n        print(rate)\n"

    @pytest.fixture
    def read_by_libcst(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        parse, texts = concrete.parse_module, []

        def noting(text: str) -> cst.Module:
            texts.append(text)
            return parse(text)

        monkeypatch.setattr(concrete, "parse_module", noting)
        return texts

    def test_reads_nothing_where_the_stdlib_tells_all(self, read_by_libcst: list[str]) -> None:
        assert check_bytes("a.py", self.RIGHT.encode(), Settings()).findings == ()
        assert len(check_bytes("a.py", self.WRONG.encode(), Settings()).findings) == 1
        (finding,) = check_bytes("a.py", self.COMMENTED.encode(), Settings()).findings
        assert finding.location == (6, 3)
        assert len(check_bytes("a.py", self.MATCHING.encode(), Settings()).findings) == 2
        assert read_by_libcst == []

    def test_reads_nothing_for_the_roles(self, read_by_libcst: list[str]) -> None:
        ((step, schedule),) = casts(self.COMMENTED)
        assert (step.name, step.location, schedule.name, schedule.location) == ("step", (3, 8), "schedule", (4, 8))
        assert read_by_libcst == []

    @pytest.mark.usefixtures("without_match")
    def test_reads_what_is_new_for_the_roles(self, read_by_libcst: list[str]) -> None:
        assert casts(self.MATCHING) == casts(self.WRONG) != []
        assert read_by_libcst == [self.MATCHING]

    @pytest.mark.usefixtures("without_match")
    def test_reads_what_no_outline_tells(self, read_by_libcst: list[str]) -> None:
        (first, second) = check_bytes("a.py", self.MATCHING.encode(), Settings()).findings
        assert (first.location, second.location) == ((5, 7), (8, 15))
        assert read_by_libcst == [self.MATCHING]

    def test_reads_once_what_the_stdlib_tree_has_no_place_for(
        self, read_by_libcst: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def untold(*_: object) -> None:
            raise Unlike

        monkeypatch.setattr(Places, "plain", untold)
        wrong = f"{self.COMMENTED}print(rate)\n"
        found = [
            (finding.code, finding.location) for finding in check_bytes("a.py", wrong.encode(), Settings()).findings
        ]
        assert found == [("LRL201", (6, 3)), ("LRL201", (7, 7))]
        assert read_by_libcst == [wrong]

    @pytest.mark.usefixtures("without_match")
    def test_says_where_it_cannot_read_what_is_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(_: str) -> cst.Module:
            raise ParseProblem("LibCST cannot read this", Location(1, 1))

        monkeypatch.setattr(concrete, "parse_module", broken)
        (finding,) = check_bytes("a.py", self.MATCHING.encode(), Settings()).findings
        assert finding.code == "LRL001"
        assert check_bytes("a.py", self.RIGHT.encode(), Settings()).findings == ()


@pytest.mark.parametrize("name", [name for name in TEXTS if not name.startswith("lrlint/")])
def test_leads_to_the_same_findings(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = read(name, TEXTS[name])
    found = check_source(source, Settings(), noqa=False)

    def nothing(*_: object) -> Program:
        raise Unlike

    monkeypatch.setattr(Program, "outlined", nothing)
    assert repr(check_source(source, Settings(), noqa=False).findings) == repr(found.findings)


def test_of_what_is_deep() -> None:
    assert_is_the_same("-" * (MAX_DEPTH - 10) + "x\n")
    assert_is_the_same("x = " + "a or " * 400 + "a\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [("a; \\\nb\n", 1), ("a  # \\\nb\n", 2), ("# \\\nb\n", 1), ("'#'; \\\nb\n", 1), ("if a: \\\n  b\n", 1)],
)
def test_of_lines_that_a_backslash_joins(text: str, lines: int) -> None:
    assert_is_the_same(text)
    assert len(outlined(text).module.body) == lines


def test_of_a_text_with_other_newlines() -> None:
    text = "x = '''a\r\nb'''\r\nif y: z\r\nelse:\r\n    w\r"
    program = Program.outlined(ast.parse(text), text)
    assert program.places.text == "x = '''a\nb'''\nif y: z\nelse:\n    w\n"


def test_of_a_source_in_another_encoding() -> None:
    source = Source("a.py", f"{TestLibcst.HEAD}ä = tf.train.exponential_decay(0.1, step, 1, 0.5); print('é', ä)\n")
    (finding,) = check_source(source, Settings()).findings
    assert finding.location == (4, 63)
