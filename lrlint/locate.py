"""From nodes to rows and columns: one code generation, and only the nodes that mistakes name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import libcst as cst
from libcst._nodes.internal import CodegenState  # no public name; PositionProvider is built on the same class

from lrlint.changes import Span, Written
from lrlint.finding import Effect, Finding, Location, Related
from lrlint.rules.base import Mistake, Rule, Strays
from lrlint.text import line_starts

if TYPE_CHECKING:
    from lrlint.outline import Node
    from lrlint.program import Program
    from lrlint.trace import Trace


@dataclass(slots=True)
class _Recorder(CodegenState):
    """Writes the module's code again and notes the offsets, in code points, of the nodes that were asked for.

    A node's span leaves out the parentheses and the white space around it, as in LibCST's own positions; but the
    parentheses of a tuple are the tuple's own. ``enclosed`` has the spans with the parentheses.
    """

    wanted: frozenset[cst.CSTNode] = frozenset()
    spans: dict[cst.CSTNode, Span] = field(default_factory=dict)
    enclosed: dict[cst.CSTNode, Span] = field(default_factory=dict)
    comments: list[int] = field(default_factory=list)
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
            self.comments.append(self.offset)

    def after_codegen(self, node: cst.CSTNode) -> None:
        start = self._starts.pop()
        if node in self.wanted:
            self.enclosed[node] = (start, self.offset)
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


def locate(program: Program, trace: Trace, mistakes: Iterable[tuple[Rule, Mistake]]) -> tuple[list[Finding], str]:
    """The findings of a program, in the order of its text, each with what it costs; and that text, as LibCST has it."""
    pairs = list(mistakes)
    if not pairs:
        return [], ""
    written = _written(program, (node for _, mistake in pairs for node in _nodes(mistake)))
    costs = _Costs(trace)
    findings = (_finding(costs, written, rule, mistake) for rule, mistake in pairs)
    return sorted(findings, key=lambda finding: finding.sort_key), written.text


def ranges(program: Program, nodes: Iterable[Node]) -> dict[Node, tuple[Location, Location]]:
    """Where nodes of a program begin and end."""
    written = _written(program, nodes)
    return {node: written.range(node) for node in written.spans}


def _written(program: Program, nodes: Iterable[Node]) -> Written:
    module, read = program.concrete.module, program.concrete.nodes
    wanted = {read[node]: node for node in nodes}
    recorder = _Recorder(module.default_indent, module.default_newline, wanted=frozenset(wanted))
    module._codegen(recorder)
    text = "".join(recorder.tokens)
    spans, enclosed = (
        {wanted[node]: span for node, span in found.items()} for found in (recorder.spans, recorder.enclosed)
    )
    return Written(text, line_starts(text), spans, enclosed, recorder.comments)


def _nodes(mistake: Mistake) -> Iterator[Node]:
    yield mistake.node
    for node, _ in mistake.related:
        yield node
    if mistake.repair:
        for change in mistake.repair.changes:
            yield change.node
            if change.inner is not None:
                yield change.inner


def _finding(costs: _Costs, written: Written, rule: Rule, mistake: Mistake) -> Finding:
    start, end = written.range(mistake.node)
    related = sorted(
        (Related(message, *written.range(node)) for node, message in mistake.related),
        key=lambda place: (place.location, place.message),
    )
    effect = costs.of(mistake.effect) if mistake.effect else None
    return Finding(
        rule.code,
        rule.name,
        f"{mistake.message}: {effect.text}" if effect and effect.text else mistake.message,
        start,
        end,
        fix=written.fix(rule, mistake.repair) if mistake.repair else None,
        related=tuple(related),
        mode=mistake.mode,
        evidence=mistake.evidence,
        effect=effect,
    )


class _Costs:
    """What mistakes cost: where a schedule strays in the same way again and again, it is computed once."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._known: dict[object, Effect] = {}

    def of(self, strays: Strays) -> Effect:
        from lrlint.effect.story import effect_of

        if strays.constant is not None or strays.meant is not None or strays.read is not None:
            return effect_of(self._trace, strays)
        numbers = (repr(strays.lead), repr(strays.speed))  # 1 and 1.0 are written as they are
        key = (strays.schedule, strays.optimizer, strays.way, strays.error, strays.raises, strays.made, strays.unknown)
        if (key, numbers) not in self._known:
            self._known[key, numbers] = effect_of(self._trace, strays)
        return self._known[key, numbers]
