"""A program: what its code means, and how it is written.

The stdlib parser reads a file in a tenth of the time that LibCST takes, and most programs hold no mistake. So the trace
walks an outline, made from the stdlib tree; only when somebody asks how the code is written, to report or to repair
something, does LibCST parse it, and its nodes are found for those that the trace knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.account import Clock
from lrlint.parse import check_depth, parse_tree
from lrlint.program.expressions import Unlike
from lrlint.program.statements import Outliner
from lrlint.text import with_line_feeds

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping

    from lrlint.outline import Module, Node
    from lrlint.program.concrete import Concrete

__all__ = ["Program", "Unlike"]


class Program:
    """A text, and the outline of its code."""

    def __init__(self, text: str, module: Module, concrete: Concrete | None, clock: Clock) -> None:
        self.text = text
        self.module = module
        self._concrete = concrete
        self._clock = clock

    @classmethod
    def outlined(cls, tree: ast.Module, text: str, clock: Clock | None = None) -> Program:
        """A program of which the stdlib tree tells all that it means; raises :class:`Unlike`.

        To be called with room for recursion (:func:`lrlint.deep.deeply`).
        """
        clock = clock or Clock()
        with clock.measure("parse"):
            return cls(text, Outliner(with_line_feeds(text)).module(tree), None, clock)

    @classmethod
    def parsed(cls, text: str, clock: Clock | None = None) -> Program:
        """A program as LibCST reads it; raises :class:`~lrlint.parse.ParseProblem`. It needs room, too."""
        from lrlint.program.concrete import converted

        clock = clock or Clock()
        with clock.measure("parse"):
            return cls(text, *converted(text), clock)

    @classmethod
    def read(cls, text: str) -> Program:
        """A program as LibCST reads it, with the stdlib parser in front: what that rejects, LibCST never sees.

        Raises :class:`~lrlint.parse.ParseProblem`. To be called with room for recursion.
        """
        check_depth(parse_tree(text), text)
        return cls.parsed(text)

    @property
    def concrete(self) -> Concrete:
        """How the code is written, as LibCST tells it.

        Raises :class:`~lrlint.parse.ParseProblem`, and :class:`Unlike` where LibCST reads other code than the outline has.
        """
        if self._concrete is None:
            with self._clock.measure("parse"):
                from lrlint.program.concrete import paired

                self._concrete = paired(self.module, self.text)
        return self._concrete

    def code(self, node: Node, instead: Mapping[Node, str] | None = None) -> str:
        """The code of a node, as it is written, with its parentheses, and with other text for some nodes inside it."""
        return self.concrete.code(node, instead or {})

    def is_enclosed(self, node: Node) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        return self.concrete.is_enclosed(node)

    def is_commented(self, line: Node) -> bool:
        """Whether a line carries a comment: behind it, or on lines of its own above it."""
        return self.concrete.is_commented(line)
