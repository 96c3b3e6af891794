"""LRL306: the step as an argument of an update by a Keras optimizer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.rules.tools import mistake, optimizer_place, quote

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for update, passed in trace.keras_steps():
        node = passed.node
        if node is not None:
            yield mistake(
                node,
                f"`{update.method}` of a Keras optimizer takes no step, and ignores `{quote(trace, node)}` or raises",
                trace.mode(update.where.scope),
                effect=next((Strays(schedule, "frozen") for schedule in trace.left_behind(passed)), None),
                related=(optimizer_place(trace, update.optimizer),),
            )


RULE = Rule(
    code="LRL306",
    summary="a step passed to `apply_gradients` or `minimize` of a Keras optimizer",
    mode="both",
    fix="none",
    since="0.1.0",
    check=check,
)
