"""The choices of one generated program, all drawn from its seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """The choices of one program."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def weighted(self, options: Iterable[tuple[float, T]]) -> T:
        weights, values = zip(*options, strict=True)
        chosen: T = self._random.choices(values, weights)[0]
        return chosen

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def shuffled(self, options: Iterable[T]) -> list[T]:
        values = list(options)
        self._random.shuffle(values)
        return values
