"""Models of Python's own functions and of the standard library: what they do with schedules and steps."""

from __future__ import annotations

from collections.abc import Sequence

from lrlint import outline, tf_api
from lrlint.trace.events import Passed
from lrlint.trace.expressions import is_number
from lrlint.trace.folding import FUNCTIONS, fold
from lrlint.trace.options import Options
from lrlint.trace.passing import Arguments
from lrlint.trace.refine import mark_asked
from lrlint.trace.store import LENGTH, REST
from lrlint.trace.values import (
    NONE,
    NOTHING,
    NUMBER,
    PLAIN,
    UNKNOWN,
    Atom,
    Container,
    Instance,
    Literal,
    NumberArray,
    Object,
    Optimizer,
    Partial,
    Rate,
    Schedule,
    Super,
    Value,
    join,
)

_REORDERING = frozenset({"reversed", "sorted", "set", "frozenset"})
"""What makes another order of the elements it is given."""

_INNOCENT_METHODS = frozenset(
    {
        "add_scalar", "add_scalars", "add_summary", "add_text", "debug", "error", "flush", "info", "log", "log_metric",
        "log_metrics", "log_scalar", "print", "record", "scalar", "set_description", "set_postfix", "warn", "warning",
        "write", "writerow", "add_event", "critical", "exception", "log_every_n", "log_first_n",
    }
)  # fmt: skip
"""Methods that write things down, whatever they are methods of: they move no step."""


class PythonLibrary(Options):
    """Builtins, containers, text and logging."""

    def call_python(self, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """A call of a builtin or of the standard library."""
        module, _, function = name.rpartition(".")
        if name in tf_api.TEXT_FUNCTIONS or (module == "builtins" and function in tf_api.TEXT_BUILTINS):
            self._to_text(f"`{function}()`", node, arguments)
            return PLAIN
        if (module == "builtins" and function in tf_api.NUMBER_BUILTINS) or name in tf_api.NUMBER_FUNCTIONS:
            return self._to_number(name, function, node, arguments)
        if name in tf_api.ARRAY_FUNCTIONS:
            for passed in arguments.positional[:1]:
                self._arrayed(passed.node, passed.value, f"`{name}()`", node)
            is_scalar = name == "numpy.array" and all(is_number(passed.value) for passed in arguments.positional[:1])
            return Value.of(self.thing(NumberArray, node)) if is_scalar and arguments.positional else UNKNOWN
        if name in tf_api.FLOAT_ONLY_FUNCTIONS:
            if "default" not in arguments.keywords:
                self._all_used(f"`{name}()`", node, arguments)
            return PLAIN
        if name in tf_api.LOGGER_FACTORIES:
            return Value.of(self.thing(Object, node, "logging.Logger"))
        if name in ("functools.partial", "functools.partialmethod") and arguments.positional:
            partial = self.thing(Partial, node)
            rest = Arguments(
                arguments.positional[1:], arguments.keywords, arguments.more_positional, arguments.more_keywords
            )
            self.partials[partial] = (arguments.positional[0].value, rest)
            self._holds(node, rest)
            return Value.of(partial)
        if module == "builtins":
            return self._builtin(function, node, arguments)
        if name == "collections.namedtuple" and len(arguments.positional) >= 2:
            return self._namedtuple(node, arguments.positional[1].value)
        if name in ("types.SimpleNamespace", "argparse.Namespace"):
            namespace = self.new_container(node, "namespace")
            self._holds(node, arguments)
            for keyword, passed in arguments.keywords.items():
                self.store.write((namespace, keyword), passed.value)
            return Value.of(namespace)
        if name in tf_api.DECORATORS:
            return Value.of(self.thing(Object, node, name))
        if name in ("copy.copy", "copy.deepcopy") and arguments.positional:
            return arguments.positional[0].value
        return None

    def _namedtuple(self, node: outline.Node, fields: Value) -> Value:
        """A class of named tuples, where the names of its fields are written out."""
        text = fields.only(Literal)
        names = str(text.content).replace(",", " ").split() if text is not None else []
        for part in self.unpack(fields) or []:
            name = part.only(Literal)
            if name is None:
                return UNKNOWN
            names.append(str(name.content))
        thing = self.thing(Object, node, "collections.namedtuple()")
        self.fields[thing] = names
        return Value.of(thing)

    def new_namedtuple(self, cls: Object, node: outline.Node, arguments: Arguments) -> Value:
        """A named tuple: its fields stand under their names and under their positions."""
        container = self.new_container(node, "tuple")
        self._holds(node, arguments)
        bound = arguments.bind(self.fields[cls])
        for position, name in enumerate(self.fields[cls]):
            value = bound[name].value if name in bound else UNKNOWN
            self.store.write((container, position), value)
            self.store.write((container, name), value)
        return Value.of(container)

    def _holds(self, node: outline.Node, arguments: Arguments) -> None:
        """Note that the result of a call holds its arguments."""
        if type(node) is outline.Call:
            self.story.held.update((passed.node, node) for passed in arguments if passed.node is not None)

    def _to_text(self, how: str, node: outline.Node, arguments: Arguments) -> None:
        for passed in arguments:
            if passed.node is not None:
                self.show(passed.node, passed.value, how, node)

    def _all_used(self, how: str, node: outline.Node, arguments: Arguments) -> None:
        for passed in arguments:
            self._used_inside(passed.node, passed.value, how, node)

    def _used_inside(self, inner: outline.BaseExpression | None, value: Value, how: str, node: outline.Node) -> None:
        if inner is None:
            return
        self.use(inner, value, "number", how, node)
        if isinstance(inner, (outline.List, outline.Tuple, outline.Set, outline.Dict)):
            for element in inner.elements:
                self._used_inside(element.value, self.evaluate(element.value), how, node)

    def _arrayed(self, inner: outline.BaseExpression | None, value: Value, how: str, node: outline.Node) -> None:
        if inner is None:
            return
        self.use(inner, value, "array", how, node)
        if isinstance(inner, (outline.List, outline.Tuple)):
            for element in inner.elements:
                self._arrayed(element.value, self.evaluate(element.value), how, node)

    def _to_number(self, name: str, function: str, node: outline.Node, arguments: Arguments) -> Value:
        how = f"`{name.removeprefix('builtins.')}()`"
        for passed in arguments:
            self._used_inside(passed.node, passed.value, how, node)
        values = [passed.value for passed in arguments]
        if function != "int":
            for value in values:
                self.as_number(value)
        if name in FUNCTIONS and not (arguments.keywords or arguments.more_positional):
            folded = fold(FUNCTIONS[name], [self.by_default(value) for value in values])
            if folded is not None:
                return folded
        if function in ("float", "int"):
            rate = values[0].only(Rate) if len(values) == 1 else None
            if rate is not None:
                if type(node) is outline.Call:
                    self.story.outermost[rate] = node
                return values[0]
        return self.derive(values, node, NUMBER)

    def _builtin(self, function: str, node: outline.Node, arguments: Arguments) -> Value | None:
        first = arguments.positional[0].value if arguments.positional else NOTHING
        if function == "sorted":
            self._all_used("`sorted()`", node, arguments)
        if function == "dict":
            for passed in arguments.positional:
                for row in self.iterate(passed.value).all(Container):
                    self.keyed(self.slot(row, 0, True))
        if function in ("reversed", "sorted", "iter"):
            for passed in arguments.positional:
                self.escape(passed.value)
        if function in ("list", "tuple", "set", "frozenset", "dict", "sorted", "reversed", "iter"):
            return self._copied(function, node, arguments)
        if function == "zip":
            return self._rows(node, [self.iterate(passed.value) for passed in arguments.positional])
        if function == "enumerate":
            return self._rows(node, [NUMBER, self.iterate(first)])
        if function in ("map", "filter"):
            return self._mapped(function, node, arguments)
        if function in ("eval", "exec"):
            self.story.complete = False
        if function == "next":
            return self.iterate(first)
        if function == "getattr":
            return self._getattr(node, arguments)
        if function == "setattr" and len(arguments.positional) == 3:
            name, value = arguments.positional[1].value.only(Literal), arguments.positional[2].value
            if name is None:
                self.escape(value)
                return NONE
            for atom in first:
                self.put((atom, name.content), value)
                if isinstance(atom, Optimizer):
                    self.set_rate(atom, str(name.content), value, node)
            return NONE
        if function == "super":
            return self._super()
        if function == "type" and first.only(Instance) is not None:
            return Value.of(*(instance.cls for instance in first.all(Instance)))
        if function == "callable" and arguments.positional and isinstance(node, outline.Call):
            mark_asked(self, node.args[0].value)
            return PLAIN
        if function in ("isinstance", "hasattr", "bool", "type", "id", "hash", "issubclass", "any", "all"):
            return PLAIN
        if function == "range":
            return self._range(node, arguments)
        if function == "vars":
            self.escape(first)
        if function in ("vars", "locals", "globals"):
            return UNKNOWN
        if function in ("open", "input", "dir"):
            return Value.of(self.thing(Object, node, f"builtins.{function}"))
        return None

    def _range(self, node: outline.Node, arguments: Arguments) -> Value:
        """A range: how long it is, where that is known."""
        for passed in arguments:
            self.as_number(passed.value)
        thing = self.thing(Object, node, "builtins.range")
        values = [self.by_default(passed.value) for passed in arguments]
        length = None if arguments.more_positional else fold(lambda *bounds: len(range(*bounds)), values)
        self.store.write((thing, LENGTH), length or UNKNOWN)
        return Value.of(thing)

    def _rows(self, node: outline.Node, columns: Sequence[Value]) -> Value:
        """A list of tuples, all of which hold the same."""
        container = self.new_container(node, "list")
        row = self.new_container(_marker(node), "tuple")
        for position, value in enumerate(columns):
            self.store.write((row, position), value)
        self.store.write((container, REST), Value.of(row))
        return Value.of(container)

    def _copied(self, function: str, node: outline.Node, arguments: Arguments) -> Value:
        kind = function if function in ("tuple", "set", "dict") else "list"
        container = self.new_container(node, kind)
        for passed in arguments.positional:
            for atom in passed.value:
                if isinstance(atom, Container) and atom.kind == "dict" and kind != "dict":
                    self.store.add((container, REST), self.iterate(Value.of(atom)))
                elif kind == "dict" and isinstance(atom, Container) and atom.kind != "dict":
                    for row in self.iterate(Value.of(atom)).all(Container):
                        self.store.add((container, REST), self.slot(row, 1, True))
                elif isinstance(atom, Container):
                    reordered = function in _REORDERING or atom.kind == "set"
                    for slot in self.store.slots.get(atom, {}):
                        self.store.add(
                            (container, REST if reordered else slot), self.store.read((atom, slot)) or NOTHING
                        )
                else:
                    self.store.add((container, REST), UNKNOWN)
        if kind == "dict":
            self._holds(node, Arguments(keywords=arguments.keywords))
            for keyword, passed in arguments.keywords.items():
                self.store.write((container, keyword), passed.value)
        if arguments.more_keywords:
            self.store.add((container, REST), UNKNOWN)
        return Value.of(container)

    def _mapped(self, function: str, node: outline.Node, arguments: Arguments) -> Value:
        container = self.new_container(node, "list")
        if len(arguments.positional) >= 2:
            items = [Passed(self.iterate(passed.value)) for passed in arguments.positional[1:]]
            with self.inside(loop=node):
                given = self.repeated(lambda: self.call(arguments.positional[0].value, node, Arguments(items)))
            self.store.write((container, REST), given if function == "map" else items[0].value)
        return Value.of(container)

    def _getattr(self, node: outline.Node, arguments: Arguments) -> Value:
        if len(arguments.positional) < 2:
            return UNKNOWN
        name = arguments.positional[1].value.only(Literal)
        if name is None or not isinstance(name.content, str):
            return UNKNOWN
        content = name.content
        found = join(self.attribute_of(atom, content, node) for atom in arguments.positional[0].value)
        return found | arguments.positional[2].value if len(arguments.positional) > 2 else found

    def _super(self) -> Value:
        for frame in self.frame.chain:
            receiver = frame.receiver
            if isinstance(receiver, Instance):
                for cls in self.lineage(receiver.cls):
                    if any(frame.node is child for child in cls.node.body.body):
                        return Value.of(Super(receiver, cls))
        return UNKNOWN

    # Methods.

    def call_thing(self, receiver: Atom, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        """A method of a container, of text, of a logger, or of a function."""
        if isinstance(receiver, Container):
            return self._container_method(receiver, name, node, arguments)
        if isinstance(receiver, Literal) and receiver.kind is str:
            if name == "format":
                self._to_text("`str.format`", node, arguments)
                if ":" in str(receiver.content):
                    for passed in arguments:
                        self.as_number(passed.value)
            elif name == "join":
                self._all_used("`str.join`", node, arguments)
            return PLAIN
        if isinstance(receiver, Object):
            parsed = self.parser_method(receiver, name, node, arguments)
            if parsed is not None:
                return parsed
            if receiver.name == "logging.Logger" and name in tf_api.LOGGER_METHODS:
                self._to_text(f"`logging` (`.{name}()`)", node, arguments)
                return PLAIN
            if name == "writerow" and receiver.name.startswith("csv."):
                self._to_text("a csv row", node, arguments)
                return PLAIN
        if name in _INNOCENT_METHODS and isinstance(receiver, Object):
            return PLAIN
        return None

    def _container_method(self, receiver: Container, name: str, node: outline.Node, arguments: Arguments) -> Value:
        given = [passed.value for passed in arguments]
        first = given[0] if given else NOTHING
        if name in ("append", "add", "appendleft", "extend", "insert", "update", "setdefault"):
            if name in ("append", "extend"):
                self._recorded(node, arguments)
            for position, value in enumerate(given):
                if name in ("extend", "update"):
                    for inner in value.all(Container):
                        for slot in self.store.slots.get(inner, {}):
                            self.store.add(
                                (receiver, slot if receiver.kind == "dict" else REST),
                                self.store.read((inner, slot)) or NOTHING,
                            )
                    if not value.all(Container):
                        self.store.add((receiver, REST), UNKNOWN)
                elif position == len(given) - 1:
                    slots = self.store.slots.get(receiver, {})
                    if name == "append" and self.store.read((receiver, REST)) is None and not self.loops:
                        self.store.write((receiver, sum(isinstance(slot, int) for slot in slots)), value)
                    else:
                        self.store.add((receiver, REST), value)
            for keyword, passed in arguments.keywords.items():
                self.store.write((receiver, keyword), passed.value)
            return self.contents(receiver) if name == "setdefault" else NONE
        if name in ("pop", "popleft", "remove", "reverse", "sort") and receiver.kind == "list":
            self.escape(Value.of(receiver))  # what stands where has changed
            self.store.add((receiver, REST), UNKNOWN)
        if name in ("get", "pop", "popleft") and receiver.kind in ("dict", "list"):
            key = first.only(Literal)
            held = self.slot(receiver, key.content, True) if key is not None else self.contents(receiver)
            return held | given[1] if len(given) > 1 else held
        if name in ("values", "items"):
            container = self.new_container(node, "list")
            held = self.contents(receiver)
            if name == "items":
                row = self.new_container(_marker(node), "tuple")
                self.store.write((row, 0), self.iterate(Value.of(receiver)))
                self.store.write((row, 1), held)
                held = Value.of(row)
            self.store.write((container, REST), held)
            return Value.of(container)
        if name == "copy":
            return self._copied(receiver.kind, node, Arguments([Passed(Value.of(receiver))]))
        return UNKNOWN

    def _recorded(self, node: outline.Node, arguments: Arguments) -> None:
        """A schedule that is put away again and again: what was meant is the rate of each time."""
        for passed in arguments:
            parts = [passed.node] if passed.node is not None else []
            if type(passed.node) is outline.Tuple:
                parts = [element.value for element in passed.node.elements]
            for part in parts:
                value = self.evaluate(part)
                if any(len(self.loops) > len(schedule.site.loops) for schedule in value.all(Schedule)):
                    self.use(part, value, "history", "a history", node)


def _marker(node: outline.Node) -> outline.Node:
    """A second node that belongs to a call, for a thing that the call makes beside its result."""
    return node.func if type(node) is outline.Call else node
