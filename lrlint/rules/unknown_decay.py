"""LRL402: a name under `tf.train` that is no decay, or none in TensorFlow 2."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule
from lrlint.rules.tools import Place, mistake
from lrlint.slips import meant

if TYPE_CHECKING:
    from lrlint.trace.events import Mention
    from lrlint.trace.story import Trace


def check(trace: Trace) -> Iterator[Mistake]:
    for mention in trace.mentioned_decays():
        right = meant(mention.node.attr.value)
        found = _misspelt(trace, mention, right) if right is not None else _gone(trace, mention)
        if found is not None:
            yield found


def _misspelt(trace: Trace, mention: Mention, right: str) -> Mistake:
    return mistake(
        mention.node,
        f"there is no `{mention.name}` in any TensorFlow: this raises; `{right}` is meant",
        trace.mode(mention.where.scope),
        repair=Repair("safe", f"Write `{right}`", (Change(mention.node.attr, right),)),
    )


def _gone(trace: Trace, mention: Mention) -> Mistake | None:
    """A decay as TensorFlow 1 has it, in a program that only TensorFlow 2 runs."""
    path = trace.path_of(mention.node)
    related: tuple[Place, ...] = ()
    if path == f"tensorflow.compat.v2.train.{mention.node.attr.value}":
        words = "`tf.compat.v2` has no decays under `train`: this raises"
    else:
        evidence = trace.only_in_tensorflow_2(mention.where) if trace.is_plain_tensorflow(mention.node) else None
        if evidence is None or path != f"tensorflow.train.{mention.node.attr.value}":
            return None
        words = "TensorFlow 2 has its decays under `tf.compat.v1.train`, and only it runs this program: this raises"
        related = ((evidence, "only TensorFlow 2 has this"),)
    root = trace.code(mention.node).partition(".")[0]
    compat = f"{root}.compat.v1.train.{mention.node.attr.value}"
    is_module = trace.imports.get(root) == "tensorflow"
    return mistake(
        mention.node,
        words,
        trace.mode(mention.where.scope),
        repair=Repair("safe", f"Write `{compat}`", (Change(mention.node, compat),)) if is_module else None,
        related=related,
    )


RULE = Rule(
    code="LRL402",
    summary="a name under `tf.train` that is no decay but nearly, or none in TensorFlow 2",
    mode="both",
    fix="sometimes",
    since="0.2.0",
    check=check,
    uncovers=(
        *STEP_MISTAKES,
        *("LRL103", "LRL108", "LRL109", "LRL110"),
        *("LRL201", "LRL202", "LRL203", "LRL204", "LRL205"),
        *("LRL301", "LRL302", "LRL303", "LRL304", "LRL305", "LRL307"),
        *("LRL401", "LRL403", "LRL404", "LRL405", "LRL406", "LRL407", "LRL408"),
    ),
)
