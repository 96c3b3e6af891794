"""The command: its flags and words, and what it prints. ``check`` is meant where no command is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from lrlint import __version__
from lrlint.config import DEFAULT_EXCLUDE, MODES, Mode, Settings, SettingsError, did_you_mean, listed
from lrlint.report import FOR_PEOPLE, FORMATS, renderer
from lrlint.report.look import COLORS, Color, is_terminal, look_of

if TYPE_CHECKING:
    from lrlint.discover import Excluded
    from lrlint.rules import Rule
    from lrlint.run import Job, Outcome

    _Decorator = Callable[[Callable[..., int]], Callable[..., int]]

STDIN = "-"
STDIN_NAME = "stdin"  # flake8's name for it

CLEAN, FINDINGS, ERROR = 0, 1, 2

_USAGE = """\
Usage: lrlint [check] [OPTIONS] [PATH]...
       lrlint explain RULE
       lrlint rules
"""

_HELP = """\
Find and repair learning-rate decays of tf.train that never decay.

\b
lrlint                    check the Python files below this directory
lrlint --diff train.py    show what the fixes would change
lrlint --fix train.py     apply them
lrlint - < train.py       check standard input
lrlint explain LRL101     say what a rule finds, and why

Exit code: 0 nothing (left) to report, 1 findings, 2 an error.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every error is one line on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] not in (*cli.commands, "--help", "-h", "--version"):
        words.insert(0, "check")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no reason to stop
    try:
        # Not `cli.main`, which has ways of its own to end: an exit code for closed pipes, an empty line for Ctrl-C.
        with cli.make_context("lrlint", words) as context:
            code: int = cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return _complain(_in_one_line(error))
    except SettingsError as error:
        return _complain(str(error))
    except BrokenPipeError:
        # Whoever read has seen enough. Python's own flush at the end would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except OSError as error:
        from lrlint.discover import reason

        return _complain(reason(error))
    except KeyboardInterrupt:
        return _complain("interrupted")
    return code


def _complain(words: str) -> int:
    click.echo(f"lrlint: error: {' '.join(words.splitlines())}", err=True)
    return ERROR


def _in_one_line(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f"; did you mean `{error.possibilities[0]}`?" if error.possibilities else ""
        return f"no such option `{error.option_name}`{close}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"missing {error.param.param_type_name} `{(error.param.name or '').upper()}`"
    if isinstance(error, click.BadParameter):
        return error.message
    words = " ".join(error.format_message().split()).rstrip(".")
    return words[:1].lower() + words[1:]


def _split(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(","))


class _Commands(click.Group):
    """The help of the whole command shows what ``check`` takes, because that is what people run."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write(_USAGE)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        check.format_options(click.Context(check, info_name="check", parent=ctx), formatter)
        self.format_commands(ctx, formatter)


@click.group(
    cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80}
)
@click.version_option(__version__, prog_name="lrlint", message="%(prog)s %(version)s")
def cli() -> None:
    """All that `lrlint` can be asked for."""


def _list_option(name: str, metavar: str, text: str) -> _Decorator:
    return click.option(name, multiple=True, callback=_split, metavar=metavar, help=text)


def _word_option(
    name: str, words: Sequence[str], text: str, *, required: bool = True, metavar: str | None = None
) -> _Decorator:
    """An option for one of a few words; by default the first or, where none is required, ``None``."""

    def known(_context: click.Context, _option: click.Parameter, word: str | None) -> str | None:
        if word is not None and word not in words:
            raise click.BadParameter(f"unknown {name[2:].replace('-', ' ')} `{word}`; known are {listed(words)}")
        return word

    default = words[0] if required else None
    return click.option(name, default=default, callback=known, metavar=metavar or f"[{'|'.join(words)}]", help=text)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--fix", is_flag=True, help="Apply the safe fixes.")
@click.option("--unsafe-fixes", is_flag=True, help="Count the unsafe fixes in.")
@click.option("--diff", is_flag=True, help="Write nothing; print what --fix would change as a patch.")
@_list_option("--select", "CODES", "The rules to report, by codes or prefixes of them; by default all.")
@_list_option("--ignore", "CODES", "The rules not to report; the longer prefix wins.")
@_list_option("--extend-select", "CODES", "Like --select, in addition to it.")
@_list_option("--fixable", "CODES", "The rules whose fixes count; by default all.")
@_list_option("--unfixable", "CODES", "The rules whose fixes do not count; the longer prefix wins.")
@_word_option("--mode", MODES, "How TensorFlow runs the code; by default each file says so.")
@_word_option(
    "--output-format",
    FORMATS,
    f"How to print findings: {', '.join(FORMATS)}; by default full on a terminal, else concise.",
    required=False,
    metavar="FORMAT",
)
@click.option("-o", "--output-file", metavar="PATH", help="Where to write what is found, instead of standard output.")
@_word_option("--color", COLORS, "Whether to use colours; by default on a terminal.")
@click.option("--statistics", is_flag=True, help="Print how often each rule was met, not where.")
@click.option("-q", "--quiet", is_flag=True, help="Print findings and errors, nothing else.")
@_list_option(
    "--exclude", "GLOBS", "What to leave out below the paths, instead of the usual (.git, .venv, build, ...)."
)
@_list_option("--extend-exclude", "GLOBS", "What to leave out in addition to --exclude.")
@click.option("--force-exclude", is_flag=True, help="Leave excluded paths out even where they are named.")
@click.option("--stdin-filename", metavar="PATH", help="The name to show for standard input.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 where there are findings.")
@click.option("--isolated", is_flag=True, help="Ignore all configuration files.")
def check(**flags: Any) -> int:
    """Check files and directories (the default).

    Without a path, this directory is checked; for `-`, standard input.
    """
    return _check(_Flags(**flags))


@cli.command()
@_word_option("--output-format", ("text", "markdown"), "As a table for people, or in Markdown.")
def rules(output_format: str) -> int:
    """List the rules."""
    from lrlint.report import rule_table
    from lrlint.rules import all_rules

    table = rule_table.markdown if output_format == "markdown" else rule_table.text
    click.echo(table(all_rules()), nl=False)
    return CLEAN


@cli.command()
@click.argument("rule")
def explain(rule: str) -> int:
    """Print a rule's page, by code or name."""
    from lrlint.rules import reading

    click.echo(reading(_rule(rule)).rstrip("\n"))
    return CLEAN


def _rule(word: str) -> Rule:
    from lrlint.rules import all_rules

    spelled = word.lower().replace("_", "-")
    for rule in all_rules():
        if spelled in (rule.code.lower(), rule.name):
            return rule
    raise click.UsageError(f"unknown rule `{word}`{did_you_mean(word)}")


@dataclass(frozen=True, slots=True)
class _Flags:
    """What ``check`` was given."""

    paths: tuple[str, ...]
    fix: bool
    unsafe_fixes: bool
    diff: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    extend_select: tuple[str, ...]
    fixable: tuple[str, ...]
    unfixable: tuple[str, ...]
    mode: Mode
    output_format: str | None
    output_file: str | None
    color: Color
    statistics: bool
    quiet: bool
    exclude: tuple[str, ...]
    extend_exclude: tuple[str, ...]
    force_exclude: bool
    stdin_filename: str | None
    exit_zero: bool
    isolated: bool

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
        return self.reads_stdin and self.fix and not self.diff

    def settings(self) -> Settings:
        """The settings these flags mean, with the codes in them known."""
        return Settings(
            select=self.select or Settings().select,
            ignore=self.ignore,
            extend_select=self.extend_select,
            fixable=self.fixable or Settings().fixable,
            unfixable=self.unfixable,
            mode=self.mode,
            exclude=self.exclude or DEFAULT_EXCLUDE,
            extend_exclude=self.extend_exclude,
        ).validate()

    def job(self) -> Job:
        """What these flags ask for."""
        from lrlint.run import Job

        return Job(self.settings(), "diff" if self.diff else "fix" if self.fix else "check", self.unsafe_fixes)


def _check(flags: _Flags) -> int:
    from lrlint.discover import Excluded, discover
    from lrlint.run import examine_file

    reads_stdin = flags.reads_stdin
    job = flags.job()
    if flags.output_file is not None:
        _write_to(flags.output_file, "wb", b"")  # what cannot be written is told before anything is fixed
    excluded = Excluded(job.settings.exclude + job.settings.extend_exclude)
    if reads_stdin:
        return _check_stdin(flags, job, excluded)
    found = discover(flags.paths or (".",), excluded, force_exclude=flags.force_exclude)
    wrong = [f"{problem.path or repr('')}: {problem.reason}" for problem in found.wrong]
    if wrong and job.action == "fix":
        return _show(flags, job, (), wrong)  # not all of what was asked for is there: nothing is written
    if not (found.files or wrong or flags.quiet or flags.force_exclude):
        click.echo("lrlint: warning: no Python files in the given paths", err=True)
    outcomes = [examine_file(path, job) for path in found.files]
    return _show(flags, job, outcomes, wrong + [f"{problem.path}: {problem.reason}" for problem in found.problems])


def _check_stdin(flags: _Flags, job: Job, excluded: Excluded) -> int:
    from lrlint.discover import shown
    from lrlint.run import Outcome, examine

    if sys.stdin is None:
        return _complain("standard input is closed")
    data = sys.stdin.buffer.read()
    path = shown(flags.stdin_filename or STDIN_NAME)
    left_out = flags.force_exclude and flags.stdin_filename and excluded.path(path)
    outcome = Outcome(path, data, data) if left_out else examine(path, data, job)
    if job.action == "fix":
        click.echo(outcome.new, nl=False)
    return _show(flags, job, [outcome], [])


def _show(flags: _Flags, job: Job, outcomes: Sequence[Outcome], errors: Sequence[str]) -> int:
    """Print what came of a run, and return the exit code."""
    to_report = _show_patches(flags, outcomes) if job.action == "diff" else _show_findings(flags, job, outcomes)
    sys.stdout.flush()
    for outcome in outcomes:
        for words in outcome.refused:
            click.echo(f"lrlint: warning: {words}", err=True)
    errors = sorted([*errors, *(outcome.error for outcome in outcomes if outcome.error)])
    for error in errors:
        _complain(error)
    return ERROR if errors else FINDINGS if to_report and not flags.exit_zero else CLEAN


def _show_patches(flags: _Flags, outcomes: Sequence[Outcome]) -> bool:
    from lrlint.report.summary import counted

    changed = [outcome for outcome in outcomes if outcome.new != outcome.old]
    for outcome in changed:
        _print(flags, outcome.patch())
    if _looked_at(outcomes) and not flags.quiet:
        fixed = sum(outcome.fixed.total() for outcome in changed)
        words = (
            f"Would fix {counted(fixed, 'finding')} in {counted(len(changed), 'file')}."
            if changed
            else "Nothing to fix."
        )
        click.echo(words, err=True)
    return bool(changed)


def _looked_at(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.read for outcome in outcomes)


def _show_findings(flags: _Flags, job: Job, outcomes: Sequence[Outcome]) -> bool:
    from lrlint.report.summary import closing, statistics

    reported = [each for outcome in outcomes for each in outcome.reported()]
    stream = None if flags.output_file else sys.stderr if flags.reports_beside else sys.stdout
    output_format = flags.output_format or ("full" if is_terminal(stream) else "concise")
    look = look_of(stream, flags.color)
    if flags.statistics:
        text = statistics(reported, output_format=output_format, unsafe=job.unsafe)
    else:
        text = renderer(output_format)(reported, unsafe=job.unsafe, look=look)
    files = _looked_at(outcomes)
    if output_format in FOR_PEOPLE and not flags.quiet and files:
        fixed = sum(outcome.fixed.total() for outcome in outcomes)
        text += closing(reported, files=files, fixed=fixed, unsafe=job.unsafe)
    _print(flags, text, colour=look.colour)
    return bool(reported)


def _print(flags: _Flags, text: str | bytes, *, colour: bool = False) -> None:
    """Print what was found, or write it to the file that is meant for it."""
    if flags.output_file is None:
        click.echo(text, nl=False, err=flags.reports_beside, color=colour)
    else:
        _write_to(flags.output_file, "ab", text.encode("utf-8", "replace") if isinstance(text, str) else text)


def _write_to(path: str, mode: str, data: bytes) -> None:
    from lrlint.discover import reason

    try:
        if not os.path.exists(os.path.dirname(path) or "."):
            os.makedirs(os.path.dirname(path))
        with open(path, mode) as file:
            file.write(data)
    except (OSError, ValueError) as error:
        raise click.UsageError(f"`--output-file`: {path}: {reason(error)}") from None
