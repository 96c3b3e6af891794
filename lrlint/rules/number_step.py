"""LRL104: a number as step, where the decay is built once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import as_receiver, between, frozen, is_eager, mistake, quote, schedule_places, tensorflow_name

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.events import Counter
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule in trace.number_steps():
        step = trace.schedules[schedule].step.node
        if step is None or trace.swapped_arguments(schedule) is not None:
            continue
        counter = trace.number_counter(schedule)
        evidence = trace.schedule_mode(schedule)
        yield mistake(
            counter.made[0] if counter is not None else step,
            f"`{quote(trace, step)}` is a number, which the schedule reads once and for all",
            evidence,
            effect=frozen(trace, schedule),
            repair=_repair(trace, counter, step) if counter is not None and is_eager(evidence) else None,
            related=schedule_places(trace, schedule),
        )


def _repair(trace: Trace, counter: Counter, step: outline.Node) -> Repair | None:
    """A variable for the number, moves for its counting, and its value where the program reads it."""
    variable = tensorflow_name(trace, "Variable")
    if variable is None:
        return None
    changes: list[Change] = []
    for made in counter.made:
        changes += [Change(made, f"{variable}(", "before"), Change(made, ", trainable=False)", "after")]
    for count in counter.counted:
        method = "assign_add" if count.sign == "+" else "assign_sub"
        changes.extend(between(count.node, f"{as_receiver(trace, count.subject)}.{method}(", count.amount, ")"))
    read = ".value()" if counter.tensors else ".numpy()"
    changes.extend(Change(node, read, "after") for node in counter.reads)
    return Repair(
        "unsafe",
        "Make the step a variable, and move it",
        tuple(dict.fromkeys(changes)),
        reason=f"`{quote(trace, step)}` is then a variable wherever it is passed on",
    )


RULE = Rule(
    code="LRL104",
    summary="a number as step, in a decay that is built once",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=("LRL101", "LRL102", "LRL107", "LRL111"),
)
