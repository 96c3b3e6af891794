"""From what a rule knows of a mistake, and the trace, to its effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrlint.effect.arguments import arguments_of
from lrlint.effect.curves import actual_at, band_at, intended_at
from lrlint.effect.reading import first_step, is_shifted, last_step
from lrlint.effect.steps import a_while, telling_steps
from lrlint.effect.words import clause
from lrlint.finding import Effect
from lrlint.trace.values import Object, Schedule

if TYPE_CHECKING:
    from lrlint.rules import Strays
    from lrlint.trace import Trace

_SPEEDS = {"frozen": 0, "double": 2}


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
    decay, given = trace.schedules[schedule].decay.name, arguments_of(trace, schedule, dict(strays.meant or ()))
    names, assumed = given.names, list(given.assumed)
    start, part = first_step(trace, strays.read or trace.steps(schedule)), _part(trace, schedule, strays)
    constant = trace.number(strays.constant) if strays.constant is not None else None
    if start is None:
        assumed.append("the first step is not known: shown from 0")
    if is_shifted(trace, schedule):
        names = names._replace(shifted=True)
    if part is None:
        assumed.append("what the optimizer computes with the rate is not known: shown is the schedule's own")
        names = names._replace(whose="the schedule's rate")
    if any(len(trace.meant(follower.optimizer)) > 1 for follower in trace.followers(schedule)):
        assumed.append("the optimizer may follow another schedule: shown is this schedule's own rate")
        names = names._replace(whose="the schedule's rate")
    if strays.unknown is not None:
        assumed.append(strays.unknown)
    speed = strays.speed if strays.speed is not None else _SPEEDS.get(strays.way, 1)
    if strays.way == "drift" and trace.standing_still(schedule):
        speed = 0
    # A step that is moved before the update has moved once when the first rate is read, unless that is frozen.
    early = trace.moved_before_update(schedule) if strays.way in ("frozen", "as-is", "raises") else 0
    begin = early + (0 if start is None else start)
    certain = start is not None and strays.unknown is None and (strays.constant is None or constant is not None)
    effect = Effect(
        decay,
        given.arguments,
        strays.way,
        (),
        (),
        (),
        "",
        tuple(assumed),
        strays.error,
        start=begin,
        speed=speed,
        lead=None if not certain else strays.lead - early if strays.way == "frozen" else strays.lead,
        scale=1.0 if part is None else part,
        constant=None if constant is None or isinstance(constant.value, tuple) else float(constant.value),
        made=strays.made,
        meant=None if strays.meant is None else tuple({**dict(given.arguments), **dict(strays.meant)}.items()),
    )
    last = last_step(trace, schedule, strays.optimizer, begin) if names.steps is None else None
    resumed = a_while(given.arguments, begin) if strays.way == "restart" else None
    if resumed is not None:
        effect, last = replace(effect, lead=begin - resumed, assumed=(*assumed, f"resumed at step {resumed}")), None
    effect = _shown(effect, telling_steps(decay, given.arguments, begin, last))
    band = band_at(effect, begin)
    if band is not None:
        drawn = (
            f"rates are drawn, the first between {band[0]:.3g} and {band[1]:.3g} in 95 % of all runs: shown is the mean"
        )
        effect = replace(effect, assumed=(*effect.assumed, drawn))
        names = names._replace(whose="the mean of the rates" if part is not None else names.whose)
    return replace(effect, text=clause(effect, names, strays.raises))


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
