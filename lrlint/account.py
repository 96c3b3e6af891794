"""How a file was looked at: why no further, or in which mode and for how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Account:
    """What ``-v`` tells of a file.

    ``skipped`` is why it was not followed, in words; ``mode`` and ``evidence`` are those of the file as a whole, and
    ``None`` where nothing tells. ``seconds`` are the times that it took, by what took them: a stage, or a rule's code.
    ``cached`` says that all of it is known from an earlier run.
    """

    skipped: str | None = None
    mode: str | None = None
    evidence: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    cached: bool = False


class Clock:
    """Measures how long things take, each without what is measured inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._inside = 0.0

    @contextmanager
    def measure(self, what: str) -> Iterator[None]:
        """Add the time of a ``with`` block to what it is spent on."""
        start, before, self._inside = perf_counter(), self._inside, 0.0
        try:
            yield
        finally:
            taken = perf_counter() - start
            self.seconds[what] = self.seconds.get(what, 0.0) + taken - self._inside
            self._inside = before + taken
