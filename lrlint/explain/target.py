"""What is to be explained: the words of the command as rules, files and places in files."""

from __future__ import annotations

import os
import re
from typing import NamedTuple

from lrlint.read import STDIN
from lrlint.report import Reported
from lrlint.rules import Rule, all_rules
from lrlint.selectors import SettingsError, did_you_mean

_PLACE = re.compile(r"(?P<path>.+?):(?:cell (?P<cell>\d+):)?(?P<row>\d+)(?::(?P<column>\d+))?:?", re.DOTALL)


class Target(NamedTuple):
    """A path and, where one is named, a line of it (in a notebook, of a cell) and a column in that.

    The path :data:`STDIN` is standard input.
    """

    path: str
    row: int | None = None
    column: int | None = None
    cell: int | None = None

    def __str__(self) -> str:
        cell = None if self.cell is None else f"cell {self.cell}"
        return ":".join(str(part) for part in (self.path, cell, self.row, self.column) if part is not None)

    def meets(self, reported: Reported) -> bool:
        """Whether a finding goes over the line, and the column in it, that are named; a line without a cell is of any."""
        start, end = reported.places
        if self.row is None or self.cell not in (None, start.cell):
            return False
        if not start.row <= self.row <= max(start.row, end.row):
            return False
        place = (self.row, self.column)
        return self.column is None or start[1:] <= place < max(end[1:], (start.row, start.column + 1))


def target(word: str) -> Rule | Target:
    """What a word means: a rule by its code or name, else a file or directory, perhaps with a line and a column.

    A word without a slash or a dot that names a rule means the rule, even where there is a file of that name. Raises
    :class:`SettingsError` for a word that looks like neither.
    """
    if word == STDIN:
        return Target(word)
    rule = _rule(word)
    if rule is not None:
        return rule
    place = _PLACE.fullmatch(word)
    if place and not os.path.lexists(word):
        row, column, cell = (int(place[name]) if place[name] else None for name in ("row", "column", "cell"))
        return Target(place["path"], row, column, cell)
    if os.path.lexists(word) or os.sep in word or "/" in word or "." in word:
        return Target(word)
    raise SettingsError(f"unknown rule `{word}`{did_you_mean(word, prefixes=False)}")


def _rule(word: str) -> Rule | None:
    spelled = word.lower().replace("_", "-")
    return next((rule for rule in all_rules() if spelled in (rule.code.lower(), rule.name)), None)
