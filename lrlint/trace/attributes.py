"""Attributes: of instances and classes of the file, through their bases, and of everything else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from itertools import dropwhile, islice

from lrlint import outline, tf_api
from lrlint.slips import meant
from lrlint.trace.containers import Containers
from lrlint.trace.events import Mention
from lrlint.trace.folding import open_numbers
from lrlint.trace.names import attribute
from lrlint.trace.passing import Arguments
from lrlint.trace.syntax import last_name
from lrlint.trace.values import (
    ARGUMENTS,
    FLAGS,
    PARSED,
    PLAIN,
    UNKNOWN,
    Atom,
    Bound,
    Class,
    Container,
    Derived,
    External,
    Function,
    Instance,
    Literal,
    Method,
    NumberArray,
    Object,
    Optimizer,
    Rate,
    Schedule,
    Super,
    Value,
    Variable,
    is_opaque,
    join,
    outside,
)


class Attributes(Containers):
    """What attributes stand for."""

    def attribute_of(self, atom: Atom, attr: str, node: outline.Node) -> Value:
        """An attribute of one thing."""
        return _READERS.get(type(atom), Attributes._usual_attribute)(self, atom, attr, node)

    def _usual_attribute(self, atom: Atom, attr: str, _node: outline.Node) -> Value:
        """What was put into an attribute, else a method."""
        held = self._held(atom, attr)
        if held is not None:
            return held
        if type(atom) in _WITH_METHODS:
            return Value.of(Method(atom, attr))
        return UNKNOWN if is_opaque(atom) or isinstance(atom, NumberArray) else PLAIN

    def _held(self, atom: Atom, attr: str) -> Value | None:
        """What the program has put into an attribute, or has asked of it."""
        return self.narrowed.get((atom, attr)) or self.store.read((atom, attr))

    def _variable_attribute(self, atom: Variable, attr: str, node: outline.Node) -> Value:
        if attr in ("name", "op", "handle"):
            self.escape(Value.of(atom))  # by its name it can be fed, and found again
        return self._usual_attribute(atom, attr, node)

    def _instance_attribute(self, atom: Instance, attr: str, node: outline.Node) -> Value:
        if attr == "__class__":
            return Value.of(atom.cls)
        if attr == "__dict__":
            self.escape(Value.of(atom))
        held = self._held(atom, attr)
        if held is None:
            member = self.member(atom.cls, attr)
            held = join(self._member_of(atom, part, node) for part in member) if member else UNKNOWN
        elif atom in self.story.escaped:
            held |= UNKNOWN
        return open_numbers(held) if atom.site.node is atom.cls.node else held

    def _class_attribute(self, atom: Class, attr: str, _node: outline.Node) -> Value:
        member = self._held(atom, attr) or self.member(atom, attr) or UNKNOWN
        return Value({self._of_class(atom, part): guards for part, guards in member.atoms.items()})

    def _object_attribute(self, atom: Object, attr: str, node: outline.Node) -> Value:
        if atom.name == PARSED and self._held(atom, attr) is None:
            declared = self.store.read((ARGUMENTS, attr))
            if declared is not None:
                return declared
        return self._usual_attribute(atom, attr, node)

    def _optimizer_attribute(self, atom: Optimizer, attr: str, node: outline.Node) -> Value:
        if attr in tf_api.RATE_ATTRIBUTES and self._held(atom, attr) is None:
            return self.story.optimizers[atom].rate.value
        return self._usual_attribute(atom, attr, node)

    def external_attribute(self, atom: External, attr: str, node: outline.Node) -> Value:
        """An attribute of something from outside the file: of the flags, what the file says that it is."""
        name, value, tells, is_flag = _named(atom.name, attr)
        if tells:
            self._note_name(name, node)
        if is_flag:
            for holder in (atom, FLAGS):
                held = self.store.read((holder, attr))
                if held is not None:
                    return held
        return value

    def _note_name(self, name: str, node: outline.Node) -> None:
        """Note a name of TensorFlow 2's, or one that is that of a decay or is to be."""
        in_2 = name in tf_api.TF2_ONLY
        if in_2:
            self.modes.sign(self.modes.root, "eager", node, f"`{name}` is there in TensorFlow 2 only")
        if type(node) is outline.Attribute and (in_2 or name in tf_api.DECAY_FUNCTIONS or _is_in_train(node)):
            names = self.story.tf2_names if in_2 else self.story.decay_names
            names.setdefault(node, Mention(node, name, self.where, self.coping > 0))

    def _super_attribute(self, atom: Super, attr: str, node: outline.Node) -> Value:
        """An attribute looked up from behind the class in which ``super()`` is called."""
        lineage = self.lineage(atom.receiver.cls)
        for cls in islice(dropwhile(lambda cls: cls is not atom.cls, lineage), 1, None):
            held = self.store.read((cls, attr))
            if held is not None:
                return join(self._member_of(atom.receiver, member, node) for member in held)
        return Value.of(Method(atom, attr))

    def _of_class(self, cls: Class, member: Atom) -> Atom:
        is_class_method = isinstance(member, Function) and member.kind == "class"
        return Bound(member, cls) if isinstance(member, Function) and is_class_method else member

    def member(self, cls: Class, name: str) -> Value | None:
        """What a class or one of its bases in the file has under a name."""
        for ancestor in self.lineage(cls):
            value = self.store.read((ancestor, name))
            if value is not None:
                return value
        return None

    def lineage(self, cls: Class) -> Iterator[Class]:
        """A class and its bases in the file, in the order in which they are asked."""
        found: set[Class] = set()
        todo = deque([cls])
        while todo:
            ancestor = todo.popleft()
            if ancestor not in found:
                found.add(ancestor)
                yield ancestor
                for base in self.bases(ancestor):
                    todo.extend(base.all(Class))

    def bases(self, cls: Class) -> list[Value]:
        """The bases of a class, as they were when it was defined."""
        value = self.store.read((cls, ("bases",)))
        return [] if value is None else [Value.of(atom) for atom in value]

    def _member_of(self, receiver: Instance, member: Atom, node: outline.Node) -> Value:
        if not isinstance(member, Function) or member.kind == "static":
            return Value.of(member)
        if member.kind == "property":
            return self.call(Value.of(Bound(member, receiver)), node, Arguments())
        return Value.of(Bound(member, receiver.cls if member.kind == "class" else receiver))


_READERS: dict[type[Atom], Callable[..., Value]] = {
    External: Attributes.external_attribute,
    Variable: Attributes._variable_attribute,
    Instance: Attributes._instance_attribute,
    Super: Attributes._super_attribute,
    Class: Attributes._class_attribute,
    Object: Attributes._object_attribute,
    Optimizer: Attributes._optimizer_attribute,
}
"""What an attribute of each kind of thing stands for; those that are not here have what was put into them, and methods."""

_WITH_METHODS = frozenset({Variable, Schedule, Rate, Derived, Optimizer, Container, Object, Literal, Function, Bound})


@cache
def _named(name: str, attr: str) -> tuple[str, Value, bool, bool]:
    """An attribute of something that has a canonical name: its own, what that stands for, and what is to be done.

    Names that tell something are noted, and flags are looked up.
    """
    own = attribute(name, attr)
    return own, outside(own), _tells(own), name.endswith(".flags.FLAGS")


def _tells(name: str) -> bool:
    """Whether a name is one of TensorFlow 2's, or that of a decay, or may be meant to be."""
    if name in tf_api.TF2_ONLY or name in tf_api.DECAY_FUNCTIONS:
        return True
    return name.startswith("tf.train.") and meant(name.rpartition(".")[2]) is not None


def _is_in_train(node: outline.Attribute) -> bool:
    return last_name(node.value) == "train"
