"""A first look at a module: its size, its words, and which of its functions can matter at all.

A function matters if a word in it does: a name of TensorFlow's that has to do with rates, the name of another function
that matters, or a name that turns out to stand for a schedule, a step or an optimizer, or for a container that holds one
or a function that matters, be it put there later. What does not matter is not run.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from lrlint import outline, tf_api
from lrlint.slips import meant
from lrlint.trace.syntax import last_name, parts

_FEW = 4
_MANY = 200


@dataclass(slots=True)
class Survey:
    """What a module is made of; ``hot`` are the words and things that matter, and grow as the program is walked."""

    size: int = 0
    words_of: dict[outline.Node, set[str]] = field(default_factory=dict)
    led_to: defaultdict[Hashable, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    """For each word, the names that are bound to something with the word in it: functions, classes and targets; for each
    thing, the names that it is found by, and what holds it."""

    functions: dict[str, list[outline.Node]] = field(default_factory=dict)
    reaches: dict[frozenset[str], int] = field(default_factory=dict)
    hot: set[Hashable] = field(default_factory=set)

    def matters(self, function: outline.Node) -> bool:
        """Whether a function has a word in it that matters, or is so short that it costs nothing to run."""
        words = self.words_of.get(function)
        if words is None or len(words) <= _FEW or type(function) is outline.Lambda:
            return True
        return self.is_hot(function) or not tf_api.DECLARING.isdisjoint(words)

    def is_hot(self, function: outline.Node) -> bool:
        """Whether a function of the module has a word in it that matters."""
        return not self.hot.isdisjoint(self.words_of.get(function, ()))

    def reach(self, function: outline.Node) -> int:
        """How many functions of the module a function may call, itself or through others, going by their names.

        From many on it is not told how many more.
        """
        names = frozenset(self.words_of.get(function, set()) & self.functions.keys())
        if names in self.reaches:
            return self.reaches[names]
        seen = set(names)
        todo = [*names]
        while todo and len(seen) < _MANY:
            for callee in self.functions[todo.pop()]:
                new = (self.words_of[callee] & self.functions.keys()) - seen
                seen |= new
                todo.extend(new)
        self.reaches[names] = sum(len(self.functions[name]) for name in seen)
        return self.reaches[names]

    def lead(self, thing: Hashable, target: Hashable) -> None:
        """A name, or what holds other things, matters once a thing does."""
        if thing in self.hot:
            self.heat((target,))
        else:
            self.led_to[thing].add(target)

    def lead_by_words(self, function: outline.Node, target: Hashable) -> None:
        """A name, or what holds other things, matters once a function does."""
        if self.is_hot(function):
            self.heat((target,))
        elif target not in self.led_to[function]:
            self.led_to[function].add(target)
            for word in self.words_of.get(function, ()):
                self.led_to[word].add(target)

    def heat(self, words: Iterable[Hashable]) -> None:
        """Words stand for something that matters: so does each name that is bound to what they stand in, and so on."""
        todo = list(words)
        while todo:
            word = todo.pop()
            if word not in self.hot:
                self.hot.add(word)
                todo.extend(self.led_to.get(word, ()))


_WORDLESS = frozenset({outline.Integer, outline.Float, outline.Pass, outline.Break, outline.Continue})
_WRAPPING: dict[type[Any], Callable[[Any], outline.Node]] = {
    **dict.fromkeys((outline.Element, outline.Expr, outline.Index), attrgetter("value")),
    outline.AssignTarget: attrgetter("target"),
    outline.SubscriptElement: attrgetter("slice"),
}
_LISTING: dict[type[Any], Callable[[Any], Sequence[outline.Node]]] = {
    **dict.fromkeys((outline.IndentedBlock, outline.SimpleStatementLine), attrgetter("body")),
    **dict.fromkeys((outline.Dict, outline.List, outline.Tuple), attrgetter("elements")),
}
"""How to get at what is in the nodes that there are most of, quicker than by :func:`parts`."""

_CODE = frozenset({outline.FunctionDef, outline.ClassDef, outline.Lambda})
_BINDING = _CODE | {outline.Assign, outline.AnnAssign, outline.NamedExpr}


def survey(module: outline.Module) -> Survey:
    """Look at a module once, without recursion."""
    result = Survey()
    bound: list[tuple[str, set[str]]] = []
    everything: set[str] = set()
    nested: list[tuple[set[str], set[str]]] = []  # words, and the words of what they stand in
    binding: list[tuple[outline.Node, set[str]]] = [(module, everything)]
    while binding:
        root, words = binding.pop()
        todo = parts(root)
        result.size += 1
        while todo:
            node = todo.pop()
            result.size += 1
            kind = type(node)  # isinstance() is slower, and this loop sees every node
            if kind is outline.Name:
                words.add(node.value)  # type: ignore[attr-defined]
            elif kind is outline.Attribute:
                todo.append(_dotted_words(node, words))  # type: ignore[arg-type]
            elif kind is outline.Arg:
                todo.append(node.value)  # type: ignore[attr-defined]
                if node.keyword is not None:  # type: ignore[attr-defined]
                    words.add(node.keyword.value)  # type: ignore[attr-defined]
            elif kind is outline.Call:
                todo.append(node.func)  # type: ignore[attr-defined]
                todo += node.args  # type: ignore[attr-defined]
            elif kind is outline.SimpleString:
                words.add(node.value.strip("'\""))  # type: ignore[attr-defined]
            elif kind in _BINDING:
                own: set[str] = set()
                nested.append((own, words))
                binding.append((node, own))
                if type(getattr(node, "value", None)) is not outline.Call:
                    bound.extend((name, own) for name in _bound_by(node))
                if kind in _CODE:
                    result.words_of[node] = own
                    if kind is not outline.Lambda:
                        result.functions.setdefault(node.name.value, []).append(node)  # type: ignore[attr-defined]
            elif kind in _WRAPPING:
                todo.append(_WRAPPING[kind](node))
            elif kind in _LISTING:
                todo += _LISTING[kind](node)
            else:
                if kind is outline.Global:
                    words.add("global")
                if kind not in _WORDLESS:
                    todo += parts(node)
    for inner, outer in reversed(nested):
        outer.update(inner)
    for name, words in bound:
        for word in words:
            result.led_to[word].add(name)
    result.heat(tf_api.TELLING & everything)
    return result


def _dotted_words(node: outline.Attribute, words: set[str]) -> outline.BaseExpression:
    """Gather the words of a dotted name, and give its root; ``train`` in ``tf.train.x`` is none, for ``x`` says it all.

    A decay that is misspelt there is the word that it is meant to be.
    """
    name = node.attr.value
    words.add(name)
    if last_name(node.value) == "train" and (right := meant(name)) is not None:
        words.add(right)
    while True:
        root = node.value
        if node.attr.value in tf_api.VAGUE:
            words.add(f"{last_name(root)}.{node.attr.value}")
        if type(root) is not outline.Attribute:
            return root
        node = root
        if node.attr.value not in tf_api.VAGUE:
            words.add(node.attr.value)


def _bound_by(node: outline.Node) -> list[str]:
    """The names that a node binds to what stands in it."""
    if type(node) is outline.FunctionDef or type(node) is outline.ClassDef:
        return [node.name.value]
    if type(node) is outline.Assign:
        return [name for target in node.targets for name in _targets(target.target)]
    return _targets(node.target) if isinstance(node, (outline.AnnAssign, outline.NamedExpr)) else []


def _targets(node: outline.BaseExpression) -> list[str]:
    if type(node) is outline.Tuple or type(node) is outline.List:
        return [name for element in node.elements for name in _targets(element.value)]
    name = last_name(node)
    return [name] if name else []
