"""The words of a module: what it asks of them, and what it binds to them, wherever that stands and whoever runs it.

The trace does not run functions that have nothing to do with rates. What such a function does to a constant it does not
see; so a constant is held against a program only where it is bound once, by what is bound once, and never asked for.

Of statements that were left out of the outline, since they cannot matter otherwise, the stdlib tree tells the same.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lrlint import outline
from lrlint.trace.syntax import last_name, walk

_BUILTINS = frozenset(dir(builtins))
_DYNAMIC = frozenset({"exec", "eval", "globals", "locals", "vars", "setattr", "delattr", "__dict__", "patch"})
"""What binds words that nobody sees."""

_CHANGING = frozenset(
    {"append", "extend", "insert", "pop", "remove", "sort", "reverse", "clear", "update", "setdefault", "popitem"}
)
"""The methods that change a list or a dict."""

_TESTS = (outline.If, outline.IfExp, outline.While, outline.Assert)
_BINDERS = (
    outline.Assign,
    outline.AnnAssign,
    outline.NamedExpr,
    outline.ClassDef,
    outline.FunctionDef,
    outline.Param,
    outline.AugAssign,
    outline.For,
    outline.AsName,
    outline.Global,
)
_SPEAKING = frozenset({*_TESTS, *_BINDERS, outline.Comparison, outline.BooleanOperation, outline.Call})
"""The kinds of nodes that ask something of words, bind or change them."""


@dataclass(slots=True)
class Lexicon:
    """What a module does with its words: the names in it, and the attributes."""

    words: set[str] = field(default_factory=set)
    tested: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    bound: dict[str, list[outline.Node | set[str] | None]] = field(default_factory=dict)
    """The expressions that are bound to a word, or their words: the class itself for a class, or no words; ``None`` for
    what is no expression."""

    def is_constant(self, expression: outline.Node) -> bool:
        """Whether an expression is of constants: of words that are bound once, to such an expression, and never tested."""
        if not _DYNAMIC.isdisjoint(self.words):
            return False
        seen: set[str] = set()
        todo: list[outline.Node | set[str]] = [expression]
        while todo:
            held = todo.pop()
            new = (held if isinstance(held, set) else words_in(held)) - seen
            seen |= new
            if not new.isdisjoint(self.tested) or not new.isdisjoint(self.changed):
                return False
            for word in new:
                bindings = self.bound.get(word, [])
                if len(bindings) > 1 or None in bindings:
                    return False
                todo.extend(node for node in bindings if node is not None and not isinstance(node, outline.ClassDef))
        return True


def lexicon(module: outline.Module, left_out: Iterable[ast.stmt] = ()) -> Lexicon:
    """The words of a module, and of statements that were left out of it, without recursion."""
    result = Lexicon()
    for node in walk(module):
        kind = type(node)  # isinstance() is slower, and this loop sees every node
        if kind is outline.Name:
            result.words.add(node.value)  # type: ignore[attr-defined]
        elif kind is outline.Attribute:
            result.words.add(node.attr.value)  # type: ignore[attr-defined]
        elif kind in _SPEAKING:
            _note(node, result)
    for statement in left_out:
        _add(result, statement)
    return result


def _note(node: outline.Node, result: Lexicon) -> None:
    """Note what a node asks of words, and what it binds to them."""
    if isinstance(node, _TESTS):
        result.tested |= words_in(node.test)
    elif isinstance(node, (outline.Comparison, outline.BooleanOperation)):
        result.tested |= words_in(node)
    elif isinstance(node, outline.Call) and isinstance(node.func, outline.Attribute) and last_name(node) in _CHANGING:
        result.changed |= words_in(node.func.value)
    for target, value in _bindings(node):
        for word, bound in _parts_of(target, value):
            result.bound.setdefault(word, []).append(bound)


def words_in(node: outline.Node) -> set[str]:
    """The names and attributes in a piece of code, without those of builtins."""
    return {
        last_name(inner) for inner in walk(node) if type(inner) is outline.Name or type(inner) is outline.Attribute
    } - _BUILTINS


def _bindings(node: outline.Node) -> list[tuple[outline.BaseExpression, outline.Node | None]]:
    """What a node binds, each with the expression that it is bound to."""
    if isinstance(node, outline.Assign):
        return [(target.target, node.value) for target in node.targets]
    if isinstance(node, outline.AnnAssign):
        return [(node.target, node.value)] if node.value is not None else []
    if isinstance(node, outline.NamedExpr):
        return [(node.target, node.value)]
    if isinstance(node, outline.ClassDef):
        return [(node.name, node)]
    if isinstance(node, (outline.FunctionDef, outline.Param)):
        return [(node.name, None)]
    if isinstance(node, (outline.AugAssign, outline.For)):
        return [(node.target, None)]
    if isinstance(node, outline.AsName):
        return [(node.name, None)]
    return [(item.name, None) for item in node.names] if isinstance(node, outline.Global) else []


def _parts_of(target: outline.BaseExpression, value: outline.Node | None) -> list[tuple[str, outline.Node | None]]:
    """The words that a target binds, each to its part of the value."""
    if isinstance(target, (outline.Tuple, outline.List)):
        values: list[outline.Node | None] = [None] * len(target.elements)
        if isinstance(value, (outline.Tuple, outline.List)) and len(value.elements) == len(target.elements):
            values = [element.value for element in value.elements]
        return [
            found
            for element, part in zip(target.elements, values, strict=True)
            for found in _parts_of(element.value, part)
        ]
    if isinstance(target, outline.Subscript):
        return [(word, None) for word in words_in(target.value)]
    return [(last_name(target), value)]


# What was left out, by the stdlib tree.


def _add(lexicon: Lexicon, statement: ast.stmt) -> None:
    """Add the words of a statement, as those of its outline would be."""
    for node in ast.walk(statement):
        lexicon.words.update(_named(node))
        if isinstance(node, (ast.If, ast.IfExp, ast.While, ast.Assert)):
            lexicon.tested |= _words_below(node.test)
        elif isinstance(node, (ast.Compare, ast.BoolOp)):
            lexicon.tested |= _words_below(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CHANGING:
            lexicon.changed |= _words_below(node.func.value)
        for word, bound in _bound(node):
            lexicon.bound.setdefault(word, []).append(bound)


def _words_below(node: ast.AST) -> set[str]:
    return {word for inner in ast.walk(node) for word in _named(inner)} - _BUILTINS


def _named(node: ast.AST) -> list[str]:
    """The names that a node itself holds."""
    match node:
        case ast.Name(id=str(name)) | ast.Attribute(attr=str(name)) | ast.arg(arg=str(name)):
            return [name]
        case ast.keyword(arg=str(name)) | ast.ExceptHandler(name=str(name)):
            return [name]
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.alias(name=name, asname=alias):
            return [*name.split("."), *([alias] if alias else [])]
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            return names
    return []


def _bound(node: ast.AST) -> Iterator[tuple[str, set[str] | None]]:
    """What a node binds, as ``_bindings`` says it of an outline's."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                yield from _spread(target, value)
        case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
            yield from _spread(target, value)
        case ast.ClassDef(name=name):
            yield name, set()
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.arg(arg=name):
            yield name, None
        case ast.AugAssign(target=target) | ast.For(target=target) | ast.AsyncFor(target=target):
            yield from _spread(target, None)
        case ast.withitem(optional_vars=ast.expr() as target):
            yield from _spread(target, None)
        case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
            yield name, None
        case ast.Global(names=names):
            yield from ((name, None) for name in names)


def _spread(target: ast.expr, value: ast.expr | None) -> Iterator[tuple[str, set[str] | None]]:
    """The words that a target binds, each with the words of its part of the value."""
    match target:
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            parts: list[ast.expr | None] = [None] * len(elements)
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(elements):
                parts = [*value.elts]
            for element, part in zip(elements, parts, strict=True):
                yield from _spread(element, part)
        case ast.Starred(value=inner):
            yield from _spread(inner, value)
        case ast.Subscript(value=holder):
            yield from ((word, None) for word in _words_below(holder))
        case ast.Name(id=name) | ast.Attribute(attr=name):
            yield name, _words_below(value) if value is not None else None
