"""What a schedule is computed with, as far as the trace knows it, and what is taken where it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from lrlint.effect.words import Names
from lrlint.finding import Arguments

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace import Trace
    from lrlint.trace.values import Schedule

PERIOD = 1000
"""The ``decay_steps`` that an effect is shown for where nobody knows how many there are."""

_PROPORTIONAL = frozenset(
    {
        "exponential_decay",
        "natural_exp_decay",
        "inverse_time_decay",
        "cosine_decay",
        "cosine_decay_restarts",
        "linear_cosine_decay",
        "noisy_linear_cosine_decay",
    }
)
"""The decays whose every rate is a multiple of the first one."""

_LONGEST = 30


class Given(NamedTuple):
    """The arguments of a decay; ``assumed`` says what is not known, and ``names`` what the program calls it."""

    arguments: Arguments
    assumed: tuple[str, ...]
    names: Names


def arguments_of(trace: Trace, schedule: Schedule, meant: Mapping[str, object]) -> Given:
    """What a decay is computed with: what the call passes, what is ``meant`` where that is no number, and its defaults."""
    story = trace.schedules[schedule]
    numbers = trace.numbers(schedule)
    arguments: list[tuple[str, object]] = []
    assumed: list[str] = []
    names = Names()
    for parameter in story.decay.parameters:
        name = parameter.name
        if parameter.unit == "step" or name == "name":
            continue
        known = numbers.get(name)
        value: object = known.value if known is not None else meant.get(name)
        if known is not None and not known.certain:
            assumed.append(f"`{name}` is {value} by default")
            names = names._replace(by_default=True)
        elif value is None:
            passed = story.arguments.get(name)
            code = _code(trace, passed.node if passed is not None else None)
            said = f"`{name}` is `{code}`, which is not known" if code else f"`{name}` is not known"
            if name in ("decay_steps", "first_decay_steps"):
                value, names = PERIOD, names._replace(steps=code or name, period=PERIOD)
                said += f": shown for {PERIOD}"
            elif name == "learning_rate" and story.decay.name in _PROPORTIONAL:
                value, names = 1.0, names._replace(rate=code or name)
                said += ": rates are shown as parts of it"
            assumed.append(said)
        arguments.append((name, value))
    return Given(tuple(arguments), tuple(assumed), names)


def _code(trace: Trace, node: outline.Node | None) -> str | None:
    """An argument as the program writes it, where that is short enough to be said."""
    text = " ".join(trace.code(node).split()) if node is not None else ""
    return text if 0 < len(text) <= _LONGEST and "`" not in text else None
