"""The command's options: in groups, as the help shows them, and the kinds there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from lrlint.modes import MODES
from lrlint.words import listed

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FIXES, RULES, SUPPRESSION, FILES = "Fixes", "Rules", "Suppression", "Files"
OUTPUT, RUN = "Output", "Configuration and exit code"
GROUPS = (FIXES, RULES, SUPPRESSION, FILES, OUTPUT, RUN)

_COLUMN = 30  # so wide that the columns of all groups stand below each other


class GroupedOption(click.Option):
    """An option that the help shows in a group."""

    def __init__(self, *arguments: Any, group: str, **attributes: Any) -> None:
        super().__init__(*arguments, **attributes)
        self.group = group


class GroupedCommand(click.Command):
    """A command whose help shows its options in groups, in the order of :data:`GROUPS`."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows: dict[str, list[tuple[str, str]]] = {group: [] for group in (*GROUPS, "Help")}
        for parameter in self.get_params(ctx):
            row = parameter.get_help_record(ctx) if isinstance(parameter, click.Option) else None
            if row is not None:
                group = parameter.group if isinstance(parameter, GroupedOption) else "Help"
                rows[group].append((row[0].ljust(_COLUMN), row[1]))
        for group, records in rows.items():
            if records:
                with formatter.section(group):
                    formatter.write_dl(records)


def flag(group: str, *names: str, help: str, envvar: str | None = None) -> Decorator:  # noqa: A002  # click's word
    """An option that is given or not; an environment variable may give it, too."""
    return click.option(*names, cls=GroupedOption, group=group, is_flag=True, help=help, envvar=envvar)


def switch(group: str, name: str, text: str) -> Decorator:
    """An option with a ``--no-`` of its own; ``None`` where neither is given."""
    return click.option(f"--{name}/--no-{name}", cls=GroupedOption, group=group, default=None, help=text)


def text(group: str, *names: str, metavar: str, help: str) -> Decorator:  # noqa: A002
    """An option with one value; ``None`` where it is not given."""
    return click.option(*names, cls=GroupedOption, group=group, metavar=metavar, help=help)


def words(group: str, name: str, metavar: str, text: str) -> Decorator:
    """An option for several values, separated by commas or given one by one."""
    return click.option(
        name, cls=GroupedOption, group=group, multiple=True, callback=_split, metavar=metavar, help=text
    )


def word(
    group: str, name: str, known: Sequence[str], text: str, *, required: bool = True, metavar: str | None = None
) -> Decorator:
    """An option for one of a few words; by default the first or, where none is required, ``None``."""

    def check(_context: click.Context, _option: click.Parameter, word: str | None) -> str | None:
        if word is not None and word not in known:
            raise click.BadParameter(f"unknown {name[2:].replace('-', ' ')} `{word}`; known are {listed(known)}")
        return word

    return click.option(
        name,
        cls=GroupedOption,
        group=group,
        default=known[0] if required else None,
        callback=check,
        metavar=metavar or f"[{'|'.join(known)}]",
        help=text,
    )


def number(group: str, *names: str, metavar: str, help: str) -> Decorator:  # noqa: A002
    """An option for a whole number from 1 on; ``None`` where it is not given."""

    def check(_context: click.Context, option: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not (value.isascii() and value.isdigit() and int(value) > 0):
            raise click.BadParameter(f"`{option.opts[-1]}` must be a whole number of at least 1, not `{value}`")
        return int(value)

    return click.option(*names, cls=GroupedOption, group=group, callback=check, metavar=metavar, help=help)


def settings_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that stand for keys of the configuration, and those that say which configuration holds."""
    return _with(_SETTINGS + _CONFIGURATION, command)


def configuration_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which configuration holds."""
    return _with(_CONFIGURATION, command)


def _with(options: Sequence[Decorator], command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(options):
        command = option(command)
    return command


def _split(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.strip() for value in values for word in value.split(","))


def _pairs(
    _context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """``"tests/*:LRL2"``, several with commas or one by one, as pairs of a glob and its codes."""
    pairs: dict[str, tuple[str, ...]] = {}
    for value in (part.strip() for each in values for part in each.split(",")):
        glob, colon, code = value.rpartition(":")
        if not (colon and glob and code):
            raise click.BadParameter(
                f"`{option.opts[-1]}` takes a glob and a code, such as `tests/*:LRL2`, not `{value}`"
            )
        pairs[glob.strip()] = (*pairs.get(glob.strip(), ()), code.strip())
    return tuple(pairs.items())


_SETTINGS: tuple[Decorator, ...] = (
    words(RULES, "--select", "CODES", "The rules to report, by codes or prefixes of them; by default all."),
    words(RULES, "--ignore", "CODES", "The rules not to report; the longer prefix wins."),
    words(RULES, "--extend-select", "CODES", "Like --select, in addition to it."),
    click.option(
        "--per-file-ignores",
        cls=GroupedOption,
        group=RULES,
        multiple=True,
        callback=_pairs,
        metavar="GLOB:CODE",
        help="The rules not to report in some files.",
    ),
    switch(RULES, "preview", "Whether to report the rules, too, that have to be asked for."),
    word(RULES, "--mode", MODES, "How TensorFlow runs the code; by default each file says so.", required=False),
    words(FIXES, "--fixable", "CODES", "The rules whose fixes count; by default all."),
    words(FIXES, "--unfixable", "CODES", "The rules whose fixes do not count; the longer prefix wins."),
    words(
        FILES,
        "--exclude",
        "GLOBS",
        "What to leave out below the paths, instead of the usual (.git, .venv, build, ...).",
    ),
    words(FILES, "--extend-exclude", "GLOBS", "What to leave out in addition to --exclude."),
    switch(FILES, "respect-gitignore", "Whether to leave out what git ignores; by default, yes."),
)
_CONFIGURATION: tuple[Decorator, ...] = (
    text(RUN, "--config", metavar="FILE", help="The configuration file to use, instead of the nearest one."),
    flag(RUN, "--isolated", help="Ignore all configuration files."),
)
