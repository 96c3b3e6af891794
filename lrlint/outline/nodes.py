"""LibCST's nodes made without their constructors, which set and check a dozen fields of white space for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import libcst as cst

_N = TypeVar("_N", bound=cst.CSTNode)
_new = object.__new__


def maker(kind: type[_N], *names: str) -> Callable[..., _N]:
    """What makes bare nodes of a kind: of the fields it takes, in the order given, and with no other.

    The fields are set behind the back of the frozen dataclass, by the descriptors of its slots.
    """
    setters: list[Callable[[_N, Any], None]] = [getattr(kind, name).__set__ for name in names]
    if len(setters) == 1:
        (only,) = setters

        def make_one(value: object) -> _N:
            node = _new(kind)
            only(node, value)
            return node

        return make_one
    if len(setters) == 2:
        first, second = setters

        def make_two(one: object, two: object) -> _N:
            node = _new(kind)
            first(node, one)
            second(node, two)
            return node

        return make_two

    def make(*values: object) -> _N:
        node = _new(kind)
        for put, value in zip(setters, values, strict=True):
            put(node, value)
        return node

    return make


ATTRIBUTE = maker(cst.Attribute, "value", "attr")
FROM = maker(cst.From, "item")
NAME = maker(cst.Name, "value")
TUPLE = maker(cst.Tuple, "elements")

OPERATORS: dict[str, cst.CSTNode] = {
    name: getattr(cst, kind)()
    for kind, name in {
        "Add": "Add",
        "Subtract": "Sub",
        "Multiply": "Mult",
        "Divide": "Div",
        "FloorDivide": "FloorDiv",
        "Modulo": "Mod",
        "Power": "Pow",
        "LeftShift": "LShift",
        "RightShift": "RShift",
        "BitOr": "BitOr",
        "BitXor": "BitXor",
        "BitAnd": "BitAnd",
        "MatrixMultiply": "MatMult",
        "And": "And",
        "Or": "Or",
        "Not": "Not",
        "Plus": "UAdd",
        "Minus": "USub",
        "BitInvert": "Invert",
        "Equal": "Eq",
        "NotEqual": "NotEq",
        "LessThan": "Lt",
        "LessThanEqual": "LtE",
        "GreaterThan": "Gt",
        "GreaterThanEqual": "GtE",
        "Is": "Is",
        "IsNot": "IsNot",
        "In": "In",
        "NotIn": "NotIn",
    }.items()
}
"""LibCST's operators by the names of the stdlib's: one of each is enough, since nobody asks which it is."""

ASSIGNING: dict[str, cst.CSTNode] = {
    name: getattr(cst, f"{type(operator).__name__}Assign")()
    for name, operator in OPERATORS.items()
    if hasattr(cst, f"{type(operator).__name__}Assign")
}
"""The operators of augmented assignments, likewise."""
