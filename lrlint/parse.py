"""Text to the tree of the stdlib parser and to that of LibCST, which never sees what the first rejects."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from typing import TYPE_CHECKING

from lrlint.finding import Location
from lrlint.rows import Rows
from lrlint.text import with_line_feeds
from lrlint.tree import FORMATTED, levels, size

if TYPE_CHECKING:
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

FEW = 300
"""Characters in which nothing is too deep: each level of the tree takes one, but for :data:`SLACK` of them."""

SLACK = 10
"""Levels that need no characters of their own, as that of an expression in a statement."""

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


def check_depth(tree: ast.AST, text: str) -> None:
    """Raise :class:`ParseProblem` at the first place in a tree that is nested too deeply for LibCST."""
    rows = Rows(text)
    if not _is_shallow(tree, rows):
        _depth(tree, rows)


def depth(tree: ast.AST, text: str) -> int:
    """How deep a tree is, which is not too deep."""
    return _depth(tree, Rows(text))


def _is_shallow(tree: ast.AST, rows: Rows) -> bool:
    """Whether a look at what is large tells that nothing is too deep: each level takes a character of its own."""
    ends = rows.ends

    def is_large(node: ast.AST) -> bool:
        return size(node, ends) > FEW

    for depth, level in enumerate(levels(tree, is_large)):
        if depth > MAX_DEPTH - FEW - SLACK:
            return False
        for node in level:
            if type(node) in FORMATTED or (type(node) in _CHAINED and _chain(node, rows) > MAX_CHAIN):
                return False
    return True


def _depth(tree: ast.AST, rows: Rows) -> int:
    """How deep a tree is; raises :class:`ParseProblem` at the first place that is too deep."""
    deepest = 0
    for depth, level in enumerate(levels(tree)):
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
