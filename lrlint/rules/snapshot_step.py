"""LRL106: a value taken from the step once, passed instead of the step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import frozen, in_lambda, is_eager, mistake, quote, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Derived, Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule in trace.built_once():
        evidence = trace.schedule_mode(schedule)
        for snapshot in trace.snapshots(schedule) if is_eager(evidence) else ():
            node = snapshot.site.node
            refused = ", and TensorFlow 1 raises a `TypeError` here" if trace.is_refused_number(snapshot) else ""
            yield mistake(
                node,
                f"`{quote(trace, node)}` is the value of the step at this moment{refused}",
                evidence,
                effect=frozen(trace, schedule),
                repair=_repair(trace, schedule, snapshot),
                related=schedule_places(trace, schedule),
            )


def _repair(trace: Trace, schedule: Schedule, snapshot: Derived) -> Repair | None:
    code = trace.code
    story = trace.schedules[schedule]
    if not trace.is_only_step(snapshot):
        return None
    # `piecewise_constant` takes a step of the type of its boundaries; the other decays cast it themselves.
    step = trace.step_behind(snapshot, casts=not story.decay.name.startswith("piecewise_constant"))
    if step is not None:
        return Repair(
            "safe", f"Pass the step itself: `{code(step)}`", (Change(snapshot.site.node, "", "unwrap", step),)
        )
    modes = trace.read_in(schedule)
    if not modes or not trace.is_inside(story.node, snapshot.site.node):
        return None
    # In the graph of a `tf.function` the decay gives the rate itself.
    around = {
        frozenset({"eager"}): ("", "()"),
        frozenset({"graph"}): ("", ""),
        frozenset({"eager", "graph"}): ("(lambda rate: rate() if callable(rate) else rate)(", ")"),
    }
    return Repair(
        "unsafe",
        "Build the decay anew in each update",
        in_lambda(trace, story.node, *around[frozenset(modes)]),
        reason="the rate is then a function wherever it is read, and the step may be negative at first",
    )


RULE = Rule(
    code="LRL106",
    summary="a value taken from the step once, passed instead of the step",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=("LRL101", "LRL102", "LRL105", "LRL107", "LRL111"),
)
