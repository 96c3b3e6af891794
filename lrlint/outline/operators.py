"""Operators. There may be one node for all of a kind: nobody asks which it is."""

from __future__ import annotations

from lrlint.outline.kinds import BaseAugOp, BaseBinaryOp, BaseBooleanOp, BaseCompOp, BaseUnaryOp


class BitInvert(BaseUnaryOp):
    pass


class Minus(BaseUnaryOp):
    pass


class Not(BaseUnaryOp):
    pass


class Plus(BaseUnaryOp):
    pass


class And(BaseBooleanOp):
    pass


class Or(BaseBooleanOp):
    pass


class Add(BaseBinaryOp):
    pass


class BitAnd(BaseBinaryOp):
    pass


class BitOr(BaseBinaryOp):
    pass


class BitXor(BaseBinaryOp):
    pass


class Divide(BaseBinaryOp):
    pass


class FloorDivide(BaseBinaryOp):
    pass


class LeftShift(BaseBinaryOp):
    pass


class MatrixMultiply(BaseBinaryOp):
    pass


class Modulo(BaseBinaryOp):
    pass


class Multiply(BaseBinaryOp):
    pass


class Power(BaseBinaryOp):
    pass


class RightShift(BaseBinaryOp):
    pass


class Subtract(BaseBinaryOp):
    pass


class AddAssign(BaseAugOp):
    pass


class BitAndAssign(BaseAugOp):
    pass


class BitOrAssign(BaseAugOp):
    pass


class BitXorAssign(BaseAugOp):
    pass


class DivideAssign(BaseAugOp):
    pass


class FloorDivideAssign(BaseAugOp):
    pass


class LeftShiftAssign(BaseAugOp):
    pass


class MatrixMultiplyAssign(BaseAugOp):
    pass


class ModuloAssign(BaseAugOp):
    pass


class MultiplyAssign(BaseAugOp):
    pass


class PowerAssign(BaseAugOp):
    pass


class RightShiftAssign(BaseAugOp):
    pass


class SubtractAssign(BaseAugOp):
    pass


class Equal(BaseCompOp):
    pass


class GreaterThan(BaseCompOp):
    pass


class GreaterThanEqual(BaseCompOp):
    pass


class In(BaseCompOp):
    pass


class Is(BaseCompOp):
    pass


class IsNot(BaseCompOp):
    pass


class LessThan(BaseCompOp):
    pass


class LessThanEqual(BaseCompOp):
    pass


class NotEqual(BaseCompOp):
    pass


class NotIn(BaseCompOp):
    pass
