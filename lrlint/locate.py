"""From nodes to rows and columns: one code generation, and only the nodes that mistakes name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst
from libcst._nodes.internal import CodegenState  # no public name; PositionProvider is built on the same class

from lrlint.finding import Edit, Effect, Finding, Fix, Location, Related
from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.text import line_starts

if TYPE_CHECKING:
    from lrlint.trace import Trace

Span = tuple[int, int]

_END_OF_ARGUMENT = re.compile(r"[^\S\r\n]*(?P<comma>,?)[^\S\r\n]*(?:#[^\r\n]*)?(?:\r\n?|\n)")


@dataclass(slots=True)
class _Recorder(CodegenState):
    """Writes the module's code again and notes the offsets, in code points, of the nodes that were asked for.

    A node's span leaves out the parentheses and the white space around it, as in LibCST's own positions; but the
    parentheses of a tuple are the tuple's own.
    """

    wanted: frozenset[cst.CSTNode] = frozenset()
    spans: dict[cst.CSTNode, Span] = field(default_factory=dict)
    comments: list[tuple[int, str]] = field(default_factory=list)
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
        if isinstance(node, cst.Comment):
            self.comments.append((self.offset, node.value))

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self._starts.pop()
        if node in self.wanted:
            self.spans.setdefault(node, (start, self.offset))

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        start = self.offset
        yield
        if node in self.wanted and not isinstance(node, cst.Tuple):
            first = self.spans[start_node][0] if start_node in self.spans else start
            last = self.spans[end_node][1] if end_node in self.spans else self.offset
            self.spans[node] = (first, last)


def locate(module: cst.Module, trace: Trace, mistakes: Iterable[tuple[Rule, Mistake]]) -> list[Finding]:
    """The findings of a program, in the order of its text, each with what it costs."""
    pairs = list(mistakes)
    if not pairs:
        return []
    wanted = frozenset(node for _, mistake in pairs for node in _nodes(mistake))
    recorder = _Recorder(module.default_indent, module.default_newline, wanted=wanted)
    module._codegen(recorder)
    text = "".join(recorder.tokens)
    place = _Places(trace, recorder.spans, text, line_starts(text), recorder.comments)
    return sorted((place.finding(rule, mistake) for rule, mistake in pairs), key=lambda finding: finding.sort_key)


def _nodes(mistake: Mistake) -> Iterator[cst.CSTNode]:
    yield mistake.node
    for node, _ in mistake.related:
        yield node
    if mistake.repair:
        for change in mistake.repair.changes:
            yield change.node
            if change.inner is not None:
                yield change.inner


@dataclass(frozen=True, slots=True)
class _Places:
    trace: Trace
    spans: dict[cst.CSTNode, Span]
    text: str
    starts: list[int]
    comments: list[tuple[int, str]]

    def location(self, offset: int) -> Location:
        row = bisect_right(self.starts, offset)
        return Location(row, offset - self.starts[row - 1] + 1)

    def range(self, node: cst.CSTNode) -> tuple[Location, Location]:
        start, end = self.spans[node]
        return self.location(start), self.location(end)

    def edits(self, change: Change) -> Iterator[Edit]:
        start, end = self.range(change.node)
        if change.where == "replace":
            yield Edit(start, end, change.content)
        elif change.where == "before":
            yield Edit(start, start, change.content)
        elif change.where == "after":
            yield Edit(end, end, change.content)
        elif change.where == "unwrap" and change.inner is not None:
            inner_start, inner_end = self.range(change.inner)
            yield Edit(start, inner_start, "")
            yield Edit(inner_end, end, "")
        elif change.where == "line-before":
            indent = self.text[self.starts[start.row - 1] : self.spans[change.node][0]]
            yield Edit(Location(start.row, 1), Location(start.row, 1), f"{indent}{change.content}\n")
        elif change.where == "line":
            yield Edit(Location(start.row, 1), Location(end.row + 1, 1), "")
        else:
            yield from self._argument(change)

    def _argument(self, change: Change) -> Iterator[Edit]:
        """Another argument behind one that stands there: on a line of its own where that one has its own.

        A comment behind the argument stays with it.
        """
        start, end = self.spans[change.node]
        line = self.starts[bisect_right(self.starts, start) - 1]
        indent = self.text[line:start]
        if indent.strip():
            place = self.location(end)
            yield Edit(place, place, f", {change.content}")
            return
        behind = _END_OF_ARGUMENT.match(self.text, end)
        if behind is None:
            place = self.location(end)
            yield Edit(place, place, f",\n{indent}{change.content}")
            return
        comma = behind["comma"]
        if not comma:
            yield Edit(self.location(end), self.location(end), ",")
        place = self.location(behind.end())
        yield Edit(place, place, f"{indent}{change.content}{comma}\n")

    def fix(self, rule: Rule, repair: Repair) -> Fix | None:
        """The fix of a mistake, unless it would drop a comment: then it is none."""
        edits = sorted(
            (edit for change in repair.changes for edit in self.edits(change)), key=lambda edit: edit.location
        )
        if any(self._drops_comment(edit) for edit in edits):
            return None
        return Fix(repair.applicability, repair.message, tuple(edits), repair.reason, rule.uncovers)

    def _drops_comment(self, edit: Edit) -> bool:
        start, end = self.offset(edit.location), self.offset(edit.end_location)
        return any(start <= offset < end and comment not in edit.content for offset, comment in self.comments)

    def offset(self, location: Location) -> int:
        if location.row > len(self.starts):
            return len(self.text)
        return self.starts[location.row - 1] + location.column - 1

    def finding(self, rule: Rule, mistake: Mistake) -> Finding:
        start, end = self.range(mistake.node)
        related = sorted(
            (Related(message, *self.range(node)) for node, message in mistake.related),
            key=lambda place: (place.location, place.message),
        )
        return Finding(
            rule.code,
            rule.name,
            mistake.message,
            start,
            end,
            fix=self.fix(rule, mistake.repair) if mistake.repair else None,
            related=tuple(related),
            mode=mistake.mode,
            evidence=mistake.evidence,
            effect=self.effect(mistake.effect) if mistake.effect else None,
        )

    def effect(self, strays: Strays) -> Effect:
        from lrlint.effect.story import effect_of

        return effect_of(self.trace, strays)
