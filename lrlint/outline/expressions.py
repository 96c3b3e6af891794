"""Expressions of the stdlib tree as LibCST's."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

import libcst as cst

from lrlint.outline.nodes import ATTRIBUTE, FROM, NAME, OPERATORS, TUPLE, maker
from lrlint.rows import Rows

_ARG = maker(cst.Arg, "value", "keyword", "star")
_AWAIT = maker(cst.Await, "expression")
_BINARY = maker(cst.BinaryOperation, "left", "operator", "right")
_BOOLEAN = maker(cst.BooleanOperation, "left", "operator", "right")
_CALL = maker(cst.Call, "func", "args")
_COMPARED = maker(cst.ComparisonTarget, "operator", "comparator")
_COMPARISON = maker(cst.Comparison, "left", "comparisons")
_CONDITION = maker(cst.CompIf, "test")
_CONDITIONAL = maker(cst.IfExp, "test", "body", "orelse")
_DICT = maker(cst.Dict, "elements")
_DICT_COMPREHENSION = maker(cst.DictComp, "key", "value", "for_in")
_ELEMENT = maker(cst.Element, "value")
_FLOAT = maker(cst.Float, "value")
_GENERATOR = maker(cst.GeneratorExp, "elt", "for_in")
_IMAGINARY = maker(cst.Imaginary, "value")
_INDEX = maker(cst.Index, "value", "star")
_INTEGER = maker(cst.Integer, "value")
_ITEM = maker(cst.DictElement, "key", "value")
_LAMBDA = maker(cst.Lambda, "params", "body")
_LIST = maker(cst.List, "elements")
_LIST_COMPREHENSION = maker(cst.ListComp, "elt", "for_in")
_LOOP = maker(cst.CompFor, "target", "iter", "ifs", "inner_for_in", "asynchronous")
_NAMED = maker(cst.NamedExpr, "target", "value")
_PARAM = maker(cst.Param, "name", "annotation", "default", "star")
_PARAMETERS = maker(cst.Parameters, "params", "star_arg", "kwonly_params", "star_kwarg", "posonly_params")
_ANNOTATION = maker(cst.Annotation, "annotation")
_SET = maker(cst.Set, "elements")
_SET_COMPREHENSION = maker(cst.SetComp, "elt", "for_in")
_SLICE = maker(cst.Slice, "lower", "upper", "step")
_STARRED = maker(cst.StarredElement, "value")
_STARRED_ITEM = maker(cst.StarredDictElement, "value")
_STRING = maker(cst.SimpleString, "value")
_SUBSCRIPT = maker(cst.Subscript, "value", "slice")
_SUBSCRIPTED = maker(cst.SubscriptElement, "slice")
_UNARY = maker(cst.UnaryOperation, "operator", "expression")
_YIELD = maker(cst.Yield, "value")

ASYNCHRONOUS = cst.Asynchronous()
_ELLIPSIS = maker(cst.Ellipsis, "lpar")
_ONLY_KEYWORDS_BEHIND = cst.ParamStar()


class Unlike(Exception):
    """What an outline cannot tell from the stdlib tree."""


class ExpressionOutliner:
    """Makes the outlines of expressions, each by the method in :data:`_METHODS`."""

    def __init__(self, text: str) -> None:
        self.rows = Rows(text)

    def expression(self, node: ast.expr) -> Any:
        """The outline of any expression; raises :class:`Unlike`."""
        method = _METHODS.get(type(node))
        if method is None:
            raise Unlike(type(node).__name__)
        return method(self, node)

    def perhaps(self, node: ast.expr | None) -> Any:
        """The outline of an expression that may not be there."""
        return None if node is None else _METHODS[type(node)](self, node)

    def name(self, node: ast.Name) -> cst.Name:
        return NAME(node.id)

    def attribute(self, node: ast.Attribute) -> cst.Attribute:
        return ATTRIBUTE(self.expression(node.value), NAME(node.attr))

    def call(self, node: ast.Call) -> cst.Call:
        return _CALL(self.expression(node.func), self.arguments(node.args, node.keywords))

    def arguments(self, positional: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> list[cst.Arg]:
        """The arguments of a call, in the order in which they are written: ``f(a=1, *b)`` is good Python."""
        args = [self._positional(value) for value in positional]
        if not keywords:
            return args
        args += [
            _ARG(self.expression(each.value), NAME(each.arg), "")
            if each.arg is not None
            else _ARG(self.expression(each.value), None, "**")
            for each in keywords
        ]
        if any(type(value) is ast.Starred for value in positional):
            nodes: list[ast.expr | ast.keyword] = [*positional, *keywords]
            places = [(node.lineno, node.col_offset) for node in nodes]
            return [args[index] for index in sorted(range(len(args)), key=places.__getitem__)]
        return args

    def _positional(self, node: ast.expr) -> cst.Arg:
        if type(node) is ast.Starred:
            return _ARG(self.expression(node.value), None, "*")
        return _ARG(self.expression(node), None, "")

    def constant(self, node: ast.Constant) -> Any:
        value = node.value
        kind = type(value)
        if value is None or kind is bool:
            return NAME(str(value))
        code = self.rows.code(node)
        if kind is str or kind is bytes:
            return _STRING(code) if _is_one_literal(code) else self._as_written(node)
        if kind is int:
            return _INTEGER(code)
        if kind is float:
            return _FLOAT(code)
        return _IMAGINARY(code) if kind is complex else _ELLIPSIS(())

    def _as_written(self, node: ast.expr) -> cst.BaseExpression:
        """Strings in pieces, and those that hold expressions: LibCST reads them on its own."""
        code = self.rows.code(node)
        try:
            return cst.parse_expression(f"({code})").with_changes(lpar=(), rpar=())
        except cst.ParserSyntaxError:
            raise Unlike(code) from None

    def unary(self, node: ast.UnaryOp) -> cst.UnaryOperation:
        return _UNARY(OPERATORS[type(node.op).__name__], self.expression(node.operand))

    def binary(self, node: ast.BinOp) -> cst.BinaryOperation:
        left = self.expression(node.left)
        return _BINARY(left, OPERATORS[type(node.op).__name__], self.expression(node.right))

    def boolean(self, node: ast.BoolOp) -> Any:
        """``a or b or c``, which is flat in the stdlib tree and nested to the left in LibCST's."""
        operator = OPERATORS[type(node.op).__name__]
        outlined = self.expression(node.values[0])
        for value in node.values[1:]:
            outlined = _BOOLEAN(outlined, operator, self.expression(value))
        return outlined

    def comparison(self, node: ast.Compare) -> cst.Comparison:
        left = self.expression(node.left)
        pairs = zip(node.ops, node.comparators, strict=True)
        return _COMPARISON(
            left, [_COMPARED(OPERATORS[type(op).__name__], self.expression(other)) for op, other in pairs]
        )

    def conditional(self, node: ast.IfExp) -> cst.IfExp:
        return _CONDITIONAL(self.expression(node.test), self.expression(node.body), self.expression(node.orelse))

    def named(self, node: ast.NamedExpr) -> cst.NamedExpr:
        return _NAMED(self.expression(node.target), self.expression(node.value))

    def lambda_(self, node: ast.Lambda) -> cst.Lambda:
        return _LAMBDA(self.parameters(node.args), self.expression(node.body))

    def awaited(self, node: ast.Await) -> cst.Await:
        return _AWAIT(self.expression(node.value))

    def yielded(self, node: ast.Yield) -> cst.Yield:
        return _YIELD(self.perhaps(node.value))

    def yielded_from(self, node: ast.YieldFrom) -> cst.Yield:
        return _YIELD(FROM(self.expression(node.value)))

    # Containers.

    def tuple_(self, node: ast.Tuple) -> cst.Tuple:
        return TUPLE(self.elements(node.elts))

    def list_(self, node: ast.List) -> cst.List:
        return _LIST(self.elements(node.elts))

    def set_(self, node: ast.Set) -> cst.Set:
        return _SET(self.elements(node.elts))

    def elements(self, nodes: Sequence[ast.expr]) -> list[cst.BaseElement]:
        """The elements of a list, a tuple or a set."""
        return [
            _STARRED(self.expression(node.value)) if type(node) is ast.Starred else _ELEMENT(self.expression(node))
            for node in nodes
        ]

    def dict_(self, node: ast.Dict) -> cst.Dict:
        return _DICT(
            [
                _STARRED_ITEM(self.expression(value))
                if key is None
                else _ITEM(self.expression(key), self.expression(value))
                for key, value in zip(node.keys, node.values, strict=True)
            ]
        )

    def subscript(self, node: ast.Subscript) -> cst.Subscript:
        value = self.expression(node.value)
        inner = node.slice
        parts = inner.elts if type(inner) is ast.Tuple and inner.elts and not self._is_enclosed(inner) else [inner]
        return _SUBSCRIPT(value, [_SUBSCRIPTED(self._subscripted(part)) for part in parts])

    def _subscripted(self, node: ast.expr) -> cst.BaseSlice:
        if type(node) is ast.Slice:
            return _SLICE(self.perhaps(node.lower), self.perhaps(node.upper), self.perhaps(node.step))
        if type(node) is ast.Starred:
            return _INDEX(self.expression(node.value), "*")
        return _INDEX(self.expression(node), None)

    def _is_enclosed(self, node: ast.Tuple) -> bool:
        """Whether a tuple has parentheses of its own: put behind a name, they are those of a call."""
        first = node.elts[0]
        if (first.lineno, first.col_offset) == (node.lineno, node.col_offset) and type(first) is not ast.Tuple:
            return False
        called = ast.parse(f"(_{self.rows.code(node)})", mode="eval").body
        return type(called) is ast.Call and type(called.func) is ast.Name

    # Comprehensions.

    def list_comprehension(self, node: ast.ListComp) -> cst.ListComp:
        return _LIST_COMPREHENSION(self.expression(node.elt), self._loops(node.generators))

    def set_comprehension(self, node: ast.SetComp) -> cst.SetComp:
        return _SET_COMPREHENSION(self.expression(node.elt), self._loops(node.generators))

    def dict_comprehension(self, node: ast.DictComp) -> cst.DictComp:
        loops = self._loops(node.generators)
        return _DICT_COMPREHENSION(self.expression(node.key), self.expression(node.value), loops)

    def generator(self, node: ast.GeneratorExp) -> cst.GeneratorExp:
        return _GENERATOR(self.expression(node.elt), self._loops(node.generators))

    def _loops(self, nodes: Sequence[ast.comprehension]) -> cst.CompFor | None:
        """The ``for`` of a comprehension, each inside the one before it."""
        loop: cst.CompFor | None = None
        for node in reversed(nodes):
            conditions = [_CONDITION(self.expression(test)) for test in node.ifs]
            target, iterated = self.expression(node.target), self.expression(node.iter)
            loop = _LOOP(target, iterated, conditions, loop, ASYNCHRONOUS if node.is_async else None)
        return loop

    # Parameters.

    def parameters(self, node: ast.arguments) -> cst.Parameters:
        """The parameters of a function."""
        before = len(node.posonlyargs)
        without = before + len(node.args) - len(node.defaults)
        defaults = (*repeat(None, without), *node.defaults)
        star: object = cst.MaybeSentinel.DEFAULT
        if node.vararg is not None:
            star = self._parameter(node.vararg, None, "*")
        elif node.kwonlyargs:
            star = _ONLY_KEYWORDS_BEHIND
        return _PARAMETERS(
            list(map(self._parameter, node.args, defaults[before:])),
            star,
            list(map(self._parameter, node.kwonlyargs, node.kw_defaults)),
            None if node.kwarg is None else self._parameter(node.kwarg, None, "**"),
            list(map(self._parameter, node.posonlyargs, defaults[:before])),
        )

    def _parameter(self, node: ast.arg, default: ast.expr | None, star: str = "") -> cst.Param:
        return _PARAM(NAME(node.arg), self.annotation(node.annotation), self.perhaps(default), star)

    def annotation(self, node: ast.expr | None) -> cst.Annotation | None:
        """An annotation that may not be there."""
        return None if node is None else _ANNOTATION(self.expression(node))


def _is_one_literal(code: str) -> bool:
    """Whether the code of a string is a single literal without a quote in it, as most are."""
    quote = code[-1]
    if code.endswith(quote * 3) and len(code) > 3:
        quote *= 3
    return code.count(quote) == 2 and code.lstrip("bBrRuU").startswith(quote)


_METHODS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Attribute: ExpressionOutliner.attribute,
    ast.Await: ExpressionOutliner.awaited,
    ast.BinOp: ExpressionOutliner.binary,
    ast.BoolOp: ExpressionOutliner.boolean,
    ast.Call: ExpressionOutliner.call,
    ast.Compare: ExpressionOutliner.comparison,
    ast.Constant: ExpressionOutliner.constant,
    ast.Dict: ExpressionOutliner.dict_,
    ast.DictComp: ExpressionOutliner.dict_comprehension,
    ast.GeneratorExp: ExpressionOutliner.generator,
    ast.IfExp: ExpressionOutliner.conditional,
    ast.JoinedStr: ExpressionOutliner._as_written,
    ast.Lambda: ExpressionOutliner.lambda_,
    ast.List: ExpressionOutliner.list_,
    ast.ListComp: ExpressionOutliner.list_comprehension,
    ast.Name: ExpressionOutliner.name,
    ast.NamedExpr: ExpressionOutliner.named,
    ast.Set: ExpressionOutliner.set_,
    ast.SetComp: ExpressionOutliner.set_comprehension,
    ast.Subscript: ExpressionOutliner.subscript,
    ast.Tuple: ExpressionOutliner.tuple_,
    ast.UnaryOp: ExpressionOutliner.unary,
    ast.Yield: ExpressionOutliner.yielded,
    ast.YieldFrom: ExpressionOutliner.yielded_from,
}
