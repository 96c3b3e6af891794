"""Fixes applied to a text, each one kept only if it did what it promised.

The findings are fixed in rounds. A round takes, in the order of the rules and then of the text, every fix that does not
meet one already taken; the others wait for a later round, when their findings have new places. Then the new text is
checked like any other, and the round is kept only if all the findings it fixed are gone and none has appeared. Where
that fails, half of the round is tried, down to the one fix at fault, which is refused and never tried again. So every
round leaves fewer findings or fewer fixes to try, and the rounds come to an end. What a mistake had only hidden does
not count as new: the codes that a fix may uncover are those of rules whose own fixes uncover less. Should that ever
not be so, the rounds are counted, and the text is left as it was.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from lrlint.cells import place
from lrlint.config import Settings
from lrlint.edits import EditError, Splice, Splicing, splices
from lrlint.finding import Finding
from lrlint.linter import check_source
from lrlint.source import Source, SourceError
from lrlint.unused import CODE as UNUSED_NOQA

_ROUNDS = 100
"""How many rounds there may be beside one for each finding."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A fix that was tried and not kept. Unless the text cannot be written, it is a bug in the finding's rule."""

    finding: Finding
    reason: str


@dataclass(frozen=True, slots=True)
class FixResult:
    """The repaired text, how many fixes of each code it took, and the findings that are left in it.

    ``error`` is a line about a bug of lrlint's own, as in :class:`lrlint.linter.CheckResult`; the text is then as it
    was.
    """

    source: Source
    applied: Counter[str] = field(default_factory=Counter)
    remaining: tuple[Finding, ...] = ()
    refused: tuple[Refusal, ...] = ()
    error: str | None = None


def fix_source(
    source: Source, settings: Settings, *, unsafe: bool = False, findings: Sequence[Finding] | None = None
) -> FixResult:
    """Apply the safe fixes, and the unsafe ones if asked for, until none is left. Never raises.

    ``findings`` are those of the source, where somebody has looked for them already.
    """
    if findings is None:
        result = check_source(source, settings)
        if result.error:
            return FixResult(source, remaining=result.findings, error=result.error)
        findings = result.findings
    return _Run(source, findings, settings, unsafe=unsafe).run()


_Plan = tuple[Finding, tuple[Splice, ...]]


class _Run:
    """The rounds over one text; its source and findings are always those of the last round that was kept."""

    def __init__(self, source: Source, findings: Sequence[Finding], settings: Settings, *, unsafe: bool) -> None:
        self.source = source
        self.findings = tuple(findings)
        self.applied: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self._barred: set[tuple[str, int]] = set()
        self._settings = settings
        self._wanted = {"safe", "unsafe"} if unsafe else {"safe"}

    def run(self) -> FixResult:
        source, findings = self.source, self.findings
        endless: set[str] = set()
        for number in range(len(findings) + _ROUNDS):
            batch = self._batch()
            if not batch:
                return FixResult(self.source, self.applied, self.findings, tuple(self.refusals))
            self._keep_what_holds(batch)
            if number > len(findings):
                endless.update(finding.code for finding, _ in batch)
        error = f"internal error in {', '.join(sorted(endless))}, please report it: the fixes come to no end"
        return FixResult(source, remaining=findings, error=error)

    def _batch(self) -> list[_Plan]:
        """The fixes of the next round, none of which meet."""
        batch: list[_Plan] = []
        taken: list[Splice] = []
        for finding in sorted(self.findings, key=lambda finding: (finding.code, finding.sort_key)):
            if not finding.fix or finding.fix.applicability not in self._wanted or self._key(finding) in self._barred:
                continue
            try:
                edits = splices(self.source, finding.fix)
            except EditError as error:
                self._refuse(finding, str(error))
                continue
            if not any(_meets_any(edit, taken) for edit in edits):
                batch.append((finding, edits))
                for edit in edits:
                    insort(taken, edit)
        return batch

    def _keep_what_holds(self, batch: list[_Plan]) -> None:
        """Keep the round, or half of it, or half of that; refuse the one fix that does not hold by itself."""
        while (objection := self._keep(batch)) is not None:
            if len(batch) == 1:
                self._refuse(batch[0][0], objection)
                return
            batch = batch[: len(batch) // 2]

    def _keep(self, batch: list[_Plan]) -> str | None:
        """Make the round's text ours if it holds; else say why not."""
        splicing = Splicing(edit for _, edits in batch for edit in edits)
        text = splicing.apply(self.source.text)
        try:
            self.source.to_bytes(text)
        except SourceError as error:
            return error.message
        new = replace(self.source, text=text)
        result = check_source(new, self._settings)
        if result.error:
            return result.error
        fixed = [finding for finding, _ in batch]
        expected = _without(self.findings, fixed)
        uncovered = {code for finding in fixed if finding.fix for code in finding.fix.uncovers}
        uncovered.add(UNUSED_NOQA)  # what a comment suppressed may be gone with what was fixed
        found = [finding for finding in result.findings if finding.code not in uncovered]
        newcomer = result.problem or _newcomer(self.source, expected, new, found, splicing)
        if newcomer:
            where = place(newcomer.location, new.cells)
            return f"it would leave {newcomer.code} at {where} of the new text: {newcomer.message}"
        self._barred = {(code, splicing.image(offset)[0]) for code, offset in self._barred}
        self.source, self.findings = new, result.findings
        self.applied.update(finding.code for finding in fixed)
        return None

    def _refuse(self, finding: Finding, reason: str) -> None:
        self._barred.add(self._key(finding))
        self.refusals.append(Refusal(finding, reason))

    def _key(self, finding: Finding) -> tuple[str, int]:
        return finding.code, self.source.offset(finding.location)


def _without(findings: Iterable[Finding], fixed: Iterable[Finding]) -> list[Finding]:
    gone = {id(finding) for finding in fixed}
    return [finding for finding in findings if id(finding) not in gone]


def _meets_any(edit: Splice, taken: Sequence[Splice]) -> bool:
    """Whether an edit meets one of those taken; they are in order and meet no other fix's, so its neighbours tell."""
    index = bisect_left(taken, edit)
    return any(edit.meets(other) for other in taken[max(index - 1, 0) : index + 1])


def _newcomer(
    old: Source, expected: Iterable[Finding], new: Source, found: Iterable[Finding], splicing: Splicing
) -> Finding | None:
    """The first finding that is none of the expected ones at its new place; ``None`` where there is none such."""
    places: dict[str, list[tuple[int, int]]] = {}
    for finding in expected:
        low, high = splicing.image(old.offset(finding.location))
        places.setdefault(finding.code, []).append((high, low))
    for left in places.values():
        left.sort()
    for finding in sorted(found, key=lambda finding: finding.location):
        offset = new.offset(finding.location)
        left = places.get(finding.code, [])
        # The one that ends first, of those that can be meant, leaves the most to the findings after it.
        match = next((place for place in left if place[1] <= offset <= place[0]), None)
        if match is None:
            return finding
        left.remove(match)
    return None
