"""Which files to read: paths as users give them, to files in one order, each of them once."""

from __future__ import annotations

import os
from stat import S_ISDIR, S_ISREG

from lrlint.configured import FILE_NAMES
from lrlint.ignored import Files, hides, rules_for
from lrlint.words import clause

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lrlint.globs import Globs
    from lrlint.ignored import Rules

SUFFIXES = (".py", ".pyi", ".ipynb")

EXCLUDED, IGNORED = "left out by `exclude`", "left out, because git ignores it"

_FILE_NAMES = frozenset(FILE_NAMES)


class Discovery:
    """The files to read, sorted, under the names that users are shown; and what stood in the way, with why, in words.

    ``wrong`` are the given paths that lead nowhere, ``problems`` the directories below them that cannot be read, and
    ``left_out`` the directories and files that would have been read if nothing had excluded them. ``streams`` are those
    of the files that can be read only once, such as pipes.
    """

    __slots__ = ("files", "left_out", "problems", "streams", "wrong")

    def __init__(
        self,
        files: Iterable[str],
        streams: set[str],
        wrong: dict[str, str],
        problems: dict[str, str],
        left_out: dict[str, str],
    ) -> None:
        self.files = tuple(sorted(files))
        self.streams = streams
        self.wrong = wrong
        self.problems = problems
        self.left_out = dict(sorted(left_out.items()))


def discover(
    paths: Iterable[str],
    excluded: Callable[[str], Globs],
    *,
    force_exclude: bool = False,
    respect_gitignore: bool = True,
) -> Discovery:
    """All files below ``paths``: files whatever their suffix, and Python files and notebooks in directories.

    ``excluded`` tells what is left out of a directory. It counts below the given paths; with ``force_exclude`` for the
    given paths too. What git ignores is left out below them. A file that several paths or links lead to is read once,
    under its own name where that was found, and a directory is walked once.
    """
    walk = _Walk(excluded, respect_gitignore)
    wrong: dict[str, str] = {}
    streams: set[str] = set()
    directories: list[str] = []
    for path in sorted({shown(path) for path in paths}, key=lambda path: (os.path.islink(path), path)):
        try:
            mode = os.stat(path).st_mode
        except (OSError, ValueError) as error:
            wrong[path] = reason(error)
            continue
        is_directory = S_ISDIR(mode)
        if force_exclude and excluded(path if is_directory else os.path.dirname(path)).path(path):
            walk.left_out[path] = EXCLUDED
            continue
        if is_directory:
            directories.append(path)
        else:
            walk.add_file(path, os.path.realpath(path))
            if not S_ISREG(mode):
                streams.add(path)
    walk.add_directories(directories)
    walk.follow_links()
    return Discovery(walk.files.values(), streams, wrong, walk.problems, walk.left_out)


def shown(path: str) -> str:
    """A path as users are shown it: from the working directory on where it leads below it, with forward slashes.

    ``..`` stays where it stands, because a link before it may lead elsewhere.
    """
    if not path:
        return path
    path = path.replace(os.sep, "/")
    here = os.getcwd().replace(os.sep, "/").rstrip("/")
    if f"{path}/".startswith(f"{here}/"):
        path = path[len(here) :].lstrip("/")
    root = "/" if path.startswith("/") else ""
    return root + "/".join(part for part in path.split("/") if part not in ("", ".")) or "."


def reason(error: OSError | ValueError) -> str:
    """Why a path cannot be used, in the system's words: ``"permission denied"``."""
    if isinstance(error, ValueError):
        return "not a path"  # it holds a null byte, or what no file name can hold
    return clause(error.strerror or str(error) or type(error).__name__)


class _Walk:
    """Files and directories by their real paths. Links wait until all that is there under its own name was seen."""

    def __init__(self, excluded: Callable[[str], Globs], respect_gitignore: bool) -> None:
        self.excluded = excluded
        self.respect_gitignore = respect_gitignore
        self.files: dict[str, str] = {}
        self.problems: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self._seen: set[str] = set()
        self._links: list[tuple[str, str]] = []

    def add_file(self, path: str, real: str) -> None:
        self.files.setdefault(real, path)

    def add_directories(self, paths: Iterable[str]) -> None:
        reals = {path: os.path.realpath(path) for path in paths}
        rules = rules_for(reals.values()) if self.respect_gitignore else {}
        waiting = [(path, real, self.excluded(path), rules.get(real, Files())) for path, real in reals.items()][::-1]
        while waiting:
            path, real, excluded, above = waiting.pop()
            if real in self._seen:
                continue
            self._seen.add(real)
            try:
                with os.scandir(path) as found:
                    entries = list(found)
            except OSError as error:
                self.problems[path] = reason(error)
            else:
                waiting += self._directories(path, real, entries, excluded, above)

    def follow_links(self) -> None:
        """Walk the links, in the order of their paths; those that lead back up, or nowhere, are left alone."""
        while self._links:
            links, self._links = sorted(self._links), []
            for path, parent in links:
                real = os.path.realpath(path)
                if self.excluded(os.path.dirname(path)).entry(os.path.basename(real), path):
                    continue
                if os.path.isfile(real):
                    if path.endswith(SUFFIXES):
                        self.add_file(path, real)
                elif os.path.isdir(real) and not _is_above(real, parent) and not self._is_hidden(real):
                    self.add_directories((path,))

    def _is_hidden(self, real: str) -> bool:
        return real not in self._seen and self.respect_gitignore and hides(real)

    def _directories(
        self, path: str, real: str, entries: list[os.DirEntry[str]], excluded: Globs, rules: Rules
    ) -> list[tuple[str, str, Globs, Rules]]:
        """Note the files of a directory; the directories in it, as (path, real path, what is excluded, rules above)."""
        prefix = "" if path == "." else path.rstrip("/") + "/"
        real_prefix = real.rstrip(os.sep) + os.sep
        names = {entry.name for entry in entries}
        if not _FILE_NAMES.isdisjoint(names):
            excluded = self.excluded(path)
        if self.respect_gitignore:
            rules = rules.inside(real, names)
        directories = []
        for entry in entries:
            name = entry.name
            is_file, is_wanted = entry.is_file(follow_symlinks=False), name.endswith(SUFFIXES)
            if is_file and not is_wanted:
                continue
            below, real_below = prefix + name, real_prefix + name
            is_directory = not is_file and entry.is_dir(follow_symlinks=False)
            if excluded.entry(name, below):
                why = EXCLUDED
            elif rules.ignores(real_below, is_directory=is_directory):
                why = IGNORED
            else:
                if is_file:
                    self.add_file(below, real_below)
                elif is_directory:
                    directories.append((below, real_below, excluded, rules))
                elif entry.is_symlink():
                    self._links.append((below, real))
                continue
            if is_directory or is_wanted:
                self.left_out[below] = why
        return directories


def _is_above(directory: str, other: str) -> bool:
    return other == directory or other.startswith(directory.rstrip(os.sep) + os.sep)
