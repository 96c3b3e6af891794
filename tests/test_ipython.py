"""What IPython reads in a cell beside Python, and the Python of equal length in its place."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager

from lrlint.notebook.ipython import neutral

REPLACED = [
    # magics, shell lines and questions
    ("%matplotlib inline", "__________________"),
    ("x = 1\n%load_ext autoreload\ny", "x = 1\n____________________\ny"),
    ("!pip install x", "______________"),
    ("!!ls", "____"),
    ("lr?", "___"),
    ("tf.train.Optimizer??", "____________________"),
    ("?lr", "___"),
    ("%time?", "______"),
    ("for x in y:\n    !echo $x\n    f(x)", "for x in y:\n    ________\n    f(x)"),
    ("!pip install \\\n    x y\nz = 1", "______________\n       \nz = 1"),
    ("!pip install \\\r\n    x", "______________\r\n     "),
    ("/f x\n,g y\n;h z", "____\n____\n____"),
    # assignments
    ("x = !ls", "x = ___"),
    ("a, b[0].c = %env HOME", "a, b[0].c = _________"),
    ("x = %time f()", "x =       f()"),
    ("if a:\n    x = !ls \\\n        -l\n    y", "if a:\n    x = _____\n          \n    y"),
    # a statement behind a magic
    ("%time f(x)", "0;    f(x)"),
    ("%timeit -n 10 -r 1 f(x)", "0;                 f(x)"),
    ("%prun -l 5 f()", "0;         f()"),
    ("%time x = f()  # noqa", "0;    x = f()  # noqa"),
    ("    %time f()\n    %time g()", "   \f0;    f()\n   \f0;    g()"),
    ("%time for x in y: f(x)", "     \ffor x in y: f(x)"),
    ("%time f(a, \\\n  b)", "0;    f(a, \\\n  b)"),
    ("time f(x)", "0;   f(x)"),
    ("%time", "_____"),
    ("%time no python", "_______________"),
    # magics without a sign
    ("pip install x", "_____________"),
    ("cd ../data", "__________"),
    ("ls -l data", "__________"),
    # cell magics
    ("%%time\nf()", "______\nf()"),
    ("\n%%time\nf()", "\n______\nf()"),
    ("%%capture out\n%%time\nf()", "_____________\n______\nf()"),
    ("%%capture --no-stderr\n%time f()", "_____________________\n0;    f()"),
    ("%%memit\nf()", "_______\nf()"),
    # a cell that is indented as a whole
    ("    x = 1\n    if x:\n        f()", "   \fx = 1\n   \fif x:\n   \f    f()"),
]

KEPT = [
    "x = '''\n%time f()\n!ls\nlr?\n'''",
    'x = """\n%%time\n"""',
    "x = (a\n% b)",
    "x = a \\\n% b",
    "x = y % z",
    "'%s?' % x",
    "# what?\nx = 1  # why?",
    "x != y",
    "f(x, ls, cd)",
    "time = 3\ntime -= 2\ntime.sleep(1)\ntime (1)",
    "ls /x  # a division\ncat = dog\nls in x\nls - l\nenv['x'] = 1\nrun (x)\nload, more = 1, 2",
    "pip, conda = 1, 2",
    "@a\ndef f(): pass",
    "f'{x!r}' + f'{x:%H}'",
    "",
    "\n\n",
]

FOREIGN = [
    "%%bash\nls",
    "%%html\n<b>",
    "%%writefile train.py\nimport tensorflow as tf",
    "%%script python\nx = 1",
    "%%capture\n%%bash\nls",
    "%%sql select * from x",
    "%%unheard_of\nno python here",
    "%md\n# Databricks\nwrites text so",
    "%sql\nselect * from x",
]


@pytest.mark.parametrize(("cell", "code"), REPLACED)
def test_what_is_not_python_is_replaced(cell: str, code: str) -> None:
    assert neutral(cell).code == code
    assert neutral(cell).python
    ast.parse(code)


@pytest.mark.parametrize("cell", KEPT)
def test_python_is_kept(cell: str) -> None:
    assert neutral(cell).code == cell
    assert neutral(cell).magics == ()


@pytest.mark.parametrize("cell", FOREIGN)
def test_cells_in_other_languages_are_none_of_python(cell: str) -> None:
    assert not neutral(cell).python


def test_magics_are_told_in_order() -> None:
    cell = "%%time\nx = !ls\n%time f()\nlr?"
    assert neutral(cell).magics == ("%%time", "!ls", "%time ", "lr?")


def test_an_error_below_a_known_magic_stays_one() -> None:
    assert neutral("%%time\nf(").code == "______\nf("


LINES = st.lists(
    st.sampled_from(
        [
            *(
                "x = 1",
                "%time f()",
                "%time x(",
                "!ls \\",
                "x = !a",
                "'''",
                '"""',
                "f(",
                ")",
                "lr?",
                "    y",
                "#",
                "%",
                "!",
            ),
            *("%%time", "%%bash", "pip install a", "é = '%s' % ü", "\t%a", "\f", "/", "'", "time x", "?", "\\"),
        ]
    )
    | st.text("%!?'\"\\()#\n\r ab=1\t", max_size=8)
)


@given(LINES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_length_and_lines_stay(lines: list[str], newline: str) -> None:
    cell = newline.join(lines)
    code = neutral(cell).code
    assert len(code) == len(cell)
    assert [place for place, character in enumerate(code) if character in "\r\n"] == [
        place for place, character in enumerate(cell) if character in "\r\n"
    ]


PIECES = [
    *(
        "x = 1",
        "if x:",
        "    y",
        "    %time f()",
        "    !ls",
        "for i in x: y",
        "    # c",
        "#",
        "",
        "  ",
        "def f():",
        "@d",
        "  x = 1",
    ),
    *(
        "%time f()",
        "%time x(",
        "%timeit -n 3 f(x)",
        "%no",
        "%run x.py",
        "x = %time f()",
        "a.b, c[0] = %env",
        "if 1: %time f()",
    ),
    *("!ls \\", "!!ls", "x = !a", "x=!ls | grep '(' ", "x = !ls?", "lambda: 0; !ls", "/f x", ",f a", ";f a", "/"),
    *("lr?", "?lr", "%f?", "x.y[0]?", "x ? y", "lr??", "x = 'a?'", "pip install a", "time f(x)"),
    *(
        "'''",
        '"""',
        "'",
        "x = '''a",
        "x = (",
        "% y)",
        "f(",
        ")",
        "x = {1:2,",
        "}",
        "x \\",
        "f'{a!r}'",
        "x = a % b",
        "x != 3",
    ),
]


def parses(code: str) -> bool:
    try:
        ast.parse(code)
    except SyntaxError:
        return False
    return True


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("\n".join))
@settings(max_examples=300)
def test_what_ipython_runs_can_be_read(cell: str) -> None:
    """And what is Python to it stays; only a question behind an open bracket is beyond us."""
    ours = neutral(cell)
    try:
        run = TransformerManager().transform_cell(cell)
    except SyntaxError:
        return
    if parses(run):
        assert parses(ours.code) or "pinfo" in run
        automatic = [
            magic for magic in ours.magics if magic.startswith(("/", ",", ";", "time", "pip")) or not magic.strip()
        ]
        assert "get_ipython" in run or list(ours.magics) == automatic
