"""LRL306: the step as an argument of an update by a Keras optimizer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule
from lrlint.rules.tools import mistake, quote

if TYPE_CHECKING:
    import libcst as cst

    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    seen: set[cst.CSTNode] = set()
    for update, passed in trace.keras_steps():
        node = passed.node
        if node is not None and node not in seen:
            seen.add(node)
            yield mistake(
                node,
                f"`{update.method}` of a Keras optimizer takes no step: it ignores `{quote(trace, node)}`, or raises",
                trace.mode(update.where.scope),
                related=((trace.optimizers[update.optimizer].node, "the optimizer is made here"),),
            )


RULE = Rule(
    code="LRL306",
    summary="a step passed to `apply_gradients` or `minimize` of a Keras optimizer",
    mode="both",
    fix="none",
    since="0.1.0",
    check=check,
)
