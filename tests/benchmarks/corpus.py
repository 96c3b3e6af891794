"""The trees that are measured: packages of TensorFlow's first days, sorted by what their files mention."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lrlint.prefilter import DECAY_NAMES, KERAS_SCHEDULES
from sweep.sweep import CORPUS, Package, fetch, read_corpus

MORE = Path(__file__).with_name("more.csv")

_QUICK = ("tensor2tensor", "tf-slim", "tf-agents", "magenta")
_DECAYS = tuple(name.encode() for name in DECAY_NAMES)
_SCHEDULES = tuple(name.encode() for name in KERAS_SCHEDULES)


class Trees:
    """Directories of Python files: ``mixed`` has all of them, ``decays`` those that name a decay of ``tf.train``, and
    ``clean`` those that name neither one nor a schedule of Keras."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.mixed, self.decays, self.clean = home / "mixed", home / "decays", home / "clean"

    def many(self, copies: int = 8) -> Path:
        """A directory with the decay files several times, so that there is something to share out."""
        home = self.home / f"decays-{copies}"
        if not home.is_dir():
            for copy in range(copies):
                shutil.copytree(self.decays, home / str(copy))
        return home

    def few(self, number: int = 4) -> Path:
        """A directory with the first few of the decay files."""
        home = self.home / f"decays-of-{number}"
        if not home.is_dir():
            for index, path in enumerate(python_files(self.decays)[:number]):
                _put(path, home / f"{index}.py")
        return home


def packages(*, quick: bool) -> list[Package]:
    """The packages to fetch: those of the sweep that are in the registry, and more without a decay."""
    every = [package for package in (*read_corpus(CORPUS), *read_corpus(MORE)) if package.form != "git"]
    return [package for package in every if package.name in _QUICK] if quick else every


def trees(cache: Path, *, quick: bool) -> Trees:
    """The trees, fetched and laid out where they are not there yet."""
    found = Trees(cache / ("quick" if quick else "trees"))
    if found.home.is_dir():
        return found
    homes = [fetch(package, cache) for package in packages(quick=quick)]
    with tempfile.TemporaryDirectory(dir=cache, prefix=".laying-out-") as work:
        _lay_out(homes, Trees(Path(work, "trees")))
        os.rename(Path(work, "trees"), found.home)  # whole or not at all
    return found


def _lay_out(homes: Iterable[Path], to: Trees) -> None:
    for home in homes:
        for path in python_files(home):
            data, name = path.read_bytes(), Path(home.name, path.relative_to(home))
            _put(path, to.mixed / name)
            if any(decay in data for decay in _DECAYS):
                _put(path, to.decays / name)
            elif not any(schedule in data for schedule in _SCHEDULES):
                _put(path, to.clean / name)


def _put(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)


def python_files(directory: Path) -> list[Path]:
    """The Python files below a directory, in order."""
    return sorted(path for path in directory.rglob("*.py") if path.is_file())
