"""Schedules and optimizers: what makes them, what an optimizer is given, and its updates."""

from __future__ import annotations

from lrlint import outline, tf_api
from lrlint.trace.containers import elements
from lrlint.trace.events import (
    Called,
    KerasUpdate,
    OptimizerStory,
    Passed,
    ScheduleStory,
    Update,
)
from lrlint.trace.passing import Arguments
from lrlint.trace.values import (
    ALWAYS,
    NONE,
    NOTHING,
    PLAIN,
    UNKNOWN,
    Atom,
    Bound,
    Container,
    Derived,
    Function,
    Guards,
    Object,
    Optimizer,
    Partial,
    Rate,
    Schedule,
    TrainOp,
    Value,
    Variable,
)
from lrlint.trace.variables import Variables


class Optimizers(Variables):
    """Decays, optimizers, and updates."""

    def _decay(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if not isinstance(node, outline.Call):
            return UNKNOWN
        decay = tf_api.DECAYS[name.rpartition(".")[2]]
        parameters = [parameter.name for parameter in decay.parameters]
        bound = arguments.bind(parameters)
        for parameter in parameters:
            if parameter not in bound and arguments.may_hold(parameters, parameter):
                bound[parameter] = Passed(UNKNOWN)
        step = bound.get(decay.step.name)
        if step is not None and step.node is not None:
            for container in step.value.all(Container):
                if container.kind in ("list", "tuple"):
                    self.container_story(container).passed.add(step.node)
        schedule = self.thing(Schedule, node)
        story = ScheduleStory(schedule, decay, node, bound, arguments, self.where, self._lists(bound))
        story.guarded = self.coping > 0
        known = self.story.schedules.get(schedule)
        if known is not None:
            _join(story, known)
        self.story.schedules[schedule] = story
        return Value.of(schedule)

    def _lists(self, bound: dict[str, Passed]) -> dict[str, tuple[Passed, ...]]:
        """The elements of the lists among some arguments, where nobody else may have changed them."""
        found: dict[str, tuple[Passed, ...]] = {}
        for parameter, passed in bound.items():
            container = passed.value.only(Container)
            parts = self.unpack(passed.value)
            if container is not None and parts is not None and container not in self.story.escaped:
                nodes = elements(container.site.node, len(parts))
                found[parameter] = tuple(Passed(part, node) for part, node in zip(parts, nodes, strict=True))
        return found

    def call_schedule(self, schedule: Schedule, node: outline.Node, *, guarded: bool) -> Value:
        rate = Rate(schedule, self.site(node))
        if isinstance(node, outline.Call):
            self.story.calls[node] = rate
            key = (node, self.frame.path, schedule)
            known = self.story.called.get(key)
            guarded = guarded or (known is not None and known.guarded)
            self.story.called[key] = Called(node, schedule, self.where, guarded)
        return Value.of(rate)

    def _chosen(self, _name: str, node: outline.Node, arguments: Arguments) -> Value:
        """``tf.cond``: in eager mode the value of the function that is called, now."""
        self.story.choices.add(node)
        given = [self.call_back(arguments, node)]
        given.extend(
            self.call_schedule(schedule, passed.node or node, guarded=False)
            for passed in arguments
            for schedule in passed.value.all(Schedule)
        )
        return self.derive(given, node, UNKNOWN)

    def _optimizer(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if not isinstance(node, outline.Call):
            return UNKNOWN
        constructor = tf_api.OPTIMIZERS[name]
        optimizer = self.thing(Optimizer, node)
        rate = Passed(NOTHING)
        wrapped: frozenset[Optimizer] = frozenset()
        if constructor.wraps is not None:
            inner = arguments.keywords.get(constructor.wraps) or next(iter(arguments.positional), Passed(UNKNOWN))
            wrapped = frozenset(inner.value.all(Optimizer))
            if not wrapped:
                return UNKNOWN
        elif constructor.rate is not None:
            parameters = [f"#{position}" for position in range(constructor.position)] + [constructor.rate]
            rate = arguments.bind(parameters).get(
                constructor.rate, Passed(UNKNOWN if arguments.may_hold(parameters, constructor.rate) else NOTHING)
            )
        return self._made(optimizer, name, node, rate, wrapped, calls_rate=constructor.calls_rate, keras=False)

    def _keras_optimizer(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if not isinstance(node, outline.Call):
            return UNKNOWN
        rate = arguments.bind(("learning_rate",)).get("learning_rate") or arguments.keywords.get("lr")
        optimizer = self.thing(Optimizer, node)
        return self._made(optimizer, name, node, rate or Passed(NOTHING), frozenset(), calls_rate=True, keras=True)

    def _made(
        self,
        optimizer: Optimizer,
        name: str,
        node: outline.Call,
        rate: Passed,
        wrapped: frozenset[Optimizer],
        *,
        calls_rate: bool,
        keras: bool,
    ) -> Value:
        via_callable = self._called_rates(rate.value, node)
        handles = {
            schedule: self.handles(frozenset({schedule}), _guards(schedule, rate.value))
            for schedule in self._schedules_in(rate.value)
        }
        known = self.story.optimizers.get(optimizer)
        if known is not None:
            rate = rate._replace(value=rate.value | known.rate.value)
            via_callable |= known.via_callable
            wrapped |= known.wrapped
            handles = {schedule: names & known.handles.get(schedule, names) for schedule, names in handles.items()}
        self.story.optimizers[optimizer] = OptimizerStory(
            optimizer, name, keras, calls_rate, node, rate, self.where, via_callable, wrapped, handles
        )
        if any(thing.name in tf_api.KERAS_SCHEDULES for thing in rate.value.all(Object)):
            at_hand = {step: self.handles(frozenset({step})) for step in self.story.variables}
            self.story.optimizers[optimizer].steps_at_hand = at_hand
        return Value.of(optimizer)

    def _called_rates(self, rate: Value, node: outline.Node) -> frozenset[Schedule]:
        """The schedules that a callable rate calls when the optimizer calls it."""
        schedules: set[Schedule] = set()
        for atom in rate:
            if isinstance(atom, (Function, Bound, Partial)):
                results = self.call(Value.of(atom), node, Arguments())
                self.story.rebuilt.update(
                    schedule
                    for schedule in self.story.schedules
                    if any(link.call is node for link in schedule.site.path)
                )
                for given in results:
                    if isinstance(given, Rate):
                        schedules.add(given.schedule)
                    elif isinstance(given, Derived):
                        schedules.update(source.schedule for source in given.sources if isinstance(source, Rate))
                    elif isinstance(given, Schedule):
                        schedules.add(given)
        return frozenset(schedules)

    def _schedules_in(self, rate: Value) -> list[Schedule]:
        """The schedules whose numbers a rate is made of."""
        rates = [atom for atom in rate if isinstance(atom, Rate)]
        for derived in rate.all(Derived):
            rates.extend(source for source in derived.sources if isinstance(source, Rate))
        return [given.schedule for given in rates]

    def _update(self, optimizers: Value, method: str, node: outline.Node, arguments: Arguments) -> Value:
        if not isinstance(node, outline.Call):
            return UNKNOWN
        parameters = tf_api.UPDATES[method]
        bound = arguments.bind(parameters)
        step = bound.get("global_step")
        if step is None:
            step = Passed(UNKNOWN if arguments.may_hold(parameters, "global_step") else NONE)
        if method == "minimize" and "loss" in bound:
            self._loss(bound["loss"], node)
        self.updated(node, method, optimizers, step, bound.get("loss"))
        return Value.of(self.thing(TrainOp, node))

    def _loss(self, loss: Passed, node: outline.Node) -> None:
        if any(isinstance(atom, (Function, Bound)) for atom in loss.value):
            self.modes.sign(self.scope, "eager", node, "the loss is a function, as in eager code")
            for atom in loss.value:
                if isinstance(atom, (Function, Bound)):
                    self.call(Value.of(atom), node, Arguments())

    def updated(
        self, node: outline.Call, method: str, optimizers: Value, step: Passed, loss: Passed | None = None
    ) -> None:
        """Note an update, and the steps that it moves."""
        for variable in step.value.all(Variable):
            self.move(variable, node, "update")
        if step.node is not None:
            for container in step.value.all(Container):
                if container.kind in ("list", "tuple"):
                    self.container_story(container).passed.add(step.node)
        key = (node, self.frame.path)
        known = self.story.updates.get(key)
        if known is not None:
            optimizers |= known.optimizers
            step = step._replace(value=step.value | known.global_step.value)
        update = Update(node, method, optimizers, step, self.where, loss or Passed(NOTHING))
        for optimizer in optimizers.all(Optimizer):
            for schedule in self._schedules_behind(optimizer):
                steps = self.story.steps_behind(schedule)
                story = self.story.optimizers.get(optimizer)
                names = self.handles(steps, _guards(schedule, story.rate.value if story is not None else NOTHING))
                before = known.handles.get(steps, names) if known is not None else names
                update.handles[steps] = names & before
            story = self.story.optimizers.get(optimizer)
            if story is not None and not story.calls_rate:
                schedules = frozenset(self._schedules_behind(optimizer))
                names = self.handles(schedules)
                before = known.schedules.get(schedules, names) if known is not None else names
                update.schedules[schedules] = names & before
        self.story.updates[key] = update

    def _steps_behind(self, optimizer: Optimizer) -> list[Variable]:
        """The steps of the schedules that a rate has to do with."""
        return [
            step for schedule in self._schedules_behind(optimizer) for step in self.story.steps(schedule).all(Variable)
        ]

    def _schedules_behind(self, optimizer: Optimizer, seen: frozenset[Optimizer] = frozenset()) -> set[Schedule]:
        """The schedules that a rate has to do with, in any mode: what is followed is decided when the mode is known."""
        story = self.story.optimizers.get(optimizer)
        if story is None or optimizer in seen:
            return set()
        found = {*story.via_callable, *self._schedules_in(story.rate.value), *story.rate.value.all(Schedule)}
        for derived in story.rate.value.all(Derived):
            found.update(source for source in derived.sources if isinstance(source, Schedule))
        for variable in story.rate.value.all(Variable):
            for move in self.story.moves_of(variable):
                found.update(self._schedules_in(move.value))
        for inner in story.wrapped:
            found |= self._schedules_behind(inner, seen | {optimizer})
        return found

    def _train_op(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if not isinstance(node, outline.Call):
            return UNKNOWN
        train_op = tf_api.TRAIN_OPS[name]
        bound = arguments.bind(train_op.parameters)
        step = bound.get("global_step")
        if step is None:
            step = Passed(Value.of(self.global_step()) if train_op.moves_default_step else UNKNOWN)
        optimizers = [passed.value for key, passed in bound.items() if "optimizer" in key]
        rate = bound.get("learning_rate")
        decays = bound.get("learning_rate_decay_fn")
        if rate is not None and decays is not None:
            rate = Passed(self.call(decays.value, node, Arguments([rate, step])))
        if rate is not None:
            own = self.thing(Optimizer, node)
            optimizers = [self._made(own, name, node, rate, frozenset(), calls_rate=False, keras=False)]
        for value in optimizers or [NOTHING]:
            self.updated(node, name, value, step)
        self.call_back(Arguments([passed for passed in arguments if passed is not decays]), node)
        return PLAIN

    def _optimizer_method(self, receiver: Optimizer, name: str, node: outline.Node, arguments: Arguments) -> Value:
        story = self.story.optimizers[receiver]
        if name in tf_api.UPDATES and not story.keras:
            return self._update(Value.of(receiver), name, node, arguments)
        if story.keras and name in tf_api.UPDATES and isinstance(node, outline.Call):
            update = KerasUpdate(
                node, name, receiver, tuple(arguments.positional), dict(arguments.keywords), self.where
            )
            self.story.keras_updates[node, self.frame.path] = update
        if name == "compute_gradients":
            bound = arguments.bind(("loss",))
            if "loss" in bound:
                self._loss(bound["loss"], node)
        elif name not in ("get_slot", "get_slot_names", "get_name", "variables", "get_config"):
            self.call_back(arguments, node)
        return PLAIN


def _schedules_of(atom: Atom) -> set[Schedule]:
    """The schedules that an atom of a rate is, or whose numbers it is made of."""
    sources = atom.sources if isinstance(atom, Derived) else {atom}
    return {
        source.schedule if isinstance(source, Rate) else source
        for source in sources
        if isinstance(source, (Rate, Schedule))
    }


def _guards(schedule: Schedule, rate: Value) -> Guards:
    """The outcomes of conditions under which alone a rate has to do with a schedule."""
    found = [guards for atom, guards in rate.atoms.items() if schedule in _schedules_of(atom)]
    return frozenset.intersection(*found) if found else ALWAYS


def _join(story: ScheduleStory, known: ScheduleStory) -> None:
    """Put into a story what is known from another round: each argument may be what it was then."""
    for parameter, passed in known.arguments.items():
        if parameter in story.arguments:
            story.arguments[parameter] = _either(story.arguments[parameter], passed)
    story.lists = {
        parameter: tuple(map(_either, parts, known.lists[parameter]))
        for parameter, parts in story.lists.items()
        if len(parts) == len(known.lists.get(parameter, ()))
    }
    story.guarded = story.guarded or known.guarded


def _either(passed: Passed, other: Passed) -> Passed:
    return passed._replace(value=passed.value | other.value)
