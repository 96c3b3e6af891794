"""Models of TensorFlow: what makes schedules, steps and optimizers, what moves a step, what is eager and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from lrlint import tf_api
from lrlint.trace.core import Arguments
from lrlint.trace.events import (
    Called,
    Checkpoint,
    KerasUpdate,
    Move,
    MoveKind,
    OptimizerStory,
    Passed,
    ScheduleStory,
    Update,
)
from lrlint.trace.expressions import is_number
from lrlint.trace.mode import Evidence
from lrlint.trace.python import PythonLibrary
from lrlint.trace.values import (
    GLOBAL_STEP,
    NONE,
    NOTHING,
    PLAIN,
    UNKNOWN,
    Atom,
    Bound,
    ConstantTensor,
    Container,
    Derived,
    External,
    Function,
    Literal,
    MissingStep,
    Object,
    Optimizer,
    Partial,
    Rate,
    Schedule,
    Super,
    TrainOp,
    Value,
    Variable,
    is_opaque,
    literal,
)

_DATASET_MAPS = frozenset({"map", "flat_map", "interleave", "filter", "map_and_batch", "apply", "reduce", "scan"})
_INITIAL = {"tf.keras.backend.variable": "value", "tf.get_variable": "initializer"}
_STRATEGY_RUNS = frozenset({"run", "experimental_run_v2", "experimental_run", "call_for_each_replica"})


class TensorFlowLibrary(PythonLibrary):
    """TensorFlow, as far as learning rates go."""

    def call_external(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value | None:
        self._note_mode(name, node)
        if name in tf_api.DECAY_FUNCTIONS:
            return self._decay(name.rpartition(".")[2], node, arguments)
        if name in tf_api.OPTIMIZERS:
            return self._optimizer(name, node, arguments)
        if name in tf_api.KERAS_OPTIMIZERS:
            return self._keras_optimizer(name, node, arguments)
        if name in tf_api.GLOBAL_STEPS:
            return self._global_step(name.rpartition(".")[2], node)
        if name in tf_api.VARIABLES:
            return self._variable(name, node, arguments)
        if name in tf_api.MOVE_FUNCTIONS:
            bound = arguments.bind(tf_api.MOVE_FUNCTIONS[name])
            subject, *operands = (bound.get(parameter) for parameter in tf_api.MOVE_FUNCTIONS[name])
            for operand in operands:
                if operand is not None and operand.node is not None:
                    self.use(operand.node, operand.value, "tensor", f"`{name}()`", node)
            value = subject.value if subject else NOTHING
            for variable in value.all(Variable):
                self.move(variable, node, *_moved(name.rpartition(".")[2], variable, operands[0] if operands else None))
            return value if value.all(Variable) else PLAIN
        if name in tf_api.CHECKPOINTS and isinstance(node, cst.Call):
            if not arguments.more_keywords:
                steps = {
                    step: self.handles(frozenset({step}))
                    for passed in arguments.keywords.values()
                    for optimizer in passed.value.all(Optimizer)
                    for step in self._steps_behind(optimizer)
                }
                checkpoint = Checkpoint(node, dict(arguments.keywords), self.where, steps)
                self.story.checkpoints[node, self.frame.path] = checkpoint
            return Value.of(Object(self.site(node), name))
        if name == "tf.train.Saver":
            self.story.saved.extend(passed.value for passed in arguments)
        if name in tf_api.CHOICES:
            return self._chosen(node, arguments)
        if name in tf_api.TRAIN_OPS:
            return self._train_op(name, node, arguments)
        if name in tf_api.PLACEHOLDERS:
            return UNKNOWN
        if name in tf_api.GRAPH_WRAPPERS:
            return self._graph_wrapper(node, arguments)
        if name in tf_api.EAGER_FUNCTIONS:
            self.call_back(arguments, node, Evidence("eager", node, f"it is called by `{name}`"))
            return PLAIN
        if name in tf_api.ESTIMATORS:
            self.call_back(arguments, node, Evidence("graph", node, "an Estimator runs its `model_fn` in a graph"))
            return Value.of(Object(self.site(node), name))
        if name in ("tf.app.run", "absl.app.run", "tf.compat.v1.app.run"):
            return self._app_run(node, arguments)
        if self._takes_tensors(name):
            return self._tensors(name, node, arguments)
        if name == "tf.GradientTape":
            self.modes.sign(self.scope, "eager", node, "it computes gradients with a `tf.GradientTape`")
        return self.call_python(name, node, arguments)

    def _note_mode(self, name: str, node: cst.CSTNode) -> None:
        if name in tf_api.EAGER_SWITCHES:
            self.modes.switch("eager", node, f"`{name.rpartition('.')[2]}()` is called")
        elif name in tf_api.GRAPH_SWITCHES:
            self.modes.switch("graph", node, f"`{name.rpartition('.')[2]}()` is called")
        elif name in tf_api.SESSION_CALLS:
            self.modes.sign(self.scope, "graph", node, f"`{name}` is used")
        elif name in tf_api.TF2_ONLY:
            self.modes.sign(self.modes.root, "eager", node, f"`{name}` is there in TensorFlow 2 only")

    def _global_step(self, function: str, node: cst.CSTNode) -> Value:
        self.story.global_step_calls.add(node)
        if function == "get_global_step" and self.knows_no_global_step():
            return Value.of(MissingStep(self.site(node)))
        self.global_step_made()
        step = self.global_step()
        self.story.variables.setdefault(step, node)
        return Value.of(step)

    def global_step(self) -> Variable:
        """The global step of the present graph: each has one of its own, and eager code has one."""
        for region in self.scope.chain:
            if region.fixed is not None and region.fixed.own_graph:
                if region not in self.graph_steps:
                    self.graph_steps[region] = Variable(self.site(region.fixed.node or self.module), "global_step")
                self.story.graph_steps.add(self.graph_steps[region])
                return self.graph_steps[region]
        return GLOBAL_STEP

    # Schedules.

    def _decay(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not isinstance(node, cst.Call):
            return UNKNOWN
        decay = tf_api.DECAYS[name]
        parameters = [parameter.name for parameter in decay.parameters]
        bound = arguments.bind(parameters)
        for parameter in parameters:
            if parameter not in bound and arguments.may_hold(parameters, parameter):
                bound[parameter] = Passed(UNKNOWN)
        step = bound.get(decay.step.name)
        if step is not None and step.node is not None:
            for container in step.value.all(Container):
                if container.kind in ("list", "tuple"):
                    self.container_story(container).passed[step.node] = decay.step.name
        schedule = Schedule(self.site(node))
        known = self.story.schedules.get(schedule)
        if known is not None:
            for parameter, passed in known.arguments.items():
                if parameter in bound:
                    bound[parameter] = bound[parameter]._replace(value=bound[parameter].value | passed.value)
        self.story.schedules[schedule] = ScheduleStory(schedule, decay, node, bound)
        return Value.of(schedule)

    def call_schedule(self, schedule: Schedule, node: cst.CSTNode, *, guarded: bool) -> Value:
        rate = Rate(schedule, self.site(node))
        if isinstance(node, cst.Call):
            self.story.calls[node] = rate
            known = self.story.called.get((node, self.frame.path))
            guarded = guarded or (known is not None and known.guarded)
            self.story.called[node, self.frame.path] = Called(node, schedule, self.where, guarded)
        return Value.of(rate)

    def _chosen(self, node: cst.CSTNode, arguments: Arguments) -> Value:
        """``tf.cond``: in eager mode the value of the function that is called, now."""
        self.story.choices.add(node)
        given = [self.call_back(arguments, node)]
        given.extend(
            self.call_schedule(schedule, passed.node or node, guarded=False)
            for passed in arguments
            for schedule in passed.value.all(Schedule)
        )
        return self.derive(given, node, UNKNOWN)

    # Optimizers and their updates.

    def _optimizer(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not isinstance(node, cst.Call):
            return UNKNOWN
        constructor = tf_api.OPTIMIZERS[name]
        optimizer = Optimizer(self.site(node))
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

    def _keras_optimizer(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not isinstance(node, cst.Call):
            return UNKNOWN
        rate = arguments.bind(("learning_rate",)).get("learning_rate") or arguments.keywords.get("lr")
        optimizer = Optimizer(self.site(node))
        return self._made(optimizer, name, node, rate or Passed(NOTHING), frozenset(), calls_rate=True, keras=True)

    def _made(
        self,
        optimizer: Optimizer,
        name: str,
        node: cst.Call,
        rate: Passed,
        wrapped: frozenset[Optimizer],
        *,
        calls_rate: bool,
        keras: bool,
    ) -> Value:
        via_callable = self._called_rates(rate.value, node)
        handles = {schedule: self.handles(frozenset({schedule})) for schedule in self._schedules_in(rate.value)}
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

    def _called_rates(self, rate: Value, node: cst.CSTNode) -> frozenset[Schedule]:
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

    def _update(self, optimizers: Value, method: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not isinstance(node, cst.Call):
            return UNKNOWN
        parameters = tf_api.UPDATES[method]
        bound = arguments.bind(parameters)
        step = bound.get("global_step")
        if step is None:
            step = Passed(UNKNOWN if arguments.may_hold(parameters, "global_step") else NONE)
        if method == "minimize" and "loss" in bound:
            self._loss(bound["loss"], node)
        self.updated(node, method, optimizers, step)
        return Value.of(TrainOp(self.site(node)))

    def _loss(self, loss: Passed, node: cst.CSTNode) -> None:
        if any(isinstance(atom, (Function, Bound)) for atom in loss.value):
            self.modes.sign(self.scope, "eager", node, "the loss is a function, as in eager code")
            for atom in loss.value:
                if isinstance(atom, (Function, Bound)):
                    self.call(Value.of(atom), node, Arguments())

    def updated(self, node: cst.Call, method: str, optimizers: Value, step: Passed) -> None:
        """Note an update, and the steps that it moves."""
        for variable in step.value.all(Variable):
            self.move(variable, node, "update")
        if step.node is not None:
            for container in step.value.all(Container):
                if container.kind in ("list", "tuple"):
                    self.container_story(container).passed[step.node] = "global_step"
        key = (node, self.frame.path)
        known = self.story.updates.get(key)
        if known is not None:
            optimizers |= known.optimizers
            step = step._replace(value=step.value | known.global_step.value)
        update = Update(node, method, optimizers, step, self.where)
        for optimizer in optimizers.all(Optimizer):
            for schedule in self._schedules_behind(optimizer):
                steps = self.story.steps_behind(schedule)
                names = self.handles(steps)
                before = known.handles.get(steps, names) if known is not None else names
                update.handles[steps] = names & before
        self.story.updates[key] = update

    def _steps_behind(self, optimizer: Optimizer) -> list[Variable]:
        """The steps of the schedules that a rate has to do with."""
        return [
            step for schedule in self._schedules_behind(optimizer) for step in self.story.steps(schedule).all(Variable)
        ]

    def _schedules_behind(self, optimizer: Optimizer) -> set[Schedule]:
        """The schedules that a rate has to do with, in any mode: what is followed is decided when the mode is known."""
        story = self.story.optimizers.get(optimizer)
        if story is None:
            return set()
        found = {*story.via_callable, *self._schedules_in(story.rate.value), *story.rate.value.all(Schedule)}
        for derived in story.rate.value.all(Derived):
            found.update(source for source in derived.sources if isinstance(source, Schedule))
        for variable in story.rate.value.all(Variable):
            for move in self.story.moves_of(variable):
                found.update(self._schedules_in(move.value))
        for inner in story.wrapped:
            found |= self._schedules_behind(inner)
        return found

    def _train_op(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not isinstance(node, cst.Call):
            return UNKNOWN
        train_op = tf_api.TRAIN_OPS[name]
        bound = arguments.bind(train_op.parameters)
        step = bound.get("global_step")
        if step is None:
            step = Passed(Value.of(self.global_step()) if train_op.moves_default_step else UNKNOWN)
        optimizers = [passed.value for key, passed in bound.items() if "optimizer" in key]
        rate = bound.get("learning_rate")
        if rate is not None:
            own = Optimizer(self.site(node))
            optimizers = [self._made(own, name, node, rate, frozenset(), calls_rate=False, keras=False)]
        for value in optimizers or [NOTHING]:
            self.updated(node, name, value, step)
        self.call_back(arguments, node)
        return PLAIN

    # Variables and what moves them.

    def _variable(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        bound = arguments.bind(tf_api.VARIABLES[name])
        label = bound["name"].value.only(Literal) if "name" in bound else None
        variable = Variable(self.site(node), label.content if label and isinstance(label.content, str) else None)
        self.story.variables.setdefault(variable, node)
        self.story.made_where[variable] = self.where
        if "trainable" in bound and bound["trainable"].value == literal(False):
            self.story.untrainable.add(variable)
        self.dtypes[variable] = self._dtype(name, bound)
        self.story.initial[variable] = bound.get(_INITIAL.get(name, "initial_value"), Passed(NOTHING))
        return Value.of(variable)

    def _dtype(self, name: str, bound: dict[str, Passed]) -> str | None:
        """The type of a variable, where it is known: as it says, or as its first value is."""
        if "dtype" in bound:
            only = bound["dtype"].value.only(External)
            return only.name.rpartition(".")[2] if only is not None else None
        initial = bound.get("initial_value")
        only_literal = initial.value.only(Literal) if initial is not None else None
        if name == "tf.keras.backend.variable" or only_literal is None:
            return None
        return {int: "int32", float: "float32"}.get(only_literal.kind)

    def move(self, variable: Variable, node: cst.CSTNode, kind: MoveKind, amount: Passed | None = None) -> None:
        """Note what advances a step. Setting it to a constant does not: that is a reset."""
        if kind == "set" and amount is not None and amount.value.only(Literal) is not None:
            kind = "reset"
        if kind == "added" and amount is not None and amount.value == literal(0):
            return
        self.story.moves.setdefault(
            (node, self.frame.path, variable),
            Move(node, variable, kind, self.where, amount.value if amount else NOTHING),
        )

    def call_method(self, receiver: Atom, name: str, node: cst.CSTNode, arguments: Arguments) -> Value | None:
        if isinstance(receiver, Variable):
            return self._variable_method(receiver, name, node, arguments)
        if isinstance(receiver, (Derived, Rate)):
            if name == "numpy":
                self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
            return Value.of(receiver)
        if isinstance(receiver, Optimizer):
            return self._optimizer_method(receiver, name, node, arguments)
        if isinstance(receiver, Super):
            return self._super_method(receiver, name, node, arguments)
        if isinstance(receiver, Object):
            result = self._object_method(receiver, name, node, arguments)
            if result is not None:
                return result
        if isinstance(receiver, (Function, Bound)):
            return self.call_unknown(receiver, arguments)
        return self.call_thing(receiver, name, node, arguments)

    def _variable_method(self, receiver: Variable, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if name in tf_api.MOVE_METHODS:
            amount = next(iter(arguments), None)
            if amount is not None and amount.node is not None:
                self.use(amount.node, amount.value, "tensor", f"`.{name}()`", node)
            self.move(receiver, node, *_moved(name, receiver, amount))
            return Value.of(receiver)
        if name == "numpy":
            self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
        return self.derive([Value.of(receiver)], node, UNKNOWN)

    def _optimizer_method(self, receiver: Optimizer, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        story = self.story.optimizers[receiver]
        if name in tf_api.UPDATES and not story.keras:
            return self._update(Value.of(receiver), name, node, arguments)
        if story.keras and name in tf_api.UPDATES and isinstance(node, cst.Call):
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

    def _super_method(self, receiver: Super, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        if self.has_foreign_base(receiver.receiver.cls):
            for passed in arguments:
                self.escape(passed.value)
        return UNKNOWN

    def _object_method(self, receiver: Object, name: str, node: cst.CSTNode, arguments: Arguments) -> Value | None:
        if name == "numpy" and receiver.name.startswith("tf."):
            self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
        if name == "run" and "Session" in receiver.name:
            self._ran(arguments)
            self._fed(arguments)
        if receiver.name in tf_api.GRAPH_WRAPPERS and name == "__call__":
            return self._graph_wrapper(node, arguments)
        if receiver.name.startswith("tf.data") and name in _DATASET_MAPS:
            self.call_back(arguments, node, Evidence("graph", node, "`tf.data` runs the function in a graph"))
            return Value.of(Object(receiver.site, receiver.name))
        if name in _STRATEGY_RUNS and receiver.name.startswith("tf.distribute"):
            return self._replicated(node, arguments)
        return None

    def runs_session(self, callee: Value, arguments: Arguments) -> bool:
        if not callee or not all(is_opaque(atom) for atom in callee) or not arguments.positional:
            return False
        evidence = self.modes.of(self.scope)
        if evidence is not None and evidence.mode == "eager":
            return False
        fetches = arguments.positional[0].value
        things = [fetches, *(self.contents(container) for container in fetches.all(Container))]
        if not any(value.all(TrainOp) or value.all(Schedule) for value in things):
            return False
        self._ran(arguments)
        self._fed(arguments)
        return True

    def _ran(self, arguments: Arguments) -> None:
        """Note the updates that a session runs."""
        for passed in arguments.positional[:1]:
            # One of two operations is run, and nobody knows which: that is not both.
            for atom in passed.value if len(passed.value.atoms) == 1 else ():
                ops = self.contents(atom) if isinstance(atom, Container) else Value.of(atom)
                for op in ops.all(TrainOp):
                    wheres = self.story.runs.setdefault(op.site.node, [])
                    if self.where not in wheres:
                        wheres.append(self.where)

    def _fed(self, arguments: Arguments) -> None:
        """A step that is fed through a session is moved by it."""
        bound = arguments.bind(("fetches", "feed_dict"))
        feed = bound.get("feed_dict")
        if feed is None or feed.node is None:
            return
        if isinstance(feed.node, cst.Dict):
            for element in feed.node.elements:
                if isinstance(element, cst.DictElement):
                    key = self.evaluate(element.key)
                    self.story.fed.update(key)
                    for variable in key.all(Variable):
                        self.move(variable, element, "fed")

    def _replicated(self, node: cst.CSTNode, arguments: Arguments) -> Value:
        if not arguments.positional:
            return UNKNOWN
        callee, *rest = arguments.positional
        packed = arguments.keywords.get("args")
        parts = self.unpack(packed.value) if packed else None
        given = Arguments([Passed(part) for part in parts]) if parts is not None else Arguments(rest)
        given.more_positional = packed is not None and parts is None
        return self.call(callee.value, node, given)

    # Functions, graphs and tensors.

    def _graph_wrapper(self, node: cst.CSTNode, arguments: Arguments) -> Value:
        """``tf.function(f)``: the same function, run as a graph; without a function, a decorator that makes it so."""
        functions = arguments.positional[0].value if arguments.positional else NOTHING
        wrapped = [as_graph(atom) for atom in functions if isinstance(atom, (Function, Bound))]
        return Value.of(*wrapped) if wrapped else Value.of(Object(self.site(node), "tf.function"))

    def _app_run(self, node: cst.CSTNode, arguments: Arguments) -> Value:
        main = arguments.bind(("main",)).get("main")
        callee = main.value if main else self.store.read((self.globals.key, "main"))
        if callee is not None:
            self.call(callee, node, Arguments(more_positional=True))
        return UNKNOWN

    def _takes_tensors(self, name: str) -> bool:
        module, _, function = name.rpartition(".")
        if name in tf_api.SUMMARY_FUNCTIONS:
            return True
        return module in tf_api.TENSOR_MODULES and function in tf_api.TENSOR_FUNCTIONS

    def _tensors(self, name: str, node: cst.CSTNode, arguments: Arguments) -> Value:
        for passed in arguments:
            if passed.node is not None:
                self._tensor(passed.node, passed.value, name, node)
        values = [passed.value for passed in arguments]
        if name == "tf.cast" and self._keeps_dtype(values, arguments, node):
            return values[0]
        if name == "tf.constant" and all(is_number(value) for value in values[:1]):
            return Value.of(ConstantTensor(self.site(node)))
        return self.derive(values, node, UNKNOWN if any(map(_has_opaque, values)) else PLAIN)

    def _tensor(self, inner: cst.BaseExpression, value: Value, name: str, node: cst.CSTNode) -> None:
        self.use(inner, value, "tensor", f"`{name}()`", node)
        if isinstance(inner, (cst.List, cst.Tuple)):
            for element in inner.elements:
                self._tensor(element.value, self.evaluate(element.value), name, node)

    def _keeps_dtype(self, values: Sequence[Value], arguments: Arguments, node: cst.CSTNode) -> bool:
        """``tf.cast(step, step.dtype)`` is the step itself."""
        passed = list(arguments)
        if len(passed) != 2:
            return False
        wanted = passed[1].node
        if isinstance(wanted, cst.Attribute) and wanted.attr.value == "dtype":
            return self.evaluate(wanted.value) == values[0]
        step, dtype = values[0].only(Variable), values[1].only(External)
        if step is None or dtype is None:
            return False
        known = "int64" if step == GLOBAL_STEP else self.dtypes.get(step)
        return known is not None and dtype.name == f"tf.{known}"


def _moved(name: str, variable: Variable, amount: Passed | None) -> tuple[MoveKind, Passed | None]:
    """How a function or method of this name moves a variable: ``assign(step + 1)`` adds, as ``assign_add(1)`` does."""
    if name not in tf_api.SETTING | tf_api.ADDING:
        return "set", None
    own = amount is not None and any(variable in derived.sources for derived in amount.value.all(Derived))
    return ("added" if own or name in tf_api.ADDING else "set"), amount


def as_graph(atom: Function | Bound) -> Atom:
    """A function, run as a graph."""
    if isinstance(atom, Bound):
        return Bound(Function(atom.function.node, atom.function.frame, True, atom.function.kind), atom.receiver)
    return Function(atom.node, atom.frame, True, atom.kind)


def _has_opaque(value: Value) -> bool:
    return any(is_opaque(atom) for atom in value)
