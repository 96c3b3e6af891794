"""The command: its flags and words, and what it prints. ``check`` is meant where no command is named."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from lrlint import __version__
from lrlint.config import Settings, SettingsError
from lrlint.options import (
    FILES,
    FIXES,
    OUTPUT,
    RUN,
    SUPPRESSION,
    GroupedCommand,
    flag,
    number,
    settings_options,
    text,
    word,
)
from lrlint.report import COUNTED, FOR_PEOPLE, FORMATS, renderer
from lrlint.report.look import COLORS, Color, is_terminal, look_of, shows
from lrlint.words import listed

if TYPE_CHECKING:
    from lrlint.configuration import Configurations
    from lrlint.run import Job, Outcome

STDIN = "-"
STDIN_NAME = "stdin"  # flake8's name for it

CLEAN, FINDINGS, ERROR = 0, 1, 2

_USAGE = """\
Usage: lrlint [check] [OPTIONS] [PATH]...
       lrlint explain [OPTIONS] RULE|PATH[:LINE]...
       lrlint rules
       lrlint config [OPTIONS] [PATH]
       lrlint server
"""

_HELP = """\
Find and repair learning-rate decays of tf.train that never decay.

\b
lrlint                              check the files below this directory
lrlint --diff train.py              show what the safe fixes would change
lrlint --fix train.py               apply them
lrlint --select LRL1 --statistics   count what some of the rules find
lrlint --mode eager - < train.py    check standard input
lrlint --add-noqa old/              suppress all that is there today
lrlint --output-format sarif -o lrlint.sarif
                                    write a report for another program
lrlint explain LRL101               say what a rule finds, and why
lrlint explain train.py:9           tell the story of what is found there
lrlint rules                        list the rules
lrlint config train.py              say what is configured for a file
lrlint server                       serve an editor, over its pipes

Exit code: 0 nothing (left) to report, 1 findings, 2 an error.
"""


_EXPLAIN_HELP = """\
Explain a rule, by code or name, or the findings in files.

\b
lrlint explain LRL101        what a rule finds, and why
lrlint explain train.py      the story of each finding in a file
lrlint explain train.py:42   the stories of those in one line
lrlint explain --plot rate.svg train.py
lrlint explain --html report.html src
lrlint explain --decay exponential_decay 0.1 1000 0.96 staircase=True

Without a path, `--html` is about this directory. A finding that a `noqa`
comment silences is explained where its line is named.

Exit code: 0 explained, or nothing to explain, 2 an error.
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
    from lrlint.report.line import printable

    click.echo(f"lrlint: error: {printable(' '.join(words.splitlines()))}", err=True)
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


@cli.command(cls=GroupedCommand)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@flag(FIXES, "--fix", help="Apply the safe fixes.")
@flag(FIXES, "--unsafe-fixes", help="Count the unsafe fixes in.")
@flag(FIXES, "--diff", help="Write nothing; print what --fix would change as a patch.")
@settings_options
@flag(SUPPRESSION, "--add-noqa", help="Write a `# noqa` for each finding, instead of reporting it.")
@text(SUPPRESSION, "--reason", metavar="TEXT", help="What --add-noqa writes behind its comments.")
@flag(FILES, "--force-exclude", help="Leave excluded paths out even where they are named.")
@text(FILES, "--stdin-filename", metavar="PATH", help="The name to show for standard input.")
@word(
    OUTPUT,
    "--output-format",
    FORMATS,
    f"How to print findings: {', '.join(FORMATS)}; by default full on a terminal, else concise.",
    required=False,
    metavar="FORMAT",
)
@text(OUTPUT, "-o", "--output-file", metavar="PATH", help="Where to write what is found, instead of standard output.")
@word(OUTPUT, "--color", COLORS, "Whether to use colours; by default on a terminal.")
@flag(OUTPUT, "--statistics", help="Print how often each rule was met, not where.")
@flag(OUTPUT, "-v", "--verbose", help="Tell what was read, why not, in which mode, and how long it took.")
@flag(OUTPUT, "-q", "--quiet", help="Print findings and errors, nothing else.")
@number(RUN, "-j", "--jobs", metavar="N", help="Processes at most; by default as many as can run.")
@flag(RUN, "--exit-zero", help="Exit with 0 where there are findings.")
@flag(RUN, "--exit-non-zero-on-fix", help="Exit with 1 where something was fixed, too.")
@flag(RUN, "--no-cache", help="Taken for the sake of other tools' habits: lrlint keeps no cache.")
def check(**flags: Any) -> int:
    """Check files and directories (the default).

    Without a path, this directory is checked; for `-`, standard input.
    """
    del flags["no_cache"]
    configurations = _configurations(flags)
    return _check(_Flags(**flags), configurations)


@cli.command(cls=GroupedCommand)
@click.argument("path", default=".")
@settings_options
@word(OUTPUT, "--output-format", ("text", "json"), "As TOML with comments, or in JSON.")
def config(path: str, output_format: str, **flags: Any) -> int:
    """Print what holds for a path, and where each value was said."""
    from lrlint.configuration.show import as_json, as_text

    show = as_json if output_format == "json" else as_text
    click.echo(show(path, _configurations(flags)), nl=False)
    return CLEAN


def _configurations(flags: dict[str, Any]) -> Configurations:
    """The configurations of a run; takes the flags that belong to them out of ``flags``."""
    from lrlint.configuration import Configurations, flag_layer
    from lrlint.configuration.keys import BY_NAME

    config, isolated = flags.pop("config"), flags.pop("isolated")
    said = {name: flags.pop(field) for name in BY_NAME if (field := name.replace("-", "_")) in flags}
    return Configurations(flag_layer(said), config=config, isolated=isolated)


@cli.command(cls=GroupedCommand)
@word(OUTPUT, "--output-format", ("text", "markdown", "json", "html"), "As a table, or with all their pages.")
def rules(output_format: str) -> int:
    """List the rules, or print the reference of them all."""
    from lrlint.report import reference, rule_table
    from lrlint.rules import all_rules

    render = rule_table.text if output_format == "text" else getattr(reference, output_format)
    click.echo(render(all_rules()), nl=False)
    return CLEAN


class _Explain(GroupedCommand):
    """The command whose words may be negative numbers, which click would take for options."""

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        return super().make_context(*args, **extra, ignore_unknown_options=True)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        for given in ctx.params["words"]:
            if given[:1] == "-" and given[1:] and not given[1].isdigit() and given[1] not in ".(":
                raise click.NoSuchOption(given, possibilities=_close_options(self, given))
        return rest


@cli.command()
def server() -> int:
    """Serve an editor, as a language server."""
    try:
        from lrlint.server.app import make_server
    except ModuleNotFoundError as error:
        if error.name not in ("lsprotocol", "pygls"):
            raise
        raise click.UsageError('the language server needs pygls: `pip install "lrlint[server]"`') from None
    make_server().start_io()
    return CLEAN


@cli.command(cls=_Explain, help=_EXPLAIN_HELP)
@click.argument("words", nargs=-1, metavar="[RULE|PATH[:LINE[:COLUMN]]]...")
@text(OUTPUT, "--decay", metavar="NAME", help="Show a decay instead; its arguments follow, all but the step.")
@number(OUTPUT, "--steps", metavar="N", help="How many steps to show it for.")
@text(OUTPUT, "--plot", metavar="FILE", help="Draw the learning rates as .svg, .png or .pdf.")
@text(OUTPUT, "--html", metavar="FILE", help="Write all findings below the paths as one page.")
@settings_options
@word(OUTPUT, "--color", COLORS, "Whether to use colours; by default on a terminal.")
def explain(color: Color, **flags: Any) -> int:
    """Explain a rule, by code or name, or the findings in files."""
    from lrlint.explain import Request, Terminal
    from lrlint.explain import explain as answered

    look = look_of(sys.stdout, color)
    terminal = Terminal(look, is_terminal(sys.stdout), not shows(sys.stdout, "\u2824\u2502"))
    configurations = _configurations(flags)
    answer = answered(Request(configurations=configurations, terminal=terminal, **flags))
    click.echo(answer.text, nl=False, color=look.colour)
    sys.stdout.flush()
    for error in sorted(answer.errors):
        _complain(error)
    return ERROR if answer.errors else CLEAN


def _close_options(command: click.Command, word: str) -> list[str]:
    from difflib import get_close_matches

    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    return get_close_matches(word, options)


@dataclass(frozen=True, slots=True)
class _Flags:
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


def _check(flags: _Flags, configurations: Configurations) -> int:
    from lrlint.discover import discover
    from lrlint.pool import Task, examine_all
    from lrlint.report.progress import Progress

    reads_stdin = flags.reads_stdin
    here, job = configurations.of("."), flags.job()
    if flags.statistics and (output_format := here.value("output-format")) not in (None, *COUNTED):
        raise click.UsageError(f"`--statistics` is there in {listed(COUNTED)}, not in `{output_format}`")
    if flags.output_file is not None:
        _write_to(flags.output_file, "wb", b"")  # what cannot be written is told before anything is fixed
    if reads_stdin:
        return _check_stdin(flags, configurations)
    found = discover(
        flags.paths or (".",),
        configurations.excluded,
        force_exclude=flags.force_exclude,
        respect_gitignore=here.value("respect-gitignore") is not False,
    )
    wrong = [f"{problem.path or repr('')}: {problem.reason}" for problem in found.wrong]
    show = partial(_show, flags, job, here.value("output-format"))
    if wrong and job.action == "fix":
        return show((), wrong)  # not all of what was asked for is there: nothing is written
    if not (found.files or wrong or flags.quiet or flags.force_exclude):
        click.echo("lrlint: warning: no Python files in the given paths", err=True)
    tasks = [Task(path, replace(job, settings=configurations.settings(path))) for path in found.files]
    with Progress(len(tasks), visible=not flags.quiet and is_terminal(sys.stderr)) as progress:
        outcomes = list(examine_all(tasks, jobs=here.value("jobs"), done=progress.advance))
    if flags.verbose:
        _tell(((problem.path, problem.reason) for problem in found.left_out), outcomes, configurations)
    return show(outcomes, wrong + [f"{problem.path}: {problem.reason}" for problem in found.problems])


def _check_stdin(flags: _Flags, configurations: Configurations) -> int:
    from lrlint.discover import EXCLUDED, shown
    from lrlint.run import Outcome, examine

    if sys.stdin is None:
        return _complain("standard input is closed")
    data = sys.stdin.buffer.read()
    path = shown(flags.stdin_filename or STDIN_NAME)
    job = replace(flags.job(), settings=configurations.settings(path))
    excluded = configurations.excluded(os.path.dirname(path))
    left_out = flags.force_exclude and flags.stdin_filename and excluded.path(path)
    outcome = Outcome(path, data, data) if left_out else examine(path, data, job)
    if flags.verbose:
        _tell([(path, EXCLUDED)] if left_out else [], [] if left_out else [outcome], configurations)
    if job.action == "fix":
        click.echo(outcome.new, nl=False)
    return _show(flags, job, configurations.of(".").value("output-format"), [outcome], [])


def _tell(left_out: Iterable[tuple[str, str]], outcomes: Sequence[Outcome], configurations: Configurations) -> None:
    from lrlint.report.accounts import accounts

    looked_at = [(outcome.path, outcome.account) for outcome in outcomes if outcome.read]
    text = accounts(left_out, looked_at, configured_by=lambda path: configurations.of(os.path.dirname(path)).file)
    click.echo(text, nl=False, err=True)


def _show(
    flags: _Flags, job: Job, output_format: str | None, outcomes: Sequence[Outcome], errors: Sequence[str]
) -> int:
    """Print what came of a run, and return the exit code."""
    if job.action == "diff":
        to_report = _show_patches(flags, outcomes)
    else:
        to_report = _show_findings(flags, job, output_format, outcomes)
    if flags.exit_non_zero_on_fix and job.action == "fix":
        to_report = to_report or any(outcome.fixed for outcome in outcomes)
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
            f"Would {'suppress' if flags.add_noqa else 'fix'} {counted(fixed, 'finding')} in {counted(len(changed), 'file')}."
            if changed
            else f"Nothing to {'suppress' if flags.add_noqa else 'fix'}."
        )
        click.echo(words, err=True)
    return bool(changed)


def _looked_at(outcomes: Sequence[Outcome]) -> int:
    return sum(outcome.read for outcome in outcomes)


def _show_findings(flags: _Flags, job: Job, output_format: str | None, outcomes: Sequence[Outcome]) -> bool:
    from lrlint.report.summary import closing, statistics

    reported = [each for outcome in outcomes for each in outcome.reported()]
    stream = None if flags.output_file else sys.stderr if flags.reports_beside else sys.stdout
    output_format = output_format or ("full" if is_terminal(stream) else "concise")
    look = look_of(stream, flags.color)
    if flags.statistics:
        text = statistics(reported, output_format=output_format, unsafe=job.unsafe)
    else:
        text = renderer(output_format)(reported, unsafe=job.unsafe, look=look)
    files = _looked_at(outcomes)
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
        raise click.UsageError(f"`--output-file`: {path or repr('')}: {reason(error)}") from None
