"""The directory that results are kept in: a folder for each build, and in it a file for each entry.

Nothing is ever removed from it but what this program put there, as its name tells.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import suppress

TAG = "CACHEDIR.TAG"
DAY = 24 * 60 * 60.0
"""Seconds. How old an entry gets before a use of it is noted, and how often there is a look at what is too old."""

_KEPT = 30 * DAY
_KEPT_OF_OTHERS = 7 * DAY
_TAG_TEXT = b"""\
Signature: 8a477f597d28d172789f06886806bc55
# This directory holds what lrlint has found in files, for the next run, and can be removed: `lrlint clean` does.
# See https://bford.info/cachedir/
"""
_MARKS = {".gitignore": b"*\n", TAG: _TAG_TEXT}
_FOLDER = re.compile(r"lrlint-[0-9a-f]{16}")
_ENTRY = re.compile(r"[0-9a-f]{32}(?:\.[0-9a-f]{16})?")  # what is longer is being written, or was


def default_directory() -> str | None:
    """Where this user's programs keep such things; ``None`` for a user without a home."""
    from platformdirs import user_cache_dir

    directory = user_cache_dir("lrlint", appauthor=False)
    return directory if os.path.isabs(directory) else None


def prepare(folder: str) -> None:
    """Make the folder of a build, and mark the directory that it is in as one that backups and git may leave out."""
    os.makedirs(folder, exist_ok=True)
    for name, text in _MARKS.items():
        with suppress(FileExistsError), open(os.path.join(os.path.dirname(folder), name), "xb") as file:
            file.write(text)


def prune(folder: str) -> None:
    """Remove what has not been asked for in a month and, of other builds than this folder's, in a week."""
    directory, now = os.path.dirname(folder), time.time()
    tag = os.path.join(directory, TAG)
    if abs(now - os.stat(tag).st_mtime) < DAY:  # one from the future was touched by a clock that was wrong
        return
    os.utime(tag)
    for other in folders(directory):
        oldest = now - (_KEPT if other == folder else _KEPT_OF_OTHERS)
        for entry in entries(other):
            with suppress(OSError):
                if entry.stat().st_mtime < oldest:
                    os.unlink(entry)
        with suppress(OSError):
            os.rmdir(other)


def folders(directory: str) -> list[str]:
    """The folders of all builds."""
    found = _named(directory, _FOLDER)
    return [entry.path for entry in found if entry.is_dir(follow_symlinks=False)]


def entries(folder: str) -> list[os.DirEntry[str]]:
    """The entries of a build, those among them that are being written, or were."""
    return [entry for entry in _named(folder, _ENTRY) if entry.is_file(follow_symlinks=False)]


def _named(directory: str, pattern: re.Pattern[str]) -> list[os.DirEntry[str]]:
    """What in a directory is named like this: nothing where there is none, or where somebody else just removed it."""
    try:
        with os.scandir(directory) as found:
            return [entry for entry in found if pattern.fullmatch(entry.name)]
    except FileNotFoundError:
        return []


def marks(directory: str) -> list[str]:
    """The files of ours that stand beside the folders."""
    paths = {os.path.join(directory, name): text for name, text in _MARKS.items()}
    return [path for path, text in paths.items() if _holds(path, text)]


def _holds(path: str, text: bytes) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(len(text) + 1) == text
    except OSError:
        return False
