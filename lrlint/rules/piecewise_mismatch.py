"""LRL401: the boundaries and values of `piecewise_constant` do not fit each other, or the step."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.decays import piecewise_constant
from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_float, converted, is_eager, mistake, schedule_places

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.arguments import Element
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        boundaries, values = trace.elements(schedule, "boundaries"), trace.elements(schedule, "values")
        if trace.swapped_arguments(schedule) is not None:
            continue
        # In the order in which TensorFlow looks at them, for of one list only the first mistake is told.
        if boundaries is not None:
            yield from _boundary_types(trace, schedule, story.arguments["boundaries"].node or story.node, boundaries)
        if values is not None:
            yield from _value_types(trace, schedule, story.arguments["values"].node or story.node, values)
        yield from _lengths(trace, schedule, boundaries, values)
        if boundaries is not None:
            yield from _order(trace, schedule, story.arguments["boundaries"].node or story.node, boundaries)


def _lengths(
    trace: Trace, schedule: Schedule, boundaries: Sequence[Element] | None, values: Sequence[Element] | None
) -> Iterator[Mistake]:
    if boundaries is None or values is None or len(values) == len(boundaries) + 1:
        return
    story = trace.schedules[schedule]
    yield mistake(
        story.arguments["values"].node or story.node,
        f"{_count(len(boundaries), 'boundary', 'boundaries')}, so {_count(len(boundaries) + 1, 'piece', 'pieces')}, "
        f"and there {_count(len(values), 'value', 'values', 'is ', 'are ')}",
        trace.schedule_mode(schedule),
        effect=_refused(schedule, tf_errors.LENGTHS),
        related=schedule_places(trace, schedule),
    )


def _order(trace: Trace, schedule: Schedule, node: outline.Node, boundaries: Sequence[Element]) -> Iterator[Mistake]:
    numbers = [element.number for element in boundaries if element.number is not None]
    if not boundaries:
        words = "there is no boundary, and `piecewise_constant` needs one"
        effect = Strays(schedule, "raises", error=tf_errors.NO_BOUNDARY)
    elif len(numbers) != len(boundaries) or all(low < high for low, high in pairwise(numbers)):
        return
    elif all(low <= high for low, high in pairwise(numbers)):
        twice = next(low for low, high in pairwise(numbers) if low == high)
        words = f"the boundary {twice} stands there twice, and the value between is never the rate"
        effect = Strays(schedule, "as-written")
    else:
        words = "the boundaries do not rise"
        raises, made = "the step that lies in two pieces raises", _first_in_two(numbers)
        error = tf_errors.TWO_PIECES if is_eager(trace.schedule_mode(schedule)) else None
        meant = (("boundaries", tuple(sorted(numbers))),)
        effect = Strays(schedule, "raises", error=error, raises=raises, made=made, meant=meant)
    yield mistake(node, words, trace.schedule_mode(schedule), effect=effect, related=schedule_places(trace, schedule))


def _first_in_two(boundaries: Sequence[float]) -> int:
    """The first step that lies in two of the pieces."""
    steps = sorted({0, *(max(math.floor(boundary) + 1, 0) for boundary in boundaries)})
    return next((step for step in steps if _is_in_two(step, boundaries)), 0)


def _is_in_two(step: int, boundaries: Sequence[float]) -> bool:
    try:
        piecewise_constant(float(step), [float(boundary) for boundary in boundaries], [0.0] * (len(boundaries) + 1))
    except ValueError:
        return True
    return False


def _refused(schedule: Schedule, error: str, meant: tuple[tuple[str, object], ...] | None = None) -> Strays:
    return Strays(schedule, "raises", error=error, raises="the call raises", meant=meant)


def _meant(parameter: str, given: Sequence[Element], kind: type[int | float]) -> tuple[tuple[str, object], ...] | None:
    """The numbers of a list, all of one kind, where they are known and that changes none of them."""
    numbers = [element.number for element in given]
    meant = [kind(number) for number in numbers if number is not None and math.isfinite(number)]
    return ((parameter, tuple(meant)),) if meant == numbers else None


def _boundary_types(
    trace: Trace, schedule: Schedule, node: outline.Node, boundaries: Sequence[Element]
) -> Iterator[Mistake]:
    floats, integers = _of_type(float, boundaries), _of_type(int, boundaries)
    step, meant, repair = trace.step_type(schedule), _meant("boundaries", boundaries, int), None
    if step is int and floats:
        words, repair = "the step is an integer, and boundaries are floats", _as_integers(floats)
    elif step is float and integers:
        words, repair = "the step is a float, and boundaries are integers", _as_floats("boundaries", integers)
        meant = _meant("boundaries", boundaries, float)
    elif floats and integers:
        words = "integers and floats are mixed among the boundaries"
    else:
        return
    yield mistake(
        node,
        words,
        trace.schedule_mode(schedule),
        effect=_refused(schedule, tf_errors.other_types("Boundaries"), meant),
        repair=repair,
        related=schedule_places(trace, schedule),
    )


def _value_types(trace: Trace, schedule: Schedule, node: outline.Node, values: Sequence[Element]) -> Iterator[Mistake]:
    integers = _of_type(int, values)
    if integers and _of_type(float, values):
        yield mistake(
            node,
            "integers and floats are mixed among the values",
            trace.schedule_mode(schedule),
            effect=_refused(schedule, tf_errors.other_types("Values"), _meant("values", values, float)),
            repair=_as_floats("values", integers),
            related=schedule_places(trace, schedule),
        )


def _of_type(kind: type[int | float], elements: Sequence[Element]) -> list[Element]:
    """The elements that are known to be numbers of one type."""
    return [element for element in elements if type(element.number) is kind]


def _as_integers(floats: Sequence[Element]) -> Repair | None:
    """Integers for the boundaries that are floats, if all of them are whole numbers."""
    changes: list[Change] = []
    for element in floats:
        number, node = element.number, element.node
        if node is None or number is None or not float(number).is_integer():
            return None
        is_literal = type(node).__name__ == "Float"
        changes += (Change(node, str(int(number))),) if is_literal else converted("int", node)
    return Repair("safe", "Make the boundaries integers", tuple(changes))


def _as_floats(what: str, integers: Sequence[Element]) -> Repair | None:
    """Floats for the elements that are integers, if all of them are written out."""
    nodes = [element.node for element in integers if element.node is not None]
    if len(nodes) < len(integers):
        return None
    return Repair("safe", f"Make the {what} floats", tuple(change for node in nodes for change in as_float(node)))


def _count(number: int, one: str, many: str, is_one: str = "", are_many: str = "") -> str:
    return f"{is_one}{number} {one}" if number == 1 else f"{are_many}{number} {many}"


RULE = Rule(
    code="LRL401",
    summary="boundaries and values of `piecewise_constant` that do not fit each other or the step",
    mode="both",
    fix="sometimes",
    since="0.2.0",
    check=check,
)
