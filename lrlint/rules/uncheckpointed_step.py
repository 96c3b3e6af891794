"""LRL111: a checkpoint with the optimizer, and without the step that its schedule reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, optimizer_place, schedule_places, shortest, step_name

if TYPE_CHECKING:
    from lrlint.trace.events import Checkpoint
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Variable


def check(trace: Trace) -> Iterator[Mistake]:
    for checkpoint in trace.checkpoints.values():
        for optimizer, schedule, step in trace.unsaved_steps(checkpoint):
            evidence = trace.mode(checkpoint.where.scope)
            if not is_eager(evidence):
                continue
            name = step_name(trace, schedule)
            yield mistake(
                checkpoint.node,
                f"the checkpoint saves the optimizer and not `{name}`, the step of its schedule",
                evidence,
                effect=Strays(schedule, "restart"),
                repair=_repair(checkpoint, step),
                related=(*schedule_places(trace, schedule), optimizer_place(trace, optimizer)),
            )


def _repair(checkpoint: Checkpoint, step: Variable) -> Repair | None:
    handle = shortest(checkpoint.handles.get(step, frozenset()))
    if handle is None or not checkpoint.node.args or "step" in checkpoint.saved:
        return None
    return Repair(
        "unsafe",
        f"Save the step, too: `step={handle}`",
        (Change(checkpoint.node.args[-1], f"step={handle}", "argument"),),
        reason="checkpoints that were saved before have no step",
    )


RULE = Rule(
    code="LRL111",
    summary="a checkpoint that saves the optimizer but not the step of its schedule",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
