"""LRL403: arguments of a decay that have changed places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, quote, schedule_places
from lrlint.words import joined

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        places = trace.swapped_arguments(schedule)
        if places is None:
            continue
        nodes = [story.arguments[parameter].node for parameter in places]
        first = next((node for node in nodes if node is not None), story.node)
        yield mistake(
            first,
            _words(trace, schedule, places),
            trace.schedule_mode(schedule),
            effect=_effect(trace, schedule, places),
            repair=_repair(trace, schedule, places),
            related=schedule_places(trace, schedule),
        )


def _words(trace: Trace, schedule: Schedule, places: tuple[str, ...]) -> str:
    story = trace.schedules[schedule]
    given = [story.arguments[parameter].node for parameter in places]
    said = [
        f"`{quote(trace, node)}` for `{parameter}`"
        for node, parameter in zip(given, places, strict=True)
        if node is not None
    ]
    what = "these have changed places" if len(places) == 2 else "that is the order of Keras"
    return f"`{story.decay.name}` is given {joined(said)}, and {what}"


def _effect(trace: Trace, schedule: Schedule, places: tuple[str, ...]) -> Strays | None:
    """What comes of it: a rate that is a step raises, and so do lists of the wrong type; numbers are computed with."""
    if places[0] == "learning_rate":
        story = trace.schedules[schedule]
        step, rate = story.arguments["learning_rate"].value, trace.number(story.arguments[story.decay.step.name])
        error = tf_errors.whole_rate(story.decay.name, trace.dtype(step) or "...")
        eager = is_eager(trace.schedule_mode(schedule))
        return Strays(
            schedule,
            "raises",
            error=error if eager else None,
            raises="the first update raises" if eager else "this raises",
            meant=(("learning_rate", rate.value),) if rate is not None else None,
            read=step,
        )
    if places[0] in ("x", "boundaries"):
        error = tf_errors.other_types("Boundaries") if places[0] == "boundaries" else None
        return Strays(schedule, "raises", error=error, raises="the call raises")
    if len(places) == 2 and places[0] == "decay_steps":
        numbers = trace.numbers(schedule)
        swapped = tuple((place, numbers[other].value) for place, other in zip(places, reversed(places), strict=True))
        whole = trace.schedules[schedule].decay.name == "natural_exp_decay" and type(numbers[places[1]].value) is int
        if whole and is_eager(trace.schedule_mode(schedule)):
            return Strays(schedule, "raises", raises="the call raises", meant=swapped)
        return Strays(schedule, "as-written", meant=swapped)
    return None


def _repair(trace: Trace, schedule: Schedule, places: tuple[str, ...]) -> Repair | None:
    """Each argument where it belongs: the last one of those that have moved goes first, and the others follow."""
    story = trace.schedules[schedule]
    nodes: list[outline.Node] = [node for parameter in places if (node := story.arguments[parameter].node) is not None]
    if len(nodes) != len(places):
        return None
    code = trace.code
    moved = [nodes[-1], *nodes[:-1]]
    safe = places == ("learning_rate", story.decay.step.name)
    return Repair(
        "safe" if safe else "unsafe",
        "Put the arguments in their order",
        tuple(Change(node, code(other), enclosed=True) for node, other in zip(nodes, moved, strict=True)),
        reason=None if safe else "other numbers may have been meant",
    )


RULE = Rule(
    code="LRL403",
    summary="arguments of a decay that have changed places, or are in the order of Keras",
    mode="both",
    fix="sometimes",
    since="0.2.0",
    check=check,
    uncovers=(*STEP_MISTAKES, "LRL109"),
)
