"""The outlines of expressions, from the stdlib tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from itertools import repeat
from typing import Any

from lrlint import outline
from lrlint.program.literals import StringOutliner, is_one_literal
from lrlint.program.operators import OPERATORS
from lrlint.program.unlike import Unlike
from lrlint.rows import Rows

_ONLY_KEYWORDS_BEHIND = outline.ParamStar()


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
        return None if node is None else self.expression(node)

    def name(self, node: ast.Name) -> outline.Name:
        return outline.Name(node.id)

    def attribute(self, node: ast.Attribute) -> outline.Attribute:
        return outline.Attribute(self.expression(node.value), outline.Name(node.attr))

    def call(self, node: ast.Call) -> outline.Call:
        return outline.Call(self.expression(node.func), self.arguments(node.args, node.keywords))

    def arguments(self, positional: Sequence[ast.expr], keywords: Sequence[ast.keyword]) -> list[outline.Arg]:
        """The arguments of a call, in the order in which they are written: ``f(a=1, *b)`` is good Python."""
        args = [self._positional(value) for value in positional]
        if not keywords:
            return args
        args += map(self.keyword, keywords)
        if any(type(value) is ast.Starred for value in positional):
            nodes: list[ast.expr | ast.keyword] = [*positional, *keywords]
            places = [(node.lineno, node.col_offset) for node in nodes]
            return [args[index] for index in sorted(range(len(args)), key=places.__getitem__)]
        return args

    def keyword(self, node: ast.keyword) -> outline.Arg:
        """The outline of an argument with a name, or of ``**``."""
        if node.arg is None:
            return outline.Arg(self.expression(node.value), None, "**")
        return outline.Arg(self.expression(node.value), outline.Name(node.arg), "")

    def _positional(self, node: ast.expr) -> outline.Arg:
        if type(node) is ast.Starred:
            return outline.Arg(self.expression(node.value), None, "*")
        return outline.Arg(self.expression(node), None, "")

    def constant(self, node: ast.Constant) -> Any:
        value = node.value
        kind = type(value)
        if value is None or kind is bool:
            return outline.Name(str(value))
        code = self.rows.code(node)
        if kind is str or kind is bytes:
            return outline.SimpleString(code) if is_one_literal(code) else self.string(node)
        if kind is int:
            return outline.Integer(code)
        if kind is float:
            return outline.Float(code)
        return outline.Imaginary(code) if kind is complex else outline.Ellipsis()

    def string(self, node: ast.Constant | ast.JoinedStr) -> Any:
        """A string that is written in pieces, or with expressions in it."""
        return StringOutliner(node, self.rows.code(node), self.expression).outlined()

    def unary(self, node: ast.UnaryOp) -> outline.UnaryOperation:
        return outline.UnaryOperation(OPERATORS[type(node.op).__name__], self.expression(node.operand))

    def binary(self, node: ast.BinOp) -> outline.BinaryOperation:
        left = self.expression(node.left)
        return outline.BinaryOperation(left, OPERATORS[type(node.op).__name__], self.expression(node.right))

    def boolean(self, node: ast.BoolOp) -> Any:
        """``a or b or c``, which is flat in the stdlib tree and nested to the left in LibCST's."""
        operator = OPERATORS[type(node.op).__name__]
        outlined = self.expression(node.values[0])
        for value in node.values[1:]:
            outlined = outline.BooleanOperation(outlined, operator, self.expression(value))
        return outlined

    def comparison(self, node: ast.Compare) -> outline.Comparison:
        left = self.expression(node.left)
        pairs = zip(node.ops, node.comparators, strict=True)
        return outline.Comparison(
            left,
            [outline.ComparisonTarget(OPERATORS[type(op).__name__], self.expression(other)) for op, other in pairs],
        )

    def conditional(self, node: ast.IfExp) -> outline.IfExp:
        return outline.IfExp(self.expression(node.test), self.expression(node.body), self.expression(node.orelse))

    def named(self, node: ast.NamedExpr) -> outline.NamedExpr:
        return outline.NamedExpr(self.expression(node.target), self.expression(node.value))

    def lambda_(self, node: ast.Lambda) -> outline.Lambda:
        return outline.Lambda(self.parameters(node.args), self.expression(node.body))

    def awaited(self, node: ast.Await) -> outline.Await:
        return outline.Await(self.expression(node.value))

    def yielded(self, node: ast.Yield) -> outline.Yield:
        return outline.Yield(self.perhaps(node.value))

    def yielded_from(self, node: ast.YieldFrom) -> outline.Yield:
        return outline.Yield(outline.From(self.expression(node.value)))

    # Containers.

    def tuple_(self, node: ast.Tuple) -> outline.Tuple:
        return outline.Tuple(self.elements(node.elts))

    def list_(self, node: ast.List) -> outline.List:
        return outline.List(self.elements(node.elts))

    def set_(self, node: ast.Set) -> outline.Set:
        return outline.Set(self.elements(node.elts))

    def elements(self, nodes: Sequence[ast.expr]) -> list[outline.BaseElement]:
        """The elements of a list, a tuple or a set."""
        return [
            self.starred(node) if type(node) is ast.Starred else outline.Element(self.expression(node))
            for node in nodes
        ]

    def starred(self, node: ast.Starred) -> outline.StarredElement:
        """What stands behind a star in a list, or as the annotation of ``*args``."""
        return outline.StarredElement(self.expression(node.value))

    def dict_(self, node: ast.Dict) -> outline.Dict:
        return outline.Dict(
            [
                outline.StarredDictElement(self.expression(value))
                if key is None
                else outline.DictElement(key=self.expression(key), value=self.expression(value))
                for key, value in zip(node.keys, node.values, strict=True)
            ]
        )

    def subscript(self, node: ast.Subscript) -> outline.Subscript:
        value = self.expression(node.value)
        inner = node.slice
        parts = inner.elts if type(inner) is ast.Tuple and inner.elts and not self._is_enclosed(inner) else [inner]
        return outline.Subscript(value, [outline.SubscriptElement(self._subscripted(part)) for part in parts])

    def _subscripted(self, node: ast.expr) -> outline.BaseSlice:
        if type(node) is ast.Slice:
            return outline.Slice(self.perhaps(node.lower), self.perhaps(node.upper), self.perhaps(node.step))
        if type(node) is ast.Starred:
            return outline.Index(self.expression(node.value), "*")
        return outline.Index(self.expression(node), None)

    def _is_enclosed(self, node: ast.Tuple) -> bool:
        """Whether a tuple has parentheses of its own: put behind a name, they are those of a call."""
        first = node.elts[0]
        if (first.lineno, first.col_offset) == (node.lineno, node.col_offset) and type(first) is not ast.Tuple:
            return False
        called = ast.parse(f"(_{self.rows.code(node)})", mode="eval").body
        return type(called) is ast.Call and type(called.func) is ast.Name

    # Comprehensions.

    def list_comprehension(self, node: ast.ListComp) -> outline.ListComp:
        return outline.ListComp(elt=self.expression(node.elt), for_in=self._loops(node.generators))

    def set_comprehension(self, node: ast.SetComp) -> outline.SetComp:
        return outline.SetComp(elt=self.expression(node.elt), for_in=self._loops(node.generators))

    def dict_comprehension(self, node: ast.DictComp) -> outline.DictComp:
        key, value = self.expression(node.key), self.expression(node.value)
        return outline.DictComp(key=key, value=value, for_in=self._loops(node.generators))

    def generator(self, node: ast.GeneratorExp) -> outline.GeneratorExp:
        return outline.GeneratorExp(elt=self.expression(node.elt), for_in=self._loops(node.generators))

    def _loops(self, nodes: Sequence[ast.comprehension]) -> outline.CompFor:
        """The ``for`` of a comprehension, each inside the one before it."""
        first, *others = nodes
        return outline.CompFor(
            self.expression(first.target),
            self.expression(first.iter),
            [outline.CompIf(self.expression(test)) for test in first.ifs],
            self._loops(others) if others else None,
        )

    # Parameters.

    def parameters(self, node: ast.arguments) -> outline.Parameters:
        """The parameters of a function."""
        before = len(node.posonlyargs)
        without = before + len(node.args) - len(node.defaults)
        defaults = (*repeat(None, without), *node.defaults)
        star: outline.Param | outline.ParamStar | None = None
        if node.vararg is not None:
            star = self._parameter(node.vararg, None, "*")
        elif node.kwonlyargs:
            star = _ONLY_KEYWORDS_BEHIND
        return outline.Parameters(
            list(map(self._parameter, node.args, defaults[before:])),
            star,
            list(map(self._parameter, node.kwonlyargs, node.kw_defaults)),
            None if node.kwarg is None else self._parameter(node.kwarg, None, "**"),
            list(map(self._parameter, node.posonlyargs, defaults[:before])),
        )

    def _parameter(self, node: ast.arg, default: ast.expr | None, star: str = "") -> outline.Param:
        return outline.Param(
            outline.Name(node.arg),
            self.annotation(node.annotation) if node.annotation else None,
            self.perhaps(default),
            star,
        )

    def annotation(self, node: ast.expr) -> outline.Annotation:
        return outline.Annotation(self.expression(node))


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
    ast.JoinedStr: ExpressionOutliner.string,
    ast.Lambda: ExpressionOutliner.lambda_,
    ast.List: ExpressionOutliner.list_,
    ast.ListComp: ExpressionOutliner.list_comprehension,
    ast.Name: ExpressionOutliner.name,
    ast.NamedExpr: ExpressionOutliner.named,
    ast.Set: ExpressionOutliner.set_,
    ast.SetComp: ExpressionOutliner.set_comprehension,
    ast.Starred: ExpressionOutliner.starred,
    ast.Subscript: ExpressionOutliner.subscript,
    ast.Tuple: ExpressionOutliner.tuple_,
    ast.UnaryOp: ExpressionOutliner.unary,
    ast.Yield: ExpressionOutliner.yielded,
    ast.YieldFrom: ExpressionOutliner.yielded_from,
}
