"""A session as a terminal shows it, kept whole in ``tests/data/terminal``: wide, in 80 columns, and without colours.

``python tests/test_transcript.py`` writes what is printed today.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from terminal import read_all
from test_readme import blocks

DATA = Path(__file__).parent / "data" / "terminal"

LOOKS = {
    "wide": {"COLUMNS": "160"},
    "narrow": {"COLUMNS": "80"},
    "plain": {"COLUMNS": "80", "NO_COLOR": "1"},
}
SESSION = """\
lrlint train.py
lrlint --output-format concise --ignore LRL1
lrlint --statistics
lrlint --diff
lrlint --fix
lrlint
lrlint --select LRL1,LRL9
lrlint missing.py
"""


def session(directory: Path, look: str) -> str:
    """What is typed and shown, one command below the other; escapes are the sign for them, and line ends are plain."""
    (program,) = blocks("python")
    (directory / "train.py").write_text(program.replace('"rate:"', '"größe 文:"'), "utf-8")
    return "".join(f"$ {command}\n{shown(command, directory, look)}" for command in SESSION.splitlines())


def shown(command: str, directory: Path, look: str) -> str:
    """What a command prints on a terminal, and below it what it says on standard error, which is a file here."""
    pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")
    ours, theirs = pty.openpty()
    settled = {name: value for name, value in os.environ.items() if name not in ("FORCE_COLOR", "NO_COLOR")}
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", *shlex.split(command)],
            cwd=directory,
            stdout=theirs,
            stderr=errors,
            env={**settled, "LRLINT_NO_CACHE": "1", "TERM": "xterm-256color", **LOOKS[look]},
        )
        os.close(theirs)
        data = read_all(ours)
        process.wait()
        errors.seek(0)
        data += errors.read()
    return data.decode().replace("\r\n", "\n").replace("\x1b", "\u241b")


@pytest.mark.parametrize("look", LOOKS)
def test_a_session(tmp_path: Path, look: str) -> None:
    expected = (DATA / f"{look}.txt").read_text("utf-8")
    assert session(tmp_path, look) == expected, "run `python tests/test_transcript.py`, and look at what has changed"


def test_no_colour_is_no_colour() -> None:
    text = (DATA / "plain.txt").read_text("utf-8")
    assert "\u241b" not in text
    for line in text.splitlines():
        # Messages, like paths, are for the terminal to wrap; what is drawn fits.
        assert len(line) <= 80 or line.startswith("train.py:")


if __name__ == "__main__":
    shutil.rmtree(DATA, ignore_errors=True)
    DATA.mkdir(parents=True)
    for name in LOOKS:
        with tempfile.TemporaryDirectory() as home:
            (DATA / f"{name}.txt").write_text(session(Path(home), name), "utf-8")
