"""Questions about rates that are computed: with what, for whom, and whether a function may compute them anew each time."""

from __future__ import annotations

from collections.abc import Iterable

from lrlint import outline
from lrlint.trace.events import FrozenCopy, OptimizerStory, Use, Where
from lrlint.trace.lexical import means_the_same
from lrlint.trace.mode import Mode
from lrlint.trace.names import canonical
from lrlint.trace.rates import RateQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import contains, names_in, reads_in, walk
from lrlint.trace.values import Atom, Derived, Optimizer, Rate, Schedule, Variable


class ComputedQueries(RateQueries):
    """What rates are computed from, and where that could be done again."""

    __slots__ = ()

    def optimizer_fed_by(self, use: Use) -> tuple[OptimizerStory, Derived] | None:
        """The optimizer whose rate is computed with a use of a schedule, and what is computed."""
        found = [
            (number, story, derived)
            for outer in self.around(use.node)
            for number, story, derived in self._computed_rates().get(outer, ())
            if use.schedule in derived.sources
        ]
        return min(found)[1:] if found else None

    @remembered
    def _computed_rates(self) -> dict[outline.Node, list[tuple[int, OptimizerStory, Derived]]]:
        """By the expressions that compute rates: the optimizers that are given these, numbered as they are met."""
        found: dict[outline.Node, list[tuple[int, OptimizerStory, Derived]]] = {}
        given = ((story, derived) for story in self.optimizers.values() for derived in story.rate.value.all(Derived))
        for number, (story, derived) in enumerate(given):
            found.setdefault(derived.site.node, []).append((number, story, derived))
        return found

    @remembered
    def rate_places(self) -> frozenset[outline.Node | None]:
        """The expressions that optimizers are given as rates."""
        return frozenset(story.rate.node for story in self.optimizers.values())

    def made_for_rates(self, things: Iterable[Atom]) -> list[outline.BaseExpression]:
        """The expressions that compute what an optimizer is given, where that goes into rates and nowhere else.

        Several where it depends on the path. What may be a schedule on another path is passed on as it is.
        """
        ends = self.rate_places()
        made: set[outline.Node] = set()
        wanted = set(things)
        for thing in wanted:
            if isinstance(thing, Schedule):
                continue
            if not isinstance(thing, (Rate, Derived)):
                return []
            made.add(self.outermost.get(thing, thing.site.node))
            for node in self.mentions.get(thing, ()):
                if not self.stands_for[node] <= wanted or not self.is_passed_on(node, ends):
                    return []
        found = [node for node in made if isinstance(node, outline.BaseExpression) and self.is_passed_on(node, ends)]
        return found if len(found) == len(made) else []

    def is_bound_to_itself(self, node: outline.Node) -> bool:
        """Whether an expression is bound to a name that stands in it: as a function it would call itself."""
        return any(contains(statement, node) for name in reads_in(node) for statement, _ in self.bindings.get(name, ()))

    def is_computed_late(self, node: outline.Node) -> bool:
        """Whether an expression may give something else when it is computed later: a name in it is bound anew."""
        here = self.around(node)
        for name in names_in(node):
            bound = [
                in_loop
                for statement, in_loop in self.bindings.get(name, ())
                if means_the_same(name, here, self.around_binding(statement))
            ]
            if len(bound) > 1 or any(bound):
                return True
        return False

    def is_only_rate(self, frozen: FrozenCopy) -> bool:
        """Whether a copy of a rate is given to optimizers, and nothing else is done with it."""
        things = {atom for atom in frozen.optimizer.rate.value if isinstance(atom, (Variable, Derived))}
        mentions = {node for thing in things for node in self.mentions.get(thing, ())}
        return all(self.stands_for[node] <= things and self.is_passed_on(node, self.rate_places()) for node in mentions)

    def works_in_graph(self, node: outline.Node) -> bool:
        """Whether an expression over a schedule gives its rate in the graph of a ``tf.function``, too.

        It may call the schedule and TensorFlow, and compute: Python's own functions need a number, which is not there.
        """
        inner = list(walk(node))
        if any(isinstance(part, (outline.IfExp, outline.BooleanOperation, outline.Comparison)) for part in inner):
            return False
        calls = [part for part in inner if isinstance(part, outline.Call)]
        return all(call in self.calls or canonical(self.path_of(call.func)).startswith("tf.") for call in calls)

    def is_updated_in_graph(self, optimizer: Optimizer) -> bool:
        """Whether an optimizer makes an update in a graph, where a function that it calls runs in the graph, too."""
        return any(self._is_graph(update.where.scope) for update in self.updates_of(optimizer))

    def read_in(self, schedule: Schedule) -> set[Mode]:
        """The modes in which a schedule gives its rates: the graph is that of a ``tf.function``.

        None where it cannot be a function of the program's own: where its parts are read, or in another graph.
        """
        places = [following.update.where for following in self.followings_of(schedule)]
        evidences = [self.modes.of(place.scope) for place in (*places, *self._used_where().get(schedule, ()))]
        if schedule in self.inspected or any(
            evidence is not None and evidence.mode == "graph" and not evidence.traced for evidence in evidences
        ):
            return set()
        modes: set[Mode] = {"eager"} if schedule in self.escaped else set()
        return modes | {"eager" if evidence is None else evidence.mode for evidence in evidences}

    @remembered
    def _used_where(self) -> dict[Schedule, list[Where]]:
        """Where schedules are called and used."""
        found: dict[Schedule, list[Where]] = {}
        for call in self.called.values():
            found.setdefault(call.schedule, []).append(call.where)
        for use in self.uses.values():
            found.setdefault(use.schedule, []).append(use.where)
        return found
