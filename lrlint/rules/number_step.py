"""LRL104: a number as step, where the decay is built once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import mistake, schedule_places, tensorflow_name

if TYPE_CHECKING:
    import libcst as cst

    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    seen: set[cst.CSTNode] = set()
    for schedule in trace.built_once():
        step = trace.schedules[schedule].step
        node = step.node
        if node is None or node in seen or not trace.is_number_step(schedule):
            continue
        seen.add(node)
        code = trace.module.code_for_node(node)
        yield mistake(
            node,
            f"`{code}` is a number, which the schedule reads once and for all: the learning rate never decays",
            trace.schedule_mode(schedule),
            repair=_repair(trace, schedule),
            related=schedule_places(trace, schedule),
        )


def _repair(trace: Trace, schedule: Schedule) -> Repair | None:
    """A variable for the number, and moves for its counting, where all that is done with the name is known."""
    counter = trace.number_counter(schedule)
    variable = tensorflow_name(trace, "Variable")
    if counter is None or variable is None:
        return None
    code = trace.module.code_for_node
    changes = [Change(counter.made, f"{variable}({code(counter.made)}, trainable=False)")]
    for statement, sign, amount in counter.counted:
        method = "assign_add" if sign == "+" else "assign_sub"
        changes.append(Change(statement, f"{counter.name}.{method}({code(amount)})"))
    return Repair(
        "unsafe",
        "Make the step a variable, and move it",
        tuple(changes),
        reason=f"`{counter.name}` is then a variable wherever it is read",
    )


RULE = Rule(
    code="LRL104",
    summary="a number as step, in a decay that is built once",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
