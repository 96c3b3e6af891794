"""Questions about the tree alone."""

from __future__ import annotations

from collections.abc import Iterator

from lrlint import outline
from lrlint.outline import FIELDS


def parts(node: outline.Node) -> list[outline.Node]:
    """The nodes right below a node that are code, in their order."""
    found: list[outline.Node] = []
    kind: type[object] = type(node)
    for name in FIELDS[kind]:
        held = getattr(node, name)
        kind = type(held)
        if kind is list:
            found.extend(held)
        elif FIELDS[kind]:
            found.append(held)
    return found


def alike(one: object, other: object) -> bool:
    """Whether two pieces of code differ in nothing but how they are written."""
    kind = type(one)
    if kind is not type(other):
        return False
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if not isinstance(one, outline.Node):
        return one == other
    names = FIELDS[kind]
    return all(alike(getattr(one, name), getattr(other, name)) for name in names)


def walk(node: outline.Node) -> Iterator[outline.Node]:
    """A node and all code below it as they are written, without recursion: each node before those in it."""
    todo = [node]
    while todo:
        inner = todo.pop()
        yield inner
        todo.extend(reversed(parts(inner)))


_BLOCKS = frozenset(
    {
        outline.ClassDef,
        outline.Else,
        outline.ExceptHandler,
        outline.ExceptStarHandler,
        outline.Finally,
        outline.For,
        outline.FunctionDef,
        outline.If,
        outline.IndentedBlock,
        outline.Match,
        outline.MatchCase,
        outline.Try,
        outline.TryStar,
        outline.While,
        outline.With,
    }
)
"""What statements stand in."""


def small_statements(block: outline.BaseSuite) -> Iterator[outline.BaseSmallStatement]:
    """The statements in the lines of a block and of all blocks in it, the last lines first."""
    todo: list[outline.Node] = [block]
    while todo:
        inner = todo.pop()
        if isinstance(inner, (outline.SimpleStatementLine, outline.SimpleStatementSuite)):
            yield from inner.body
        elif type(inner) in _BLOCKS:
            todo.extend(parts(inner))


def contains(node: outline.Node, inner: outline.Node) -> bool:
    """Whether a node is, or has somewhere inside it, another."""
    return any(candidate is inner for candidate in walk(node))


def names_in(node: outline.Node) -> set[str]:
    """The names that an expression looks up: not those of attributes and keywords."""
    return {name.value for name in lookups(node)}


def lookups(node: outline.Node) -> Iterator[outline.Name]:
    """The names in a piece of code: not those of attributes and keywords."""
    todo = [node]
    while todo:
        inner = todo.pop()
        if type(inner) is outline.Name:
            yield inner
        elif isinstance(inner, (outline.Attribute, outline.Arg)):
            todo.append(inner.value)
        else:
            todo.extend(parts(inner))


def is_reference(node: outline.Node) -> bool:
    """Whether an expression only names something that was made elsewhere."""
    return isinstance(node, (outline.Name, outline.Attribute, outline.Subscript))


def reads_in(node: outline.Node) -> set[str]:
    """The names and dotted names that an expression looks up."""
    names: set[str] = set()
    todo = [node]
    while todo:
        inner = todo.pop()
        if isinstance(inner, (outline.Name, outline.Attribute)):
            names.add(dotted(inner))
        todo.extend([inner.value] if isinstance(inner, (outline.Attribute, outline.Arg)) else parts(inner))
    return names


def dotted(node: outline.BaseExpression) -> str:
    """A dotted name as text; empty for anything else."""
    if type(node) is outline.Attribute:
        return f"{dotted(node.value)}.{node.attr.value}"
    return node.value if type(node) is outline.Name else ""


def last_name(node: outline.BaseExpression) -> str:
    """The last part of a dotted name, or of the name of what is called."""
    if type(node) is outline.Call:
        return last_name(node.func)
    if type(node) is outline.Attribute:
        return node.attr.value
    return node.value if type(node) is outline.Name else ""


def only_small_statement(line: outline.Node) -> outline.BaseSmallStatement | None:
    """The statement of a line that holds just one."""
    if isinstance(line, outline.SimpleStatementLine) and len(line.body) == 1:
        return line.body[0]
    return None


def contains_name(node: outline.Node, name: outline.BaseExpression) -> bool:
    """Whether an expression reads a name or an attribute."""
    return any(alike(inner, name) for inner in walk(node))


def moved_in(move: outline.Node) -> outline.BaseExpression | None:
    """The variable in a call that moves it: ``step`` of ``step.assign_add(1)`` and of ``tf.assign_add(step, 1)``."""
    if type(move) is not outline.Call or type(move.func) is not outline.Attribute:
        return None
    first = move.args[0] if len(move.args) > 1 else None
    return first.value if first is not None and first.keyword is None and not first.star else move.func.value
