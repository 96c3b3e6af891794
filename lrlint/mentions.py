"""Does a decay's name stand in code, or in comments and strings only? Asked of the stdlib tree, where such words stand."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from lrlint.prefilter import DECAY_NAMES, HALVES, KERAS_SCHEDULES, OPTIMIZER
from lrlint.slips import meant
from lrlint.text import with_line_feeds
from lrlint.tree import standing_in

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = (*(half.removeprefix("train.") for half in HALVES), "Decay")
"""Each name of a decay, however it is misspelt, and each of a schedule of Keras contains one of these."""

_NAMING = frozenset({ast.Name, ast.Attribute, ast.keyword, ast.arg, ast.Constant, ast.alias})
"""The nodes that :func:`_names` knows something of: most are none of these, and to ask for the kind costs more."""


def mentions_decay_in_code(tree: ast.AST, text: str) -> bool:
    """Whether a decay's name stands anywhere in the code: as a name, an attribute, an import or a whole string.

    A string counts only if it is nothing but the name, as in ``getattr(tf.train, "exponential_decay")``: prose and
    comments do not. A schedule of Keras counts beside an optimizer that is not one of Keras, and a decay that is
    misspelt behind ``train.``.
    """
    text = with_line_feeds(text)
    keras = False
    for node, name in _named(tree, _rows_with(_WORDS, text)):
        if name in DECAY_NAMES or _is_slip(node):
            return True
        keras = keras or name in KERAS_SCHEDULES
    return keras and any(
        name.endswith(OPTIMIZER) and name != OPTIMIZER for _, name in _named(tree, _rows_with((OPTIMIZER,), text))
    )


def imports_anything(tree: ast.AST) -> bool:
    """Whether there is an import in the code: without one, nobody can say whose names are used."""
    return any(isinstance(node, (ast.Import, ast.ImportFrom)) for node in ast.walk(tree))


def _rows_with(words: tuple[str, ...], text: str) -> list[int]:
    """The rows of a text in which one of some words stands."""
    places: set[int] = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            places.add(at)
            at = text.find("\n", at)
            at = text.find(word, at) if at >= 0 else at
    rows: list[int] = []
    row, last = 1, 0
    for place in sorted(places):
        row, last = row + text.count("\n", last, place), place
        rows.append(row)
    return rows


def _named(tree: ast.AST, rows: list[int]) -> Iterator[tuple[ast.AST, str]]:
    """What is named in certain rows, with its names."""
    for node in standing_in(tree, rows):
        if type(node) in _NAMING:
            for name in _names(node):
                yield node, name


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
