"""Effects: every number in them is the rate that TensorFlow applies, and every clause says it in words."""

from __future__ import annotations

import json
import math
import struct
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lrlint.rules
from lrlint.api import check
from lrlint.decays import DECAYS
from lrlint.effect import actual_at, as_json, intended_at
from lrlint.effect.curves import shortest
from lrlint.effect.steps import telling_steps
from lrlint.effect.words import clause
from lrlint.finding import Effect, Finding, Way
from oracle import VERSIONS, Observation, Oracle
from pages import parse_page
from test_fixtures import STORIES, repaired, wrong

RELATIVE = 1e-4
"""How far a rate may be from the one that TensorFlow applies: decays in float32, and rates as pages state them."""


@dataclass(frozen=True)
class Pair:
    """A wrong program and the right one, and the TensorFlows that they are for."""

    before: str
    after: str
    versions: tuple[str, ...] = VERSIONS

    def effects(self) -> list[tuple[Finding, Effect]]:
        return [(finding, finding.effect) for finding in check(self.before) if finding.effect is not None]


def _fixtures() -> dict[str, Pair]:
    return {
        story: Pair(
            before := wrong(story).read_text("utf-8"),
            repaired(story).read_text("utf-8"),
            VERSIONS if "compat" in before else ("1.15",),
        )
        for story in STORIES
    }


def _pages() -> dict[str, Pair]:
    return {
        f"{path.stem}-{example.number}": Pair(
            example.source, repair.source, ("1.15",) if "tf115" in example.words else VERSIONS
        )
        for path in sorted(Path(lrlint.rules.__file__).parent.glob("*.md"))
        for page in [parse_page(path.read_text("utf-8"))]
        for example, repair in zip(page.blocks("Example"), page.blocks("Use instead"), strict=False)
        if example.runs
    }


PAIRS = {**_fixtures(), **_pages()}
CASES = [
    pytest.param(version, name, id=f"{name}-{version}")
    for name, pair in PAIRS.items()
    for version in pair.versions
    if pair.effects()
]
every_pair = pytest.mark.parametrize(("tensorflow", "name"), CASES, indirect=["tensorflow"])


def has_numbers(effect: Effect) -> bool:
    """Whether the effect says what is applied, and not only what the schedule gives."""
    return bool(effect.steps) and effect.lead is not None and not any("schedule's own" in it for it in effect.assumed)


RAISES_IN_AN_UPDATE = {"LRL103", "LRL104", "LRL105", "LRL106", "LRL108", "LRL110", "LRL303", "LRL308", "LRL406"}


def is_keras(finding: Finding) -> bool:
    """Whether a Keras optimizer makes the updates, of which nobody notes the rates."""
    return finding.code in ("LRL305", "LRL306")


def agree(rates: list[float], expected: list[float | None]) -> bool:
    """Whether these are the rates that were applied, from the first update on."""
    known = [rate for rate in expected[: len(rates)] if rate is not None]
    return len(known) == len(rates) and rates == pytest.approx(known, rel=RELATIVE, abs=1e-9, nan_ok=True)


def runs_of(observation: Observation) -> list[list[float]]:
    """The rates that were applied: of all the optimizers together, and of each."""
    return [observation.rates, *observation.rates_by_optimizer]


@every_pair
def test_the_intended_rates_are_those_after_the_fix(tensorflow: Oracle, name: str) -> None:
    seen = tensorflow.run(PAIRS[name].after)
    assert seen.error is None
    for finding, effect in PAIRS[name].effects():
        unknown = effect.way == "as-written" and effect.meant is None  # only the author knows
        if has_numbers(effect) and not is_keras(finding) and not unknown and seen.rates:
            expected = [intended_at(effect, effect.start + n) for n in range(len(seen.rates))]
            assert any(agree(rates, expected) for rates in runs_of(seen)), (finding.code, expected, seen.rates)


@every_pair
def test_the_actual_rates_are_those_before_the_fix(tensorflow: Oracle, name: str) -> None:
    seen = tensorflow.run(PAIRS[name].before)
    effects = PAIRS[name].effects()
    for finding, effect in effects:
        hidden = effect.way == "as-is" and len(effects) > 1  # by a mistake that does change the rate
        beside = finding.code in ("LRL201", "LRL202") and seen.rates  # what raises is done beside the training
        if not has_numbers(effect) or is_keras(finding) or hidden or beside:
            continue
        # Where a program stops and goes on is its own affair; the effect has to say a place.
        told = replace(effect, lead=-(len(seen.rates) // 2)) if effect.way == "restart" else effect
        expected = [actual_at(told, effect.start + n) for n in range(len(seen.rates))]
        assert any(agree(rates, expected) for rates in runs_of(seen)), (finding.code, expected, seen.rates)
        if effect.way == "raises" and finding.code in RAISES_IN_AN_UPDATE:
            assert seen.error is not None
            assert effect.made in map(len, runs_of(seen))


@every_pair
def test_the_errors_are_tensorflow_s(tf115: Oracle, tensorflow: Oracle, name: str) -> None:
    del tensorflow  # the words are those of 1.15.5, where a program is for both
    seen = tf115.run(PAIRS[name].before)
    for _, effect in PAIRS[name].effects():
        if effect.error is not None:
            assert seen.error is not None
            said = f"{seen.error.type}: {seen.error.message}"
            assert all(part in said for part in effect.error.split("...")), said


# --- what is not known, and how it is said ---------------------------------------------------------------------------

HEAD = "import argparse\nimport tensorflow as tf\ntf.enable_eager_execution()\nw = tf.Variable(1.0)\n"


def only(program: str) -> Effect:
    """The effect of a program's first finding."""
    effect = check(HEAD + program)[0].effect
    assert effect is not None
    return effect


def stands_still(decay: str, *, rate: str = "rate", updates: str = "n", before: str = "") -> str:
    """A function with parameters that nobody passes, which trains with a step that nobody moves."""
    return (
        f"{before}def train(first, steps, factor, n):\n"
        f"    step = tf.train.get_or_create_global_step()\n    rate = tf.train.{decay}\n"
        f"    optimizer = tf.train.AdamOptimizer({rate})\n"
        f"    for _ in range({updates}):\n        optimizer.minimize(lambda: w * 1.0)\n"
    )


OPTION = "parser = argparse.ArgumentParser()\nparser.add_argument('--rate', type=float, default=0.1)\nargs = parser.parse_args()\n"
SAID = {
    stands_still("exponential_decay(0.1, step, 100000, 0.96, staircase=True)"): (
        "the rate stays 0.1; as written it should be 0.0665 at step 1000000",
        (),
    ),
    stands_still("exponential_decay(0.1, step, steps, 0.96)"): (
        "the rate stays 0.1; as written it should be 0.0665 at step `10 * steps`",
        ("`decay_steps` is `steps`, which is not known: shown for 1000",),
    ),
    stands_still("cosine_decay(0.1, step, steps)"): (
        "the rate stays 0.1; as written it should be 0 at step `steps`",
        ("`decay_steps` is `steps`, which is not known: shown for 1000",),
    ),
    stands_still("exponential_decay(first, step, 1000, 0.96)"): (
        "the rate stays `first`; as written it should be `0.665 * first` at step 10000",
        ("`learning_rate` is `first`, which is not known: rates are shown as parts of it",),
    ),
    stands_still("exponential_decay(0.1, step, 1000, factor)"): (
        "the rate stays 0.1",
        ("`decay_rate` is `factor`, which is not known",),
    ),
    stands_still("polynomial_decay(first, step, 1000)"): (
        "the learning rate never decays",
        ("`learning_rate` is `first`, which is not known",),
    ),
    stands_still("inverse_time_decay(args.rate, step, 10, 1.0)", before=OPTION): (
        "the rate stays 0.1; as written it should be 0.00909 at step 100 (by default)",
        ("`learning_rate` is 0.1 by default",),
    ),
    stands_still("piecewise_constant(step, [1000, 2000], [0.1, 0.01, 0.001])", updates="1500"): (
        "the rate stays 0.1; as written it should be 0.01 at step 1001",
        (),
    ),
    stands_still("natural_exp_decay(0.1, step, 100, 1.0)", updates="50"): (
        "the rate stays 0.1; as written it should be 0.0613 at step 49",
        (),
    ),
    stands_still("cosine_decay_restarts(0.1, step, 100)"): (
        "the rate stays 0.1; as written it should be 0.05 at step 50",
        (),
    ),
    stands_still("exponential_decay(0.1, step, 1000, 0.999999)", updates="10"): (
        "the rate stays 0.1; as written it should be 0.099999 at step 10000",
        (),
    ),
    stands_still("exponential_decay(0.1, step, 1000, 0.5)", rate="lambda: rate() / 2"): (
        "the rate stays 0.05; as written it should be 4.88e-05 at step 10000",
        (),
    ),
    stands_still("exponential_decay(0.1, step, 1000, 0.5)", rate="lambda: max(rate(), 1e-3)"): (
        "the schedule's rate stays 0.1; as written it should be 9.77e-05 at step 10000",
        ("what the optimizer computes with the rate is not known: shown is the schedule's own",),
    ),
    stands_still("noisy_linear_cosine_decay(0.1, step, 1000)"): (
        "the mean of the rates stays 0.1; as written it should be 0.0001 at step 1000",
        ("rates are drawn, the first between -0.0999 and 0.3 in 95 % of all runs: shown is the mean",),
    ),
}


@pytest.mark.parametrize("program", SAID)
def test_what_is_not_known_is_said(program: str) -> None:
    effect = only(program)
    assert (effect.text, effect.assumed) == SAID[program]
    assert check(HEAD + program)[0].message.endswith(f": {effect.text}")


def test_what_was_meant_stands_for_a_step_in_its_place() -> None:
    effect = only(
        "step = tf.Variable(2, dtype=tf.int64)\n"
        "rate = tf.train.exponential_decay(step, 0.1, 8, 0.5)\n"
        "optimizer = tf.train.GradientDescentOptimizer(rate)\n"
        "while input():\n"
        "    optimizer.minimize(lambda: w, global_step=step)\n"
    )
    assert dict(effect.arguments)["learning_rate"] == 0.1
    assert effect.assumed == ()
    assert effect.steps == (2, 3, 8, 40, 80)
    assert effect.intended[2] == 0.05
    assert effect.actual == (None,) * 5


def test_a_whole_number_in_the_place_of_a_factor_raises() -> None:
    program = HEAD + "step = tf.Variable(2)\nrate = tf.train.natural_exp_decay(0.1, step, 0.9, 1000)\n"
    (finding,) = check(program)
    assert finding.code == "LRL403"
    assert finding.message.endswith("and these have changed places: the call raises")
    assert finding.effect is not None
    assert finding.effect.intended[0] == pytest.approx(0.1 * math.exp(-0.9 * 2 / 1000))
    assert set(finding.effect.actual) == {None}


@pytest.mark.parametrize(
    ("keras", "why"),
    [
        ("tf.keras.optimizers", "nothing else moves `step`"),
        ("v2.keras.optimizers.legacy", "nothing else moves `step`"),
        ("v2.keras.optimizers", "`SGD` of TensorFlow 2.11 to 2.15 calls the schedule once"),
    ],
)
def test_it_is_said_which_keras_optimizers_keep_the_first_rate(keras: str, why: str) -> None:
    program = (
        "import tensorflow as v2\nimport tensorflow.compat.v1 as tf\ntf.enable_eager_execution()\n"
        "step = tf.Variable(0)\nrate = tf.train.exponential_decay(0.1, step, 10, 0.5)\n"
        f"optimizer = {keras}.SGD(rate)\n"
    )
    (finding,) = check(program)
    assert finding.code == "LRL305"
    assert finding.message.startswith(f"a Keras optimizer moves no step but its own, and {why}: the rate stays 0.1;")


@pytest.mark.parametrize(
    "given", ["0.1, step, 1000", "0.1, step, 1000, 0.5, stair=True", "0.1, step, 9, 0.5, decay_steps=10"]
)
def test_nobody_knows_what_a_refused_call_means(given: str) -> None:
    effect = only(f"step = tf.train.get_or_create_global_step()\nrate = tf.train.exponential_decay({given})\n")
    assert effect.error is not None
    assert (effect.arguments, effect.assumed, effect.steps) == ((), (), ())


def test_a_step_that_is_set_before_the_training_begins_is_not_known() -> None:
    effect = only(
        "step = tf.Variable(0)\nstep.assign(int(input()))\nrate = tf.train.exponential_decay(0.1, step, 10, 0.5)\n"
        "optimizer = tf.train.AdamOptimizer(rate())\n"
        "for _ in range(30):\n    optimizer.minimize(lambda: w * 1.0, global_step=step)\n"
    )
    assert effect.text == "the learning rate never decays"
    assert effect.assumed == ("the first step is not known: shown from 0",)
    assert set(effect.actual) == {None}
    assert effect.intended[:2] == (0.1, 0.0933033)


def test_a_step_that_moves_nobody_knows_how_far_decays_too_fast() -> None:
    effect = only(
        "step = tf.Variable(0)\nrate = tf.train.exponential_decay(0.1, step, 1, 0.5)\n"
        "optimizer = tf.train.AdamOptimizer(rate)\n"
        "for _ in range(4):\n    optimizer.minimize(lambda: w * 1.0, global_step=step)\n    step.assign_add(int(input()))\n"
    )
    assert effect.text == "the learning rate decays too fast"
    assert effect.assumed == ("how far the step moves is not known",)
    assert (effect.intended[1], set(effect.actual)) == (0.05, {None})


@pytest.mark.parametrize("behind", [False, True])
def test_a_count_that_an_update_is_given_raises(tensorflow: Oracle, behind: bool) -> None:
    lines = ["    optimizer.minimize(lambda: w * 1.0, global_step=step)\n", "    step = step + 1\n"]
    program = (
        f"{HEAD.replace('tensorflow as', 'tensorflow.compat.v1 as')}step = tf.Variable(0)\nrate = tf.train.exponential_decay(0.1, step, 1, 0.5)\n"
        f"optimizer = tf.train.AdamOptimizer(rate)\nfor _ in range(4):\n{''.join(lines if behind else lines[::-1])}"
    )
    (finding,) = check(program)
    assert finding.message == (
        "`step = step + 1` binds `step` to a new tensor, which the next update is to move: that raises an `AttributeError`"
    )
    assert finding.effect is not None
    seen = tensorflow.run(program)
    assert str(seen.error).partition(": ")[2].startswith("AttributeError")
    assert list(seen.rates) == pytest.approx([actual_at(finding.effect, n) for n in range(1 + behind)])
    assert actual_at(finding.effect, 1 + behind) is None


TRAINED_TWICE = (
    "step = tf.Variable(0)\nrate = tf.train.exponential_decay(0.1, step, 1, 0.5)\n"
    "first, second = tf.train.AdamOptimizer(rate), tf.train.AdamOptimizer(rate)\n"
    "for _ in range(4):\n    first.minimize(lambda: w * 1.0)\n    {}.minimize(lambda: w * 2.0)\n"
)


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ("second", "the rate stays 0.1; as written it should be 0.0125 at step 3"),
        ("first", "the rate stays 0.1; as written it should be 9.77e-05 at step 10"),
    ],
)
def test_of_two_optimizers_in_one_loop_one_moves_the_step(second: str, text: str) -> None:
    assert only(TRAINED_TWICE.format(second)).text == text


@pytest.mark.parametrize("given", ["rate()", "tf.Variable(rate())"])
def test_a_second_move_is_nothing_to_an_optimizer_that_keeps_one_rate(given: str) -> None:
    kept, moved = check(
        f"{HEAD}step = tf.Variable(0)\nrate = tf.train.exponential_decay(0.1, step, 1, 0.5)\n"
        f"optimizer = tf.train.AdamOptimizer({given})\n"
        "for _ in range(4):\n    optimizer.minimize(lambda: w * 1.0, global_step=step)\n    step.assign_add(1)\n"
    )
    assert kept.effect is not None
    assert kept.effect.text == "the rate stays 0.1; as written it should be 0.0125 at step 3"
    assert (moved.code, moved.effect) == ("LRL107", None)


def test_a_move_beside_a_branch_goes_along_with_those_in_it(tensorflow: Oracle) -> None:
    program = """import tensorflow.compat.v1 as tf

tf.enable_eager_execution()
weight = tf.Variable(0.0)
step = tf.Variable(0)
rate = tf.train.piecewise_constant(step, [1, 3], [1.0, 0.5, 0.25])
optimizer = tf.train.GradientDescentOptimizer(rate)
for turn in range(3):
    step.assign_add(1)
    if turn < 9:
        optimizer.minimize(lambda: weight * 1.0, global_step=step.assign_add(1))
    else:
        raise SystemExit
"""
    (finding,) = check(program)
    assert finding.effect is not None
    assert (finding.code, finding.effect.lead, finding.effect.speed) == ("LRL107", 2, 3)
    assert list(tensorflow.run(program).rates) == pytest.approx([actual_at(finding.effect, n) for n in range(3)])


@pytest.mark.parametrize("name", PAIRS)
def test_the_rates_of_an_effect_are_those_of_its_curves(name: str) -> None:
    for _, effect in PAIRS[name].effects():
        assert effect.intended == pytest.approx([intended_at(effect, step) for step in effect.steps], nan_ok=True)
        assert effect.actual == pytest.approx([actual_at(effect, step) for step in effect.steps], nan_ok=True)
        assert list(effect.steps) == sorted(set(effect.steps))


@pytest.mark.parametrize("name", PAIRS)
def test_json_has_all_of_it_and_is_json(name: str) -> None:
    for _, effect in PAIRS[name].effects():
        told = as_json(effect)
        assert json.loads(json.dumps(told, allow_nan=False)) == json.loads(json.dumps(told))
        assert [told["decay"], told["way"], told["text"]] == [effect.decay, effect.way, effect.text]


WITHOUT_NUMBERS = {
    ("frozen_variable-4", "LRL302"),  # what `tf.cond` chooses
    ("frozen_variable-5", "LRL302"),
    ("list_counter", "LRL103"),  # the list is counted before the training begins
    ("list_step-1", "LRL103"),
    ("snapshot_step-7", "LRL106"),  # `tf.minimum`
    *((f"keras_schedule_in_v1_optimizer-{number}", "LRL308") for number in range(1, 7)),  # no schedule of `tf.train`
}
"""The wrong programs of which TensorFlow's rates cannot be compared with any that are stated."""


def test_all_but_a_few_effects_are_compared() -> None:
    assert {
        (name, finding.code)
        for name, pair in PAIRS.items()
        for finding, effect in pair.effects()
        if finding.code[:4] in ("LRL1", "LRL3") and not has_numbers(effect)
    } == WITHOUT_NUMBERS


@given(st.floats(width=32))
def test_the_shortest_number_is_the_same_float32(rate: float) -> None:
    assert struct.pack("f", shortest(rate)) == struct.pack("f", rate)
    assert len(repr(shortest(rate))) <= len(repr(rate))


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(width=32),
    st.lists(st.one_of(st.integers(-5, 50), st.floats(width=32)), max_size=4).map(tuple),
)


@given(
    st.sampled_from(sorted(DECAYS)),
    st.data(),
    st.one_of(st.integers(-10, 10**6), st.floats(-10, 1e6)),
    st.sampled_from(get_args(Way)),
)
def test_no_argument_is_too_odd_for_an_effect(decay: str, data: st.DataObject, start: float, way: Way) -> None:
    names = [parameter.name for parameter in DECAYS[decay].parameters if parameter.unit != "step"]
    arguments = tuple((name, data.draw(ODD)) for name in names if name != "name")
    steps = telling_steps(decay, arguments, start, data.draw(st.one_of(st.none(), st.integers(0, 10**6))))
    assert steps[0] == math.floor(start)
    assert all(first < second for first, second in pairwise(steps))
    effect = Effect(decay, arguments, way, steps, (), (), "", start=start)
    shown = replace(
        effect,
        intended=tuple(intended_at(effect, step) for step in steps),
        actual=tuple(actual_at(effect, step) for step in steps),
    )
    assert "None" not in clause(shown)
    json.dumps(as_json(shown), allow_nan=False)
