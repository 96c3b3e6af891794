"""The optimizers of the generated programs: which they are, which rate they get, how they update."""

from __future__ import annotations

from dataclasses import dataclass

from oracle.dice import Dice
from oracle.interpreters import Version
from oracle.schedules import DecayCall
from oracle.spelling import Names
from oracle.steps import StepKind

WARM = 0.07
"""The rate of a warm-up."""


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


def assigned_rate(n: Names) -> RateForm:
    """A variable that is given the rate before each update."""
    return RateForm("assigned", f"{n('Variable')}(<lr>(), trainable=False)", each="<rate>.assign(<lr>())", named=True)


def rate_form(dice: Dice, n: Names, decay: DecayCall, step: StepKind) -> RateForm:
    """What the optimizer is given as its learning rate."""
    while True:
        form = _rate_form(dice, n, decay)
        if step.how in ("variable", "global") or not form.warm:
            return form


def _rate_form(dice: Dice, n: Names, decay: DecayCall) -> RateForm:
    variable = n("Variable")
    frozen = [
        "<lr>()",
        "<lr>()",
        "<lr>().numpy()",
        "float(<lr>())",
        "<lr>() + 0.0",
        f"{n('identity')}(<lr>())",
        "np.float32(<lr>())",
    ]
    frozen += ["float(<lr>().numpy())", f"{n('maximum')}(<lr>(), 0.0)", "<lr>().numpy().item()"]
    held = [
        f"{variable}(<lr>)",
        f"{variable}(<lr>())",
        f"{variable}(<lr>, trainable=False)",
        f"{n('keras.backend.variable')}(<lr>)",
    ]
    raising = [("<lr> * 0.5", 0.5), ("0.5 * <lr>", 0.5), ("<lr> / 2.0", 0.5), (f"{n('maximum')}(<lr>, 0.0)", 1.0)]
    half = dice.pick([0.5, 2.0, 0.1])
    computed, scale = dice.pick(raising)
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
            (4, assigned_rate(n)),
            (
                1,
                RateForm(
                    "assigned later", f"{variable}(0.0, trainable=False)", each="<rate>.assign(<lr>())", named=True
                ),
            ),
            (9, RateForm("frozen", dice.pick(frozen), slip="frozen")),
            (1, RateForm("frozen half", f"<lr>() * {half}", slip="frozen", scale=half)),
            (3, RateForm("variable", dice.pick(held), slip="variable")),
            (1, RateForm("constant", repr(decay.rate(0)), slip="constant")),
            (1, RateForm("warm", f"lambda: {n('cond')}(<step> < 2, lambda: {n('constant')}({WARM}), <lr>)", warm=True)),
            (
                1,
                RateForm(
                    "warm called",
                    f"lambda: {n('cond')}(<step> < 2, lambda: {n('constant')}({WARM}), lambda: <lr>())",
                    warm=True,
                ),
            ),
            (
                1,
                RateForm("warm function", f"return {WARM} if <step>.numpy() < 2 else <lr>()", warm=True, function=True),
            ),
            (1, RateForm("warm value", f"{n('cond')}(<step> < 2, lambda: {WARM}, <lr>)", slip="variable", warm=True)),
            (3, RateForm("raises", computed, slip="raises", scale=scale)),
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
            (2, UpdateForm("lambda", ("update = lambda: <opt>.minimize(<loss>{})", "update()"))),
            (2, UpdateForm("partial", ("update = functools.partial(<opt>.minimize, <loss>{})", "update()"))),
            (2, UpdateForm("with", (f"with {n('name_scope')}('training'):", "    <opt>.minimize(<loss>{})"))),
            (2, UpdateForm("device", (f"with {n('device')}('/cpu:0'):", "    <opt>.minimize(<loss>{})"))),
            (2, UpdateForm("try", ("try:", "    <opt>.minimize(<loss>{})", "finally:", "    pass"))),
            (2, UpdateForm("condition", ("if len(sys.argv) < 9:", "    <opt>.minimize(<loss>{})", "else:", "    raise SystemExit"))),
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
