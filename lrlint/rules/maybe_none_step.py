"""LRL110: the global step, asked for where nothing made one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for node, schedule in trace.missing_steps():
        evidence = trace.schedule_mode(schedule)
        if is_eager(evidence):
            code = trace.code(node.func)
            made = code.removesuffix("get_global_step") + "get_or_create_global_step"
            yield mistake(
                node,
                "nothing has created a global step, so that this is `None`",
                evidence,
                effect=Strays(schedule, "raises", error=tf_errors.NO_STEP),
                repair=Repair("safe", f"Create it: `{made}()`", (Change(node.func, made),)),
                related=schedule_places(trace, schedule),
            )


RULE = Rule(
    code="LRL110",
    summary="`get_global_step()` as step where nothing created one",
    mode="eager",
    fix="safe",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
