"""When a loop, or a round of entries, has come to rest: what is worth another round, and what is no longer told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrlint.trace.values import (
    NUMBER,
    UNKNOWN,
    Derived,
    Literal,
    MissingStep,
    Optimizer,
    Partial,
    Rate,
    Schedule,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.store import Place


class Entered(NamedTuple):
    """A call of an entry: when it began, what it read of all that was there before, and which calls it skipped."""

    started: int
    read: set[Place]
    skipped: list[outline.Node]


EXACT_ROUNDS = 3
"""After so many rounds, constants that go on changing are any number."""

HOT = frozenset({Variable, Schedule, Rate, Derived, Optimizer, Partial, MissingStep})
"""The kinds of things for which the program is walked."""


def widened(value: Value, before: Value | None) -> Value:
    """A value whose constants that were not there before are no longer told apart, so that a round adds no more of them."""
    known = before.atoms if before is not None else {}
    new = [atom for atom in value.atoms if isinstance(atom, Literal) and atom not in known]
    if not new:
        return value
    numbers = all(atom.kind in (int, float) for atom in new)
    return value.where(lambda atom: atom not in new) | (NUMBER if numbers else UNKNOWN)


def tells_more(before: Value | None, after: Value) -> bool:
    """Whether a place that held one value and now holds another is worth another look at the code that reads it.

    It is where there is a new schedule, step, rate or optimizer, or where a constant is no longer sure: what was ruled
    out because of the constant is not.
    """
    held = before.atoms if before is not None else {}
    if any(type(atom) in HOT for atom in after.atoms.keys() - held.keys()):
        return True
    return bool(held) and all(isinstance(atom, Literal) for atom in held) and not after.atoms.keys() <= held.keys()
