"""How code is written, from LibCST's tree of it into an outline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from lrlint.fields import CODE_FIELDS, writing_fields

_OPERATORS = (cst.BaseAugOp, cst.BaseBinaryOp, cst.BaseBooleanOp, cst.BaseCompOp, cst.BaseUnaryOp)
_Fields = list[tuple[str, Callable[[Any, Any], None]]]


def filled_in(outline: cst.Module, parsed: cst.Module) -> bool:
    """Give the nodes of an outline the white space, comments and parentheses of the same code as LibCST read it.

    False where it is not the same code: the outline is then good for nothing.
    """
    todo: list[tuple[Any, Any]] = [(outline, parsed)]
    while todo:
        node, read = todo.pop()
        kind: type[Any] = type(read)
        if type(node) is not kind:
            return False
        meaning, writing = _SETTERS[kind]
        for name, put in writing:
            put(node, getattr(read, name))
        for name, put in meaning:
            own, held = getattr(node, name), getattr(read, name)
            if isinstance(held, (list, tuple)):
                if not isinstance(own, (list, tuple)) or len(own) != len(held):
                    return False
                if held and not CODE_FIELDS[type(held[0])]:
                    put(node, held)
                else:
                    todo.extend(zip(own, held, strict=True))
            elif not isinstance(held, cst.CSTNode):
                if own != held:
                    return False
            elif isinstance(held, _OPERATORS) or not CODE_FIELDS[type(held)]:  # of these an outline has one for all
                if type(own) is not type(held):
                    return False
                put(node, held)
            else:
                todo.append((own, held))
    return True


class _Setters(dict[type[Any], tuple[_Fields, _Fields]]):
    """The fields of each kind of node that mean something, and those of how it is written; each with what sets it."""

    def __missing__(self, kind: type[Any]) -> tuple[_Fields, _Fields]:
        meaning = [(name, getattr(kind, name).__set__) for name in CODE_FIELDS[kind]]
        self[kind] = meaning, [(name, getattr(kind, name).__set__) for name in writing_fields(kind)]
        return self[kind]


_SETTERS = _Setters()
