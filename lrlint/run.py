"""A run over files: each one checked, and fixed where that was asked for. Nothing here prints."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from lrlint.account import Account
from lrlint.cells import place
from lrlint.config import Settings
from lrlint.discover import reason
from lrlint.finding import Finding
from lrlint.read import read
from lrlint.report import Reported, applicable

if TYPE_CHECKING:
    from lrlint.cache import Cache
    from lrlint.linter import CheckResult

Action = Literal["check", "fix", "diff"]


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be done with every file.

    With ``suppress`` the change that is made, or shown, is a comment for each finding, with ``reason`` behind it.
    ``cache`` keeps what is found in files as they are read, and spares a look at those that it knows.
    """

    settings: Settings
    action: Action = "check"
    unsafe: bool = False
    suppress: bool = False
    reason: str = ""
    cache: Cache | None = None

    def changes(self, result: CheckResult) -> bool:
        """Whether something would be made of a file of which this was found, beside a report."""
        if self.action == "check" or result.error:
            return False
        return any(self.suppress or applicable(found.fix, unsafe=self.unsafe) for found in result.findings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: the findings that are left, the fixes applied, and what went wrong, in words.

    ``old`` is the file as it was read and ``new`` what the fixes make of it, whether or not that was written.
    ``refused`` says which fixes were tried and not kept, ``account`` how the file was looked at when it was read.
    """

    path: str
    old: bytes = b""
    new: bytes = b""
    findings: tuple[Finding, ...] = ()
    fixed: Counter[str] = field(default_factory=Counter)
    refused: tuple[str, ...] = ()
    error: str | None = None
    read: bool = True
    account: Account = field(default=Account(), compare=False)

    def patch(self) -> bytes:
        """The fixes as a patch; empty where there are none."""
        from lrlint.report.diff import patch

        return patch(self.path, self.old, self.new)

    def reported(self) -> list[Reported]:
        """The findings, ready to be shown."""
        if not self.findings:
            return []
        from lrlint.source import SourceError

        source = None
        with suppress(SourceError):
            source = read(self.path, self.new)
        return [Reported(self.path, finding, source) for finding in self.findings]


def examine_file(path: str, job: Job) -> Outcome:
    """Read, check and, in a ``"fix"`` job, rewrite one file. What goes wrong stays in its outcome."""
    data = _read(path)
    if isinstance(data, Outcome):
        return data
    outcome = examine(path, data, job)
    if outcome.new == data:
        return _without_bytes(outcome)
    if job.action != "fix":
        return outcome
    from lrlint.atomic import write_atomic

    try:
        write_atomic(path, data, outcome.new)
    except OSError as error:
        unfixed = examine(path, data, Job(job.settings, cache=job.cache))
        what = "not changed" if job.suppress else "not fixed"
        return replace(unfixed, error=f"{path}: {what}: {reason(error)}")
    return outcome


def glance(path: str, job: Job) -> Outcome | int:
    """What comes of a file that need not be parsed; for others, how many bytes there are to parse."""
    data = _read(path)
    if isinstance(data, Outcome):
        return data
    result = job.cache.find(path, data, job.settings) if job.cache is not None else None
    if result is None or job.changes(result):
        return len(data)
    return _without_bytes(_checked(path, data, result))


def _read(path: str) -> bytes | Outcome:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        return Outcome(path, error=f"{path}: {reason(error)}", read=False)


def examine(path: str, data: bytes, job: Job) -> Outcome:
    """Check bytes and, unless the job is only to check, work out what the fixes make of them. Never raises."""
    result = _check(path, data, job)
    checked = _checked(path, data, result)
    if not job.changes(result):
        return checked
    return _suppressed(checked, job) if job.suppress else _fixed(checked, job)


def _check(path: str, data: bytes, job: Job) -> CheckResult:
    from lrlint.linter import check_bytes

    if job.cache is None:
        return check_bytes(path, data, job.settings)
    result = job.cache.find(path, data, job.settings)
    if result is None:
        result = check_bytes(path, data, job.settings)
        job.cache.keep(path, data, job.settings, result)
    return result


def _checked(path: str, data: bytes, result: CheckResult) -> Outcome:
    return Outcome(path, data, data, result.findings, error=_of(path, result.error), account=result.account)


def _without_bytes(outcome: Outcome) -> Outcome:
    """An outcome of a file that stays as it is: its bytes are only for findings, which most files do not have."""
    return outcome if outcome.findings else replace(outcome, old=b"", new=b"")


def _fixed(checked: Outcome, job: Job) -> Outcome:
    """What the fixes make of a file that was checked."""
    from lrlint.fixes import fix_source
    from lrlint.source import SourceError

    path = checked.path
    try:
        fixed = fix_source(read(path, checked.old), job.settings, unsafe=job.unsafe, findings=checked.findings)
        new = fixed.source.to_bytes()
    except SourceError as error:
        return replace(checked, error=_of(path, f"not fixed: {error.message}"))
    refused = tuple(
        f"{path}:{place(refusal.finding.location, fixed.source.cells)}: "
        f"the fix of {refusal.finding.code} does not hold and was not applied: {refusal.reason}"
        for refusal in fixed.refused
    )
    return replace(
        checked,
        new=new,
        findings=fixed.remaining,
        fixed=fixed.applied,
        refused=refused,
        error=_of(path, fixed.error),
    )


def _suppressed(checked: Outcome, job: Job) -> Outcome:
    """What comments make of a file that was checked: ``fixed`` are the findings that they suppress."""
    from lrlint.source import SourceError
    from lrlint.suppress import add_noqa

    path = checked.path
    try:
        done = add_noqa(read(path, checked.old), job.settings, job.reason)
        new = done.source.to_bytes()
    except SourceError as error:
        return replace(checked, error=_of(path, f"not changed: {error.message}"))
    return replace(checked, new=new, findings=done.remaining, fixed=done.added, error=_of(path, done.error))


def _of(path: str, error: str | None) -> str | None:
    return f"{path}: {error}" if error else None
