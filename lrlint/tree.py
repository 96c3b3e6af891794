"""The stdlib parser's tree, walked without recursion, since depth is what is in doubt, and without its leaves."""

from __future__ import annotations

import ast
import math
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_LEAVES = frozenset({"arg", "asname", "attr", "ctx", "level", "module", "op", "ops"})
"""The fields of many nodes that hold text, or what holds nothing."""


class _Below(dict[type[object], tuple[str, ...]]):
    """The fields of each kind of node that may hold others; none for what is no node, but stands where one may."""

    def __missing__(self, kind: type[object]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in getattr(kind, "_fields", ()) if name not in _LEAVES)
        return self[kind]


_BELOW = _Below({ast.Constant: (), ast.Name: ()})

_DECORATED = frozenset({ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef})

FORMATTED = frozenset({ast.JoinedStr, getattr(ast, "TemplateStr", ast.JoinedStr)})
"""The strings inside of which the places that nodes name are not their own before Python 3.12."""


def children(node: ast.AST) -> list[ast.AST]:
    """What stands right below a node.

    Among it are a few names and numbers, for to sort them out costs more than to look at them.
    """
    found: list[ast.AST] = []
    for name in _BELOW[type(node)]:
        part = getattr(node, name, None)
        if type(part) is list:
            found += part
        elif part is not None:
            found.append(part)
    return found


def levels(tree: ast.AST, worth: Callable[[ast.AST], bool] | None = None) -> Iterator[list[ast.AST]]:
    """The nodes of a tree, those of the same depth together; only those that are ``worth`` it, and stand in such ones."""
    level = [tree]
    while level:
        yield level
        below = [part for node in level for part in children(node)]
        level = below if worth is None else list(filter(worth, below))


def rows_of(node: ast.AST) -> tuple[int, int] | None:
    """The first and the last row of a node, of its decorators, too; ``None`` for what does not say."""
    last: int | None = getattr(node, "end_lineno", None)
    if last is None:
        return None
    first: int = node.lineno  # type: ignore[attr-defined]
    if type(node) in _DECORATED and node.decorator_list:  # type: ignore[attr-defined]
        return min(first, node.decorator_list[0].lineno), last  # type: ignore[attr-defined]
    return first, last


def size(node: ast.AST, ends: Sequence[int]) -> float:
    """No fewer characters than a node has; infinitely many for what does not say. ``ends`` are those of the rows."""
    span = rows_of(node)
    if span is None:
        return math.inf
    first, last = span
    if first == last:
        return node.end_col_offset - node.col_offset  # type: ignore[attr-defined, no-any-return]
    return ends[last] - ends[first - 1]


def standing_in(tree: ast.AST, rows: Sequence[int]) -> Iterator[ast.AST]:
    """The nodes that stand in certain rows, which are sorted; among them are some that may not."""
    count = len(rows)

    def worth(node: ast.AST) -> bool:
        span = rows_of(node)
        if span is None:
            return True
        at = bisect_left(rows, span[0])
        return at < count and rows[at] <= span[1]

    for level in levels(tree, worth):
        for node in level:
            if type(node) in FORMATTED:
                yield from ast.walk(node)
            else:
                yield node
