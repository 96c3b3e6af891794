"""Many files: examined by several processes where that pays, with the same outcomes in the same order."""

from __future__ import annotations

import os
import signal
import stat
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from lrlint.run import Job, Outcome, examine_file, glance

if TYPE_CHECKING:
    from typing import TypeAlias

    from lrlint.worker import Worker

    _Examiner: TypeAlias = Worker[[str, Job], Outcome]

_PER_PROCESS = 1_500_000
"""Bytes of code with decays in it that are worth another process: they take longer than it takes to start."""

_AHEAD = 2
_KILLED = "not checked: its process was killed; `--jobs 1` does without"


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

    jobs = jobs or processors()
    outcomes: dict[str, Outcome] = {}
    sizes: dict[str, int] = {}
    for task in tasks if jobs > 1 else ():
        if not _is_everybodys(task.path):
            continue
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


def _is_everybodys(path: str) -> bool:
    """Whether any process can read it: no pipe, which is read once, and no link, as ``/dev/stdin`` is to what is open here."""
    try:
        return stat.S_ISREG(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


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
    """Has tasks done by another process, and by a new one where it is killed; none where none can be started.

    ``over`` is set when all that was begun there is done. Whoever waits, waits for that: up to Python 3.12, a ``join`` that
    Ctrl-C interrupts takes the thread for ended.
    """

    def __init__(self, waiting: deque[Task], note: Callable[[Outcome], None]) -> None:
        super().__init__(daemon=True)
        self._waiting = waiting
        self._note = note
        self._worker: _Examiner | None = None
        self.over = threading.Event()

    def run(self) -> None:
        try:
            with suppress(OSError):
                while self._waiting:
                    self._feed()
        finally:
            self.over.set()

    def kill(self) -> None:
        """End the other process, if there is one, whatever it is about."""
        if self._worker is not None:
            self._worker.kill()

    def _feed(self) -> None:
        """Have tasks done by one other process, until none is waiting any more, or it is killed."""
        from lrlint.worker import Gone, Worker

        given: deque[Task] = deque()
        self._worker = Worker(examine_file)
        with self._worker as worker, suppress(Gone):
            while self._give(given, worker):
                self._note(worker.answer())
                given.popleft()
        if given:  # what it had not begun is left to whoever misses an outcome of it
            path = given[0].path
            self._note(Outcome(path, error=f"{path}: {_KILLED}", read=False))

    def _give(self, given: deque[Task], worker: _Examiner) -> bool:
        """Give a process so much to do that it need not wait for the next; whether there is anything left to be done."""
        from lrlint.worker import Gone

        while self._waiting and len(given) < _AHEAD:
            with suppress(IndexError):  # somebody else was faster
                task = self._waiting.popleft()
                try:
                    worker.ask(*task)
                except Gone:  # but it may have answered before
                    self._waiting.appendleft(task)
                    break
                given.append(task)
        return bool(given)


def _wait_for(feeders: Sequence[_Feeder]) -> None:
    """Let the other processes write to its end what they have begun; whoever interrupts this, too, has them killed."""
    try:
        for feeder in feeders:
            feeder.over.wait()
    except KeyboardInterrupt:
        with _interrupts_ignored():  # it ends now, however often it is asked to
            for feeder in feeders:
                while not feeder.over.wait(0.1):
                    feeder.kill()  # again, for it may have been about to start one
        raise


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """Ctrl-C does nothing; for the main thread, which alone is interrupted by it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
