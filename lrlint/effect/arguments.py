"""What a schedule is computed with, as far as the trace knows it, and what is taken where it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrlint.effect.words import Names
from lrlint.finding import Arguments
from lrlint.trace.values import GLOBAL_STEP, Container, Derived, Literal, MissingStep, Value, Variable

if TYPE_CHECKING:
    from lrlint.trace import Trace
    from lrlint.trace.events import ScheduleStory
    from lrlint.trace.values import Atom, Schedule

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
    assumed: tuple[str, ...] = ()
    names: Names = Names()


def arguments_of(trace: Trace, story: ScheduleStory) -> Given:
    """What a decay is computed with: what the call passes, and the decay's own defaults."""
    arguments: list[tuple[str, object]] = []
    assumed: list[str] = []
    names = Names()
    for parameter in story.decay.parameters:
        name = parameter.name
        if parameter.unit == "step" or name == "name":
            continue
        passed = story.arguments.get(name)
        if passed is None:
            arguments.append((name, None if parameter.required else parameter.default))
            continue
        value = number(trace, passed.value)
        if value is None:
            code = _code(trace, passed.node)
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


def number(trace: Trace, value: Value) -> object:
    """A number, truth value or list of numbers, where it is the only thing that a value may be; else ``None``."""
    literal = value.only(Literal)
    if literal is not None:
        return literal.content if literal.kind in (int, float, bool) else None
    container = value.only(Container)
    if container is None or container.kind not in ("list", "tuple"):
        return None
    slots = trace.store.slots.get(container, {})
    held = [trace.store.read((container, position)) for position in range(len(slots))]
    numbers = [number(trace, each) if each is not None else None for each in held]
    return None if None in numbers or not numbers else tuple(numbers)


def first_step(trace: Trace, schedule: Schedule) -> float | None:
    """What a schedule reads as its step at the first update, where that is known."""
    value = trace.steps(schedule)
    if len(value.atoms) != 1:
        return None
    (atom,) = value.atoms
    return _first_value(trace, atom)


def _first_value(trace: Trace, atom: Atom) -> float | None:
    if isinstance(atom, MissingStep):
        return 0
    if isinstance(atom, Literal):
        return _as_step(atom.content)
    if isinstance(atom, Variable):
        made = 0 if atom == GLOBAL_STEP else _initial(trace, atom)
        moves = [move for move in trace.moves.values() if move.variable == atom]
        by_hand = [move for move in moves if not move.where.loops and move.where.path.entry.function is trace.module]
        return None if any(move.kind not in ("update", "fed") for move in by_hand) else made
    if isinstance(atom, Container):
        held = trace.store.read((atom, 0))
        only = next(iter(held)) if held is not None and len(held.atoms) == 1 else None
        return _first_value(trace, only) if isinstance(only, (Literal, Variable)) else None
    if isinstance(atom, Derived) and len(atom.sources) == 1:
        (source,) = atom.sources
        begins = _first_value(trace, source) if isinstance(source, Variable) else None
        return begins if trace.step_behind(atom, casts=True) is not None else None
    return None


def _initial(trace: Trace, variable: Variable) -> float | None:
    passed = trace.initial.get(variable)
    return _as_step(number(trace, passed.value)) if passed is not None else None


def _as_step(value: object) -> float | None:
    if isinstance(value, bool):
        return int(value)
    return value if isinstance(value, (int, float)) else None


def _code(trace: Trace, node: object) -> str | None:
    """An argument as the program writes it, where that is short enough to be said."""
    text = " ".join(trace.module.code_for_node(node).split()) if node is not None else ""  # type: ignore[arg-type]
    return text if 0 < len(text) <= _LONGEST and "`" not in text else None
