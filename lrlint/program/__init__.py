"""A program: what its code means, and how it is written.

The stdlib parser reads a file in a tenth of the time that LibCST takes, and most programs hold no mistake. So the trace
walks an outline, made from the stdlib tree. When somebody asks how the code is written, to report or to repair something,
that tree tells where most of it stands; only for the rest, such as code between comments, does LibCST parse the text,
and its nodes are found for those that the trace knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.account import Clock
from lrlint.parse import check_depth, parse_tree
from lrlint.program.statements import Outliner
from lrlint.program.unlike import Unlike
from lrlint.text import with_line_feeds

if TYPE_CHECKING:
    import ast
    from collections.abc import Mapping

    from lrlint.outline import Module, Node, SimpleStatementLine
    from lrlint.program.concrete import Concrete
    from lrlint.program.places import Places
    from lrlint.program.spans import Spans

__all__ = ["Program", "Unlike"]


class Program:
    """A text, the outline of its code, and the stdlib tree that this was made from, or else LibCST's."""

    def __init__(
        self, text: str, module: Module, clock: Clock, tree: ast.Module | None = None, concrete: Concrete | None = None
    ) -> None:
        self.text = text
        self.module = module
        self._clock = clock
        self._tree = tree
        self._concrete = concrete
        self._places: Places | None = None

    @classmethod
    def outlined(cls, tree: ast.Module, text: str, clock: Clock | None = None) -> Program:
        """A program of which the stdlib tree tells all that it means; raises :class:`Unlike`.

        To be called with room for recursion (:func:`lrlint.deep.deeply`).
        """
        clock = clock or Clock()
        with clock.measure("parse"):
            return cls(text, Outliner(with_line_feeds(text)).module(tree), clock, tree)

    @classmethod
    def parsed(cls, text: str, clock: Clock | None = None) -> Program:
        """A program as LibCST reads it; raises :class:`~lrlint.parse.ParseProblem`. It needs room, too."""
        from lrlint.program.concrete import converted

        clock = clock or Clock()
        with clock.measure("parse"):
            module, concrete = converted(text)
        return cls(text, module, clock, concrete=concrete)

    @classmethod
    def read(cls, text: str) -> Program:
        """A program as LibCST reads it, with the stdlib parser in front: what that rejects, LibCST never sees.

        Raises :class:`~lrlint.parse.ParseProblem`. To be called with room for recursion.
        """
        check_depth(parse_tree(text), text)
        return cls.parsed(text)

    @property
    def places(self) -> Places | None:
        """Where nodes stand, as far as that can be told without LibCST."""
        if self._places is None and self._tree is not None:
            with self._clock.measure("parse"):
                from lrlint.program.places import Places

                self._places = Places(self.module, self._tree, with_line_feeds(self.text))
        return self._places

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

    def spans(self, nodes: set[Node], enclosed: set[Node]) -> Spans:
        """The places of all these nodes, and of those with the parentheses around them."""
        told = self.places.spans(nodes, enclosed) if self.places else None
        return self.concrete.spans(nodes | enclosed) if told is None else told

    def code(self, node: Node, instead: Mapping[Node, str] | None = None) -> str:
        """The code of a node, as it is written, with its parentheses, and with other text for some nodes inside it.

        A semicolon behind a statement is no part of it.
        """
        told = self.places.code(node, instead or {}) if self.places else None
        return self.concrete.code(node, instead or {}) if told is None else told

    def is_enclosed(self, node: Node) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        told = self.places.is_enclosed(node) if self.places else None
        return self.concrete.is_enclosed(node) if told is None else told

    def is_commented(self, line: SimpleStatementLine) -> bool:
        """Whether a line carries a comment: behind it, or on lines of its own above it."""
        told = self.places.is_commented(line) if self.places else None
        return self.concrete.is_commented(line) if told is None else told
