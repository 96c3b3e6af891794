"""``match``, and what its cases ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrlint.outline.kinds import BaseCompoundStatement, MatchPattern, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrlint.outline.expressions import Name
    from lrlint.outline.kinds import BaseExpression, BaseSuite


class MatchCase(Node):
    pattern: MatchPattern
    body: BaseSuite
    guard: BaseExpression | None


class Match(BaseCompoundStatement):
    subject: BaseExpression
    cases: Sequence[MatchCase]


class MatchAs(MatchPattern):
    pattern: MatchPattern | None
    name: Name | None


class MatchValue(MatchPattern):
    value: BaseExpression


class MatchSingleton(MatchPattern):
    value: Name


class MatchStar(Node):
    name: Name | None


class MatchSequenceElement(Node):
    value: MatchPattern


class MatchList(MatchPattern):
    """A sequence, be it in brackets, in parentheses or in none."""

    patterns: Sequence[MatchSequenceElement | MatchStar]


class MatchMappingElement(Node):
    key: BaseExpression
    pattern: MatchPattern


class MatchMapping(MatchPattern):
    elements: Sequence[MatchMappingElement]
    rest: Name | None


class MatchKeywordElement(Node):
    key: Name
    pattern: MatchPattern


class MatchClass(MatchPattern):
    cls: BaseExpression
    patterns: Sequence[MatchSequenceElement]
    kwds: Sequence[MatchKeywordElement]


class MatchOrElement(Node):
    pattern: MatchPattern


class MatchOr(MatchPattern):
    patterns: Sequence[MatchOrElement]
