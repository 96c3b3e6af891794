"""LRL304: an optimizer that is built anew in every iteration, and forgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import is_eager, mistake, shared_name

if TYPE_CHECKING:
    from lrlint.trace.events import OptimizerStory
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for story in trace.rebuilt_optimizers():
        evidence = trace.mode(story.optimizer.site.scope)
        if is_eager(evidence):
            yield mistake(
                story.node,
                f"`{story.short_name}` is built anew in every iteration, and what it has gathered about the gradients is "
                "lost",
                evidence,
                repair=_repair(trace, story),
            )


def _repair(trace: Trace, story: OptimizerStory) -> Repair | None:
    hoisting = trace.hoisting(story)
    if hoisting is None:
        return None
    changes = [Change(hoisting.statement, hoisting.code, "line-before"), Change(hoisting.line, "", "line")]
    if hoisting.shared is not None:
        changes.insert(0, shared_name((hoisting.shared, hoisting.name)))
    changes += [Change(read, hoisting.name) for read in hoisting.reads]
    return Repair(
        "unsafe",
        "Build the optimizer once, before the loop",
        tuple(changes),
        reason="a new optimizer in each iteration may be meant",
    )


RULE = Rule(
    code="LRL304",
    summary="an optimizer with slots that is built anew in every iteration",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
