"""What holds for a file that an editor has open: its configuration file, and what the editor was told to say."""

from __future__ import annotations

import os
from collections.abc import Mapping

from lrlint.config import Settings
from lrlint.configuration import Configurations, flag_layer
from lrlint.discover import shown


def settings_for(path: str, options: Mapping[str, object]) -> Settings | None:
    """The settings, read anew so that a configuration counts as soon as it is saved; ``None`` for what is left out.

    ``options`` are keys of the configuration and win over it, as the command's flags do. Raises
    :class:`lrlint.selectors.SettingsError` for a configuration that cannot be meant.
    """
    configurations = Configurations(flag_layer({name: _as_flag(value) for name, value in options.items()}))
    if configurations.excluded(os.path.dirname(path)).path(shown(path)):
        return None
    return configurations.settings(path)


def _as_flag(value: object) -> object:
    if isinstance(value, Mapping):
        return tuple(value.items())
    return tuple(value) if isinstance(value, list) else value
