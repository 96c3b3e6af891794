"""What cannot matter in a large file is left out before it is outlined and followed: each line of it takes memory and time.

A file is a list of units: the statements at its top, and the methods of its classes. A unit matters if it holds a word
that the trace acts upon (:data:`WORDS`), and what shares a word with a unit that matters does so, too, as far as the word
is one that the file binds where others see it: the name of a function, a class or a global, or an attribute that is set.
What makes a variable matters for no more than that; by the name that it may give to TensorFlow others get the variable,
too. Names of a function's own and names of libraries connect nothing. The rest is left out, and one ``pass`` stands for as
much of it as stands together.

Why that changes no finding: the trace goes from one place to another by names and attributes alone. What is left out
holds no word on which anything begins, so no schedule or optimizer is made in it and the mode is not told there; no
name leads from what is kept into it, so it is neither called nor read; and none leads out of it, so that it neither calls
nor binds what is kept, nor moves it. Where names are looked up in other ways (``eval``, ``globals()``, a star), nothing
is left out, nor where the program ends or asks whether there is a global step yet, which any call may make. What words
are bound and tested in the whole file is still told by its :func:`lexicon <lrlint.trace.lexicon.lexicon>`.
"""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from lrlint import tf_api
from lrlint.finding import Location
from lrlint.slips import meant
from lrlint.tree import children

_DYNAMIC = frozenset(
    {"__dict__", "__getattr__", "__getattribute__", "delattr", "eval", "exec", "exit", "get_global_step", "globals"}
    | {"locals", "patch", "setattr", "vars"}
)
"""What looks up or binds names without naming them, and what makes all that stands before it matter."""

MAKERS = frozenset(name.rpartition(".")[2] for name in tf_api.VARIABLES)
"""The words that make variables."""

WORDS = (
    tf_api.WORDS - MAKERS
    | tf_api.DECLARING
    | frozenset(
        name.rpartition(".")[2]
        for names in (
            tf_api.CHOICES,
            tf_api.COLLECTIONS,
            tf_api.EAGER_FUNCTIONS,
            tf_api.EAGER_QUERIES,
            tf_api.GIVING_AWAY,
            tf_api.GRAPH_WRAPPERS,
            tf_api.KERAS_OPTIMIZERS,
            tf_api.LOGGER_FACTORIES,
        )
        for name in names
    )
    | {"Graph", "Saver", "app", "as_default", "numpy"}
)
"""The words on which the trace acts: those that move or use something or make more than a variable, and those of modes."""

_LABEL = "'"
"""What a variable's name in TensorFlow begins with among the words, so that it is like none of Python's."""

_BUILTINS = frozenset(dir(builtins)) | {"display"}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SILENT = frozenset(
    {ast.Expr, ast.Call, ast.Assign, ast.BinOp, ast.Compare, ast.Subscript, ast.Tuple, ast.List, ast.If}
)
"""Kinds of nodes that bind and say nothing by themselves: those that most nodes are of."""

_ENDING = frozenset({ast.Raise, ast.Assert, ast.Import, ast.ImportFrom})


@dataclass(slots=True)
class Thinned:
    """A text without what cannot matter, and where its rows are in the whole one."""

    text: str
    rows: list[int]
    left_out: list[ast.stmt]

    def place(self, location: Location) -> Location:
        """A place of this text in the whole one."""
        return Location(self.rows[location.row - 1], location.column)


@dataclass(slots=True, eq=False)
class _Unit:
    """A statement at the top of the file, or a method, with its words."""

    node: ast.stmt
    outer: _Unit | None = None
    words: set[str] = field(default_factory=set)
    bound: set[str] = field(default_factory=set)
    """The words that others see bound here."""

    local: set[str] = field(default_factory=set)
    ends: bool = False
    """Whether it imports something, or may end the program."""

    matters: bool = False


class _Run(NamedTuple):
    """Statements that stand together and are left out: their rows, from and to, and the line that stands for them."""

    first: int
    last: int
    line: str
    nodes: list[ast.stmt]


def thinned(tree: ast.Module, text: str) -> Thinned | None:
    """A text without what cannot matter; ``None`` where all of it may matter."""
    if "\r" in text:
        return None
    lines = text.split("\n")
    units = _Survey(tree).units
    if units is None:
        return None
    _spread(units)
    gone = {unit.node for unit in units if not unit.matters and (unit.outer is None or unit.outer.matters)}
    runs = sorted(_runs(tree, gone, lines), key=lambda run: run.first) if gone else ()
    if not runs:
        return None
    rows: list[int] = []
    kept: list[str] = []
    row = 1
    for run in runs:
        rows.extend(range(row, run.first + 1))
        kept.extend((*lines[row - 1 : run.first - 1], run.line))
        row = run.last + 1
    rows.extend(range(row, len(lines) + 1))
    return Thinned("\n".join([*kept, *lines[row - 1 :]]), rows, [node for run in runs for node in run.nodes])


class _Survey:
    """The units of a file; none where names are looked up in ways that nobody sees."""

    def __init__(self, tree: ast.Module) -> None:
        self.units: list[_Unit] | None = []
        self._imported: set[str] = set()
        self._rebound: set[str] = set()
        found: list[_Unit] = []
        for statement in tree.body:
            unit = _Unit(statement)
            found.append(unit)
            inner = [_Unit(part, unit) for part in _methods(statement)]
            found.extend(inner)
            self._read(unit, skip={part.node for part in inner})
            for method in inner:
                self._read(method)
        if any(not _DYNAMIC.isdisjoint(unit.words) or "*" in unit.words for unit in found):
            self.units = None
            return
        innocent = (self._imported - self._rebound) | (_BUILTINS - self._rebound)
        named = {unit.node.name for unit in found if isinstance(unit.node, (*_FUNCTIONS, ast.ClassDef))}
        seen = {word for unit in found for word in unit.bound} - innocent
        for unit in found:
            unit.matters = unit.matters or _is_kept(unit) or not WORDS.isdisjoint(unit.words)
            unit.words -= unit.local - named
            unit.words &= seen
        self.units = found

    def _read(self, unit: _Unit, skip: set[ast.stmt] | None = None) -> None:
        """Note the words of a unit: those it has, and those it binds for others or for itself alone."""
        in_function = isinstance(unit.node, _FUNCTIONS)
        words, outward, own = unit.words, unit.bound, unit.local
        if isinstance(unit.node, (*_FUNCTIONS, ast.ClassDef)):
            words.add(unit.node.name)
            self._bind(unit.node.name, outward)
            if unit.outer is not None and isinstance(unit.outer.node, ast.ClassDef) and unit.node.name.startswith("__"):
                words.add(unit.outer.node.name)
        declared: set[str] = set()
        todo: list[ast.AST] = [unit.node]
        while todo:
            node = todo.pop()
            if isinstance(node, ast.Name):
                words.add(node.id)
                if type(node.ctx) is not ast.Load:
                    self._bind(node.id, own if in_function else outward)
                continue
            if isinstance(node, ast.Constant):
                if type(node.value) is str:
                    words.update(_words_in(node.value))
                continue
            if isinstance(node, ast.Attribute):
                words.add(node.attr)
                if type(node.ctx) is not ast.Load:
                    outward.add(node.attr)
                unit.matters = unit.matters or meant(node.attr) is not None
            elif type(node) in _SILENT:
                pass
            elif isinstance(node, ast.keyword):
                words.add(node.arg or "")
            elif isinstance(node, ast.arg):
                self._bind(node.arg, own)
            elif isinstance(node, ast.alias):
                self._import(unit, node, own if in_function else None)
            elif isinstance(node, (ast.Global, ast.Nonlocal)):
                declared.update(node.names)
            elif type(node) in _ENDING:
                unit.ends = True
            elif isinstance(node, (*_FUNCTIONS, ast.ClassDef)) and node is not unit.node:
                self._bind(node.name, own if in_function else outward)
                words.add(node.name)
            elif name := getattr(node, "name", None) or getattr(node, "rest", None):  # what is caught, or matches
                self._bind(name, own if in_function else outward)
                words.add(name)
            below = children(node)
            todo += [part for part in below if part not in skip] if skip else below
        _share(unit, declared)

    def _bind(self, name: str, where: set[str]) -> None:
        where.add(name)
        self._rebound.add(name)

    def _import(self, unit: _Unit, alias: ast.alias, own: set[str] | None) -> None:
        """Note an import; in a function it is one of the function's own names, and not that of the library elsewhere."""
        name = alias.asname or alias.name.partition(".")[0]
        unit.words.update((name, *alias.name.split(".")))
        if own is not None:
            own.add(name)
        else:
            self._imported.add(name)
            unit.bound.add(name)


def _words_in(text: str) -> tuple[str, ...]:
    """The words of a text: a name in Python, perhaps, and what a variable may be called in TensorFlow."""
    return (text, _LABEL + text) if text.isidentifier() else (_LABEL + text,)


def _share(unit: _Unit, declared: set[str]) -> None:
    """Note what others see of a unit though it is not bound there: global names, and the names that variables are given."""
    if not MAKERS.isdisjoint(unit.words):
        unit.bound.update(word for word in unit.words if word.startswith(_LABEL))
    if declared:
        unit.words.update(declared)
        unit.bound.update(declared)
        unit.local -= declared
        unit.matters = True


def _methods(statement: ast.stmt) -> list[ast.stmt]:
    return (
        [part for part in statement.body if isinstance(part, _FUNCTIONS)] if isinstance(statement, ast.ClassDef) else []
    )


def _is_kept(unit: _Unit) -> bool:
    """Whether a statement is kept whatever it says: an import, a text, and what may end the program."""
    if isinstance(unit.node, (*_FUNCTIONS, ast.ClassDef)):
        return False
    return unit.ends or (isinstance(unit.node, ast.Expr) and not isinstance(unit.node.value, ast.Call))


def _spread(units: Sequence[_Unit]) -> None:
    """What shares a word with what matters matters as well, and so does the class of a method that does."""
    holders: dict[str, list[_Unit]] = defaultdict(list)
    for unit in units:
        for word in unit.words:
            holders[word].append(unit)
    todo = [unit for unit in units if unit.matters]
    while todo:
        unit = todo.pop()
        others = [other for word in unit.words for other in holders.pop(word, ())]
        for other in (*others, *([unit.outer] if unit.outer is not None else [])):
            if not other.matters:
                other.matters = True
                todo.append(other)


def _runs(tree: ast.Module, gone: set[ast.stmt], lines: Sequence[str]) -> Iterator[_Run]:
    """What is left out, in its order; only whole lines are."""
    bodies = [tree.body, *(statement.body for statement in tree.body if isinstance(statement, ast.ClassDef))]
    for body in bodies:
        run: _Run | None = None
        last = 0
        for index, node in enumerate(body):
            first = min([node.lineno, *(part.lineno for part in getattr(node, "decorator_list", ()))])
            end = node.end_lineno or node.lineno
            behind = body[index + 1].lineno if index + 1 < len(body) else len(lines) + 1
            line = lines[first - 1]
            indent = line[: len(line) - len(line.lstrip())]
            if node in gone and last < first and end < behind and node.col_offset == len(indent):
                run = _Run(
                    run.first if run else first, end, run.line if run else f"{indent}pass", run.nodes if run else []
                )
                run.nodes.append(node)
            elif run is not None:
                yield run
                run = None
            last = end
        if run is not None:
            yield run
