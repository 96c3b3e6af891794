"""A program: what its code means, and where it is written.

The stdlib parser reads a file in a tenth of the time that LibCST takes, and most programs hold no mistake. So the trace
walks an outline, made from the stdlib tree; when somebody asks where code stands, to report or to repair something, that
tree is gone through once more. Only for what it does not tell does LibCST read the text, for all that is asked then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from lrlint.account import Clock
from lrlint.program.statements import Outliner
from lrlint.program.unlike import Unlike
from lrlint.text import with_line_feeds

if TYPE_CHECKING:
    import ast

    from lrlint.comments import Comments
    from lrlint.outline import Module, Node, SimpleStatementLine
    from lrlint.program.spans import Span, Spans

__all__ = ["Program", "Unlike", "followed"]

_R = TypeVar("_R")


class _Places(Protocol):
    """Where nodes stand in a text, with the parentheses around them and without; asking may raise :class:`Unlike`."""

    text: str
    comments: Comments

    def plain(self, node: Node) -> Span: ...

    def enclosed(self, node: Node) -> Span: ...


class Program:
    """A text, the outline of its code, and where it stands, once somebody asks."""

    def __init__(self, text: str, module: Module, clock: Clock, places: Callable[[], _Places]) -> None:
        self.text = text
        self.module = module
        self._clock = clock
        self._find = places

    @classmethod
    def outlined(cls, tree: ast.Module, text: str, clock: Clock | None = None) -> Program:
        """A program of which the stdlib tree tells all that it means; raises :class:`Unlike`.

        To be called with room for recursion (:func:`lrlint.deep.deeply`).
        """
        code = with_line_feeds(text)

        def places() -> _Places:
            from lrlint.program.places import Places

            return Places(module, tree, code)

        clock = clock or Clock()
        with clock.measure("parse"):
            module = Outliner(code).module(tree)
        return cls(text, module, clock, places)

    @classmethod
    def parsed(cls, text: str, clock: Clock | None = None) -> Program:
        """A program as LibCST reads it; raises :class:`~lrlint.parse.ParseProblem`. It needs room, too.

        The stdlib parser is to take it first, and to find it not too deep: what that rejects, LibCST never sees.
        """
        from lrlint.program.concrete import converted

        clock = clock or Clock()
        with clock.measure("parse"):
            module, places = converted(text)
        return cls(text, module, clock, places)

    @cached_property
    def places(self) -> _Places:
        """Where nodes stand."""
        with self._clock.measure("parse"):
            return self._find()

    def spans(self, nodes: Iterable[Node], enclosed: Iterable[Node]) -> Spans:
        """The places of all these nodes, and of those with the parentheses around them."""
        from lrlint.program.spans import Spans

        places = self.places
        return Spans(
            places.text,
            places.comments,
            {node: places.plain(node) for node in nodes},
            {node: places.enclosed(node) for node in enclosed},
        )

    def code(self, node: Node, instead: Mapping[Node, str] | None = None) -> str:
        """The code of a node, as it is written, with its parentheses, and with other text for some nodes inside it."""
        places = self.places
        start, end = places.enclosed(node)
        inside = [(*places.enclosed(inner), text) for inner, text in (instead or {}).items()]
        pieces = []
        for first, last, text in sorted(inside, key=lambda each: (each[0], -each[1])):
            if start <= first and last <= end:  # else it is in what is replaced already, or not inside
                pieces += [places.text[start:first], text]
                start = last
        return "".join([*pieces, places.text[start:end]])

    def is_enclosed(self, node: Node) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        return self.places.plain(node) != self.places.enclosed(node)

    def is_commented(self, line: SimpleStatementLine) -> bool:
        """Whether a line carries a comment: behind it, or on lines of its own above it."""
        return self.places.comments.beside(*self.places.plain(line))


def followed(follow: Callable[[Program], _R], tree: ast.Module, text: str, clock: Clock | None = None) -> _R:
    """What somebody makes of a program: of its outline, or of what LibCST reads where the stdlib tree tells too little.

    Raises :class:`~lrlint.parse.ParseProblem`. To be called with room for recursion.
    """
    try:
        return follow(Program.outlined(tree, text, clock))
    except Unlike:
        return follow(Program.parsed(text, clock))
