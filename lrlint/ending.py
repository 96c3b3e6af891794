"""How the command ends: its exit codes, and the one line for an error."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

CLEAN, FINDINGS, ERROR = 0, 1, 2


def ended(run: Callable[[], int]) -> int:
    """The exit code that a run returns, or the one for what the system or somebody with Ctrl-C ended it with."""
    sys.stdout, sys.stderr = _open(sys.stdout), _open(sys.stderr)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a name that the terminal cannot show is no reason to stop
    try:
        code = run()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has seen enough. Python's own flush at the end would complain once more.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ERROR
    except OSError as error:
        from lrlint.discover import reason

        return complain(reason(error))
    except KeyboardInterrupt:
        complain("interrupted")
        _leave_behind_what_is_at_work()
        return ERROR
    return code


def spare_last_collection() -> None:
    """Have Python end without its last searches for garbage.

    They go through all that is loaded and remembered three times, which takes as long as one or two more files, for
    what the system takes back a moment later. Frozen, it is not gone through; all else happens as ever: what is
    registered for the end runs, streams are flushed, and threads waited for.
    """
    import atexit
    import gc

    atexit.register(gc.freeze)


def complain(words: str) -> int:
    """Print an error in one line on standard error; returns the exit code for it."""
    from lrlint.report.line import printable

    print(f"lrlint: error: {printable(' '.join(words.splitlines()))}", file=sys.stderr)  # noqa: T201
    return ERROR


def _leave_behind_what_is_at_work() -> None:
    """End at once where a thread still follows a file: Python's own end may meet it in LibCST's native code, and abort."""
    import threading

    from lrlint.deep import THREAD

    if any(thread.name == THREAD for thread in threading.enumerate()):
        import atexit

        atexit._run_exitfuncs()  # gives back what other processes were reached by
        os._exit(ERROR)


def _open(stream: TextIO | None) -> TextIO:
    """A stream to write to; what is written to one that was closed before the start goes nowhere."""
    return open(os.devnull, "w", encoding="utf-8") if stream is None else stream
