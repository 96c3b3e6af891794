"""At which steps the rates of a decay tell most."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from lrlint.effect.curves import rate_at
from lrlint.finding import Arguments

PERIODS = (1, 5, 10)
"""At so many times its ``decay_steps`` a decay that never ends is shown."""

MANY = 2**40
"""Beyond so many steps nobody trains."""

_ENDLESS = ("exponential_decay", "natural_exp_decay", "inverse_time_decay")

MOST = 8
VISIBLE = 0.01
"""A rate that has changed by less than this part of itself has not told anything yet."""


def telling_steps(decay: str, arguments: Arguments, start: float, last: int | None) -> tuple[int, ...]:
    """The steps to show a schedule at, which begins at ``start``: for some ten decays, or until the ``last`` step.

    What lies behind the last step is left out, unless the rate has hardly changed by then.
    """
    first = math.floor(start)
    marks = (math.ceil(mark) for mark in _marks(decay, dict(arguments), first) if first < mark < MANY)
    steps = sorted({first, *marks})
    if last is not None and last > first:
        begin, end = rate_at(decay, arguments, start), rate_at(decay, arguments, last)
        if begin is None or end is None or not abs(begin - end) <= VISIBLE * abs(begin):
            steps = [step for step in steps if step < last]
        steps = sorted({*steps, last})
    if len(steps) > MOST:
        steps = [*steps[: MOST - 1], steps[-1]]
    return tuple(steps)


def a_while(arguments: Arguments, start: float) -> int | None:
    """A step at which a schedule is some way along: after its ``decay_steps``, or behind its last boundary."""
    given = dict(arguments)
    boundaries = _numbers(given.get("boundaries"))
    length = _length(given)
    step = max(boundaries) + 1 if boundaries else start + length if length is not None else MANY
    return math.ceil(step) if start < step < MANY else None


def _marks(decay: str, arguments: dict[str, object], first: int) -> Iterator[float]:
    yield first + 1 if "boundaries" not in arguments and not arguments.get("staircase") else first
    yield from (math.floor(boundary) + 1 for boundary in _numbers(arguments.get("boundaries")))
    length = _length(arguments)
    if length is None:
        return
    if arguments.get("staircase"):
        yield (first // length + 1) * length
    if decay in _ENDLESS:
        yield from (times * length for times in PERIODS)
        return
    yield length / 2
    yield length
    if arguments.get("cycle") or decay == "cosine_decay_restarts":
        yield math.ceil(length) + 1


def _length(arguments: dict[str, object]) -> float | None:
    length = arguments.get("decay_steps", arguments.get("first_decay_steps"))
    return length if isinstance(length, (int, float)) and 0 < length < MANY else None


def _numbers(values: object) -> list[float]:
    """The numbers among some values that can be steps."""
    parts = values if isinstance(values, Sequence) else ()
    return [part for part in parts if isinstance(part, (int, float)) and abs(part) < MANY]
