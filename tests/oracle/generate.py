"""Generates runnable eager programs that train with a decay, right ones and wrong ones.

``program(seed, version)`` draws each axis by itself (``axes``) and a structure around it (``structures``). A program knows
which rates it means to train with and which slips it was given; whether it is right, only TensorFlow can say (``verdict``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from oracle import axes, twists
from oracle.axes import UPDATES, DecayCall, Dice, Names
from oracle.interpreters import Version
from oracle.structures import Binding, Parts, Structure


@dataclass(frozen=True)
class Slip:
    """Something that was written wrong: its name, and the codes of the rules that may report it."""

    name: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Program:
    """A program, the rates that each of its optimizers is meant to apply, and what was drawn for it."""

    seed: str
    text: str
    intended: tuple[tuple[float, ...], ...]
    slips: tuple[Slip, ...]
    axes: dict[str, str] = field(hash=False)
    expects: tuple[str, ...] = ()
    """Lines that the output must hold."""

    rebuilt: bool = False
    """Whether an optimizer is built anew for each update, so that their rates are one run."""

    weight: float | None = None
    """What the program must print as its weight at the end, where it prints it."""

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(code for slip in self.slips for code in slip.codes)


def programs(seed: str, version: Version, count: int) -> Iterator[Program]:
    """So many programs for a TensorFlow; the same for the same seed."""
    for number in range(count):
        yield program(f"{seed}:{version}:{number}", version)


def program(seed: str, version: Version) -> Program:
    """One program: a third are drawn until nothing is wrong with them, a third until at most one thing is."""
    most = Dice(seed).pick([0, 1, 9])
    for attempt in range(200):
        drawn = _Draft(Dice(f"{seed}/{attempt}"), version, seed).program()
        if len(drawn.slips) <= most:
            return drawn
    raise AssertionError(f"no program with at most {most} slips for {seed}")


def _slip(name: str, *codes: str) -> Slip:
    return Slip(name, frozenset(codes))


class _Draft:
    """A program while it is drawn."""

    def __init__(self, dice: Dice, version: Version, seed: str) -> None:
        self.dice = dice
        self.version = version
        self.seed = seed
        self.slips: list[Slip] = []
        self.axes: dict[str, str] = {}
        self.prelude: list[str] = []

    def program(self) -> Program:
        dice = self.dice
        decay = axes.decay_call(dice)
        kind = axes.optimizer_kind(dice, self.version)
        n = axes.names(dice, self.version, [decay.name, kind.name] if kind.module == "train" else [decay.name])
        step = axes.step_kind(dice, n, decay)
        expression = axes.step_expression(dice, n, step, decay)
        moving = axes.moving(dice, n, step)
        passing = axes.passing(dice, step, moved_by_hand=bool(moving.line))
        update = axes.update_form(dice, n)
        rate = axes.rate_form(dice, n, decay, step)
        if not kind.calls and dice.chance(0.5):
            rate = axes.RateForm("assigned", f"{n('Variable')}(<lr>(), trainable=False)", each="<rate>.assign(<lr>())", named=True)
        use = axes.use(dice, n)
        if rate.slip == "constant":  # a schedule that is printed is used
            use = axes.Use("none", ())
            if step.how not in ("variable", "global"):
                rate = axes.RateForm("schedule", "<lr>")
        for name, value in (("decay", decay.name), ("optimizer", kind.name), ("imports", n.form), ("step", step.template),
                            ("expression", expression.template), ("moving", moving.name), ("passing", passing.name),
                            ("update", update.name), ("rate", f"{rate.name}: {rate.template}"), ("use", use.name)):  # fmt: skip
            self.axes[name] = value

        bindings = [Binding("w", f"{n('Variable')}(0.0)"), self._loss()]
        bindings.append(Binding("step", step.template))
        if passing.name == "other":
            bindings.append(Binding("other", f"{n('Variable')}(0, trainable=False)"))
        other = axes.decay_call(dice)
        lr = self._decay(n, decay, expression.template)
        bindings.append(Binding("lr", lr, other=replace(other, constants={}).code(dice, n.trained(other.name), expression.template)))
        inline = rate.template
        if rate.function or rate.named or dice.chance(0.2):
            inline = "<rate>" if rate.template != "<lr>" or rate.function else "<lr>"
            if inline == "<rate>":
                bindings.append(Binding("rate", rate.template, function=rate.function))
        alternative = f"{n.trained(dice.pick(['AdamOptimizer', 'RMSPropOptimizer']))}({inline})" if kind.calls else None
        bindings.append(Binding("opt", self._optimizer(n, kind, inline), other=alternative))

        gs = passing.keyword
        if passing.positional:
            gs = passing.positional if update.both else f"global_step={passing.positional}"
        core = [line.replace("{}", f", {gs}" if gs else "") for line in update.lines]
        parts = Parts(bindings, core, assigned=frozenset({"step"} if moving.binds else ()))
        if moving.line:
            (parts.before if moving.before else parts.behind).append(moving.line)
        if rate.each:
            parts.before.append(rate.each)
        place = dice.pick([parts.behind, parts.behind, parts.setup_uses, parts.last])
        place.extend(use.lines)

        first = step.start + (1 if moving.before else 0)
        rates = tuple(rate.rate(decay, first + index) for index in range(UPDATES))
        intended = [rates]
        weight = None
        if kind.name == "GradientDescentOptimizer" and (passing.name == "weight" or dice.chance(0.1)):
            parts.last.append("print('weight %.6f' % <w>.numpy())")
            weight = -sum(rates)

        self._judge_slips(step, expression, moving, passing, rate, kind, use, decay)
        rebuilt = False
        twistable = step.how in ("variable", "global") and not moving.binds and update.name != "starred"
        if twistable and dice.chance(0.08) and not rate.each and not rate.warm and moving.slip == "":
            parts.compiled = n("function")
            self.axes["compiled"] = "yes"
        elif twistable and dice.chance(0.25):
            plain = not rate.each and not rate.function and rate.name == "schedule" and kind.calls and use.name == "none"
            twist = twists.twist(dice, n, self.version, decay, step, passing, moving, plain=plain)
            if twist is not None:
                twist.apply(parts)
                self.axes["twist"] = twist.name
                self.prelude += twist.prelude
                self.slips = [slip for slip in self.slips if "*" not in twist.drops and slip.name not in twist.drops]
                self.slips += [_slip(twist.name, *twist.codes)] if twist.codes else []
                intended = twist.intended(rates)
                rebuilt = twist.rebuilt
                weight = twist.weight(rates) if twist.weighted else weight if intended[0] == rates else None
        if dice.chance(0.8):
            parts.travels = frozenset({"step", "lr"})
        structure = Structure(dice, parts)
        body = structure.lines()
        self.axes["layout"] = structure.layout
        self.axes["made"] = ", ".join(f"{role}: {how}" for role, how in structure.made.items() if how != "direct")
        text = self._text(n, decay, [*self.prelude, *body], structure)
        expects = (use.expects,) if use.expects else ()
        return Program(self.seed, text, tuple(intended), tuple(self.slips), self.axes, expects, rebuilt, weight)

    def _loss(self) -> Binding:
        if self.dice.chance(0.5):
            return Binding("loss", "return <w> * 1.0", function=True)
        return Binding("loss", "lambda: <w> * 1.0")

    def _decay(self, n: Names, decay: DecayCall, step: str) -> str:
        for name, constant in decay.constants.items():
            self.prelude.append(f"{constant} = {decay.arguments[name]!r}")
        function = n.trained(decay.name)
        form = self.dice.weighted([(75, "direct"), (6, "getattr"), (6, "dict"), (6, "alias"), (4, "partial")])
        self.axes["decay form"] = form
        if form == "getattr":
            return decay.code(self.dice, f"getattr({n.train}, '{decay.name}')", step)
        if form == "dict":
            other = n.trained(self.dice.pick(["cosine_decay", "polynomial_decay"]))
            self.prelude.append(f"DECAYS = {{'used': {function}, 'other': {other}}}")
            return decay.code(self.dice, "DECAYS['used']", step)
        if form == "alias":
            self.prelude.append(f"decay_fn = {function}")
            return decay.code(self.dice, "decay_fn", step)
        if form == "partial":
            given = ", ".join(f"{name}={decay.constants.get(name) or repr(value)}" for name, value in decay.arguments.items())
            self.prelude.append(f"decay_fn = functools.partial({function}, {given})")
            return f"decay_fn({decay.step}={step})"
        return decay.code(self.dice, function, step)

    def _optimizer(self, n: Names, kind: axes.OptimizerKind, rate: str) -> str:
        module = n.train if kind.module == "train" else self._contrib(n)
        cls = n.trained(kind.name) if kind.module == "train" else f"{module}.{kind.name}"
        rest = kind.after if "=" in kind.after or not kind.after else kind.after
        form = self.dice.weighted([(70, "direct"), (8, "getattr"), (10, "dict"), (6, "alias"), (4, "partial"), (3, "kwargs")])
        self.axes["optimizer form"] = form
        if form == "getattr":
            cls = f"getattr({module}, '{kind.name}')"
        elif form == "dict":
            other = n.trained(self.dice.pick(["GradientDescentOptimizer", "AdamOptimizer", "RMSPropOptimizer"]))
            self.prelude += [f"OPTIMIZERS = {{'used': {cls}, 'other': {other}}}"]
            key = "'used'"
            if self.dice.chance(0.3):
                self.prelude += ["CHOICE = 'used'"]
                key = "CHOICE"
            cls = f"OPTIMIZERS[{key}]"
        elif form == "alias":
            self.prelude.append(f"OptimizerClass = {cls}")
            cls = "OptimizerClass"
        elif form == "partial" and rest and "=" in rest:
            self.prelude.append(f"make = functools.partial({cls}, {rest})")
            cls, rest = "make", ""
        elif form == "kwargs" and not kind.before:
            inner = ", ".join(part for part in (f"learning_rate={rate}", rest if "=" in rest else rest and f"momentum={rest}") if part)
            return f"{cls}(**dict({inner}))"
        before = f"{kind.before}, " if kind.before else ""
        if self.dice.chance(0.3):
            named = rest if "=" in rest else rest and f"momentum={rest}"
            return f"{cls}({before}learning_rate={rate}{', ' + named if named else ''})"
        return f"{cls}({before}{rate}{', ' + rest if rest else ''})"

    def _contrib(self, n: Names) -> str:
        if n.form in ("compat", "alias", "plain", "bare", "from_train") and self.dice.chance(0.7):
            return f"{n.tf}.contrib.opt"
        self.prelude.append("from tensorflow.contrib import opt as contrib_opt")
        return "contrib_opt"

    def _judge_slips(
        self, step: axes.StepKind, expression: axes.StepExpression, moving: axes.Moving, passing: axes.Passing,
        rate: axes.RateForm, kind: axes.OptimizerKind, use: axes.Use, decay: DecayCall,
    ) -> None:  # fmt: skip
        """Notes what was written wrong, and which rules may say so."""
        slips = self.slips
        moves = passing.moves + moving.moves
        if step.how == "list":
            slips.append(_slip("list step", "LRL103"))
        elif step.how == "number" or (step.how == "array" and not moving.line):
            slips.append(_slip("number step", "LRL104"))
        elif step.how == "none":
            slips.append(_slip("maybe none step", "LRL110"))
        if expression.snapshot:
            slips.append(_slip("snapshot", "LRL106"))
        if moving.slip:
            slips.append(_slip(f"step {moving.slip}", "LRL105"))
        if passing.name in ("missing", "None") and moves == 0:
            slips.append(_slip("nothing moves the step", "LRL101", *(["LRL105"] if moving.slip else [])))
        if passing.name == "other" and moves == 0:
            slips.append(_slip("another step is moved", "LRL102", *(["LRL105"] if moving.slip else [])))
        if passing.name == "weight":
            slips.append(_slip("the weight is moved", "LRL108", "LRL102"))
        if moves > 1:
            slips.append(_slip("moved twice", "LRL107"))
        if rate.slip:
            code = {"frozen": "LRL301", "variable": "LRL302", "constant": "LRL205", "raises": "LRL202"}[rate.slip]
            slips.append(_slip(f"rate {rate.slip}", code))
        if not kind.calls and not rate.each and rate.slip in ("", "raises"):
            slips.append(_slip("callable rate", "LRL303"))
        if use.slip:
            code = {"text": "LRL201", "raises": "LRL202", "compared": "LRL203"}[use.slip]
            slips.append(_slip(f"use {use.slip}", code))

    def _text(self, n: Names, decay: DecayCall, body: list[str], structure: Structure) -> str:
        """The whole program, with the imports that it needs."""
        joined = "\n".join(body)
        wanted = {module for module in ("json", "logging", "math", "os", "sys", "functools", "types", "collections") if f"{module}." in joined}
        lines = [f"import {module}" for module in sorted(wanted)]
        if "np." in joined:
            lines.append("import numpy as np")
        lines += [*n.lines, ""]
        eager = n.eager
        form = self.dice.pick(["plain", "plain", "plain", "guarded"])
        if form == "guarded":
            lines += [f"if not {n('executing_eagerly')}():", f"    {eager}"]
        else:
            lines.append(eager)
        lines.append("")
        if "history" in joined:
            lines.append("history = []")
        return "\n".join([*lines, *body]) + "\n"


__all__ = ["Program", "Slip", "program", "programs"]
