"""What calls do: functions and classes of the file are run, and what is not of the file is asked of the models."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from lrlint import outline
from lrlint.trace.events import Passed
from lrlint.trace.expressions import Expressions
from lrlint.trace.folding import constant
from lrlint.trace.mode import Evidence, ModeScope
from lrlint.trace.names import is_harmless, is_innocent
from lrlint.trace.passing import Arguments
from lrlint.trace.scope import Frame, Path
from lrlint.trace.store import REST, Layer
from lrlint.trace.values import (
    ASKED,
    NONE,
    NOTHING,
    UNKNOWN,
    Atom,
    Bound,
    Class,
    Default,
    Derived,
    External,
    Function,
    Instance,
    Literal,
    Method,
    Object,
    Parameter,
    Partial,
    Rate,
    Schedule,
    Unknown,
    Value,
    is_dull,
    is_opaque,
    join,
)

_DEEPEST = 24


class Calls(Expressions):
    """Calls of anything."""

    @abstractmethod
    def call_external(self, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """What a call of something outside the file gives; ``None`` where no model knows it."""

    @abstractmethod
    def call_method(self, receiver: Atom, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """What a method of a thing that is not of the file's classes gives; ``None`` where no model knows it."""

    @abstractmethod
    def new_namedtuple(self, cls: Object, node: outline.Node, arguments: Arguments) -> Value:
        """A named tuple of a class that ``collections.namedtuple`` made."""

    @abstractmethod
    def call_schedule(self, schedule: Schedule, node: outline.Node, *, guarded: bool) -> Value:
        """What a schedule gives when it is called; ``guarded`` where the program copes with one that cannot be."""

    def call(self, callee: Value, node: outline.Node, arguments: Arguments) -> Value:
        if not callee.sure and (asked := [atom for atom in callee.all(Schedule) if ASKED in callee.atoms[atom]]):
            rates = join(self.call_schedule(atom, node, guarded=True) for atom in asked)
            rest = callee.where(lambda atom: atom not in asked)
            return rates | self.call(rest, node, arguments) if rest else rates
        if len(callee.atoms) == 1:
            (atom,) = callee.atoms
            return self._call_atom(atom, node, arguments)
        guarded = int(any(isinstance(atom, (Rate, Derived)) for atom in callee))
        results: list[Value] = []

        def arm(atom: Atom) -> None:
            result = self._call_atom(atom, node, arguments)
            for guard in callee.atoms[atom]:
                result = result.guarded(guard)
            results.append(result)

        self.trying += guarded
        self.coping += 1
        # Where one function of the file runs, no other one does: what each of them does is told apart.
        told_apart = all(isinstance(atom, (Function, Bound)) for atom in callee)
        guards = [(self.new_condition(), True) for _ in callee] if told_apart else ()
        self.branch([lambda atom=atom: arm(atom) for atom in callee], guards, tied=False)  # type: ignore[misc]
        self.trying -= guarded
        self.coping -= 1
        return join(results) or UNKNOWN

    def _call_atom(self, callee: Atom, node: outline.Node, arguments: Arguments) -> Value:
        caller = _CALLERS.get(type(callee))
        result = caller(self, callee, node, arguments) if caller is not None else None
        return result if result is not None else self.call_unknown(callee, arguments)

    def _call_code(self, callee: Function | Bound | Class, node: outline.Node, arguments: Arguments) -> Value:
        self.story.handed.update(passed.node for passed in arguments if passed.node is not None)
        if isinstance(callee, Class):
            return self._instantiate(callee, node, arguments)
        if isinstance(callee, Bound):
            return self.call_function(callee.function, node, arguments, callee.receiver)
        return self.call_function(callee, node, arguments)

    def _call_schedule(self, callee: Schedule, node: outline.Node, _arguments: Arguments) -> Value:
        return self.call_schedule(callee, node, guarded=self.trying > 0)

    def _call_partial(self, callee: Partial, node: outline.Node, arguments: Arguments) -> Value:
        function, bound = self.partials[callee]
        return self.call(function, node, _together(bound, arguments))

    def _call_external(self, callee: External, node: outline.Node, arguments: Arguments) -> Value | None:
        result = self.call_external(callee.name, node, arguments)
        if result is None and is_innocent(callee.name):
            self.call_back(arguments, node)
            return Value.of(self.thing(Object, node, callee.name))
        return result

    def _call_method(self, callee: Method, node: outline.Node, arguments: Arguments) -> Value | None:
        result = self.call_method(callee.receiver, callee.name, node, arguments)
        if result is None and self._is_harmless_thing(callee.receiver):
            self.call_back(arguments, node)
            name = callee.receiver.name if isinstance(callee.receiver, Object) else "plain"
            return Value.of(self.thing(Object, node, f"{name}.{callee.name}"))
        return result

    def _call_object(self, callee: Object, node: outline.Node, arguments: Arguments) -> Value | None:
        return self.new_namedtuple(callee, node, arguments) if callee in self.fields else None

    def _call_instance(self, callee: Instance, node: outline.Node, arguments: Arguments) -> Value | None:
        member = self.member(callee.cls, "__call__")
        if not member:
            return None
        return self.call(join(self._member_of(callee, atom, node) for atom in member), node, arguments)

    def _is_harmless_thing(self, atom: Atom) -> bool:
        return isinstance(atom, Literal) or (isinstance(atom, Object) and is_innocent(atom.name))

    def call_unknown(self, callee: Atom, arguments: Arguments) -> Value:
        """A call of nobody knows what: it gets hold of its arguments, and of what it is a method of."""
        self.global_step_made()
        for passed in arguments:
            self.escape(passed.value)
        if isinstance(callee, (Instance, Method)):
            self.escape(Value.of(callee))
        return UNKNOWN

    def call_back(self, arguments: Arguments, node: outline.Node, fixed: Evidence | None = None) -> Value:
        """A harmless function that is given functions may call them, with nobody knows what."""
        results = NOTHING
        for passed in arguments:
            for atom in passed.value.atoms if not passed.value.inert else ():
                if isinstance(atom, (Function, Bound, Partial)):
                    with self.inside(loop=node, scope=self.region((node, atom), fixed) if fixed else None):
                        results |= self.call_entry(atom, node)
        return results

    def call_entry(self, callee: Atom, node: outline.Node) -> Value:
        """Call a function with arguments that nobody knows."""
        return self._call_atom(callee, node, Arguments(more_positional=True, more_keywords=True))

    # Functions of the file.

    def call_function(
        self, function: Function, node: outline.Node, arguments: Arguments, receiver: Atom | None = None
    ) -> Value:
        """Run a function of the file with these arguments."""
        caller = None if self.entering else self.frame.path
        self.entering = False
        links = list(caller) if caller is not None else []
        if len(links) > _DEEPEST or not self.spend():
            self.story.complete = False
            return UNKNOWN
        if any(link.function is function.node for link in links):
            self.story.recursive.add(function.node)
            for passed in arguments:
                self.escape(passed.value)
            return UNKNOWN
        self.called.add((function.node, function.frame))
        if not self.survey.matters(function.node) and all(is_dull(passed.value) for passed in arguments):
            self.skipped.append(function.node)
            return UNKNOWN
        if receiver is not None:
            arguments = Arguments(
                [Passed(Value.of(receiver)), *arguments.positional],
                arguments.keywords,
                arguments.more_positional,
                arguments.more_keywords,
            )
        fixed = Evidence("graph", function.node, "it runs as a `tf.function`", traced=True) if function.graph else None
        with self.activation(self.path(caller, node, function.node), function.frame, fixed) as frame:
            frame.receiver = receiver
            return self._run_function(function, arguments, frame)

    @contextmanager
    def activation(self, path: Path, parent: Frame, fixed: Evidence | None = None) -> Iterator[Frame]:
        """A frame for a call, in a region of its own."""
        outer = self.frame
        while type(parent.node) is outline.ClassDef and parent.parent is not None:
            parent = parent.parent
        scope: ModeScope = self.region(path, fixed)
        with self.inside(scope=scope):
            self.frame = self.enter(path, parent, scope)
            yield self.frame
        self.frame = outer

    def _run_function(self, function: Function, arguments: Arguments, frame: Frame) -> Value:
        node = function.node
        breaks, continues = self.breaks, self.continues
        self.breaks, self.continues = [], []
        frame.depth = self.store.fork()
        self._bind_parameters(function, node.params, arguments)
        if isinstance(node, outline.Lambda):
            self.story.handed.add(node.body)
            frame.returned = self.evaluate(node.body)
        else:
            self.run(node.body)
        layer = self.store.drop()
        exits = [*frame.exits, layer] if self.live else frame.exits
        if self.live and not frame.yielded and type(node) is not outline.Lambda:
            frame.returned |= NONE
        self.live = bool(exits)
        self.store.merge(exits if frame.encloses else [_without(frame, left) for left in exits])
        self.breaks, self.continues = breaks, continues
        if frame.yielded:
            container = self.new_container(node, "generator")
            self.store.write((container, REST), frame.yielded)
            return Value.of(container)
        # A call that always raises ends its path, but what stands behind it may be reached all the same.
        self.live = True
        return frame.returned or UNKNOWN

    def _bind_parameters(self, function: Function, params: outline.Parameters, arguments: Arguments) -> None:
        defaults = self.defaults.get((function.node, function.frame), {}) if function.kind != "open" else {}
        positional = [param.name.value for param in (*params.posonly_params, *params.params)]
        names = [*positional, *(param.name.value for param in params.kwonly_params)]
        bound = arguments.bind(positional)
        for name in names:
            if name in bound:
                value = bound.pop(name).value
            elif arguments.more_keywords or (arguments.more_positional and name in positional):
                value = Value.of(self._open_parameter(name, defaults.get(name)))
            else:
                value = defaults.get(name, UNKNOWN)
            self.bind_parameter(name, value)
        if type(params.star_arg) is outline.Param:
            rest = self.new_container(params.star_arg, "tuple")
            for position, passed in enumerate(arguments.positional[len(positional) :]):
                self.store.write((rest, position), passed.value)
            if arguments.more_positional:
                self.store.write((rest, REST), UNKNOWN)
            self.bind_parameter(params.star_arg.name.value, Value.of(rest))
        if params.star_kwarg is not None:
            others = self.new_container(params.star_kwarg, "dict")
            for name, passed in bound.items():
                self.store.write((others, name), passed.value)
            if arguments.more_keywords:
                self.store.write((others, REST), UNKNOWN)
            self.bind_parameter(params.star_kwarg.name.value, Value.of(others))

    def _open_parameter(self, name: str, default: Value | None) -> Parameter:
        """A parameter of which nobody here knows what it is given; the number that it is by default is noted."""
        parameter = Parameter(self.frame.key, name)
        known = constant(default) if default is not None else None
        if isinstance(known, Literal):
            known = Default(known.content, known.kind, self.site(self.frame.node))
        if known is not None:
            self.story.parameter_defaults[parameter] = known
        return parameter

    # Classes of the file.

    def _instantiate(self, cls: Class, node: outline.Node, arguments: Arguments) -> Value:
        instance = self.thing(Instance, node, cls)
        self.store.slots.setdefault(instance, {})
        self.initialise(instance, node, arguments)
        return Value.of(instance)

    def initialise(self, instance: Instance, node: outline.Node, arguments: Arguments) -> None:
        """Run the constructor of an instance, or fill the fields of a dataclass or named tuple."""
        if self.has_foreign_base(instance.cls):
            self.story.escaped.add(instance)
        constructor = self.member(instance.cls, "__init__")
        if constructor:
            for atom in constructor:
                if isinstance(atom, Function):
                    self.call_function(atom, node, arguments, instance)
            return
        fields = self._fields(instance.cls)
        bound = arguments.bind(fields)
        for name, passed in bound.items():
            self.put((instance, name), passed.value)
        for name in fields:
            if name not in bound and self.member(instance.cls, name) is None:
                self.put((instance, name), UNKNOWN)

    def _fields(self, cls: Class) -> list[str]:
        """The annotated names of a class body, in order: the fields of a dataclass or named tuple."""
        lines = [line for line in cls.node.body.body if isinstance(line, outline.SimpleStatementLine)]
        return [
            small.target.value
            for line in lines
            for small in line.body
            if isinstance(small, outline.AnnAssign) and type(small.target) is outline.Name
        ]

    def has_foreign_base(self, cls: Class) -> bool:
        """Whether a base of a class is code that nobody here has read, so that it may do anything to an instance."""
        for ancestor in self.lineage(cls):
            for base in self.bases(ancestor):
                for atom in base:
                    if isinstance(atom, Unknown) or is_opaque(atom):
                        return True
                    if isinstance(atom, External) and not is_harmless(atom.name):
                        return True
        return False


def _without(frame: Frame, layer: Layer) -> Layer:
    """What a call leaves behind, where nothing can look up the names of its frame any more."""
    return {place: value for place, value in layer.items() if place[0] != frame.key}


def _together(bound: Arguments, given: Arguments) -> Arguments:
    return Arguments(
        [*bound.positional, *given.positional],
        {**bound.keywords, **given.keywords},
        bound.more_positional or given.more_positional,
        bound.more_keywords or given.more_keywords,
    )


_CALLERS: dict[type[Atom], Callable[..., Value | None]] = {
    Function: Calls._call_code,
    Bound: Calls._call_code,
    Class: Calls._call_code,
    Schedule: Calls._call_schedule,
    Partial: Calls._call_partial,
    External: Calls._call_external,
    Method: Calls._call_method,
    Object: Calls._call_object,
    Instance: Calls._call_instance,
}
"""What a call of each kind of thing does; ``None`` where nobody knows."""
