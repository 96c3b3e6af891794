"""The outlines of statements, from the stdlib tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from lrlint import outline
from lrlint.comments import Comments
from lrlint.program.operators import ASSIGNING
from lrlint.program.patterns import PatternOutliner
from lrlint.program.unlike import Unlike

_BLANK = " \t\f\ufeff"
_DOT = outline.Dot()
_STAR = outline.ImportStar()


class Outliner(PatternOutliner):
    """Makes the outlines of statements: of those in lines by :data:`_IN_LINES`, of the others by :data:`_COMPOUND`."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.comments = Comments(text)
        self._continuing = self.rows.continuing

    def module(self, tree: ast.Module) -> outline.Module:
        """The outline of a module; raises :class:`Unlike`."""
        return outline.Module(self._statements(tree.body))

    def _statements(self, nodes: Sequence[ast.stmt]) -> list[Any]:
        """The statements of a block; those with semicolons between them share a line."""
        found: list[Any] = []
        row = 0
        for node in nodes:
            if type(node) in _COMPOUND:
                found.append(self.compound(node))
                row = 0
                continue
            if node.lineno == row or (node.lineno in self._continuing and row and not self._is_first(node)):
                found[-1].body.append(self.in_line(node))
            else:
                found.append(outline.SimpleStatementLine([self.in_line(node)]))
            row = node.end_lineno or 0
        return found

    def compound(self, node: ast.stmt) -> Any:
        """The outline of a statement with others in it; raises :class:`Unlike`."""
        return _COMPOUND[type(node)](self, node)

    def in_line(self, node: ast.stmt) -> Any:
        """The outline of a statement that shares its line, or could; raises :class:`Unlike`."""
        method = _IN_LINES.get(type(node))
        if method is None:
            raise Unlike(type(node).__name__)
        return method(self, node)

    def _suite(self, nodes: Sequence[ast.stmt]) -> Any:
        """What stands behind a colon: a block, or the statements in the same line."""
        if type(nodes[0]) in _IN_LINES and not self._is_first(nodes[0]):
            return outline.SimpleStatementSuite([self.in_line(node) for node in nodes])
        return outline.IndentedBlock(self._statements(nodes))

    def _is_first(self, node: ast.stmt) -> bool:
        """Whether a statement is the first in its line, which may have begun in rows above, each with a backslash behind."""
        row, before = node.lineno, self.rows.before(node.lineno, node.col_offset)
        while not before.strip(_BLANK) and row in self._continuing:
            row -= 1
            if self.comments.stand_in(row):  # the backslash is a comment's
                break
            before = self.rows.line(row)[:-1]
        return not before.strip(_BLANK)

    # Compound statements.

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> outline.FunctionDef:
        return outline.FunctionDef(
            outline.Name(node.name),
            self.parameters(node.args),
            self._suite(node.body),
            self._decorators(node.decorator_list),
            self.annotation(node.returns) if node.returns else None,
            self._type_parameters(node),
        )

    def class_(self, node: ast.ClassDef) -> outline.ClassDef:
        args = self.arguments(node.bases, node.keywords)
        return outline.ClassDef(
            outline.Name(node.name),
            self._suite(node.body),
            [arg for arg in args if arg.keyword is None and arg.star != "**"],
            [arg for arg in args if arg.keyword is not None or arg.star == "**"],
            self._decorators(node.decorator_list),
            self._type_parameters(node),
        )

    def _decorators(self, nodes: Sequence[ast.expr]) -> list[outline.Decorator]:
        return [outline.Decorator(self.expression(node)) for node in nodes]

    def if_(self, node: ast.If) -> outline.If:
        orelse: Any = None
        if len(node.orelse) == 1 and type(inner := node.orelse[0]) is ast.If and self.rows.begins(inner, "elif"):
            orelse = self.if_(inner)
        elif node.orelse:
            orelse = self._else(node.orelse)
        return outline.If(self.expression(node.test), self._suite(node.body), orelse)

    def _else(self, nodes: Sequence[ast.stmt]) -> outline.Else | None:
        return outline.Else(self._suite(nodes)) if nodes else None

    def for_(self, node: ast.For | ast.AsyncFor) -> outline.For:
        return outline.For(
            self.expression(node.target),
            self.expression(node.iter),
            self._suite(node.body),
            self._else(node.orelse),
        )

    def while_(self, node: ast.While) -> outline.While:
        return outline.While(self.expression(node.test), self._suite(node.body), self._else(node.orelse))

    def with_(self, node: ast.With | ast.AsyncWith) -> outline.With:
        items = [
            outline.WithItem(
                self.expression(item.context_expr),
                outline.AsName(self.expression(item.optional_vars)) if item.optional_vars else None,
            )
            for item in node.items
        ]
        return outline.With(items, self._suite(node.body))

    def try_(self, node: ast.Try) -> outline.Try | outline.TryStar:
        """``except``, or ``except*``, which Python has from 3.11 on."""
        is_plain = type(node) is ast.Try
        handler: Any = outline.ExceptHandler if is_plain else outline.ExceptStarHandler
        handlers = [
            handler(
                self._suite(each.body),
                self.perhaps(each.type),
                outline.AsName(outline.Name(each.name)) if each.name else None,
            )
            for each in node.handlers
        ]
        last = outline.Finally(self._suite(node.finalbody)) if node.finalbody else None
        kind = outline.Try if is_plain else outline.TryStar
        return kind(self._suite(node.body), handlers, self._else(node.orelse), last)

    def match(self, node: ast.Match) -> outline.Match:
        cases = [
            outline.MatchCase(self.pattern(case.pattern), self._suite(case.body), self.perhaps(case.guard))
            for case in node.cases
        ]
        return outline.Match(self.expression(node.subject), cases)

    # Type parameters, which Python has from 3.12 on.

    def type_alias(self, node: Any) -> outline.TypeAlias:
        return outline.TypeAlias(outline.Name(node.name.id), self.expression(node.value), self._type_parameters(node))

    def _type_parameters(self, node: Any) -> outline.TypeParameters | None:
        nodes = getattr(node, "type_params", ())
        return outline.TypeParameters(list(map(self._type_parameter, nodes))) if nodes else None

    def _type_parameter(self, node: Any) -> outline.TypeParam:
        name, default = outline.Name(node.name), getattr(node, "default_value", None)
        kind = type(node).__name__
        bound = (self.perhaps(node.bound),) if kind == "TypeVar" else ()
        star, default = ("*", default.value) if isinstance(default, ast.Starred) else ("", default)
        return outline.TypeParam(getattr(outline, kind)(name, *bound), star, self.perhaps(default))

    # Statements in lines.

    def expr(self, node: ast.Expr) -> outline.Expr:
        return outline.Expr(self.expression(node.value))

    def assign(self, node: ast.Assign) -> outline.Assign:
        return outline.Assign(
            [outline.AssignTarget(self.expression(target)) for target in node.targets], self.expression(node.value)
        )

    def augmented(self, node: ast.AugAssign) -> outline.AugAssign:
        return outline.AugAssign(
            self.expression(node.target), ASSIGNING[type(node.op).__name__], self.expression(node.value)
        )

    def annotated(self, node: ast.AnnAssign) -> outline.AnnAssign:
        return outline.AnnAssign(
            self.expression(node.target), self.annotation(node.annotation), self.perhaps(node.value)
        )

    def return_(self, node: ast.Return) -> outline.Return:
        return outline.Return(self.perhaps(node.value))

    def raise_(self, node: ast.Raise) -> outline.Raise:
        return outline.Raise(
            self.perhaps(node.exc), None if node.cause is None else outline.From(self.expression(node.cause))
        )

    def assert_(self, node: ast.Assert) -> outline.Assert:
        return outline.Assert(self.expression(node.test), self.perhaps(node.msg))

    def del_(self, node: ast.Delete) -> outline.Del:
        if len(node.targets) == 1:
            return outline.Del(self.expression(node.targets[0]))
        return outline.Del(outline.Tuple(self.elements(node.targets)))

    def pass_(self, _: ast.Pass) -> outline.Pass:
        return outline.Pass()

    def break_(self, _: ast.Break) -> outline.Break:
        return outline.Break()

    def continue_(self, _: ast.Continue) -> outline.Continue:
        return outline.Continue()

    def global_(self, node: ast.Global) -> outline.Global:
        return outline.Global([outline.NameItem(outline.Name(name)) for name in node.names])

    def nonlocal_(self, node: ast.Nonlocal) -> outline.Nonlocal:
        return outline.Nonlocal([outline.NameItem(outline.Name(name)) for name in node.names])

    def import_(self, node: ast.Import) -> outline.Import:
        return outline.Import([self._alias(alias) for alias in node.names])

    def import_from(self, node: ast.ImportFrom) -> outline.ImportFrom:
        names = _STAR if node.names[0].name == "*" else [self._alias(alias) for alias in node.names]
        return outline.ImportFrom(_dotted(node.module) if node.module else None, names, [_DOT] * node.level)

    def _alias(self, node: ast.alias) -> outline.ImportAlias:
        return outline.ImportAlias(
            _dotted(node.name), outline.AsName(outline.Name(node.asname)) if node.asname else None
        )


def _dotted(name: str) -> outline.Name | outline.Attribute:
    first, *rest = name.split(".")
    outlined: Any = outline.Name(first)
    for part in rest:
        outlined = outline.Attribute(outlined, outline.Name(part))
    return outlined  # type: ignore[no-any-return]


_COMPOUND: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.AsyncFor: Outliner.for_,
    ast.AsyncFunctionDef: Outliner.function,
    ast.AsyncWith: Outliner.with_,
    ast.ClassDef: Outliner.class_,
    ast.For: Outliner.for_,
    ast.FunctionDef: Outliner.function,
    ast.If: Outliner.if_,
    ast.Match: Outliner.match,
    ast.Try: Outliner.try_,
    getattr(ast, "TryStar", ast.Try): Outliner.try_,
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
    getattr(ast, "TypeAlias", ast.AST): Outliner.type_alias,
}
