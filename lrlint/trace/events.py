"""What is seen while a program is walked: schedules, steps, optimizers, and what is done with them.

An event that is met again (in another round of a loop, or on
another path) is the same event with its values joined; in another calling context it is another event.
"""

from __future__ import annotations

import typing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrlint.trace.mode import ModeScope
from lrlint.trace.values import (
    NOTHING,
    Container,
    Literal,
    Optimizer,
    Schedule,
    Value,
    Variable,
)

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.decays import Decay
    from lrlint.trace.passing import Arguments
    from lrlint.trace.scope import Loop, Path

Sign = typing.Literal["+", "-"]
CountForm = typing.Literal["assigned", "augmented", "discarded"]
UseKind = typing.Literal["text", "number", "tensor", "attribute", "order", "equality", "truth", "array", "history"]
MoveKind = typing.Literal["update", "added", "set", "fed", "reset"]


class Where(NamedTuple):
    """The context of an event: the calls that lead there, the loops around it, its region, and the branches taken.

    ``assumed`` are the outcomes that lead into these; ``settled`` are others without which it is not reached, since
    another arm leaves.
    """

    path: Path
    loops: tuple[Loop, ...]
    scope: ModeScope
    assumed: frozenset[tuple[int, bool]] = frozenset()
    settled: frozenset[tuple[int, bool]] = frozenset()

    def excludes(self, other: Where) -> bool:
        """Whether the two are different arms of one branch, so that only one of them runs."""
        return any((condition, not outcome) in other.assumed for condition, outcome in self.assumed)


class Passed(NamedTuple):
    """An argument as it was passed: what it may be, and the expression, where there is one."""

    value: Value
    node: outline.BaseExpression | None = None
    arg: outline.Arg | None = None


@dataclass(slots=True)
class ScheduleStory:
    """A schedule: the decay call that makes it, and what the call was given.

    ``arguments`` are those of the decay's own parameters, ``given`` all of them as they were passed. ``lists`` are the
    elements of the lists and tuples among them, as they were then. ``guarded``: the program copes with a call that
    raises, or does not always call this decay.
    """

    schedule: Schedule
    decay: Decay
    node: outline.Call
    arguments: dict[str, Passed]
    given: Arguments
    where: Where
    lists: dict[str, tuple[Passed, ...]] = field(default_factory=dict)
    guarded: bool = False

    @property
    def step(self) -> Passed:
        return self.arguments.get(self.decay.step.name, Passed(NOTHING))


@dataclass(slots=True)
class OptimizerStory:
    """An optimizer: the call that makes it, the rate it was given, and the optimizer it wraps, if it does.

    ``via_callable`` are the schedules that a callable rate calls: ``lambda: lr() * 0.5``.
    """

    optimizer: Optimizer
    name: str
    keras: bool
    calls_rate: bool
    node: outline.Call
    rate: Passed
    where: Where
    via_callable: frozenset[Schedule] = frozenset()
    wrapped: frozenset[Optimizer] = frozenset()
    handles: dict[Schedule, frozenset[str]] = field(default_factory=dict)
    """For each schedule whose number went in, the expressions that stand for the schedule at the place."""

    steps_at_hand: dict[Variable, frozenset[str]] = field(default_factory=dict)
    """The variables that may be steps and have a name at the place, with their names."""

    @property
    def short_name(self) -> str:
        """The class without its module."""
        return self.name.rpartition(".")[2]


@dataclass(slots=True)
class Update:
    """An update of the weights: ``minimize`` or ``apply_gradients``, or a function that updates by itself.

    ``handles`` are, for the step of each schedule (on each path), the expressions that stand for it at the place.
    """

    node: outline.Call
    method: str
    optimizers: Value
    global_step: Passed
    where: Where
    loss: Passed
    handles: dict[frozenset[Variable], frozenset[str]] = field(default_factory=dict)
    schedules: dict[frozenset[Schedule], frozenset[str]] = field(default_factory=dict)
    """The same for the schedules of an optimizer that never calls its rate."""

    @property
    def passes_no_step(self) -> bool:
        """Whether it is known that no step is passed: none at all, or ``None``."""
        atoms = self.global_step.value.atoms
        return bool(atoms) and all(isinstance(atom, Literal) and atom.content is None for atom in atoms)


class Following(NamedTuple):
    """An update, the optimizer that makes it, and a schedule that the optimizer follows, or was meant to."""

    update: Update
    optimizer: Optimizer
    schedule: Schedule


@dataclass(slots=True)
class Move:
    """Something that advances a step: an update with ``global_step=``, ``assign_add`` and its kind.

    ``value`` is what it is set to, or moved by, where that is written there.
    """

    node: outline.Node
    variable: Variable
    kind: MoveKind
    where: Where
    value: Value = NOTHING


@dataclass(slots=True)
class Use:
    """Something else that is done with an uncalled schedule.

    ``node`` is the schedule's expression, ``context`` the expression that uses it; ``certain`` where the expression
    is a schedule on every path.
    """

    node: outline.BaseExpression
    kind: UseKind
    how: str
    schedule: Schedule
    context: outline.Node
    where: Where
    certain: bool = True


@dataclass(slots=True)
class Count:
    """A step variable counted as if it were a number: ``step = step + 1``, ``step += 1``, a bare ``step + 1``.

    ``subject`` is the step as it stands in the sum, ``target`` the place that is bound anew (``None`` where the sum
    goes nowhere).
    """

    node: outline.BaseSmallStatement
    form: CountForm
    variable: Variable
    subject: outline.BaseExpression
    target: outline.BaseExpression | None
    amount: outline.BaseExpression
    sign: Sign
    where: Where


@dataclass(slots=True)
class Element:
    """One use of a container by an index: the subscript, the constant index or ``None``, and where.

    Where it is written, ``statement`` is what writes it, and ``amount`` is by how much, if it is counted.
    """

    node: outline.Subscript
    index: object
    where: Where
    statement: outline.Assign | outline.AugAssign | None = None
    amount: outline.BaseExpression | None = None
    sign: Sign = "+"


@dataclass(slots=True)
class ContainerStory:
    """A list or tuple, and every use of it by an index."""

    container: Container
    node: outline.Node
    elements: dict[outline.Subscript, Element] = field(default_factory=dict)
    passed: set[outline.BaseExpression] = field(default_factory=set)
    """The expressions that are passed to TensorFlow as a step."""


@dataclass(slots=True)
class Called:
    """A call of a schedule; ``guarded`` where the program asks first whether it can be called."""

    node: outline.Call
    schedule: Schedule
    where: Where
    guarded: bool


@dataclass(slots=True)
class Checkpoint:
    """A ``tf.train.Checkpoint``: what it saves, by name, and the names of steps at the place."""

    node: outline.Call
    saved: dict[str, Passed]
    where: Where
    handles: dict[Variable, frozenset[str]]


@dataclass(slots=True)
class Compiled:
    """A Keras model that is compiled with an optimizer of ``tf.train``."""

    node: outline.Call
    optimizer: Optimizer
    passed: Passed
    where: Where


@dataclass(slots=True)
class KerasUpdate:
    """An update of a Keras optimizer, with its arguments by position and by name."""

    node: outline.Call
    method: str
    optimizer: Optimizer
    positional: tuple[Passed, ...]
    keywords: dict[str, Passed]
    where: Where


@dataclass(slots=True)
class RateSetting:
    """An assignment to an attribute of an optimizer that is named as its rate: to another value than it was given."""

    node: outline.Node
    attribute: str
    optimizer: Optimizer
    where: Where


class Mention(NamedTuple):
    """A name of TensorFlow's where it stands; ``guarded`` where the program copes with a name that is not there."""

    node: outline.Attribute
    name: str
    where: Where
    guarded: bool


class FrozenCopy(NamedTuple):
    """A copy of a rate that is made once: a variable, or what ``tf.cond`` gave. ``source`` is the schedule in it."""

    node: outline.Node
    schedule: Schedule
    optimizer: OptimizerStory
    source: outline.BaseExpression | None


class Counter(NamedTuple):
    """The numbers that a schedule reads: where they are written, the statements that count them, and what reads them.

    ``tensors``: they are tensors, and what reads them may ask for what only tensors have.
    """

    made: tuple[outline.Node, ...]
    counted: tuple[Count, ...]
    reads: tuple[outline.BaseExpression, ...]
    tensors: bool = False
