"""Whether a decay stands in the code: the answer of a walk over the whole tree, without most of the walk."""

from __future__ import annotations

import ast

import hypothesmith
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrlint.mentions import mentions_decay_in_code
from lrlint.prefilter import DECAY_NAMES, KERAS_SCHEDULES
from lrlint.slips import meant


def mentioned(text: str) -> bool:
    return mentions_decay_in_code(ast.parse(text), text)


class TestMentions:
    @pytest.mark.parametrize(
        "text",
        [
            "lr = tf.train.exponential_decay(0.1, step, 10, 0.5)",
            "lr = polynomial_decay",
            "from tensorflow.train import cosine_decay as cd",
            "import a.noisy_linear_cosine_decay",
            "from tensorflow.train import (a,\n  piecewise_constant)",
            "f = getattr(tf.train, 'natural_exp_decay')",
            "f(inverse_time_decay=1)",
            "def f(cosine_decay_restarts): pass",
            "@tf.train.piecewise_constant_decay\ndef f(): pass",
            "x = f'{linear_cosine_decay}'",
        ],
    )
    def test_in_code_count(self, text: str) -> None:
        assert mentioned(text)

    @pytest.mark.parametrize(
        "text",
        [
            "# exponential_decay\n",
            "'''Rates: see exponential_decay.'''\n",
            "my_exponential_decay(1)",
            "x.weight_decay",
            "x = b'exponential_decay'",
            "x = f'exponential_decay of {y}'",
        ],
    )
    def test_elsewhere_do_not(self, text: str) -> None:
        assert not mentioned(text)


def by_looking_at_all(tree: ast.AST) -> bool:
    """The same question asked of each node."""
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Attribute(attr="train") | ast.Name(id="train"), attr=name) if meant(name):
                return True
            case ast.alias(name=name):
                names.update(name.split("."))
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.arg(arg=name):
                names.add(name)
            case ast.Constant(value=str(name)):
                names.add(name)
    optimizer = any(name.endswith("Optimizer") and name != "Optimizer" for name in names)
    return not names.isdisjoint(DECAY_NAMES) or (optimizer and not names.isdisjoint(KERAS_SCHEDULES))


NAMES = st.sampled_from(
    [
        *sorted(DECAY_NAMES | KERAS_SCHEDULES),
        *("train.polynominal_decay", "train.exp_decay", "train.cosine_deacy", "train.piecewise_constnat"),
        *("Optimizer", "AdamOptimizer", "weight_decay", "exponential_decays", "x"),
    ]
)

PLACES = st.sampled_from(
    [
        "# NAME\n",
        "NAME\n",
        "x = 'NAME'\n",
        "x = ('exponential_'  # NAME\n 'decay')\n",
        "'''\nNAME\n'''\n",
        "x = '''\\\nNAME'''\n",
        "x = f'{a} {NAME}'\n",
        "x = f'''a\n{b:{NAME}}'''\n",
        "@NAME\n\ndef f(): pass\n",
        "@a(b,\n  NAME)\n@c\nclass A:\n    x = 1\n",
        "class A(B, C,\n  NAME): x = 1\n",
        "if a:\n    def f(b=lambda:\n          NAME):\n        return 1\n",
        "with a as b, NAME as c: pass\n",
        "try: a\nexcept NAME: b\nelse:\n    [a for a in\n     NAME]\n",
        "match a:\n    case B(c=[\n     1, C()\n    ]) if NAME: pass\n",
        "f(\n\n'é'\n, a\n.\nb, c=NAME)\n",
        "f(x,\n  **{'a':\n  tf.NAME})\n",
        "tf.train \\\n  .polynominal_decay\n",
        "from a import (b,\n  polynomial_decay)\n",
        "x = 1\n",
    ]
)


@settings(max_examples=500)
@given(st.lists(st.tuples(PLACES, NAMES), max_size=6), st.sampled_from(["\n", "\r\n", "\r"]))
def test_it_is_told_from_where_words_stand(parts: list[tuple[str, str]], newline: str) -> None:
    text = "".join(place.replace("NAME", name) for place, name in parts).replace("\n", newline)
    assert mentioned(text) == by_looking_at_all(ast.parse(text))


@given(hypothesmith.from_grammar(), st.lists(NAMES, max_size=2))
def test_it_is_told_of_any_program(text: str, names: list[str]) -> None:
    text = "\n".join([*names, text])
    assert mentioned(text) == by_looking_at_all(ast.parse(text))
