"""Generated programs: lrlint and TensorFlow agree about every one of them.

The programs are the same each time, so that a change is judged by itself; ``LRLINT_SEED=today`` draws those of the
day, any other ``LRLINT_SEED`` its own, and ``LRLINT_PROGRAMS`` says how many programs each TensorFlow runs. What is
found wrong here becomes a fixture in ``fixtures/found`` once it is mended.

No false alarm, no wrong reason, no crash and nothing made worse is the rule. At most 0.5 % of the programs may be wrong
without a finding, and the fixes may leave at most 2 % of the wrong ones, of those whose mistake has a fix by design.
"""

from __future__ import annotations

import datetime as dt
import math
import os
from functools import cache

import pytest

from oracle import VERSIONS, Oracle, Version
from oracle.generate import Program, program, programs
from oracle.verdict import Disagreement, Score, Trouble, judge, truths

COUNT = int(os.environ.get("LRLINT_PROGRAMS") or 150)
MISSED = 0.005
LEFT_UNFIXED = 0.02
SHOWN = 5
LEFT: tuple[Trouble, ...] = ("hidden", "not fixed", "refused fix")


def seed() -> str:
    """The seed that is asked for, or the one that is always the same."""
    asked = os.environ.get("LRLINT_SEED") or "every time"
    return dt.datetime.now(tz=dt.timezone.utc).date().isoformat() if asked == "today" else asked


@cache
def score(oracle: Oracle, version: Version) -> Score:
    """The count over today's programs, made once for all tests below."""
    counted = Score()
    for drawn in programs(seed(), version, COUNT):
        judge(drawn, oracle, counted)
    return counted


@pytest.fixture
def today(tensorflow: Oracle, pytestconfig: pytest.Config) -> Score:
    version = next(known for known in VERSIONS if tensorflow.version.startswith(known))
    known_before = score.cache_info().currsize
    counted = score(tensorflow, version)
    if score.cache_info().currsize > known_before:
        with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
            print(f"\nTensorFlow {version}, LRLINT_SEED={seed()} LRLINT_PROGRAMS={COUNT}: {counted}")
    return counted


def report(disagreements: list[Disagreement]) -> str:
    """The shortest programs of some disagreements, with what was seen and said."""
    shortest = sorted(disagreements, key=lambda disagreement: len(disagreement.program.text))
    texts = [f"LRLINT_SEED={seed()} LRLINT_PROGRAMS={COUNT}: {len(disagreements)} disagreements"]
    return "\n\n".join([*texts, *map(str, shortest[:SHOWN])])


@pytest.mark.parametrize("trouble", ["false alarm", "wrong reason", "crash", "made worse", "not stable"])
def test_never(today: Score, trouble: Trouble) -> None:
    disagreements = today.of(trouble)
    assert not disagreements, report(disagreements)


def test_what_is_wrong_is_found(today: Score) -> None:
    missed = today.of("miss")
    assert len(missed) <= math.ceil(MISSED * today.programs), report(missed)


def test_what_is_wrong_is_fixed(today: Score) -> None:
    """Of those that have a fix by design, as many as so far train as they are meant to once all fixes are made."""
    left = [d for trouble in LEFT for d in today.of(trouble)]
    fixable = today.wrong - today.unfixable
    assert fixable - today.fixed_all <= math.ceil(LEFT_UNFIXED * fixable), report(left)


def test_a_seed_is_a_program() -> None:
    first, second = program("some seed", "1.15"), program("some seed", "1.15")
    assert first.text == second.text
    assert first.text != program("another seed", "1.15").text


def test_right_and_wrong_programs_are_drawn(today: Score) -> None:
    assert 0.2 * today.programs < today.wrong < 0.8 * today.programs


def test_what_was_not_meant_wrong_is_right(tensorflow: Oracle) -> None:
    """Programs without a slip are right, so that a false alarm is one: the generator knows what it writes."""
    version = next(known for known in VERSIONS if tensorflow.version.startswith(known))
    drawn = [p for p in programs(seed(), version, COUNT) if not p.slips]
    wrong = [p for p in drawn if truths(p, tensorflow.run(p.text))]
    assert not wrong, "\n\n".join(_shown(p, tensorflow) for p in wrong[:SHOWN])


def _shown(program: Program, oracle: Oracle) -> str:
    return str(Disagreement("miss", program, "no slip, and yet it is wrong", oracle.run(program.text)))
