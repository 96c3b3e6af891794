"""Where nodes stand, as far as the stdlib tree and the text around them tell: LibCST is asked only for the rest."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lrlint import outline
from lrlint.outline import FIELDS
from lrlint.program.spans import Span, Spans
from lrlint.program.statements import Outliner
from lrlint.text import line_starts

Origin = ast.expr | ast.stmt | ast.keyword
"""What the stdlib parser says the place of, and has an outline for."""

_BLANK = re.compile(r"[\s\\]*")


class Places:
    """The places of an outline's nodes in its text; ``None`` is for what only LibCST can tell."""

    def __init__(self, module: outline.Module, tree: ast.Module, text: str) -> None:
        self._text = text
        recorder = _NotingOutliner(text)
        self._rows = recorder.rows
        self._starts = line_starts(text)
        self._origins: dict[outline.Node, Origin] = {}
        self._alone: dict[outline.Node, outline.Node] = {}
        todo: list[tuple[Any, Any]] = [(module, recorder.module(tree))]
        while todo:
            node, twin = todo.pop()
            if type(node) is list:
                todo.extend(zip(node, twin, strict=True))
                continue
            if twin in recorder.origins:
                self._origins[node] = recorder.origins[twin]
            todo.extend((getattr(node, name), getattr(twin, name)) for name in FIELDS[type(node)])
            self._alone.update((inner, node) for inner in _alone_in(node))

    def spans(self, nodes: Iterable[outline.Node], enclosed: Iterable[outline.Node]) -> Spans | None:
        """The places of all these nodes, and of those with the parentheses around them."""
        plain, wide = {}, {}
        for node in nodes:
            if (span := self.span(node)) is None:
                return None
            plain[node] = span
        for node in enclosed:
            if (span := self.enclosed(node)) is None:
                return None
            wide[node] = span
        return Spans(self._text, plain, wide)

    def span(self, node: outline.Node) -> Span | None:
        """The place of a node without the parentheses and the white space around it."""
        if isinstance(node, outline.SimpleStatementLine):
            return self._line(node)
        if isinstance(node, outline.Arg):
            return self._argument(node)
        if isinstance(node, outline.GeneratorExp):  # may share its parentheses with a call
            return None
        origin = self._origins.get(node)
        span = self._span(origin) if origin is not None else None
        return span if not isinstance(node, outline.Tuple) or self.enclosed(node) == span else None

    def enclosed(self, node: outline.Node) -> Span | None:
        """The place of an expression with the parentheses around it, but for those of a call that it is alone in."""
        origin, holder = self._origins.get(node), self._alone.get(node)
        if origin is None or not isinstance(node, outline.BaseExpression) or isinstance(node, outline.GeneratorExp):
            return None
        if isinstance(holder, outline.ClassDef | outline.With):
            return None
        call = self._origins.get(holder) if holder is not None else None
        last = self._end(call) if call is not None else None
        text, span = self._text, self._span(origin)
        while True:
            end = self._behind(span[1])
            if text[end : end + 1] not in (")", "#"):
                return span
            start = self._before(span[0])
            if start is not None and text[start - 1 : start] != "(":
                return span
            if start is None or text[end] == "#":
                return None
            if end + 1 == last:
                return span
            span = (start - 1, end + 1)

    def is_enclosed(self, node: outline.Node) -> bool | None:
        """Whether an expression has parentheses around it."""
        enclosed = None if isinstance(node, outline.Tuple) else self.enclosed(node)
        return None if enclosed is None else enclosed != self.span(node)

    def code(self, node: outline.Node, instead: Mapping[outline.Node, str]) -> str | None:
        """The code of a node in one line with its parentheses, and with other text for some nodes inside it."""
        whole = self.span(node) if isinstance(node, outline.BaseSmallStatement) else self.enclosed(node)
        if whole is None:
            return None
        inside = [(self.enclosed(inner), text) for inner, text in instead.items()]
        known = [(span, text) for span, text in inside if span is not None]
        within = [(span, text) for span, text in known if whole[0] <= span[0] and span[1] <= whole[1]]
        code, end = "", whole[0]
        for (start, last), text in sorted(within, key=lambda pair: (pair[0][0], -pair[0][1])):
            if start >= end:  # else it is in what is replaced already
                code, end = f"{code}{self._text[end:start]}{text}", last
        code += self._text[end : whole[1]]
        return None if len(known) < len(inside) or "\n" in code else code

    def is_commented(self, line: outline.SimpleStatementLine) -> bool | None:
        """Whether a line carries a comment, behind it or above it: where none is near it, it does not."""
        first, last = self._origins.get(line.body[0]), self._origins.get(line.body[-1])
        if not isinstance(first, ast.stmt) or not isinstance(last, ast.stmt):
            return None
        behind = self._rows.behind(last)
        if "#" in behind or "\\" in behind:  # the line goes on in the next row, which may be a comment
            return None
        for row in range(first.lineno - 1, 0, -1):
            above = self._rows.line(row).strip()
            if above:
                return None if above.startswith("#") else False
        return False

    def _span(self, origin: Origin) -> Span:
        return self._offset(origin.lineno, origin.col_offset), self._end(origin)

    def _end(self, origin: Origin) -> int:
        return self._offset(origin.end_lineno or 0, origin.end_col_offset or 0)

    def _offset(self, row: int, column: int) -> int:
        return self._starts[row - 1] + len(self._rows.before(row, column))

    def _line(self, node: outline.SimpleStatementLine) -> Span | None:
        """The place of statements in a line, unless a semicolon ends it."""
        first, last = self.span(node.body[0]), self._without_semicolon(self.span(node.body[-1]))
        return (first[0], last[1]) if first and last else None

    def _without_semicolon(self, span: Span | None) -> Span | None:
        """The place of a statement that no semicolon ends, which may be taken for a part of it."""
        return None if span is None or self._text.startswith(";", self._behind(span[1])) else span

    def _argument(self, node: outline.Arg) -> Span | None:
        """The place of an argument, which has the parentheses around its value."""
        enclosed = None if node.star else self.enclosed(node.value)
        keyword = self._origins.get(node)
        return (self._span(keyword)[0], enclosed[1]) if enclosed and keyword else enclosed

    def _behind(self, offset: int) -> int:
        """Where the code goes on, or a comment begins, behind white space."""
        blank = _BLANK.match(self._text, offset)
        return blank.end() if blank else offset

    def _before(self, offset: int) -> int | None:
        """Where the code ends that stands before an offset; ``None`` where that may be a comment."""
        end = offset
        while (end and self._text[end - 1].isspace()) or self._text[end - 1 : end] == "\\":
            end -= 1
        is_comment = "\n" in self._text[end:offset] and "#" in self._text[self._text.rfind("\n", 0, end) + 1 : end]
        return None if is_comment else end


def _alone_in(node: object) -> Sequence[outline.Node]:
    """The expressions that stand alone between parentheses which are not their own, if there are any."""
    if isinstance(node, outline.Call | outline.ClassDef):
        args = node.args if isinstance(node, outline.Call) else node.bases
        return [args[0].value] if len(args) == 1 and args[0].keyword is None else ()
    return [item.item for item in node.items] if isinstance(node, outline.With) else ()


class _NotingOutliner(Outliner):
    """Makes an outline once more, and notes of what it makes it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.origins: dict[object, Origin] = {}

    def expression(self, node: ast.expr) -> Any:
        """Made as ever."""
        made = super().expression(node)
        self.origins[made] = node
        return made

    def keyword(self, node: ast.keyword) -> outline.Arg:
        """Made as ever."""
        made = super().keyword(node)
        self.origins[made] = node
        return made

    def in_line(self, node: ast.stmt) -> Any:
        """Made as ever."""
        made = super().in_line(node)
        self.origins[made] = node
        return made
