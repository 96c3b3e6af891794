"""Text to a LibCST module, with the stdlib parser in front: what it rejects, LibCST never sees."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from typing import TYPE_CHECKING

from lrlint.finding import Location
from lrlint.prefilter import DECAY_NAMES, KERAS_SCHEDULES
from lrlint.rows import Rows
from lrlint.slips import meant
from lrlint.text import with_line_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator

    import libcst as cst

MAX_DEPTH = 500
"""Levels of the stdlib tree. ``elif`` and operators on the left nest, so this bounds chains of them too.

LibCST's parser has room for many times that in :func:`lrlint.deep.deeply`; its code generation has not in every Python:
3.12.1 stops at some 740 levels, whatever the recursion limit.
"""

USUAL_DEPTH = 100
"""Levels at which nothing may run out of stack: where something does, it is not for the depth of the file."""

MAX_CHAIN = 500
"""Parts of what is flat in the stdlib tree and nested in LibCST's: ``or``, adjacent strings, dotted imports."""

TOO_DEEP = "too deeply nested for lrlint to read"

_PYTHON_2 = re.compile(
    r"""\s*(?:print|exec)\s+(?![(=.,)\]}:;]|(?:in|is|and|or|if|not\s+in)\b)  # print x
    | \s*raise\s+\w[\w.]*\s*,                                      # raise Error, "text"
    | \s*except\b[^:(]*,\s*\w+\s*:                                 # except Error, name:
    | .*(?:<>|`|\b0[0-7]+[lL]?\b|\b\d+[lL]\b|\b[uU][rR]['"])       # a <> b, `a`, 0777, 1L, ur""
    """,
    re.VERBOSE,
)
_STRING = re.compile(r"""(['"])(?:\\.|(?!\1).)*\1""")


class ParseProblem(Exception):
    """A text that cannot be read as Python; ``message`` is one line and ``location`` says where."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.message = message
        self.location = location


def parse(text: str) -> cst.Module:
    """The LibCST module of a text; raises :class:`ParseProblem`.

    To be called with room for recursion (:func:`lrlint.deep.deeply`), which the bounds here rely on.
    """
    check_depth(parse_tree(text), text)
    return parse_module(text)


def parse_tree(text: str) -> ast.Module:
    """The stdlib tree of a text; raises :class:`ParseProblem`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        raise _syntax_problem(error, text) from None
    except (RecursionError, MemoryError):  # what the stdlib parser raises when its own stacks are full
        raise ParseProblem(TOO_DEEP, Location(1, 1)) from None
    except ValueError as error:  # null bytes before Python 3.12, lone surrogates
        raise ParseProblem(str(error), Location(1, 1)) from None


def mentions_decay_in_code(tree: ast.AST) -> bool:
    """Whether a decay's name stands anywhere in the code: as a name, an attribute, an import or a whole string.

    A string counts only if it is nothing but the name, as in ``getattr(tf.train, "exponential_decay")``: prose and
    comments do not. A schedule of Keras counts beside an optimizer that is not one of Keras, and a decay that is
    misspelt behind ``train.``.
    """
    keras = optimizer = False
    for level in _levels(tree):
        for node in level:
            for name in _names(node) if type(node) in _NAMING else ():
                if name in DECAY_NAMES or _is_slip(node):
                    return True
                keras = keras or name in KERAS_SCHEDULES
                optimizer = optimizer or (name.endswith("Optimizer") and name != "Optimizer")
    return keras and optimizer


def imports_anything(tree: ast.AST) -> bool:
    """Whether there is an import in the code: without one, nobody can say whose names are used."""
    return any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.walk(tree))


_NAMING = frozenset({ast.Name, ast.Attribute, ast.keyword, ast.arg, ast.Constant, ast.alias})
"""The nodes that :func:`_names` knows something of: most are none of these, and to ask for the kind costs more."""


def _names(node: ast.AST) -> tuple[str, ...]:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)) | ast.arg(arg=name):
            return (name,)
        case ast.Constant(value=str(name)):
            return (name,)
        case ast.alias(name=name):
            return tuple(name.split("."))
    return ()


def _is_slip(node: ast.AST) -> bool:
    """Whether this is ``tf.train.polynominal_decay``, or another decay that is misspelt."""
    match node:
        case ast.Attribute(value=ast.Attribute(attr="train") | ast.Name(id="train"), attr=name):
            return meant(name) is not None
    return False


def check_depth(tree: ast.AST, text: str) -> int:
    """How deep a tree is; raises :class:`ParseProblem` at the first place that is nested too deeply for LibCST."""
    rows = Rows(text)
    deepest = 0
    for depth, level in enumerate(_levels(tree)):
        for node in reversed(level):
            chain = _chain(node, rows) if type(node) in _CHAINED else 0
            deepest = max(deepest, chain)
            if depth > MAX_DEPTH or chain > MAX_CHAIN:
                place = Location(1, 1)
                if isinstance(node, (ast.stmt, ast.expr, ast.alias)):
                    place = rows.location(node.lineno, node.col_offset)
                raise ParseProblem(TOO_DEEP, place)
        deepest = max(deepest, depth)
    return deepest


def _levels(tree: ast.AST) -> Iterator[list[ast.AST]]:
    """The nodes of a tree, those of the same depth together: no recursion, since depth is what is in doubt.

    Among them are a few names and numbers, for to sort them out costs more than to look at them.
    """
    level = [tree]
    while level:
        yield level
        below: list[ast.AST] = []
        for node in level:
            for name in _BELOW[type(node)]:
                part = getattr(node, name, None)
                if type(part) is list:
                    below += part
                elif part is not None:
                    below.append(part)
        level = below


_LEAVES = frozenset({"arg", "asname", "attr", "ctx", "level", "module", "op", "ops"})
"""The fields of many nodes that hold text, or what holds nothing."""


class _Below(dict[type[object], tuple[str, ...]]):
    """The fields of each kind of node that may hold others; none for what is no node, but stands where one may."""

    def __missing__(self, kind: type[object]) -> tuple[str, ...]:
        self[kind] = tuple(name for name in getattr(kind, "_fields", ()) if name not in _LEAVES)
        return self[kind]


_BELOW = _Below({ast.Constant: (), ast.Name: ()})


_CHAINED = frozenset({ast.BoolOp, ast.alias, ast.ImportFrom, ast.JoinedStr, ast.Constant})
"""The nodes that :func:`_chain` knows something of."""


def _chain(node: ast.AST, rows: Rows) -> int:
    match node:
        case ast.BoolOp(values=values):
            return len(values)
        case ast.alias(name=name) | ast.ImportFrom(module=str(name)):
            return name.count(".") + 1
        case ast.JoinedStr() | ast.Constant(value=str() | bytes()):
            return _adjacent_strings(node, rows)
    return 0


def _adjacent_strings(node: ast.expr, rows: Rows) -> int:
    """How many literals were written for one string; 0 where they are few."""
    if node.lineno == node.end_lineno and (node.end_col_offset or 0) <= 2 * MAX_CHAIN:
        return 0
    code = rows.code(node)
    if code.count("'") + code.count('"') <= 2 * MAX_CHAIN:  # each has two quotes at least
        return 0
    starts = (tokenize.STRING, getattr(tokenize, "FSTRING_START", -1), getattr(tokenize, "TSTRING_START", -1))
    try:
        return sum(token.type in starts for token in tokenize.generate_tokens(io.StringIO(f"({code})").readline))
    except (tokenize.TokenError, SyntaxError):  # a piece of an f-string, whose place is not its own in Python 3.11
        return 0


def parse_module(text: str) -> cst.Module:
    """LibCST's module of a text that the stdlib parser took; raises :class:`ParseProblem`.

    All newlines in it are line feeds: LibCST loses some where they are mixed, and rows and columns need no others.
    """
    import libcst as cst

    try:
        return cst.parse_module(with_line_feeds(text))
    except cst.ParserSyntaxError as error:
        message = f"LibCST cannot read this: {_one_line(error.message)}"
        raise ParseProblem(message, Location(max(error.editor_line, 1), max(error.editor_column, 1))) from None
    except (RecursionError, MemoryError):
        raise ParseProblem(TOO_DEEP, Location(1, 1)) from None
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":  # Rust's, not an Exception
            raise ParseProblem(f"LibCST cannot read this: {_one_line(str(error))}", Location(1, 1)) from None
        raise


def _syntax_problem(error: SyntaxError, text: str) -> ParseProblem:
    """A syntax error in our words: one line, and the place inside the text."""
    lines = Rows(text)
    row = min(max(error.lineno or 1, 1), lines.count)
    column = min(max(error.offset or 1, 1), len(lines.line(row)) + 1)
    message = _one_line(error.msg or "invalid syntax")
    if _PYTHON_2.match(_STRING.sub(r"\1\1", lines.line(row))):
        message = f"this looks like Python 2, which lrlint cannot read ({message})"
    return ParseProblem(message, Location(row, column))


def _one_line(message: str) -> str:
    return " ".join(message.split())
