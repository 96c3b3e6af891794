"""LRL203: a schedule compared, tested for truth, or kept where a number is meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule
from lrlint.rules.tools import called, is_eager, mistake, quote, schedule_places, tensorflow_name

if TYPE_CHECKING:
    from lrlint.trace.events import Use
    from lrlint.trace.story import Trace


_SAID = {
    "equality": "is never equal to a number",
    "truth": "is always true",
    "array": "makes an array of objects",
    "history": "is the schedule each time, not the rate of that time",
}


def check(trace: Trace) -> Iterator[Mistake]:
    for use in trace.distinct_uses("equality", "truth", "array", "history"):
        evidence = trace.use_mode(use)
        if not is_eager(evidence) or not use.certain or (use.kind == "truth" and not trace.is_made_beside(use)):
            continue
        if use.kind == "history" and not trace.is_history(use):
            continue
        name = quote(trace, use.node)
        yield mistake(
            use.node,
            f"the schedule `{name}` {_SAID[use.kind]}: it is not called",
            evidence,
            repair=_repair(trace, use, name),
            related=schedule_places(trace, use.schedule),
        )


def _repair(trace: Trace, use: Use, name: str) -> Repair | None:
    if use.kind in ("array", "history"):
        changes = called(trace, use, number=True)
        return Repair("safe", f"Call the schedule: `float({name}())`", changes)
    reason = "what the program does from there on changes"
    if use.kind == "truth":
        if use.how != "a test":
            return None
        return Repair("unsafe", f"Call the schedule: `{name}()`", called(trace, use), reason)
    if use.how == "in":
        return Repair("unsafe", f"Look for the rate: `float({name}())`", called(trace, use, number=True), reason)
    function = tensorflow_name(trace, "equal" if use.how == "==" else "not_equal")
    operands = trace.operands(use.context)
    if function is None or operands is None:
        return None
    codes = [(operand is use.node, trace.code(operand)) for operand in operands]
    code = [f"{text}()" if is_schedule else text for is_schedule, text in codes]
    content = f"{function}({', '.join(code)})"
    return Repair("unsafe", f"Compare the rate: `{content}`", (Change(use.context, content),), reason)


RULE = Rule(
    code="LRL203",
    summary="a schedule compared, tested for truth or kept in an array without being called",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
