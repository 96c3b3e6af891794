"""Room for recursion: a call in a thread with a large stack.

LibCST's parser recurses in native code, where an overflow ends the process instead of raising, and its code generation
and every walk over its trees recurse in Python.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")

THREAD = "lrlint-deep"
"""What such a thread is called."""

STACK_BYTES = 256 * 1024 * 1024
"""Address space, not memory: a page counts only once the stack reaches it."""

RECURSION_LIMIT = 100_000
"""Frames. About 2.5 KB of stack for each, where a frame takes any."""

_one_at_a_time = threading.Lock()  # both settings belong to the whole process


def deeply(function: Callable[_P, _R], *args: _P.args, **kwargs: _P.kwargs) -> _R:
    """``function(*args, **kwargs)``, with room for recursion; whatever it raises is raised here."""
    results: list[_R] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001  # handed on, not handled
            errors.append(error)

    with _one_at_a_time:
        stack, limit = threading.stack_size(STACK_BYTES), sys.getrecursionlimit()
        try:
            sys.setrecursionlimit(max(limit, RECURSION_LIMIT))
            thread = threading.Thread(target=run, name=THREAD, daemon=True)
            thread.start()
            thread.join()
        finally:
            sys.setrecursionlimit(limit)
            threading.stack_size(stack)
    if errors:
        raise errors[0]
    return results[0]
