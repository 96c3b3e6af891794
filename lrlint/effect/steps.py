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

MOST = 8
VISIBLE = 0.01
"""A rate that has changed by less than this part of itself has not told anything yet."""


def telling_steps(decay: str, arguments: Arguments, start: float, last: int | None) -> tuple[int, ...]:
    """The steps to show a schedule at, which begins at ``start``: some twenty decays long, or until the ``last`` step.

    What lies behind the last step is left out, unless the rate has hardly changed by then.
    """
    first = math.floor(start)
    steps = sorted({first, *(step for step in _marks(decay, dict(arguments), first) if step > first)})
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
    boundaries = given.get("boundaries")
    if isinstance(boundaries, tuple) and boundaries:
        return int(max(boundaries)) + 1
    length: object = given.get("decay_steps", given.get("first_decay_steps"))
    return math.floor(start) + math.ceil(length) if isinstance(length, (int, float)) and 0 < length < MANY else None


def _marks(decay: str, arguments: dict[str, object], first: int) -> Iterator[int]:
    boundaries = arguments.get("boundaries")
    if isinstance(boundaries, Sequence):
        yield from (math.floor(boundary) + 1 for boundary in boundaries)
        return
    length = arguments.get("decay_steps", arguments.get("first_decay_steps"))
    if not isinstance(length, (int, float)) or not 0 < length < MANY:
        yield first + 1
        return
    if arguments.get("staircase"):
        yield math.ceil((math.floor(first / length) + 1) * length)
    else:
        yield first + 1
    if decay in ("exponential_decay", "natural_exp_decay", "inverse_time_decay"):
        yield from (math.ceil(times * length) for times in PERIODS)
        return
    yield math.ceil(length / 2)
    yield math.ceil(length)
    if arguments.get("cycle") or decay == "cosine_decay_restarts":
        yield math.ceil(length) + 1
