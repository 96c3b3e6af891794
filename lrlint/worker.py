"""Another process, which calls a function for this one."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import BinaryIO, Generic, ParamSpec, TypeVar, cast

from lrlint.ending import spare_last_collection

_P = ParamSpec("_P")
_R = TypeVar("_R")

_BEGIN = "import sys; sys.path[:] = {path!r}; from lrlint.worker import work; work()"
"""What another process runs, which looks for modules where this one does.

By itself, Python would look in the directory that it is started in first, for its own modules, too, and run what is only
to be read where that is called ``queue.py``. ``multiprocessing`` does.
"""

_APART: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # on Windows, Ctrl-C reaches all of a group


class Gone(Exception):
    """The other process has ended before it has answered."""


class Worker(Generic[_P, _R]):
    """Another process that calls a function with what it is given, one call after the other, and tells what that returns.

    It finds the function by its module and name. It is ready inside of a ``with`` statement, and ends with that or, where
    this process is killed, once it has done what it is about. To make one and to enter it raise ``OSError`` where no such
    process can be started.
    """

    def __init__(self, function: Callable[_P, _R]) -> None:
        if not sys.executable or getattr(sys, "frozen", False):
            raise OSError("there is no Python to start")
        flags: list[str] = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]
        command = [sys.executable, *flags, "-c", _BEGIN.format(path=sys.path)]
        with _interrupts_later():
            self._process = subprocess.Popen(  # noqa: S603  # ourselves
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, creationflags=_APART
            )
        self._calls = cast("BinaryIO", self._process.stdin)
        self._answers = cast("BinaryIO", self._process.stdout)
        self._function = function

    def __enter__(self) -> Worker[_P, _R]:
        try:
            self._send(self._function)
            self._receive()
        except Gone as gone:
            self._end()
            raise OSError("the process that was started does not work") from gone
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, *args: _P.args, **kwargs: _P.kwargs) -> None:
        """Have the function called, once all earlier calls are done; raises :class:`Gone`."""
        self._send((args, kwargs))

    def answer(self) -> _R:
        """Wait for what the first call returns of those that are not answered; raises :class:`Gone`."""
        return cast("_R", self._receive())

    def kill(self) -> None:
        """End the process at once. May be called from any thread."""
        self._process.kill()

    def _send(self, what: object) -> None:
        try:
            _write(what, self._calls)
        except OSError as error:
            raise Gone from error

    def _receive(self) -> object:
        try:
            return _read(self._answers)
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise Gone from error

    def _end(self) -> None:
        with suppress(OSError), self._process:  # where it is gone, what it was last given cannot be flushed
            pass


def work() -> None:
    """What the other process does: call the function that it is told first, until it is asked no more."""
    spare_last_collection()
    calls, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever prints, this is not the place for it
    with suppress(EOFError, BrokenPipeError, pickle.UnpicklingError):
        function = cast("Callable[..., object]", _read(calls))
        _write(None, answers)
        while True:
            args, kwargs = cast("tuple[tuple[object, ...], dict[str, object]]", _read(calls))
            _write(function(*args, **kwargs), answers)


def _write(what: object, stream: BinaryIO) -> None:
    pickle.dump(what, stream)
    stream.flush()


def _read(stream: BinaryIO) -> object:
    return pickle.load(stream)  # noqa: S301  # from ourselves


@contextmanager
def _interrupts_later() -> Iterator[None]:
    """Ctrl-C waits, and never reaches a process that is started meanwhile: it is for this one to end it."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
