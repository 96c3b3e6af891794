"""Findings as JSON and back. What an entry may hold is said by the types of their fields, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, is_dataclass
from functools import cache
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from lrlint.finding import Finding, Location

_Read = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """What an entry holds: the findings, and how the file was looked at, without the time that it took."""

    findings: tuple[Finding, ...]
    skipped: str | None
    mode: str | None
    evidence: str | None


def dumps(kept: Kept) -> bytes:
    """An entry as JSON: each record a list of its fields. Raises :class:`ValueError` for what JSON cannot say."""
    try:
        return json.dumps(astuple(kept), separators=(",", ":")).encode("ascii")
    except TypeError as error:
        raise ValueError(str(error)) from None


def loads(body: bytes) -> Kept:
    """What :func:`dumps` was given; raises :class:`ValueError` for what it cannot have written."""
    kept: Kept = _reader(Kept)(json.loads(body))
    return kept


@cache
def _reader(kind: Any) -> _Read:
    """What turns JSON's values into those of a type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple and arguments[-1] is ...:
        each = _reader(arguments[0])
        return lambda values: tuple(map(each, _expect(values, isinstance(values, list))))
    if origin is tuple:
        return _record(tuple, arguments)
    if origin is Literal:
        return lambda value: _expect(value, value in arguments)
    if NoneType in arguments:
        (some,) = (_reader(each) for each in arguments if each is not NoneType)
        return lambda value: None if value is None else some(value)
    if kind is Location or is_dataclass(kind):
        kinds = tuple(get_type_hints(kind).values())
        return _record(lambda fields: kind(*fields), kinds)  # type: ignore[operator]  # a class, not one of its instances
    if kind is object:
        return _argument
    exact = (int, float) if kind is float else (kind,)
    return lambda value: _expect(value, type(value) in exact)


def _record(make: Callable[[Sequence[Any]], Any], kinds: tuple[Any, ...]) -> _Read:
    readers = tuple(map(_reader, kinds))

    def read(values: Any) -> Any:
        fields = _expect(values, isinstance(values, list) and len(values) == len(readers))
        return make([field(value) for field, value in zip(readers, fields, strict=True)])

    return read


def _argument(value: Any) -> Any:
    """What a decay may be called with: numbers, words, and tuples of them."""
    if isinstance(value, list):
        return tuple(map(_argument, value))
    return _expect(value, value is None or isinstance(value, (bool, int, float, str)))


def _expect(value: Any, holds: bool) -> Any:
    if not holds:
        raise ValueError(f"not what was written: {value!r}")
    return value
