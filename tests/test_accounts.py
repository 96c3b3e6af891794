"""What ``-v`` tells: of every file that was read or left out, in words, and where the time went."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from lrlint.account import Account
from lrlint.cli import main
from lrlint.report.accounts import accounts

DECAY = "rate = tf.train.exponential_decay(0.1, step, 1, 0.5)\n"
FILES = {
    "eager.py": f"import tensorflow as tf\ntf.enable_eager_execution()\nstep = tf.Variable(0)\n{DECAY}",
    "unknown.py": f"import tensorflow as tf\nstep = tf.Variable(0)\n{DECAY}",
    "clean.py": "import os\n",
    "comment.py": "# exponential_decay\n",
    "torch.py": "import torch\ntorch.exponential_decay()\n",
    "broken.py": "tf.train.exponential_decay(\n",
    "undecodable.py": "# coding: nonsense\n",
    "gen/a.py": "",
    "build/a.py": "",
    "ignored.py": "",
    "ignored.txt": "",
}


def write(directory: Path) -> None:
    for name, text in {**FILES, ".gitignore": "ignored.*\n", "lrlint.toml": 'extend-exclude = ["gen"]\n'}.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(text)


def told(text: str) -> list[str]:
    """The lines about paths, with the times left open."""
    return re.sub(r"[\d.]+ ms", "N ms", text).splitlines()


def test_what_was_read_and_why_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert main(["-v", "--select", "LRL101"]) == 0
    out, err = capfd.readouterr()
    assert out == "No findings in 7 files.\n"
    lines = told(err)
    assert lines[:10] == [
        "broken.py: skipped: it cannot be read: '(' was never closed",
        "build: left out by `exclude`",
        "clean.py: skipped: it names no decay",
        "comment.py: skipped: it names decays in comments and strings only",
        "eager.py: eager: `enable_eager_execution()` is called (N ms, configured by lrlint.toml)",
        "gen: left out by `exclude`",
        "ignored.py: left out, because git ignores it",
        "torch.py: skipped: its decays are not those of TensorFlow",
        "undecodable.py: skipped: it cannot be read, and names no decay",
        "unknown.py: mode unknown: nothing tells eager from graph (N ms, configured by lrlint.toml)",
    ]
    assert sorted(line.split()[-1] for line in lines[10:]) == ["LRL101", "parse", "trace"]


def test_standard_input(tmp_path: Path) -> None:
    def run(*arguments: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "lrlint", "-v", *arguments, "--stdin-filename", "build/a.py", "-"],
            input=FILES["eager.py"],
            capture_output=True,
            text=True,
            check=True,
            cwd=tmp_path,
        )
        return told(done.stderr)

    assert run("--mode", "graph")[0] == "build/a.py: graph: --mode graph (N ms)"
    assert run("--force-exclude") == ["build/a.py: left out by `exclude`"]


def test_the_longest_time_comes_first() -> None:
    looked_at = [
        ("a.py", Account(None, "eager", "it says so", {"trace": 0.5, "LRL101": 0.0123, "LRL102": 0.0})),
        ("b.py", Account(None, "eager", "it says so", {"trace": 1.0, "LRL101": 0.0001})),
    ]
    text = accounts({"c": "left out"}, looked_at, configured_by=lambda _: None)
    assert text == (
        "a.py: eager: it says so (512.3 ms)\n"
        "b.py: eager: it says so (1000.1 ms)\n"
        "c: left out\n"
        "   1500.0 ms trace\n"
        "     12.4 ms LRL101\n"
        "      0.0 ms LRL102\n"
    )


def test_quiet_and_verbose(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["-q", "-v"]) == 2
    assert capfd.readouterr() == ("", "lrlint: error: `--quiet` and `--verbose` contradict each other\n")
