"""How the command starts: what most runs come to is done with next to nothing loaded, and all else handed on."""

from __future__ import annotations

import os
import sys

from lrlint import __version__
from lrlint.configured import CACHE_DIR, NO_CACHE, may_be_configured
from lrlint.discover import discover
from lrlint.ending import CLEAN, ended, spare_last_collection
from lrlint.globs import DEFAULT_EXCLUDE, Globs
from lrlint.scan import Scan
from lrlint.words import nothing_found

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrlint.run import Outcome

COMMANDS = ("check", "clean", "config", "explain", "rules", "server")
"""The first words that are no paths."""

_FORCE_EXCLUDE = "--force-exclude"  # the one flag that is looked at here: pre-commit gives it with every path


class _Configured(Exception):
    """There is more to a run than its paths."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code; every error is one line on standard error.

    Without arguments it is what this process was started for, and takes its own.
    """
    if arguments is None:
        spare_last_collection()
        arguments = sys.argv[1:]
    words = list(arguments)
    return ended(lambda: _run(words))


def _run(words: list[str]) -> int:
    if words == ["--version"]:
        print(f"lrlint {__version__}")  # noqa: T201
        return CLEAN
    scan = _scan(words)
    if scan is None:
        from lrlint.cli import run

        return run(words)
    outcomes = _outcomes(scan)
    if outcomes is not None and not any(outcome.findings or outcome.error for outcome in outcomes):
        print(nothing_found(len(scan.found.files)), end="")  # noqa: T201
        return CLEAN
    from lrlint.checking import Seen
    from lrlint.cli import run

    return run(words, Seen(scan, outcomes))


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


def _outcomes(scan: Scan) -> Sequence[Outcome] | None:
    """What came of the suspects; ``None`` where there is more to a run than to look at them."""
    if scan.found.wrong or scan.found.problems or not scan.found.files:
        return None
    if not scan.suspects:
        return ()
    no_cache = os.environ.get(NO_CACHE)
    if no_cache not in (None, "1") or CACHE_DIR in os.environ:
        return None
    from lrlint.checking import check_plainly

    return check_plainly(scan, cached=no_cache is None)


_USUAL = Globs(DEFAULT_EXCLUDE)
