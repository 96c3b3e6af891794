"""Effects: every number in them is the rate that TensorFlow applies, and every clause says it in words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import lrlint.rules
from lrlint.api import check
from lrlint.effect import actual_at, intended_at
from lrlint.finding import Effect, Finding
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
        beside = finding.code == "LRL202" and seen.rates  # what raises is done beside the training
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
