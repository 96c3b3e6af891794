"""The interpreter as a whole: the module is run from the top, then whatever nobody in the file calls."""

from __future__ import annotations

from collections import Counter

import libcst as cst

from lrlint.trace.core import Arguments
from lrlint.trace.mode import Evidence
from lrlint.trace.statements import Statements
from lrlint.trace.story import Trace
from lrlint.trace.values import Atom, Bound, Class, Function, Instance, Value

_MOST_ROUNDS = 3
_MODEL_FN = ["features", "labels", "mode"]


class Interpreter(Statements):
    """One run over one module."""

    words: Counter[str]

    def trace(self) -> Trace:
        """The story of the module."""
        nodes, self.words = survey(self.module)
        self.allow(nodes)
        self.run(self.module)
        self.live = True
        for _ in range(_MOST_ROUNDS):
            before = dict(self.store.layers[0])
            self._entries()
            if self.store.layers[0] == before and not self.pending:
                break
        return self.story

    def _entries(self) -> None:
        """Call what nobody calls: functions and methods that other files may, each from the state so far."""
        for only_unnamed in (True, False):
            for cls, receivers in self._instances().items():
                for function in self._methods(cls):
                    for receiver in receivers:
                        self._enter_if_due(function, cls if function.kind == "class" else receiver, only_unnamed)
            for function, holder in list(self.pending.items()):
                self._enter_if_due(function, holder, only_unnamed)
        self.pending.clear()

    def _enter_if_due(self, function: Function, receiver: Atom | None, only_unnamed: bool) -> None:
        """Enter a function unless the file calls it; at first only those that the file never names.

        What is named may be called by one of those, with arguments that are then known.
        """
        name = function.node.name.value if isinstance(function.node, cst.FunctionDef) else ""
        if only_unnamed and self.words[name] > 1:
            return
        if function.node not in self.called or (function, receiver) in self.entered:
            self._enter(function, receiver)

    def _enter(self, function: Function, receiver: Atom | None) -> None:
        self.entered.add((function, receiver))
        is_static = function.kind == "static" or receiver is None
        callee: Atom = function if is_static or receiver is None else Bound(function, receiver)
        fixed = None
        if isinstance(function.node, cst.FunctionDef):
            names = [param.name.value for param in function.node.params.params]
            if names[:3] == _MODEL_FN:
                fixed = Evidence("graph", function.node, "an Estimator runs its `model_fn` in a graph")
        scope = self.region(("entry", function.node), fixed)
        results: list[Value] = []

        def run() -> None:
            with self.inside(scope=scope):
                self.entering = True
                results.append(self.call_entry(callee, function.node))
                self.entering = False

        self.branch([run, lambda: None])
        self.live = True
        if not self._is_constructor(function):
            for value in results:
                self.escape(value.where(lambda atom: not isinstance(atom, Instance)))

    def _is_constructor(self, function: Function) -> bool:
        return isinstance(function.node, cst.FunctionDef) and function.node.name.value == "__init__"

    def _instances(self) -> dict[Class, list[Instance]]:
        """The instances of each class of the file; a class of which the file makes none gets one."""
        found: dict[Class, list[Instance]] = {cls: [] for cls in self.classes}
        for owner in list(self.store.slots):
            if isinstance(owner, Instance):
                for cls in self.lineage(owner.cls):
                    found.setdefault(cls, []).append(owner)
        for cls, instances in found.items():
            if not instances:
                instance = Instance(self.site(cls.node), cls)
                self.store.slots.setdefault(instance, {})
                with self.inside(scope=self.region(("entry", cls.node))):
                    self.entering = True
                    self.initialise(instance, cls.node, Arguments(more_positional=True, more_keywords=True))
                    self.entering = False
                instances.append(instance)
        return found

    def _methods(self, cls: Class) -> list[Function]:
        methods: list[Function] = []
        for slot in self.store.slots.get(cls, {}):
            held = self.store.read((cls, slot))
            for atom in held or ():
                if isinstance(atom, Function) and atom.node in cls.node.body.body:
                    methods.append(atom)
                    self.pending.pop(Function(atom.node, atom.frame), None)
        return methods


def survey(module: cst.Module) -> tuple[int, Counter[str]]:
    """The size of a module in nodes, and how often each word stands in it as a name."""
    count = 0
    words: Counter[str] = Counter()
    todo: list[cst.CSTNode] = [module]
    while todo:
        node = todo.pop()
        count += 1
        if isinstance(node, cst.Name):
            words[node.value] += 1
        todo.extend(child for child in node.children if not isinstance(child, cst.BaseParenthesizableWhitespace))
    return count, words
