"""Which fields of LibCST's nodes hold what code means, and which hold how it is written."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import libcst as cst

_WRITING = (
    "asynchronous",
    "colon",
    "comma",
    "default_",
    "dot",
    "encoding",
    "equal",
    "first_colon",
    "footer",
    "has_trailing_newline",
    "header",
    "indent",
    "lbrace",
    "lbracket",
    "leading_",
    "lines_after",
    "lpar",
    "posonly_ind",
    "rbrace",
    "rbracket",
    "rpar",
    "second_colon",
    "semicolon",
    "separator",
    "trailing_",
    "whitespace",
)
"""How the names of fields begin that hold white space, punctuation and parentheses."""

_PUNCTUATION = ("AssignEqual", "Comma", "Dot", "MaybeSentinel", "Semicolon")


class _CodeFields(dict[type[Any], tuple[str, ...]]):
    def __missing__(self, kind: type[Any]) -> tuple[str, ...]:
        holds_code = issubclass(kind, cst.CSTNode) and kind.__name__ not in _PUNCTUATION
        names = (field.name for field in fields(kind)) if holds_code else ()
        self[kind] = tuple(name for name in names if not name.startswith(_WRITING))
        return self[kind]


CODE_FIELDS = _CodeFields()
"""The fields of each kind of node that hold what it means; none for what is no node."""


def writing_fields(kind: type[Any]) -> tuple[str, ...]:
    """The fields of a kind of node that hold how it is written."""
    return tuple(field.name for field in fields(kind) if field.name.startswith(_WRITING))
