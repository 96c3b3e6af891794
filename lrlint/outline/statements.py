"""Statements, and what stands in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.outline.kinds import BaseCompoundStatement, BaseSmallStatement, BaseStatement, BaseSuite, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrlint.outline.expressions import Annotation, Arg, Attribute, From, List, Name, Parameters, Tuple
    from lrlint.outline.kinds import BaseAugOp, BaseExpression


class Expr(BaseSmallStatement):
    value: BaseExpression


class AssignTarget(Node):
    target: BaseExpression


class Assign(BaseSmallStatement):
    targets: Sequence[AssignTarget]
    value: BaseExpression


class AnnAssign(BaseSmallStatement):
    target: BaseExpression
    annotation: Annotation
    value: BaseExpression | None


class AugAssign(BaseSmallStatement):
    target: BaseExpression
    operator: BaseAugOp
    value: BaseExpression


class Del(BaseSmallStatement):
    target: BaseExpression


class Pass(BaseSmallStatement):
    pass


class Break(BaseSmallStatement):
    pass


class Continue(BaseSmallStatement):
    pass


class Return(BaseSmallStatement):
    value: BaseExpression | None


class Raise(BaseSmallStatement):
    exc: BaseExpression | None
    cause: From | None


class Assert(BaseSmallStatement):
    test: BaseExpression
    msg: BaseExpression | None


class NameItem(Node):
    name: Name


class Global(BaseSmallStatement):
    names: Sequence[NameItem]


class Nonlocal(BaseSmallStatement):
    names: Sequence[NameItem]


class AsName(Node):
    name: Name | Tuple | List


class ImportAlias(Node):
    name: Attribute | Name
    asname: AsName | None


class Import(BaseSmallStatement):
    names: Sequence[ImportAlias]


class Dot(Node):
    pass


class ImportStar(Node):
    pass


class ImportFrom(BaseSmallStatement):
    module: Attribute | Name | None
    names: Sequence[ImportAlias] | ImportStar
    relative: Sequence[Dot]


class LazyImport(BaseSmallStatement):
    names: Sequence[ImportAlias]


class LazyImportFrom(BaseSmallStatement):
    module: Attribute | Name | None
    names: Sequence[ImportAlias] | ImportStar
    relative: Sequence[Dot]


class TypeAlias(BaseSmallStatement):
    name: Name
    value: BaseExpression
    type_parameters: TypeParameters | None


class Module(Node):
    body: Sequence[SimpleStatementLine | BaseCompoundStatement]


class SimpleStatementLine(BaseStatement):
    body: Sequence[BaseSmallStatement]


class SimpleStatementSuite(BaseSuite):
    body: Sequence[BaseSmallStatement]


class IndentedBlock(BaseSuite):
    body: Sequence[BaseStatement]


class Decorator(Node):
    decorator: BaseExpression


class FunctionDef(BaseCompoundStatement):
    name: Name
    params: Parameters
    body: BaseSuite
    decorators: Sequence[Decorator]
    returns: Annotation | None
    type_parameters: TypeParameters | None


class ClassDef(BaseCompoundStatement):
    name: Name
    body: BaseSuite
    bases: Sequence[Arg]
    keywords: Sequence[Arg]
    decorators: Sequence[Decorator]
    type_parameters: TypeParameters | None


class Else(Node):
    body: BaseSuite


class If(BaseCompoundStatement):
    test: BaseExpression
    body: BaseSuite
    orelse: If | Else | None


class For(BaseCompoundStatement):
    target: BaseExpression
    iter: BaseExpression
    body: BaseSuite
    orelse: Else | None


class While(BaseCompoundStatement):
    test: BaseExpression
    body: BaseSuite
    orelse: Else | None


class WithItem(Node):
    item: BaseExpression
    asname: AsName | None


class With(BaseCompoundStatement):
    items: Sequence[WithItem]
    body: BaseSuite


class ExceptHandler(Node):
    body: BaseSuite
    type: BaseExpression | None
    name: AsName | None


class ExceptStarHandler(Node):
    body: BaseSuite
    type: BaseExpression
    name: AsName | None


class Finally(Node):
    body: BaseSuite


class Try(BaseCompoundStatement):
    body: BaseSuite
    handlers: Sequence[ExceptHandler]
    orelse: Else | None
    finalbody: Finally | None


class TryStar(BaseCompoundStatement):
    body: BaseSuite
    handlers: Sequence[ExceptStarHandler]
    orelse: Else | None
    finalbody: Finally | None


class TypeVar(Node):
    name: Name
    bound: BaseExpression | None


class TypeVarTuple(Node):
    name: Name


class ParamSpec(Node):
    name: Name


class TypeParam(Node):
    param: TypeVar | TypeVarTuple | ParamSpec
    star: str
    default: BaseExpression | None


class TypeParameters(Node):
    params: Sequence[TypeParam]
