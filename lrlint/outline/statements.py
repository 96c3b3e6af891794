"""Statements of the stdlib tree as LibCST's."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

import libcst as cst

from lrlint.outline.expressions import ASYNCHRONOUS, ExpressionOutliner, Unlike
from lrlint.outline.nodes import ASSIGNING, ATTRIBUTE, FROM, NAME, TUPLE, maker

_ALIAS = maker(cst.ImportAlias, "name", "asname")
_ANNOTATED = maker(cst.AnnAssign, "target", "annotation", "value")
_AS = maker(cst.AsName, "name")
_ASSERT = maker(cst.Assert, "test", "msg")
_ASSIGN = maker(cst.Assign, "targets", "value")
_AUGMENTED = maker(cst.AugAssign, "target", "operator", "value")
_BLOCK = maker(cst.IndentedBlock, "body")
_BREAK = maker(cst.Break, "semicolon")
_CLASS = maker(cst.ClassDef, "name", "body", "bases", "keywords", "decorators", "type_parameters")
_CONTINUE = maker(cst.Continue, "semicolon")
_DECORATOR = maker(cst.Decorator, "decorator")
_DEL = maker(cst.Del, "target")
_ELSE = maker(cst.Else, "body")
_EXPR = maker(cst.Expr, "value")
_FINALLY = maker(cst.Finally, "body")
_FOR = maker(cst.For, "target", "iter", "body", "orelse", "asynchronous")
_FUNCTION = maker(cst.FunctionDef, "name", "params", "body", "decorators", "returns", "asynchronous", "type_parameters")
_GLOBAL = maker(cst.Global, "names")
_HANDLER = maker(cst.ExceptHandler, "body", "type", "name")
_IF = maker(cst.If, "test", "body", "orelse")
_IMPORT = maker(cst.Import, "names")
_IMPORT_FROM = maker(cst.ImportFrom, "module", "names", "relative")
_ITEM = maker(cst.WithItem, "item", "asname")
_LINE = maker(cst.SimpleStatementLine, "body")
_MODULE = maker(cst.Module, "body")
_NAME_ITEM = maker(cst.NameItem, "name")
_NONLOCAL = maker(cst.Nonlocal, "names")
_PASS = maker(cst.Pass, "semicolon")
_RAISE = maker(cst.Raise, "exc", "cause")
_RETURN = maker(cst.Return, "value")
_SUITE = maker(cst.SimpleStatementSuite, "body")
_TARGET = maker(cst.AssignTarget, "target")
_TRY = maker(cst.Try, "body", "handlers", "orelse", "finalbody")
_WHILE = maker(cst.While, "test", "body", "orelse")
_WITH = maker(cst.With, "items", "body", "asynchronous")

_DOT = cst.Dot()
_STAR = cst.ImportStar()


class Outliner(ExpressionOutliner):
    """Makes the outlines of statements: of those in lines by :data:`_IN_LINES`, of the others by :data:`_COMPOUND`."""

    def module(self, tree: ast.Module) -> cst.Module:
        """The outline of a module; raises :class:`Unlike`."""
        return _MODULE(self._statements(tree.body))

    def _statements(self, nodes: Sequence[ast.stmt]) -> list[cst.CSTNode]:
        """The statements of a block; those with semicolons between them share a line."""
        found: list[Any] = []
        row = 0
        for node in nodes:
            compound = _COMPOUND.get(type(node))
            if compound is not None:
                found.append(compound(self, node))
                row = 0
                continue
            if node.lineno == row:
                found[-1].body.append(self._in_line(node))
            else:
                found.append(_LINE([self._in_line(node)]))
            row = node.end_lineno or 0
        return found

    def _in_line(self, node: ast.stmt) -> Any:
        method = _IN_LINES.get(type(node))
        if method is None:
            raise Unlike(type(node).__name__)
        return method(self, node)

    def _suite(self, nodes: Sequence[ast.stmt]) -> Any:
        """What stands behind a colon: a block, or the statements in the same line."""
        if type(nodes[0]) in _IN_LINES and not self.rows.is_first(nodes[0]):
            return _SUITE([self._in_line(node) for node in nodes])
        return _BLOCK(self._statements(nodes))

    # Compound statements.

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> cst.FunctionDef:
        _check_type_parameters(node)
        return _FUNCTION(
            NAME(node.name),
            self.parameters(node.args),
            self._suite(node.body),
            self._decorators(node.decorator_list),
            self.annotation(node.returns),
            ASYNCHRONOUS if type(node) is ast.AsyncFunctionDef else None,
            None,
        )

    def class_(self, node: ast.ClassDef) -> cst.ClassDef:
        _check_type_parameters(node)
        args = self.arguments(node.bases, node.keywords)
        return _CLASS(
            NAME(node.name),
            self._suite(node.body),
            [arg for arg in args if arg.keyword is None and arg.star != "**"],
            [arg for arg in args if arg.keyword is not None or arg.star == "**"],
            self._decorators(node.decorator_list),
            None,
        )

    def _decorators(self, nodes: Sequence[ast.expr]) -> list[cst.Decorator]:
        return [_DECORATOR(self.expression(node)) for node in nodes]

    def if_(self, node: ast.If) -> cst.If:
        orelse: Any = None
        if len(node.orelse) == 1 and type(inner := node.orelse[0]) is ast.If and self.rows.begins(inner, "elif"):
            orelse = self.if_(inner)
        elif node.orelse:
            orelse = self._else(node.orelse)
        return _IF(self.expression(node.test), self._suite(node.body), orelse)

    def _else(self, nodes: Sequence[ast.stmt]) -> cst.Else | None:
        return _ELSE(self._suite(nodes)) if nodes else None

    def for_(self, node: ast.For | ast.AsyncFor) -> cst.For:
        return _FOR(
            self.expression(node.target),
            self.expression(node.iter),
            self._suite(node.body),
            self._else(node.orelse),
            ASYNCHRONOUS if type(node) is ast.AsyncFor else None,
        )

    def while_(self, node: ast.While) -> cst.While:
        return _WHILE(self.expression(node.test), self._suite(node.body), self._else(node.orelse))

    def with_(self, node: ast.With | ast.AsyncWith) -> cst.With:
        items = [
            _ITEM(
                self.expression(item.context_expr),
                _AS(self.expression(item.optional_vars)) if item.optional_vars else None,
            )
            for item in node.items
        ]
        return _WITH(items, self._suite(node.body), ASYNCHRONOUS if type(node) is ast.AsyncWith else None)

    def try_(self, node: ast.Try) -> cst.Try:
        handlers = [
            _HANDLER(self._suite(each.body), self.perhaps(each.type), _AS(NAME(each.name)) if each.name else None)
            for each in node.handlers
        ]
        last = _FINALLY(self._suite(node.finalbody)) if node.finalbody else None
        return _TRY(self._suite(node.body), handlers, self._else(node.orelse), last)

    # Statements in lines.

    def expr(self, node: ast.Expr) -> cst.Expr:
        return _EXPR(self.expression(node.value))

    def assign(self, node: ast.Assign) -> cst.Assign:
        return _ASSIGN([_TARGET(self.expression(target)) for target in node.targets], self.expression(node.value))

    def augmented(self, node: ast.AugAssign) -> cst.AugAssign:
        return _AUGMENTED(self.expression(node.target), ASSIGNING[type(node.op).__name__], self.expression(node.value))

    def annotated(self, node: ast.AnnAssign) -> cst.AnnAssign:
        return _ANNOTATED(self.expression(node.target), self.annotation(node.annotation), self.perhaps(node.value))

    def return_(self, node: ast.Return) -> cst.Return:
        return _RETURN(self.perhaps(node.value))

    def raise_(self, node: ast.Raise) -> cst.Raise:
        return _RAISE(self.perhaps(node.exc), None if node.cause is None else FROM(self.expression(node.cause)))

    def assert_(self, node: ast.Assert) -> cst.Assert:
        return _ASSERT(self.expression(node.test), self.perhaps(node.msg))

    def del_(self, node: ast.Delete) -> cst.Del:
        if len(node.targets) == 1:
            return _DEL(self.expression(node.targets[0]))
        return _DEL(TUPLE(self.elements(node.targets)))

    def pass_(self, _: ast.Pass) -> cst.Pass:
        return _PASS(cst.MaybeSentinel.DEFAULT)

    def break_(self, _: ast.Break) -> cst.Break:
        return _BREAK(cst.MaybeSentinel.DEFAULT)

    def continue_(self, _: ast.Continue) -> cst.Continue:
        return _CONTINUE(cst.MaybeSentinel.DEFAULT)

    def global_(self, node: ast.Global) -> cst.Global:
        return _GLOBAL([_NAME_ITEM(NAME(name)) for name in node.names])

    def nonlocal_(self, node: ast.Nonlocal) -> cst.Nonlocal:
        return _NONLOCAL([_NAME_ITEM(NAME(name)) for name in node.names])

    def import_(self, node: ast.Import) -> cst.Import:
        return _IMPORT([self._alias(alias) for alias in node.names])

    def import_from(self, node: ast.ImportFrom) -> cst.ImportFrom:
        names = _STAR if node.names[0].name == "*" else [self._alias(alias) for alias in node.names]
        return _IMPORT_FROM(_dotted(node.module) if node.module else None, names, [_DOT] * node.level)

    def _alias(self, node: ast.alias) -> cst.ImportAlias:
        return _ALIAS(_dotted(node.name), _AS(NAME(node.asname)) if node.asname else None)


def _dotted(name: str) -> cst.Name | cst.Attribute:
    first, *rest = name.split(".")
    outlined: Any = NAME(first)
    for part in rest:
        outlined = ATTRIBUTE(outlined, NAME(part))
    return outlined  # type: ignore[no-any-return]


def _check_type_parameters(node: ast.AST) -> None:
    if getattr(node, "type_params", None):
        raise Unlike("type parameters")


_COMPOUND: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.AsyncFor: Outliner.for_,
    ast.AsyncFunctionDef: Outliner.function,
    ast.AsyncWith: Outliner.with_,
    ast.ClassDef: Outliner.class_,
    ast.For: Outliner.for_,
    ast.FunctionDef: Outliner.function,
    ast.If: Outliner.if_,
    ast.Try: Outliner.try_,
    ast.While: Outliner.while_,
    ast.With: Outliner.with_,
}

_IN_LINES: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.AnnAssign: Outliner.annotated,
    ast.Assert: Outliner.assert_,
    ast.Assign: Outliner.assign,
    ast.AugAssign: Outliner.augmented,
    ast.Break: Outliner.break_,
    ast.Continue: Outliner.continue_,
    ast.Delete: Outliner.del_,
    ast.Expr: Outliner.expr,
    ast.Global: Outliner.global_,
    ast.Import: Outliner.import_,
    ast.ImportFrom: Outliner.import_from,
    ast.Nonlocal: Outliner.nonlocal_,
    ast.Pass: Outliner.pass_,
    ast.Raise: Outliner.raise_,
    ast.Return: Outliner.return_,
}
