"""Arithmetic over numbers that are known: for certain, or by a default that the user may override."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from lrlint import outline
from lrlint.trace.values import OPEN, Atom, Default, Literal, Value, literal

OPERATORS: dict[type[outline.Node], Callable[..., object]] = {
    outline.Add: operator.add,
    outline.AddAssign: operator.add,
    outline.Subtract: operator.sub,
    outline.SubtractAssign: operator.sub,
    outline.Multiply: operator.mul,
    outline.MultiplyAssign: operator.mul,
    outline.Divide: operator.truediv,
    outline.DivideAssign: operator.truediv,
    outline.FloorDivide: operator.floordiv,
    outline.FloorDivideAssign: operator.floordiv,
    outline.Modulo: operator.mod,
    outline.Power: operator.pow,
    outline.Minus: operator.neg,
    outline.Plus: operator.pos,
}
"""What Python's operators compute; those that are not here give no number that is followed."""

FUNCTIONS: dict[str, Callable[..., object]] = {
    "builtins.abs": abs,
    "builtins.float": float,
    "builtins.int": int,
    "builtins.max": max,
    "builtins.min": min,
    "builtins.pow": pow,
    "builtins.round": round,
    "math.ceil": math.ceil,
    "math.exp": math.exp,
    "math.floor": math.floor,
    "math.log": math.log,
    "math.pow": math.pow,
    "math.sqrt": math.sqrt,
}
"""The functions that give a Python number for Python numbers, by their canonical names."""

_LARGEST = 2**64
"""Numbers beyond this are no steps and no rates, and are not computed with."""

_LARGEST_BASE = 1e6
_LARGEST_EXPONENT = 64


def constant(value: Value) -> Literal | Default | None:
    """The one number that a value is, certain or by default; ``None`` for anything else."""
    if len(value.atoms) != 1:
        return None
    (atom,) = value.atoms
    return atom if isinstance(atom, (Literal, Default)) and atom.kind in (int, float, bool) else None


def fold(function: Callable[..., object], operands: Sequence[Value]) -> Value | None:
    """What a function of numbers gives, where all of them are known; else ``None``.

    The result is as certain as the least certain of its operands.
    """
    constants = [constant(operand) for operand in operands]
    contents = [atom.content for atom in constants if atom is not None]
    numbers = [content for content in contents if isinstance(content, (int, float))]
    if not numbers or len(numbers) != len(operands) or max(map(abs, numbers)) > _LARGEST:
        return None
    if function in (operator.pow, pow, math.pow) and (
        abs(numbers[0]) > _LARGEST_BASE or numbers[-1] > _LARGEST_EXPONENT
    ):
        return None
    try:
        result = function(*numbers)
    except (ArithmeticError, ValueError, TypeError):
        return None
    if not isinstance(result, (int, float)):
        return None
    default = next((atom for atom in constants if isinstance(atom, Default)), None)
    if default is not None:
        return Value.of(Default(result, type(result), default.site))
    is_open = any(OPEN in guards for operand in operands for guards in operand.atoms.values())
    return literal(result).guarded(OPEN) if is_open else literal(result)


def open_numbers(value: Value) -> Value:
    """The value with its numbers marked as such that code outside the file may set to others."""
    if not any(_is_number(atom) for atom in value.atoms):
        return value
    return Value({atom: guards | {OPEN} if _is_number(atom) else guards for atom, guards in value.atoms.items()})


def _is_number(atom: Atom) -> bool:
    return isinstance(atom, Literal) and atom.kind in (int, float)
