"""The axes of the generated programs: what may be written in each place, and what slips in with it.

A template names the parts of a program as ``<step>``, ``<lr>``, ``<opt>``, ``<w>`` and so on; the structure that the program
gets decides what stands for them. What an axis draws is independent of the others: whether the whole is right, TensorFlow
says.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from lrlint.decays import DECAYS
from oracle.interpreters import Version

T = TypeVar("T")

WARM = 0.07
"""The rate of a warm-up."""

UPDATES = 6
"""How many updates a program makes; the schedules are drawn so that each mistake shows within them."""


class Dice:
    """The choices of one program."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def weighted(self, options: Iterable[tuple[float, T]]) -> T:
        weights, values = zip(*options, strict=True)
        return self._random.choices(values, weights)[0]

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def shuffled(self, options: Iterable[T]) -> list[T]:
        values = list(options)
        self._random.shuffle(values)
        return values


@dataclass(frozen=True)
class Names:
    """How a program spells TensorFlow: the lines that import it, and where its names are found."""

    form: str
    lines: tuple[str, ...]
    eager: str
    tf: str
    v1: str
    train: str
    imported: frozenset[str] = frozenset()

    def __call__(self, name: str) -> str:
        """A name that TensorFlow 1 and 2 share: ``Variable``."""
        return f"{self.tf}.{name}"

    def old(self, name: str) -> str:
        """A name of TensorFlow 1."""
        return f"{self.v1}.{name}"

    def trained(self, name: str) -> str:
        """A name of ``tf.train``."""
        return name if name in self.imported else f"{self.train}.{name}"


def names(dice: Dice, version: Version, wanted: Sequence[str]) -> Names:
    """An import form; ``wanted`` are the names of ``tf.train`` that it may import by themselves."""
    both = ["compat", "alias", "v1", "from_compat", "from_train", "train_module", "train_alias", "fallback", "plain_v1"]
    old = ["plain", "plain", "plain", "bare", "old_train_alias", "from_tensorflow"]
    form = dice.pick(both + (old * 2 if version == "1.15" else []))
    eager = dice.pick(["enable_eager_execution()"] * 6 + ["enable_v2_behavior()"])
    if form == "compat":
        return Names(form, ("import tensorflow as tf",), f"tf.compat.v1.{eager}", "tf", "tf.compat.v1", "tf.compat.v1.train")
    if form == "alias":
        lines = ("import tensorflow as tf", "", "v1 = tf.compat.v1")
        return Names(form, lines, f"v1.{eager}", "tf", "v1", "v1.train")
    if form == "v1":
        return Names(form, ("import tensorflow.compat.v1 as tf",), f"tf.{eager}", "tf", "tf", "tf.train")
    if form == "from_compat":
        return Names(form, ("from tensorflow.compat import v1 as tf",), f"tf.{eager}", "tf", "tf", "tf.train")
    if form == "from_train":
        chosen = [name for name in wanted if dice.chance(0.8)] or [wanted[0]]
        lines = ("import tensorflow as tf", f"from tensorflow.compat.v1.train import {', '.join(chosen)}")
        train = "tf.compat.v1.train"
        return Names(form, lines, f"tf.compat.v1.{eager}", "tf", "tf.compat.v1", train, frozenset(chosen))
    if form == "train_module":
        lines = ("import tensorflow as tf", "import tensorflow.compat.v1.train as train")
        return Names(form, lines, f"tf.compat.v1.{eager}", "tf", "tf.compat.v1", "train")
    if form == "train_alias":
        lines = ("import tensorflow as tf", "", "train = tf.compat.v1.train")
        return Names(form, lines, f"tf.compat.v1.{eager}", "tf", "tf.compat.v1", "train")
    if form == "fallback":
        lines = (
            "try:",
            "    import tensorflow.compat.v1 as tf",
            "except ImportError:",
            "    import tensorflow as tf",
        )
        return Names(form, lines, f"tf.{eager}", "tf", "tf", "tf.train")
    if form == "plain_v1":
        return Names(form, ("import tensorflow.compat.v1",), f"tensorflow.compat.v1.{eager}", *["tensorflow.compat.v1"] * 2,
                     "tensorflow.compat.v1.train")
    if form == "bare":
        return Names(form, ("import tensorflow",), f"tensorflow.{eager}", "tensorflow", "tensorflow", "tensorflow.train")
    if form == "old_train_alias":
        lines = ("import tensorflow as tf", "", "train = tf.train")
        return Names(form, lines, f"tf.{eager}", "tf", "tf", "train")
    if form == "from_tensorflow":
        lines = ("import tensorflow as tf", "from tensorflow import train")
        return Names(form, lines, f"tf.{eager}", "tf", "tf", "train")
    return Names(form, ("import tensorflow as tf",), f"tf.{eager}", "tf", "tf", "tf.train")


@dataclass(frozen=True)
class DecayCall:
    """A decay with its arguments, the step excepted."""

    name: str
    arguments: dict[str, Any]
    constants: dict[str, str] = field(default_factory=dict)
    """Arguments that stand under a name of their own, with it."""

    def rate(self, step: float) -> float:
        """The rate at a step."""
        return DECAYS[self.name].at(step, self.arguments)

    def code(self, dice: Dice, function: str, step: str) -> str:
        """The call: some arguments by position, the others by name."""
        parameters = [p.name for p in DECAYS[self.name].parameters if p.name in self.arguments or p.name == self.step]
        positional = dice.pick([0, 1, 2, len(parameters), len(parameters)])
        parts, gap = [], False
        in_order = [p.name for p in DECAYS[self.name].parameters]
        keywords = []
        for position, name in enumerate(parameters):
            text = step if name == self.step else self.constants.get(name) or repr(self.arguments[name])
            gap = gap or in_order[position] != name
            if position < positional and not gap:
                parts.append(text)
            else:
                keywords.append(f"{name}={text}")
        return f"{function}({', '.join(parts + dice.shuffled(keywords))})"

    @property
    def step(self) -> str:
        return DECAYS[self.name].step.name


def decay_call(dice: Dice, *, name: str | None = None) -> DecayCall:
    """A decay whose first updates tell a frozen, a doubled and a delayed schedule from a right one."""
    while True:
        call = _decay_call(dice, name or dice.pick(sorted(DECAYS)))
        rates = [call.rate(step) for step in range(2 * UPDATES + 2)]
        right = rates[:UPDATES]
        others = ([rates[0]] * UPDATES, rates[: 2 * UPDATES : 2], rates[1 : UPDATES + 1], rates[1 : 2 * UPDATES + 1 : 2])
        if min(right) > 0 and all(differ(right, other) for other in others):
            return call


def differ(right: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two runs of rates are told apart beyond rounding."""
    return len(right) != len(other) or any(abs(a - b) > 1e-3 * abs(a) for a, b in zip(right, other, strict=True))


def _decay_call(dice: Dice, name: str) -> DecayCall:
    rate = dice.pick([0.1, 0.5, 1.0, 0.01, 2e-3])
    steps = dice.pick([1, 2, 3, 8, 20, 100])
    arguments: dict[str, Any] = {"learning_rate": rate, "decay_steps": steps}
    if name in ("exponential_decay", "natural_exp_decay", "inverse_time_decay"):
        arguments["decay_rate"] = dice.pick([0.5, 0.9, 0.96, 0.3])
        if dice.chance(0.3):
            arguments["staircase"] = dice.chance(0.7)
    elif name == "polynomial_decay":
        arguments["decay_steps"] = dice.pick([8, 10, 40])
        if dice.chance(0.6):
            arguments["end_learning_rate"] = dice.pick([0.0, 1e-4, 1e-5])
        if dice.chance(0.4):
            arguments["power"] = dice.pick([0.5, 2.0, 1.0])
        if dice.chance(0.2):
            arguments["cycle"] = dice.chance(0.5)
    elif name.startswith("piecewise"):
        boundaries = dice.pick([[1, 3], [0, 2, 4], [1, 2, 3, 4], [2], [2, 4]])
        values = [rate * 0.5**index for index in range(len(boundaries) + 1)]
        return DecayCall(name, {"boundaries": boundaries, "values": values}, _constants(dice, ["values"]))
    elif name == "cosine_decay_restarts":
        arguments["first_decay_steps"] = dice.pick([8, 10, 20])
        del arguments["decay_steps"]
        if dice.chance(0.3):
            arguments["t_mul"] = dice.pick([1.0, 2.0])
    else:
        arguments["decay_steps"] = dice.pick([10, 20, 50])
        if dice.chance(0.4):
            arguments["alpha"] = dice.pick([0.0, 0.1])
        if name == "noisy_linear_cosine_decay":
            arguments["initial_variance"] = 0.0
    return DecayCall(name, arguments, _constants(dice, ["learning_rate", *(["decay_steps"] if "decay_steps" in arguments else [])]))


def _constants(dice: Dice, candidates: Sequence[str]) -> dict[str, str]:
    if not dice.chance(0.2):
        return {}
    name = dice.pick(candidates)
    return {name: {"learning_rate": "BASE_RATE", "decay_steps": "DECAY_STEPS", "values": "RATES"}[name]}


@dataclass(frozen=True)
class StepKind:
    """What the program takes for its step; ``how`` is "variable", "global", "list", "number", "array" or "none"."""

    template: str
    how: str
    start: int = 0
    numpy: bool = False


def step_kind(dice: Dice, n: Names, decay: DecayCall) -> StepKind:
    """What the step is made as: a variable, mostly."""
    variable = n("Variable")
    piecewise = decay.name.startswith("piecewise")
    options: list[tuple[float, StepKind]] = [
        (14, StepKind(f"{variable}(0)", "variable")),
        (10, StepKind(f"{variable}(0, trainable=False)", "variable")),
        (6, StepKind(f"{variable}(0, trainable=False, dtype={n('int64')})", "variable")),
        (3, StepKind(f"{variable}(0, dtype={n('int32')}, name='step')", "variable")),
        (2, StepKind(f"{variable}(initial_value=0, trainable=False)", "variable")),
        (2, StepKind(f"{variable}({n('constant')}(0), trainable=False)", "variable")),
        (3, StepKind(n.old("Variable") + "(0)", "variable")),
        (2, StepKind(n.old("get_variable") + "('step', initializer=0, trainable=False)", "variable")),
        (1, StepKind(n.old("get_variable") + f"('step', [], {n('int64')}, {n.old('zeros_initializer')}(), trainable=False)", "variable")),
        (1, StepKind(n("keras.backend.variable") + "(0, dtype='int64')", "variable")),
        (12, StepKind(n.trained("get_or_create_global_step") + "()", "global")),
        (2, StepKind(n.trained("create_global_step") + "()", "global")),
        (1, StepKind(f"{variable}(2, trainable=False)", "variable", start=2)),
        (2.5, StepKind(f"[{variable}(0)]", "list")),
        (1, StepKind(f"[{variable}(0, trainable=False)]", "list")),
        (2, StepKind("[0]", "list")),
        (0.7, StepKind(f"({variable}(0),)", "list")),
        (3, StepKind("0", "number")),
        (0.7, StepKind("np.int64(0)", "number", numpy=True)),
        (0.7, StepKind(n("constant") + "(0)", "number")),
        (1.5, StepKind(n.trained("get_global_step") + "()", "none")),
        (1, StepKind("np.array(0)", "array", numpy=True)),
    ]
    if not piecewise:
        options.append((2, StepKind(f"{variable}(0.0, trainable=False)", "variable")))
    return dice.weighted(options)


@dataclass(frozen=True)
class StepExpression:
    """What the decay call is given for its step; ``snapshot`` where that is the step's value, taken once."""

    template: str
    snapshot: bool = False
    scale: float = 1.0
    offset: float = 0.0


def step_expression(dice: Dice, n: Names, kind: StepKind, decay: DecayCall) -> StepExpression:
    """How the step reaches the decay call."""
    plain = StepExpression("<step>")
    if kind.how == "global":
        again = StepExpression(n.trained("get_or_create_global_step") + "()")
        plain = dice.pick([plain, plain, again])
    if kind.how not in ("variable", "global"):
        return plain
    cast = n("cast")
    same = [
        (90.0, plain),
        (1.5, StepExpression(f"{cast}(<step>, <step>.dtype)")),
        (0.7, StepExpression("<step>.assign_add(0)")),
        (1.0, StepExpression("{'step': <step>}['step']")),
        (1.0, StepExpression("[<step>][0]")),
    ]
    snapshots = ["<step>.numpy()", "int(<step>)", "int(<step>.numpy())", "<step> + 0", "<step> * 1", "<step>.value()"]
    snapshots += ["<step>.read_value()", f"{n('identity')}(<step>)", f"{n('minimum')}(<step>, 1000)", "<step> // 1"]
    snapshots += [f"{n('convert_to_tensor')}(<step>)", f"{n('maximum')}(<step>, 0)", f"{n('add')}(<step>, 0)"]
    if not decay.name.startswith("piecewise"):
        snapshots += [f"{cast}(<step>, {n('float32')})", f"{n.old('to_float')}(<step>)", "float(<step>.numpy())"]
    return dice.weighted([*same, *((14.0 / len(snapshots), StepExpression(text, snapshot=True)) for text in snapshots)])


@dataclass(frozen=True)
class Passing:
    """How an update is given the step; ``moves`` says how far that moves the schedule's step."""

    name: str
    positional: str | None
    keyword: str | None
    moves: int


def passing(dice: Dice, kind: StepKind, *, moved_by_hand: bool) -> Passing:
    """What the update is given as ``global_step``."""
    if kind.how == "array":
        return Passing("missing", None, None, 0)
    right = 6.0 if moved_by_hand else 60.0
    return dice.weighted(
        [
            (right * 0.55, Passing("keyword", None, "global_step=<step>", 1)),
            (right * 0.3, Passing("positional", "<step>", None, 1)),
            (right * 0.05, Passing("literal kwargs", None, "**{'global_step': <step>}", 1)),
            (right * 0.03, Passing("alias", None, "global_step=[<step>][0]", 1)),
            (70.0 if moved_by_hand else 20.0, Passing("missing", None, None, 0)),
            (5.0, Passing("None", None, "global_step=None", 0)),
            (4.0, Passing("other", None, "global_step=<other>", 0)),
            (1.5, Passing("double", None, "global_step=<step>.assign_add(1)", 2)),
            (1.5, Passing("weight", "<w>", None, 0)),
        ]
    )


@dataclass(frozen=True)
class UpdateForm:
    """The lines that update the weights; ``{}`` is what is passed for the step, with its comma."""

    name: str
    lines: tuple[str, ...]
    both: bool = True
    """Whether the step may be passed by position, too."""


def update_form(dice: Dice, n: Names) -> UpdateForm:
    """How the weights are updated."""
    tape = f"with {n('GradientTape')}() as tape:"
    return dice.weighted(
        [
            (20, UpdateForm("minimize", ("<opt>.minimize(<loss>{})",))),
            (6, UpdateForm("minimize var_list", ("<opt>.minimize(<loss>, var_list=[<w>]{})",), both=False)),
            (3, UpdateForm("minimize keywords", ("<opt>.minimize(loss=<loss>{})",), both=False)),
            (2, UpdateForm("minimize lambda", ("<opt>.minimize(lambda: <loss>(){})",))),
            (3, UpdateForm("bound minimize", ("update = <opt>.minimize", "update(<loss>{})"))),
            (6, UpdateForm("nested", ("<opt>.apply_gradients(<opt>.compute_gradients(<loss>){})",))),
            (6, UpdateForm("apply", ("grads = <opt>.compute_gradients(<loss>, [<w>])", "<opt>.apply_gradients(grads{})"))),
            (3, UpdateForm("clipped", (
                "grads = <opt>.compute_gradients(<loss>, var_list=[<w>])",
                f"grads = [({n('clip_by_value')}(g, -1.0, 1.0), v) for g, v in grads]",
                "<opt>.apply_gradients(grads{})",
            ))),
            (8, UpdateForm("tape", (
                tape, "    value = <loss>()", "grads = tape.gradient(value, [<w>])", "<opt>.apply_gradients(zip(grads, [<w>]){})",
            ))),
            (3, UpdateForm("tape list", (
                tape, "    value = <loss>()", "(grad,) = tape.gradient(value, [<w>])", "<opt>.apply_gradients([(grad, <w>)]{})",
            ))),
            (2, UpdateForm("tape generator", (
                tape, "    value = <loss>()", "grads = tape.gradient(value, [<w>])",
                "<opt>.apply_gradients(((g, v) for g, v in zip(grads, [<w>])){})",
            ))),
            (2, UpdateForm("starred", ("arguments = (<loss>,)", "<opt>.minimize(*arguments{})"), both=False)),
        ]
    )  # fmt: skip


@dataclass(frozen=True)
class Moving:
    """The lines that move the step by hand, before or after the update; ``moves`` says how far.

    ``slip`` names a line that was to move it and does not; ``binds`` where the step's name is bound anew.
    """

    name: str
    line: str | None
    moves: int
    slip: str = ""
    before: bool = False
    binds: bool = False
    numpy: bool = False


def moving(dice: Dice, n: Names, kind: StepKind) -> Moving:
    """How the step is moved by hand: mostly not at all."""
    if kind.how in ("number", "array"):
        if dice.chance(0.7):
            return Moving("count", "<step> += 1", int(kind.how == "array"), binds=True)
        return Moving("none", None, 0)
    if kind.how == "list":
        return dice.weighted(
            [
                (4, Moving("none", None, 0)),
                (3, Moving("element", "<step>[0] = <step>[0] + 1", 1)),
                (2, Moving("element augmented", "<step>[0] += 1", 1)),
                *([(3.0, Moving("element assign_add", "<step>[0].assign_add(1)", 1))] if "Var" in kind.template else []),
            ]
        )
    right = [
        ("<step>.assign_add(1)", 4),
        ("<step>.assign(<step> + 1)", 3),
        ("<step>.assign(<step>.numpy() + 1)", 1),
        (n.old("assign_add") + "(<step>, 1)", 2),
        (n.old("assign") + "(<step>, <step> + 1)", 2),
        ("<step>.assign_sub(-1)", 0.5),
        (n("keras.backend.update_add") + "(<step>, 1)", 0.5),
        (n("keras.backend.set_value") + "(<step>, <step>.numpy() + 1)", 0.5),
    ]
    wrong = [
        ("<step> + 1", 1, "discarded", False),
        ("<step> = <step> + 1", 2, "rebound", True),
        ("<step> += 1", 1.5, "augmented", True),
        (f"<step> = {n('add')}(<step>, 1)", 1, "rebound", True),
    ]
    options: list[tuple[float, Moving]] = [(52.0, Moving("none", None, 0))]
    for line, weight in right:
        options.append((2.2 * weight, Moving("right", line, 1)))
    options.append((3, Moving("before", "<step>.assign_add(1)", 1, before=True)))
    options.append((2, Moving("kept", "<step> = <step>.assign_add(1)", 1, binds=True)))
    options.append((1, Moving("kept", f"<step> = {n.old('assign_add')}(<step>, 1)", 1, binds=True)))
    for line, weight, slip, binds in wrong:
        options.append((2.0 * weight, Moving(slip, line, 0, slip=slip, binds=binds)))
    return dice.weighted(options)


@dataclass(frozen=True)
class RateForm:
    """What the optimizer gets as its rate. ``slip``: frozen, variable, raises, constant or none at all."""

    name: str
    template: str
    slip: str = ""
    scale: float = 1.0
    function: bool = False
    each: str | None = None
    """A line for every iteration, before the update."""
    named: bool = False
    """Whether it is bound to a name first, always."""

    warm: bool = False
    """Whether the first two updates are made with ``WARM``."""

    def rate(self, decay: DecayCall, step: float) -> float:
        """The rate that is meant at a step."""
        return WARM if self.warm and step < 2 else self.scale * decay.rate(step)


def rate_form(dice: Dice, n: Names, decay: DecayCall, step: StepKind) -> RateForm:
    """What the optimizer is given as its learning rate."""
    while True:
        form = _rate_form(dice, n, decay)
        if step.how in ("variable", "global") or not form.warm:
            return form


def _rate_form(dice: Dice, n: Names, decay: DecayCall) -> RateForm:
    variable = n("Variable")
    frozen = ["<lr>()", "<lr>()", "<lr>().numpy()", "float(<lr>())", "<lr>() + 0.0", f"{n('identity')}(<lr>())", "np.float32(<lr>())"]
    frozen += ["float(<lr>().numpy())", f"{n('maximum')}(<lr>(), 0.0)", "<lr>().numpy().item()"]
    held = [f"{variable}(<lr>)", f"{variable}(<lr>())", f"{variable}(<lr>, trainable=False)", f"{n('keras.backend.variable')}(<lr>)"]
    raising = [("<lr> * 0.5", 0.5), ("0.5 * <lr>", 0.5), ("<lr> / 2.0", 0.5), (f"{n('maximum')}(<lr>, 0.0)", 1.0)]
    half = dice.pick([0.5, 2.0, 0.1])
    return dice.weighted(
        [
            (60, RateForm("schedule", "<lr>")),
            (5, RateForm("lambda", "lambda: <lr>()")),
            (4, RateForm("scaled lambda", f"lambda: <lr>() * {half}", scale=half)),
            (2, RateForm("partial", "functools.partial(<lr>)")),
            (2, RateForm("maximum", f"lambda: {n('maximum')}(<lr>(), 0.0)")),
            (2, RateForm("function", "return <lr>()", function=True)),
            (1, RateForm("scaled function", f"return {half} * <lr>()", function=True, scale=half)),
            (2, RateForm("guard", "<lr> if callable(<lr>) else float(<lr>)")),
            (4, RateForm("assigned", f"{variable}(<lr>(), trainable=False)", each="<rate>.assign(<lr>())", named=True)),
            (1, RateForm("assigned later", f"{variable}(0.0, trainable=False)", each="<rate>.assign(<lr>())", named=True)),
            (9, RateForm("frozen", dice.pick(frozen), slip="frozen")),
            (1, RateForm("frozen half", f"<lr>() * {half}", slip="frozen", scale=half)),
            (3, RateForm("variable", dice.pick(held), slip="variable")),
            (1, RateForm("constant", repr(decay.rate(0)), slip="constant")),
            (1, RateForm("warm", f"lambda: {n('cond')}(<step> < 2, lambda: {n('constant')}({WARM}), <lr>)", warm=True)),
            (1, RateForm("warm called", f"lambda: {n('cond')}(<step> < 2, lambda: {n('constant')}({WARM}), lambda: <lr>())", warm=True)),
            (1, RateForm("warm function", f"return {WARM} if <step>.numpy() < 2 else <lr>()", warm=True, function=True)),
            (1, RateForm("warm value", f"{n('cond')}(<step> < 2, lambda: {WARM}, <lr>)", slip="variable", warm=True)),
            (3, RateForm("raises", *(lambda pair: (pair[0], "raises", pair[1]))(dice.pick(raising)))),
        ]
    )


@dataclass(frozen=True)
class OptimizerKind:
    """An optimizer: its name and where it is found, what it gets beside its rate, and whether it calls its rate."""

    name: str
    module: str = "train"
    before: str = ""
    after: str = ""
    calls: bool = True
    keyword: str = "learning_rate"


def optimizer_kind(dice: Dice, version: Version) -> OptimizerKind:
    """The optimizer."""
    options = [
        (12, OptimizerKind("GradientDescentOptimizer")),
        (8, OptimizerKind("AdamOptimizer")),
        (5, OptimizerKind("MomentumOptimizer", after="0.9")),
        (2, OptimizerKind("MomentumOptimizer", after="momentum=0.9, use_nesterov=True")),
        (3, OptimizerKind("RMSPropOptimizer")),
        (2, OptimizerKind("AdagradOptimizer")),
        (1, OptimizerKind("AdadeltaOptimizer")),
        (1, OptimizerKind("FtrlOptimizer", calls=False)),
        (0.5, OptimizerKind("ProximalAdagradOptimizer", calls=False)),
        (0.7, OptimizerKind("ProximalGradientDescentOptimizer", calls=False)),
    ]
    if version == "1.15":
        options += [
            (0.7, OptimizerKind("AdaMaxOptimizer", "contrib")),
            (0.7, OptimizerKind("LazyAdamOptimizer", "contrib")),
            (0.7, OptimizerKind("NadamOptimizer", "contrib")),
            (0.5, OptimizerKind("AdamWOptimizer", "contrib", before="0.0")),
            (0.5, OptimizerKind("MomentumWOptimizer", "contrib", before="0.0", after="momentum=0.9")),
            (0.4, OptimizerKind("AddSignOptimizer", "contrib", calls=False)),
            (0.4, OptimizerKind("PowerSignOptimizer", "contrib", calls=False)),
        ]
    return dice.weighted(options)


@dataclass(frozen=True)
class Use:
    """Something done with the schedule beside training. ``slip``: text, raises, compared or none; ``expects`` is output."""

    name: str
    lines: tuple[str, ...]
    slip: str = ""
    expects: str | None = None
    modules: tuple[str, ...] = ()


def use(dice: Dice, n: Names) -> Use:
    """What is done with the schedule: printed, formatted, computed with, or nothing."""
    right = [
        "print(<lr>())", "print('rate', float(<lr>()))", "print('%.4f' % <lr>())", "print('{:.4f}'.format(<lr>()))",
        "print(f'{<lr>():.5f}')", "print('rate: ' + str(float(<lr>())))", "history.append(float(<lr>()))", "print(<lr>().numpy())",
        "assert callable(<lr>)", "print(<lr>() if callable(<lr>) else <lr>)", "print(float(<lr>()) * 2)", "print(<lr> is None)",
        "logging.warning('rate %f', <lr>())", f"print({n('maximum')}(<lr>(), 0.0))", "print(float(<lr>()) < 0.01)",
        "print(max(float(<lr>()), 0.01))", "print(np.array([float(<lr>())]))", "print(isinstance(<lr>, float))",
        "rate = <lr>() if callable(<lr>) else <lr>\nprint('%g' % rate)", "print(type(<lr>).__name__)", "if <lr> is not None:\n    print('scheduled')",
        "print(<lr>.func.__class__.__name__)", "print(len(<lr>.args))", "kept = [<lr>]\nprint(len(kept))", f"{n('print')}(<lr>())",
    ]
    text = [
        "print(<lr>)", "print('rate', <lr>)", "print('%s' % <lr>)", "print('rate %s' % (<lr>,))", "print('{}'.format(<lr>))",
        "print(f'{<lr>}')", "print('rate: ' + str(<lr>))", "print(repr(<lr>))", "logging.warning('rate %s', <lr>)",
        "print(f'rate {<lr>!r}')", "print('step %d rate %s' % (1, <lr>))", "print('{rate}'.format(rate=<lr>))", "print(str(<lr>))",
        "logging.warning('rate %f', <lr>)", "sys.stdout.write('rate %s\\n' % <lr>)", f"{n('print')}(<lr>, output_stream=sys.stdout)",
        "message = 'rate {}'.format(<lr>)\nprint(message)", "print('a', 1, <lr>, sep=', ')", "print(format(<lr>))", "print(*[1, <lr>])",
    ]
    texts_raising = [
        "print('%f' % <lr>)", "print('%.4f' % <lr>)", "print('{:.4f}'.format(<lr>))", "print(f'{<lr>:.4f}')", "print('%g' % (<lr>,))",
        "print(format(<lr>, '.4f'))", "print('rate: ' + <lr>)", "print('%s %e' % (1, <lr>))",
    ]
    raising = [
        "print(<lr> * 0.5)", "print(1.0 - <lr>)", "print(float(<lr>))", "print(<lr>.numpy())", "print(<lr> < 0.01)",
        "print(round(<lr>, 3))", "print(max(<lr>, 0.01))", "print(np.float32(<lr>))", f"print({n('maximum')}(<lr>, 0.01))",
        "print(abs(<lr>))", "print(-<lr>)", "print(math.sqrt(<lr>))", "print(<lr> ** 2)", "half = <lr> / 2\nprint(half)",
        "print(<lr>.dtype)", f"print({n('cast')}(<lr>, {n('float32')}))", "if <lr> > 1e-6:\n    print('on')", "print(np.mean([<lr>, <lr>]))",
        "print(<lr> + <lr>)", "print(json.dumps({'rate': <lr>}))", f"print({n('multiply')}(<lr>, 2.0))", "print(min([<lr>, 0.5]))",
        "assert <lr> > 0",
    ]
    compared = [
        ("print('check', bool(<lr> == <lr>()))", "check True"), ("print('check', np.array([<lr>]).dtype != object)", "check True"),
        ("print('check', np.asarray(<lr>).dtype != object)", "check True"), ("print('check', bool(<lr> != <lr>()))", "check False"),
        ("print('check', <lr> in [float(<lr>())])", "check True"),
    ]
    drawn = dice.weighted([(45, "none"), (28, "right"), (9, "text"), (4, "texts raising"), (6, "raises"), (2, "compared")])
    if drawn == "none":
        return Use("none", ())
    if drawn == "compared":
        line, expects = dice.pick(compared)
        return Use(line, tuple(line.split("\n")), "compared", expects, ("numpy as np",))
    line = dice.pick({"right": right, "text": text, "texts raising": texts_raising, "raises": raising}[drawn])
    slip = {"right": "", "text": "text", "texts raising": "text", "raises": "raises"}[drawn]
    return Use(line, tuple(line.split("\n")), slip)


_PLACEHOLDER = re.compile(r"<([a-z]+[0-9]?)>")


def roles(template: str) -> list[str]:
    """The parts that a template names, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill(template: str, refs: Callable[[str], str]) -> str:
    """A template with what stands for its parts."""
    return _PLACEHOLDER.sub(lambda match: refs(match[1]), template)
