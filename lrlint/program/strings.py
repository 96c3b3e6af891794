"""How strings are written: the pieces of one, and what stands between the braces of an f-string."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_PREFIX = r"(?i:[bfu]?r?|r[bf])"
_QUOTE = r"(?:'''|\"\"\"|'|\")"
_NO_CODE = r"(?:[\s\\]|#[^\n]*\n)*"
_PIECE = re.compile(rf"{_NO_CODE}(?P<prefix>{_PREFIX})(?P<quote>{_QUOTE})")
_IN_EXPRESSION = re.compile(rf"(?P<prefix>{_PREFIX})(?P<quote>{_QUOTE})|\w+|[=!<>]=|#[^\n]*|.", re.DOTALL)
_BEHIND_EXPRESSION = re.compile(rf"(?:={_NO_CODE})?(?:!(?P<conversion>\w+){_NO_CODE})?(?P<last>[:}}])")
_TEXT = re.compile(r"[^\\{}'\"]+|\\N\{[^{}]*\}|\\[^{}]|\{\{|\}\}|.", re.DOTALL)
_RAW_TEXT = re.compile(r"[^\\{}'\"]+|\\[^{}]|\{\{|\}\}|.", re.DOTALL)


class Field(NamedTuple):
    """What stands between two braces: an expression, by its place, and how its value is to be shown."""

    start: int
    end: int
    conversion: str | None
    format_spec: list[str | Field] | None


class Piece(NamedTuple):
    """One of the literals that were written for a string, and what an f-string is made of."""

    code: str
    parts: list[str | Field] | None


def pieces(code: str) -> Iterator[Piece]:
    """The literals that were written for a string, between which are only white space and comments.

    Raises :class:`ValueError` for what is no string.
    """
    at = 0
    while at < len(code):
        opening = _match(_PIECE, code, at)
        parts, at = _literal(code, opening)
        yield Piece(code[opening.start("prefix") : at], parts)


def _literal(code: str, opening: re.Match[str]) -> tuple[list[str | Field] | None, int]:
    """The parts of a literal, which only an f-string has, and where it ends."""
    prefix, quote = opening["prefix"].lower(), opening["quote"]
    if "f" not in prefix:
        closing = re.compile(rf"(?:[^\\]|\\.)*?{quote}", re.DOTALL)
        return None, _match(closing, code, opening.end()).end()
    parts, end = _parts(code, opening.end(), quote, _RAW_TEXT if "r" in prefix else _TEXT)
    return parts, end + len(quote)


def _parts(
    code: str, at: int, closing: str, text: re.Pattern[str], *, in_format: bool = False
) -> tuple[list[str | Field], int]:
    """What stands up to a quote, or the brace that ends a format; braces that stand for themselves are doubled in a text."""
    parts: list[str | Field] = []
    start = at
    while not code.startswith(closing, at):
        if code.startswith("{", at) and (in_format or not code.startswith("{{", at)):
            if start < at:
                parts.append(code[start:at])
            field, at = _field(code, at + 1, text)
            parts.append(field)
            start = at
        else:
            at = _match(text, code, at).end()
    if start < at:
        parts.append(code[start:at])
    return parts, at


def _field(code: str, start: int, text: re.Pattern[str]) -> tuple[Field, int]:
    end = _end_of_expression(code, start)
    behind = _match(_BEHIND_EXPRESSION, code, end)
    if behind["last"] == "}":
        return Field(start, end, behind["conversion"], None), behind.end()
    format_spec, last = _parts(code, behind.end(), "}", text, in_format=True)
    return Field(start, end, behind["conversion"], format_spec), last + 1


def _end_of_expression(code: str, at: int) -> int:
    depth = 0
    while True:
        token = _match(_IN_EXPRESSION, code, at)
        if token["quote"]:
            _, at = _literal(code, token)
            continue
        if token[0] in {"(", "[", "{"}:
            depth += 1
        elif depth:
            depth -= token[0] in {")", "]", "}"}
        elif token[0] in {"=", "!", ":", "}"}:
            return at
        at = token.end()


def _match(pattern: re.Pattern[str], code: str, at: int) -> re.Match[str]:
    found = pattern.match(code, at)
    if found is None:
        raise ValueError(code)
    return found
