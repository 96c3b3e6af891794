"""Questions about the tree alone."""

from __future__ import annotations

import libcst as cst


def contains(node: cst.CSTNode, inner: cst.CSTNode) -> bool:
    """Whether a node is, or has somewhere inside it, another."""
    todo = [node]
    while todo:
        candidate = todo.pop()
        if candidate is inner:
            return True
        todo.extend(candidate.children)
    return False


def names_in(node: cst.CSTNode) -> set[str]:
    """The names that an expression looks up: not those of attributes and keywords."""
    names: set[str] = set()
    todo = [node]
    while todo:
        inner = todo.pop()
        if isinstance(inner, cst.Name):
            names.add(inner.value)
        elif isinstance(inner, (cst.Attribute, cst.Arg)):
            todo.append(inner.value)
        else:
            todo.extend(inner.children)
    return names
