"""What is left out of large files: never anything that a finding, its place or its fix needs."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlint import linter, relevant
from lrlint.config import Settings
from lrlint.finding import Location
from lrlint.fixes import fix_source
from lrlint.linter import check_source
from lrlint.read import read
from lrlint.relevant import Thinned, thinned
from lrlint.source import Source
from pages import parse_page

ROOT = Path(__file__).parent.parent
PROGRAMS = {
    **{path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob("fixtures/*/*.py"))},
    **{path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob("tests/silent/*/*.py"))},
    **{
        f"{path.name}:{block.line}": block.source.encode()
        for path in sorted((ROOT / "lrlint" / "rules").glob("*.md"))
        for block in parse_page(path.read_text(encoding="utf-8")).all_blocks()
        if "syntax-error" not in block.words
    },
}

TRAINING = """\
import tensorflow as tf

tf.enable_eager_execution()
step = tf.Variable(0)
lr = tf.train.exponential_decay(0.1, step, 10, 0.5)
optimizer = tf.train.AdamOptimizer(lr)
optimizer.minimize(lambda: weight * 1.0)
print("ä", lr)
"""


@pytest.fixture
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(linter, "LARGE", 0)


def cut(text: str) -> Thinned | None:
    return thinned(ast.parse(text), text)


def said(source: Source) -> str:
    """All that is said of a file, as text: a rate may be no number, and then equals nothing."""
    result = check_source(source, Settings(), noqa=False)
    return repr((result.findings, result.error, result.account.mode, result.account.evidence))


@pytest.mark.parametrize("name", PROGRAMS)
def test_no_finding_is_another(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = read(name, PROGRAMS[name])
    whole = said(source)
    monkeypatch.setattr(linter, "LARGE", 0)
    assert said(source) == whole


_UNITS = st.sampled_from(
    [
        "def helper{n}(a, *, b=1):\n    if a:\n        raise ValueError(b)\n    return lambda x: a + x\n",
        "@decorate{n}\ndef decorated{n}():\n    yield {n}\n",
        'class Model{n}(Base{n}):\n    """A model.\n\n    And more.\n    """\n\n    size = {n}\n\n'
        "    def call(self, x):\n        self.calls{n} = x\n        return x\n",
        "TABLE{n} = {{\n    'k': [{n}, 2.5],\n    # a comment\n    'ü': (1, '''two\nlines'''),\n}}\n",
        "for i{n} in range({n}):\n    total{n} = i{n} \\\n        + 1\n",
        "# a comment\n\n\nprint({n})  # noqa: E501\n",
        "with open('x') as f{n}:\n    text{n} = f{n}.read()\n",
        "if {n} > 1:\n    a{n} = 1\nelse:\n    a{n} = 2\n",
        "x{n} = 1; y{n} = x{n}\n",
        "def layer{n}(x):\n    return x * tf.get_variable('weights{n}', [2]) + tf.Variable(0.0, name='bias')\n",
        "\n",
        "import os\n",
    ]
)


@st.composite
def padded(draw: st.DrawFn) -> str:
    """The training, with code between its lines that has nothing to do with it."""
    parts: list[str] = []
    for number, line in enumerate(TRAINING.splitlines(keepends=True)):
        parts.append(line)
        units = draw(st.lists(_UNITS, max_size=3))
        parts += [unit.format(n=10 * (number + 1) + index) for index, unit in enumerate(units)]
    return "".join(parts)


@settings(max_examples=150, deadline=None)
@given(padded())
def test_places_and_fixes_are_those_of_the_whole_text(text: str) -> None:
    source = read("x.py", text.encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linter, "LARGE", 10**9)
        whole = check_source(source, Settings(), noqa=False).findings
        fixed = fix_source(source, Settings(), unsafe=True).source.text
        patch.setattr(linter, "LARGE", 0)
        assert check_source(source, Settings(), noqa=False).findings == whole
        assert fix_source(source, Settings(), unsafe=True).source.text == fixed
    lines = text.splitlines()
    assert [lines[found.location.row - 1] for found in whole] == TRAINING.splitlines()[6:]


@pytest.mark.usefixtures("small_is_large")
def test_one_line_stands_for_what_is_left_out() -> None:
    thin = cut(
        TRAINING
        + "\n# about it\n@decorate\ndef helper():\n    pass\n\n\nclass Model:\n    def call(self):\n        pass\n"
        + "print(helper, lr.args)\n"
    )
    assert thin is not None
    assert (
        thin.text == TRAINING + "\n# about it\n@decorate\ndef helper():\n    pass\n\n\npass\nprint(helper, lr.args)\n"
    )
    assert thin.place(Location(17, 7)) == Location(19, 7)
    assert [type(node).__name__ for node in thin.left_out] == ["ClassDef"]


@pytest.mark.usefixtures("small_is_large")
def test_a_method_is_left_out_of_a_class() -> None:
    head = (
        "import tensorflow as tf\n\n\nclass Trainer:\n    def __init__(self):\n        tf.train.create_global_step()\n"
    )
    thin = cut(f"{head}\n    @property\n    def size(self):\n        return 1\n")
    assert thin is not None
    assert thin.text == f"{head}\n    pass\n"


@pytest.mark.usefixtures("small_is_large")
@pytest.mark.parametrize(
    "code",
    [
        "from helpers import *\n",
        "print(eval('lr'))\n",
        "globals().update(a=1)\n",
        "setattr(thing, name, 1)\n",
        "step = tf.train.get_global_step()\n",
        "exit()\n",
    ],
)
def test_nothing_is_left_out_where_names_are_not_seen(code: str) -> None:
    unrelated = "def helper():\n    pass\n"
    assert cut(TRAINING + unrelated) is not None
    assert cut(TRAINING + unrelated + code) is None


@pytest.mark.usefixtures("small_is_large")
@pytest.mark.parametrize(
    "code",
    [
        "def helper(a):\n    a.b()\nhelper(lr)\n",
        "def helper():\n    return table\ntable = [lr]\nhelper()\n",
        "def helper():\n    global lr\n    lr = 1\n",
        "class A:\n    def rate(self):\n        return 1\nprint(lr, A().rate)\n",
        "class A:\n    rate = 1\nprint(lr, getattr(A, 'rate'))\n",
        "def print(*args):\n    pass\n",
        "if step:\n    raise SystemExit\n",
        "def helper():\n    tf.disable_eager_execution()\n",
        "def helper():\n    return tf.train.exponential_decy\n",
        "numbers = [1]; print(lr)\n",
        "match other:\n    case [*lr]:\n        pass\n",
        "match other:\n    case {'a': _, **lr}:\n        pass\n",
        "match other:\n    case {'a': int() as lr}:\n        pass\n",
        "try:\n    other()\nexcept OSError as lr:\n    pass\n",
    ],
)
def test_what_may_matter_is_kept(code: str) -> None:
    assert cut(TRAINING + code) is None


@pytest.mark.usefixtures("small_is_large")
def test_a_variable_is_found_by_the_name_it_has_in_tensorflow() -> None:
    text = TRAINING.replace("tf.Variable(0)", "tf.get_variable('updates/count', [])")
    assert cut(text + "def helper():\n    return tf.get_variable('weights', [])\n") is not None
    assert cut(text + "def helper():\n    return tf.get_variable('updates/count', [])\n") is None
    assert cut(text + "NAME = 'updates/count'\ndef helper():\n    return tf.get_variable(NAME, [])\n") is None


def test_words_of_what_is_left_out_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A number is taken at its word only where its name is bound once: be it where nothing else matters."""
    text = TRAINING.replace("10, 0.5", "SIZE, 0.5").replace("step =", "SIZE = 0\nstep =")
    other = "def helper(SIZE):\n    return SIZE\n"
    monkeypatch.setattr(linter, "LARGE", 0)
    alone, both = (read("x.py", code.encode()) for code in (text, text + other))
    assert cut(text + other) is not None
    codes = [{found.code for found in check_source(source, Settings()).findings} for source in (alone, both)]
    assert codes[0] - codes[1] == {"LRL404"}


def test_small_files_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at: list[str] = []
    monkeypatch.setattr(relevant, "thinned", lambda _, text: looked_at.append(text))
    large = TRAINING + "\n" * (linter.LARGE - TRAINING.count("\n") - 1)
    for text in (TRAINING, large, large.removesuffix("\n")):
        check_source(Source("x.py", text), Settings())
    assert looked_at == [large]


def test_a_notebook_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    source = read("wrong.ipynb", (ROOT / "fixtures" / "line_notebook" / "wrong.ipynb").read_bytes())
    before = said(source)
    monkeypatch.setattr(linter, "LARGE", 0)
    monkeypatch.setattr(relevant, "thinned", None)
    assert said(source) == before
