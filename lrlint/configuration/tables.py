"""Configuration files, read: one table each, and the chain of the tables that it extends."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lrlint.configuration.keys import BY_NAME, Value, read
from lrlint.configured import MARK, PYPROJECT
from lrlint.discover import reason, shown
from lrlint.globs import rooted
from lrlint.selectors import SettingsError

_TABLE = ("tool", "lrlint")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was said: in a file, at a key; by a flag; or nowhere, and it is the default."""

    name: str
    text: str = ""
    key: tuple[str, ...] = ()

    @property
    def line(self) -> int | None:
        """The 1-based line of the key in its file."""
        if not self.text:
            return None
        from lrlint.configuration.toml import key_lines

        return key_lines(self.text).get(self.key)

    def __str__(self) -> str:
        return f"{self.name}:{self.line}" if self.line else self.name


DEFAULT = Origin("default")


class Entry(NamedTuple):
    """A value and where it was said."""

    value: Value
    origin: Origin


Layer = Mapping[str, Entry]
"""What one place says: entries by the names of their keys."""


def layers_of(path: str, *, directory: str | None = None) -> tuple[Layer, ...] | None:
    """What a file says, behind what the files that it extends say; ``None`` for a pyproject.toml without our table.

    Globs are read from the file's own directory on, or from ``directory``. Raises :class:`SettingsError` for whatever
    cannot be meant, with the file and, where there is one, the line.
    """
    return _layers_of(path, directory, ())


def _layers_of(path: str, directory: str | None, seen: Sequence[str]) -> tuple[Layer, ...] | None:
    table = _read(path)
    if table is None:
        return None
    where = os.path.dirname(os.path.abspath(path))
    layer = {name: Entry(as_from(directory or where, name, entry.value), entry.origin) for name, entry in table.items()}
    extended = layer.pop("extend", None)
    if extended is None:
        return (layer,)
    target = os.path.join(where, os.path.expanduser(extended.value))
    chain = (*seen, os.path.realpath(path))
    if os.path.realpath(target) in chain:
        raise SettingsError(f"{extended.origin}: `extend` leads back to {shown(os.path.normpath(target))}")
    if not os.path.isfile(target):
        why = "it is a directory" if os.path.isdir(target) else "no such file or directory"
        raise SettingsError(f"{extended.origin}: `extend`: {extended.value}: {why}")
    below = _layers_of(os.path.normpath(target), directory, chain)
    if below is None:
        raise SettingsError(f"{extended.origin}: `extend`: {extended.value} has no `[tool.lrlint]`")
    return (*below, layer)


def as_from(directory: str, name: str, value: Value) -> Value:
    """A value whose globs and paths, where it has some, mean the same in every directory."""
    if name == "cache-dir":
        return os.path.join(directory, os.path.expanduser(value))
    if name in ("exclude", "extend-exclude"):
        return tuple(rooted(glob, directory) for glob in value)
    if name == "per-file-ignores":
        return tuple((_negatable(glob, directory), codes) for glob, codes in value)
    return value


def _negatable(glob: str, directory: str) -> str:
    mark = "!" * glob.startswith("!")
    return mark + rooted(glob.removeprefix("!"), directory)


def _read(path: str) -> Layer | None:
    """The entries of one file, each of them valid."""
    name = shown(path)
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{name}: {reason(error)}") from None
    in_pyproject = os.path.basename(path) == PYPROJECT
    if in_pyproject and MARK not in data:
        return None
    from lrlint.configuration.toml import TomlError, loads

    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")  # some editors begin each file with a mark
        document = loads(text)
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        raise SettingsError(f"{name}:{row}: not UTF-8, as TOML has to be") from None
    except TomlError as error:
        place = f"{name}:{error.place[0]}:{error.place[1]}" if error.place else name
        raise SettingsError(f"{place}: not TOML: {error.reason}") from None
    if not in_pyproject and "tool" in document:
        where = Origin(name, text, ("tool",))
        raise SettingsError(f"{where}: `[tool.lrlint]` is for {PYPROJECT}; here its keys stand without a table")
    above = _TABLE if in_pyproject else ()
    table: object = document
    for key in above:
        table = table.get(key) if isinstance(table, dict) else table
    if table is None:
        return None
    if not isinstance(table, dict):
        raise SettingsError(f"{Origin(name, text, above)}: `tool.lrlint` must be a table")
    return _entries(table, name, text, above)


def _entries(table: dict[str, object], name: str, text: str, above: tuple[str, ...]) -> Layer:
    """The entries of a table; raises for the first one that is wrong."""
    layer: dict[str, Entry] = {}
    wrong: list[tuple[int, str]] = []
    for key, value in table.items():
        origin = Origin(name, text, (*above, key))
        try:
            layer[key] = Entry(read(key, value), origin)
        except SettingsError as error:
            wrong.append((Origin(name, text, (*above, *_wrong_part(key, value))).line or 0, str(error)))
    if wrong:
        line, words = min(wrong)
        raise SettingsError(f"{name}:{line}: {words}")
    return layer


def _wrong_part(key: str, value: object) -> tuple[str, ...]:
    """The path of what is wrong with a key: the first entry of its table that is so by itself, or the key."""
    parts = value.items() if isinstance(value, dict) and key in BY_NAME else ()
    return next(((key, part) for part, below in parts if _is_wrong(key, {part: below})), (key,))


def _is_wrong(key: str, value: object) -> bool:
    try:
        read(key, value)
    except SettingsError:
        return True
    return False
