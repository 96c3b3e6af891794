"""The outlines of strings: the pieces that one is written in, and the expressions in an f-string.

These are parsed on their own. Before Python 3.12 the stdlib tree has wrong places for what stands in an f-string, and
never does it tell how the pieces of a string and the text around its expressions are written.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from lrlint import outline
from lrlint.parse import ParseProblem, parse_tree
from lrlint.program.strings import Field, Piece, pieces
from lrlint.program.unlike import Unlike


class StringOutliner:
    """Makes the outline of a string from its node in the stdlib tree and its code."""

    def __init__(self, string: ast.expr, code: str, expression: Callable[[ast.expr], Any]) -> None:
        self._row = string.lineno
        self._column = string.col_offset
        self._code = code
        self._expression = expression

    def outlined(self) -> Any:
        """All pieces: two of them at first, the second of which may be of pieces itself. Raises :class:`Unlike`."""
        try:
            *others, outlined = map(self._piece, pieces(self._code))
        except (ValueError, ParseProblem):
            raise Unlike(self._code) from None
        for piece in reversed(others):
            outlined = outline.ConcatenatedString(piece, outlined)
        return outlined

    def _piece(self, piece: Piece) -> Any:
        if piece.parts is None:
            return outline.SimpleString(piece.code)
        return outline.FormattedString(self._parts(piece.parts))

    def _parts(self, parts: Sequence[str | Field]) -> list[Any]:
        return [
            outline.FormattedStringText(part)
            if isinstance(part, str)
            else outline.FormattedStringExpression(
                self._expression(self._parsed(part)),
                part.conversion,
                None if part.format_spec is None else self._parts(part.format_spec),
            )
            for part in parts
        ]

    def _parsed(self, field: Field) -> Any:
        """The stdlib tree of an expression, with its places in the whole text."""
        before = self._code[: field.start]
        row, column = before.count("\n"), len(before.rpartition("\n")[2].encode())
        blank = " " * (column if row else self._column + column)
        code = f"\n{blank}{self._code[field.start : field.end]}\n"
        tree = _value(f"({code})")
        if tree.lineno == 1:  # a tuple, which takes the parentheses for its own
            tree = _value(f"_[{code}]").slice
        return ast.increment_lineno(tree, self._row + row - 2)


def is_one_literal(code: str) -> bool:
    """Whether the code of a string is a single literal without a quote in it, as most are."""
    quote = code[-1]
    if code.endswith(quote * 3) and len(code) > 3:
        quote *= 3
    return code.count(quote) == 2 and code.lstrip("bBrRuU").startswith(quote)


def _value(code: str) -> Any:
    (statement,) = parse_tree(code).body
    return statement.value  # type: ignore[attr-defined]
