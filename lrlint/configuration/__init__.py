"""What holds for a path: the table of the nearest configuration file, what it extends, and the flags on top.

Files are looked for from a path's directory upwards, and the nearest one holds alone, as in ruff: what stands further
up counts only where it is extended. Nothing is read before it is asked for, and everything once.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property

from lrlint.config import Settings
from lrlint.configuration.keys import BY_NAME, KEYS, Value, read
from lrlint.configuration.tables import Entry, Layer, Origin, as_from, layers_of
from lrlint.configured import CACHE_DIR, FILE_NAMES, upwards
from lrlint.discover import shown
from lrlint.globs import Globs
from lrlint.selectors import ALL, Selection, SettingsError

__all__ = ["Configuration", "Configurations", "Entry", "Layer", "Origin", "flag_layer"]

VARIABLES = {CACHE_DIR: "cache-dir"}
"""The environment variables that stand for keys."""

_SELECTING = frozenset({"select", "extend-select", "ignore"})
_FIELDS = {key.name: key.name.replace("-", "_") for key in KEYS if key.name not in _SELECTING}


def flag_layer(flags: Mapping[str, Value]) -> Layer:
    """What flags say, by the names of the keys they stand for; those that were not given (``None``, ``()``) say nothing.

    Raises :class:`lrlint.selectors.SettingsError` for a value that means nothing.
    """
    return {name: _said(name, value, f"--{name}") for name, value in flags.items() if value not in (None, ())}


def environment_layer() -> Layer:
    """What environment variables say. Raises as :func:`flag_layer` does."""
    return {
        name: _said(name, value, variable)
        for variable, name in VARIABLES.items()
        if (value := os.environ.get(variable))
    }


def _said(name: str, value: Value, by: str) -> Entry:
    return Entry(as_from(os.getcwd(), name, read(name, _as_in_toml(name, value))), Origin(by))


def _as_in_toml(name: str, value: Value) -> object:
    if name == "per-file-ignores":
        return {glob: list(codes) for glob, codes in value}
    return list(value) if isinstance(value, tuple) else value


@dataclass(frozen=True)
class Configuration:
    """What holds for the files of a directory.

    ``layers`` are what was said of them, the strongest last, and ``file`` is the nearest configuration file, as it is
    shown to users.
    """

    layers: tuple[Layer, ...] = ()
    file: str | None = None

    def said(self, name: str) -> list[Entry]:
        """The entries that make up a key's value: one or, of a key that adds up, as many as there are."""
        layers = self._selecting if name in _SELECTING else self.layers
        entries = [layer[name] for layer in layers if name in layer]
        return entries if BY_NAME[name].adds else entries[-1:]

    def value(self, name: str) -> Value:
        """The value of a key; ``None`` where nothing was said of it."""
        values = [entry.value for entry in self.said(name)]
        if BY_NAME[name].adds and values:
            return tuple(item for value in values for item in value)
        return values[-1] if values else None

    @cached_property
    def settings(self) -> Settings:
        """The settings that all of it makes, before what is ignored in single files."""
        known = {field.name for field in fields(Settings)}
        plain = {
            field: value
            for name, field in _FIELDS.items()
            if field in known and (value := self.value(name)) is not None
        }
        *below, own = self._selections
        return Settings(own.select, own.ignore, own.extend_select, goes_on_from=tuple(below), **plain)

    @cached_property
    def excluded(self) -> Globs:
        """What is left out of the directory."""
        return Globs(self.settings.exclude + self.settings.extend_exclude)

    @property
    def _selecting(self) -> tuple[Layer, ...]:
        """The layers that choose rules: a ``select`` puts away what was said before it."""
        first = max((index for index, layer in enumerate(self.layers) if "select" in layer), default=0)
        return self.layers[first:]

    @property
    def _selections(self) -> list[Selection]:
        found = [_selection(layer) for layer in self._selecting if not _SELECTING.isdisjoint(layer)]
        return found if found and found[0].select is not None else [Selection((ALL,)), *found]


def _selection(layer: Layer) -> Selection:
    def value(name: str, empty: Value) -> Value:
        return layer[name].value if name in layer else empty

    return Selection(value("select", None), value("extend-select", ()), value("ignore", ()))


class Configurations:
    """The configurations of a run.

    ``config`` is the one file that holds for all paths, instead of those that are found; ``isolated`` reads none.
    Whatever is asked of it raises :class:`lrlint.selectors.SettingsError` where a file cannot be meant as written.
    """

    def __init__(self, flags: Layer | None = None, *, config: str | None = None, isolated: bool = False) -> None:
        if config is not None and isolated:
            raise SettingsError("`--config` and `--isolated` contradict each other")
        self._flags = flags or {}
        self._isolated = isolated
        self._known: dict[str, Configuration] = {}
        self._only = self._given(config) if config is not None else None

    def of(self, directory: str) -> Configuration:
        """What holds for the files of a directory."""
        if self._only is not None:
            return self._only
        return self._nearest(os.path.abspath(directory))

    def settings(self, path: str) -> Settings:
        """The settings for a file."""
        path = os.path.abspath(path)
        return self.of(os.path.dirname(path)).settings.at(path.replace(os.sep, "/"))

    def excluded(self, directory: str) -> Globs:
        """What is left out of a directory."""
        return self.of(directory).excluded

    def _given(self, path: str) -> Configuration:
        layers = layers_of(path, directory=os.getcwd())
        if layers is None:
            raise SettingsError(f"{shown(path)}: has no `[tool.lrlint]`")
        return Configuration((*layers, self._flags), shown(path))

    def _nearest(self, directory: str) -> Configuration:
        """What is said in a directory or, where nothing is, in the nearest one above it."""
        passed: list[str] = []
        found = None
        for above in upwards(directory):
            passed.append(above)
            found = self._known.get(above) or self._said_in(above)
            if found is not None:
                break
        found = found or Configuration((self._flags,))
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _said_in(self, directory: str) -> Configuration | None:
        for name in () if self._isolated else FILE_NAMES:
            path = os.path.join(directory, name)
            if os.path.isfile(path) and (layers := layers_of(path)) is not None:
                return Configuration((*layers, self._flags), shown(path))
        return None
