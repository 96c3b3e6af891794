"""``lrlint clean``: everything that is kept is removed, and nothing else."""

from __future__ import annotations

import os
from contextlib import suppress

from lrlint.cache.folder import default_directory, entries, folders, marks
from lrlint.discover import reason, shown
from lrlint.selectors import SettingsError
from lrlint.words import counted


def clean(directory: str | None) -> str:
    """Remove all results from a directory, by default the user's own, and itself where nothing else is in it.

    Returns what was done, in words. Raises :class:`SettingsError` for what cannot be removed.
    """
    directory = directory or default_directory()
    if directory is None:
        return "Nothing to remove: there is no directory to keep results in."
    try:
        results, size = _remove(directory)
    except OSError as error:
        raise SettingsError(f"{shown(str(error.filename))}: {reason(error)}") from None
    if not results:
        return f"Nothing to remove in {shown(directory)}."
    return f"Removed {counted(results, 'result')} ({-(-size // 1000)} kB) from {shown(directory)}."


def _remove(directory: str) -> tuple[int, int]:
    """Remove results; returns how many, and how many bytes they had. Raises :class:`OSError`."""
    results = size = 0
    for folder in folders(directory):
        for entry in entries(folder):
            with suppress(FileNotFoundError):  # somebody else removes it, too
                length = entry.stat().st_size
                os.unlink(entry)
                size += length
                results += "." not in entry.name
        with suppress(OSError):
            os.rmdir(folder)
    ours = marks(directory)
    for path in ours:
        with suppress(FileNotFoundError):
            os.unlink(path)
    if ours:
        with suppress(OSError):
            os.rmdir(directory)
    return results, size
