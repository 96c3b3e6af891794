"""From what a rule knows of a mistake, and the trace, to its effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from lrlint.effect.arguments import arguments_of
from lrlint.effect.curves import actual_at, band_at, intended_at
from lrlint.effect.reading import first_step, is_shifted, last_step
from lrlint.effect.steps import a_while, telling_steps
from lrlint.effect.words import clause
from lrlint.finding import Arguments, Effect
from lrlint.trace.values import Object, Schedule

if TYPE_CHECKING:
    from lrlint.rules import Strays
    from lrlint.trace import Trace

_SPEEDS = {"frozen": 0, "double": 2}

_OWN = "the schedule's rate"
"""Whose rate is shown where an optimizer makes of it what nobody knows."""


def effect_of(trace: Trace, strays: Strays) -> Effect:
    """The effect of a mistake, with all the numbers that are known."""
    if isinstance(strays.schedule, Object):
        return _without_numbers(strays, strays.schedule.name.rpartition(".")[2])
    if trace.refusal(strays.schedule) is not None:
        return _without_numbers(strays, trace.schedules[strays.schedule].decay.name)
    return _with_numbers(trace, strays, strays.schedule)


def _without_numbers(strays: Strays, decay: str) -> Effect:
    """The effect of a schedule whose formula nobody here knows, or whose arguments fit none."""
    effect = Effect(decay, (), strays.way, (), (), (), "", error=strays.error, made=strays.made)
    return replace(effect, text=clause(effect, raises=strays.raises))


def _with_numbers(trace: Trace, strays: Strays, schedule: Schedule) -> Effect:
    given = arguments_of(trace, schedule, dict(strays.meant or ()))
    first, part = first_step(trace, strays.read or trace.steps(schedule)), _part(trace, schedule, strays)
    several = any(len(trace.meant(follower.optimizer)) > 1 for follower in trace.followers(schedule))
    doubts = _doubts(strays, is_step_known=first is not None, is_part_known=part is not None, several=several)
    names = given.names._replace(shifted=is_shifted(trace, schedule))
    if part is None or several:
        names = names._replace(whose=_OWN)
    effect = _curves(trace, strays, schedule, given.arguments, first)
    effect = replace(effect, scale=1.0 if part is None else part, assumed=(*given.assumed, *doubts))
    resumed = a_while(effect.arguments, effect.start) if strays.way == "restart" else None
    if resumed is not None:
        effect = _assuming(replace(effect, lead=effect.start - resumed), f"resumed at step {resumed}")
    is_open = resumed is not None or names.steps is not None
    last = None if is_open else last_step(trace, schedule, strays.optimizer, effect.start)
    effect = _shown(effect, telling_steps(effect.decay, effect.arguments, effect.start, last))
    band = band_at(effect, effect.start)
    if band is not None:
        low, high = (f"{edge:.3g}" for edge in band)
        drawn = f"rates are drawn, the first between {low} and {high} in 95 % of all runs: shown is the mean"
        effect = _assuming(effect, drawn)
        names = names._replace(whose="the mean of the rates" if part is not None else names.whose)
    return replace(effect, text=clause(effect, names, strays.raises))


def _curves(trace: Trace, strays: Strays, schedule: Schedule, arguments: Arguments, first: float | None) -> Effect:
    """The effect with all that its curves are computed from, but for the part of the rate, and without rates at any step."""
    # A step that is moved before the update has moved once when the first rate is read, unless that is frozen.
    early = trace.moved_before_update(schedule) if strays.way in ("frozen", "as-is", "raises") else 0
    constant = trace.number(strays.constant) if strays.constant is not None else None
    certain = first is not None and strays.unknown is None and (strays.constant is None or constant is not None)
    speed = strays.speed if strays.speed is not None else _SPEEDS.get(strays.way, 1)
    if strays.way == "drift" and trace.standing_still(schedule):
        speed = 0
    return Effect(
        decay=trace.schedules[schedule].decay.name,
        arguments=arguments,
        way=strays.way,
        steps=(),
        intended=(),
        actual=(),
        text="",
        error=strays.error,
        start=early + (0 if first is None else first),
        lead=None if not certain else strays.lead - early if strays.way == "frozen" else strays.lead,
        speed=speed,
        constant=None if constant is None or isinstance(constant.value, tuple) else float(constant.value),
        made=strays.made,
        meant=None if strays.meant is None else tuple({**dict(arguments), **dict(strays.meant)}.items()),
    )


def _doubts(strays: Strays, *, is_step_known: bool, is_part_known: bool, several: bool) -> Iterator[str]:
    """What is not known but for the arguments, and what is taken for it."""
    if not is_step_known:
        yield "the first step is not known: shown from 0"
    if not is_part_known:
        yield "what the optimizer computes with the rate is not known: shown is the schedule's own"
    if several:
        yield "the optimizer may follow another schedule: shown is this schedule's own rate"
    if strays.unknown is not None:
        yield strays.unknown


def _assuming(effect: Effect, assumed: str) -> Effect:
    """The effect with one more assumption."""
    return replace(effect, assumed=(*effect.assumed, assumed))


def _part(trace: Trace, schedule: Schedule, strays: Strays) -> float | None:
    """What the rate of the schedule is, or should be, multiplied with."""
    own = strays.constant is not None or strays.way == "as-is"
    return 1.0 if own else trace.part(schedule, strays.optimizer)


def _shown(effect: Effect, steps: tuple[int, ...]) -> Effect:
    """The effect with its rates at these steps; without any, where no rate is known."""
    intended = tuple(intended_at(effect, step) for step in steps)
    actual = tuple(actual_at(effect, step) for step in steps)
    if all(rate is None for rate in (*intended, *actual)):
        steps, intended, actual = (), (), ()
    return replace(effect, steps=steps, intended=intended, actual=actual)
