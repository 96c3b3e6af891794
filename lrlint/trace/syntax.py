"""Questions about the tree alone."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from lrlint.fields import CODE_FIELDS


def parts(node: cst.CSTNode) -> list[cst.CSTNode]:
    """The nodes right below a node that are code, in their order; much cheaper than ``node.children``."""
    found: list[cst.CSTNode] = []
    kind: type[object] = type(node)
    for name in CODE_FIELDS[kind]:
        held = getattr(node, name)
        kind = type(held)
        if kind is list or kind is tuple:
            found.extend(held)
        elif CODE_FIELDS[kind]:
            found.append(held)
    return found


def alike(one: object, other: object) -> bool:
    """Whether two pieces of code differ in nothing but white space, comments and parentheses."""
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):  # LibCST has both, for the same
        return len(one) == len(other) and all(map(alike, one, other))
    kind = type(one)
    if kind is not type(other):
        return False
    if not isinstance(one, cst.CSTNode):
        return one == other
    names = CODE_FIELDS[kind]
    return all(alike(getattr(one, name), getattr(other, name)) for name in names)


def walk(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """A node and all code below it as they are written, without recursion: each node before those in it."""
    todo = [node]
    while todo:
        inner = todo.pop()
        yield inner
        todo.extend(reversed(parts(inner)))


_BLOCKS = frozenset(
    {
        cst.ClassDef,
        cst.Else,
        cst.ExceptHandler,
        cst.ExceptStarHandler,
        cst.Finally,
        cst.For,
        cst.FunctionDef,
        cst.If,
        cst.IndentedBlock,
        cst.Match,
        cst.MatchCase,
        cst.Try,
        cst.TryStar,
        cst.While,
        cst.With,
    }
)
"""What statements stand in."""


def small_statements(block: cst.BaseSuite) -> Iterator[cst.BaseSmallStatement]:
    """The statements in the lines of a block and of all blocks in it, the last lines first."""
    todo: list[cst.CSTNode] = [block]
    while todo:
        inner = todo.pop()
        if isinstance(inner, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
            yield from inner.body
        elif type(inner) in _BLOCKS:
            todo.extend(parts(inner))


def contains(node: cst.CSTNode, inner: cst.CSTNode) -> bool:
    """Whether a node is, or has somewhere inside it, another."""
    return any(candidate is inner for candidate in walk(node))


def names_in(node: cst.CSTNode) -> set[str]:
    """The names that an expression looks up: not those of attributes and keywords."""
    return {name.value for name in lookups(node)}


def lookups(node: cst.CSTNode) -> Iterator[cst.Name]:
    """The names in a piece of code: not those of attributes and keywords."""
    todo = [node]
    while todo:
        inner = todo.pop()
        if type(inner) is cst.Name:
            yield inner
        elif isinstance(inner, (cst.Attribute, cst.Arg)):
            todo.append(inner.value)
        else:
            todo.extend(parts(inner))


def is_reference(node: cst.CSTNode) -> bool:
    """Whether an expression only names something that was made elsewhere."""
    return isinstance(node, (cst.Name, cst.Attribute, cst.Subscript))


def reads_in(node: cst.CSTNode) -> set[str]:
    """The names and dotted names that an expression looks up."""
    names: set[str] = set()
    todo = [node]
    while todo:
        inner = todo.pop()
        if isinstance(inner, (cst.Name, cst.Attribute)):
            names.add(dotted(inner))
        todo.extend([inner.value] if isinstance(inner, (cst.Attribute, cst.Arg)) else parts(inner))
    return names


def dotted(node: cst.BaseExpression) -> str:
    """A dotted name as text; empty for anything else."""
    if type(node) is cst.Attribute:
        return f"{dotted(node.value)}.{node.attr.value}"
    return node.value if type(node) is cst.Name else ""


def last_name(node: cst.BaseExpression) -> str:
    """The last part of a dotted name, or of the name of what is called."""
    if type(node) is cst.Call:
        return last_name(node.func)
    if type(node) is cst.Attribute:
        return node.attr.value
    return node.value if type(node) is cst.Name else ""


def only_small_statement(line: cst.CSTNode) -> cst.BaseSmallStatement | None:
    """The statement of a line that holds just one."""
    if isinstance(line, cst.SimpleStatementLine) and len(line.body) == 1:
        return line.body[0]
    return None


def contains_name(node: cst.CSTNode, name: cst.BaseExpression) -> bool:
    """Whether an expression reads a name or an attribute."""
    return any(alike(inner, name) for inner in walk(node))


def moved_in(move: cst.CSTNode) -> cst.BaseExpression | None:
    """The variable in a call that moves it: ``step`` of ``step.assign_add(1)`` and of ``tf.assign_add(step, 1)``."""
    if type(move) is not cst.Call or type(move.func) is not cst.Attribute:
        return None
    first = move.args[0] if len(move.args) > 1 else None
    return first.value if first is not None and first.keyword is None and not first.star else move.func.value
