"""What a notebook shows below its cells without being told to: the value of the last expression of each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lrlint import outline
from lrlint.cells import Cells
from lrlint.rows import Rows


def shown(module: outline.Module, tree: ast.Module, text: str, cells: Cells) -> frozenset[outline.BaseExpression]:
    """The expressions whose values are shown; a semicolon behind one hides it.

    ``tree`` is the stdlib's tree of the same text, which knows the rows.
    """
    rows = Rows(text)
    last = {cells.number(statement.lineno): index for index, statement in enumerate(tree.body)}
    ends = set(last.values())
    return frozenset(
        node.value
        for index, (node, statement) in enumerate(zip(_statements(module), tree.body, strict=True))
        if index in ends and isinstance(node, outline.Expr) and not rows.behind(statement).lstrip().startswith(";")
    )


def _statements(module: outline.Module) -> Iterator[outline.Node]:
    """The statements as the stdlib counts them, where several in one line are each one."""
    for statement in module.body:
        if isinstance(statement, outline.SimpleStatementLine):
            yield from statement.body
        else:
            yield statement
