"""LRL309: a rate that is set as an attribute which the optimizer does not have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import Mistake, Rule
from lrlint.rules.tools import is_eager, mistake, optimizer_place

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for setting in trace.rate_settings.values():
        attribute = setting.attribute
        story = trace.optimizers[setting.optimizer]
        evidence = trace.mode(setting.where.scope)
        if story.keras or not is_eager(evidence):
            continue
        yield mistake(
            setting.node,
            f"`{story.short_name}` has no setting `{attribute}`: its learning rate does not change",
            evidence,
            related=(optimizer_place(trace, setting.optimizer),),
        )


RULE = Rule(
    code="LRL309",
    summary="the rate of a `tf.train` optimizer set as an attribute that it does not have",
    mode="eager",
    fix="none",
    since="0.1.0",
    check=check,
)
