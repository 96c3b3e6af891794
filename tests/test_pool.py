"""Several processes: what they find is what one finds, and what ends one of them costs a line."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from lrlint import pool
from lrlint.config import Settings
from lrlint.pool import Task, examine_all
from lrlint.run import Job, Outcome, examine_file

PROGRAM = """\
import tensorflow as tf

tf.enable_eager_execution()
step = tf.Variable(0)
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
print(rate)
"""
FILLING = "# nothing of interest\n" * 10_000
WORTH_A_PROCESS = 200_000
"""Bytes: fewer than the filling, and than really are worth one, so that files can be small here."""

JOB = Job(Settings())
LINUX = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes as Linux shows them")
COMMAND = [sys.executable, "-m", "lrlint", "-q", "--jobs", "2", "."]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pool, "_PER_PROCESS", WORTH_A_PROCESS)
    return tmp_path


def write(*names: str, text: str = PROGRAM + FILLING) -> list[Task]:
    for name in names:
        Path(name).write_text(text)
    return [Task(name, JOB) for name in names]


def never(*_: object) -> dict[str, Outcome]:
    raise AssertionError("a process was started")


def wait_for_another() -> None:
    """Wait until another process has begun with a file."""
    for _ in range(6000):
        if Path("taken").exists():
            return
        time.sleep(0.01)
    raise AssertionError("no other process has come to anything")


def taken(path: str, job: Job) -> Outcome:
    """Examine a file, here as soon as another process has begun with one."""
    if sys.argv == ["-c"]:
        Path("taken").touch()
    wait_for_another()
    return examine_file(path, job)


def killed(path: str, job: Job) -> Outcome:
    """What a worker does that is killed over one of its files; the others wait for that."""
    if path == "b.py" and sys.argv == ["-c"]:
        Path("taken").touch()
        os.kill(os.getpid(), signal.SIGKILL)
    wait_for_another()
    return examine_file(path, job)


def test_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [*write("a.py", "c.py", "e.py"), *write("b.py", text=""), Task("missing.py", JOB)]
    tasks.sort()
    expected = [examine_file(*task) for task in tasks]
    assert sum(len(outcome.findings) for outcome in expected) == 3
    monkeypatch.setattr(pool, "examine_file", taken)
    assert list(examine_all(tasks, jobs=3)) == expected
    monkeypatch.setattr(pool, "_examine_beside", never)
    assert list(examine_all(tasks, jobs=1)) == expected


@pytest.mark.parametrize(
    "texts",
    [
        {"a.py": PROGRAM, "b.py": PROGRAM},
        {"a.py": PROGRAM + FILLING * 4, "b.py": ""},
        {"a.py": PROGRAM + FILLING[: len(FILLING) // 2], "b.py": PROGRAM},
    ],
)
def test_no_process_is_started_where_it_does_not_pay(monkeypatch: pytest.MonkeyPatch, texts: dict[str, str]) -> None:
    monkeypatch.setattr(pool, "_examine_beside", never)
    tasks = [task for name, text in texts.items() for task in write(name, text=text)]
    assert [outcome.path for outcome in examine_all(tasks, jobs=8)] == list(texts)


@pytest.mark.parametrize("jobs", [1, 2])
def test_each_file_is_counted_once(jobs: int) -> None:
    tasks = [*write("a.py", "b.py", "c.py"), *write(missing := "d.py")]
    os.remove(missing)
    done: list[bool] = []
    assert len(list(examine_all(tasks, jobs=jobs, done=lambda: done.append(True)))) == len(done) == 4


def test_as_many_processes_as_pay(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def note(tasks: list[Task], others: int, *_: object) -> dict[str, Outcome]:
        asked.append(1 + others)
        return {task.path: Outcome(task.path) for task in tasks}

    monkeypatch.setattr(pool, "_examine_beside", note)
    tasks = write("a.py", "b.py", "c.py", "d.py")
    for jobs in (2, 3, 99, None):
        list(examine_all(tasks, jobs=jobs))
    monkeypatch.setattr(pool, "processors", lambda: 2)
    list(examine_all(tasks))
    assert asked[:3] == [2, 3, 4]
    assert asked[-1] == 2


def test_a_killed_process_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = [*write("b.py", text=PROGRAM + FILLING * 2), *write("a.py", "c.py", "d.py", "e.py", "f.py")]
    expected = {task.path: examine_file(*task) for task in tasks}
    error = "b.py: not checked: its process was killed; `--jobs 1` does without"
    expected["b.py"] = Outcome("b.py", error=error, read=False)
    monkeypatch.setattr(pool, "examine_file", killed)
    done: list[bool] = []
    assert list(examine_all(tasks, jobs=3, done=lambda: done.append(True))) == list(expected.values())
    assert len(done) == len(tasks)


def test_this_process_takes_its_share_and_begins_with_the_smallest() -> None:
    tasks = [*write("large.py", text=PROGRAM + FILLING * 3), *write("small.py", "smaller.py", text=PROGRAM)]
    seen: list[str] = []

    def here(task: Task) -> Outcome:
        seen.append(task.path)
        return examine_file(*task)

    outcomes = pool._examine_beside(tasks, 1, here, lambda: None)
    assert {path: len(outcome.findings) for path, outcome in outcomes.items()} == {task.path: 1 for task in tasks}
    assert seen == ["smaller.py", "small.py", "large.py"][: len(seen)]  # the other one may be late
    assert seen != []


def no_more(*_: object, **__: object) -> None:
    raise OSError(11, "Resource temporarily unavailable")


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("subprocess.Popen", no_more),
        ("sys.executable", ""),
        ("sys.executable", "missing"),
        ("sys.executable", shutil.which("true")),
        ("sys.frozen", True),
    ],
)
def test_where_no_process_can_be_started_this_one_does_it_all(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], what: str, value: object
) -> None:
    tasks = write("a.py", "b.py", "c.py")
    expected = [examine_file(*task) for task in tasks]
    monkeypatch.setattr(what, value, raising=False)
    done: list[bool] = []
    assert list(examine_all(tasks, jobs=2, done=lambda: done.append(True))) == expected
    assert len(done) == 3
    assert capfd.readouterr() == ("", "")


def test_what_is_called_like_a_module_of_python_is_read_and_not_run(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    names = ("ast", "contextlib", "multiprocessing", "pickle", "queue", "random", "signal", "socket", "struct", "types")
    run = f"{FILLING}open('run', 'w').close()\n"
    tasks = [*write("a.py", "b.py"), *write(*(f"{name}.py" for name in names), text=PROGRAM + run)]
    monkeypatch.setattr(pool, "examine_file", taken)
    outcomes = list(examine_all(tasks, jobs=3))
    assert [(outcome.path, len(outcome.findings)) for outcome in outcomes] == [(path, 1) for path, _ in tasks]
    assert not Path("run").exists()
    assert capfd.readouterr() == ("", "")


@LINUX
def test_what_only_this_process_has_open_is_read_by_it(here: Path) -> None:
    write("a.py", "b.py", "c.py")
    Path("large").write_text(PROGRAM + FILLING * 3)
    with Path("large").open() as standard_input:
        done = subprocess.run(
            [*COMMAND[:-1], "--output-format", "concise", "/dev/stdin", "."],
            stdin=standard_input,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.stderr == ""
    assert [line.partition(":")[0] for line in done.stdout.splitlines()] == ["/dev/stdin", "a.py", "b.py", "c.py"]


def started(process: subprocess.Popen[str]) -> list[Path]:
    """The processes, as Linux shows them, that a thread of a process has started to check files, too."""
    with suppress(FileNotFoundError, ProcessLookupError):
        children = [file.read_text().split() for file in Path(f"/proc/{process.pid}/task").glob("*/children")]
        shown = [Path(f"/proc/{child}") for each in children for child in each]
        return [child for child in shown if b"lrlint.worker" in (child / "cmdline").read_bytes()]
    return []


def heed_interrupts() -> None:
    """What runs in the background of a shell, as these tests may, is started without an ear for Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@LINUX
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_who_starts_others_does_not_leave_them_behind(how: signal.Signals) -> None:
    write(*(f"{number}.py" for number in range(40)))
    with subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while not started(process) and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(how)
        assert process.communicate(timeout=60) == (None, "")  # so that nobody has it open any more
    assert process.returncode == -how


@LINUX
def test_interrupted(here: Path) -> None:
    write(*(f"{number}.py" for number in range(40)))
    with subprocess.Popen(
        COMMAND,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (no threads here)
    ) as process:
        while not started(process) and process.poll() is None:
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err) == (2, "", "lrlint: error: interrupted\n")


@LINUX
def test_interrupted_twice() -> None:
    write(*(f"{number}.py" for number in range(40)))
    with subprocess.Popen(
        COMMAND,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,  # noqa: PLW1509 (no threads here)
    ) as process:
        while not (others := started(process)) and process.poll() is None:
            time.sleep(0.01)
        os.kill(int(others[0].name), signal.SIGSTOP)  # so that it comes to no end
        for _ in range(30):  # more than twice only where it is so slow that it takes two for one
            os.kill(process.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
                break
        assert process.communicate(timeout=60) == ("", "lrlint: error: interrupted\n")


def test_the_command_prints_the_same_for_any_number(here: Path) -> None:
    write("a.py", "b.py", "c.py")

    def printed(*arguments: str) -> tuple[int, str]:
        done = subprocess.run([sys.executable, "-m", "lrlint", *arguments], capture_output=True, text=True, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    code, out = printed("--jobs", "1")
    assert (code, out.count("\n")) == (1, 5)
    assert printed("--jobs", "3") == printed("-j", "2", "c.py", "b.py", "a.py") == printed() == (code, out)
    Path("lrlint.toml").write_text("jobs = 1\n")
    assert printed() == (code, out)
    assert printed("--fix", "--jobs", "2") == (0, "Fixed 3 findings; none left.\n")
    assert Path("b.py").read_text() == (PROGRAM + FILLING).replace("(rate)", "(rate())")
