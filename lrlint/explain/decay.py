"""Any decay as numbers and as a chart, for people who choose one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, NamedTuple

from lrlint.curves import Chart, banded, call, chart, rate_shown
from lrlint.decays import DECAYS, Decay, noise
from lrlint.explain.arguments import bound, signature
from lrlint.explain.terminal_chart import draw
from lrlint.report.line import columns
from lrlint.report.look import Look
from lrlint.selectors import SettingsError
from lrlint.words import clause, listed

NOISY = "noisy_linear_cosine_decay"

_ROWS = 10
_BEYOND = 1.25  # so much of the time that a decay takes is shown, to see what comes behind
_ENDLESS = ("exponential_decay", "natural_exp_decay", "inverse_time_decay")
_PERIODS = 10
_RESTARTS = 4
_MOST_STEPS = 10**9

Arguments = Mapping[str, Any]


class Chosen(NamedTuple):
    """A decay with its arguments, and the last step to show it at."""

    decay: Decay
    arguments: Arguments
    last: int

    @property
    def title(self) -> str:
        """The decay as a call would have it, without its step."""
        return call(self.decay.name, list(self.arguments.items()))

    def chart(self) -> Chart:
        """The rates from step 0 to the last; around a noisy decay's expectation the band of 95 % of its rates."""
        drawn = chart([("rate", lambda step: self.decay.at(step, self.arguments))], 0, self.last)
        if self.decay.name != NOISY:
            return drawn
        return replace(drawn, band=banded(self._band, 0, self.last), log=False)

    def _band(self, step: int) -> tuple[float, float]:
        return noise(global_step=step, **self.arguments).band()

    def text(self, look: Look, *, ascii_only: bool) -> str:
        """The call, a table of rates and their chart, with the last newline."""
        drawn = self.chart()
        lines = [
            look.paint(self.title, "strong"),
            "",
            *self._table(),
            "",
            *draw(drawn, look=look, ascii_only=ascii_only),
        ]
        return "".join(f"{line}\n" for line in lines)

    def _table(self) -> list[str]:
        rows = [(str(step), rate_shown(self.decay.at(step, self.arguments))) for step in self._steps()]
        if self.decay.name != NOISY:
            return [f"  {line}" for line in columns([("step", "learning rate"), *rows])]
        bands = [self._band(int(step)) for step, _ in rows]
        spread = [(*row, *map(rate_shown, band)) for row, band in zip(rows, bands, strict=True)]
        return [f"  {line}" for line in columns([("step", "expected rate", "95 % from", "95 % to"), *spread])]

    def _steps(self) -> list[int]:
        """Even steps, and those before and behind the boundaries of a piecewise decay."""
        even = {self.last * index // _ROWS for index in range(_ROWS + 1)}
        boundaries = self.arguments.get("boundaries", ())
        jumps = {math.floor(boundary) + behind for boundary in boundaries for behind in (0, 1)}
        return sorted(even | {step for step in jumps if 0 <= step <= self.last})


def chosen(name: str, words: Sequence[str], steps: int | None) -> Chosen:
    """The decay that is meant: its name without ``tf.train.``, and its arguments but the step, ``name=value`` or bare.

    Raises :class:`SettingsError` for what is no decay, and for arguments that TensorFlow would not take.
    """
    short = name.rpartition(".")[2]
    decay = DECAYS.get(short) or DECAYS.get(f"{short}_decay")
    if decay is None:
        close = get_close_matches(short, DECAYS, n=1)
        raise SettingsError(
            f"unknown decay `{name}`" + (f"; did you mean `{close[0]}`?" if close else f"; known are {listed(DECAYS)}")
        )
    arguments = bound(decay, words)
    try:
        last = _last_step(decay, arguments) if steps is None else steps
        for step in (0, 1, last):
            decay.at(step, arguments)
    except (TypeError, ValueError, IndexError) as error:
        raise SettingsError(f"{clause(str(error))}: {signature(decay)}") from None
    return Chosen(decay, arguments, last)


def _last_step(decay: Decay, arguments: Arguments) -> int:
    """A step by which a decay has shown what it does."""
    boundaries = arguments.get("boundaries")
    if boundaries is not None:
        return _whole(max([*boundaries, 1]) * _BEYOND)
    length = arguments.get("decay_steps", arguments.get("first_decay_steps", 1))
    if decay.name in _ENDLESS:
        return _whole(length * _PERIODS)
    if decay.name == "cosine_decay_restarts":
        growth = max(arguments.get("t_mul", 2.0), 1.0)
        return _whole(length * sum(growth**period for period in range(_RESTARTS)))
    return _whole(length * (2 * _BEYOND if arguments.get("cycle") else _BEYOND))


def _whole(steps: float) -> int:
    return max(1, min(math.ceil(steps), _MOST_STEPS)) if math.isfinite(steps) else 1
