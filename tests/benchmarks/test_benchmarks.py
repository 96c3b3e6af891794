"""The pure parts of the benchmarks; nothing is timed here."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest

import lrlint
from benchmarks import bench, corpus, generated, unfiltered
from benchmarks.measure import Command, Failed, Usage, in_turns, middle, ratio, steepest
from benchmarks.table import BEGIN, END, Row, table, written
from lrlint import linter
from lrlint.prefilter import may_hold_finding
from sweep.sweep import Package, read_corpus


def test_ratio_is_the_median_of_the_pairs() -> None:
    assert ratio([1.0, 4.0, 9.0], [1.0, 2.0, 3.0]) == 2.0
    assert ratio([2.0, 30.0], [1.0, 10.0]) == 2.5


def test_middle() -> None:
    assert middle([Usage(1, 10, 7), Usage(3, 30, 9), Usage(2, 50, 8)]) == Usage(2, 30, 8)


@pytest.mark.parametrize(
    ("costs", "exponent"),
    [
        ({10: 1.0, 100: 10.0}, 1.0),
        ({1000: 9.0, 10: 3.0, 100: 3.0}, 0.4771),
        ({10: 1.0, 100: 1.0, 1000: 100.0}, 2.0),
        ({1: 5.0, 10: 5.0}, 0.0),
    ],
)
def test_steepest(costs: dict[int, float], exponent: float) -> None:
    assert steepest(costs) == pytest.approx(exponent, abs=1e-4)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a process took")
def test_a_command_is_run_in_turns(tmp_path: Path) -> None:
    told = tmp_path / "told"
    say = "import sys; open('told', 'a').write(sys.argv[1])"
    commands = {word: Command([sys.executable, "-c", say, word], tmp_path) for word in "AB"}
    taken = in_turns(commands, 2)
    assert told.read_text() == "ABABAB"
    assert {name: len(usages) for name, usages in taken.items()} == {"A": 2, "B": 2}
    assert all(usage.cpu > 0 and usage.wall > 0 and usage.memory > 1 for usages in taken.values() for usage in usages)


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system does not tell what a process took")
def test_a_command_that_fails() -> None:
    with pytest.raises(Failed, match=r"^exit status 3: "):
        Command([sys.executable, "-c", "raise SystemExit(3)"], Path.cwd()).run()


ROWS = [
    Row("a tree", 2.5, "x ripgrep's", 2.504),
    Row("a tree", 2.5, "x ripgrep's", 2.512),
    Row("faster", 3.5, "x", 12.349, at_least=True),
    Row("faster", 15, "x", 14.94, at_least=True),
    Row("memory", 1000, "MB", 1000.4),
    Row("share", 1, "%", 0.123),
    Row("lean", 40, "MB", 15.04),
]


def test_table() -> None:
    assert table(ROWS) == (
        "| what | bar | measured | met |\n"
        "| --- | --- | --- | --- |\n"
        "| a tree | at most 2.5 x ripgrep's | 2.5 x ripgrep's | yes |\n"
        "| a tree | at most 2.5 x ripgrep's | 2.51 x ripgrep's | no |\n"
        "| faster | at least 3.5 x | 12.3 x | yes |\n"
        "| faster | at least 15 x | 14.9 x | no |\n"
        "| memory | at most 1000 MB | 1000 MB | yes |\n"
        "| share | at most 1 % | 0.12 % | yes |\n"
        "| lean | at most 40 MB | 15 MB | yes |\n"
    )


def test_rows_are_kept(tmp_path: Path) -> None:
    kept = tmp_path / "rows.json"
    assert bench.read_rows(kept) == {}
    bench.write_rows(kept, {"start": ROWS[:2], "jobs": ROWS[2:]})
    assert bench.read_rows(kept) == {"start": ROWS[:2], "jobs": ROWS[2:]}


def test_written_between_the_markers() -> None:
    document = f"# Title\n\n{BEGIN}\nold\n{END}\n\nmore\n"
    assert written(document, "new\n") == f"# Title\n\n{BEGIN}\nnew\n{END}\n\nmore\n"
    assert written(written(document, "new\n"), "old\n") == document
    with pytest.raises(ValueError, match="no <!-- benchmarks -->"):
        written("# Title\n", "new\n")


def test_there_is_a_place_for_the_table() -> None:
    assert bench.DOCUMENT.read_text("utf-8").count(BEGIN) == 1


def test_generated_programs() -> None:
    text = generated.long(1_000)
    assert text.count("\n") == 999
    assert [finding.code for finding in lrlint.check(text)] == ["LRL201"]
    text = generated.wrong(10)
    ast.parse(text)
    assert len(lrlint.check(text)) == 10
    assert lrlint.check(lrlint.fix(text).source.text) == []


def test_what_the_prefilter_would_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("is_suspect", "may_hold_finding_text"):
        monkeypatch.setattr(linter, name, getattr(linter, name))  # is put back, whatever becomes of it
    clean, decay = tmp_path / "clean.py", tmp_path / "decay.py"
    clean.write_text("x = 1\n")
    decay.write_text("import tensorflow as tf\nrate = tf.train.exponential_decay(0.1, 0, 0, 0.5)\n")
    assert unfiltered.passed_over(tmp_path) == [clean]
    assert unfiltered.missed([clean, decay]) == [str(decay)]


def test_packages() -> None:
    more = read_corpus(corpus.MORE)
    assert len({package.name for package in more}) == len(more)
    assert not set(more) & set(read_corpus())
    assert Package("tensor2tensor", "1.15.7", "wheel") in corpus.packages(quick=True)
    assert {package.form for package in corpus.packages(quick=False)} == {"wheel", "sdist"}


def test_trees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "package-1.0"
    for name, text in {
        "a.py": "x = 1\n",
        "b/decay.py": "tf.train.exponential_decay\n",
        "b/keras.py": "CosineDecay\n",
        "c.txt": "",
    }.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    monkeypatch.setattr(corpus, "fetch", lambda package, cache: home)
    monkeypatch.setattr(corpus, "packages", lambda quick: [Package("package", "1.0", "wheel")])
    trees = corpus.trees(tmp_path, quick=False)
    found = {
        tree: [path.relative_to(tree).as_posix() for path in corpus.python_files(tree)]
        for tree in (trees.clean, trees.decays, trees.mixed)
    }
    assert found == {
        trees.clean: ["package-1.0/a.py"],
        trees.decays: ["package-1.0/b/decay.py"],
        trees.mixed: ["package-1.0/a.py", "package-1.0/b/decay.py", "package-1.0/b/keras.py"],
    }
    assert len(corpus.python_files(trees.many(3))) == 3
    assert [path.name for path in corpus.python_files(trees.few(2))] == ["0.py"]
    assert not any(may_hold_finding(path.read_bytes()) for path in corpus.python_files(trees.clean))
