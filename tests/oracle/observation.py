"""What was seen when a program ran, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Update:
    """One update of the weights: the learning rate that was applied, by the optimizer of that number and class."""

    optimizer: int
    kind: str
    rate: float


@dataclass(frozen=True)
class Schedule:
    """A schedule made in eager mode, and its step's value when it was made and when the program ended.

    A step without a value that can be read as a number is ``None``.
    """

    kind: str
    start: float | None
    end: float | None

    @property
    def moved(self) -> bool:
        return self.start != self.end


@dataclass(frozen=True)
class Failure:
    """The exception that ended a program, and the line of the program it came from (0: none of its lines)."""

    type: str
    message: str
    line: int
    traceback: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.type}: {self.message}"


@dataclass(frozen=True)
class Observation:
    """All that was seen of one run. ``rates`` are in the order of the updates, whichever optimizer made them."""

    updates: tuple[Update, ...]
    schedules: tuple[Schedule, ...]
    output: str
    log: str
    error: Failure | None

    @property
    def rates(self) -> list[float]:
        return [update.rate for update in self.updates]

    @property
    def rates_by_optimizer(self) -> list[list[float]]:
        """The rates of each optimizer that made updates, in the order of their first ones."""
        rates: dict[int, list[float]] = {}
        for update in self.updates:
            rates.setdefault(update.optimizer, []).append(update.rate)
        return list(rates.values())

    @classmethod
    def from_json(cls, answer: dict[str, Any]) -> Observation:
        return cls(
            updates=tuple(Update(**update) for update in answer["updates"]),
            schedules=tuple(Schedule(**schedule) for schedule in answer["schedules"]),
            output=answer["output"],
            log=answer["log"],
            error=Failure(**answer["error"]) if answer["error"] else None,
        )
