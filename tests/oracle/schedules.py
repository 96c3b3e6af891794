"""The decay calls of the generated programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lrlint.decays import DECAYS
from oracle.dice import Dice

UPDATES = 6
"""How many updates a program makes; the schedules are drawn so that each mistake shows within them."""


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

    def tells(self, start: int) -> bool:
        """Whether the first updates from a step on tell a frozen, a doubled and a delayed schedule from a right one."""
        rates = [self.rate(step) for step in range(start, start + 2 * UPDATES + 2)]
        right = rates[:UPDATES]
        others = (
            [rates[0]] * UPDATES,
            rates[: 2 * UPDATES : 2],
            rates[1 : UPDATES + 1],
            rates[1 : 2 * UPDATES + 1 : 2],
        )
        return min(right) > 0 and all(differ(right, other) for other in others)

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

    def inline(self, dice: Dice, function: str, step: str) -> str:
        """The call with all its arguments written out."""
        return replace(self, constants={}).code(dice, function, step)

    @property
    def step(self) -> str:
        return DECAYS[self.name].step.name


def decay_call(dice: Dice, *, name: str | None = None) -> DecayCall:
    """A decay whose first updates tell a frozen, a doubled and a delayed schedule from a right one."""
    while True:
        call = _decay_call(dice, name or dice.pick(sorted(DECAYS)))
        if call.tells(0):
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
    return DecayCall(
        name, arguments, _constants(dice, ["learning_rate", *(["decay_steps"] if "decay_steps" in arguments else [])])
    )


def _constants(dice: Dice, candidates: Sequence[str]) -> dict[str, str]:
    if not dice.chance(0.2):
        return {}
    name = dice.pick(candidates)
    return {name: {"learning_rate": "BASE_RATE", "decay_steps": "DECAY_STEPS", "values": "RATES"}[name]}
