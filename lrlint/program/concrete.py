"""How code is written: LibCST's tree of it, and which of its nodes are which of an outline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import normalize

import libcst as cst

from lrlint import outline
from lrlint.finding import Location
from lrlint.outline import FIELDS
from lrlint.parse import ParseProblem, parse_module
from lrlint.program.recorder import Recorder
from lrlint.program.spans import Spans
from lrlint.program.unlike import Unlike

_STAND_IN = "_lrlint_{}_"


class Concrete:
    """LibCST's module of a program, and its node for each node of the outline."""

    def __init__(self, module: cst.Module, nodes: Mapping[outline.Node, cst.CSTNode]) -> None:
        self.module = module
        self.nodes = nodes

    def spans(self, nodes: Iterable[outline.Node]) -> Spans:
        """The places of nodes in the text that LibCST makes of its tree."""
        wanted = {self.nodes[node]: node for node in nodes}
        recorder = Recorder(self.module.default_indent, self.module.default_newline, wanted=frozenset(wanted))
        self.module._codegen(recorder)
        plain, enclosed = (
            {wanted[node]: span for node, span in found.items()} for found in (recorder.spans, recorder.enclosed)
        )
        return Spans("".join(recorder.tokens), plain, enclosed)

    def code(self, node: outline.Node, instead: Mapping[outline.Node, str]) -> str:
        """The code of a node with its parentheses, and with other text for some nodes inside it; without a semicolon."""
        stand_ins = {self.nodes[inner]: _STAND_IN.format(number) for number, inner in enumerate(instead)}
        read: Any = self.nodes[node]
        if isinstance(read, cst.BaseSmallStatement):
            read = read.with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
        if stand_ins:
            read = read.visit(_Replacing(stand_ins))
        code = self.module.code_for_node(read)
        for stand_in, text in zip(stand_ins.values(), instead.values(), strict=True):
            code = code.replace(stand_in, text)
        return code

    def is_enclosed(self, node: outline.Node) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        return bool(getattr(self.nodes[node], "lpar", ()))

    def is_commented(self, line: outline.Node) -> bool:
        """Whether a line carries a comment: behind it, or on lines of its own above it."""
        read: Any = self.nodes[line]
        return bool(read.trailing_whitespace.comment or any(empty.comment for empty in read.leading_lines))


def converted(text: str) -> tuple[outline.Module, Concrete]:
    """The outline of a text as LibCST reads it; raises :class:`~lrlint.parse.ParseProblem`."""
    nodes: dict[outline.Node, cst.CSTNode] = {}
    parsed = parse_module(text)
    module: outline.Module = as_outline(parsed, nodes)
    return module, Concrete(parsed, nodes)


def as_outline(read: object, nodes: dict[outline.Node, cst.CSTNode]) -> Any:
    """What LibCST holds in a field, as an outline holds it; its nodes are noted with those of the outline."""
    if isinstance(read, (list, tuple)):
        return [as_outline(each, nodes) for each in read]
    if not isinstance(read, cst.CSTNode):
        return read
    kind = _KINDS[type(read)]
    if kind is None:
        raise ParseProblem(f"lrlint does not know what LibCST calls {type(read).__name__}", Location(1, 1))
    node = kind(*(as_outline(_held(read, name), nodes) for name in FIELDS[kind]))
    nodes[node] = read
    return node


def paired(module: outline.Module, text: str) -> Concrete:
    """How the code of an outline is written.

    Raises :class:`~lrlint.parse.ParseProblem`, and :class:`Unlike` where LibCST reads other code than the outline has.
    """
    nodes: dict[outline.Node, cst.CSTNode] = {}
    parsed = parse_module(text)
    todo: list[tuple[Any, Any]] = [(module, parsed)]
    while todo:
        node, read = todo.pop()
        kind = type(node)
        if kind is list:
            if not isinstance(read, (list, tuple)) or len(node) != len(read):
                raise Unlike("the two parsers differ")
            todo.extend(zip(node, read, strict=True))
        elif _KINDS[type(read)] is kind:
            nodes[node] = read
            todo.extend((getattr(node, name), _held(read, name)) for name in FIELDS[kind])
        elif node != read:
            raise Unlike("the two parsers differ")
    return Concrete(parsed, nodes)


def _held(read: cst.CSTNode, field: str) -> Any:
    """What a node of LibCST's holds in a field, as an outline has it.

    Names are as Python understands them, which LibCST leaves with the compatibility characters that are written.
    """
    if isinstance(read, cst.Name):
        return read.value if read.value.isascii() else normalize("NFKC", read.value)
    held = getattr(read, field)
    return None if held is cst.MaybeSentinel.DEFAULT else held


class _Replacing(cst.CSTTransformer):
    """Puts names in the place of nodes, and does not look into what it replaces."""

    def __init__(self, names: Mapping[cst.CSTNode, str]) -> None:
        super().__init__()
        self._names = names

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Whether to go on inside a node."""
        return node not in self._names

    def on_leave(self, original_node: Any, updated_node: Any) -> Any:
        """What stands in a node's place."""
        return cst.Name(self._names[original_node]) if original_node in self._names else updated_node


class _Kinds(dict[type, Any]):
    """The kinds of nodes of an outline by those of LibCST's; ``None`` for what is no node of an outline."""

    def __missing__(self, kind: type) -> Any:
        self[kind] = getattr(outline, kind.__name__, None) if issubclass(kind, cst.CSTNode) else None
        return self[kind]


_KINDS = _Kinds()
