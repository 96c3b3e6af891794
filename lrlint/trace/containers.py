"""Containers: lists, tuples, dicts and sets as they are written out, filled, indexed and unpacked."""

from __future__ import annotations

from lrlint import outline, tf_api
from lrlint.trace.events import ContainerStory, Element
from lrlint.trace.store import REST
from lrlint.trace.uses import Uses
from lrlint.trace.values import (
    AMONG,
    NOTHING,
    NUMBER,
    PLAIN,
    UNKNOWN,
    ConstantTensor,
    Container,
    Derived,
    Literal,
    NumberArray,
    Object,
    Rate,
    Schedule,
    Value,
    Variable,
    join,
    literal,
)

_DISPLAYS = frozenset({outline.List, outline.Tuple, outline.Dict})
_MENTIONED = frozenset({Derived, Variable, Rate, Container, NumberArray})
"""The kinds of things, beside schedules, of which it matters which expressions stand for them."""


class Containers(Uses):
    """What stands in containers."""

    def container_story(self, container: Container) -> ContainerStory:
        return self.story.containers.setdefault(container, ContainerStory(container, container.site.node))

    def _subscript(self, node: outline.Subscript) -> Value:
        base = self.evaluate(node.value)
        if type(node.value) in _DISPLAYS:
            self.story.held[node.value] = node
        index, known = self.index(node)
        self.use(node.value, base, "attribute", "an index", node)
        result = NOTHING
        for atom in base:
            if isinstance(atom, Container):
                if atom.kind in ("list", "tuple"):
                    self.container_story(atom).elements.setdefault(
                        node, Element(node, index if known else None, self.where)
                    )
                if any(type(part.slice) is outline.Slice for part in node.slice):
                    self.escape(Value.of(atom))  # a part of it is another list, with the same things in it
                result |= self.slot(atom, index, known)
            elif isinstance(atom, (Variable, Derived, Rate)):
                result |= self.derive([Value.of(atom)], node, UNKNOWN)
            else:
                held = self.store.read((atom, ("[]", index))) if known else None
                result |= held if held is not None else UNKNOWN
        return self.mention(node, result)

    def mention(self, node: outline.BaseExpression, value: Value) -> Value:
        """Note what an expression stands for, and give it back."""
        mentioned = False
        if value.inert:
            return value
        for atom in value.atoms:
            if isinstance(atom, Schedule):
                self.story.kept.setdefault(atom, set()).add(node)
            elif type(atom) in _MENTIONED:
                self.story.mentions.setdefault(atom, set()).add(node)
                mentioned = True
        if mentioned:
            self.story.stands_for.setdefault(node, set()).update(value.atoms)
        return value

    def index(self, node: outline.Subscript) -> tuple[object, bool]:
        """The index of a subscript, and whether it is known; the parts of the index are evaluated."""
        if len(node.slice) == 1 and type(node.slice[0].slice) is outline.Index:
            value = self.evaluate(node.slice[0].slice.value)
            self.as_number(value)
            self.keyed(value)
            only = value.only(Literal)
            if only is not None:
                return only.content, True
        else:
            for element in node.slice:
                self._each_child(element)
        return None, False

    def slot(self, container: Container, index: object, known: bool) -> Value:
        """What a container holds under an index, or under any."""
        slots = self.store.slots.get(container, {})
        if known:
            if isinstance(index, int) and index < 0:
                index += sum(1 for slot in slots if isinstance(slot, int))
            held = self.store.read((container, index))
            rest = self.store.read((container, REST))
            if container in self.story.escaped:
                rest = (rest or NOTHING) | UNKNOWN
            return join(value for value in (held, rest) if value is not None) or UNKNOWN
        return self.contents(container)

    def contents(self, container: Container, *, each: bool = False) -> Value:
        """All that a container may hold; ``each`` where all of it is taken, one after the other."""
        slots = self.store.slots.get(container, {})
        held = join(self.store.read((container, slot)) or NOTHING for slot in slots) or UNKNOWN
        schedules = held.all(Schedule)
        # Of different things, the program may take the one it means by a key that nobody sees here.
        return held.guarded(AMONG) if not each and schedules and len(schedules) < len(held.atoms) else held

    def new_container(self, node: outline.Node, kind: str) -> Container:
        """A container made here, empty."""
        container = self.thing(Container, node, kind)
        for slot in self.store.slots.get(container, {}):
            self.store.write((container, slot), NOTHING)
        self.store.slots.setdefault(container, {})
        return container

    def _sequence(self, node: outline.List | outline.Tuple | outline.Set) -> Value:
        kind = {outline.List: "list", outline.Tuple: "tuple", outline.Set: "set"}[type(node)]
        values = [(element, self.evaluate(element.value)) for element in node.elements]
        self.story.held.update((element.value, node) for element in node.elements)
        container = self.new_container(node, kind)
        if values:
            self.story.first_elements[node] = values[0][1]
        position: int | None = 0
        for element, value in values:
            if type(element) is outline.StarredElement:
                inner = self.unpack(value)
                if inner is None:
                    self.store.add((container, REST), self.iterate(value))
                    position = None
                    continue
                parts = inner
            else:
                parts = [value]
            for part in parts:
                if position is None or kind == "set":
                    self.store.add((container, REST), part)
                else:
                    self.store.write((container, position), part)
                    position += 1
        return Value.of(container)

    def _dict(self, node: outline.Dict) -> Value:
        items: list[tuple[Literal | None, Value]] = []
        for element in node.elements:
            value = self.evaluate(element.value)
            self.story.held[element.value] = node
            if isinstance(element, outline.DictElement):
                named = self.evaluate(element.key)
                self.keyed(named)
                items.append((named.only(Literal), value))
            else:
                for inner in value.all(Container):
                    for slot in self.store.slots.get(inner, {}):
                        held = self.store.read((inner, slot)) or NOTHING
                        items.append((None if slot == REST else Literal(slot, type(slot)), held))
                if len(value.all(Container)) != len(value.atoms):
                    items.append((None, UNKNOWN))
        container = self.new_container(node, "dict")
        for key, value in items:
            if key is None:
                self.store.add((container, REST), value)
            else:
                self.store.write((container, key.content), value)
        return Value.of(container)

    def keyed(self, key: Value) -> None:
        """What is a key of a dict may be fed with the dict, wherever that goes."""
        if not key.inert:
            self.escape(key.where(lambda atom: isinstance(atom, Variable)))
            for schedule in key.all(Schedule):
                self.escape(self.story.steps(schedule))  # a rate that is fed needs no step
        self.story.fed.update(key.all(ConstantTensor))
        named = key.only(Literal)
        if named is not None and isinstance(named.content, str) and named.content.endswith(":0"):
            label = named.content[:-2]
            self.escape(Value.of(*(step for step in self.story.variables if step.label == label)))
            self.story.fed.update(tensor for tensor in self.made(ConstantTensor) if tensor.label == label)

    def unpack(self, value: Value) -> list[Value] | None:
        """The elements of a sequence in their order, where they are known."""
        container = value.only(Container)
        if container is None or container.kind not in ("list", "tuple"):
            return None
        slots = self.store.slots.get(container, {})
        if self.store.read((container, REST)):
            return None
        return [
            held
            for position in sorted(slot for slot in slots if isinstance(slot, int))
            if (held := self.store.read((container, position)))
        ]

    def iterate(self, value: Value) -> Value:
        """What the elements of an iterable may be."""
        result = NOTHING
        for atom in value:
            if isinstance(atom, Container) and atom.kind == "dict":
                slots = self.store.slots.get(atom, {})
                result |= join(UNKNOWN if slot == REST else literal(slot) for slot in slots) or PLAIN
            elif isinstance(atom, Container):
                result |= self.contents(atom, each=isinstance(atom.site.node, (outline.List, outline.Tuple)))
            elif isinstance(atom, Object) and atom.name in ("builtins.range", "six.moves.range", "six.moves.xrange"):
                result |= NUMBER
            elif isinstance(atom, Object) and atom.name in tf_api.COLLECTIONS:
                result |= UNKNOWN | Value.of(atom)  # as far as it goes, each of them is all of them
            else:
                result |= UNKNOWN
        return result or UNKNOWN


def elements(node: outline.Node, count: int) -> list[outline.BaseExpression | None]:
    """The expressions of a sequence that is written out."""
    if isinstance(node, (outline.List, outline.Tuple)) and len(node.elements) == count:
        return [element.value for element in node.elements]
    return [None] * count


def entry(node: outline.BaseExpression, key: str) -> outline.BaseExpression | None:
    """The expression under a key of a dict that is written out: ``{'key': it}``, ``dict(key=it)``."""
    if type(node) is outline.Dict:
        for element in node.elements:
            name = element.key if isinstance(element, outline.DictElement) else None
            if type(name) is outline.SimpleString and name.evaluated_value == key:
                return element.value
    if type(node) is outline.Call:
        for arg in node.args:
            if arg.keyword is not None and arg.keyword.value == key:
                return arg.value
    return None
