"""The reference decays: what TensorFlow 1.15.5 computes for each ``tf.train`` decay, in plain Python.

The functions carry TensorFlow's names, argument order and defaults. What TensorFlow takes as a step variable is here the
number of steps that it holds, and what TensorFlow returns as a schedule is here the learning rate at that step.

A schedule is a formula in float32, and in places that shows: ``exp(-104)`` is zero, and step 16777217 is step 16777216.
So the formulas below are computed in float32 too, operation by operation and in TensorFlow's order, with what IEEE 754
says where Python would raise (``0 / 0`` is NaN, ``1 / 0`` is infinite).

Units: a step is one update of the weights; every rate, and every result, is a learning rate. ``name`` only names the
TensorFlow operation. Sources: ``tensorflow/python/training/learning_rate_decay.py`` for the functions, and for their
formulas ``tensorflow/python/keras/optimizer_v2/learning_rate_schedule.py``, of TensorFlow 1.15.5.

All decays but ``piecewise_constant`` raise :class:`TypeError` for an integer ``learning_rate``, as TensorFlow does, in one
wording or another, at the first update.
"""

from __future__ import annotations

from lrlint.decays.cosines import (
    Noise,
    cosine_decay,
    cosine_decay_restarts,
    linear_cosine_decay,
    noise,
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
from lrlint.decays.table import DECAYS, Decay, Parameter

__all__ = [
    "DECAYS",
    "Decay",
    "Noise",
    "Parameter",
    "cosine_decay",
    "cosine_decay_restarts",
    "exponential_decay",
    "inverse_time_decay",
    "linear_cosine_decay",
    "natural_exp_decay",
    "noise",
    "noisy_linear_cosine_decay",
    "piecewise_constant",
    "piecewise_constant_decay",
    "polynomial_decay",
]
