"""The bars, each with what it takes to measure it: from trees and tools to the rows of the table."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import generated
from benchmarks.corpus import Trees, python_files
from benchmarks.measure import ENVIRONMENT, Command, Failed, Usage, in_turns, middle, ratio, steepest
from benchmarks.table import Row
from benchmarks.tools import ROOT, Tools, search

_HERE = Path(__file__).parent
_NO_CACHE = {"LRLINT_NO_CACHE": "1"}
_PARSE = "import sys, libcst\nfor path in sys.argv[1:]:\n    libcst.parse_module(open(path, 'rb').read())\n"
_SEMGREP = """\
rules:
  - id: decay
    languages: [python]
    severity: WARNING
    message: a decay
    pattern-either:
      - pattern: tf.train.exponential_decay(...)
      - pattern: tf.train.polynomial_decay(...)
      - pattern: tf.train.piecewise_constant(...)
"""


@dataclass(frozen=True)
class Bench:
    """What the bars are measured with; ``work`` is a directory for files that are generated."""

    tools: Tools
    trees: Trees
    work: Path
    rounds: int
    quick: bool

    def lrlint(self, directory: Path, *words: str | Path) -> Command:
        """The command, with nothing kept from earlier runs."""
        return Command([self.tools.lrlint, *words], directory, environment=_NO_CACHE)

    def ruff(self, directory: Path) -> Command:
        """ruff with one rule."""
        words = ("check", "--no-cache", "--isolated", "--quiet", "--select", "E501", ".")
        return Command([self.tools.peers["ruff"], *words], directory)

    def parse(self, paths: Sequence[Path]) -> Command:
        """LibCST, which parses files and does nothing with them. Some of them are no Python, and stop it."""
        return Command([self.tools.python, "-c", _PARSE, *paths], self.work, (0,))

    def turns(self, *, seldom: bool = False, **commands: Command) -> dict[str, list[Usage]]:
        """Measure commands in turns, print what each took, and return it."""
        taken = in_turns(commands, 1 if seldom else self.rounds)
        for name, usages in taken.items():
            cpu, wall, memory = middle(usages)
            print(f"    {name:24} {cpu:8.3f} s CPU {wall:8.3f} s wall {memory:6.0f} MB", flush=True)
        return taken

    def written(self, name: str, text: str) -> Path:
        """A file with a text."""
        path = self.work / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "surrogateescape")
        return path


def clean_tree(bench: Bench) -> Iterator[Row]:
    """A tree with no decay."""
    name, words = search()
    clean = bench.trees.clean
    taken = bench.turns(search=Command(words, clean), ruff=bench.ruff(clean), lrlint=bench.lrlint(clean))
    what = f"a tree of {len(python_files(clean))} files with no decay"
    yield Row(f"{what}: CPU", 2.5, f"x {name}'s", ratio(_cpu(taken["lrlint"]), _cpu(taken["search"])))
    faster = ratio(_wall(taken["ruff"]), _wall(taken["lrlint"]))
    yield Row(f"{what}: wall", 3.5, "x faster than `ruff check --no-cache` with one rule", faster, at_least=True)
    yield Row(f"{what}: memory", 40, "MB", max(usage.memory for usage in taken["lrlint"]))


def start(bench: Bench) -> Iterator[Row]:
    """What it costs to start."""
    path = bench.written("start/clean.py", "import os\n\nprint(os.name)\n")
    taken = bench.turns(
        python=Command([bench.tools.python, "-c", "pass"], path.parent),
        version=bench.lrlint(path.parent, "--version"),
        clean=bench.lrlint(path.parent, path.name),
    )
    python = _cpu(taken["python"])
    yield Row("`lrlint --version`", 3, "x `python -c pass`", ratio(_cpu(taken["version"]), python))
    yield Row("a clean file", 3, "x `python -c pass`", ratio(_cpu(taken["clean"]), python))


def decay_files(bench: Bench) -> Iterator[Row]:
    """Files that mention a decay, and what others take for them."""
    decays, peers = bench.trees.decays, bench.tools.peers
    paths = [path for path in python_files(decays) if _parses(bench, path)]
    only, torch = bench.work / "parsed", bench.work / "torch"
    for path in paths:
        name = path.relative_to(decays).as_posix()
        text = path.read_text("utf-8", "surrogateescape")
        bench.written(f"parsed/{name}", text)
        bench.written(f"torch/{name}", f"{text}\n# torch\n")  # TorchFix passes over files without this word
    ours = bench.lrlint(only, "--jobs", "1")
    taken = bench.turns(libcst=bench.parse(paths), lrlint=ours)
    what = f"{len(paths)} files that mention a decay: CPU, all rules"
    yield Row(what, 1.6, "x `libcst.parse_module`", ratio(_cpu(taken["lrlint"]), _cpu(taken["libcst"])))
    rule = bench.written("semgrep.yml", _SEMGREP)
    offline = ("--metrics", "off", "--disable-version-check", "--quiet")
    words: dict[str, tuple[str | Path, ...]] = {
        "torchfix": ("--select", "ALL", "--jobs", "1", torch),
        "semgrep": ("--config", rule, *offline, only),
        "flake8-async": tuple(python_files(only)),
    }
    others = {name: Command([peers[name], *words[name]], only) for name in words if name in peers}
    others["flake8"] = Command([bench.tools.flake8, "--isolated", "."], only)
    for name, command in others.items():
        taken = bench.turns(lrlint=ours, **{name: command}, seldom=name in ("torchfix", "flake8-async"))
        less = ratio(_cpu(taken[name]), _cpu(taken["lrlint"]))
        if name == "torchfix":
            yield Row("the same files: CPU", 15, "x less than TorchFix's", less, at_least=True)
        elif name != "flake8-async":
            yield Row("the same files: CPU (stretch)", 1, f"x {name}'s", 1 / less)


def prefilter(bench: Bench) -> Iterator[Row]:
    """What the prefilter misses: nothing, or it is wrong."""
    told = _told(bench, "unfiltered.py", bench.trees.mixed)
    what = f"{told['files']} files that the prefilter passes over, checked without it"
    yield Row(what, 0, "with a finding", len(told["missed"]))


def mixed_tree(bench: Bench) -> Iterator[Row]:
    """All files."""
    mixed = bench.trees.mixed
    taken = bench.turns(ruff=bench.ruff(mixed), lrlint=bench.lrlint(mixed))
    what = f"the whole tree, {len(python_files(mixed))} files: CPU"
    against = "x `ruff check --no-cache` with one rule"
    share = ratio(_cpu(taken["lrlint"]), _cpu(taken["ruff"]))
    yield Row(what, 0.5, against, share)
    yield Row(f"{what} (stretch)", 0.35, against, share)


def fixes(bench: Bench) -> Iterator[Row]:
    """What it costs to repair."""
    fresh, home = ROOT / "fixtures", bench.work / "fixtures"

    def lay_out() -> None:
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(fresh, home)

    lay_out()
    check = bench.lrlint(home, "--jobs", "1")
    fix = Command([bench.tools.lrlint, "--jobs", "1", "--fix"], home, environment=_NO_CACHE, before=lay_out)
    taken = bench.turns(check=check, fix=fix)
    yield Row("`--fix`, over the fixtures: CPU", 2.5, "x check's", ratio(_cpu(taken["fix"]), _cpu(taken["check"])))
    findings = 1_000 if bench.quick else 10_000
    text = generated.wrong(findings)
    path = bench.written("fix/wrong.py", text)
    fix = Command(
        [bench.tools.lrlint, "--fix", path], path.parent, environment=_NO_CACHE, before=lambda: path.write_text(text)
    )
    same = bench.written("wrong.py", text)
    taken = bench.turns(libcst=bench.parse([same]), fix=fix)
    what = f"`--fix`, {findings} findings in one file: CPU"
    yield Row(what, 2, "x `libcst.parse_module`", ratio(_cpu(taken["fix"]), _cpu(taken["libcst"])))


def plugin(bench: Bench) -> Iterator[Row]:
    """The flake8 plugin."""
    clean = python_files(bench.trees.clean)[:: 400 if bench.quick else 50]
    shares = [_plugin_times(bench, clean) for _ in range(min(bench.rounds, 3))]
    share = statistics.median(each["plugin"] / (each["all"] - each["plugin"]) for each in shares)
    yield Row(f"the flake8 plugin on {len(clean)} files with no decay: CPU", 1, "% of flake8's own", share * 100)
    added = statistics.median(each["start"] for each in shares)
    yield Row("the flake8 plugin: what it adds to flake8's start", 5, "ms", added * 1000)
    decays = python_files(bench.trees.decays)
    command = bench.turns(command=bench.lrlint(bench.trees.decays, "--jobs", "1"))["command"]
    times = [_plugin_times(bench, decays)["plugin"] for _ in range(min(bench.rounds, 3))]
    value = statistics.median(times) / middle(command).cpu
    yield Row(f"the flake8 plugin on {len(decays)} files with one: CPU", 1, "x the command's", value)


def jobs(bench: Bench) -> Iterator[Row]:
    """Several processes."""
    many, few = bench.trees.many(2 if bench.quick else 8), bench.trees.few()
    taken = bench.turns(one=bench.lrlint(many, "--jobs", "1"), two=bench.lrlint(many, "--jobs", "2"))
    faster = ratio(_wall(taken["one"]), _wall(taken["two"]))
    yield Row(f"`--jobs 2`, {len(python_files(many))} files with decays: wall", 1.7, "x faster than one", faster, True)
    taken = bench.turns(one=bench.lrlint(few, "--jobs", "1"), two=bench.lrlint(few, "--jobs", "2"))
    slower = ratio(_wall(taken["two"]), _wall(taken["one"]))
    yield Row(f"`--jobs 2`, {len(python_files(few))} files: wall", 1.1, "x that of one", slower)


def second_run(bench: Bench) -> Iterator[Row]:
    """What is kept from the last run."""
    kept = {"XDG_CACHE_HOME": str(bench.work / "kept")}
    mixed = bench.trees.mixed
    again = Command([bench.tools.lrlint], mixed, environment=kept)
    taken = bench.turns(clean=bench.lrlint(bench.trees.clean), again=again)
    what = "a second run over the whole tree: CPU"
    yield Row(what, 1.3, "x the tree with no decay", ratio(_cpu(taken["again"]), _cpu(taken["clean"])))


def growth(bench: Bench) -> Iterator[Row]:
    """How costs grow."""
    largest = 10_000 if bench.quick else 100_000
    lines = (1_000, 10_000, largest) if largest > 10_000 else (1_000, 3_000, largest)
    findings = (10, 100, 1_000) if bench.quick else (10, 100, 1_000, 10_000)
    for what, sizes, program in (("lines", lines, generated.long), ("findings", findings, generated.wrong)):
        taken = {}
        for size in sizes:
            path = bench.written(f"growth/{what}-{size}.py", program(size))
            name = f"{size} {what}"
            taken[size] = middle(
                bench.turns(seldom=size >= 100_000, **{name: bench.lrlint(path.parent, path.name)})[name]
            )
        span = f"{sizes[0]} to {sizes[-1]} {what}"
        yield Row(f"{span}: time", 1.1, "as exponent", steepest({size: each.cpu for size, each in taken.items()}))
        yield Row(f"{span}: memory", 1.1, "as exponent", steepest({size: each.memory for size, each in taken.items()}))
        if what == "lines":
            yield Row(f"a file of {sizes[-1]} lines with one decay: memory", 1000, "MB", taken[sizes[-1]].memory)


BARS = (clean_tree, start, prefilter, decay_files, mixed_tree, fixes, plugin, jobs, second_run, growth)


def _cpu(usages: Sequence[Usage]) -> list[float]:
    return [usage.cpu for usage in usages]


def _wall(usages: Sequence[Usage]) -> list[float]:
    return [usage.wall for usage in usages]


def _parses(bench: Bench, path: Path) -> bool:
    try:
        bench.parse([path]).run()
    except Failed:
        return False
    return True


def _plugin_times(bench: Bench, paths: Sequence[Path]) -> dict[str, float]:
    times: dict[str, float] = _told(bench, "plugin_time.py", *paths)
    return times


def _told(bench: Bench, script: str, *paths: Path) -> Any:
    """What a script beside this one says of paths."""
    words = [str(bench.tools.python), str(_HERE / script), *map(str, paths)]
    done = subprocess.run(words, cwd=bench.work, env=ENVIRONMENT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)
