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
    from collections.abc import Callable, Sequence

    import libcst as cst

__all__ = ["Trace", "trace"]


def trace(
    module: cst.Module,
    *,
    mode: str = "auto",
    shown: frozenset[cst.BaseExpression] = frozenset(),
    left_out: Sequence[ast.stmt] = (),
    fill: Callable[[], None] | None = None,
) -> Trace:
    """The story of a module; ``mode`` is ``"eager"`` or ``"graph"`` where the user says so, else ``"auto"``.

    ``shown`` are the statements whose values a notebook shows, ``left_out`` those that are not in the module, since they
    cannot matter: only their words are asked for. ``fill`` is called before somebody looks at how the code is written;
    without it, the module tells that from the first.
    """

    def told(interpreter: Interpreter) -> Trace:
        interpreter.story.shown = shown
        interpreter.story.left_out = left_out
        if fill is not None:
            interpreter.story.fill = fill
        return interpreter.trace()

    override: Mode | None = "eager" if mode == "eager" else "graph" if mode == "graph" else None
    story = told(Interpreter(module, Modes(override=override)))

    def suppose(nodes: frozenset[cst.BaseExpression]) -> Trace:
        return told(Supposing(module, Modes(override=override), nodes))

    story.again = suppose
    return story
