"""What a rule is, and what it hands back: places in the tree, before they have rows and columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lrlint.finding import Safety, Way

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace import Trace
    from lrlint.trace.events import Passed
    from lrlint.trace.values import Object, Optimizer, Schedule, Value

STEP_MISTAKES = ("LRL101", "LRL102", "LRL104", "LRL105", "LRL106", "LRL107", "LRL111")
"""The codes of a step that does not move as meant, or not on from where it was.

They are what a program hides that raises before, or follows no schedule.
"""

Where = Literal["replace", "before", "after", "argument", "line", "line-before", "unwrap"]


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, named by a node: its text is replaced, or text is put before or after it.

    ``"argument"`` puts one more argument behind the last one of a call, which is the node; ``"line"`` takes away the
    whole line of a statement; ``"line-before"`` puts a line before it, indented as it is; ``"unwrap"`` leaves of a node
    only the ``inner`` one, as it is written. The parentheses around an expression are no part of it, unless
    ``enclosed``.
    """

    node: outline.Node
    content: str
    where: Where = "replace"
    inner: outline.Node | None = None
    enclosed: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """Changes that belong together, with their safety: what becomes a :class:`lrlint.Fix`."""

    applicability: Safety
    message: str
    changes: tuple[Change, ...]
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Strays:
    """How the rate strays from a schedule: what :mod:`lrlint.effect` makes the numbers of an effect from.

    ``raises`` says what it is that raises, and ``error`` what. ``optimizer`` is the one that should follow the schedule
    where it does not even seem to, and ``constant`` its own rate. ``unknown`` says what has to be known for numbers, and
    is not. ``meant`` are the arguments that were probably meant in the place of those given, and
    ``read`` is what was meant as the step. The rest is as in :class:`lrlint.finding.Effect`.
    """

    schedule: Schedule | Object
    way: Way
    error: str | None = None
    raises: str = "the first update raises"
    made: int = 0
    lead: float = 0
    speed: float | None = None
    optimizer: Optimizer | None = None
    constant: Passed | None = None
    unknown: str | None = None
    meant: tuple[tuple[str, object], ...] | None = None
    read: Value | None = None


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a rule yields: a node, what is wrong there, what it does to the rate, the story's other places, the repair.

    What it does to the rate is said behind the message, and not in it.
    """

    node: outline.Node
    message: str
    repair: Repair | None = None
    effect: Strays | None = None
    related: tuple[tuple[outline.Node, str], ...] = ()
    mode: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its code and what it is, beside the query that finds it.

    The name and the page are those of the module that holds it. ``check`` is ``None`` for a rule that is reported
    before there is a trace (``LRL001``); it may yield a place once for each context that leads there. ``uncovers`` are
    the codes of what the mistake may hide, and its repair bring to light.
    """

    code: str
    summary: str
    mode: Literal["eager", "graph", "both"]
    fix: Literal["none", "safe", "unsafe", "sometimes"]
    since: str
    check: Callable[[Trace], Iterable[Mistake]] | None
    name: str = ""
    uncovers: tuple[str, ...] = ()

    def mistakes(self, trace: Trace) -> Iterable[Mistake]:
        """The first mistake at each place."""
        found: dict[outline.Node, Mistake] = {}
        for mistake in self.check(trace) if self.check is not None else ():
            found.setdefault(mistake.node, mistake)
        return found.values()
