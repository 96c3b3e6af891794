"""The trace: an abstract interpreter over outlines that finds out who holds what.

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

    from lrlint import outline
    from lrlint.program import Program

__all__ = ["Trace", "trace"]


def trace(
    program: Program,
    *,
    mode: str = "auto",
    shown: frozenset[outline.BaseExpression] = frozenset(),
    left_out: Sequence[ast.stmt] = (),
) -> Trace:
    """The story of a program; ``mode`` is ``"eager"`` or ``"graph"`` where the user says so, else ``"auto"``.

    ``shown`` are the statements whose values a notebook shows, ``left_out`` those that are not in the module, since they
    cannot matter: only their words are asked for.
    """

    def told(interpreter: Interpreter) -> Trace:
        interpreter.story.shown = shown
        interpreter.story.left_out = left_out
        return interpreter.trace()

    override: Mode | None = "eager" if mode == "eager" else "graph" if mode == "graph" else None
    story = told(Interpreter(program, Modes(override=override)))

    def suppose(nodes: frozenset[outline.BaseExpression]) -> Trace:
        return told(Supposing(program, Modes(override=override), nodes))

    story.again = suppose
    return story
