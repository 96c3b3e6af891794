"""Patterns for files, as ``exclude`` and ``per-file-ignores`` hold them."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

DEFAULT_EXCLUDE: tuple[str, ...] = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


class Globs:
    """Which paths some patterns mean.

    A pattern without a slash is matched against each name in a path, one with a slash against the path from the
    working directory on (or from the root, for an absolute one). ``*`` crosses slashes, as in ruff. What stands below
    a directory that is meant is meant with it.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._names: set[str] = set()
        name_globs: list[str] = []
        path_globs: list[str] = []
        for pattern in (_tidy(pattern) for pattern in patterns):
            if "/" in pattern:
                path_globs.append(pattern)
            elif any(character in pattern for character in "*?["):
                name_globs.append(pattern)
            elif pattern:
                self._names.add(pattern)
        self._name_glob = _any_of(name_globs)
        self._path_glob = _any_of(path_globs)

    def entry(self, name: str, path: str) -> bool:
        """Whether an entry of a directory is meant, by its own name or path; its parents are not looked at."""
        if name in self._names or (self._name_glob and self._name_glob.match(name)):
            return True
        return bool(
            self._path_glob
            and (self._path_glob.match(path) or self._path_glob.match(os.path.abspath(path).replace(os.sep, "/")))
        )

    def path(self, path: str) -> bool:
        """Whether a whole path is meant, by itself or by a directory above it."""
        parts = path.split("/")
        return any(self.entry(name, "/".join(parts[: depth + 1])) for depth, name in enumerate(parts) if name)


def rooted(pattern: str, directory: str) -> str:
    """A pattern of a file in ``directory`` as it reads from anywhere: one with a slash begins there."""
    pattern = _tidy(pattern)
    return pattern if "/" not in pattern else _escaped(directory, pattern)


def _escaped(directory: str, pattern: str) -> str:
    if os.path.isabs(pattern):
        return pattern
    import re

    literal = re.sub(r"([*?\[])", r"[\1]", directory.replace(os.sep, "/").rstrip("/"))
    return f"{literal}/{pattern}"


def _tidy(pattern: str) -> str:
    return pattern.replace(os.sep, "/").removeprefix("./").rstrip("/")


def _any_of(globs: list[str]) -> re.Pattern[str] | None:
    if not globs:
        return None
    import re
    from fnmatch import translate

    return re.compile("|".join(translate(glob) for glob in globs))
