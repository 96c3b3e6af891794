"""What a notebook shows below its cells without being told to: the value of the last expression of each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from lrlint.cells import Cells


def shown(module: cst.Module, tree: ast.Module, cells: Cells) -> frozenset[cst.BaseExpression]:
    """The expressions whose values are shown; a semicolon behind one hides it.

    ``tree`` is the stdlib's tree of the same code, which knows the rows.
    """
    last = {cells.number(statement.lineno): index for index, statement in enumerate(tree.body)}
    ends = set(last.values())
    return frozenset(
        node.value
        for index, node in enumerate(_statements(module))
        if isinstance(node, cst.Expr) and isinstance(node.semicolon, cst.MaybeSentinel) and index in ends
    )


def _statements(module: cst.Module) -> Iterator[cst.CSTNode]:
    """The statements as the stdlib counts them, where several in one line are each one."""
    for statement in module.body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement
