"""LRL105: a step variable counted as if it were a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_receiver, between, is_eager, mistake, quote, schedule_places, without_second_move

if TYPE_CHECKING:
    from lrlint.trace.events import Count
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule

_CONSEQUENCE = {
    "assigned": "binds `{name}` to a new tensor, and the step that the schedule reads stands still",
    "passed": "binds `{name}` to a new tensor, which the next update is to move",
    "discarded": "computes a tensor and drops it, and the step stands still",
    "augmented": "counts a variable as if it were a number",
}


def check(trace: Trace) -> Iterator[Mistake]:
    for count in trace.counts.values():
        evidence = trace.mode(count.where.scope)
        schedules = trace.readers(count.variable)
        if not schedules or not is_eager(evidence) or not trace.is_lost(count):
            continue
        name = quote(trace, count.subject)
        form = "passed" if count.form == "assigned" and trace.is_given_to_update(count) else count.form
        consequence = _CONSEQUENCE[form].format(name=name)
        yield mistake(
            count.node,
            f"`{quote(trace, count.node)}` {consequence}",
            evidence,
            effect=_effect(trace, schedules[0], count, form),
            repair=_repair(trace, count),
            related=schedule_places(trace, schedules[0]),
        )


def _effect(trace: Trace, schedule: Schedule, count: Count, form: str) -> Strays:
    if form == "augmented":
        return Strays(schedule, "raises", error=tf_errors.counted(count.sign), raises="this raises", made=1)
    if form == "passed":
        error, made = tf_errors.no_variable("tensor"), 2 if trace.follows_update(count) else 1
        return Strays(schedule, "raises", error=error, raises="that raises", made=made)
    return Strays(schedule, "frozen")


def _repair(trace: Trace, count: Count) -> Repair | None:
    """No repair where the step's value is then used as a variable cannot be, or where it is moved somewhere else.

    Nor where something is taken from it: a step goes up, so it is another value that is wanted.
    """
    goes_up = count.sign == "+" or trace.code(count.amount).startswith("-")
    if not goes_up or trace.is_read_as_number(count):
        return None
    if trace.moves_of(count.variable) or trace.is_given_to_update(count):
        line = trace.superfluous(count)
        return without_second_move(line) if line is not None else None
    subject = as_receiver(trace, count.subject)
    method = "assign_add" if count.sign == "+" else "assign_sub"
    message = f"Move the step with `{subject}.{method}({quote(trace, count.amount)})`"
    return Repair("safe", message, between(count.node, f"{subject}.{method}(", count.amount, ")"))


RULE = Rule(
    code="LRL105",
    summary="a step variable bound to a new value (`step = step + 1`) instead of moved",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
