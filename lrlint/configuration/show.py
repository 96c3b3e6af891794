"""What holds for a path, printed: each key with its value and where that was said."""

from __future__ import annotations

import json
import os

from lrlint.config import Settings
from lrlint.configuration import Configuration, Configurations, Entry
from lrlint.configuration.keys import BY_NAME, Value, quoted
from lrlint.discover import reason, shown
from lrlint.selectors import SettingsError

DEFAULT = "default"
_WIDTH = 80
_OF_A_RUN = {"respect-gitignore": True}
"""What holds for a run as a whole, where nothing is said; the other defaults are those of :class:`Settings`."""


def as_text(path: str, configurations: Configurations) -> str:
    """TOML: what the nearest table could say to the same end, with the origin of each value behind it."""
    configuration, settings = _found(path, configurations)
    lines = [f"# {shown(path)}: {configuration.file or 'no configuration file'}"]
    for name in _names():
        value = _value(name, configuration)
        if value is None:
            lines.append(f"# {name} is not set")
            continue
        said = [str(entry.origin) for entry in configuration.said(name)]
        lines.append(f"{name} = {_toml(_plain(name, value))}  # {', '.join(dict.fromkeys(said)) or DEFAULT}")
    silent = ", ".join(_silent(settings))
    return "\n".join([*lines, f"# not reported: {silent or 'none'}"]) + "\n"


def as_json(path: str, configurations: Configurations) -> str:
    """An object with ``path``, the nearest ``file``, ``settings`` (``value`` and ``from``, a list, by key) and the ``rules`` by code."""
    configuration, settings = _found(path, configurations)
    from lrlint.rules import names

    document = {
        "path": shown(path),
        "file": configuration.file,
        "settings": {
            name: {
                "value": _plain(name, _value(name, configuration)),
                "from": [_origin(entry) for entry in configuration.said(name)],
            }
            for name in _names()
        },
        "rules": {code: settings.enabled(code) for code in names()},
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _found(path: str, configurations: Configurations) -> tuple[Configuration, Settings]:
    try:
        is_directory = os.path.isdir(path)
        os.stat(path)
    except (OSError, ValueError) as error:
        raise SettingsError(f"{shown(path) or repr('')}: {reason(error)}") from None
    if is_directory:
        configuration = configurations.of(path)
        return configuration, configuration.settings
    return configurations.of(os.path.dirname(path)), configurations.settings(path)


def _names() -> list[str]:
    return [name for name in BY_NAME if name != "extend"]


def _value(name: str, configuration: Configuration) -> Value:
    """What holds for a key; ``None`` where each run decides for itself."""
    value = configuration.value(name)
    default = getattr(Settings(), name.replace("-", "_"), _OF_A_RUN.get(name))
    return default if value is None else value


def _silent(settings: Settings) -> list[str]:
    from lrlint.rules import names

    return [code for code in names() if not settings.enabled(code)]


def _origin(entry: Entry) -> dict[str, object]:
    if entry.origin.line is None:
        return {"flag": entry.origin.name}
    return {"file": entry.origin.name, "line": entry.origin.line}


def _plain(name: str, value: Value) -> object:
    if name == "per-file-ignores":
        return {_shown_glob(glob): list(codes) for glob, codes in value}
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
