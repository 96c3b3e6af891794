"""The findings in files and at places in them, each with who plays in its story."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lrlint.configuration import Configurations
from lrlint.discover import discover, reason
from lrlint.explain.target import Target
from lrlint.linter import check_bytes
from lrlint.modes import Mode
from lrlint.read import STDIN, STDIN_NAME
from lrlint.report import Reported
from lrlint.report.told import Told
from lrlint.roles import Cast, cast_of, casts
from lrlint.run import Outcome
from lrlint.words import counted, joined


@dataclass(frozen=True)
class Found:
    """What a file holds for an explanation: all its findings, those that comments silence, and what went wrong.

    A place in a file names a finding that is silenced all the same, a whole file does not.
    """

    path: str
    target: Target
    every: tuple[Reported, ...] = ()
    error: str | None = None
    mode: Mode = "auto"

    @property
    def chosen(self) -> list[Reported]:
        """The findings to explain."""
        if self.target.row is None:
            return [each for each in self.every if not each.silenced]
        return [each for each in self.every if self.target.meets(each)]

    @property
    def told(self) -> Iterator[Told]:
        """The findings to explain, each with its cast."""
        return (Told(each, cast_of(each.finding, self._casts)) for each in self.chosen)

    @cached_property
    def _casts(self) -> list[Cast]:
        source = self.every[0].source if self.every else None
        return casts(source.code, self.mode) if source is not None else []

    def nothing(self) -> str:
        """Why there is nothing to explain, and what there would be."""
        where = str(self.target._replace(path=self.path))
        if not self.every:
            return f"{where}: no findings.\n"
        there = _places(self.every)
        if self.target.row is None:
            return f"{where}: no findings but what `noqa` comments silence, in {there}; name the line to have it explained.\n"
        are = "is" if len(self.every) == 1 else "are"
        return f"{where}: no finding here; there {are} {counted(len(self.every), 'finding')} in {there}.\n"


def find(target: Target, configurations: Configurations) -> Iterator[Found]:
    """What the files hold that a path leads to; what cannot be read, and what does not exist, is an error of its own."""
    if target.path == STDIN and sys.stdin is None:
        yield Found(STDIN_NAME, target, error="standard input is closed")
        return
    if target.path == STDIN:
        yield _found(STDIN_NAME, sys.stdin.buffer.read(), target, configurations)
        return
    respects = configurations.of(".").value("respect-gitignore") is not False
    found = discover((target.path,), configurations.excluded, respect_gitignore=respects)
    for path, why in (found.wrong | found.problems).items():
        yield Found(path, target, error=f"{path or repr('')}: {why}")
    yield from (_read(path, target, configurations) for path in found.files)


def _read(path: str, target: Target, configurations: Configurations) -> Found:
    try:
        with open(path, "rb") as stream:
            data = stream.read()
    except (OSError, ValueError) as error:
        return Found(path, target, error=f"{path}: {reason(error)}")
    return _found(path, data, target, configurations)


def _found(path: str, data: bytes, target: Target, configurations: Configurations) -> Found:
    settings = configurations.settings(path)
    result = check_bytes(path, data, settings, noqa=False)
    every = Outcome(path, data, data, result.findings).reported()
    error = f"{path}: {result.error}" if result.error else None
    return Found(path, target, tuple(every), error, settings.mode)


def _places(every: tuple[Reported, ...]) -> str:
    """The lines that findings are in, as prose: ``"line 7"``, ``"lines 7, 9 and 12"``."""
    places = list(dict.fromkeys(each.places[0] for each in every))
    if places[0].cell is not None:
        words = list(dict.fromkeys(f"cell {place.cell}:{place.row}" for place in places))
        return joined(words)
    rows = list(dict.fromkeys(str(place.row) for place in places))
    return f"{'line' if len(rows) == 1 else 'lines'} {joined(rows)}"
