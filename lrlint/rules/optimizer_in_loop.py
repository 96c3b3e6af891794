"""LRL304: an optimizer that is built anew in every iteration, and forgets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule
from lrlint.rules.tools import is_eager, mistake

if TYPE_CHECKING:
    import libcst as cst

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
    place = trace.hoistable(story)
    if place is None:
        return None
    line, loop = place
    content = trace.module.code_for_node(_hoisted(trace, line.body[0], story))
    if "\n" in content or (trace.is_number_rate(story) and content == trace.module.code_for_node(line.body[0])):
        return None
    return Repair(
        "unsafe",
        "Build the optimizer once, before the loop",
        (Change(loop, content, "line-before"), Change(line, "", "line")),
        reason="a new optimizer in each iteration may be meant",
    )


def _hoisted(trace: Trace, statement: cst.CSTNode, story: OptimizerStory) -> cst.CSTNode:
    """The statement as it is to stand before the loop: there the optimizer needs the schedule, not its number."""
    node = story.rate.node
    at_once = trace.called_at_once(node) if node is not None and story.calls_rate else None
    if node is None or at_once is None:
        return statement
    hoisted = statement.deep_replace(node, at_once[0].func)
    return hoisted if isinstance(hoisted, type(statement)) else statement


RULE = Rule(
    code="LRL304",
    summary="an optimizer with slots that is built anew in every iteration",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
)
