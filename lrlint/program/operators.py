"""Operators of the stdlib tree, and those of an outline: there is one node of each, since nobody asks which it is."""

from __future__ import annotations

from typing import Any

from lrlint import outline

OPERATORS: dict[str, Any] = {
    name: getattr(outline, kind)()
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

ASSIGNING: dict[str, Any] = {
    name: getattr(outline, f"{type(operator).__name__}Assign")()
    for name, operator in OPERATORS.items()
    if hasattr(outline, f"{type(operator).__name__}Assign")
}
"""The operators of augmented assignments, likewise."""
