"""Generates runnable eager programs that train with a decay, right ones and wrong ones.

``program(seed, version)`` draws each axis by itself (``steps``, ``optimizers``, ``uses``...) and a structure around it (``structures``). A program knows
which rates it means to train with and which slips it was given; whether it is right, only TensorFlow can say (``verdict``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from oracle import twists
from oracle.dice import Dice
from oracle.interpreters import Version
from oracle.optimizers import RateForm, assigned_rate, optimizer_kind, rate_form, update_form
from oracle.schedules import UPDATES, decay_call
from oracle.spelling import names
from oracle.steps import fitting_decay, moving, passing, step_expression, step_kind
from oracle.structures import Binding, Parts, Structure
from oracle.uses import Use, use


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
    """A program while it is drawn, axis by axis."""

    def __init__(self, dice: Dice, version: Version, seed: str) -> None:
        self.dice = dice
        self.version = version
        self.seed = seed
        self.slips: list[Slip] = []
        self.prelude: list[str] = []
        self.forms: dict[str, str] = {}
        self.decay = decay_call(dice)
        self.kind = optimizer_kind(dice, version)
        wanted = [self.decay.name, self.kind.name] if self.kind.module == "train" else [self.decay.name]
        self.n = names(dice, version, wanted)
        self.step = step_kind(dice, self.n, self.decay)
        self.expression = step_expression(dice, self.n, self.step, self.decay)
        self.moving = moving(dice, self.n, self.step)
        plain = self.kind.name == "GradientDescentOptimizer"  # whose weights tell that they were moved
        self.passing = passing(dice, self.step, moved_by_hand=bool(self.moving.line), weight=plain)
        self.update = update_form(dice, self.n)
        self.use = use(dice, self.n)
        self.rate = self._rate()

    def program(self) -> Program:
        parts = self._parts()
        rates = tuple(self.rate.rate(self.decay, self.first + index) for index in range(UPDATES))
        drawn = Program(self.seed, "", (rates,), (), {}, (self.use.expects,) if self.use.expects else ())
        if self.kind.name == "GradientDescentOptimizer" and (self.passing.name == "weight" or self.dice.chance(0.1)):
            parts.last.append("print('weight %.6f' % <w>.numpy())")
            drawn = replace(drawn, weight=-sum(rates))
        self._judge_slips()
        drawn = self._twisted(parts, drawn)
        if self.dice.chance(0.8):
            parts.travels = frozenset({"step", "lr"})
        structure = Structure(self.dice, parts)
        text = self._text([*self.prelude, *structure.lines()])
        self.forms["layout"] = structure.layout
        self.forms["made"] = ", ".join(f"{role}: {how}" for role, how in structure.made.items() if how != "direct")
        return replace(drawn, text=text, slips=tuple(self.slips), axes=self._axes())

    @property
    def first(self) -> int:
        """The step at the first update; a move by hand beside one by the update is one too many."""
        return self.step.start + (1 if self.moving.before and not self.passing.moves else 0)

    def _rate(self) -> RateForm:
        rate = rate_form(self.dice, self.n, self.decay, self.step)
        if not self.kind.calls and self.dice.chance(0.5):
            rate = assigned_rate(self.n)
        if rate.slip == "constant":  # a schedule that is printed is used
            if self.step.how not in ("variable", "global"):
                return RateForm("schedule", "<lr>")
            self.use = Use("none", ())
        return rate

    def _parts(self) -> Parts:
        n, dice = self.n, self.dice
        bindings = [Binding("w", f"{n('Variable')}(0.0)"), self._loss(), Binding("step", self.step.template)]
        if self.passing.name == "other":
            bindings.append(Binding("other", f"{n('Variable')}(0, trainable=False)"))
        bindings.append(self._schedule())
        rate, inline = self.rate, self.rate.template
        if rate.function or rate.named or (dice.chance(0.2) and inline != "<lr>"):
            bindings.append(Binding("rate", rate.template, function=rate.function))
            inline = "<rate>"
        bindings.append(self._optimizer(inline))
        gs = self.passing.keyword
        if self.passing.positional:
            gs = self.passing.positional if self.update.both else f"global_step={self.passing.positional}"
        core = [line.replace("{}", f", {gs}" if gs else "") for line in self.update.lines]
        core[:0] = self.passing.before.splitlines()
        parts = Parts(bindings, core, assigned=frozenset({"step"} if self.moving.binds else ()), imported=n.imported)
        if self.moving.line:
            (parts.before if self.moving.before else parts.behind).append(self.moving.line)
        if rate.each:
            parts.before.append(rate.each)
        dice.pick([parts.behind, parts.behind, parts.setup_uses, parts.last]).extend(self.use.lines)
        return parts

    def _loss(self) -> Binding:
        if self.dice.chance(0.5):
            return Binding("loss", "return <w> * 1.0", function=True)
        return Binding("loss", "lambda: <w> * 1.0")

    def _schedule(self) -> Binding:
        """The decay call, and another decay for the branch that is not taken."""
        decay, dice, step = self.decay, self.dice, self.expression.template
        for name, constant in decay.constants.items():
            self.prelude.append(f"{constant} = {decay.arguments[name]!r}")
        function = self.n.trained(decay.name)
        form = dice.weighted([(75, "direct"), (6, "getattr"), (6, "dict"), (6, "alias"), (4, "partial")])
        self.forms["decay form"] = form
        if form == "getattr":
            function = f"getattr({self.n.train}, '{decay.name}')"
        elif form == "dict":
            other = self.n.trained(dice.pick(["cosine_decay", "polynomial_decay"]))
            self.prelude.append(f"DECAYS = {{'used': {function}, 'other': {other}}}")
            function = "DECAYS['used']"
        elif form in ("alias", "partial"):
            given = [f"{name}={decay.constants.get(name) or repr(value)}" for name, value in decay.arguments.items()]
            partial = f"functools.partial({function}, {', '.join(given)})"
            self.prelude.append(f"decay_fn = {function if form == 'alias' else partial}")
            function = "decay_fn"
        made = decay.code(dice, function, step) if form != "partial" else f"decay_fn({decay.step}={step})"
        other_decay = fitting_decay(dice, self.step)
        other = other_decay.inline(dice, self.n.trained(other_decay.name), step)
        # What nobody uses is reported in the branch that is not taken, too, and costs something else there.
        return Binding("lr", made, other=other if self.rate.slip != "constant" else None)

    def _optimizer(self, rate: str) -> Binding:
        """The call that makes the optimizer, and another one for the branch that is not taken."""
        n, kind, dice = self.n, self.kind, self.dice
        module = n.train if kind.module == "train" else self._contrib()
        cls = n.trained(kind.name) if kind.module == "train" else f"{module}.{kind.name}"
        rest = kind.after
        forms = [(70, "direct"), (8, "getattr"), (10, "dict"), (6, "alias"), (4, "partial"), (3, "kwargs")]
        form = self.forms["optimizer form"] = dice.weighted(forms)
        if form == "getattr":
            cls = f"getattr({module}, '{kind.name}')"
        elif form == "dict":
            other = n.trained(dice.pick(["GradientDescentOptimizer", "AdamOptimizer", "RMSPropOptimizer"]))
            self.prelude.append(f"OPTIMIZERS = {{'used': {cls}, 'other': {other}}}")
            key = dice.pick(["'used'", "'used'", "CHOICE"])
            if key == "CHOICE":
                self.prelude.append("CHOICE = 'used'")
            cls = f"OPTIMIZERS[{key}]"
        elif form == "alias":
            self.prelude.append(f"OptimizerClass = {cls}")
            cls = "OptimizerClass"
        elif form == "partial" and "=" in rest:
            self.prelude.append(f"make = functools.partial({cls}, {rest})")
            cls, rest = "make", ""
        named = rest if "=" in rest or not rest else f"momentum={rest}"
        if form == "kwargs" and not kind.before:
            call = f"{cls}(**dict({', '.join(part for part in (f'learning_rate={rate}', named) if part)}))"
        elif dice.chance(0.3):
            call = f"{cls}({', '.join(part for part in (kind.before, f'learning_rate={rate}', named) if part)})"
        else:
            call = f"{cls}({', '.join(part for part in (kind.before, rate, rest) if part)})"
        another = f"{n.trained(dice.pick(['AdamOptimizer', 'RMSPropOptimizer']))}({rate})" if kind.calls else None
        return Binding("opt", call, other=another)

    def _contrib(self) -> str:
        if self.n.tf in ("tf", "tensorflow") and self.n.v1 != self.n.tf and self.dice.chance(0.7):
            return f"{self.n.tf}.contrib.opt"
        self.prelude.append("from tensorflow.contrib import opt as contrib_opt")
        return "contrib_opt"

    def _twisted(self, parts: Parts, drawn: Program) -> Program:
        """The program with a turn of its own, or as it is."""
        rate, dice = self.rate, self.dice
        if self.step.how not in ("variable", "global") or self.moving.binds or self.update.name == "starred":
            return drawn
        compilable = self.kind.module == "train" and not rate.each and not rate.warm and not self.moving.slip
        compilable = compilable and "assign_add" not in self.expression.template
        if compilable and dice.chance(0.08):
            parts.compiled = self.n("function")
            self.forms["compiled"] = "yes"
            return drawn
        plain = rate.name == "schedule" and self.kind.calls and self.use.name == "none"
        turn = None
        if dice.chance(0.35):
            turn = twists.twist(dice, self.n, self.decay, self.step, self.passing, self.moving, plain=plain)
        if turn is None:
            return drawn
        turn.apply(parts)
        self.forms["twist"] = turn.name
        self.prelude += turn.prelude
        self.slips = [slip for slip in self.slips if "*" not in turn.drops and slip.name not in turn.drops]
        self.slips += [_slip(turn.name, *turn.codes)] if turn.codes else []
        (rates,) = drawn.intended
        intended = tuple(turn.intended(rates))
        weight = turn.weight(intended[0]) if turn.weighted else drawn.weight if intended[0] == rates else None
        expects = drawn.expects + turn.expects
        intended = () if turn.silent else intended
        return replace(drawn, intended=intended, rebuilt=turn.rebuilt, weight=weight, expects=expects)

    def _judge_slips(self) -> None:
        """Notes what was written wrong, and which rules may say so."""
        step, moving, passing, rate, slips = self.step, self.moving, self.passing, self.rate, self.slips
        moves = passing.moves + moving.moves
        rebound = ["LRL105"] if moving.slip else []
        if step.how == "list":
            slips.append(_slip("list step", "LRL103"))
        elif step.how == "number" or (step.how == "array" and not moving.line):
            slips.append(_slip("number step", "LRL104"))
        elif step.how == "none":
            slips.append(_slip("maybe none step", "LRL110"))
        if self.expression.snapshot:
            slips.append(_slip("snapshot", "LRL106"))
        if moving.slip:
            slips.append(_slip(f"step {moving.slip}", "LRL105"))
        if passing.name in ("missing", "None") and moves == 0:
            slips.append(_slip("nothing moves the step", "LRL101", *rebound))
        if passing.name == "other" and moves == 0:
            slips.append(_slip("another step is moved", "LRL102", *rebound))
        if passing.name == "weight":
            slips.append(_slip("the weight is moved", "LRL108", "LRL102"))
        if moves > 1:
            slips.append(_slip("moved twice", "LRL107"))
        if rate.slip:
            code = {"frozen": "LRL301", "variable": "LRL302", "constant": "LRL205", "raises": "LRL202"}[rate.slip]
            slips.append(_slip(f"rate {rate.slip}", code))
        if not self.kind.calls and not rate.each and rate.slip in ("", "raises"):
            slips.append(_slip("callable rate", "LRL303"))
        if self.use.slip:
            code = {"text": "LRL201", "raises": "LRL202", "compared": "LRL203"}[self.use.slip]
            slips.append(_slip(f"use {self.use.slip}", code))

    def _axes(self) -> dict[str, str]:
        """What was drawn, in words."""
        return {
            "decay": self.decay.name, "optimizer": self.kind.name, "imports": self.n.form, "step": self.step.template,
            "expression": self.expression.template, "moving": self.moving.name, "passing": self.passing.name,
            "update": self.update.name, "rate": f"{self.rate.name}: {self.rate.template}", "use": self.use.name,
            **self.forms,
        }  # fmt: skip

    def _text(self, body: list[str]) -> str:
        """The whole program, with the imports that it needs."""
        joined = "\n".join(body)
        lines = [f"import {module}" for module in _MODULES if f"{module}." in joined]
        if "np." in joined:
            lines.append("import numpy as np")
        lines += [*self.n.lines, ""]
        if self.dice.chance(0.25):
            lines += [f"if not {self.n('executing_eagerly')}():", f"    {self.n.eager}"]
        else:
            lines.append(self.n.eager)
        lines.append("")
        if "history" in joined:
            lines.append("history = []")
        return "\n".join([*lines, *body]) + "\n"


_MODULES = ("collections", "functools", "json", "logging", "math", "os", "sys", "types")
