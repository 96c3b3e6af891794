"""LRL204: a schedule that is called where it is a tensor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import is_graph, mistake, quote, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for call in trace.called.values():
        evidence = trace.schedule_mode(call.schedule)
        if call.guarded or not is_graph(evidence) or not is_graph(trace.mode(call.where.scope)):
            continue
        name = quote(trace, call.node.func)
        yield mistake(
            call.node,
            f"`{name}` is a tensor in graph mode, and cannot be called",
            evidence,
            effect=Strays(call.schedule, "raises", error=tf_errors.TENSOR_IS_CALLED, raises="this raises"),
            repair=Repair("safe", f"Drop the call: `{name}`", (Change(call.node, "", "unwrap", call.node.func),)),
            related=schedule_places(trace, call.schedule),
        )


RULE = Rule(
    code="LRL204",
    summary="a schedule that is called in graph mode, where it is a tensor",
    mode="graph",
    fix="safe",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
