"""Generated programs: the rates that a finding states are those that TensorFlow applies, and those that were meant.

The programs are those of ``test_generated.py``, so that TensorFlow runs each of them once.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from lrlint.api import check
from lrlint.effect import actual_at, intended_at
from lrlint.finding import Effect, Finding
from oracle import VERSIONS, Oracle
from oracle.generate import programs
from oracle.test_generated import COUNT, seed

OF_KERAS = {"LRL305", "LRL306", "LRL307"}
"""Rules about optimizers whose rates nobody notes."""


def compared(findings: Sequence[Finding]) -> list[tuple[str, Effect]]:
    """The effects that say what every update applies."""
    return [
        (finding.code, effect)
        for finding in findings
        if (effect := finding.effect) is not None
        and finding.code not in OF_KERAS
        and effect.way in ("frozen", "double")
        and effect.lead is not None
        and not any("schedule's own" in assumed for assumed in effect.assumed)
    ]


def agree(runs: Sequence[Sequence[float]], effect: Effect, *, actual: bool) -> bool:
    """Whether one of the runs of rates is that of the effect, from the first update on."""
    at = actual_at if actual else intended_at
    return any(
        list(run) == pytest.approx([at(effect, effect.start + n) for n in range(len(run))], rel=1e-4, abs=1e-9)
        for run in runs
        if run
    )


def test_what_is_stated_is_what_is_applied(tensorflow: Oracle) -> None:
    version = next(known for known in VERSIONS if tensorflow.version.startswith(known))
    wrong: list[str] = []
    count = 0
    for program in programs(seed(), version, COUNT):
        effects = compared(check(program.text))
        seen = tensorflow.run(program.text) if effects else None
        if seen is None or seen.error is not None or not seen.rates:
            continue
        runs = [seen.rates, *seen.rates_by_optimizer]
        for code, effect in effects:
            count += 1
            if not agree(runs, effect, actual=True):
                wrong.append(f"{program.seed}: {code} states {effect}\napplied: {runs}\n{program.text}")
            if not agree(program.intended, effect, actual=False):
                wrong.append(f"{program.seed}: {code} states {effect}\nmeant: {program.intended}\n{program.text}")
    assert not wrong, "\n\n".join(wrong[:3])
    assert count > 0.05 * COUNT
