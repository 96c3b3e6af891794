"""An outline made from LibCST's tree, and the places of its nodes: for what the stdlib tree does not tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import normalize

import libcst as cst

from lrlint import outline
from lrlint.comments import Comments
from lrlint.finding import Location
from lrlint.outline import FIELDS
from lrlint.parse import ParseProblem, parse_module
from lrlint.program.recorder import Recorder
from lrlint.program.spans import Span


class Concrete:
    """The places of an outline's nodes in the text that LibCST makes of its tree."""

    def __init__(self, module: cst.Module, nodes: Mapping[cst.CSTNode, outline.Node]) -> None:
        recorder = Recorder(module.default_indent, module.default_newline)
        module._codegen(recorder)
        self.text = "".join(recorder.tokens)
        self.comments = Comments(self.text)
        self._plain = {nodes[read]: span for read, span in recorder.spans.items() if read in nodes}
        self._enclosed = {nodes[read]: span for read, span in recorder.enclosed.items() if read in nodes}

    def plain(self, node: outline.Node) -> Span:
        """The place of a node without the parentheses around it; those of a tuple are its own."""
        return self._plain[node]

    def enclosed(self, node: outline.Node) -> Span:
        """The place of an expression with the parentheses around it."""
        return self._enclosed[node] if isinstance(node, outline.BaseExpression) else self._plain[node]


def converted(text: str) -> tuple[outline.Module, Callable[[], Concrete]]:
    """The outline of a text as LibCST reads it, and what its places are; raises :class:`~lrlint.parse.ParseProblem`."""
    nodes: dict[cst.CSTNode, outline.Node] = {}
    parsed = parse_module(text)
    return _outlined(parsed, nodes), lambda: Concrete(parsed, nodes)


def _outlined(read: object, nodes: dict[cst.CSTNode, outline.Node]) -> Any:
    """What LibCST holds in a field, as an outline holds it; its nodes are noted with those of the outline."""
    if isinstance(read, (list, tuple)):
        return [_outlined(each, nodes) for each in read]
    if not isinstance(read, cst.CSTNode):
        return read
    kind = _KINDS[type(read)]
    if kind is None:
        raise ParseProblem(f"lrlint does not know what LibCST calls {type(read).__name__}", Location(1, 1))
    nodes[read] = node = kind(*(_outlined(_held(read, name), nodes) for name in FIELDS[kind]))
    return node


def _held(read: cst.CSTNode, field: str) -> Any:
    """What a node of LibCST's holds in a field, as an outline has it.

    Names are as Python understands them, which LibCST leaves with the compatibility characters that are written.
    """
    if isinstance(read, cst.Name):
        return read.value if read.value.isascii() else normalize("NFKC", read.value)
    held = getattr(read, field)
    return None if held is cst.MaybeSentinel.DEFAULT else held


class _Kinds(dict[type, Any]):
    """The kinds of nodes of an outline by those of LibCST's; ``None`` for what is no node of an outline."""

    def __missing__(self, kind: type) -> Any:
        self[kind] = getattr(outline, kind.__name__, None) if issubclass(kind, cst.CSTNode) else None
        return self[kind]


_KINDS = _Kinds({cst.MatchTuple: outline.MatchList})
