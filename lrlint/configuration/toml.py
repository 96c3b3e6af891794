"""TOML with the lines on which its keys stand, which the standard library's reader does not tell."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

from lrlint.words import clause

Path = tuple[str, ...]

_PLACE = re.compile(r"(.*) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)


class TomlError(Exception):
    """A text that is not TOML: why, and the 1-based row and column, or ``None`` where all of it is meant."""

    def __init__(self, reason: str, place: tuple[int, int] | None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place


def loads(text: str) -> dict[str, Any]:
    """The document; raises :class:`TomlError`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _PLACE.fullmatch(str(error))
        if match is None:
            raise TomlError(str(error), None) from None
        # What has no end is looked for where it begins.
        place = (int(match[2]), int(match[3])) if match[2] else (_last_start(text), 1)
        raise TomlError(clause(match[1]), place) from None
    except RecursionError:
        raise TomlError("it is nested too deep", None) from None


@lru_cache(maxsize=16)
def key_lines(text: str) -> dict[Path, int]:
    """The 1-based line on which each key and table of a document begins; the document is one that can be read.

    A statement ends with the first line at which it can be read by itself: so the reader tells where each one stands.
    """
    found: dict[Path, int] = {}
    table: Path = ()
    for start, statement, parsed in _statements(text):
        keys = list(_keys(parsed))
        if statement.lstrip().startswith("["):
            table = keys[-1]
            found.update((key, start) for key in keys if key not in found)
        else:
            found.update((table + key, start) for key in keys if table + key not in found)
    return found


def _statements(text: str) -> Iterator[tuple[int, str, dict[str, Any] | None]]:
    """The statements of a document: the line on which each begins, its text, and what it says if it has an end."""
    statement, start = "", 1
    for number, line in enumerate(text.split("\n"), 1):
        start = start if statement else number
        statement += f"{line}\n"
        try:
            parsed = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield start, statement, parsed
        statement = ""
    if statement:
        yield start, statement, None


def _last_start(text: str) -> int:
    *_, (start, _, _) = _statements(text)
    return start


def _keys(value: object, above: Path = ()) -> Iterator[Path]:
    """The paths of a document's keys, each before those below it."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]  # what `[[name]]` makes
    if isinstance(value, dict):
        for key, below in value.items():
            yield (*above, key)
            yield from _keys(below, (*above, key))
