"""Which files to read: paths as users give them, to files in one order, each of them once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from stat import S_ISDIR

from lrlint.globs import Globs
from lrlint.ignored import Files, Rules, hides, rules_for

SUFFIXES = (".py", ".pyi", ".ipynb")

EXCLUDED, IGNORED = "left out by `exclude`", "left out, because git ignores it"


@dataclass(frozen=True, slots=True)
class Problem:
    """A path that could not be looked at, and why, in words."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Discovery:
    """The files to read, sorted, under the names that users are shown; and what stood in the way.

    ``wrong`` are the given paths that lead nowhere, ``problems`` the directories below them that cannot be read, and
    ``left_out`` the directories and files that would have been read if nothing had excluded them.
    """

    files: tuple[str, ...]
    wrong: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    left_out: tuple[Problem, ...] = field(default=(), compare=False)


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
    wrong: list[Problem] = []
    directories: list[str] = []
    for path in sorted({shown(path) for path in paths}, key=lambda path: (os.path.islink(path), path)):
        try:
            is_directory = S_ISDIR(os.stat(path).st_mode)
        except (OSError, ValueError) as error:
            wrong.append(Problem(path, reason(error)))
            continue
        if force_exclude and excluded(path if is_directory else os.path.dirname(path)).path(path):
            walk.left_out.append(Problem(path, EXCLUDED))
            continue
        if is_directory:
            directories.append(path)
        else:
            walk.add_file(path, os.path.realpath(path))
    walk.add_directories(directories)
    walk.follow_links()
    left_out = sorted(walk.left_out, key=lambda problem: problem.path)
    return Discovery(tuple(sorted(walk.files.values())), tuple(wrong), tuple(walk.problems), tuple(left_out))


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
    words = " ".join((error.strerror or str(error) or type(error).__name__).split())
    return words[:1].lower() + words[1:]


@dataclass(slots=True)
class _Walk:
    """Files and directories by their real paths. Links wait until all that is there under its own name was seen."""

    excluded: Callable[[str], Globs]
    respect_gitignore: bool
    files: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    _seen: set[str] = field(default_factory=set)
    _links: list[tuple[str, str]] = field(default_factory=list)

    def add_file(self, path: str, real: str) -> None:
        self.files.setdefault(real, path)

    def add_directories(self, paths: Iterable[str]) -> None:
        reals = {path: os.path.realpath(path) for path in paths}
        rules = rules_for(reals.values()) if self.respect_gitignore else {}
        for path, real in reals.items():
            self._add_directory(path, real, rules.get(real, Files()))

    def _add_directory(self, path: str, real: str, rules: Rules) -> None:
        waiting = [(path, real, rules)]
        while waiting:
            path, real, rules = waiting.pop()
            if real in self._seen:
                continue
            self._seen.add(real)
            try:
                with os.scandir(path) as entries:
                    waiting.extend(self._directories(path, real, list(entries), rules))
            except OSError as error:
                self.problems.append(Problem(path, reason(error)))

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
        self, path: str, real: str, entries: Sequence[os.DirEntry[str]], rules: Rules
    ) -> Iterator[tuple[str, str, Rules]]:
        """Note the files of a directory and yield the directories in it, as (path, real path, rules above it)."""
        prefix = "" if path == "." else path.rstrip("/") + "/"
        excluded = self.excluded(path)
        if self.respect_gitignore:
            rules = rules.inside(real, {entry.name for entry in entries})
        for entry in entries:
            below, real_below = prefix + entry.name, os.path.join(real, entry.name)
            is_directory = entry.is_dir(follow_symlinks=False)
            why = (
                EXCLUDED
                if excluded.entry(entry.name, below)
                else IGNORED
                if rules.ignores(real_below, is_directory=is_directory)
                else None
            )
            if why:
                if is_directory or entry.name.endswith(SUFFIXES):
                    self.left_out.append(Problem(below, why))
                continue
            if entry.is_symlink():
                self._links.append((below, real))
            elif is_directory:
                yield below, real_below, rules
            elif entry.name.endswith(SUFFIXES) and entry.is_file(follow_symlinks=False):
                self.add_file(below, real_below)


def _is_above(directory: str, other: str) -> bool:
    return other == directory or other.startswith(directory.rstrip(os.sep) + os.sep)
