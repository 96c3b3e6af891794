"""Where LibCST writes the nodes of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import libcst as cst
from libcst._nodes.internal import CodegenState  # no public name; PositionProvider is built on the same class

from lrlint.program.spans import Span


@dataclass(slots=True)
class Recorder(CodegenState):
    """Writes the module's code again and notes the offsets, in code points, of its nodes.

    A node's span leaves out the parentheses and the white space around it, as in LibCST's own positions; but the
    parentheses of a tuple are the tuple's own. ``enclosed`` has the spans with the parentheses.
    """

    spans: dict[cst.CSTNode, Span] = field(default_factory=dict)
    enclosed: dict[cst.CSTNode, Span] = field(default_factory=dict)
    offset: int = 0
    _starts: list[int] = field(default_factory=list)

    def add_indent_tokens(self) -> None:
        for token in self.indent_tokens:
            self.add_token(token)

    def add_token(self, value: str) -> None:
        self.tokens.append(value)
        self.offset += len(value)

    def before_codegen(self, node: cst.CSTNode) -> None:
        self._starts.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self._starts.pop()
        self.enclosed[node] = (start, self.offset)
        self.spans.setdefault(node, (start, self.offset))

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        start = self.offset
        yield
        if not isinstance(node, cst.Tuple):
            first = self.spans[start_node][0] if start_node in self.spans else start
            last = self.spans[end_node][1] if end_node in self.spans else self.offset
            self.spans[node] = (first, last)
