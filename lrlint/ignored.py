"""What git ignores: git is asked where there is a repository, and the ``.gitignore`` files are read elsewhere."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from pathspec import GitIgnoreSpec

    Rules: TypeAlias = "Repository | Files"

_GIT = ("git", "-c", "core.fsmonitor=false", "--literal-pathspecs")  # no program that a repository names is run
_LIST = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--")


class Repository:
    """What git itself said: it knows its index, its own excludes and those of the user. Paths are real ones."""

    def __init__(self, root: str, paths: frozenset[str]) -> None:
        self._root = root
        self._paths = paths

    def ignores(self, path: str, *, is_directory: bool) -> bool:
        """Whether an entry is ignored by itself; what stands above it is not looked at."""
        return path in self._paths

    def inside(self, directory: str, names: Iterable[str]) -> Rules:
        """The rules that hold in a directory below, which has entries of these names."""
        if ".git" not in names or directory == self._root:
            return self
        paths = _asked(directory, (directory,))
        return Files().inside(directory, {*names} - {".git"}) if paths is None else Repository(directory, paths)


class Files:
    """The patterns of ``.gitignore`` files, those of the deepest directory last; otherwise as :class:`Repository`."""

    def __init__(self, specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
        self._specs = specs

    def ignores(self, path: str, *, is_directory: bool) -> bool:
        for directory, spec in reversed(self._specs):
            inside = os.path.relpath(path, directory).replace(os.sep, "/")
            verdict = spec.check_file(inside + "/" * is_directory).include
            if verdict is not None:
                return verdict
        return False

    def inside(self, directory: str, names: Iterable[str]) -> Rules:
        paths = _asked(directory, (directory,)) if ".git" in names else None
        if paths is not None:
            return Repository(directory, paths)
        spec = _read(directory) if ".gitignore" in names else None
        return Files((*self._specs, (directory, spec))) if spec is not None else self


def rules_for(directories: Iterable[str]) -> dict[str, Rules]:
    """The rules for what is in each of some directories; those that leave out the directory itself do not count."""
    found = _rules_above(directories)
    return {directory: Files() if _hide(rules, directory) else rules for directory, rules in found.items()}


def hides(directory: str) -> bool:
    """Whether a directory is ignored, by itself or by a directory above it."""
    return _hide(_rules_above((directory,))[directory], directory)


def hides_file(path: str) -> bool:
    """Whether a file is ignored, by itself or by a directory above it."""
    directory = os.path.dirname(path)
    rules = _rules_above((directory,))[directory]
    if _hide(rules, directory):
        return True
    return rules.inside(directory, os.listdir(directory)).ignores(path, is_directory=False)


def _hide(rules: Rules, directory: str) -> bool:
    return any(rules.ignores(above, is_directory=True) for above in _upwards(directory))


def _rules_above(directories: Iterable[str]) -> dict[str, Rules]:
    """The rules that are said above each directory, or for all of its repository: git is asked once for each."""
    roots: dict[str | None, list[str]] = {}
    for directory in directories:
        root = next((above for above in _upwards(directory) if os.path.lexists(os.path.join(above, ".git"))), None)
        roots.setdefault(root, []).append(directory)
    found: dict[str, Rules] = {}
    for root, inside in roots.items():
        paths = None if root is None else _asked(root, inside)
        for directory in inside:
            found[directory] = _above(directory) if root is None or paths is None else Repository(root, paths)
    return found


def _asked(root: str, directories: Iterable[str]) -> frozenset[str] | None:
    """What git ignores in some directories of a repository; ``None`` where it cannot be asked."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = (*_GIT, "-C", root, *_LIST, *(os.path.relpath(directory, root) for directory in directories))
    try:
        done = subprocess.run(  # noqa: S603  # a list, and paths stand behind `--`
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    names = (os.fsdecode(name).rstrip("/") for name in done.stdout.split(b"\0") if name)
    return frozenset(os.path.join(root, name) for name in names)


def _above(directory: str) -> Files:
    """The rules of the ``.gitignore`` files above a directory."""
    specs = ((above, _read(above)) for above in _upwards(os.path.dirname(directory)))
    return Files(tuple((above, spec) for above, spec in specs if spec is not None)[::-1])


def _read(directory: str) -> GitIgnoreSpec | None:
    """The patterns of a directory's own file; ``None`` where there is none that can be read."""
    try:
        with open(os.path.join(directory, ".gitignore"), encoding="utf-8", errors="surrogateescape") as file:
            lines = file.read().splitlines()
    except OSError:
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines(line for line in lines if _is_pattern(line))


def _is_pattern(line: str) -> bool:
    """Whether a line can be meant: git passes over those that cannot."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _upwards(directory: str) -> Iterator[str]:
    """A directory and those above it."""
    while True:
        yield directory
        above = os.path.dirname(directory)
        if above == directory:
            return
        directory = above
