"""LRL401: the boundaries and values of `piecewise_constant` do not fit each other, or the step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_float, converted, mistake, schedule_places

if TYPE_CHECKING:
    import libcst as cst

    from lrlint.trace.arguments import Element
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule, story in trace.schedules.items():
        boundaries, values = trace.elements(schedule, "boundaries"), trace.elements(schedule, "values")
        if trace.swapped_arguments(schedule) is not None:
            continue
        yield from _lengths(trace, schedule, boundaries, values)
        if boundaries is not None:
            node = story.arguments["boundaries"].node or story.node
            yield from _order(trace, schedule, node, boundaries)
            yield from _boundary_types(trace, schedule, node, boundaries)
        if values is not None:
            node = story.arguments["values"].node or story.node
            yield from _value_types(trace, schedule, node, values)


def _lengths(
    trace: Trace, schedule: Schedule, boundaries: Sequence[Element] | None, values: Sequence[Element] | None
) -> Iterator[Mistake]:
    if boundaries is None or values is None or len(values) == len(boundaries) + 1:
        return
    story = trace.schedules[schedule]
    yield mistake(
        story.arguments["values"].node or story.node,
        f"{_count(len(boundaries), 'boundary', 'boundaries')} part {_count(len(boundaries) + 1, 'piece', 'pieces')}, "
        f"and there {_count(len(values), 'value', 'values', 'is ', 'are ')}: the call raises",
        trace.schedule_mode(schedule),
        related=schedule_places(trace, schedule),
    )


def _order(trace: Trace, schedule: Schedule, node: cst.CSTNode, boundaries: Sequence[Element]) -> Iterator[Mistake]:
    numbers = [element.number for element in boundaries if element.number is not None]
    if not boundaries:
        words = "there is no boundary, and `piecewise_constant` needs one: the first update raises"
    elif len(numbers) != len(boundaries) or all(low < high for low, high in pairwise(numbers)):
        return
    elif all(low <= high for low, high in pairwise(numbers)):
        twice = next(low for low, high in pairwise(numbers) if low == high)
        words = f"the boundary {twice} stands there twice: the value between is never the rate"
    else:
        words = "the boundaries do not rise: the update that is in two pieces at once raises"
    effect = Strays(schedule, "as-written") if words.endswith("rate") else None
    yield mistake(node, words, trace.schedule_mode(schedule), effect=effect, related=schedule_places(trace, schedule))


def _boundary_types(
    trace: Trace, schedule: Schedule, node: cst.CSTNode, boundaries: Sequence[Element]
) -> Iterator[Mistake]:
    floats = [element for element in boundaries if isinstance(element.number, float)]
    whole = trace.is_integer_counter(schedule)
    mixed = any(type(element.number) is int for element in boundaries)
    if not floats or not (whole or mixed):
        return
    words = "the step is a whole number, and the boundaries are not" if whole else "integers and floats are mixed"
    yield mistake(
        node,
        f"{words}: the call raises" if whole else f"{words} among the boundaries: the call raises",
        trace.schedule_mode(schedule),
        repair=_as_integers(floats) if whole else None,
        related=schedule_places(trace, schedule),
    )


def _as_integers(floats: Sequence[Element]) -> Repair | None:
    """Whole numbers for the boundaries that are such, if all of them are."""
    changes: list[Change] = []
    for element in floats:
        number, node = element.number, element.node
        if node is None or number is None or not float(number).is_integer():
            return None
        is_literal = type(node).__name__ == "Float"
        changes += (Change(node, str(int(number))),) if is_literal else converted("int", node)
    return Repair("safe", "Make the boundaries integers", tuple(changes))


def _value_types(trace: Trace, schedule: Schedule, node: cst.CSTNode, values: Sequence[Element]) -> Iterator[Mistake]:
    integers = [element for element in values if type(element.number) is int]
    if not integers or not any(isinstance(element.number, float) for element in values):
        return
    nodes = [element.node for element in integers if element.node is not None]
    changes = tuple(change for inner in nodes for change in as_float(inner))
    yield mistake(
        node,
        "integers and floats are mixed among the values: the call raises",
        trace.schedule_mode(schedule),
        repair=Repair("safe", "Make the values floats", changes) if len(nodes) == len(integers) else None,
        related=schedule_places(trace, schedule),
    )


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
