"""Findings, edits and fixes: what lrlint says, as plain data.

Everything downstream of the rules (reports, fixes, the flake8 plugin) works on these values alone, so that none of it
needs LibCST.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Safety = Literal["safe", "unsafe", "display-only"]


class Location(NamedTuple):
    """A place in a text: 1-based row and 1-based column, in code points."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One replacement of the text between two places; an insertion where they are equal."""

    location: Location
    end_location: Location
    content: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together: all of them are applied, or none.

    ``message`` says what the fix does, as an imperative ("Add `global_step=step`"); ``reason`` says why an unsafe or
    display-only fix is not safe. ``uncovers`` are the codes of mistakes that the one which is fixed may hide: a program
    whose first update raises has no second one whose step could stand still.
    """

    applicability: Safety
    message: str
    edits: tuple[Edit, ...]
    reason: str | None = None
    uncovers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to a finding's story, such as where the schedule was made."""

    message: str
    location: Location
    end_location: Location


Way = Literal["frozen", "double", "drift", "restart", "raises", "as-is", "as-written"]
"""How the actual rate strays from the intended one.

``"frozen"``: it stays that of one step. ``"double"``: the step moves more than once in each update. ``"drift"``: the
weights are moved by more than the rate. ``"restart"``: the schedule begins again. ``"raises"``: there is none, for the
program ends. ``"as-is"``: it does not, only what is shown of it. ``"as-written"``: the decay's own arguments are not
those that were meant.
"""

Arguments = tuple[tuple[str, object], ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a finding costs: the intended rate beside the actual one, at telling steps.

    ``decay`` names the decay and ``arguments`` what it is computed with, by the parameters' names, without its step and
    ``name``; an argument that is not known is ``None``. ``way`` is how the actual rate strays from the intended one.

    ``steps`` are values that the schedule's step would have in a program without the mistake, ``intended`` and ``actual``
    the learning rates there, one a step; ``None`` where there is no rate, because the program has ended or nobody knows
    it. :mod:`lrlint.effect` computes the same for any other step. ``text`` is the one clause of it for people,
    ``assumed`` says what was not known and what was taken instead, and ``error`` is what TensorFlow raises.

    The rest is what the actual rate is computed from. The first update is made with the step at ``start``. There the
    step that is really read is ``lead`` steps ahead (``None``: nobody knows), and it moves by ``speed`` where one was
    meant. Every rate of the schedule is multiplied by ``scale``; ``constant`` is the rate of an optimizer that does not
    look at the schedule. ``made`` is how many updates are made before TensorFlow raises. ``meant`` are the arguments that
    were probably meant, where those that are written are the mistake.
    """

    decay: str
    arguments: Arguments
    way: Way
    steps: tuple[int, ...]
    intended: tuple[float | None, ...]
    actual: tuple[float | None, ...]
    text: str
    assumed: tuple[str, ...] = ()
    error: str | None = None
    start: float = 0
    lead: float | None = 0
    speed: float = 1
    scale: float = 1.0
    constant: float | None = None
    made: int = 0
    meant: Arguments | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A mistake at a place, with its story and, where there is one, its fix.

    ``mode`` is the mode the place was judged in (``"eager"``, ``"graph"``, or ``None`` where it did not matter) and
    ``evidence`` says in words why.
    """

    code: str
    name: str
    message: str
    location: Location
    end_location: Location
    fix: Fix | None = None
    related: tuple[Related, ...] = ()
    mode: str | None = None
    evidence: str | None = None
    effect: Effect | None = None

    @property
    def sort_key(self) -> tuple[Location, str, Location, str]:
        return (self.location, self.code, self.end_location, self.message)
