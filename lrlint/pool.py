"""Many files: examined by several processes where that pays, with the same outcomes in the same order."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from lrlint.run import Job, Outcome, examine_file, glance

if TYPE_CHECKING:
    from concurrent.futures import Future

_PER_PROCESS = 50_000
"""Bytes of code with decays in it that keep a process busy for longer than it takes to start: about a second."""

_MOST = 61  # more than this many processes cannot be waited for on Windows


class Task(NamedTuple):
    """A file and what is to be done with it."""

    path: str
    job: Job


def processors() -> int:
    """How many processes can run at the same time."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def examine_all(
    tasks: Sequence[Task], *, jobs: int | None = None, done: Callable[[], None] = lambda: None
) -> Iterator[Outcome]:
    """The outcomes of tasks in their order, by ``jobs`` processes at most (by default as many as can run).

    Most files hold no decay and are done here at once; processes are started for the others, if they are large enough.
    ``done`` is called for each file as soon as it is examined, from any thread.
    """

    def here(task: Task) -> Outcome:
        outcome = examine_file(*task)
        done()
        return outcome

    jobs = min(jobs or processors(), _MOST)
    if jobs == 1 or _bytes(tasks) < 2 * _PER_PROCESS:
        yield from map(here, tasks)
        return
    outcomes: dict[str, Outcome] = {}
    sizes: dict[str, int] = {}
    for task in tasks:
        seen = glance(*task)
        if isinstance(seen, int):
            sizes[task.path] = seen
        else:
            outcomes[task.path] = seen
            done()
    processes = min(jobs, len(sizes), sum(sizes.values()) // _PER_PROCESS)
    if processes > 1:
        outcomes |= _examine_beside([task for task in tasks if task.path in sizes], sizes, processes, done)
    yield from (outcomes.get(task.path) or here(task) for task in tasks)


def _bytes(tasks: Sequence[Task]) -> int:
    return sum(_size(task.path) for task in tasks)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except (OSError, ValueError):
        return 0


def _examine_beside(
    tasks: Sequence[Task], sizes: dict[str, int], processes: int, done: Callable[[], None]
) -> dict[str, Outcome]:
    """The outcomes of tasks by other processes, the largest first, so that none is left for the end."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        try:
            with _interrupts_later():
                order = sorted(tasks, key=lambda task: (-sizes[task.path], task.path))
                futures = {task.path: pool.submit(examine_file, *task) for task in order}
            for future in futures.values():
                future.add_done_callback(lambda _: done())
            outcomes = {task.path: _result(futures[task.path]) for task in tasks}
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)  # what is being written is written to its end
            raise
    found = {path: outcome for path, outcome in outcomes.items() if outcome is not None}
    return {**found, **_told([path for path in outcomes if path not in found])}


def _result(future: Future[Outcome]) -> Outcome | None:
    """What came of a file; ``None`` where the process was killed before that."""
    from concurrent.futures.process import BrokenProcessPool

    try:
        return future.result()
    except BrokenProcessPool:
        return None


def _told(lost: list[str]) -> dict[str, Outcome]:
    """Outcomes for the files that a process was killed over, and those that came after: one error for all of them."""
    if not lost:
        return {}
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    error = f"{lost[0]}{more}: not checked: a process was killed; `--jobs 1` does without"
    return {path: Outcome(path, error=error if path == lost[0] else None, read=False) for path in lost}


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C waits, and never reaches the processes that are started meanwhile: it is for this one to end them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
