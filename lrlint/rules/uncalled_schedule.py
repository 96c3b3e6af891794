"""LRL202: computing with a schedule that is not called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_api, tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_function, called, is_eager, mistake, quote, schedule_places

if TYPE_CHECKING:
    from lrlint.trace.events import OptimizerStory, Use
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Derived


def check(trace: Trace) -> Iterator[Mistake]:
    for use in trace.distinct_uses("number", "tensor", "attribute", "order"):
        evidence = trace.use_mode(use)
        if not is_eager(evidence):
            continue
        name = quote(trace, use.node)
        yield mistake(
            use.node,
            f"{use.how} on the schedule `{name}`, which is a callable in eager mode",
            evidence,
            effect=_effect(trace, use),
            repair=_repair(trace, use, name),
            related=schedule_places(trace, use.schedule),
        )


def _effect(trace: Trace, use: Use) -> Strays:
    fed = trace.optimizer_fed_by(use)
    optimizer = fed[0].optimizer if fed is not None else None
    return Strays(use.schedule, "raises", error=_error(use), raises="it raises", optimizer=optimizer)


def _error(use: Use) -> str | None:
    """What TensorFlow or Python raises, where that hangs on the use alone and not on what stands beside it."""
    if use.kind == "tensor":
        return tf_errors.UNCALLED
    if use.kind == "attribute":
        return tf_errors.no_attribute(use.how.strip("`.")) if use.how.startswith("`") else tf_errors.NO_INDEX
    return None


def _repair(trace: Trace, use: Use, name: str) -> Repair | None:
    if use.kind == "attribute" and use.how.strip("`.") not in tf_api.TENSOR_ATTRIBUTES:
        return None
    if getattr(use.context, "target", None) is use.node:
        return None  # `rate *= 0.5`: a call cannot be assigned to
    number = use.how.strip("`()") in tf_api.FLOAT_ONLY_FUNCTIONS
    changes = called(trace, use, number=number)
    if not changes:
        return None
    fed = trace.optimizer_fed_by(use)
    if fed is None:
        return Repair("safe", f"Call the schedule: `{name}()`", changes)
    return _lambda(trace, use, *fed, changes)


def _lambda(
    trace: Trace, use: Use, optimizer: OptimizerStory, computed: Derived, changes: tuple[Change, ...]
) -> Repair | None:
    """The rate of an optimizer has to be computed anew in each update: calling it here would freeze it."""
    rate = computed.site.node
    if optimizer.keras or not trace.is_inside(rate, use.node):
        return None
    if rate is not optimizer.rate.node and (
        rate not in trace.made_for_rates(optimizer.rate.value) or trace.is_bound_to_itself(rate)
    ):
        return None
    late = trace.is_computed_late(rate)
    reason = "a name in it is bound anew, and each update would read its latest value" if late else None
    return as_function(trace, [rate], "unsafe" if late else "safe", reason, changes)


RULE = Rule(
    code="LRL202",
    summary="arithmetic, conversion or a tensor function on a schedule that is not called",
    mode="eager",
    fix="sometimes",
    since="0.1.0",
    check=check,
    uncovers=(*STEP_MISTAKES, "LRL303"),
)
