"""From what a rule knows of a mistake, and the trace, to its effect."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrlint.effect.arguments import arguments_of, first_step
from lrlint.effect.curves import actual_at, intended_at
from lrlint.effect.steps import telling_steps
from lrlint.effect.words import clause
from lrlint.finding import Effect

if TYPE_CHECKING:
    from lrlint.rules import Strays
    from lrlint.trace import Trace


def effect_of(trace: Trace, strays: Strays) -> Effect:
    """The effect of a mistake, with all the numbers that are known."""
    story = trace.schedules[strays.schedule]
    given = arguments_of(trace, story)
    start = first_step(trace, strays.schedule)
    assumed = given.assumed if start is not None else (*given.assumed, "the first step is not known: shown from 0")
    effect = Effect(
        story.decay.name,
        given.arguments,
        strays.way,
        telling_steps(story.decay.name, given.arguments, start or 0, None),
        (),
        (),
        "",
        assumed,
        strays.error,
        start=start or 0,
        lead=strays.lead,
        speed=strays.speed,
        made=strays.made,
    )
    effect = replace(
        effect,
        intended=tuple(intended_at(effect, step) for step in effect.steps),
        actual=tuple(actual_at(effect, step) for step in effect.steps),
    )
    said = effect if start is not None else replace(effect, steps=(), intended=(), actual=())
    return replace(effect, text=clause(said, given.names))
