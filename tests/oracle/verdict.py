"""What is true of a generated program, by what TensorFlow did with it, and whether lrlint agrees."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest
from typing import Literal

from lrlint.api import InternalError, check, fix
from lrlint.finding import Finding
from lrlint.fixes import FixResult
from lrlint.rules import all_rules
from oracle.client import Oracle
from oracle.generate import Program
from oracle.observation import Observation

Truth = Literal["raises", "frozen", "drifting", "text", "output", "weights"]
Trouble = Literal[
    "false alarm", "miss", "wrong reason", "crash", "not fixed", "hidden", "made worse", "refused fix", "not stable"
]

_PARTIAL = "functools.partial(<"
_LOST_LINE = "--- Logging error ---"

CLAIMS: dict[str, frozenset[Truth]] = {
    "LRL101": frozenset({"frozen"}),
    "LRL102": frozenset({"frozen"}),
    "LRL103": frozenset({"raises", "frozen"}),
    "LRL104": frozenset({"frozen", "raises"}),
    "LRL105": frozenset({"frozen", "raises"}),
    "LRL106": frozenset({"frozen", "drifting"}),
    "LRL107": frozenset({"drifting"}),
    "LRL108": frozenset({"weights", "frozen", "drifting"}),
    "LRL109": frozenset({"frozen"}),
    "LRL110": frozenset({"raises"}),
    "LRL201": frozenset({"text", "raises"}),
    "LRL202": frozenset({"raises"}),
    "LRL203": frozenset({"output", "raises"}),
    "LRL204": frozenset({"raises"}),
    "LRL205": frozenset({"frozen"}),
    "LRL301": frozenset({"frozen"}),
    "LRL302": frozenset({"frozen"}),
    "LRL303": frozenset({"raises"}),
    "LRL304": frozenset({"weights"}),
    "LRL305": frozenset({"weights"}),
    "LRL306": frozenset({"weights", "output", "raises"}),
    "LRL308": frozenset({"raises"}),
    "LRL309": frozenset({"frozen", "drifting"}),
}
"""What a program does where the finding of a rule is all that is wrong with it."""

HARMLESS = frozenset({"LRL103", "LRL305", "LRL306"})
"""Rules that also report what works by accident, and say so."""


@dataclass(frozen=True)
class Disagreement:
    """lrlint and TensorFlow disagree about a program."""

    trouble: Trouble
    program: Program
    detail: str
    observation: Observation | None = None
    findings: Sequence[Finding] = ()
    fixed: str | None = None
    fixed_observation: Observation | None = None

    def __str__(self) -> str:
        slips = ", ".join(slip.name for slip in self.program.slips) or "none"
        lines = [
            f"==== {self.trouble}: {self.detail}",
            f"seed {self.program.seed}; slips: {slips}; {self.program.axes}",
            "----",
        ]
        lines += [f"{number:3} {line}" for number, line in enumerate(self.program.text.splitlines(), 1)]
        lines.append(f"---- intended {_rounded(self.program.intended)}")
        if self.observation:
            lines.append(f"TensorFlow: {_seen(self.observation)}")
        lines += [f"lrlint: {f.location.row}:{f.location.column} {f.code} {f.message}" for f in self.findings]
        if self.fixed is not None and self.fixed_observation:
            before, after = self.program.text.splitlines(), self.fixed.splitlines()
            diff = list(difflib.unified_diff(before, after, lineterm="", n=0))[2:]
            lines += ["---- the fixes:", *diff, f"TensorFlow: {_seen(self.fixed_observation)}"]
        return "\n".join(lines)


@dataclass
class Score:
    """The counts over many programs."""

    programs: int = 0
    wrong: int = 0
    missed: int = 0
    uncovered: int = 0
    fixable: int = 0
    fixed: int = 0
    fixed_all: int = 0
    unfixable: int = 0
    disagreements: list[Disagreement] = field(default_factory=list)

    def of(self, trouble: Trouble) -> list[Disagreement]:
        return [d for d in self.disagreements if d.trouble == trouble]

    def __str__(self) -> str:
        counts = ", ".join(
            f"{len(self.of(trouble))} {trouble}" for trouble in sorted({d.trouble for d in self.disagreements})
        )
        return (
            f"{self.programs} programs, {self.wrong} wrong ({self.uncovered} not yet covered); "
            f"right after fixes: {self.fixed_all} of {self.wrong - self.uncovered}, "
            f"{self.unfixable} have no fix by design; {counts or 'no disagreement'}"
        )


@cache
def covered() -> frozenset[str]:
    """The codes of the rules that there are."""
    return frozenset(rule.code for rule in all_rules())


def truths(program: Program, seen: Observation) -> frozenset[Truth]:
    """What is wrong with a program; nothing where it is right."""
    found: set[Truth] = set()
    if seen.error:
        found.add("raises")
    else:
        found.update(_of_run(run, rates) for run, rates in _pairs(seen, program) if not _close(run, rates))
    if _PARTIAL in seen.output + seen.log or _LOST_LINE in seen.log:
        found.add("text")
    if not seen.error:
        lines = seen.output.splitlines()
        if any(line not in lines for line in program.expects):
            found.add("output")
        follows = not found & {"frozen", "drifting"}  # else the weight is wrong because the rates are
        if follows and program.weight is not None and not _weight_is(program.weight, lines):
            found.add("weights")
    return frozenset(found)


def _weight_is(weight: float, lines: Sequence[str]) -> bool:
    told = [float(line.split()[1]) for line in lines if line.startswith("weight ")]
    return not told or abs(told[-1] - weight) <= 2e-5 * max(1.0, abs(weight))


def _pairs(seen: Observation, program: Program) -> Iterator[tuple[Sequence[float], Sequence[float]]]:
    """The rates of each optimizer, as they are and as they are meant; nothing stands for an optimizer that is missing."""
    yield from zip_longest(_runs(seen, program), program.intended, fillvalue=())


def _of_run(run: Sequence[float], rates: Sequence[float]) -> Truth:
    """What is wrong with the rates of one optimizer."""
    is_constant = len(run) > 1 and len({round(rate, 9) for rate in run}) == 1
    return "frozen" if is_constant and len(run) == len(rates) else "drifting"


def _runs(seen: Observation, program: Program) -> list[list[float]]:
    return [seen.rates] if program.rebuilt else seen.rates_by_optimizer


def _close(run: Sequence[float], rates: Sequence[float]) -> bool:
    return len(run) == len(rates) and all(abs(a - b) <= 2e-4 * abs(b) + 1e-9 for a, b in zip(run, rates, strict=True))


def judge(program: Program, oracle: Oracle, score: Score) -> None:
    """Runs a program, lints it, fixes it, runs it again, and counts."""
    seen = oracle.run(program.text)
    score.programs += 1
    truth = truths(program, seen)
    try:
        findings = check(program.text)
    except InternalError as problem:
        score.disagreements.append(Disagreement("crash", program, str(problem), seen))
        return
    found = {finding.code for finding in findings}
    if truth:
        score.wrong += 1
    for trouble, detail in _troubles(program, seen, truth, findings):
        score.disagreements.append(Disagreement(trouble, program, detail, seen, findings))
    pending = {code for slip in program.slips if not slip.codes & covered() for code in slip.codes}
    if truth and pending:
        score.uncovered += 1
        return
    if truth and not findings:
        return
    if truth or findings:
        _judge_fix(program, oracle, score, seen, truth, found)


def _troubles(
    program: Program, seen: Observation, truth: frozenset[Truth], findings: Sequence[Finding]
) -> list[tuple[Trouble, str]]:
    troubles: list[tuple[Trouble, str]] = []
    pending = any(not slip.codes & covered() for slip in program.slips)
    if truth and not findings and not pending:
        troubles.append(("miss", f"{_said(truth)}, and lrlint is silent"))
    for finding in findings:
        code = finding.code
        if not truth:
            if not (code in HARMLESS and code in program.codes):
                troubles.append(("false alarm", f"{code} on a program that is right"))
        elif code not in program.codes:
            troubles.append(("wrong reason", f"{code}, though the program has nothing of the kind ({_said(truth)})"))
        elif len(program.slips) == 1 and not truth & _claims(finding):
            troubles.append(("wrong reason", f"{code}, but the program is {_said(truth)}"))
    rows = [range(f.location.row, f.end_location.row + 1) for f in findings if f.code == "LRL202"]
    if len(program.slips) == 1 and seen.error and rows and not any(seen.error.line in lines for lines in rows):
        troubles.append(("wrong reason", f"LRL202 in line {rows[0].start}, but line {seen.error.line} raises"))
    return troubles


def _claims(finding: Finding) -> frozenset[Truth]:
    """What a program does where a finding is all that is wrong with it."""
    raises: frozenset[Truth] = frozenset({"raises"}) if "TensorFlow 1 raises" in finding.message else frozenset()
    return CLAIMS.get(finding.code, frozenset()) | raises


def _judge_fix(
    program: Program, oracle: Oracle, score: Score, seen: Observation, truth: frozenset[Truth], found: set[str]
) -> None:
    try:
        result = fix(program.text, unsafe=True)
    except InternalError as problem:
        score.disagreements.append(Disagreement("crash", program, f"fix: {problem}", seen))
        return
    text = result.source.text
    after = oracle.run(text)
    now = truths(program, after)
    findings = [*result.remaining]

    def disagree(trouble: Trouble, detail: str) -> None:
        score.disagreements.append(Disagreement(trouble, program, detail, seen, findings, text, after))

    for refusal in result.refused:
        disagree("refused fix", f"{refusal.finding.code}: {refusal.reason}")
    if fix(text, unsafe=True).source.text != text:
        disagree("not stable", "a second run of the fixes changes the program again")
    worse = _worse(program, seen, truth, after, now)
    if worse:
        disagree("made worse", worse)
    if truth:
        if not now:
            score.fixed_all += 1
        elif result.applied and not result.remaining:
            disagree(
                "hidden", f"{_said(truth)} before, {_said(now)} after {dict(result.applied)}, and lrlint is content"
            )
        elif _is_fixable(program, result):
            disagree("not fixed", f"{_said(truth)} before, {_said(now)} after {dict(result.applied)}")
        else:
            score.unfixable += 1


def _is_fixable(program: Program, result: FixResult) -> bool:
    """Whether the design promises a fix for all that is wrong with the program.

    Of two optimizers that are both given a step, only the author can say which is to move it.
    """
    by_design = {"LRL109", "LRL205", "LRL305", "LRL306", "LRL309"}
    return not any(slip.codes <= by_design or slip.name == "pair: both pass" for slip in program.slips)


def _worse(
    program: Program, seen: Observation, truth: frozenset[Truth], after: Observation, now: frozenset[Truth]
) -> str | None:
    latent = {claim for code in program.codes for claim in CLAIMS.get(code, frozenset())}
    if now and not truth:
        return f"right before, {_said(now)} after"
    if after.error and not seen.error:
        return f"it did not raise before, now: {after.error}"
    if after.error and seen.error and len(after.rates) < len(seen.rates):
        return f"it raises earlier: {after.error}"
    if now - truth - latent:
        return f"{_said(truth)} before, {_said(now)} after"
    return None


def _said(truth: frozenset[Truth]) -> str:
    return " and ".join(sorted(truth)) or "right"


def _rounded(runs: Sequence[Sequence[float]]) -> list[list[float]]:
    return [[float(f"{rate:.4g}") for rate in run] for run in runs]


def _seen(seen: Observation) -> str:
    parts = [f"rates {_rounded(seen.rates_by_optimizer)}"]
    if seen.error:
        parts.append(re.sub(r"\s+", " ", str(seen.error))[:300])
    if seen.output:
        parts.append(f"output {seen.output[:200]!r}")
    return "; ".join(parts)
