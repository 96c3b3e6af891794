"""``lrlint check``: from its flags to what it prints, and to its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import click

from lrlint.config import Settings
from lrlint.ending import CLEAN, ERROR, FINDINGS, complain
from lrlint.read import STDIN, STDIN_NAME
from lrlint.report import COUNTED, FOR_PEOPLE, renderer
from lrlint.report.line import printable
from lrlint.report.look import Color, look_of
from lrlint.report.output import write
from lrlint.report.terminal import is_terminal
from lrlint.words import listed, suggestion

if TYPE_CHECKING:
    from lrlint.checking import Seen
    from lrlint.configuration import Configurations
    from lrlint.run import Job, Outcome
    from lrlint.scan import Scan

_OUTPUT_FILE = "--output-file"


@dataclass(frozen=True, slots=True)
class Flags:
    """What ``check`` was given."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    add_noqa: bool
    reason: str | None
    output_file: str | None
    color: Color
    statistics: bool
    verbose: bool
    quiet: bool
    force_exclude: bool
    stdin_filename: str | None
    exit_zero: bool
    exit_non_zero_on_fix: bool
    no_cache: bool

    @property
    def reads_stdin(self) -> bool:
        """Whether standard input is what is checked; an error where files are named beside it."""
        if STDIN in self.paths and len(self.paths) > 1:
            raise click.UsageError("`-` is standard input and cannot be checked together with other paths")
        if self.stdin_filename is not None and self.paths not in ((), (STDIN,)):
            raise click.UsageError("`--stdin-filename` names standard input, and other paths are given")
        return STDIN in self.paths or self.stdin_filename is not None

    @property
    def reports_beside(self) -> bool:
        """Whether findings go to standard error, because standard output carries the fixed source."""
        return self.reads_stdin and (self.fix or self.add_noqa) and not self.diff

    def job(self) -> Job:
        """What these flags ask for."""
        from lrlint.run import Job

        if self.quiet and self.verbose:
            raise click.UsageError("`--quiet` and `--verbose` contradict each other")
        if self.add_noqa and (self.fix or self.unsafe_fixes):
            raise click.UsageError("`--add-noqa` suppresses what `--fix` would repair: choose one")
        if self.reason is not None and not self.add_noqa:
            raise click.UsageError("`--reason` is what `--add-noqa` writes, which is not given")
        if self.reason is not None and not (self.reason.strip() and self.reason.isprintable()):
            raise click.UsageError("`--reason` must be one line of text")
        changes = self.fix or self.add_noqa
        return Job(
            Settings(),
            "diff" if self.diff else "fix" if changes else "check",
            self.unsafe_fixes,
            self.add_noqa,
            (self.reason or "").strip(),
        )


def run(
    flags: Flags, configurations: Configurations, seen: Seen | None = None, *, commands: Collection[str] = ()
) -> int:
    """Check, or fix, or show what the fixes would change, and print what came of it; returns the exit code.

    ``seen`` is what is known of the run already. ``commands`` are the words that may be meant where the first path
    leads nowhere.
    """
    reads_stdin = flags.reads_stdin
    here, job = configurations.of("."), flags.job()
    if flags.statistics and (output_format := here.value("output-format")) not in (None, *COUNTED):
        raise click.UsageError(f"`--statistics` is there in {listed(COUNTED)}, not in `{output_format}`")
    if flags.output_file is not None:
        write(_OUTPUT_FILE, flags.output_file, b"")  # what cannot be written is told before anything is fixed
    if reads_stdin:
        return _check_stdin(flags, job, configurations)
    scan = seen.scan if seen else _scan(flags, configurations)
    found = scan.found
    show = partial(_show, flags, job, here.value("output-format"))
    wrong = _lines({path: why + _meant(path, flags, commands) for path, why in found.wrong.items()})
    if wrong and job.action == "fix":
        return show((), wrong)  # not all of what was asked for is there: nothing is written
    if not (found.files or wrong or flags.quiet or flags.force_exclude):
        click.echo("lrlint: warning: no Python files in the given paths", err=True)
    outcomes = seen.outcomes if seen and seen.outcomes is not None else _outcomes(scan, flags, job, configurations)
    if flags.verbose:
        from lrlint.linter import NO_DECAY

        _tell(found.left_out | dict.fromkeys(scan.passed, f"skipped: {NO_DECAY}"), outcomes, configurations)
    return show(outcomes, wrong + _lines(found.problems), clean=len(scan.passed))


def _scan(flags: Flags, configurations: Configurations) -> Scan:
    from lrlint.discover import discover
    from lrlint.scan import Scan
    from lrlint.unused import CODE as UNUSED_NOQA

    found = discover(
        flags.paths or (".",),
        configurations.excluded,
        force_exclude=flags.force_exclude,
        respect_gitignore=configurations.of(".").value("respect-gitignore") is not False,
    )
    directories = {os.path.dirname(path) for path in found.files}
    noqa = any(configurations.of(directory).settings.enabled(UNUSED_NOQA) for directory in directories)
    return Scan(found, noqa=noqa)


def _outcomes(scan: Scan, flags: Flags, job: Job, configurations: Configurations) -> Sequence[Outcome]:
    from lrlint.checking import work_through
    from lrlint.pool import Task

    here, cache = configurations.of("."), None
    if not flags.no_cache:
        from lrlint.cache import Cache

        cache = Cache(here.value("cache-dir"))
    tasks = [Task(path, replace(job, settings=configurations.settings(path), cache=cache)) for path in scan.suspects]
    return work_through(tasks, cache=cache, jobs=here.value("jobs"), quiet=flags.quiet)


def _meant(path: str, flags: Flags, commands: Collection[str]) -> str:
    """The command or flag that is probably meant by a path that leads nowhere; nothing where none is."""
    if not path.isalpha() or path != flags.paths[0] or path in commands:
        return ""
    return suggestion(path, (*commands, "--help", "--version"))


def _lines(problems: dict[str, str]) -> list[str]:
    """What cannot be looked at, each with why, in one line."""
    return [f"{path or repr('')}: {why}" for path, why in problems.items()]


def _check_stdin(flags: Flags, job: Job, configurations: Configurations) -> int:
    from lrlint.discover import EXCLUDED, shown
    from lrlint.run import Outcome, examine

    if sys.stdin is None:
        return complain("standard input is closed")
    data = sys.stdin.buffer.read()
    path = shown(flags.stdin_filename or STDIN_NAME)
    job = replace(job, settings=configurations.settings(path))
    excluded = configurations.excluded(os.path.dirname(path))
    left_out = flags.force_exclude and flags.stdin_filename and excluded.path(path)
    outcome = Outcome(path, data, data) if left_out else examine(path, data, job)
    if flags.verbose:
        _tell({path: EXCLUDED} if left_out else {}, [] if left_out else [outcome], configurations)
    if job.action == "fix":
        click.echo(outcome.new, nl=False)
    return _show(flags, job, configurations.of(".").value("output-format"), [outcome], [])


def _tell(passed_over: Mapping[str, str], outcomes: Sequence[Outcome], configurations: Configurations) -> None:
    from lrlint.report.accounts import accounts

    looked_at = [(outcome.path, outcome.account) for outcome in outcomes if outcome.read]
    text = accounts(passed_over, looked_at, configured_by=lambda path: configurations.of(os.path.dirname(path)).file)
    click.echo(text, nl=False, err=True)


def _show(
    flags: Flags,
    job: Job,
    output_format: str | None,
    outcomes: Sequence[Outcome],
    errors: Sequence[str],
    *,
    clean: int = 0,
) -> int:
    """Print what came of a run, and return the exit code; ``clean`` files were read and have no outcome."""
    files = clean + sum(outcome.read for outcome in outcomes)
    if job.action == "diff":
        to_report = _show_patches(flags, outcomes, files)
    else:
        to_report = _show_findings(flags, job, output_format, outcomes, files)
    if flags.exit_non_zero_on_fix and job.action == "fix":
        to_report = to_report or any(outcome.fixed for outcome in outcomes)
    sys.stdout.flush()
    for outcome in outcomes:
        for words in outcome.refused:
            click.echo(f"lrlint: warning: {printable(words)}", err=True)
    errors = sorted([*errors, *(outcome.error for outcome in outcomes if outcome.error)])
    for error in errors:
        complain(error)
    return ERROR if errors else FINDINGS if to_report and not flags.exit_zero else CLEAN


def _show_patches(flags: Flags, outcomes: Sequence[Outcome], files: int) -> bool:
    from lrlint.words import counted

    changed = [outcome for outcome in outcomes if outcome.new != outcome.old]
    for outcome in changed:
        _print(flags, outcome.patch())
    if files and not flags.quiet:
        fixed = sum(outcome.fixed.total() for outcome in changed)
        words = (
            f"Would {'suppress' if flags.add_noqa else 'fix'} {counted(fixed, 'finding')} in {counted(len(changed), 'file')}."
            if changed
            else f"Nothing to {'suppress' if flags.add_noqa else 'fix'}."
        )
        click.echo(words, err=True)
    return bool(changed)


def _show_findings(flags: Flags, job: Job, output_format: str | None, outcomes: Sequence[Outcome], files: int) -> bool:
    from lrlint.report.summary import closing, statistics

    reported = [each for outcome in outcomes for each in outcome.reported()]
    stream = None if flags.output_file else sys.stderr if flags.reports_beside else sys.stdout
    output_format = output_format or ("full" if is_terminal(stream) else "concise")
    look = look_of(stream, flags.color)
    if flags.statistics:
        text = statistics(reported, output_format=output_format, unsafe=job.unsafe)
    else:
        text = renderer(output_format)(reported, unsafe=job.unsafe, look=look)
    if output_format in FOR_PEOPLE and not flags.quiet and files:
        fixed = sum(outcome.fixed.total() for outcome in outcomes)
        text += closing(
            reported,
            files=files,
            fixed=fixed,
            unsafe=job.unsafe,
            done="Suppressed" if job.suppress else "Fixed",
        )
    _print(flags, text, colour=look.colour)
    return bool(reported)


def _print(flags: Flags, text: str | bytes, *, colour: bool = False) -> None:
    """Print what was found, or write it to the file that is meant for it."""
    if flags.output_file is None:
        click.echo(text, nl=False, err=flags.reports_beside, color=colour)
    else:
        data = text.encode("utf-8", "replace") if isinstance(text, str) else text
        write(_OUTPUT_FILE, flags.output_file, data, "ab")
