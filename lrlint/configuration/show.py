"""What holds for a path, printed: each key with its value and where that was said."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass

from lrlint.config import Settings
from lrlint.configuration import Configuration, Configurations, Entry
from lrlint.configuration.keys import BY_NAME, Value, quoted
from lrlint.discover import EXCLUDED, IGNORED, reason, shown
from lrlint.ignored import hides_file
from lrlint.selectors import SettingsError

DEFAULT = "default"
_WIDTH = 80
_OF_A_RUN = {"output-format": None, "jobs": None, "cache-dir": None, "respect-gitignore": True}
"""What holds for a run as a whole, as the working directory has it, with what holds where nothing is said."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What holds for a path: by the configuration of its directory and, for some keys, of the working directory."""

    nearest: Configuration
    here: Configuration
    settings: Settings
    left_out: str | None

    def said(self, name: str) -> list[Entry]:
        return (self.here if name in _OF_A_RUN else self.nearest).said(name)

    def value(self, name: str) -> Value:
        """What holds for a key; ``None`` where each run decides for itself."""
        value = (self.here if name in _OF_A_RUN else self.nearest).value(name)
        if value is not None:
            return value
        return _OF_A_RUN[name] if name in _OF_A_RUN else getattr(Settings(), name.replace("-", "_"))


def as_text(path: str, configurations: Configurations) -> str:
    """TOML: what the nearest table could say to the same end, with the origin of each value behind it."""
    held = _held(path, configurations)
    lines = [f"# {shown(path)}: {held.nearest.file or 'no configuration file'}"]
    if held.left_out:
        lines.append(f"# {held.left_out}, and read only where it is named")
    for name in _names():
        value = held.value(name)
        if value is None:
            lines.append(f"# {name} is not set")
            continue
        said = [str(entry.origin) for entry in held.said(name)]
        lines.append(f"{name} = {_toml(_plain(name, value))}  # {', '.join(dict.fromkeys(said)) or DEFAULT}")
    silent = ", ".join(_silent(held.settings))
    return "\n".join([*lines, f"# not reported: {silent or 'none'}"]) + "\n"


def as_json(path: str, configurations: Configurations) -> str:
    """An object about a path, its nearest file, and what is said.

    ``settings`` has the ``value`` of each key and ``from``, a list; ``rules`` says of each code whether it is reported;
    ``left_out`` is why nothing below a directory would lead to the path, or null.
    """
    held = _held(path, configurations)
    from lrlint.rules import names

    document = {
        "path": shown(path),
        "file": held.nearest.file,
        "left_out": held.left_out,
        "settings": {
            name: {
                "value": _plain(name, held.value(name)),
                "from": [_origin(entry) for entry in held.said(name)],
            }
            for name in _names()
        },
        "rules": {code: held.settings.enabled(code) for code in names()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _held(path: str, configurations: Configurations) -> _Held:
    try:
        os.stat(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{shown(path) or repr('')}: {reason(error)}") from None
    here = configurations.of(".")
    if os.path.isdir(path):
        nearest = configurations.of(path)
        return _Held(nearest, here, nearest.settings, None)
    nearest = configurations.of(os.path.dirname(path))
    left_out = EXCLUDED if nearest.excluded.path(shown(path)) else None
    if not left_out and here.value("respect-gitignore") is not False and hides_file(os.path.realpath(path)):
        left_out = IGNORED
    return _Held(nearest, here, configurations.settings(path), left_out)


def _names() -> list[str]:
    return [name for name in BY_NAME if name != "extend"]


def _silent(settings: Settings) -> list[str]:
    from lrlint.rules import names

    return [code for code in names() if not settings.enabled(code)]


def _origin(entry: Entry) -> dict[str, object]:
    if entry.origin.line is None:
        return {"flag" if entry.origin.name.startswith("--") else "variable": entry.origin.name}
    return {"file": entry.origin.name, "line": entry.origin.line}


def _plain(name: str, value: Value) -> object:
    if name == "per-file-ignores":
        return {_shown_glob(glob): list(codes) for glob, codes in value}
    if name == "cache-dir" and value is not None:
        return shown(value)
    return [_shown_glob(item) for item in value] if isinstance(value, tuple) else value


def _shown_glob(glob: str) -> str:
    """A glob, or a code, as it reads from the working directory on."""
    mark = "!" * glob.startswith("!")
    glob = glob.removeprefix("!")
    return mark + (shown(glob) if os.path.isabs(glob) else glob)


def _toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(glob)} = {_toml(codes)}" for glob, codes in value.items()) + "}"
    if isinstance(value, list):
        items = [quoted(item) for item in value]
        line = ", ".join(items)
        return f"[{line}]" if len(line) <= _WIDTH else "[\n" + "".join(f"    {item},\n" for item in items) + "]"
    return json.dumps(value)
