"""How far a run has come: a bar on standard error, for somebody who has waited for a second."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING, TextIO, final

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 1.0
"""So long, in seconds, a run lasts before it shows anything."""


@final
class Progress:
    """A run over ``total`` files. The bar is gone when the run is over; ``visible=False`` never shows one.

    It is drawn by threads of its own, so that it appears while a large file is being read too.
    """

    def __init__(self, total: int, *, visible: bool, stream: TextIO | None = None, patience: float = PATIENCE) -> None:
        self._total = total
        self._done = 0
        self._stream = stream
        self._bar: Bar | None = None
        self._over = False
        self._lock = threading.Lock()
        self._timer = threading.Timer(patience, self._show) if visible else None

    def __enter__(self) -> Progress:
        if self._timer:
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._timer:
            self._timer.cancel()
        with self._lock:
            self._over = True
            if self._bar:
                self._bar.stop()

    def advance(self) -> None:
        """Say that one more file is done."""
        with self._lock:
            self._done += 1
            if self._bar:
                self._bar.update(self._bar.task_ids[0], completed=self._done)

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as Bar

        with self._lock:
            if self._over:
                return
            self._bar = Bar(
                TextColumn("checking"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("files"),
                console=Console(file=self._stream or sys.stderr),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.add_task("", total=self._total, completed=self._done)
            self._bar.start()
