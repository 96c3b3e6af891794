"""Many files: examined by several processes where that pays, with the same outcomes in the same order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from lrlint.run import Job, Outcome, examine_file, glance

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PER_PROCESS = 1_500_000
"""Bytes of code with decays in it that are worth another process: they take longer than it takes to start."""

_AHEAD = 2
_KILLED = "not checked: its process was killed; `--jobs 1` does without"
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

    This process is one of them; others are started where there is enough to do for them, and never for files that the
    cache knows. ``done`` is called for each file as soon as it is examined, from any thread.
    """

    def here(task: Task) -> Outcome:
        outcome = examine_file(*task)
        done()
        return outcome

    jobs = min(jobs or processors(), _MOST)
    outcomes: dict[str, Outcome] = {}
    sizes: dict[str, int] = {}
    for task in tasks if jobs > 1 else ():
        if not os.path.isfile(task.path):
            continue  # a pipe can be read only once, and only here
        seen = glance(*task)
        if isinstance(seen, int):
            sizes[task.path] = seen
        else:
            outcomes[task.path] = seen
            done()
    beside_the_largest = sum(sizes.values()) - max(sizes.values(), default=0)
    others = min(jobs - 1, beside_the_largest // _PER_PROCESS)
    if others > 0:
        largest_first = sorted((task for task in tasks if task.path in sizes), key=lambda task: -sizes[task.path])
        outcomes |= _examine_beside(largest_first, others, here, done)
    yield from (outcomes.get(task.path) or here(task) for task in tasks)


def _examine_beside(
    tasks: Sequence[Task], others: int, here: Callable[[Task], Outcome], done: Callable[[], None]
) -> dict[str, Outcome]:
    """The outcomes of tasks by other processes, which begin with the first, and by this one, which begins with the last.

    So this one has begun before the others have started, and what is left for the end is neither large nor small.
    """
    waiting = deque(tasks)
    outcomes: dict[str, Outcome] = {}

    def note(outcome: Outcome) -> None:
        outcomes[outcome.path] = outcome
        done()

    feeders = [_Feeder(waiting, note) for _ in range(others)]
    try:
        for feeder in feeders:
            feeder.start()
        while waiting:
            with suppress(IndexError):  # somebody else was faster
                task = waiting.pop()
                outcomes[task.path] = here(task)
    finally:
        waiting.clear()
        _wait_for([feeder for feeder in feeders if feeder.is_alive()])  # some may not have been started
    return outcomes


class _Feeder(threading.Thread):
    """Has tasks done by another process; ``over`` is set when it has ended all that it began there.

    Whoever waits, waits for that: up to Python 3.12, a ``join`` that Ctrl-C interrupts takes the thread for ended.
    """

    def __init__(self, waiting: deque[Task], note: Callable[[Outcome], None]) -> None:
        super().__init__(daemon=True)
        self._waiting, self._note = waiting, note
        self.over = threading.Event()

    def run(self) -> None:
        try:
            _feed(self._waiting, self._note)
        finally:
            self.over.set()


def _wait_for(feeders: Sequence[_Feeder]) -> None:
    """Let the other processes write to its end what they have begun; whoever interrupts this, too, has them killed."""
    try:
        for feeder in feeders:
            feeder.over.wait()
    except KeyboardInterrupt:
        from multiprocessing import active_children

        with _interrupts_ignored():  # it ends now, however often it is asked to
            for feeder in feeders:
                while not feeder.over.wait(0.1):
                    for process in active_children():  # one may have been about to start
                        process.kill()
        raise


def _feed(waiting: deque[Task], note: Callable[[Outcome], None]) -> None:
    """Have tasks done by another process, and by a new one where it is killed; none where none can be started."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    spawn = get_context("spawn")
    given: deque[tuple[Task, Future[Outcome]]] = deque()
    with suppress(OSError, NotImplementedError):  # the second where the system has no semaphores
        while waiting:
            with suppress(BrokenProcessPool), ProcessPoolExecutor(1, spawn, _end_with_parent) as process:
                while _give(waiting, given, process):
                    note(given[0][1].result())
                    given.popleft()
            if given:
                task, _ = given.popleft()
                note(Outcome(task.path, error=f"{task.path}: {_KILLED}", read=False))
            given.clear()  # what it had not begun is left to whoever misses an outcome of it


def _end_with_parent() -> None:
    """Have this process end with the one that has started it: where that is killed, nobody else would tell it."""
    from multiprocessing import parent_process

    parent = parent_process()

    def wait() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _give(waiting: deque[Task], given: deque[tuple[Task, Future[Outcome]]], process: ProcessPoolExecutor) -> bool:
    """Give a process so much to do that it need not wait for the next; whether there is anything left to be done."""
    while waiting and len(given) < _AHEAD:
        with suppress(IndexError), _interrupts_later():
            task = waiting.popleft()  # unless somebody else was faster
            given.append((task, process.submit(examine_file, *task)))
    return bool(given)


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


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ctrl-C does nothing; for the main thread, which alone is interrupted by it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
