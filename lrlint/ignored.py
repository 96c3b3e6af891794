"""What git ignores: git is asked where there is a repository, and the ``.gitignore`` files are read elsewhere."""

from __future__ import annotations

import os

from lrlint.configured import upwards

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeAlias

    from pathspec import GitIgnoreSpec

    Rules: TypeAlias = "Repository | Files"

_GIT = ("git", "-c", "core.fsmonitor=false", "--literal-pathspecs")  # no program that a repository names is run
_TRACKED = ("ls-files", "-z", "--")
_IGNORED = ("ls-files", "--others", "--ignored", "--exclude-standard", "--directory", "-z", "--")


class Repository:
    """What git itself says. It ignores nothing that is in its index, which is read in no time; about anything else it
    is asked, once, where there is something else. Paths are real ones.
    """

    def __init__(self, root: str, directories: Sequence[str], tracked: frozenset[str]) -> None:
        self._root = root
        self._prefix = root.rstrip(os.sep) + os.sep
        self._directories = directories
        self._tracked = tracked | _above_all(tracked)
        self._ignored: frozenset[str] | None = None

    def ignores(self, path: str, *, is_directory: bool) -> bool:
        """Whether an entry is ignored by itself; what stands above it is not looked at."""
        name = path.removeprefix(self._prefix)
        if name in self._tracked or name == path:
            return False
        if self._ignored is None:
            self._ignored = _asked(self._root, _IGNORED, self._directories) or frozenset()
        return name in self._ignored

    def inside(self, directory: str, names: Iterable[str]) -> Rules:
        """The rules that hold in a directory below, which has entries of these names."""
        if ".git" not in names or directory == self._root:
            return self
        return _repository(directory, (directory,)) or Files().inside(directory, {*names} - {".git"})


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
        repository = _repository(directory, (directory,)) if ".git" in names else None
        if repository is not None:
            return repository
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
    return any(rules.ignores(above, is_directory=True) for above in upwards(directory))


def _rules_above(directories: Iterable[str]) -> dict[str, Rules]:
    """The rules that are said above each directory, or for all of its repository: git is asked once for each."""
    roots: dict[str | None, list[str]] = {}
    for directory in directories:
        root = next((above for above in upwards(directory) if os.path.lexists(os.path.join(above, ".git"))), None)
        roots.setdefault(root, []).append(directory)
    found: dict[str, Rules] = {}
    for root, inside in roots.items():
        repository = None if root is None else _repository(root, inside)
        for directory in inside:
            found[directory] = repository or _above(directory)
    return found


def _repository(root: str, directories: Sequence[str]) -> Repository | None:
    """What git says of some directories of a repository; ``None`` where it cannot be asked."""
    tracked = _asked(root, _TRACKED, directories)
    return None if tracked is None else Repository(root, directories, tracked)


def _above_all(names: Iterable[str]) -> set[str]:
    """The directories above relative paths, with ``""`` for the one where they begin."""
    found: set[str] = set()
    above = {name.rpartition(os.sep)[0] for name in names}
    while above:
        found |= above
        above = {name.rpartition(os.sep)[0] for name in above} - found
    return found


def _asked(root: str, question: Sequence[str], directories: Iterable[str]) -> frozenset[str] | None:
    """What git lists in some directories of a repository, from its root on; ``None`` where it cannot be asked."""
    import subprocess

    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = (*_GIT, "-C", root, *question, *(os.path.relpath(directory, root) for directory in directories))
    try:
        done = subprocess.run(  # noqa: S603  # a list, and paths stand behind `--`
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True
        )
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None
    names = os.fsdecode(done.stdout).replace("/\0", "\0").replace("/", os.sep).split("\0")
    return frozenset(names[:-1])


def _above(directory: str) -> Files:
    """The rules of the ``.gitignore`` files above a directory."""
    specs = ((above, _read(above)) for above in upwards(os.path.dirname(directory)))
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
