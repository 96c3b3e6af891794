"""LRL201: a schedule that reaches text without being called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import called, is_eager, mistake, quote, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.events import Use
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for use in trace.distinct_uses("text"):
        evidence = trace.use_mode(use)
        if not is_eager(evidence):
            continue
        name = quote(trace, use.node)
        yield mistake(
            use.node,
            f"the schedule `{name}` reaches {use.how} without being called",
            evidence,
            effect=_effect(trace, use),
            repair=_repair(trace, use, name),
            related=schedule_places(trace, use.schedule),
        )


def _effect(trace: Trace, use: Use) -> Strays:
    asked = trace.format_asked(use)
    error = tf_errors.no_text(asked) if asked is not None else None
    if error is None:
        return Strays(use.schedule, "as-is")
    return Strays(use.schedule, "raises", error=error, raises="this raises")


def _repair(trace: Trace, use: Use, name: str) -> Repair | None:
    if use.how == "text with `+`":
        changes: tuple[Change, ...] = (Change(use.node, "str(float(", "before"), Change(use.node, "()))", "after"))
    else:
        changes = called(trace, use)
    return Repair("safe", f"Call the schedule: `{name}()`", changes) if changes else None


RULE = Rule(
    code="LRL201",
    summary="a schedule printed, formatted or logged without being called",
    mode="eager",
    fix="safe",
    since="0.1.0",
    check=check,
)
