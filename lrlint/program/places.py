"""Where nodes stand, as the stdlib tree and the text around them tell."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from lrlint import outline
from lrlint.outline import FIELDS
from lrlint.program.spans import Span
from lrlint.program.statements import Outliner
from lrlint.program.unlike import Unlike

Origin = ast.expr | ast.stmt | ast.keyword
"""What the stdlib parser says the place of, and has an outline for."""

_Make = TypeVar("_Make", bound=Callable[[Any, Any], Any])

_NO_CODE = re.compile(r"(?:[\s\\]|#[^\n]*)*")
_WORD = re.compile(r"[^\s\\.,]+")


class Places:
    """The places of an outline's nodes in a text whose newlines are line feeds."""

    def __init__(self, module: outline.Module, tree: ast.Module, text: str) -> None:
        self.text = text
        recorder = _NotingOutliner(text)
        self.comments = recorder.comments
        self._rows = recorder.rows
        self._origins: dict[outline.Node, Origin] = {}
        self._holders: dict[outline.Node, outline.Node] = {}
        todo: list[tuple[Any, Any]] = [(module, recorder.module(tree))]
        while todo:
            node, twin = todo.pop()
            if type(node) is list:
                todo.extend(zip(node, twin, strict=True))
                continue
            if twin in recorder.origins:
                self._origins[node] = recorder.origins[twin]
            todo.extend((getattr(node, name), getattr(twin, name)) for name in FIELDS[type(node)])
            self._holders.update((inner, node) for inner in _standing_in(node))

    def plain(self, node: outline.Node) -> Span:
        """The place of a node without the parentheses around it; those of a tuple are its own.

        Raises :class:`Unlike` for what the stdlib tree has no place for.
        """
        match node:
            case outline.SimpleStatementLine(body=body):
                return self.plain(body[0])[0], self.plain(body[-1])[1]
            case outline.Arg():
                return self._argument(node)
            case outline.Decorator(decorator=decorator):
                start, end = self.enclosed(decorator)
                return self._before(start) - 1, end
            case outline.Name() if self._is_part(node):
                return self._name(node)
            case outline.BooleanOperation(left=left, right=right) if self._is_part(node):
                return self.enclosed(left)[0], self.enclosed(right)[1]
            case outline.Tuple():
                return self.enclosed(node)
            case outline.GeneratorExp():
                start, end = self._span(node)
                return self._behind(start + 1), self._before(end - 1)
        return self._span(node)

    def enclosed(self, node: outline.Node) -> Span:
        """The place of an expression with the parentheses around it; raises :class:`Unlike`."""
        if not isinstance(node, outline.BaseExpression) or self._is_part(node):
            return self.plain(node)
        holder = self._holders.get(node)
        start, end = self._span(node)
        if isinstance(node, outline.GeneratorExp) and holder is not None and end == self._span(holder)[1]:
            return self.plain(node)  # the parentheses are those of a call
        while True:
            opening, closing = self._before(start) - 1, self._behind(end)
            if self.text[opening : opening + 1] != "(" or self.text[closing : closing + 1] != ")":
                return start, end
            if holder is not None and self._are_of(holder, opening, closing):
                return start, end
            start, end = opening, closing + 1

    def _is_part(self, node: outline.Node) -> bool:
        """Whether an expression is none in the stdlib tree: a name of an attribute, or ``a or b`` in ``a or b or c``."""
        return isinstance(node, outline.Name | outline.BooleanOperation) and node not in self._origins

    def _are_of(self, holder: outline.Node, opening: int, closing: int) -> bool:
        """Whether parentheses are those of what an expression stands alone in, and not its own."""
        if isinstance(holder, outline.Call):
            return closing + 1 == self._span(holder)[1]
        before = self._before(opening)
        if isinstance(holder, outline.ClassDef | outline.MatchClass):
            return self.text[before - 1] != "("
        return self.text.endswith("with", 0, before) and self.text[self._behind(closing + 1)] == ":"

    def _span(self, node: outline.Node) -> Span:
        origin = self._origins.get(node)
        if origin is None:
            raise Unlike(type(node).__name__)
        start = self._rows.offset(origin.lineno, origin.col_offset)
        return start, self._rows.offset(origin.end_lineno or 0, origin.end_col_offset or 0)

    def _name(self, node: outline.Name) -> Span:
        """The place of a name that is no expression: an attribute's, or one that is declared."""
        holder = self._holders.get(node)
        if holder is None:
            raise Unlike("Name")
        words = [word.span() for word in _WORD.finditer(self.text, *self._span(holder))]
        if isinstance(holder, outline.Global | outline.Nonlocal):
            return words[1 + [item.name for item in holder.names].index(node)]
        return words[-1]

    def _argument(self, node: outline.Arg) -> Span:
        """The place of an argument, which has the parentheses around its value."""
        start, end = self.enclosed(node.value)
        if node in self._origins:
            return self._span(node)[0], end
        return (self._before(start) - 1 if node.star else start), end

    def _behind(self, offset: int) -> int:
        """Where the code goes on behind an offset."""
        blank = _NO_CODE.match(self.text, offset)
        return blank.end() if blank else offset

    def _before(self, offset: int) -> int:
        """Where the code ends that stands before an offset."""
        end = offset
        while (end and self.text[end - 1].isspace()) or self.text[end - 1 : end] == "\\":
            end -= 1
        row = self.text.rfind("\n", 0, end) + 1
        comment = self.comments.first(row, end) if "\n" in self.text[end:offset] else None
        return end if comment is None else self._before(comment)


def _standing_in(node: object) -> Iterable[outline.Node]:
    """The nodes that have their place by what they stand in.

    Names that are no expressions, and what stands alone between parentheses that are not its own.
    """
    match node:
        case outline.Attribute(attr=attr):
            return [attr]
        case outline.Call(args=[only]) | outline.ClassDef(bases=[only], keywords=[]) if not (only.keyword or only.star):
            return [only.value]
        case outline.MatchClass(patterns=[outline.MatchSequenceElement(value=outline.MatchValue(value=only))], kwds=[]):
            return [only]
        case outline.With(items=items):
            return [item.item for item in items]
        case outline.Global(names=names) | outline.Nonlocal(names=names):
            return [item.name for item in names]
    return ()


def _noted(make: _Make) -> _Make:
    """A method of an outliner that notes what it makes a node from."""

    def noting(outliner: _NotingOutliner, node: Origin) -> Any:
        made = make(outliner, node)
        outliner.origins[made] = node
        return made

    return cast("_Make", noting)


class _NotingOutliner(Outliner):
    """Makes an outline once more, and notes of what it makes it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.origins: dict[object, Origin] = {}

    compound = _noted(Outliner.compound)
    expression = _noted(Outliner.expression)
    in_line = _noted(Outliner.in_line)
    keyword = _noted(Outliner.keyword)
