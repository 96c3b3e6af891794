"""Turns that a program may take: a second optimizer, an optimizer built anew for each update, a graph beside it, and others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from oracle.dice import Dice
from oracle.schedules import UPDATES, DecayCall, decay_call
from oracle.spelling import Names
from oracle.steps import Moving, Passing, StepKind, fitting_decay
from oracle.structures import Binding, Parts, indent

Rates = tuple[float, ...]


@dataclass
class Twist:
    """A change to the parts of a program; ``codes`` are the rules that may report it."""

    name: str
    apply: Callable[[Parts], None]
    codes: tuple[str, ...] = ()
    prelude: list[str] = field(default_factory=list)
    intended: Callable[[Rates], list[Rates]] = lambda rates: [rates]
    rebuilt: bool = False
    weighted: bool = False
    drops: tuple[str, ...] = ()
    """The slips that go; "*" for all of them."""

    momentum: float = 0.0
    silent: bool = False
    """Whether its optimizer is one that the oracle does not listen to."""

    expects: tuple[str, ...] = ()

    def weight(self, rates: Rates) -> float:
        """The weight at the end, from 0 and with gradient 1."""
        weight = speed = 0.0
        for rate in rates:
            speed = self.momentum * speed + 1.0
            weight -= rate * speed
        return weight


def twist(
    dice: Dice, n: Names, decay: DecayCall, step: StepKind, passing: Passing, moving: Moving, *, plain: bool
) -> Twist | None:  # fmt: skip
    """A twist that fits what was drawn, if any does. ``plain``: the optimizer gets the schedule itself."""
    moves = passing.moves + moving.moves
    start = step.start + (1 if moving.before else 0)
    options: list[Callable[[], Twist]] = [lambda: _graph(dice, n)]
    if moves == 1 and plain:
        options += [lambda: _pair(dice, n, decay, step, passing, moving)] * 3
        options += [
            lambda: _rebuilt(dice, n),
            lambda: _rebuilt_with_slots(dice, n),
            lambda: _number_each(dice, n, decay),
        ]
        options += [
            lambda: _step_in_loop(dice, n, decay),
            lambda: _attribute(dice),
            lambda: _keras_schedule(dice, n, start),
        ]
        options += [lambda: _decay_in_loop(dice, n, decay), lambda: _list_of_optimizers(dice), lambda: _callback(dice)]
        if not moving.slip:  # it would be one beside that of the optimizer
            options += [lambda: _keras(dice, n, decay, step, moving)] * 2
    if moves == 0 and plain and passing.name in ("missing", "None") and not moving.line:
        options += [
            lambda: _moving_optimizer(dice, n),
            lambda: _moved_in_loss(dice),
            lambda: _moved_by_callback(dice, n),
            lambda: _own_optimizer(dice, n),
            lambda: _tied(dice, n, step),
            lambda: _counted(dice, n, decay),
        ]
    if len(options) == 1 and dice.chance(0.8):  # only the graph beside it
        return None
    return dice.pick(options)()


def _replace_optimizer(parts: Parts, name: str) -> None:
    """The optimizer is made in the loop, under a name of its own."""
    parts.bindings = [binding for binding in parts.bindings if binding.role != "opt"]
    parts.core = [line.replace("<opt>", name) for line in parts.core]


def _rebuilt(dice: Dice, n: Names) -> Twist:
    """Gradient descent built anew with each rate: right."""
    rate = dice.pick(["<lr>()", "<lr>", "float(<lr>())"])

    def apply(parts: Parts) -> None:
        _replace_optimizer(parts, "fresh")
        parts.core.insert(0, f"fresh = {n.trained('GradientDescentOptimizer')}({rate})")

    return Twist("gradient descent in the loop", apply, rebuilt=True)


def _rebuilt_with_slots(dice: Dice, n: Names) -> Twist:
    """An optimizer with slots built anew for each update: the slots are lost."""
    rate = dice.pick(["<lr>()", "<lr>", "float(<lr>())"])

    def apply(parts: Parts) -> None:
        _replace_optimizer(parts, "fresh")
        parts.core.insert(0, f"fresh = {n.trained('MomentumOptimizer')}({rate}, 0.9)")
        parts.last.append("print('weight %.6f' % <w>.numpy())")

    return Twist("optimizer in the loop", apply, ("LRL304",), rebuilt=True, weighted=True, momentum=0.9)


def _number_each(dice: Dice, n: Names, decay: DecayCall) -> Twist:
    """The decay built anew over a Python number: right."""
    rate = dice.pick(["now()", "now", "float(now())"])

    def apply(parts: Parts) -> None:
        _replace_optimizer(parts, "fresh")
        parts.bindings = [b for b in parts.bindings if b.role not in ("lr", "step", "other")]
        made = decay.inline(dice, n.trained(decay.name), dice.pick(["len(history)", "int(len(history))"]))
        parts.core = [_without_step(line) for line in parts.core if not line.startswith("kwargs")]
        parts.core[:0] = [f"now = {made}", f"fresh = {n.trained('GradientDescentOptimizer')}({rate})"]
        parts.before, parts.behind = [], ["history.append(1)"]

    rates = tuple(decay.rate(index) for index in range(UPDATES))
    return Twist("decay of a number, built anew", apply, intended=lambda _: [rates], rebuilt=True, drops=("*",))


_STEP_PASSED = re.compile(r", (global_step=.*|<step>|<w>|\*\*kwargs|\*\*\{.*\})\)$")


def _without_step(line: str) -> str:
    """An update that is given no step; its other arguments all come before it."""
    return _STEP_PASSED.sub(")", line)


def _step_in_loop(dice: Dice, n: Names, decay: DecayCall) -> Twist:
    """The step and its decay made anew for each update: frozen."""

    def apply(parts: Parts) -> None:
        _replace_optimizer(parts, "fresh")
        parts.bindings = [b for b in parts.bindings if b.role not in ("lr", "step", "other")]
        made = decay.inline(dice, n.trained(decay.name), "counter")
        parts.core = [
            f"counter = {n('Variable')}(0, trainable=False)",
            f"now = {made}",
            f"fresh = {n.trained('GradientDescentOptimizer')}(now)",
            "fresh.minimize(<loss>, global_step=counter)",
        ]
        parts.before, parts.behind = [], []

    rates = tuple(decay.rate(index) for index in range(UPDATES))
    return Twist("step in the loop", apply, ("LRL109",), intended=lambda _: [rates], rebuilt=True, drops=("*",))


def _decay_in_loop(dice: Dice, n: Names, decay: DecayCall) -> Twist:
    """The decay built anew over the step, and given to gradient descent built anew: right."""

    def apply(parts: Parts) -> None:
        _replace_optimizer(parts, "fresh")
        parts.bindings = [b for b in parts.bindings if b.role != "lr"]
        expression = dice.pick(["<step>", "<step>", "<step>.numpy()", "<step> + 0", "int(<step>)"])
        made = decay.inline(dice, n.trained(decay.name), expression)
        rate = dice.pick(["now", "now()"])
        parts.core[:0] = [f"now = {made}", f"fresh = {n.trained('GradientDescentOptimizer')}({rate})"]

    return Twist("decay in the loop", apply, rebuilt=True, drops=("snapshot",))


def _attribute(dice: Dice) -> Twist:
    """A rate set on an optimizer of ``tf.train``, which has no such setting: it goes on as before."""
    name = dice.pick(["learning_rate", "lr"])

    def apply(parts: Parts) -> None:
        parts.setup_uses.append(f"<opt>.{name} = 0.25")

    constant = (0.25,) * UPDATES
    return Twist(f"attribute {name}", apply, ("LRL309",), intended=lambda _: [constant])


def _keras_schedule(dice: Dice, n: Names, start: int) -> Twist:
    """A schedule of Keras given to an optimizer of ``tf.train``: raises, unless it is called with the step."""
    called = dice.chance(0.5)
    schedule = f"{n('keras.optimizers.schedules.ExponentialDecay')}(0.1, decay_steps=2, decay_rate=0.5)"

    def apply(parts: Parts) -> None:
        made = schedule
        parts.bindings = [b for b in parts.bindings if b.role not in ("lr", "opt", "rate")]
        parts.bindings.append(Binding("lr", made))
        rate = "lambda: <lr>(<step>)" if called else "<lr>"
        parts.bindings.append(
            Binding("opt", f"{n.trained(dice.pick(['GradientDescentOptimizer', 'AdamOptimizer']))}({rate})")
        )

    codes = () if called else ("LRL308",)

    def intended(rates: Rates) -> list[Rates]:
        return [tuple(0.1 * 0.5 ** ((start + index) / 2) for index in range(len(rates)))]

    return Twist(f"Keras schedule{' called' if called else ''}", apply, codes, intended=intended, drops=("snapshot",))


def _list_of_optimizers(dice: Dice) -> Twist:
    """The optimizer in a list that is walked for each update: right."""

    def apply(parts: Parts) -> None:
        parts.core = ["for each in [<opt>]:", *indent(line.replace("<opt>", "each") for line in parts.core)]

    return Twist("list of optimizers", apply)


def _callback(dice: Dice) -> Twist:
    """The update as a function that is handed to another one: right."""

    def apply(parts: Parts) -> None:
        parts.core = ["def do_update():", *indent(parts.core), "for each in (do_update,):", "    each()"]

    return Twist("callback", apply)


def _keras(dice: Dice, n: Names, decay: DecayCall, step: StepKind, moving: Moving) -> Twist:
    """An optimizer of Keras: given the schedule, or called with the step, or both right."""
    form = dice.pick(["schedule", "step", "keyword", "right"])
    start = step.start + (1 if moving.before else 0)
    rates = tuple(decay.rate(start + index) for index in range(UPDATES))
    meant = rates if form == "schedule" else (0.5,) * UPDATES

    def apply(parts: Parts) -> None:
        cls = n("keras.optimizers.SGD")
        parts.bindings = [binding for binding in parts.bindings if binding.role != "opt"]
        parts.bindings.append(Binding("opt", f"{cls}({'<lr>' if form == 'schedule' else '0.5'})"))
        if form != "schedule":
            parts.behind.append("print('%.4f' % <lr>())")
        passed = {"step": ", <step>", "keyword": ", global_step=<step>"}.get(form, "")
        parts.core = [
            f"with {n('GradientTape')}() as tape:",
            "    value = <loss>()",
            "grads = tape.gradient(value, [<w>])",
            f"<opt>.apply_gradients(zip(grads, [<w>]){passed})",
        ]
        if not moving.line and form in ("schedule", "right"):
            parts.behind.append("<step>.assign_add(1)")
        parts.last.append("print('weight %.6f' % <w>.numpy())")
        parts.last.append("print('step %d' % <step>.numpy())")

    codes = {"schedule": ("LRL305",), "step": ("LRL306",), "keyword": ("LRL306",)}.get(form, ())
    expects = (f"step {step.start + UPDATES}",)
    return Twist(
        f"Keras: {form}", apply, codes, intended=lambda _: [meant], silent=True, weighted=True, drops=("*",), expects=expects
    )  # fmt: skip


def _moved_by_callback(dice: Dice, n: Names) -> Twist:
    """The step moved by a function in a list of hooks: right."""
    move = dice.pick(["<step>.assign_add(1)", "<step>.assign(<step> + 1)", f"{n.old('assign_add')}(<step>, 1)"])

    def apply(parts: Parts) -> None:
        if dice.chance(0.5):
            parts.behind += [f"hooks = [lambda: {move}]", "for hook in hooks:", "    hook()"]
        else:
            parts.behind += ["def advance():", f"    {move}", "advance()"]

    return Twist("moved by a hook", apply, drops=("nothing moves the step",))


def _own_optimizer(dice: Dice, n: Names) -> Twist:
    """An optimizer of the program's own that moves the step by itself: right."""
    base = n.trained(dice.pick(["GradientDescentOptimizer", "AdamOptimizer"]))
    prelude = [
        f"class MovingOptimizer({base}):",
        "    def __init__(self, rate, counter):",
        "        super(MovingOptimizer, self).__init__(rate)",
        "        self._counter = counter",
        "",
        "    def apply_gradients(self, grads_and_vars, global_step=None, name=None):",
        "        result = super(MovingOptimizer, self).apply_gradients(grads_and_vars, name=name)",
        "        self._counter.assign_add(1)",
        "        return result",
        "",
        "",
    ]

    def apply(parts: Parts) -> None:
        parts.bindings = [binding for binding in parts.bindings if binding.role != "opt"]
        parts.bindings.append(Binding("opt", "MovingOptimizer(<lr>, <step>)"))

    return Twist("an optimizer that moves the step", apply, prelude=prelude, drops=("nothing moves the step",))


def _tied(dice: Dice, n: Names, step: StepKind) -> Twist:
    """The step is set to the value of another one, which the update moves: right."""

    def apply(parts: Parts) -> None:
        parts.bindings.insert(0, Binding("other", f"{n('Variable')}({step.start}, trainable=False)"))
        parts.core = [line.replace(", global_step=None", "") for line in parts.core]
        parts.behind += [
            "<other>.assign_add(1)",
            dice.pick(["<step>.assign(<other>.numpy())", "<step>.assign(int(<other>))"]),
        ]

    return Twist("tied to another step", apply, drops=("nothing moves the step",))


def _counted(dice: Dice, n: Names, decay: DecayCall) -> Twist:
    """The step is set to a number that Python counts: right."""

    def apply(parts: Parts) -> None:
        parts.behind += [
            "history.append(1)",
            dice.pick(["<step>.assign(len(history))", n.old("assign") + "(<step>, len(history))"]),
        ]

    rates = tuple(decay.rate(index) for index in range(UPDATES))
    return Twist("set to a count", apply, intended=lambda own: [own[:1] + rates[1:]], drops=("nothing moves the step",))


def _moved_in_loss(dice: Dice) -> Twist:
    """The step moved by a helper of the file: right."""

    def apply(parts: Parts) -> None:
        parts.behind.append("advance(<step>)")

    form = dice.pick(["assign_add", "assign", "optional"])
    body = {"assign_add": "variable.assign_add(1)", "assign": "variable.assign(variable + 1)",
            "optional": "if variable is not None:\n        variable.assign_add(1)"}[form]  # fmt: skip
    return Twist(
        "moved by a helper",
        apply,
        prelude=["def advance(variable):", f"    {body}", "", ""],
        drops=("nothing moves the step",),
    )


def _moving_optimizer(dice: Dice, n: Names) -> Twist:
    """Another optimizer moves the step: right, and its rate is constant."""
    passes = dice.pick([", global_step=<step>", ", <step>"])

    def apply(parts: Parts) -> None:
        parts.bindings.append(Binding("w2", f"{n('Variable')}(0.0)"))
        parts.bindings.append(Binding("opt2", f"{n.trained('GradientDescentOptimizer')}(0.5)"))
        parts.behind.append(f"<opt2>.minimize(lambda: <w2> * 1.0{passes})")

    return Twist(
        "another optimizer moves the step",
        apply,
        intended=lambda rates: [rates, (0.5,) * UPDATES],
        drops=("nothing moves the step",),
    )


def _pair(dice: Dice, n: Names, decay: DecayCall, step: StepKind, passing: Passing, moving: Moving) -> Twist:
    """A second optimizer beside the first."""
    form = dice.pick(
        ["follows", "follows", "own", "own", "own missing", "both pass", "own other", "swapped", "second schedule"]
    )
    if form in ("swapped", "both pass", "own other") and passing.moves == 0:
        form = "own"
    other = fitting_decay(dice, step)
    own = tuple(other.rate(index) for index in range(UPDATES))
    start = step.start + (1 if moving.before else 0)
    late = 1 if passing.moves else 0
    cls = n.trained(dice.pick(["GradientDescentOptimizer", "AdamOptimizer", "RMSPropOptimizer"]))
    made = other.inline(dice, n.trained(other.name), "<step>" if form == "second schedule" else "<step2>")

    def apply(parts: Parts) -> None:
        parts.bindings.append(Binding("w2", f"{n('Variable')}(0.0)"))
        if form in ("follows", "both pass"):
            parts.bindings.append(Binding("opt2", f"{cls}(<lr>)"))
        else:
            if form != "second schedule":
                parts.bindings.append(Binding("step2", f"{n('Variable')}(0, trainable=False)"))
            parts.bindings += [Binding("lr2", made), Binding("opt2", f"{cls}(<lr2>)")]
        passed = {"own": ", global_step=<step2>", "both pass": ", global_step=<step>", "own other": ", global_step=<step>",
                  "swapped": ", global_step=<step>"}.get(form, "")  # fmt: skip
        if form == "swapped":
            parts.core = [line.replace("<step>", "<step2>") for line in parts.core]
        parts.core.append(f"<opt2>.minimize(lambda: <w2> * 1.0{passed})")

    def intended(rates: Rates) -> list[Rates]:
        if form in ("own", "own missing", "own other"):
            return [rates, own]
        if form == "swapped":  # each optimizer moves the other's step, before or after its own update
            shifted = tuple(other.rate(index + 1) for index in range(UPDATES))
            return [rates, shifted]
        follower = other if form == "second schedule" else decay
        return [rates, tuple(follower.rate(start + late + index) for index in range(UPDATES))]

    codes = {"own missing": ("LRL101",), "both pass": ("LRL107",), "own other": ("LRL102", "LRL107")}.get(form, ())
    return Twist(f"pair: {form}", apply, codes, intended=intended)


def _graph(dice: Dice, n: Names) -> Twist:
    """A training in a graph of its own, in the same file."""
    decay = decay_call(dice)
    form = dice.weighted([(4, "right"), (3, "printed"), (2, "halved"), (2, "missing"), (1, "called")])
    passed = "" if form == "missing" else dice.pick([", global_step=global_step", ", global_step"])
    rate = {"halved": "rate * 0.5", "called": "rate()"}.get(form, "rate")
    scale = 0.5 if form == "halved" else 1.0
    made = decay.inline(dice, n.trained(decay.name), "global_step")
    inner = [
        f"global_step = {n.trained('get_or_create_global_step')}()",
        f"x = {n.old('get_variable')}('x', initializer=0.0)",
        f"rate = {made}",
        *(["print('rate', rate)", "print('%s' % rate, 'rate {}'.format(rate))"] if form == "printed" else []),
        f"update = {n.trained('GradientDescentOptimizer')}({rate}).minimize(x * 1.0{passed})",
        f"with {n.old('Session')}() as session:",
        f"    session.run({n.old('global_variables_initializer')}())",
        f"    for _ in range({UPDATES}):",
        "        session.run(update)",
    ]
    prelude = ["def in_graph():", f"    with {n('Graph')}().as_default():", *indent(inner, 2), "", ""]
    rates = tuple(scale * decay.rate(index) for index in range(UPDATES))

    def apply(parts: Parts) -> None:
        parts.last.append("in_graph()")

    codes = {"missing": ("LRL101",), "called": ("LRL204",)}.get(form, ())
    return Twist(f"graph: {form}", apply, codes, prelude, intended=lambda own: [own, rates])
