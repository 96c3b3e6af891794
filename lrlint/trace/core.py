"""The state of the abstract interpreter: frames, store, loops, mode, conditions, and what it has seen."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from lrlint import outline
from lrlint.program import Program
from lrlint.trace.events import RateSetting, Where
from lrlint.trace.fixpoint import HOT, Entered, tells_more
from lrlint.trace.mode import Evidence, Mode, Modes, ModeScope
from lrlint.trace.passing import Arguments
from lrlint.trace.scope import Frame, Loop, Path
from lrlint.trace.store import REST, Layer, Place, Store
from lrlint.trace.story import Trace
from lrlint.trace.survey import survey
from lrlint.trace.values import (
    ALWAYS,
    GLOBAL_STEP,
    NOTHING,
    PLAIN,
    Atom,
    AtomT,
    Bound,
    Class,
    Container,
    Default,
    Derived,
    Function,
    Guard,
    Guards,
    Instance,
    Literal,
    Method,
    Number,
    NumberArray,
    Object,
    Optimizer,
    Parameter,
    Partial,
    Rate,
    Schedule,
    Site,
    Value,
    Variable,
    is_opaque,
)

_COUNTING = frozenset({Literal, Number, NumberArray, Parameter, Default})
"""What the only element of a list may be that counts steps."""

_HOLDING = frozenset({Instance, Container, Class})

# A program costs a few visits of each of its nodes; one that costs far more is given up, and says so.
_VISITS_PER_NODE = 20
_VISITS_AT_LEAST = 50_000


class Core(ABC):
    """What every part of the interpreter works on."""

    _visits = 0
    _most_visits = _VISITS_AT_LEAST

    def __init__(self, program: Program, modes: Modes) -> None:
        self.module = module = program.module
        self.modes = modes
        self.survey = survey(module)
        self.store = Store(self._heed)
        self.story = Trace(program, modes, self.store)
        self.live = True
        self.loops: tuple[Loop, ...] = ()
        self.scope: ModeScope = modes.root
        self.breaks: list[list[Layer]] = []
        self.continues: list[list[Layer]] = []
        self.pending: dict[Function, Atom | None] = {}
        self.given: set[Function] = set()
        self.called: set[tuple[outline.Node, Frame]] = set()
        self.defaults: dict[tuple[outline.Node, Frame], dict[str, Value]] = {}
        self.shared: dict[str, Variable] = {}
        self.trying = 0  # how many statements around cope with what raises on a schedule
        self.coping = 0  # how many cope with what raises, or with one function in the place of another
        self.graph_steps: dict[ModeScope, Variable] = {}
        self.entering = False
        self.defining: Class | None = None
        self.fields: dict[Object, list[str]] = {}
        self.partials: dict[Partial, tuple[Value, Arguments]] = {}
        self.stars: list[str] = []
        self.statement: outline.Node = module
        self.loop_depths: list[int] = []
        self.classes: dict[Class, None] = {}
        self.clock = 0
        """How many entries have been called, all told."""

        self.entered: dict[tuple[Function, Atom | None], Entered] = {}
        self.skipped: list[outline.Node] = []
        """The functions that were called and not run, one after the other, since nothing in them mattered yet."""

        self.news: dict[Place, int] = {}
        """When an entry last left something in a place that is worth another look."""

        self.assumed: dict[int, bool] = {}
        self.settled: dict[int, bool] = {}
        """Outcomes without which the rest of this block is not reached, since the other arm of their branch leaves."""

        self.narrowed: dict[Place, Value] = {}
        """What is known, in this arm of a branch, of attributes that are computed."""

        self._conditions: dict[Hashable, int] = {}
        self._versions: dict[Hashable, int] = {}
        self._sites: dict[tuple[outline.Node, Path], Site] = {}
        self._things: dict[tuple[Hashable, ...], Atom] = {}
        self._paths: dict[tuple[Path | None, outline.Node, outline.Node], Path] = {}
        self.frames: dict[Path, Frame] = {}
        self._scopes: dict[Hashable, ModeScope] = {}
        path = self.path(None, module, module)
        self.frame = Frame(0, module, path, modes.root)
        self.frames[path] = self.frame
        self.globals = self.frame

    # What the other parts bring.

    @abstractmethod
    def evaluate(self, node: outline.BaseExpression) -> Value:
        """What an expression may be; on the way, what it does is noted."""

    @abstractmethod
    def call(self, callee: Value, node: outline.Node, arguments: Arguments) -> Value:
        """What a call may give."""

    @abstractmethod
    def run(self, body: outline.BaseSuite) -> None:
        """Run a block of statements."""

    @abstractmethod
    def assume_mode(self, mode: Mode, node: outline.Node) -> None:
        """Take the mode of the arm of a branch from a question for it."""

    @abstractmethod
    def assign(self, target: outline.BaseExpression, value: Value) -> None:
        """Bind a target, of whatever shape."""

    # Identities.

    def site(self, node: outline.Node) -> Site:
        """The site of a node in the present context."""
        key = (node, self.frame.path)
        site = self._sites.get(key)
        if site is None:
            site = self._sites[key] = Site(node, self.frame.path, self.loops, self.scope)
        return site

    def thing(self, kind: Callable[..., AtomT], node: outline.Node, *rest: Hashable) -> AtomT:
        """The thing of a kind that is made at a node in the present context; ``rest`` is what else tells it apart."""
        key = (kind, self.site(node), *rest)
        thing = self._things.get(key)
        if thing is None:
            thing = self._things[key] = kind(*key[1:])
        return cast(AtomT, thing)

    def made(self, kind: type[AtomT]) -> Iterator[AtomT]:
        """The things of a kind that were made so far."""
        return (thing for thing in self._things.values() if isinstance(thing, kind))

    def path(self, caller: Path | None, call: outline.Node, function: outline.Node) -> Path:
        key = (caller, call, function)
        path = self._paths.get(key)
        if path is None:
            path = self._paths[key] = Path(caller, call, function)
        return path

    def enter(self, path: Path, parent: Frame, scope: ModeScope) -> Frame:
        """The frame of an activation, as it is before the first statement."""
        frame = self.frames.get(path)
        if frame is None:
            frame = self.frames[path] = Frame(
                len(self.frames), path.function, path, scope, parent, is_class=type(path.function) is outline.ClassDef
            )
        frame.parent = parent
        frame.returned = frame.yielded = NOTHING
        frame.exits = []
        return frame

    def region(self, key: Hashable, fixed: Evidence | None = None) -> ModeScope:
        """A region of the program inside the present one."""
        scope = self._scopes.get((key, self.scope))
        if scope is None:
            scope = self._scopes[key, self.scope] = ModeScope(self.scope, fixed)
        return scope

    @property
    def where(self) -> Where:
        return Where(
            self.frame.path, self.loops, self.scope, frozenset(self.assumed.items()), frozenset(self.settled.items())
        )

    # The budget.

    def spend(self) -> bool:
        """Count a visit; false once the program has cost too much, and its story is no longer complete."""
        self._visits += 1
        if self._visits > self._most_visits:
            self.story.complete = False
            return False
        return True

    def allow(self, nodes: int) -> None:
        """Set the budget of a program of so many nodes."""
        self._most_visits = max(_VISITS_AT_LEAST, nodes * _VISITS_PER_NODE)

    # Names and places.

    def owner(self, name: str) -> Frame:
        """The frame in which a name is bound when it is bound here."""
        return self.frame.outer.get(name, self.frame)

    def bind(self, name: str, value: Value) -> None:
        """Bind a name in the present frame."""
        self.note_binding(name)
        self._hold(self.owner(name), name, value)

    def bind_parameter(self, name: str, value: Value) -> None:
        """Bind a parameter in the present frame: for the length of a call it is one thing."""
        self._hold(self.frame, name, value)

    def _hold(self, frame: Frame, name: str, value: Value) -> None:
        frame.names[name] = None
        for atom in value.atoms if not value.inert else ():
            kind = type(atom)
            if kind in HOT or kind in _HOLDING:
                frame.named.setdefault(atom, {})[name] = None
        self.put((frame.key, name), value)

    def stands_for_many(self, thing: Atom) -> bool:
        """Whether a thing was made in a loop that has ended: then it stands for each of those that were made there."""
        site = getattr(thing, "site", None)
        return isinstance(site, Site) and any(loop not in self.loops for loop in site.loops)

    def update(self, place: Place, value: Value) -> None:
        """Write a slot: for certain, unless its owner stands for several things."""
        if isinstance(place[0], Atom) and self.stands_for_many(place[0]):
            self.store.add(place, value)
        else:
            self.store.write(place, value)

    def note_binding(self, name: str) -> None:
        """Note that the present statement binds a name, or the attribute of one."""
        self.story.bindings.setdefault(name, set()).add((self.statement, bool(self.loops)))

    def put(self, place: tuple[Hashable, Hashable], value: Value) -> None:
        """Write a place; what is put into a thing from elsewhere is seen from elsewhere."""
        known = ("", place[1]) if isinstance(place[0], Atom) else place
        self._versions[known] = self._versions.get(known, 0) + 1
        self.store.write(place, value)
        if isinstance(place[0], Atom) and is_opaque(place[0]):
            self.escape(value)

    def _heed(self, place: Place, value: Value) -> None:
        """Heat the name that is given something of which a function that reads it is worth a look, now or later.

        What is put into a container is found by the names of the container, however deep it stands in others.
        """
        owner, slot = place
        target = owner if type(owner) is Container else slot
        if target in self.survey.hot or not isinstance(target, (str, Container)):
            return
        for atom in value.atoms:
            kind = type(atom)
            if kind in HOT or (type(atom) is Method and type(atom.receiver) in HOT):
                self.survey.heat((target,))
            elif kind is Container:
                self.survey.lead(atom, target)
                if isinstance(target, str) and self._may_count(atom):
                    self.survey.heat((target,))
            elif isinstance(atom, (Function, Bound)):
                self.survey.lead_by_words(atom.node if isinstance(atom, Function) else atom.function.node, target)

    def _may_count(self, container: Atom) -> bool:
        """Whether the only element of a container may be a count of steps."""
        slots = self.store.slots.get(container, {})
        held = (self.store.read((container, slot)) or NOTHING for slot in slots)
        return len(slots) == 1 and all(_COUNTING.issuperset(map(type, value)) for value in held)

    def lookup(self, name: str) -> Value | None:
        """What a name stands for here, or ``None`` where it is bound nowhere in the file."""
        start: Frame | None = self.frame.outer.get(name, self.frame)
        frame = start
        while frame is not None:
            if name in frame.names and (frame is start or not frame.is_class):
                value = self.store.read((frame.key, name))
                if value is not None:
                    return value if value.sure else value.under(self.assumed)
            frame = frame.parent
        return None

    def handles(self, things: frozenset[Variable] | frozenset[Schedule], under: Guards = ALWAYS) -> frozenset[str]:
        """The expressions that stand for a thing here: names, attributes of names, slots of containers.

        Where it is one of several things, depending on the path, they stand for whichever it is; ``under`` are the
        outcomes of conditions that lead to just these things.
        """
        thing: Atom | None = next(iter(things), None)
        if thing is None:
            return frozenset()
        outcomes = dict(under)
        owners = self.store.owners.get(thing, {})
        found: set[str] = set()
        seen: set[str] = set()
        for frame in self.frame.chain:
            if frame is not self.frame and frame.is_class:
                continue
            named = (name for kept in (thing, *owners) for name in frame.named.get(kept, ()))
            for name in named:
                if name in seen:
                    continue
                seen.add(name)
                value = self.lookup(name)
                if value is None:
                    continue
                if value.under(outcomes).atoms.keys() == things:
                    found.add(name)
                holder = value.only(Instance) or value.only(Container) or value.only(Class)
                for slot in owners.get(holder, ()) if holder is not None else ():
                    held = self.store.read((holder, slot))
                    if held is not None and held.under(outcomes).atoms.keys() == things:
                        if not isinstance(holder, Container) or holder.kind == "namespace" or _is_field(holder, slot):
                            found.add(f"{name}.{slot}")
                        elif slot != REST and holder.kind != "set":
                            found.add(f"{name}[{slot!r}]")
        return frozenset(found)

    # The global step.

    def global_step_made(self) -> None:
        """From here on there may be a global step: the program has made one, or code that nobody here has read may."""
        self.store.write((GLOBAL_STEP, "made"), PLAIN)

    def knows_no_global_step(self) -> bool:
        """Whether it is known that there is no global step here: in what runs from the top of the module."""
        in_module = self.frame.path.entry.function is self.module
        return in_module and self.store.read((GLOBAL_STEP, "made")) is None

    # Flow.

    def branch(
        self, arms: Sequence[Callable[[], None]], guards: Sequence[Guard | None] = (), *, tied: bool = True
    ) -> None:
        """Run the arms of a branch, each from the present state, and join what those that end normally leave.

        ``guards`` are the outcomes that lead into the arms; ``tied`` values carry them on behind the branch.
        """
        layers: list[Layer] = []
        taken: list[Guard | None] = []
        if not self.live:
            return
        for index, arm in enumerate(arms):
            guard = guards[index] if index < len(guards) else None
            self.store.fork()
            self.live = True
            with self.assuming(guard):
                arm()
            layer = self.store.drop()
            if self.live:
                layers.append(layer)
                taken.append(guard)
        self.live = bool(layers)
        self.store.merge(layers, taken if tied and len(layers) > 1 else ())
        if len(taken) == 1 < len(arms) and taken[0] is not None:
            self.settled = {**self.settled, taken[0][0]: taken[0][1]}

    @contextmanager
    def assuming(self, guard: Guard | None) -> Iterator[None]:
        """Take the outcome of a condition for granted, and what is learnt from it about places and about the mode."""
        before, narrowed, region = self.assumed, self.narrowed, self.scope
        if guard is not None:
            self.assumed = {**before, guard[0]: guard[1]}
        yield
        self.assumed, self.narrowed, self.scope = before, narrowed, region

    def condition(self, text: str, names: Sequence[str]) -> int:
        """The number of a condition over names: the same for the same text, as long as no name is bound anew."""
        versions = tuple(
            (frame := self._home(name), self._versions.get((frame, name), 0), self._versions.get(("", name), 0))
            for name in names
        )
        return self._conditions.setdefault((text, versions), len(self._conditions))

    def new_condition(self) -> int:
        """The number of a condition that is like no other."""
        return self._conditions.setdefault(object(), len(self._conditions))

    @property
    def conditions_met(self) -> int:
        return len(self._conditions)

    def _home(self, name: str) -> int:
        for frame in self.frame.outer.get(name, self.frame).chain:
            if name in frame.names:
                return frame.key
        return -1

    @contextmanager
    def inside(self, *, loop: outline.Node | None = None, scope: ModeScope | None = None) -> Iterator[None]:
        """Work inside a loop, or in another region."""
        loops, region = self.loops, self.scope
        if loop is not None:
            self.loops = (*loops, Loop(loop, self.frame.path))
        if scope is not None:
            self.scope = scope
        yield
        self.loops, self.scope = loops, region

    def repeated(self, body: Callable[[], Value]) -> Value:
        """What an expression gives that is evaluated for each element: once more where what it left behind tells more."""
        self.store.fork()
        result = body()
        layer = self.store.drop()
        before = {place: self.store.read(place) for place in layer}
        self.store.merge([layer])
        if any(held is not None and tells_more(held, layer[place]) for place, held in before.items()):
            result |= body()
        return result

    def set_rate(self, optimizer: Optimizer, name: str, value: Value, node: outline.Node) -> None:
        """Note an attribute of an optimizer that is named as its rate, unless it is set to what the optimizer has."""
        if name in ("lr", "learning_rate") and value != self.story.optimizers[optimizer].rate.value:
            setting = RateSetting(node, name, optimizer, self.where)
            self.story.rate_settings[node, self.frame.path] = setting

    # What things are made of, and what becomes of them.

    def derive(self, values: Sequence[Value], node: outline.Node, otherwise: Value) -> Value:
        """The value of something computed: derived from the steps, schedules and rates among the operands."""
        if all(value.inert for value in values):
            return otherwise
        sources: set[Atom] = set()
        for value in (*values, *self._inside(values)):
            for atom in value.atoms:
                if isinstance(atom, Derived):
                    sources |= atom.sources
                elif isinstance(atom, (Variable, Schedule, Rate)):
                    sources.add(atom)
        if not sources:
            return otherwise
        return Value.of(Derived(frozenset(sources), self.site(node)))

    def by_default(self, value: Value) -> Value:
        """The value, and of a parameter whose callers are not known what it is by default."""
        parameter = value.only(Parameter) if self.story.parameter_defaults else None
        default = self.story.parameter_defaults.get(parameter) if parameter is not None else None
        return Value.of(default) if default is not None else value

    def _inside(self, values: Sequence[Value]) -> Iterator[Value]:
        """What stands in the lists and tuples among some values."""
        for value in values:
            for container in value.all(Container):
                if container.kind in ("list", "tuple"):
                    for slot in self.store.slots.get(container, ()):
                        yield self.store.read((container, slot)) or NOTHING

    def escape(self, value: Value) -> None:
        """What code outside the file gets hold of: it may move steps, and call functions."""
        if value.inert:
            return
        for atom in value.atoms:
            if isinstance(atom, (Variable, Schedule, Optimizer, Instance, Container, Bound)):
                self.story.escaped.add(atom)
            if isinstance(atom, Method):
                self.story.escaped.add(atom.receiver)
            if isinstance(atom, Function):
                self.pending.setdefault(atom, None)
                self.given.add(atom)
            elif isinstance(atom, Bound):
                self.pending.setdefault(atom.function, atom.receiver)
                self.given.add(atom.function)


def _is_field(holder: Container, slot: Hashable) -> bool:
    """Whether a slot is a field of a named tuple."""
    return holder.kind == "tuple" and isinstance(slot, str) and slot != REST
