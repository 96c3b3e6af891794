"""The progress bar: there for whoever waits at a terminal, and nowhere else."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lrlint.report.progress import Progress
from terminal import read_all

SLOW = """
import sys, time
import lrlint.pool
examine = lrlint.pool.examine_file
def slowly(*arguments):
    time.sleep({seconds})
    return examine(*arguments)
lrlint.pool.examine_file = slowly
from lrlint.{module} import main
code = main({arguments})
print("rich" in sys.modules)
sys.exit(code)
"""


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", text)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_it_counts_and_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()
    with Progress(3, visible=True, stream=terminal, patience=0) as progress:
        progress.advance()
        progress.advance()
        deadline = time.monotonic() + 30
        while "2/3 files" not in plain(terminal.getvalue()):
            assert time.monotonic() < deadline
            time.sleep(0.01)
    assert "checking" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")  # the line is wiped


def test_a_short_run_shows_nothing() -> None:
    terminal = Terminal()
    with Progress(1, visible=True, stream=terminal, patience=60) as progress:
        progress.advance()
    assert terminal.getvalue() == ""


def run(
    directory: Path, seconds: float, *arguments: str, terminal: bool = True, module: str = "cli"
) -> tuple[str, str]:
    """What stands on standard output, and on standard error, which is a terminal or a pipe."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    script = SLOW.format(seconds=seconds, arguments=[*arguments, "."], module=module)
    env = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    ours, theirs = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen([sys.executable, "-c", script], cwd=directory, stdout=-1, stderr=theirs, env=env)
    os.close(theirs)
    data = read_all(ours)
    assert process.stdout is not None
    with process.stdout as stdout:
        out = stdout.read().decode()
    assert process.wait() == 0
    return out, data.decode()


@pytest.mark.parametrize("module", ["cli", "start"])
@pytest.mark.parametrize(
    ("seconds", "arguments", "terminal", "shown"),
    [(0.6, [], True, True), (0.6, ["-q"], True, False), (0.6, [], False, False), (0.0, [], True, False)],
)
def test_it_is_for_long_runs_on_a_terminal(
    tmp_path: Path, seconds: float, arguments: list[str], terminal: bool, shown: bool, module: str
) -> None:
    for name in "abcd":
        (tmp_path / f"{name}.py").write_text("ok = 1  # no exponential_decay\n")
    out, err = run(tmp_path, seconds, *arguments, terminal=terminal, module=module)
    assert out == ("" if "-q" in arguments else "No findings in 4 files.\n") + f"{shown}\n"
    assert ("/4 files" in plain(err)) is shown
    assert shown or err == ""
