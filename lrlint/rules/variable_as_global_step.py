"""LRL108: weights in the place of `global_step`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule
from lrlint.rules.tools import mistake, optimizer_place, quote

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for update in trace.updates.values():
        node, arg = update.global_step.node, update.global_step.arg
        weights = trace.weights_as_step(update)
        if node is None or arg is None or weights is None:
            continue
        code = quote(trace, node)
        consequence = (
            "raises after the weights have moved" if weights == "list" else f"adds 1 to `{code}` in each update"
        )
        yield mistake(
            node,
            f"the second argument of `{update.method}` is `global_step`: this {consequence}",
            trace.mode(update.where.scope),
            repair=Repair(
                "safe" if weights == "list" else "unsafe",
                f"Pass `var_list={code}`" if weights == "list" else f"Pass `var_list=[{code}]`",
                (Change(arg, "var_list=", "before"),)
                if weights == "list"
                else (Change(arg, "var_list=[", "before"), Change(arg, "]", "after")),
                reason=None if weights == "list" else "the variable may be a step after all",
            )
            if update.method == "minimize"
            else None,
            related=tuple(optimizer_place(trace, optimizer) for optimizer in trace.made(update)),
        )


RULE = Rule(
    code="LRL108",
    summary="weights passed as `global_step`, so that each update adds 1 to them",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
