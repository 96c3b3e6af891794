"""The prefilter may be wrong in one direction only."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrlint.prefilter import (
    BEGINNING,
    CONSTANT,
    DECAY_NAMES,
    ENDING,
    HALVES,
    KERAS_SCHEDULES,
    LONGER,
    NEEDLES,
    may_hold_finding,
    may_hold_finding_text,
    mentions_decay,
    mentions_decay_text,
)
from lrlint.slips import NICKNAMES, meant
from lrlint.tf_api import DECAYS

names = st.sampled_from(sorted(DECAY_NAMES))
code = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=80)
behind = code.filter(lambda text: re.match(r"[A-Za-z0-9_]", text) is None)
"""What may stand behind a name: no more of a word."""


def test_the_names_are_those_of_the_api() -> None:
    assert frozenset(DECAYS) == DECAY_NAMES
    assert len(DECAY_NAMES) == 10


def is_searched(text: str) -> bool:
    """Whether the search for a mark comes by a text."""
    data = text.encode()
    return CONSTANT in data or data.endswith(ENDING) or data.startswith(BEGINNING)


def test_every_needle_is_needed_and_every_name_has_one() -> None:
    for name in DECAY_NAMES | KERAS_SCHEDULES:
        assert any(needle in name for needle in NEEDLES), name
    for needle in NEEDLES:
        assert is_searched(needle), needle
        others = [other for other in NEEDLES if other != needle]
        assert any(not any(other in name for other in others) for name in DECAY_NAMES | KERAS_SCHEDULES), needle


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789")


@st.composite
def slips(draw: st.DrawFn) -> str:
    """A decay that is misspelt by one slip."""
    name = draw(names)
    at = draw(st.integers(0, len(name) - 1))
    letter = draw(LETTERS)
    return draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name + letter,
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )


@given(before=code, slip=slips() | st.sampled_from(sorted(NICKNAMES)), after=behind)
def test_a_slip_is_never_missed(before: str, slip: str, after: str) -> None:
    text = f"{before}train.{slip}{after}"
    assert may_hold_finding(text.encode())
    assert may_hold_finding_text(text)
    assert slip in DECAY_NAMES or meant(slip) in DECAY_NAMES


def every_slip() -> Iterator[str]:
    """All decays that are misspelt by one slip, with three letters for any: one of the names, a capital, a digit."""
    for name in DECAY_NAMES:
        for at in range(len(name) + 1):
            yield name[:at] + name[at + 1 :]
            yield name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
            for letter in "eX1":
                yield name[:at] + letter + name[at:]
                yield name[:at] + letter + name[at + 1 :]


def test_no_slip_at_all_is_missed() -> None:
    assert [slip for slip in every_slip() if not may_hold_finding(f"train.{slip}".encode())] == []


def test_every_half_is_needed() -> None:
    """Without it, some slip would be missed."""
    missing = [f"train.{slip}" for slip in every_slip()]
    for half in HALVES:
        assert is_searched(half), half
        others = [other for other in (*NEEDLES, *HALVES) if other != half]
        assert any(not any(other in text for other in others) for text in missing), half


@pytest.mark.parametrize("name", ["weight_decay", "lr_decay", "decay", "step_decay", "constant", "cosine", "", "train"])
def test_what_means_no_decay(name: str) -> None:
    assert meant(name) is None


@pytest.mark.parametrize(
    ("slip", "right"),
    [
        ("polynominal_decay", "polynomial_decay"),
        ("exponetial_decay", "exponential_decay"),
        ("exponential_deacy", "exponential_decay"),
        ("cosine_decay_restart", "cosine_decay_restarts"),
        ("piecewise_constants", "piecewise_constant"),
        ("exp_decay", "exponential_decay"),
    ],
)
def test_what_a_slip_means(slip: str, right: str) -> None:
    assert meant(slip) == right
    assert meant(right) is None


def test_a_file_that_cannot_be_read_is_told_so_only_for_a_decay_that_is_named() -> None:
    assert not mentions_decay_text("initial_decay = 1; print initial_decay")
    assert not mentions_decay(b"train.polynominal\xff")
    assert not mentions_decay_text("train.polynominal; train.picewise_constant")
    assert not mentions_decay_text("cosine_decay_fn; print x")
    assert mentions_decay_text("cosine_decay")
    assert mentions_decay_text("piecewise_constant\n")
    assert mentions_decay_text("AdamOptimizer(CosineDecayRestarts())")
    assert mentions_decay(b"\xffcosine_decay")


@given(before=code, name=names, after=behind, encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_name_is_never_missed(before: str, name: str, after: str, encoding: str) -> None:
    text = before + name + after
    assert may_hold_finding(text.encode(encoding))
    assert may_hold_finding_text(text)


def test_a_name_may_be_the_beginning_of_another_only() -> None:
    """Then the longer one is looked for as well."""
    every = DECAY_NAMES | KERAS_SCHEDULES
    longer = {name[len(needle) :] for needle in NEEDLES for name in every if name.startswith(needle)}
    longer |= {name.partition("decay")[2] for name in DECAY_NAMES} | {
        name.partition("Decay")[2] for name in KERAS_SCHEDULES
    }
    assert longer - {""} == set(LONGER)


@given(
    before=code, schedule=st.sampled_from(sorted(KERAS_SCHEDULES)), between=code, kind=st.text(LETTERS), after=behind
)
def test_a_schedule_of_keras_beside_an_optimizer_is_never_missed(
    before: str, schedule: str, between: str, kind: str, after: str
) -> None:
    for text in (
        f"{before}{schedule} {between}{kind}Optimizer{after}",
        f"{before}{kind}Optimizer {between}{schedule}{after}",
    ):
        assert may_hold_finding(text.encode())
        assert may_hold_finding_text(text)


@pytest.mark.parametrize(
    "encoding",
    ["latin-1", "cp1252", "koi8-r", "iso-8859-15", "shift_jis", "gb18030", "big5", "euc_jp", "utf-7", "cp037", "hz"],
)
@given(name=names)
def test_a_declared_encoding_hides_no_name(encoding: str, name: str) -> None:
    data = f"# coding: {encoding}\n".encode("ascii") + f"tf.train.{name}".encode(encoding)
    assert may_hold_finding(data)


def test_a_name_written_in_the_escapes_of_an_encoding_is_not_missed() -> None:
    data = b"# -*- coding: utf-7 -*-\nlr = tf.train.exponential+AF8-decay(0.1, step, 10, 0.5)\n"
    assert b"exponential_decay" not in data
    assert "exponential_decay" in data.decode("utf-7")
    assert may_hold_finding(data)
    assert may_hold_finding(b"#!/usr/bin/python\r\n# vim: set fileencoding=utf_7 :\r\nexponential+AF8-decay\r\n")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x = 1\n",
        b"weight_decay = 1e-4\nlr_decay = 0.9\nlearning_rate_decay = 0.5\n",
        b"saver = tf.train.Saver()\noptimizer = tf.train.AdamOptimizer(0.1)\n",
        b"x = tf.constant(1)\nrate_decay = use_decay = step_decay\n",
        b"# -*- coding: utf-8 -*-\nx = 1\n",
        b"# coding: latin-1\nx = '\xe9'\n",
        b"x = 1\ny = 2\n# coding: utf-7\n",
        b"x = 'encoding'\n",
        b"\xff\xfe\0x\0=\0" + b"1\0",
        b"rate = learning_rate.get_exponential_decay_fn(piecewise_constant_with_warmup=1, cosine_decay2=2)\n",
        b"rate = tf.keras.optimizers.schedules.ExponentialDecay(0.1, 1000, 0.5)\n",
        b"rate = ExponentialDecayWithOffset(0.1)\noptimizer = tf.train.AdamOptimizer(rate)\n",
        bytes(range(256)) * 8,
    ],
)
def test_what_cannot_hold_a_finding_is_left_out(data: bytes) -> None:
    assert not may_hold_finding(data)


def test_it_loads_nothing() -> None:
    program = (
        "import sys; before = set(sys.modules); from lrlint.prefilter import may_hold_finding; "
        "may_hold_finding(b'x = 1'); print(*sorted(set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) <= {"__future__", "lrlint", "lrlint.prefilter"}
