"""The start of the command: what is told without the rest of it is what the rest would tell."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lrlint import __version__, cli, start

HEAVY = "click dataclasses inspect libcst lrlint.cli lrlint.configuration lrlint.linter lrlint.run pathspec subprocess"
DECAY = "import tensorflow as tf\nrate = tf.train.exponential_decay(0.1, 0, 0, 0.5)\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(**texts: str) -> None:
    """Files in ``src``; ``__`` stands for a dot in their names."""
    for name, text in texts.items():
        path = Path("src", name.replace("__", "."))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_words_that_are_no_paths() -> None:
    assert {*start.COMMANDS} >= {*cli.cli.commands}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["."],
        ["check"],
        ["check", "src"],
        ["src/a.py"],
        ["src", "src/a.py"],
        ["check", "--force-exclude", "src/a.py", "build/e.py"],
        ["--force-exclude", "build"],
    ],
)
@pytest.mark.parametrize(
    "files",
    [
        {"a__py": "x = 1\n"},
        {"a__py": "x = 1\n", "b__py": "# no exponential_decay here\n", "c__ipynb": "{}", "d__txt": DECAY},
        {"a__py": "x = 1\n", "b__py": DECAY},
        {"a__py": "x = 1  # noqa: LRL101\n"},
        {"a__py": "x = 1  # noqa: LRL101\n", "lrlint__toml": "preview = true\n"},
        {"a__py": "x = 1\n", "pyproject__toml": "[tool.lrlint]\nselect = ['LRL9']\n"},
        {"a__py": "x = 1\n", "pyproject__toml": "[tool.lrlint]\noutput-format = 'json'\n"},
        {"a__py": "x = 1\n", "pyproject__toml": "[project]\nname = 'other'\n"},
        {"a__py": "x = 1\n", "b__py": DECAY, ".gitignore": "b.py\n"},
        {"a__py": "x = 1\n", "build/e__py": DECAY},
        {"a__py": "x = 1\n", "build/lrlint__toml": "exclude = []\n", "build/e__py": DECAY},
    ],
)
def test_it_tells_what_the_whole_command_tells(
    capfd: pytest.CaptureFixture[str], files: dict[str, str], arguments: list[str]
) -> None:
    write(**files)
    for directory in ("src", "."):
        os.chdir(directory)
        told = (start.main(arguments), capfd.readouterr())
        assert told == (cli.main(arguments), capfd.readouterr())
        os.chdir("..")


@pytest.mark.parametrize(
    "arguments",
    [["missing.py"], ["src", "missing.py"], ["a/" * 1500], [""], ["-"], ["--exit-zero", "src"], ["-h"]],
)
def test_what_is_more_than_paths_is_handed_on(capfd: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    write(a__py=DECAY)
    told = (start.main(arguments), capfd.readouterr())
    assert told == (cli.main(arguments), capfd.readouterr())


def test_without_a_file_there_is_a_warning(capfd: pytest.CaptureFixture[str]) -> None:
    assert start.main([]) == 0
    assert capfd.readouterr() == ("", "lrlint: warning: no Python files in the given paths\n")


def test_a_file_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    write(a__py="x = 1\n", b__py=DECAY)
    opened: list[str] = []
    real = os.open

    def note(path: str, *arguments: int) -> int:
        opened.append(path)
        return real(path, *arguments)

    monkeypatch.setattr("lrlint.scan.os.open", note)
    assert start.main(["src"]) == 1
    assert opened == ["src/a.py", "src/b.py"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_once() -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=lambda: Path("pipe").write_text(DECAY))
    writer.start()
    assert start.main(["pipe"]) == 1
    writer.join()


def test_ctrl_c_is_one_line(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    write(a__py="x = 1\n")
    monkeypatch.setattr("lrlint.scan.may_hold_finding", interrupt)
    assert start.main([]) == 2
    assert capfd.readouterr() == ("", "lrlint: error: interrupted\n")


@pytest.mark.parametrize(("name", "out"), [("lrlint-deep", ""), ("other", "back\n")])
def test_ctrl_c_does_not_wait_for_native_code(name: str, out: str) -> None:
    program = (
        "import threading, time; from lrlint.ending import ended\n"
        "def run():\n"
        f"    threading.Thread(target=time.sleep, args=(60,), name={name!r}, daemon=True).start()\n"
        "    raise KeyboardInterrupt\n"
        "code = ended(run); print('back'); raise SystemExit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, out, "lrlint: error: interrupted\n")


@pytest.mark.parametrize(
    "arguments", [["--version"], [], ["src"], ["check", "src/a.py"], ["check", "--force-exclude", "src/a.py"]]
)
def test_hardly_anything_is_loaded(arguments: list[str]) -> None:
    write(a__py="x = 1\n", pyproject__toml="[project]\n")
    program = (
        f"import sys; before = set(sys.modules); from lrlint.start import main; main({arguments});"
        f"print(*sorted((set(sys.modules) - before) & {set(HEAVY.split())}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    said = f"lrlint {__version__}" if arguments == ["--version"] else "No findings in 1 file."
    assert done.stdout == f"{said}\n\n"


@pytest.mark.parametrize(("call", "frozen"), [("main()", "True"), ("main(['--version'])", "False")])
def test_the_process_ends_without_a_last_collection(call: str, frozen: str) -> None:
    program = (
        "import atexit, gc, sys; from lrlint.start import main; sys.argv = ['lrlint', '--version'];"
        "before = gc.get_freeze_count();"  # Python 3.12 has some from its start
        f"atexit.register(lambda: print(gc.get_freeze_count() > before)); {call}"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == f"lrlint {__version__}\n{frozen}\n"


def test_what_is_called_like_a_module_is_read_and_not_run() -> None:
    names = (
        "ast",
        "click",
        "dataclasses",
        "json",
        "libcst",
        "platformdirs",
        "queue",
        "subprocess",
        "tokenize",
        "typing",
    )
    for name in names:
        Path(f"{name}.py").write_text(f"{DECAY}open('run', 'w').close()\n")
    command = [sys.executable, "-m", "lrlint", "-q", "--isolated", "--output-format", "concise", "."]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert [line.partition(".py:")[0] for line in done.stdout.splitlines()] == list(names)
    assert not Path("run").exists()
