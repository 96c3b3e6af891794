"""LRL108: weights in the place of `global_step`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, optimizer_place, quote

if TYPE_CHECKING:
    from lrlint.trace.events import Update
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for update in trace.updates.values():
        node = update.global_step.node
        weights = trace.weights_as_step(update)
        if node is None or weights is None:
            continue
        code = quote(trace, node)
        consequence = "not `var_list`" if weights == "list" else f"so that each update adds 1 to `{code}`"
        named = update.global_step.arg is not None and update.global_step.arg.keyword is not None
        what = f"`{code}` is what the loss is computed from" if named else f"the second argument of `{update.method}`"
        yield mistake(
            node,
            f"{what} {'and counts the updates' if named else 'is `global_step`'}, {consequence}",
            trace.mode(update.where.scope),
            effect=_effect(trace, update, weights),
            repair=_repair(update, code, weights),
            related=tuple(optimizer_place(trace, optimizer) for optimizer in trace.made(update)),
        )


def _effect(trace: Trace, update: Update, weights: str) -> Strays | None:
    schedules = [schedule for optimizer in trace.made(update) for schedule in trace.followed(optimizer)]
    if not schedules:
        return None
    if weights == "variable":
        return Strays(schedules[0], "drift")
    eager = is_eager(trace.mode(update.where.scope))
    return Strays(schedules[0], "raises", error=tf_errors.no_variable("list") if eager else None, made=int(eager))


def _repair(update: Update, code: str, weights: str) -> Repair | None:
    arg, doubt = update.global_step.arg, "the variable may be a step after all"
    if arg is None:
        return None
    if update.method != "minimize" or arg.keyword is not None:
        return Repair("unsafe", f"Do not count with `{code}`", (Change(arg.value, "None"),), doubt)
    if weights == "list":
        return Repair("safe", f"Pass `var_list={code}`", (Change(arg, "var_list=", "before"),))
    changes = (Change(arg, "var_list=[", "before"), Change(arg, "]", "after"))
    return Repair("unsafe", f"Pass `var_list=[{code}]`", changes, doubt)


RULE = Rule(
    code="LRL108",
    summary="weights passed as `global_step`, so that each update adds 1 to them",
    mode="both",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
