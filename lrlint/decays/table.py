"""The decays as data: each one's parameters, with their units and defaults, and its formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from lrlint.decays.cosines import (
    cosine_decay,
    cosine_decay_restarts,
    linear_cosine_decay,
    noisy_linear_cosine_decay,
)
from lrlint.decays.slopes import (
    exponential_decay,
    inverse_time_decay,
    natural_exp_decay,
    piecewise_constant,
    piecewise_constant_decay,
    polynomial_decay,
)


class Parameter(NamedTuple):
    """A parameter of a decay.

    ``unit`` is ``"step"`` for the step itself, ``"steps"`` for numbers of steps, ``"rates"`` for learning rates, and
    ``None`` for the rest; ``default`` means nothing for a ``required`` one.
    """

    name: str
    unit: str | None
    required: bool
    default: Any = None


_UNITS = {
    "x": "step",
    "global_step": "step",
    "decay_steps": "steps",
    "first_decay_steps": "steps",
    "boundaries": "steps",
    "learning_rate": "rates",
    "end_learning_rate": "rates",
    "values": "rates",
}


class Decay(NamedTuple):
    """A decay, as data: its parameters in TensorFlow's order, and its formula."""

    name: str
    parameters: tuple[Parameter, ...]
    formula: Callable[..., float]

    @property
    def step(self) -> Parameter:
        """The parameter that takes the step."""
        return next(parameter for parameter in self.parameters if parameter.unit == "step")

    def at(self, step: float, arguments: Mapping[str, Any]) -> float:
        """The learning rate at a step; ``arguments`` are all the others, by name."""
        return self.formula(**{self.step.name: step}, **arguments)


def _parameters(formula: Callable[..., float]) -> tuple[Parameter, ...]:
    code, defaults = formula.__code__, formula.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    required = len(names) - len(defaults)
    return (
        *(Parameter(name, _UNITS.get(name), True) for name in names[:required]),
        *(
            Parameter(name, _UNITS.get(name), False, default)
            for name, default in zip(names[required:], defaults, strict=True)
        ),
    )


_FORMULAS: Mapping[str, Callable[..., float]] = {
    "exponential_decay": exponential_decay,
    "natural_exp_decay": natural_exp_decay,
    "inverse_time_decay": inverse_time_decay,
    "polynomial_decay": polynomial_decay,
    "piecewise_constant": piecewise_constant,
    "piecewise_constant_decay": piecewise_constant_decay,
    "cosine_decay": cosine_decay,
    "cosine_decay_restarts": cosine_decay_restarts,
    "linear_cosine_decay": linear_cosine_decay,
    "noisy_linear_cosine_decay": noisy_linear_cosine_decay,
}

DECAYS: Mapping[str, Decay] = {name: Decay(name, _parameters(formula), formula) for name, formula in _FORMULAS.items()}
"""Every decay by its name in ``tf.train``. The signatures of the functions above are the only place that states them."""
