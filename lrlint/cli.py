"""The command: its words and flags. ``check`` is meant where no command is named."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from lrlint import __version__
from lrlint.configured import NO_CACHE
from lrlint.ending import CLEAN, ERROR, complain, ended
from lrlint.options import (
    FILES,
    FIXES,
    OUTPUT,
    RUN,
    SUPPRESSION,
    GroupedCommand,
    configuration_options,
    flag,
    number,
    settings_options,
    text,
    word,
)
from lrlint.report import FORMATS
from lrlint.report.look import COLORS, Color, look_of
from lrlint.report.terminal import is_terminal, shows
from lrlint.selectors import SettingsError
from lrlint.words import clause

if TYPE_CHECKING:
    from lrlint.checking import Seen
    from lrlint.configuration import Configurations

_USAGE = """\
Usage: lrlint [check] [OPTIONS] [PATH]...
       lrlint explain [OPTIONS] RULE|PATH[:LINE]...
       lrlint rules
       lrlint config [OPTIONS] [PATH]
       lrlint clean [OPTIONS]
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
lrlint clean                        forget what earlier runs have found
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


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code; every error is one line on standard error."""
    return ended(lambda: run(arguments))


def run(arguments: Sequence[str], seen: Seen | None = None) -> int:
    """The same, but for what the system or somebody ends a run with: that is raised.

    ``seen`` is what is known already of a run that is told hardly more than paths.
    """
    words = list(arguments)
    if not words or words[0] not in (*cli.commands, "--help", "-h", "--version"):
        words.insert(0, "check")
    try:
        # Not `cli.main`, which has ways of its own to end: an exit code for closed pipes, an empty line for Ctrl-C.
        with cli.make_context("lrlint", words, obj=seen) as context:
            code: int = cli.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        return complain(_in_one_line(error))
    except SettingsError as error:
        return complain(str(error))
    return code


def _in_one_line(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        close = f"; did you mean `{error.possibilities[0]}`?" if error.possibilities else ""
        return f"no such option `{error.option_name}`{close}"
    if isinstance(error, click.MissingParameter) and error.param is not None:
        return f"missing {error.param.param_type_name} `{(error.param.name or '').upper()}`"
    if isinstance(error, click.BadParameter):
        variable = error.param.envvar if error.param is not None else None
        return f"`{variable}`: {error.message}" if variable else error.message
    return clause(error.format_message())


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
@flag(RUN, "--no-cache", envvar=NO_CACHE, help="Neither read nor write what earlier runs have found.")
@text(RUN, "--cache-dir", metavar="DIR", help="Where that is kept; by default, where the system keeps such things.")
@click.pass_obj
def check(seen: Seen | None, /, **flags: Any) -> int:
    """Check files and directories (the default).

    Without a path, this directory is checked; for `-`, standard input.
    """
    from lrlint.command import Flags
    from lrlint.command import run as checked

    configurations = _configurations(flags)
    return checked(Flags(**flags), configurations, seen, commands=cli.commands)


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
    from lrlint.configuration import Configurations, environment_layer, flag_layer
    from lrlint.configuration.keys import BY_NAME

    config, isolated = flags.pop("config"), flags.pop("isolated")
    said = {name: flags.pop(field) for name in BY_NAME if (field := name.replace("-", "_")) in flags}
    return Configurations({**environment_layer(), **flag_layer(said)}, config=config, isolated=isolated)


@cli.command(cls=GroupedCommand)
@text(RUN, "--cache-dir", metavar="DIR", help="Where it is kept, where it is not where `check` would look for it.")
@configuration_options
def clean(**flags: Any) -> int:
    """Remove what earlier runs have kept for the next ones.

    That is kept where `--cache-dir`, LRLINT_CACHE_DIR or `cache-dir` says, or where the system keeps such things.
    """
    from lrlint.cache.clean import clean as cleaned

    click.echo(cleaned(_configurations(flags).of(".").value("cache-dir")))
    return CLEAN


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
        complain(error)
    return ERROR if answer.errors else CLEAN


def _close_options(command: click.Command, word: str) -> list[str]:
    from difflib import get_close_matches

    options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
    return get_close_matches(word, options)
