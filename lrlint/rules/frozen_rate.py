"""LRL301: the number that a schedule gives, once, to an optimizer that is built once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_function, assigned_rate, is_eager, mistake, quote, schedule_places, shortest

if TYPE_CHECKING:
    from lrlint.trace.events import OptimizerStory
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Rate


def check(trace: Trace) -> Iterator[Mistake]:
    for story in trace.optimizers.values():
        node = story.rate.node
        if story.keras or node is None or not trace.outlives_an_update(story.optimizer):
            continue
        for rate in sorted(trace.frozen(story.optimizer), key=lambda rate: trace.order(rate.schedule)):
            evidence = trace.schedule_mode(rate.schedule)
            if is_eager(evidence):
                yield mistake(
                    node,
                    f"`{quote(trace, node)}` is the rate at this moment, and `{story.short_name}` keeps it",
                    evidence,
                    effect=Strays(rate.schedule, "frozen"),
                    repair=_repair(trace, story, rate),
                    related=schedule_places(trace, rate.schedule),
                )


def _repair(trace: Trace, story: OptimizerStory, rate: Rate) -> Repair | None:
    node = story.rate.node
    if node is None or trace.list_steps(rate.schedule):
        return None  # a schedule over a list would raise where its number does not
    if not story.calls_rate:
        return assigned_rate(trace, story)
    given = story.handles.get(rate.schedule, frozenset())
    handle = shortest(given) if trace.is_plain_rate(story) and trace.is_reference(node) else None
    if handle is not None:
        return Repair("safe", f"Pass the schedule: `{handle}`", (Change(node, handle),))
    computed = trace.made_for_rates(story.rate.value) if trace.is_reference(node) else [node]
    if not computed or any(trace.is_bound_to_itself(made) for made in computed if made is not node):
        return None
    at_once = [call for made in computed if (call := trace.called_at_once(made)) is not None]
    if len(at_once) == len(computed) and any(given.site is rate.site for _, given in at_once):
        name = trace.code(at_once[0][0].func)
        changes = (Change(made, "", "unwrap", call.func) for made, (call, _) in zip(computed, at_once, strict=True))
        return Repair("safe", f"Pass the schedule: `{name}`", tuple(changes))
    if trace.is_updated_in_graph(story.optimizer) and not all(map(trace.works_in_graph, computed)):
        return None
    return as_function(trace, computed, "unsafe", "everything in the expression is then computed in each update")


RULE = Rule(
    code="LRL301",
    summary="the called schedule, a number, given to an optimizer that is built once",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
