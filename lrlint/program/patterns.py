"""The outlines of patterns, from the stdlib tree."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

from lrlint import outline
from lrlint.program.expressions import ExpressionOutliner


class PatternOutliner(ExpressionOutliner):
    """Makes the outlines of patterns, each by the method in :data:`_PATTERNS`."""

    def pattern(self, node: ast.pattern) -> Any:
        """The outline of any pattern; raises :class:`~lrlint.program.unlike.Unlike`."""
        return _PATTERNS[type(node)](self, node)

    def value(self, node: ast.MatchValue) -> outline.MatchValue:
        return outline.MatchValue(self.expression(node.value))

    def singleton(self, node: ast.MatchSingleton) -> outline.MatchSingleton:
        return outline.MatchSingleton(outline.Name(str(node.value)))

    def sequence(self, node: ast.MatchSequence) -> outline.MatchList:
        return outline.MatchList(self._elements(node.patterns))

    def mapping(self, node: ast.MatchMapping) -> outline.MatchMapping:
        pairs = zip(node.keys, node.patterns, strict=True)
        elements = [outline.MatchMappingElement(self.expression(key), self.pattern(each)) for key, each in pairs]
        return outline.MatchMapping(elements, _name(node.rest))

    def class_pattern(self, node: ast.MatchClass) -> outline.MatchClass:
        pairs = zip(node.kwd_attrs, node.kwd_patterns, strict=True)
        return outline.MatchClass(
            self.expression(node.cls),
            self._elements(node.patterns),
            [outline.MatchKeywordElement(outline.Name(name), self.pattern(each)) for name, each in pairs],
        )

    def as_(self, node: ast.MatchAs) -> outline.MatchAs:
        return outline.MatchAs(None if node.pattern is None else self.pattern(node.pattern), _name(node.name))

    def or_(self, node: ast.MatchOr) -> outline.MatchOr:
        return outline.MatchOr([outline.MatchOrElement(self.pattern(each)) for each in node.patterns])

    def _elements(self, nodes: Sequence[ast.pattern]) -> list[Any]:
        """The elements of a sequence, or what a class is asked for by place."""
        return [
            outline.MatchStar(_name(node.name))
            if isinstance(node, ast.MatchStar)
            else outline.MatchSequenceElement(self.pattern(node))
            for node in nodes
        ]


def _name(name: str | None) -> outline.Name | None:
    return None if name is None else outline.Name(name)


_PATTERNS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.MatchAs: PatternOutliner.as_,
    ast.MatchClass: PatternOutliner.class_pattern,
    ast.MatchMapping: PatternOutliner.mapping,
    ast.MatchOr: PatternOutliner.or_,
    ast.MatchSequence: PatternOutliner.sequence,
    ast.MatchSingleton: PatternOutliner.singleton,
    ast.MatchValue: PatternOutliner.value,
}
