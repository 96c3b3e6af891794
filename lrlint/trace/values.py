"""Abstract values: what an expression may be, as far as schedules, steps and optimizers are concerned.

A value is a set of atoms, one for each thing that an expression may be when it is evaluated; an atom is a thing with an
identity, made at a site. An atom may carry guards: the outcomes of conditions under which alone it is there.

The things that a program makes are interned by the interpreter, as their sites are: one thing is one object, compared by
its identity. The others are compared by what they say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.mode import ModeScope
    from lrlint.trace.scope import Frame, Loop, Path


@dataclass(frozen=True, slots=True, eq=False)
class Site:
    """Where a thing is made: the node, the calls that lead there, and the loops and the mode around it.

    Sites are interned by the interpreter, so that the same node in the same context is one object.
    """

    node: outline.Node
    path: Path = field(repr=False)
    loops: tuple[Loop, ...] = field(repr=False)
    scope: ModeScope = field(repr=False)


class Atom:
    """One thing that an expression may be."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Unknown(Atom):
    """Anything at all: no rule fires on it. There is one only, in :data:`UNKNOWN`."""


@dataclass(frozen=True, slots=True, eq=False)
class Plain(Atom):
    """Something that is no schedule, step or optimizer and holds none: text, a truth value, a tensor of data."""


@dataclass(frozen=True, slots=True)
class Literal(Atom):
    """A Python constant. ``kind`` keeps ``1``, ``1.0`` and ``True`` apart; ``made`` is where it is written, if asked."""

    content: object
    kind: type
    made: outline.BaseExpression | None = None


@dataclass(frozen=True, slots=True)
class Default(Atom):
    """A number that is there unless the user, or a caller, asks for another; made at the site that says so."""

    content: object
    kind: type
    site: Site


@dataclass(frozen=True, slots=True)
class Number(Atom):
    """A Python or NumPy number whose value is not known; ``made`` is the expression that gives it, if asked."""

    made: outline.BaseExpression | None = None


@dataclass(frozen=True, slots=True, eq=False)
class NumberArray(Atom):
    """A NumPy array of one number: a number, unless the program counts it in place."""

    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class ConstantTensor(Atom):
    """A tensor made of a number: a number like any other, but that a session may feed it in a graph."""

    site: Site
    label: str | None = None
    """The name that the program gives it in TensorFlow, where it is a constant."""


@dataclass(frozen=True, slots=True)
class Parameter(Atom):
    """A parameter of a function whose callers are not known: unknown, but one and the same thing in the function.

    What it is by default is in the trace.
    """

    frame: int
    name: str


@dataclass(frozen=True, slots=True)
class ModeAnswer(Atom):
    """What ``tf.executing_eagerly()`` gives."""


@dataclass(frozen=True, slots=True, eq=False)
class External(Atom):
    """Something from outside the file, by its canonical dotted name (``tf.train.AdamOptimizer``, ``numpy.mean``).

    There is one for each name: see :func:`external`.
    """

    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Object(Atom):
    """What a call of something external gave."""

    site: Site
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Function(Atom):
    """A function of the file, with the frame that it closes over. ``graph``: it runs as a graph (``tf.function``)."""

    node: outline.FunctionDef | outline.Lambda
    frame: Frame
    graph: bool = False
    kind: str = ""
    """``"property"``, ``"static"`` or ``"class"`` for what a decorator made of it."""


@dataclass(frozen=True, slots=True)
class Bound(Atom):
    """A function of the file as a method of a receiver."""

    function: Function
    receiver: Atom


@dataclass(frozen=True, slots=True)
class Method(Atom):
    """An attribute of something that is not of the file's own classes: of a step, a schedule, an optimizer, a list."""

    receiver: Atom
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Partial(Atom):
    """A ``functools.partial``: its arguments are in the interpreter's table, by site."""

    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class Class(Atom):
    """A class of the file."""

    node: outline.ClassDef
    frame: Frame


@dataclass(frozen=True, slots=True, eq=False)
class Instance(Atom):
    """An instance of a class of the file."""

    site: Site
    cls: Class


@dataclass(frozen=True, slots=True)
class Super(Atom):
    """``super()`` in a method of ``cls``, for a receiver."""

    receiver: Instance
    cls: Class


@dataclass(frozen=True, slots=True, eq=False)
class Container(Atom):
    """A list, tuple, dict, set or namespace; what it holds is in the store, by slot."""

    site: Site
    kind: str


@dataclass(frozen=True, slots=True, eq=False)
class Variable(Atom):
    """A TensorFlow variable, and so perhaps a step. The one global step of a program has no site."""

    site: Site | None
    label: str | None = None
    """The name that the program gives it in TensorFlow, where it is a constant."""


@dataclass(frozen=True, slots=True, eq=False)
class MissingStep(Atom):
    """What ``get_global_step()`` gives where nothing has made a global step: ``None``."""

    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class Schedule(Atom):
    """What a decay call returns."""

    site: Site


@dataclass(frozen=True, slots=True)
class Rate(Atom):
    """The number that a schedule gave when it was called, at a site."""

    schedule: Schedule
    site: Site


@dataclass(frozen=True, slots=True)
class Derived(Atom):
    """Something computed from steps, schedules or rates: arithmetic, a cast, a value that was read.

    In graph mode it follows what it is made from; in eager mode it is a snapshot.
    """

    sources: frozenset[Atom]
    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class TrainOp(Atom):
    """What an update returns; in a graph, the operation that a session runs."""

    site: Site


@dataclass(frozen=True, slots=True, eq=False)
class Optimizer(Atom):
    """An optimizer of ``tf.train``, ``tf.contrib`` or Keras; what it was given is in the trace."""

    site: Site


Guard = tuple[int, bool]
Guards = frozenset[Guard]
ALWAYS: Guards = frozenset()
ASKED: Guard = (-1, True)
"""The guard of a thing that the program has asked whether it can be called."""

AMONG: Guard = (-2, True)
"""The guard of a thing that is one of several different ones in a container: which, the program may know."""

OPEN: Guard = (-3, True)
"""The guard of a constant that code outside the file may set to another: one of a class that only others make use of."""

AtomT = TypeVar("AtomT", bound=Atom)

_OPAQUE = frozenset({Unknown, Parameter, Default})
_INERT = _OPAQUE | {Plain, Literal, Number, ConstantTensor, Object, External, TrainOp}
_DULL = _INERT | {NumberArray, Class, Method}

_WIDEST = 24


@dataclass(slots=True, unsafe_hash=True)  # frozen ones take three times as long to make; it is never changed
class Value:
    """What an expression may be: atoms, each with its guards. No atoms at all: not bound, or never reached."""

    atoms: dict[Atom, Guards] = field(default_factory=dict)
    inert: bool = field(init=False, compare=False, repr=False)
    """Whether nothing ever comes of it, whatever is done with it: no schedule, no step, and nothing that holds one."""

    sure: bool = field(init=False, compare=False, repr=False)
    """Whether none of it has a guard."""

    def __post_init__(self) -> None:
        self.inert = _INERT.issuperset(map(type, self.atoms))
        self.sure = not any(self.atoms.values())

    @staticmethod
    def of(*atoms: Atom) -> Value:
        return Value(dict.fromkeys(atoms, ALWAYS))

    def __iter__(self) -> Iterator[Atom]:
        return iter(self.atoms)

    def __bool__(self) -> bool:
        return bool(self.atoms)

    def __contains__(self, atom: object) -> bool:
        return atom in self.atoms

    def __or__(self, other: Value) -> Value:
        """The join: what either may be. An atom on both sides keeps the guards that both have."""
        if self.atoms == other.atoms or not other.atoms:
            return self
        if not self.atoms:
            return other
        joined = dict(self.atoms)
        for atom, guards in other.atoms.items():
            joined[atom] = joined[atom] & guards if atom in joined else guards
        if len(joined) > _WIDEST:
            joined = {atom: guards for atom, guards in joined.items() if not isinstance(atom, (Literal, Object))}
            joined.update(UNKNOWN.atoms)
        return Value(joined)

    def all(self, kind: type[AtomT]) -> list[AtomT]:
        """The atoms of a kind."""
        return [atom for atom in self.atoms if isinstance(atom, kind)]

    def only(self, kind: type[AtomT]) -> AtomT | None:
        """The one atom, where there is just one and it is of the kind."""
        if len(self.atoms) == 1:
            for atom in self.atoms:
                return atom if isinstance(atom, kind) else None
        return None

    def where(self, keep: Callable[[Atom], bool]) -> Value:
        """The part of the value whose atoms are wanted."""
        if all(keep(atom) for atom in self.atoms):
            return self
        return Value({atom: guards for atom, guards in self.atoms.items() if keep(atom)})

    def guarded(self, guard: Guard) -> Value:
        """The value as it is under one outcome of a condition."""
        return Value({atom: guards | {guard} for atom, guards in self.atoms.items()})

    def unguarded(self, since: int) -> Value:
        """The value without the guards of conditions met since some moment, whose outcomes no longer hold."""
        if self.sure:
            return self
        return Value(
            {atom: frozenset(guard for guard in guards if guard[0] < since) for atom, guards in self.atoms.items()}
        )

    def under(self, path: dict[int, bool]) -> Value:
        """The part of the value that can be there, given the outcomes of the conditions around the place."""
        if self.sure or not path:
            return self
        return Value(
            {
                atom: guards
                for atom, guards in self.atoms.items()
                if all(path.get(condition, outcome) == outcome for condition, outcome in guards)
            }
        )


NOTHING = Value()
UNKNOWN = Value.of(Unknown())
PLAIN = Value.of(Plain())
NUMBER = Value.of(Number())
NONE = Value.of(Literal(None, type(None)))
GLOBAL_STEP = Variable(None, "global_step")


@cache
def external(name: str) -> External:
    """What is outside the file under a canonical name."""
    return External(name)


FLAGS = external("flags.FLAGS")
"""What holds the flags of a program, whichever library declares them."""

PARSED = "argparse.ArgumentParser.parse_args"
"""The name of what a parser of the command line gives."""

ARGUMENTS = external("argparse.Namespace")
"""What holds the arguments of the command line, whichever parser declares them."""


def literal(content: object) -> Value:
    """The value of a Python constant."""
    return Value.of(Literal(content, type(content)))


@cache
def outside(name: str) -> Value:
    """The value of something from outside the file."""
    return Value.of(external(name))


def join(values: Iterable[Value]) -> Value:
    """What any of the values may be."""
    result = NOTHING
    for value in values:
        result |= value
    return result


def is_opaque(atom: Atom) -> bool:
    """Whether nobody can say what this is."""
    return type(atom) in _OPAQUE


def is_all_opaque(value: Value) -> bool:
    """Whether nobody can say of anything in a value what it is."""
    return _OPAQUE.issuperset(map(type, value.atoms))


def is_dull(value: Value) -> bool:
    """Whether a value is of no interest in itself, wherever it goes."""
    return value.inert or _DULL.issuperset(map(type, value.atoms))
