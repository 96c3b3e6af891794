"""Models of TensorFlow: what makes schedules, steps and optimizers, what moves a step, what is eager and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from lrlint import outline, tf_api
from lrlint.trace.events import (
    Checkpoint,
    Passed,
)
from lrlint.trace.expressions import is_number
from lrlint.trace.mode import Evidence
from lrlint.trace.optimizers import Optimizers
from lrlint.trace.passing import Arguments
from lrlint.trace.store import REST
from lrlint.trace.values import (
    GLOBAL_STEP,
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
    ModeAnswer,
    Object,
    Optimizer,
    Rate,
    Schedule,
    Super,
    TrainOp,
    Value,
    Variable,
    is_opaque,
)
from lrlint.trace.variables import moved_by

_DATASET_MAPS = frozenset({"map", "flat_map", "interleave", "filter", "map_and_batch", "apply", "reduce", "scan"})
_STRATEGY_RUNS = frozenset({"run", "experimental_run_v2", "experimental_run", "call_for_each_replica"})


class TensorFlowLibrary(Optimizers):
    """TensorFlow, as far as learning rates go."""

    def call_external(self, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        self._note_mode(name, node)
        model = _MODELS.get(name)
        if model is not None:
            return model(self, name, node, arguments)
        if name.startswith(tf_api.GIVING_AWAY_MODULES):
            return self._given_away(name, node, arguments)
        if self._takes_tensors(name):
            return self._tensors(name, node, arguments)
        flag = self.declared_flag(name, node, arguments)
        return flag if flag is not None else self.call_python(name, node, arguments)

    def _moving(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        """``tf.assign_add(step, 1)`` and its kind."""
        bound = arguments.bind(tf_api.MOVE_FUNCTIONS[name])
        subject, *operands = (bound.get(parameter) for parameter in tf_api.MOVE_FUNCTIONS[name])
        for operand in operands:
            if operand is not None and operand.node is not None:
                self.use(operand.node, operand.value, "tensor", f"`{name}()`", node)
        value = subject.value if subject else NOTHING
        amount = operands[0] if operands else None
        for variable in value.all(Variable):
            reads = self.story.mentions.get(variable, ())
            self.move(variable, node, *moved_by(name.rpartition(".")[2], reads, amount))
        self._swept(value)
        return value if value.all(Variable) else PLAIN

    def _swept(self, value: Value) -> None:
        """Note that something is moved that is a variable out of a collection."""
        self.story.swept.update(thing.name for thing in value.all(Object) if thing.name in tf_api.COLLECTIONS)

    def _checkpoint(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if type(node) is outline.Call and not arguments.more_keywords:
            steps = {
                step: self.handles(frozenset({step}))
                for passed in arguments.keywords.values()
                for optimizer in passed.value.all(Optimizer)
                for step in self._steps_in_sight(optimizer)
            }
            checkpoint = Checkpoint(node, dict(arguments.keywords), self.where, steps)
            self.story.checkpoints[node, self.frame.path] = checkpoint
        return Value.of(self.thing(Object, node, name))

    def _steps_in_sight(self, optimizer: Optimizer) -> Iterable[Variable]:
        """The steps behind a rate; where that is a variable, a schedule that it is assigned from later may read any step."""
        story = self.story.optimizers.get(optimizer)
        if story is None or not story.rate.value.all(Variable):
            return self._steps_behind(optimizer)
        return {GLOBAL_STEP, *self.story.untrainable, *self._steps_behind(optimizer)}

    def _saver(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        self.story.saved.extend(passed.value for passed in arguments)
        return Value.of(self.thing(Object, node, name))

    def _given_away(self, _name: str, _node: outline.Node, arguments: Arguments) -> Value:
        for passed in arguments:
            self.escape(passed.value)
            if passed.value.all(Variable):
                self.escape(Value.of(GLOBAL_STEP))  # it may be the global step from here on
        return UNKNOWN

    def _placeholder(self, _name: str, _node: outline.Node, _arguments: Arguments) -> Value:
        return UNKNOWN

    def _called_eagerly(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        self.call_back(arguments, node, Evidence("eager", node, f"it is called by `{name}`"))
        return PLAIN

    def _estimator(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        self.call_back(arguments, node, Evidence("graph", node, "an Estimator runs what it is given in a graph"))
        return Value.of(self.thing(Object, node, name))

    def _mode_question(self, _name: str, _node: outline.Node, _arguments: Arguments) -> Value:
        return Value.of(ModeAnswer())

    def _tape(self, name: str, node: outline.Node, _arguments: Arguments) -> Value:
        self.modes.sign(self.scope, "eager", node, "it computes gradients with a `tf.GradientTape`")
        return Value.of(self.thing(Object, node, name))

    def _note_mode(self, name: str, node: outline.Node) -> None:
        if name in tf_api.EAGER_SWITCHES:
            self.modes.switch("eager", node, f"`{name.rpartition('.')[2]}()` is called", self.where.assumed)
        elif name in tf_api.GRAPH_SWITCHES:
            self.modes.switch("graph", node, f"`{name.rpartition('.')[2]}()` is called", self.where.assumed)
        elif name in tf_api.SESSION_CALLS:
            self.modes.sign(self.scope, "graph", node, f"`{name}` is used")
        elif name in tf_api.TF2_ONLY:
            self.modes.sign(self.modes.root, "eager", node, f"`{name}` is there in TensorFlow 2 only")

    def call_method(self, receiver: Atom, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        if isinstance(receiver, Variable):
            return self._variable_method(receiver, name, node, arguments)
        if isinstance(receiver, (Derived, Rate)):
            if name == "numpy":
                self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
            if type(node) is outline.Call:
                self.story.outermost[receiver] = node
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

    def _super_method(self, receiver: Super, name: str, node: outline.Node, arguments: Arguments) -> Value:
        if self.has_foreign_base(receiver.receiver.cls):
            for passed in arguments:
                self.escape(passed.value)
        return UNKNOWN

    def _object_method(self, receiver: Object, name: str, node: outline.Node, arguments: Arguments) -> Value | None:
        if name in tf_api.MOVE_METHODS:
            self._swept(Value.of(receiver))
        if name == "numpy" and receiver.name.startswith("tf."):
            self.modes.sign(self.scope, "eager", node, "`.numpy()` is called")
        if "Session" in receiver.name and name in ("make_callable", "partial_run", "partial_run_setup"):
            for passed in arguments:
                self.escape(passed.value)
        if name == "run" and "Session" in receiver.name:
            self._ran(arguments)
            self._fed(arguments)
        if receiver.name in tf_api.GRAPH_WRAPPERS and name == "__call__":
            return self._graph_wrapper(name, node, arguments)
        if receiver.name.startswith("tf.data") and name in _DATASET_MAPS:
            self.call_back(arguments, node, Evidence("graph", node, "`tf.data` runs the function in a graph"))
            return Value.of(receiver)
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
            for op in self._fetched(passed.value):
                wheres = self.story.runs.setdefault(op.site.node, [])
                if self.where not in wheres:
                    wheres.append(self.where)

    def _fetched(self, fetches: Value) -> Iterator[TrainOp]:
        """The updates among what a session is to fetch."""
        container = fetches.only(Container)
        if container is None:
            yield from _the_one_update(fetches)
            return
        for slot in self.store.slots.get(container, ()):
            held = self.store.read((container, slot)) or NOTHING
            yield from held.all(TrainOp) if slot == REST else _the_one_update(held)

    def _fed(self, arguments: Arguments) -> None:
        """A step that is fed through a session is moved by it."""
        bound = arguments.bind(("fetches", "feed_dict"))
        feed = bound.get("feed_dict")
        if feed is None or feed.node is None:
            return
        if type(feed.node) is outline.Dict:
            for element in feed.node.elements:
                if isinstance(element, outline.DictElement):
                    key = self.evaluate(element.key)
                    self.story.fed.update(key)
                    for variable in key.all(Variable):
                        self.move(variable, element, "fed")

    def _replicated(self, node: outline.Node, arguments: Arguments) -> Value:
        if not arguments.positional:
            return UNKNOWN
        callee, *rest = arguments.positional
        packed = arguments.keywords.get("args")
        parts = self.unpack(packed.value) if packed else None
        given = Arguments([Passed(part) for part in parts]) if parts is not None else Arguments(rest)
        given.more_positional = packed is not None and parts is None
        return self.call(callee.value, node, given)

    # Functions, graphs and tensors.

    def _graph_wrapper(self, _name: str, node: outline.Node, arguments: Arguments) -> Value:
        """``tf.function(f)``: the same function, run as a graph; without a function, a decorator that makes it so."""
        functions = arguments.positional[0].value if arguments.positional else NOTHING
        wrapped = [as_graph(atom) for atom in functions if isinstance(atom, (Function, Bound))]
        return Value.of(*wrapped) if wrapped else Value.of(self.thing(Object, node, "tf.function"))

    def _app_run(self, _name: str, node: outline.Node, arguments: Arguments) -> Value:
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

    def _tensors(self, name: str, node: outline.Node, arguments: Arguments) -> Value:
        for passed in arguments:
            if passed.node is not None:
                self._tensor(passed.node, passed.value, name, node)
        values = [passed.value for passed in arguments]
        if name == "tf.cast" and self._keeps_dtype(values, arguments, node):
            return values[0]
        if name in tf_api.CASTS and values and self._has_dtype(values[0], tf_api.CASTS[name]):
            return values[0]
        if name == "tf.constant" and all(is_number(value) for value in values[:1]):
            return Value.of(self.thing(ConstantTensor, node, arguments.text(tf_api.CONSTANT, "name")))
        return self.derive(values, node, UNKNOWN if any(map(_has_opaque, values)) else PLAIN)

    def _tensor(self, inner: outline.BaseExpression, value: Value, name: str, node: outline.Node) -> None:
        self.use(inner, value, "tensor", f"`{name}()`", node)
        if type(inner) is outline.List or type(inner) is outline.Tuple:
            for element in inner.elements:
                self._tensor(element.value, self.evaluate(element.value), name, node)

    def _keeps_dtype(self, values: Sequence[Value], arguments: Arguments, node: outline.Node) -> bool:
        """``tf.cast(step, step.dtype)`` is the step itself."""
        passed = list(arguments)
        if len(passed) != 2:
            return False
        wanted = passed[1].node
        if type(wanted) is outline.Attribute and wanted.attr.value == "dtype":
            return self.evaluate(wanted.value) == values[0]
        dtype = values[1].only(External)
        return dtype is not None and self._has_dtype(values[0], dtype.name.removeprefix("tf."))

    def _has_dtype(self, value: Value, dtype: str) -> bool:
        """Whether a value is a variable, on every path one that is known to be of a type already."""
        return bool(value) and all(
            isinstance(atom, Variable) and ("int64" if atom == GLOBAL_STEP else self.story.dtypes.get(atom)) == dtype
            for atom in value
        )


def as_graph(atom: Function | Bound) -> Atom:
    """A function, run as a graph."""
    function = atom.function if isinstance(atom, Bound) else atom
    graph = function.frame.function(function.node, graph=True, kind=function.kind)
    return Bound(graph, atom.receiver) if isinstance(atom, Bound) else graph


def _the_one_update(value: Value) -> Sequence[TrainOp]:
    """The update that a value is; none where it may be one of two, since nobody knows which of them is run."""
    updates = value.all(TrainOp)
    return updates if len(updates) == 1 and not _has_opaque(value) else ()


def _has_opaque(value: Value) -> bool:
    return any(is_opaque(atom) for atom in value)


_Model = Callable[[TensorFlowLibrary, str, outline.Node, Arguments], Value]

_MODELS: dict[str, _Model] = {
    **dict.fromkeys(tf_api.DECAY_FUNCTIONS, TensorFlowLibrary._decay),
    **dict.fromkeys(tf_api.OPTIMIZERS, TensorFlowLibrary._optimizer),
    **dict.fromkeys(tf_api.KERAS_OPTIMIZERS, TensorFlowLibrary._keras_optimizer),
    **dict.fromkeys(tf_api.GLOBAL_STEPS, TensorFlowLibrary._global_step),
    **dict.fromkeys(tf_api.VARIABLES, TensorFlowLibrary._variable),
    **dict.fromkeys(tf_api.MOVE_FUNCTIONS, TensorFlowLibrary._moving),
    **dict.fromkeys(tf_api.CHECKPOINTS, TensorFlowLibrary._checkpoint),
    "tf.train.Saver": TensorFlowLibrary._saver,
    **dict.fromkeys(tf_api.CHOICES, TensorFlowLibrary._chosen),
    **dict.fromkeys(tf_api.TRAIN_OPS, TensorFlowLibrary._train_op),
    **dict.fromkeys(tf_api.GIVING_AWAY, TensorFlowLibrary._given_away),
    **dict.fromkeys(tf_api.PLACEHOLDERS, TensorFlowLibrary._placeholder),
    **dict.fromkeys(tf_api.GRAPH_WRAPPERS, TensorFlowLibrary._graph_wrapper),
    **dict.fromkeys(tf_api.EAGER_FUNCTIONS, TensorFlowLibrary._called_eagerly),
    **dict.fromkeys(tf_api.ESTIMATORS, TensorFlowLibrary._estimator),
    **dict.fromkeys(tf_api.EAGER_QUERIES, TensorFlowLibrary._mode_question),
    **dict.fromkeys(("tf.app.run", "absl.app.run"), TensorFlowLibrary._app_run),
    "tf.GradientTape": TensorFlowLibrary._tape,
}
"""What is known of TensorFlow's functions and classes, by their canonical names."""
