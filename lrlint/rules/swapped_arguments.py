"""LRL403: arguments of a decay that have changed places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import mistake, quote, schedule_places

if TYPE_CHECKING:
    import libcst as cst

    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        places = trace.swapped_arguments(schedule)
        if places is None:
            continue
        nodes = [story.arguments[parameter].node for parameter in places]
        first = next((node for node in nodes if node is not None), story.node)
        effect = Strays(schedule, "as-written") if story.decay.step.name not in places else None
        yield mistake(
            first,
            _words(trace, schedule, places),
            trace.schedule_mode(schedule),
            effect=effect,
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
    what = "these have changed places" if len(places) == 2 else "this is the order of Keras"
    return f"`{story.decay.name}` is given {_listed(said)}: {what}"


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _repair(trace: Trace, schedule: Schedule, places: tuple[str, ...]) -> Repair | None:
    """Each argument where it belongs: the last one of those that have moved goes first, and the others follow."""
    story = trace.schedules[schedule]
    nodes: list[cst.CSTNode] = [node for parameter in places if (node := story.arguments[parameter].node) is not None]
    if len(nodes) != len(places):
        return None
    code = trace.module.code_for_node
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
    uncovers=(*STEP_MISTAKES, "LRL109", "LRL111"),
)
