"""The interpreter as a whole: the module is run from the top, then whatever nobody in the file calls."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from lrlint import outline
from lrlint.trace.fixpoint import EXACT_ROUNDS, Entered, tells_more, widened
from lrlint.trace.mode import Evidence
from lrlint.trace.passing import Arguments
from lrlint.trace.statements import Statements
from lrlint.trace.store import Place
from lrlint.trace.story import Trace
from lrlint.trace.values import Atom, Bound, Class, Function, Instance, Value

_MODEL_FN = ["features", "labels", "mode"]


class Interpreter(Statements):
    """One run over one module."""

    def trace(self) -> Trace:
        """The story of the module."""
        self.allow(self.survey.size)
        self.run(self.module)
        self.live = True
        for turn in itertools.count():
            before = self.store.contents
            started = self.clock
            if not self._entries() or not self.spend():
                break
            if turn >= EXACT_ROUNDS:
                now = self.store.contents
                for place, when in self.news.items():
                    if when >= started:
                        self.store.write(place, widened(now[place], before.get(place)))
        self.story.finished = True
        self._let_go()
        return self.story

    def _let_go(self) -> None:
        """Leave nothing in what was seen that holds what it is held by: it ends with the story, without the collector."""
        self.store.heed = None
        for frame in self.frames.values():
            frame.let_go()

    def _is_open(self, function: Function) -> bool:
        """Whether code outside the file may call a function: nobody in the file does, or it is given away."""
        return function in self.given or (function.node, function.frame) not in self.called

    def _entries(self) -> bool:
        """Call what nobody calls: functions and methods that other files may, each from the state so far.

        What was called before is called again only if it read a place of which there is news since, or skipped a call of
        what matters by now. Tells whether anything was called.
        """
        called = False
        due: dict[tuple[Function, Atom | None], Atom | None] = {}
        for cls, receivers in self._instances().items():
            for function in self._methods(cls):
                due.update(
                    {(function, receiver): cls if function.kind == "class" else receiver for receiver in receivers}
                )
        waiting = self.pending.copy()
        due.update({(function, holder): holder for function, holder in waiting.items()})
        self.pending.clear()
        # Who calls the most goes first: what it calls has then been run with arguments that are known.
        for entry in sorted(due, key=lambda entry: (-self.survey.reach(entry[0].node), _is_private(entry[0]))):
            function, _ = entry
            if not self.survey.matters(function.node):
                if function in waiting:
                    self.pending.setdefault(function, waiting[function])
            elif self._is_due(entry):
                started, skipped = self.clock, len(self.skipped)
                with self.store.reading() as read:
                    self._enter(function, due[entry])
                self.entered[entry] = Entered(started, read, self.skipped[skipped:])
                called = True
        return called

    def _is_due(self, entry: tuple[Function, Atom | None]) -> bool:
        if entry not in self.entered:
            return self._is_open(entry[0])
        before = self.entered[entry]
        return any(self.news.get(place, -1) >= before.started for place in before.read) or any(
            self.survey.matters(function) for function in before.skipped
        )

    def _enter(self, function: Function, receiver: Atom | None) -> None:
        is_static = function.kind == "static" or receiver is None
        callee: Atom = function if is_static or receiver is None else Bound(function, receiver)
        fixed = None
        if isinstance(function.node, outline.FunctionDef):
            names = [param.name.value for param in function.node.params.params]
            if names[:3] == _MODEL_FN:
                fixed = Evidence("graph", function.node, "an Estimator runs its `model_fn` in a graph")
        scope = self.region(("entry", function.node), fixed)
        results: list[Value] = []

        since = self.conditions_met
        self.store.fork()
        with self.inside(scope=scope):
            self.entering = True
            results.append(self.call_entry(callee, function.node))
            self.entering = False
        layer = {place: value.unguarded(since) for place, value in self.store.drop().items()}
        before = {place: self.store.blend(place) for place in layer}
        self.store.merge([layer, {}])
        self._note_news(before)
        self.live = True
        if not self._is_constructor(function) and function.kind != "property":
            for value in results:
                self.escape(value.where(lambda atom: not isinstance(atom, Instance)))

    def _note_news(self, before: Mapping[Place, Value | None]) -> None:
        """Note the places that now hold a schedule, a step or an optimizer that was not there before."""
        for place, held in before.items():
            value = self.store.blend(place)
            if value is not None and value is not held and tells_more(held, value):
                self.news[place] = self.clock
        self.clock += 1

    def _is_constructor(self, function: Function) -> bool:
        return isinstance(function.node, outline.FunctionDef) and function.node.name.value == "__init__"

    def _instances(self) -> dict[Class, list[Instance]]:
        """The instances of each class of the file; a class of which the file makes none gets one."""
        found: dict[Class, list[Instance]] = {cls: [] for cls in self.classes}
        for owner in list(self.store.slots):
            if isinstance(owner, Instance):
                for cls in self.lineage(owner.cls):
                    found.setdefault(cls, []).append(owner)
        alone = [cls for cls, instances in found.items() if not instances]
        before = self.store.contents if alone else {}
        for cls in alone:
            instance = self.thing(Instance, cls.node, cls)
            self.store.slots.setdefault(instance, {})
            with self.inside(scope=self.region(("entry", cls.node))):
                self.entering = True
                self.initialise(instance, cls.node, Arguments(more_positional=True, more_keywords=True))
                self.entering = False
            found[cls].append(instance)
        if alone:
            self._note_news({place: before.get(place) for place in self.store.contents})
        return found

    def _methods(self, cls: Class) -> list[Function]:
        methods: list[Function] = []
        for slot in self.store.slots.get(cls, {}):
            held = self.store.read((cls, slot))
            for atom in held or ():
                if isinstance(atom, Function) and atom.node in cls.node.body.body:
                    methods.append(atom)
                    self.pending.pop(atom.frame.function(atom.node), None)
        return methods


def _is_private(function: Function) -> bool:
    """Whether a function is, by its name, not for code outside the file."""
    return isinstance(function.node, outline.FunctionDef) and function.node.name.value.startswith("_")
