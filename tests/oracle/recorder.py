"""Listens to TensorFlow: the rate that each update applies, and the steps of the schedules. Runs on Python 3.7 too."""

from __future__ import annotations

import functools
import math
import types


class Recorder:
    """Notes what the optimizers and decays of ``tf.train`` do, without changing it.

    Every v1 optimizer, whatever it computes, asks for its rate in ``_prepare``, keeps it as a tensor, updates the weights
    and then calls ``_finish``. There the rate is read: at once in eager mode, and in a graph by one more operation
    beside those that update the weights, so that it runs when they do.
    """

    def __init__(self, tf):
        self.updates = []
        self._tf = tf
        self._optimizers = []  # kept alive, so that no two of them share an id
        self._schedules = []

    def listen(self):
        """Starts to listen, for the rest of this process."""
        self._listen_to_updates(self._tf.compat.v1.train.Optimizer)
        # The decays make their partials by the global name `functools` of their module.
        decays = self._tf.compat.v1.train.exponential_decay.__globals__
        decays["functools"] = types.SimpleNamespace(partial=self._partial)

    def schedules(self):
        """The schedules so far, with their steps as they are now."""
        return [
            {"kind": type(schedule).__name__, "start": start, "end": _value(step)}
            for schedule, step, start in self._schedules
        ]

    def _partial(self, schedule, step):
        self._schedules.append((schedule, step, _value(step)))
        return functools.partial(schedule, step)

    def _listen_to_updates(self, base):
        original = base.apply_gradients

        @functools.wraps(original)
        def apply_gradients(optimizer, *args, **kwargs):
            finish = optimizer._finish

            def noted(update_ops, *rest):
                return finish(list(update_ops) + self._note(optimizer), *rest)

            optimizer._finish = noted
            try:
                return original(optimizer, *args, **kwargs)
            finally:
                del optimizer._finish

        base.apply_gradients = apply_gradients

    def _note(self, optimizer):
        """Notes the rate of the update that has just been made, or returns the operation that will."""
        if not any(known is optimizer for known in self._optimizers):
            self._optimizers.append(optimizer)
        number = next(i for i, known in enumerate(self._optimizers) if known is optimizer)
        kind = type(optimizer).__name__

        def note(rate):
            self.updates.append({"optimizer": number, "kind": kind, "rate": float(rate)})

        rate = _rate_tensor(optimizer)
        if self._tf.executing_eagerly():
            note(rate)
            return []
        return [self._tf.compat.v1.py_func(note, [rate], [])]


def _rate_tensor(optimizer):
    for name in ("_learning_rate_tensor", "_lr_t"):
        rate = getattr(optimizer, name, None)
        if rate is not None:
            return rate
    return math.nan


def _value(step):
    """The number that a step holds: a variable, a tensor or a number, alone or in a list; None for anything else."""
    if isinstance(step, (list, tuple)) and len(step) == 1:
        return _value(step[0])
    try:
        return float(step.numpy() if hasattr(step, "numpy") else step)
    except (TypeError, ValueError, RuntimeError, NotImplementedError):
        return None
