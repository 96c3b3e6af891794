"""The keys of a configuration table: what each may hold, and how it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from lrlint.modes import MODES
from lrlint.report import FORMATS
from lrlint.selectors import SettingsError, check_selector
from lrlint.words import listed, suggestion

Value = Any
"""What a key holds once it is read: a string, a number, a truth, a tuple of strings, or pairs of a glob and codes."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key: ``read`` turns what TOML holds into a value or raises :class:`SettingsError`.

    Values of a key that ``adds`` up are joined where several tables and flags have one.
    """

    name: str
    read: Callable[[str, object], Value]
    adds: bool = False


def _codes(name: str, value: object) -> Value:
    words = _strings(name, value)
    for word in words:
        check_selector(name, word)
    return words


def _strings(name: str, value: object) -> Value:
    if not isinstance(value, list):
        raise SettingsError(f"`{name}` must be a list of strings, not {_kind(value)}")
    for item in value:
        if not isinstance(item, str):
            raise SettingsError(f"`{name}` must be a list of strings, and {_kind(item)} is among them")
    return tuple(value)


def _codes_by_glob(name: str, value: object) -> Value:
    if not isinstance(value, dict):
        raise SettingsError(f"`{name}` must be a table of globs and codes, not {_kind(value)}")
    return tuple((glob, _codes(f"{name}.{quoted(glob)}", codes)) for glob, codes in value.items())


def _word(words: Sequence[str]) -> Callable[[str, object], Value]:
    def read(name: str, value: object) -> Value:
        if not isinstance(value, str):
            raise SettingsError(f"`{name}` must be a string, not {_kind(value)}")
        if words and value not in words:
            raise SettingsError(f"unknown {name.replace('-', ' ')} `{value}`; known are {listed(words)}")
        return value

    return read


def _directory(name: str, value: object) -> Value:
    if not isinstance(value, str):
        raise SettingsError(f"`{name}` must be a string, not {_kind(value)}")
    if not value.strip() or "\0" in value:
        raise SettingsError(f"`{name}` must be a directory, not {quoted(value)}")
    return value


def _truth(name: str, value: object) -> Value:
    if not isinstance(value, bool):
        raise SettingsError(f"`{name}` must be true or false, not {_kind(value)}")
    return value


def _count(name: str, value: object) -> Value:
    if not isinstance(value, int) or isinstance(value, bool):
        raise SettingsError(f"`{name}` must be a whole number, not {_kind(value)}")
    if value < 1:
        raise SettingsError(f"`{name}` must be at least 1, not {value}")
    return value


def _kind(value: object) -> str:
    """What TOML calls a value."""
    kinds = {str: "a string", bool: "a boolean", int: "an integer", float: "a float", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date or time")


def quoted(text: str) -> str:
    """A string as TOML writes it."""
    import json

    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


KEYS: tuple[Key, ...] = (
    Key("extend", _word(())),
    Key("select", _codes),
    Key("ignore", _codes, adds=True),
    Key("extend-select", _codes, adds=True),
    Key("per-file-ignores", _codes_by_glob),
    Key("preview", _truth),
    Key("mode", _word(MODES)),
    Key("fixable", _codes),
    Key("unfixable", _codes),
    Key("extend-safe-fixes", _codes, adds=True),
    Key("extend-unsafe-fixes", _codes, adds=True),
    Key("exclude", _strings),
    Key("extend-exclude", _strings, adds=True),
    Key("respect-gitignore", _truth),
    Key("output-format", _word(FORMATS)),
    Key("jobs", _count),
    Key("cache-dir", _directory),
)
BY_NAME = {key.name: key for key in KEYS}


def read(name: str, value: object) -> Value:
    """The value of a key; raises :class:`SettingsError` for an unknown key and for a value that it cannot hold."""
    key = BY_NAME.get(name)
    if key is None:
        raise SettingsError(f"unknown key `{name}`{suggestion(name, BY_NAME)}")
    return key.read(name, value)
