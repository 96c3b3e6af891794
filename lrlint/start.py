"""How the command starts: what most runs come to is done with next to nothing loaded, and all else handed on."""

from __future__ import annotations

import os
import sys

from lrlint import __version__
from lrlint.configured import CACHE_DIR, NO_CACHE, may_be_configured
from lrlint.discover import discover
from lrlint.ending import CLEAN, ended
from lrlint.globs import DEFAULT_EXCLUDE, Globs
from lrlint.scan import Scan, content
from lrlint.words import nothing_found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

COMMANDS = ("check", "clean", "config", "explain", "rules", "server")
"""The first words that are no paths."""

_FORCE_EXCLUDE = "--force-exclude"  # the one flag that is looked at here: pre-commit gives it with every path


class _Configured(Exception):
    """There is more to a run than its paths."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every error is one line on standard error."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    return ended(lambda: _run(words))


def _run(words: list[str]) -> int:
    if words == ["--version"]:
        print(f"lrlint {__version__}")  # noqa: T201
        return CLEAN
    scan = _scan(words)
    if scan is not None and (scan.is_clean or _is_known_clean(scan)):
        print(nothing_found(len(scan.found.files)), end="")  # noqa: T201
        return CLEAN
    from lrlint.cli import run

    return run(words, scan)


def _scan(words: Sequence[str]) -> Scan | None:
    """The scan of a run that is told paths, as a person or pre-commit tells them; ``None`` for any other."""
    rest = words[1:] if words[:1] == ["check"] else words
    paths = [word for word in rest if word != _FORCE_EXCLUDE]
    if any(word.startswith("-") for word in paths) or (rest is words and words[:1] and words[0] in COMMANDS):
        return None
    silent: set[str] = set()

    def default_exclude(directory: str) -> Globs:
        if may_be_configured(directory, silent):
            raise _Configured
        return _USUAL

    try:
        for path in (".", *paths):
            default_exclude(path)
        found = discover(paths or (".",), default_exclude, force_exclude=len(paths) < len(rest))
    except _Configured:
        return None
    return Scan(found)


def _is_known_clean(scan: Scan) -> bool:
    """Whether there are files that may hold a finding, and earlier runs have found nothing in any of them."""
    if CACHE_DIR in os.environ or NO_CACHE in os.environ:
        return False
    if scan.found.wrong or scan.found.problems or scan.found.streams or not scan.suspects:
        return False
    from lrlint.cache import Cache
    from lrlint.config import Settings

    cache, settings = Cache(), Settings()
    for path in scan.suspects:
        try:
            result = cache.find(path, content(path), settings)
        except (OSError, ValueError):
            return False
        if result is None or result.findings:
            return False
    cache.prune()
    return True


_USUAL = Globs(DEFAULT_EXCLUDE)
