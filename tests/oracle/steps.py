"""The steps of the generated programs: what they are, how they reach the decay, what moves them."""

from __future__ import annotations

from dataclasses import dataclass

from oracle.dice import Dice
from oracle.schedules import DecayCall, decay_call
from oracle.spelling import Names


@dataclass(frozen=True)
class StepKind:
    """What the program takes for its step; ``how`` is "variable", "global", "list", "number", "array" or "none"."""

    template: str
    how: str
    start: int = 0
    numpy: bool = False
    whole: bool = True

    def fits(self, decay: DecayCall) -> bool:
        """Whether a decay can read the step: ``piecewise_constant`` has boundaries that are integers."""
        return self.whole or not decay.name.startswith("piecewise")


def step_kind(dice: Dice, n: Names, decay: DecayCall) -> StepKind:
    """What the step is made as: a variable, mostly."""
    variable = n("Variable")
    options: list[tuple[float, StepKind]] = [
        (14, StepKind(f"{variable}(0)", "variable")),
        (10, StepKind(f"{variable}(0, trainable=False)", "variable")),
        (6, StepKind(f"{variable}(0, trainable=False, dtype={n('int64')})", "variable")),
        (3, StepKind(f"{variable}(0, dtype={n('int32')}, name='step')", "variable")),
        (2, StepKind(f"{variable}(initial_value=0, trainable=False)", "variable")),
        (2, StepKind(f"{variable}({n('constant')}(0), trainable=False)", "variable")),
        (3, StepKind(n.old("Variable") + "(0)", "variable")),
        (2, StepKind(n.old("get_variable") + "('step', initializer=0, trainable=False)", "variable")),
        (
            1,
            StepKind(
                n.old("get_variable") + f"('step', [], {n('int64')}, {n.old('zeros_initializer')}(), trainable=False)",
                "variable",
            ),
        ),
        (1, StepKind(n("keras.backend.variable") + "(0, dtype='int64')", "variable")),
        (12, StepKind(n.trained("get_or_create_global_step") + "()", "global")),
        (2, StepKind(n.trained("create_global_step") + "()", "global")),
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
    if decay.tells(2):
        options.append((1, StepKind(f"{variable}(2, trainable=False)", "variable", start=2)))
    options.append((2, StepKind(f"{variable}(0.0, trainable=False)", "variable", whole=False)))
    return dice.weighted([(weight, kind) for weight, kind in options if kind.fits(decay)])


def fitting_decay(dice: Dice, kind: StepKind) -> DecayCall:
    """Another decay that can read a step."""
    while True:
        decay = decay_call(dice)
        if kind.fits(decay):
            return decay


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
    before: str = ""
    """Lines that go before the update."""


def passing(dice: Dice, kind: StepKind, *, moved_by_hand: bool, weight: bool) -> Passing:
    """What the update is given as ``global_step``."""
    if kind.how == "array":
        return Passing("missing", None, None, 0)
    right = 6.0 if moved_by_hand else 60.0
    return dice.weighted(
        [
            (right * 0.55, Passing("keyword", None, "global_step=<step>", 1)),
            (right * 0.3, Passing("positional", "<step>", None, 1)),
            (right * 0.03, Passing("chosen", None, "global_step=<step> if sys.maxsize > 0 else None", 1)),
            (right * 0.04, Passing("kwargs", None, "**kwargs", 1, "kwargs = {'global_step': <step>}")),
            (
                right * 0.03,
                Passing("filled kwargs", None, "**kwargs", 1, "kwargs = {}\nkwargs['global_step'] = <step>"),
            ),
            (2.0, Passing("missing", None, "**kwargs", 0, "kwargs = {}")),
            (right * 0.05, Passing("literal kwargs", None, "**{'global_step': <step>}", 1)),
            (right * 0.03, Passing("alias", None, "global_step=[<step>][0]", 1)),
            (70.0 if moved_by_hand else 20.0, Passing("missing", None, None, 0)),
            (5.0, Passing("None", None, "global_step=None", 0)),
            (4.0, Passing("other", None, "global_step=<other>", 0)),
            (1.5, Passing("double", None, "global_step=<step>.assign_add(1)", 2)),
            (4.0 if weight else 0.0, Passing("weight", "<w>", None, 0)),
        ]
    )


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
                *(
                    [(3.0, Moving("element assign_add", "<step>[0].assign_add(1)", 1))]
                    if "Var" in kind.template
                    else []
                ),
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
