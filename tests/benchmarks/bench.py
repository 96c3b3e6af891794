"""The benchmarks: what lrlint costs beside its peers, in one session, as ratios.

Usage::

    python tests/benchmarks/bench.py                    every bar
    python tests/benchmarks/bench.py clean_tree start   these only
    python tests/benchmarks/bench.py --quick            a smaller tree and fewer rounds, to see that all of it runs
    python tests/benchmarks/bench.py --write            and write the table into CONTRIBUTING.md

What was measured is kept in ``--cache``: a run of some bars replaces their rows in the table, and leaves the others.
Packages are fetched from the registry, as the sweep does it, and their files laid out in ``--cache``; lrlint and its
peers are installed into environments there. Commands run in turns, A B A B: a ratio is the median of the ratios of the
rounds, and CPU is user and system time of a command with all its processes. For each command the medians are printed,
then the table. Exit status: 0 if every bar is met, 1 if not, 2 if something could not be fetched or run.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bars import BARS, Bench
from benchmarks.corpus import trees
from benchmarks.measure import Failed
from benchmarks.table import Row, table, written
from benchmarks.tools import ROOT, Tools
from sweep.sweep import Unavailable

DOCUMENT = ROOT / "CONTRIBUTING.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, and return the exit status."""
    options = _arguments(arguments)
    cache = options.cache.resolve()
    cache.mkdir(parents=True, exist_ok=True)
    kept = cache / f"rows{'-quick' * options.quick}.json"
    rows = read_rows(kept)
    failed = False
    try:
        corpus, tools = trees(cache, quick=options.quick), Tools(cache)
    except Unavailable as problem:
        print(f"bench: {problem}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(dir=cache, prefix=".work-") as work:
        bench = Bench(tools, corpus, Path(work), options.rounds or (3 if options.quick else 7), options.quick)
        for bar in BARS:
            if options.bars and bar.__name__ not in options.bars:
                continue
            print(f"{bar.__name__}:", flush=True)
            try:
                rows[bar.__name__] = list(bar(bench))
                write_rows(kept, rows)
            except Failed as problem:
                print(f"bench: {bar.__name__}: {problem}", file=sys.stderr)
                failed = True
    known = [row for bar in BARS for row in rows.get(bar.__name__, ())]
    text = f"{table(known)}\nMeasured on {os.cpu_count()} cores with {tools.versions}.\n"
    print(text)
    if options.write:
        DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8"), text), "utf-8")
    return 2 if failed else 0 if all(row.is_met for row in known) else 1


def read_rows(path: Path) -> dict[str, list[Row]]:
    """What earlier runs measured, by the names of the bars."""
    if not path.exists():
        return {}
    return {bar: [Row(**row) for row in rows] for bar, rows in json.loads(path.read_text("utf-8")).items()}


def write_rows(path: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Keep what was measured."""
    plain = {bar: [asdict(row) for row in found] for bar, found in rows.items()}
    path.write_text(json.dumps(plain, indent=2), "utf-8")


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "lrlint-sweep")
    parser = argparse.ArgumentParser(description="Measure lrlint beside its peers.")
    names = [bar.__name__ for bar in BARS]
    parser.add_argument("bars", nargs="*", metavar="BAR", help=f"what to measure; by default all: {', '.join(names)}")
    parser.add_argument("--cache", type=Path, default=cache, help=f"where all is kept that is fetched ({cache})")
    parser.add_argument("--rounds", type=int, help="how often each command is run")
    parser.add_argument("--quick", action="store_true", help="a smaller tree and fewer rounds")
    parser.add_argument("--write", action="store_true", help=f"write the table into {DOCUMENT.name}")
    options = parser.parse_args(arguments)
    if unknown := set(options.bars) - set(names):
        parser.error(f"no such bar: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
