"""What statements do: bindings, branches, loops to a fixpoint, contexts, definitions and imports."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable
from contextlib import ExitStack

from lrlint import outline, tf_api
from lrlint.trace.definitions import Definitions
from lrlint.trace.fixpoint import EXACT_ROUNDS, tells_more, widened
from lrlint.trace.mode import Evidence, Mode, ModeScope
from lrlint.trace.passing import Arguments
from lrlint.trace.scope import Loop
from lrlint.trace.store import LENGTH, Layer
from lrlint.trace.syntax import last_name, small_statements, walk
from lrlint.trace.values import (
    NOTHING,
    NUMBER,
    UNKNOWN,
    Container,
    Function,
    Instance,
    Literal,
    Object,
    Value,
    is_opaque,
    literal,
)

_EXPECTING = frozenset({"suppress", "raises", "assertRaises", "assertRaisesRegex", "assertRaisesRegexp"})
"""The last names of contexts in which something is to raise."""

_REPLACING = frozenset({"patch", "object"})
"""The last names of contexts in which something stands for something else: ``mock.patch.object``."""

_ENDS = frozenset({"KeyboardInterrupt", "SystemExit", "OutOfRangeError", "StopIteration"})
"""What is caught where a training ends."""


class Statements(Definitions):
    """Execution of statements."""

    def run(self, body: outline.BaseSuite | outline.Module) -> None:
        outer, settled = self.statement, self.settled
        for statement in body.body:
            if not self.live or not self.spend():
                break
            self.statement = statement
            runner = _RUNNERS.get(type(statement))
            if runner is not None:
                runner(self, statement)
        self.statement, self.settled = outer, settled

    def _line(self, node: outline.SimpleStatementLine | outline.SimpleStatementSuite) -> None:
        for small in node.body:
            if not self.live:
                return
            runner = _RUNNERS.get(type(small))
            if runner is not None:
                runner(self, small)

    # Jumps.

    def _return(self, node: outline.Return) -> None:
        value = self.evaluate(node.value) if node.value is not None else literal(None)
        if node.value is not None:
            self.story.handed.add(node.value)
        self.frame.returned |= value
        self.frame.exits.append(self.store.since(self.frame.depth))
        self.live = False

    def _raise(self, node: outline.Raise) -> None:
        if node.exc is not None:
            self.evaluate(node.exc)
        self.live = False

    def _break(self, node: outline.Break) -> None:
        if self.breaks:
            self.breaks[-1].append(self.store.since(self.loop_depths[-1]))
        self.live = False

    def _continue(self, node: outline.Continue) -> None:
        if self.continues:
            self.continues[-1].append(self.store.since(self.loop_depths[-1]))
        self.live = False

    def _assert(self, node: outline.Assert) -> None:
        self.truth(node.test)
        self.assume(node.test, True)

    # Branches.

    def _if(self, node: outline.If) -> None:
        only = self.truth(node.test).only(Literal)
        if only is not None and _is_constant(node.test):
            if only.content:
                self.run(node.body)
            else:
                self._orelse(node.orelse)
            return

        ended: dict[bool, ModeScope | None] = {}

        def arm(outcome: bool) -> Callable[[], None]:
            def run() -> None:
                self.assume(node.test, outcome)
                region = self.scope
                if self.live:
                    self.run(node.body) if outcome else self._orelse(node.orelse)
                if self.live:
                    ended[outcome] = region

            return run

        self.either(node.test, arm(True), arm(False))
        if len(ended) == 1:
            # Only one arm goes on, and with it what it knows of the mode.
            (region,) = ended.values()
            self.scope = region or self.scope

    def assume_mode(self, mode: Mode, node: outline.Node) -> None:
        """The arm of a question for the mode: the mode is known in it."""
        text = "`tf.executing_eagerly()` says so"
        self.scope = self.region((node, mode), Evidence(mode, node, text, asked=True))

    def _orelse(self, node: outline.If | outline.Else | None) -> None:
        if type(node) is outline.If:
            self._if(node)
        elif node is not None:
            self.run(node.body)

    def _try(self, node: outline.Try | outline.TryStar) -> None:
        """The handlers run from a state in which the body has run up to somewhere."""
        exits = len(self.frame.exits)
        self.store.fork()
        guarded = int(_copes_with_schedules(node))
        copes = int(_copes(node))
        self.trying += guarded
        self.coping += copes
        with self.store.watch() as passing:
            self.run(node.body)
        self.trying -= guarded
        self.coping -= copes
        layer, ended = self.store.drop(), self.live
        self.live = True

        def normally() -> None:
            self.store.replay(layer)
            self.live = ended
            if ended and node.orelse is not None:
                self.run(node.orelse.body)

        def handled(handler: outline.ExceptHandler | outline.ExceptStarHandler) -> Callable[[], None]:
            def arm() -> None:
                self.store.merge([{}, passing])
                if handler.type is not None:
                    self.evaluate(handler.type)
                if handler.name is not None and type(handler.name.name) is outline.Name:
                    self.bind(handler.name.name.value, UNKNOWN)
                self.run(handler.body)

            return arm

        if node.handlers:
            # A handler runs where the body did not: what is done in both is done once.
            failed = [(self.new_condition(), False) for _ in node.handlers]
            arms = [normally, *(handled(handler) for handler in node.handlers)]
            self.branch(arms, [None, *failed], tied=False)
        else:
            normally()
        if node.finalbody is not None:
            live, self.live = self.live, True
            self.store.fork()
            self.run(node.finalbody.body)
            last = self.store.drop()
            for left in self.frame.exits[exits:]:
                left.update(last)  # `finally` runs on the way out, too
            self.store.replay(last)
            self.live = self.live and live

    def _match(self, node: outline.Match) -> None:
        self.evaluate(node.subject)

        def taken(case: outline.MatchCase) -> Callable[[], None]:
            def arm() -> None:
                for name in _captured(case.pattern):
                    self.bind(name, UNKNOWN)
                if case.guard is not None:
                    self.truth(case.guard)
                self.run(case.body)

            return arm

        exhaustive = any(_is_wildcard(case) for case in node.cases)
        arms = [*(taken(case) for case in node.cases), *([] if exhaustive else [lambda: None])]
        self.branch(arms, [(self.new_condition(), True) for _ in arms], tied=False)

    # Loops.

    def _for(self, node: outline.For) -> None:
        source = self.evaluate(node.iter)
        loop = Loop(node, self.frame.path)
        self.story.turns[loop] = self.story.turns.get(loop, NOTHING) | self._length(source)

        def body() -> None:
            self.assign(node.target, self.iterate(source))
            self.run(node.body)

        self._loop(node, body, endless=False)

    def _length(self, source: Value) -> Value:
        """How many elements an iterable has."""
        thing = source.only(Object)
        length = self.store.read((thing, LENGTH)) if thing is not None else None
        if length is None:
            elements = self.unpack(source)
            length = literal(len(elements)) if elements is not None else UNKNOWN
        return length

    def _while(self, node: outline.While) -> None:
        endless = _is_constant(node.test) and bool((only := self.evaluate(node.test).only(Literal)) and only.content)

        def body() -> None:
            self.truth(node.test)
            self.assume(node.test, True)
            self.run(node.body)

        self._loop(node, body, endless=endless)

    def _loop(self, node: outline.For | outline.While, body: Callable[[], None], *, endless: bool) -> None:
        """Run a loop until what holds at its head changes no more.

        There are only so many things that a place can hold, once the constants among them are widened to a number.
        """
        loops = self.loops
        loop = Loop(node, self.frame.path)
        self.loops = (*loops, loop)
        left: list[Layer] = []
        depth = self.store.fork()
        self._count_on(node)
        since = self.conditions_met
        for turn in itertools.count():
            self.breaks.append([])
            self.continues.append([])
            self.loop_depths.append(depth)
            skipped = len(self.skipped)
            with self.store.reading() as read:
                self.store.fork()
                self.live = True
                body()
                layer = self.store.drop()
            self.loop_depths.pop()
            rounds = [*self.continues.pop(), *([layer] if self.live else [])]
            left = self.breaks.pop()
            changed = any(self.survey.matters(function) for function in self.skipped[skipped:])
            for back in rounds:
                for place, held in back.items():
                    before, value = self.store.blend(place), held.unguarded(since)
                    if turn >= EXACT_ROUNDS:
                        value = widened(value, before)
                    after = value if before is None else before | value
                    if before is None or after.atoms != before.atoms:
                        # What no round reads as the last one left it is none of the next one's business.
                        matters = place in read or _is_kept(place[0], loop)
                        changed = changed or (matters and tells_more(before, after))
                        self.store.write(place, after)
            if not changed or not self.spend():
                break
        head = self.store.drop()
        self.loops = loops
        # `else` runs where the loop came to its end, not where it was left.
        self.live = not endless
        if node.orelse is not None and self.live:
            self.store.fork()
            self.store.replay(head)
            self.run(node.orelse.body)
            head = self.store.drop()
        exits = [*left, *([head] if self.live else [])]
        self.live = bool(exits)
        self.store.merge(exits)

    def _count_on(self, node: outline.For | outline.While) -> None:
        """Say at the head of a loop of the constants that it counts that they are any number: a round would tell."""
        for name in _counted_in(node):
            place = (self.owner(name).key, name)
            held = self.store.blend(place)
            if held is not None and all(isinstance(atom, Literal) and atom.kind in (int, float) for atom in held):
                self.store.write(place, held | NUMBER)

    # Contexts.

    def _with(self, node: outline.With) -> None:
        with ExitStack() as stack:
            for item in node.items:
                value = self.evaluate(item.item)
                fixed = self._context(value, item.item)
                if fixed is not None:
                    stack.enter_context(self.inside(scope=self.region(item, fixed)))
                if item.asname is not None:
                    self.assign(item.asname.name, self._entered(value))
            names = {last_name(item.item) for item in node.items}
            expects = not names.isdisjoint(_EXPECTING)
            copes = expects or not names.isdisjoint(_REPLACING)
            self.coping += copes
            self.run(node.body)
            self.coping -= copes
        if expects:
            self.live = True

    def _context(self, value: Value, node: outline.BaseExpression) -> Evidence | None:
        for thing in value.all(Object):
            if thing.name.startswith("tf.Graph.") or thing.name == "tf.get_default_graph.as_default":
                return Evidence("graph", node, "a graph is the default here", own_graph=True)
            if thing.name in tf_api.EAGER_CONTEXTS:
                if thing.name == "tf.init_scope" and not any(region.fixed for region in self.scope.chain):
                    return None
                return Evidence("eager", node, f"`{thing.name}()` is entered")
        if last_name(node) == "as_default" and all(is_opaque(atom) for atom in value):
            return Evidence("graph", node, "a graph may be the default here", own_graph=True)
        return None

    def _entered(self, value: Value) -> Value:
        result = NOTHING
        for atom in value:
            if isinstance(atom, Container) and atom.kind == "generator":
                result |= self.contents(atom)
            elif isinstance(atom, Instance):
                entered = self.member(atom.cls, "__enter__")
                for member in entered or ():
                    if isinstance(member, Function):
                        result |= self.call_function(member, member.node, Arguments(), atom)
            else:
                result |= Value.of(atom)
        return result or UNKNOWN


def _counted_in(loop: outline.For | outline.While) -> tuple[str, ...]:
    """The names that a loop counts: ``n += 1``."""
    targets = (small.target for small in small_statements(loop.body) if type(small) is outline.AugAssign)
    return tuple(dict.fromkeys(target.value for target in targets if type(target) is outline.Name))


def _is_kept(owner: Hashable, loop: Loop) -> bool:
    """Whether something is a container that a round of a loop finds as the last one left it, with all that is in it."""
    return isinstance(owner, Container) and loop not in owner.site.loops


def _is_constant(test: outline.BaseExpression) -> bool:
    """Whether a condition is written so that everybody sees its outcome; a named constant may be changed tomorrow."""
    if type(test) is outline.Comparison:
        return False
    return isinstance(test, outline.Integer) or (type(test) is outline.Name and test.value in ("True", "False"))


def _captured(pattern: outline.Node) -> list[str]:
    return [
        node.name.value
        for node in walk(pattern)
        if isinstance(node, (outline.MatchAs, outline.MatchStar)) and type(node.name) is outline.Name
    ]


def _copes_with_schedules(node: outline.Try | outline.TryStar) -> bool:
    """Whether a ``try`` is there for what raises because a schedule is a callable here and a tensor there."""
    small = len(node.body.body) <= 2
    names = [last_name(handler.type) if handler.type is not None else "" for handler in node.handlers]
    return "TypeError" in names or (small and any(name in ("", "Exception", "AttributeError") for name in names))


def _copes(node: outline.Try | outline.TryStar) -> bool:
    """Whether a ``try`` is there for what may raise in its body, not only for the end of the program or of its data."""
    return any(handler.type is None or last_name(handler.type) not in _ENDS for handler in node.handlers)


def _is_wildcard(case: outline.MatchCase) -> bool:
    return case.guard is None and isinstance(case.pattern, outline.MatchAs) and case.pattern.pattern is None


_RUNNERS: dict[type[outline.Node], Callable[..., None]] = {
    outline.SimpleStatementLine: Statements._line,
    outline.SimpleStatementSuite: Statements._line,
    outline.Expr: Statements._expression,
    outline.Assign: Statements._assignment,
    outline.AnnAssign: Statements._annotated,
    outline.AugAssign: Statements._augmented,
    outline.Del: Statements._deletion,
    outline.Return: Statements._return,
    outline.Raise: Statements._raise,
    outline.Break: Statements._break,
    outline.Continue: Statements._continue,
    outline.Assert: Statements._assert,
    outline.If: Statements._if,
    outline.Try: Statements._try,
    outline.TryStar: Statements._try,
    outline.Match: Statements._match,
    outline.For: Statements._for,
    outline.While: Statements._while,
    outline.With: Statements._with,
    outline.FunctionDef: Statements._function,
    outline.ClassDef: Statements._class,
    outline.Import: Statements._import,
    outline.ImportFrom: Statements._import_from,
    outline.Global: Statements._global,
    outline.Nonlocal: Statements._nonlocal,
}
