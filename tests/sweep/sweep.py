"""A sweep over real packages: what does lrlint say of code that was not written for it, and is it true?

Usage::

    python tests/sweep/sweep.py                              every package of corpus.csv
    python tests/sweep/sweep.py magenta tf-agents            these only
    python tests/sweep/sweep.py --tree google-research/bert=DIR --tree tensorflow=DIR
                                                             these directories in the place of what would be fetched

A package is fetched from the registry with ``pip download``, in the version that corpus.csv names; its ``*.py`` files
are kept in ``--cache`` and used again. A name may carry its version: ``magenta==1.1.7``. Nothing of it is imported, but for a form of ``sdist``, pip runs the package's
own ``setup.py``. A repository (form ``git``, the version is the commit that was read) is never fetched: it is swept
where ``--tree`` says where it is.

Every finding is looked up in verdicts.csv (package, file, line, code, verdict, why): somebody has read the source and
has written down whether it is true. Printed are the findings that nobody has read (as rows for that file), those
that are known to be false, and the true ones that are not found any more; then crashes, files that take longer than
``--slow`` seconds, and a table. Exit status: 0 if every finding is known and true, 1 if not or if lrlint failed,
2 if something could not be fetched.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple

from lrlint.config import Settings
from lrlint.linter import check_bytes
from lrlint.prefilter import may_hold_finding

HERE = Path(__file__).resolve().parent
CORPUS = HERE / "corpus.csv"
VERDICTS = HERE / "verdicts.csv"
FORMS = ("wheel", "sdist", "git")
OPINIONS = ("true", "false")

_EXCLUDE_NOTHING = "*.nothing"
_FOUND_OR_CLEAN = (0, 1)


class Package(NamedTuple):
    """A row of corpus.csv; the version of a repository is a commit."""

    name: str
    version: str
    form: str


class Place(NamedTuple):
    """What a verdict is about. Lines are 1-based; paths are those of the package, with ``/``."""

    package: str
    file: str
    line: int
    code: str


class Verdict(NamedTuple):
    """Whether a finding is true, and why, in one line."""

    opinion: str
    why: str


class Unavailable(Exception):
    """A package cannot be had; the text says why."""


@dataclass(slots=True)
class Result:
    """What came of one package; ``problems`` are lines about lrlint, ``seconds`` is how long the command took."""

    files: int = 0
    decay_files: int = 0
    seconds: float = 0.0
    found: dict[Place, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)


def read_corpus(path: Path = CORPUS) -> list[Package]:
    """The packages, in the order of the file. Raises ``ValueError`` for a row that is none."""
    packages = [Package(row["name"], row["version"], row["form"]) for row in _rows(path, Package._fields)]
    for package in packages:
        if package.form not in FORMS:
            raise ValueError(f"{path}: {package.name}: no such form: {package.form}")
    return packages


def read_verdicts(path: Path = VERDICTS) -> dict[Place, Verdict]:
    """The verdicts, by place. Raises ``ValueError`` for a row that is none, and for a place that has two."""
    verdicts: dict[Place, Verdict] = {}
    for row in _rows(path, (*Place._fields, "verdict", "why")):
        place = Place(row["package"], row["file"], int(row["line"]), row["code"])
        if row["verdict"] not in OPINIONS or not row["why"]:
            raise ValueError(f"{path}: {place}: a verdict is one of {', '.join(OPINIONS)}, and says why")
        if verdicts.setdefault(place, found := Verdict(row["verdict"], row["why"])) is not found:
            raise ValueError(f"{path}: two verdicts about {place}")
    return verdicts


def _rows(path: Path, columns: Sequence[str]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != tuple(columns):
            raise ValueError(f"{path}: the columns are {', '.join(columns)}")
        for row in reader:
            if None in row or None in row.values():
                raise ValueError(f"{path}:{reader.line_num}: {len(columns)} columns, please")
            yield row


def fetch(package: Package, cache: Path) -> Path:
    """The directory with the package's Python files, fetched if it is not there yet. Raises :class:`Unavailable`."""
    home = cache / f"{package.name}-{package.version}"
    if home.is_dir():
        return home
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetching-") as work:
        archive = _download(package, Path(work, "archive"))
        unpacked = Path(work, "unpacked")
        unpacked.mkdir()
        for name, data in _python_files(archive):
            target = unpacked.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        unpacked.rename(home)  # whole or not at all
    return home


def _download(package: Package, directory: Path) -> Path:
    wheel = ("--only-binary", ":all:", "--python-version", "3.7", "--platform", "manylinux2010_x86_64")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--disable-pip-version-check"]
    command += ["--no-deps", "--dest", str(directory)]
    command += wheel if package.form == "wheel" else ("--no-binary", ":all:")
    command.append(f"{package.name}=={package.version}")
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    archives = [path for path in directory.iterdir() if path.is_file()] if directory.is_dir() else []
    if done.returncode or len(archives) != 1:
        errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        raise Unavailable(errors[-1] if errors else f"pip download gave {len(archives)} files")
    return archives[0]


def _python_files(archive: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The Python files of a wheel or a source archive, by their paths in the package."""
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            for info in wheel.infolist():
                path = _safe(info.filename)
                if path is not None and not info.is_dir():
                    yield _inside(path, is_wheel=archive.suffix == ".whl"), wheel.read(info)
        return
    with tarfile.open(archive) as source:
        for member in source:
            path = _safe(member.name)
            file: IO[bytes] | None = source.extractfile(member) if path is not None and member.isreg() else None
            if path is not None and file is not None:
                yield _inside(path, is_wheel=False), file.read()


def _safe(name: str) -> PurePosixPath | None:
    """The path of a Python file, unless it leads out of the archive."""
    path = PurePosixPath(name)
    return None if path.suffix != ".py" or path.is_absolute() or ".." in path.parts else path


def _inside(path: PurePosixPath, *, is_wheel: bool) -> PurePosixPath:
    """The path without what only the archive is to blame for: ``name-version``, ``name-version.data/purelib``."""
    parts = path.parts
    if not is_wheel:
        return PurePosixPath(*parts[1:]) if len(parts) > 1 else path
    return PurePosixPath(*parts[2:]) if parts[0].endswith(".data") and len(parts) > 2 else path


def sweep(name: str, directory: Path, *, timeout: float, slow: float) -> Result:
    """Run the command over a directory, and time its decay files one by one."""
    result = Result()
    command = [sys.executable, "-m", "lrlint", "--isolated", "--exclude", _EXCLUDE_NOTHING]
    command += ["--output-format", "json", str(directory)]
    begun = time.perf_counter()
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        result.problems.append(f"still running after {timeout:g} s")
        return result
    result.seconds = time.perf_counter() - begun
    if done.returncode not in _FOUND_OR_CLEAN:
        result.problems.append(f"exit status {done.returncode}")
    result.problems += [line for line in done.stderr.splitlines() if line]
    for finding in json.loads(done.stdout or "[]"):
        file = Path(finding["filename"]).relative_to(directory).as_posix()
        place = Place(name, file, finding["location"]["row"], finding["code"])
        result.found[place] = finding["message"]
    if done.returncode in _FOUND_OR_CLEAN:  # else a file may do to this process what it did to that one
        _time_files(directory, result, slow)
    return result


def _time_files(directory: Path, result: Result, slow: float) -> None:
    for path in sorted(directory.rglob("*.py")):
        if not path.is_file():
            continue
        result.files += 1
        data = path.read_bytes()
        if not may_hold_finding(data):
            continue
        result.decay_files += 1
        begun = time.perf_counter()
        check_bytes(str(path), data, Settings())
        seconds = time.perf_counter() - begun
        if seconds > slow:
            result.slow.append(f"{path.relative_to(directory).as_posix()}: {seconds:.1f} s")


def report(results: dict[str, Result], verdicts: dict[Place, Verdict], out: IO[str]) -> bool:
    """Print what is to be said of the results; whether all is well."""
    known = {place: verdict for place, verdict in verdicts.items() if place.package in results}
    found = {place: message for result in results.values() for place, message in result.found.items()}
    unread = sorted(found.keys() - known.keys())
    false = sorted(place for place in found if place in known and known[place].opinion == "false")
    lost = sorted(place for place, verdict in known.items() if verdict.opinion == "true" and place not in found)
    if unread:
        print("Not read yet; read the source, and put these into verdicts.csv:", file=out)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerows((*place, "?", found[place]) for place in unread)
    for title, places in (("Known to be false", false), ("True, and not found any more", lost)):
        if places:
            print(f"{title}:", file=out)
        for place in places:
            print(f"  {place.package}: {place.file}:{place.line}: {place.code}: {known[place].why}", file=out)
    for title, lines in (
        ("Failed", [f"{name}: {line}" for name, result in results.items() for line in result.problems]),
        ("Slow", [f"{name}: {line}" for name, result in results.items() for line in result.slow]),
    ):
        if lines:
            print(f"{title}:", *lines, sep="\n  ", file=out)
    _table(results, known, out)
    return not (unread or false or lost or any(result.problems for result in results.values()))


def _table(results: dict[str, Result], known: dict[Place, Verdict], out: IO[str]) -> None:
    heads = ("package", "files", "with decays", "findings", "true", "false", "unread", "seconds")
    rows = []
    for name, result in results.items():
        opinions = [known[place].opinion if place in known else "?" for place in result.found]
        counts = (result.files, result.decay_files, len(opinions), *map(opinions.count, ("true", "false", "?")))
        rows.append((name, *counts, round(result.seconds, 1)))
    totals = [round(sum(column), 1) for column in list(zip(*rows, strict=True))[1:]] if rows else []
    lines = [heads, *rows, ("total", *totals)] if len(rows) > 1 else [heads, *rows]
    width = max(len(str(line[0])) for line in lines)
    for line in lines:
        cells = (str(cell).rjust(len(head)) for cell, head in zip(line[1:], heads[1:], strict=True))
        print(str(line[0]).ljust(width), *cells, sep="  ", file=out)


def _tree(text: str) -> tuple[str, Path]:
    name, equals, directory = text.partition("=")
    if not equals or not Path(directory).is_dir():
        raise argparse.ArgumentTypeError(f"not NAME=DIRECTORY: {text}")
    return name, Path(directory).resolve()


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "lrlint-sweep")
    parser = argparse.ArgumentParser(description="Sweep lrlint over real packages.")
    parser.add_argument("names", nargs="*", metavar="NAME", help="packages of corpus.csv; by default all")
    parser.add_argument("--tree", action="append", default=[], type=_tree, metavar="NAME=DIRECTORY", dest="trees")
    parser.add_argument("--cache", type=Path, default=cache, help=f"where packages are kept ({cache})")
    parser.add_argument("--timeout", type=float, default=600.0, help="seconds for a package (%(default)g)")
    parser.add_argument("--slow", type=float, default=2.0, help="seconds for a file (%(default)g)")
    return parser.parse_args(arguments)


def _chosen(corpus: Iterable[Package], names: Sequence[str], trees: dict[str, Path]) -> list[Package]:
    """What to sweep: what is named, or all; of the repositories only those that are here."""
    packages = [package for package in corpus if package.form != "git" or not trees.keys().isdisjoint(_names(package))]
    unknown = {*names, *trees}.difference(*map(_names, packages))
    if unknown:
        raise Unavailable(f"not in {CORPUS.name}, or a repository without --tree: {', '.join(sorted(unknown))}")
    return [package for package in packages if not names or not set(names).isdisjoint(_names(package))]


def _names(package: Package) -> tuple[str, str]:
    """What a package may be called on the command line."""
    return package.name, f"{package.name}=={package.version}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Sweep, print, and return the exit status."""
    options = _arguments(arguments)
    trees = dict(options.trees)
    verdicts = read_verdicts()
    results: dict[str, Result] = {}
    missing = False
    try:
        packages = _chosen(read_corpus(), options.names, trees)
    except Unavailable as problem:
        print(f"sweep: {problem}", file=sys.stderr)
        return 2
    for package in packages:
        _, label = _names(package)
        try:
            directory = trees.get(label) or trees.get(package.name) or fetch(package, options.cache.resolve())
        except Unavailable as problem:
            print(f"sweep: {label}: {problem}", file=sys.stderr)
            missing = True
            continue
        results[label] = sweep(label, directory, timeout=options.timeout, slow=options.slow)
    well = report(results, verdicts, sys.stdout)
    return 2 if missing else 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
