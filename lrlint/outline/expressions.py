"""Expressions, and what stands in them."""

from __future__ import annotations

from ast import literal_eval
from typing import TYPE_CHECKING

from lrlint.outline.kinds import (
    BaseComp,
    BaseDictElement,
    BaseElement,
    BaseExpression,
    BaseFormattedStringContent,
    BaseNumber,
    BaseSlice,
    BaseString,
    BaseTemplatedStringContent,
    Node,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrlint.outline.kinds import BaseBinaryOp, BaseBooleanOp, BaseCompOp, BaseUnaryOp


class Name(BaseExpression):
    value: str


class Attribute(BaseExpression):
    value: BaseExpression
    attr: Name


class Integer(BaseNumber):
    value: str

    @property
    def evaluated_value(self) -> int:
        return literal_eval(self.value)  # type: ignore[no-any-return]


class Float(BaseNumber):
    value: str

    @property
    def evaluated_value(self) -> float:
        return literal_eval(self.value)  # type: ignore[no-any-return]


class Imaginary(BaseNumber):
    value: str


class Ellipsis(BaseExpression):  # noqa: A001
    pass


class SimpleString(BaseString):
    value: str

    @property
    def evaluated_value(self) -> str | bytes:
        return literal_eval(self.value)  # type: ignore[no-any-return]


class ConcatenatedString(BaseString):
    left: SimpleString | FormattedString
    right: SimpleString | FormattedString | ConcatenatedString

    @property
    def evaluated_value(self) -> str | bytes | None:
        left, right = self.left.evaluated_value, self.right.evaluated_value
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        return left + right if isinstance(left, bytes) and isinstance(right, bytes) else None


class FormattedString(BaseString):
    parts: Sequence[BaseFormattedStringContent]

    @property
    def evaluated_value(self) -> None:
        return None


class FormattedStringText(BaseFormattedStringContent):
    value: str


class FormattedStringExpression(BaseFormattedStringContent):
    expression: BaseExpression
    conversion: str | None
    format_spec: Sequence[BaseFormattedStringContent] | None


class TemplatedString(BaseString):
    parts: Sequence[BaseTemplatedStringContent]


class TemplatedStringText(BaseTemplatedStringContent):
    value: str


class TemplatedStringExpression(BaseTemplatedStringContent):
    expression: BaseExpression
    conversion: str | None
    format_spec: Sequence[BaseTemplatedStringContent] | None


class Element(BaseElement):
    pass


class StarredElement(BaseElement, BaseExpression):
    pass


class Tuple(BaseExpression):
    elements: Sequence[BaseElement]


class List(BaseExpression):
    elements: Sequence[BaseElement]


class Set(BaseExpression):
    elements: Sequence[BaseElement]


class DictElement(BaseDictElement):
    key: BaseExpression
    value: BaseExpression


class StarredDictElement(BaseDictElement):
    pass


class Dict(BaseExpression):
    elements: Sequence[BaseDictElement]


class CompIf(Node):
    test: BaseExpression


class CompFor(Node):
    target: BaseExpression
    iter: BaseExpression
    ifs: Sequence[CompIf]
    inner_for_in: CompFor | None


class GeneratorExp(BaseComp):
    elt: BaseExpression
    for_in: CompFor


class ListComp(BaseComp):
    elt: BaseExpression
    for_in: CompFor


class SetComp(BaseComp):
    elt: BaseExpression
    for_in: CompFor


class DictComp(BaseComp):
    key: BaseExpression
    value: BaseExpression
    for_in: CompFor


class StarredDictComp(BaseComp):
    value: BaseExpression
    for_in: CompFor


class Arg(Node):
    value: BaseExpression
    keyword: Name | None
    star: str


class Call(BaseExpression):
    func: BaseExpression
    args: Sequence[Arg]


class Index(BaseSlice):
    value: BaseExpression
    star: str | None


class Slice(BaseSlice):
    lower: BaseExpression | None
    upper: BaseExpression | None
    step: BaseExpression | None


class SubscriptElement(Node):
    slice: BaseSlice


class Subscript(BaseExpression):
    value: BaseExpression
    slice: Sequence[SubscriptElement]


class Annotation(Node):
    annotation: BaseExpression


class Param(Node):
    name: Name
    annotation: Annotation | None
    default: BaseExpression | None
    star: str | None


class ParamStar(Node):
    pass


class Parameters(Node):
    params: Sequence[Param]
    star_arg: Param | ParamStar | None
    kwonly_params: Sequence[Param]
    star_kwarg: Param | None
    posonly_params: Sequence[Param]


class Lambda(BaseExpression):
    params: Parameters
    body: BaseExpression


class UnaryOperation(BaseExpression):
    operator: BaseUnaryOp
    expression: BaseExpression


class BinaryOperation(BaseExpression):
    left: BaseExpression
    operator: BaseBinaryOp
    right: BaseExpression


class BooleanOperation(BaseExpression):
    left: BaseExpression
    operator: BaseBooleanOp
    right: BaseExpression


class ComparisonTarget(Node):
    operator: BaseCompOp
    comparator: BaseExpression


class Comparison(BaseExpression):
    left: BaseExpression
    comparisons: Sequence[ComparisonTarget]


class IfExp(BaseExpression):
    test: BaseExpression
    body: BaseExpression
    orelse: BaseExpression


class NamedExpr(BaseExpression):
    target: BaseExpression
    value: BaseExpression


class Await(BaseExpression):
    expression: BaseExpression


class From(Node):
    item: BaseExpression


class Yield(BaseExpression):
    value: BaseExpression | From | None
