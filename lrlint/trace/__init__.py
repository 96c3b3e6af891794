"""The trace: an abstract interpreter over LibCST that finds out who holds what.

It walks the statements of one program in order with a store from places (names, attributes, slots) to abstract values,
joins at branches, runs loops until nothing changes, runs functions at their calls, and notes what happens to schedules,
steps and optimizers. It knows nothing of codes, messages or fixes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.trace.interpreter import Interpreter
from lrlint.trace.mode import Mode, Modes
from lrlint.trace.story import Trace
from lrlint.trace.suppose import Supposing

if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence

    import libcst as cst

__all__ = ["Trace", "trace"]


def trace(
    module: cst.Module,
    *,
    mode: str = "auto",
    shown: frozenset[cst.BaseExpression] = frozenset(),
    left_out: Sequence[ast.stmt] = (),
) -> Trace:
    """The story of a module; ``mode`` is ``"eager"`` or ``"graph"`` where the user says so, else ``"auto"``.

    ``shown`` are the statements whose values a notebook shows, ``left_out`` those that are not in the module, since they
    cannot matter: only their words are asked for.
    """
    override: Mode | None = "eager" if mode == "eager" else "graph" if mode == "graph" else None
    interpreter = Interpreter(module, Modes(override=override))
    interpreter.story.shown = shown
    interpreter.story.left_out = left_out
    story = interpreter.trace()

    def suppose(nodes: frozenset[cst.BaseExpression]) -> Trace:
        supposing = Supposing(module, Modes(override=override), nodes)
        supposing.story.left_out = left_out
        return supposing.trace()

    story.again = suppose
    return story
