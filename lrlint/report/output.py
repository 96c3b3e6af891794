"""Files that are written because somebody named them: ``--output-file``, ``--html``, ``--plot``."""

from __future__ import annotations

import os
from typing import Literal

from lrlint.discover import reason
from lrlint.selectors import SettingsError


def write(option: str, path: str, data: bytes, mode: Literal["wb", "ab"] = "wb") -> None:
    """Write a file, with the directory that it is in where there is none; raises :class:`SettingsError`."""
    try:
        if not os.path.exists(os.path.dirname(path) or "."):
            os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, mode) as file:
            file.write(data)
    except (OSError, ValueError) as error:
        raise SettingsError(f"`{option}`: {path or repr('')}: {reason(error)}") from None
