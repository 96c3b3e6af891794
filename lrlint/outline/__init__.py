"""The outline of a program: LibCST's nodes for what its code means, without how it is written.

The stdlib parser reads a file in a tenth of the time that LibCST takes, and most programs hold no mistake. So the trace
walks an outline, made of LibCST's own classes from the stdlib tree; only when somebody asks how the code is written, to
report or to repair something, does LibCST parse it, and its white space, comments and parentheses are filled into the
very nodes that the trace knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.outline.expressions import Unlike
from lrlint.outline.fill import filled_in
from lrlint.outline.statements import Outliner
from lrlint.parse import parse_module
from lrlint.text import with_line_feeds

if TYPE_CHECKING:
    import ast

    import libcst as cst

__all__ = ["Program", "Unlike", "outline"]


def outline(tree: ast.Module, text: str) -> cst.Module:
    """The outline of a text from its stdlib tree; raises :class:`Unlike` where it holds what only LibCST can tell.

    To be called with room for recursion (:func:`lrlint.deep.deeply`).
    """
    return Outliner(with_line_feeds(text)).module(tree)


class Program:
    """A text as a module of which, at first, there is only an outline."""

    def __init__(self, text: str, module: cst.Module, *, whole: bool) -> None:
        self.text = text
        self.module = module
        self._whole = whole

    @classmethod
    def outlined(cls, tree: ast.Module, text: str) -> Program:
        """A program of which the stdlib tree tells all that it means; raises :class:`Unlike`."""
        return cls(text, outline(tree, text), whole=False)

    @classmethod
    def parsed(cls, text: str) -> Program:
        """A program as LibCST reads it; raises :class:`~lrlint.parse.ParseProblem`."""
        return cls(text, parse_module(text), whole=True)

    def fill(self) -> None:
        """Have LibCST tell how the code is written, once.

        Raises :class:`~lrlint.parse.ParseProblem`, and :class:`Unlike` where LibCST reads other code than the outline has.
        """
        if not self._whole:
            if not filled_in(self.module, parse_module(self.text)):
                raise Unlike("the two parsers differ")
            self._whole = True
