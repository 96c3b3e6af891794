"""Is anything configured? Told from the names and bytes of files, before one of them is understood."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

PYPROJECT = "pyproject.toml"
FILE_NAMES = (".lrlint.toml", "lrlint.toml", PYPROJECT)
"""What a configuration file is called; of several in a directory the first one holds."""

CACHE_DIR, NO_CACHE = "LRLINT_CACHE_DIR", "LRLINT_NO_CACHE"
"""The environment variables that have something to say."""

MARK = b"lrlint"
"""What stands in every pyproject.toml that has a table of ours."""


def may_be_configured(directory: str, silent: set[str]) -> bool:
    """Whether a file in a directory, or above it, may have something to say; never ``False`` where one has.

    ``silent`` are directories for which that was answered with no; more are added to them.
    """
    passed: list[str] = []
    for above in upwards(os.path.abspath(directory)):
        if above in silent:
            break
        if _has_file(above):
            return True
        passed.append(above)
    silent.update(passed)
    return False


def upwards(directory: str) -> Iterator[str]:
    """A directory, as an absolute path, and those above it."""
    while True:
        yield directory
        above = os.path.dirname(directory)
        if above == directory:
            return
        directory = above


def _has_file(directory: str) -> bool:
    return any(_may_speak(os.path.join(directory, name)) for name in FILE_NAMES)


def _may_speak(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    if os.path.basename(path) != PYPROJECT:
        return True
    try:
        with open(path, "rb") as file:
            return MARK in file.read()
    except OSError:
        return True
