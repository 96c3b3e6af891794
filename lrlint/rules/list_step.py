"""LRL103: a plain list or tuple as step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.rules.base import STEP_MISTAKES, Change, Mistake, Repair, Rule, Strays
from lrlint.rules.tools import as_receiver, between, is_eager, mistake, quote, schedule_places, tensorflow_name

if TYPE_CHECKING:
    from lrlint.trace.events import ContainerStory, Element
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Container, Schedule


def check(trace: Trace) -> Iterator[Mistake]:
    for schedule in trace.schedules:
        evidence = trace.schedule_mode(schedule)
        if not is_eager(evidence) or trace.swapped_arguments(schedule) is not None:
            continue
        lists = trace.list_steps(schedule)
        for container in lists:
            message, effect = _told(trace, container, schedule)
            yield mistake(
                container.site.node,
                message,
                evidence,
                effect=effect,
                repair=_repair(trace, trace.lists_beside(lists)),
                related=schedule_places(trace, schedule),
            )


def _told(trace: Trace, container: Container, schedule: Schedule) -> tuple[str, Strays | None]:
    """The message and the effect."""
    said = f"`{quote(trace, container.site.node)}` is a {container.kind}, not a step"
    story = trace.schedules[schedule]
    if not story.decay.name.startswith("piecewise_constant"):
        alone = trace.only_element(trace.containers[container]) is not None
        names = {optimizer.short_name for optimizer in trace.followers(schedule)}
        error = tf_errors.no_scalar(names.pop()) if alone and len(names) == 1 else None
        return f"{said}, and the rate gets its shape", Strays(schedule, "raises", error=error)
    if trace.updates_given(container):
        error = tf_errors.no_variable(container.kind)
        return f"{said}, and cannot be moved", Strays(schedule, "raises", error=error, made=1)
    return f"{said}: it works by accident, until it is passed as `global_step`", None


def _repair(trace: Trace, lists: list[Container]) -> Repair | None:
    """One variable in place of each list that the schedule may read, and of all that is done with them."""
    variable = tensorflow_name(trace, "Variable")
    changes: list[Change] = []
    kinds: set[bool] = set()
    for story in (trace.containers[container] for container in lists):
        made = trace.only_element(story)
        if made is None or variable is None:
            return None
        element, is_variable = made
        uses = _uses(trace, story, numbers=not is_variable)
        if uses is None:
            return None
        around = ("", "") if is_variable else (f"{variable}(", ", trainable=False)")
        changes += [*between(story.node, around[0], element, around[1]), *uses]
        kinds.add(is_variable)
    if len(kinds) != 1 or not trace.is_list_used_as_step(lists):
        return None
    twice = trace.is_moved_beside_update(lists)
    return Repair(
        "unsafe" if twice else "safe",
        "Make the step one variable, and its elements follow",
        tuple(dict.fromkeys(changes)),
        reason="an update moves the step in the same loop, so that it would move twice" if twice else None,
    )


def _uses(trace: Trace, story: ContainerStory, *, numbers: bool) -> list[Change] | None:
    """The changes of all uses of a list by an index, or ``None`` where one of them cannot be rewritten."""
    written = {element.statement for element in story.elements.values() if element.statement is not None}
    changes: list[Change] = []
    for element in story.elements.values():
        if element.index not in (0, -1):
            return None
        if element.statement is not None:
            if element.amount is None:
                return None
            method = "assign_add" if element.sign == "+" else "assign_sub"
            moved = f"{as_receiver(trace, element.node.value)}.{method}("
            changes.extend(between(element.statement, moved, element.amount, ")"))
        elif not trace.is_inside_any(written, element.node):
            changes.append(Change(element.node, _read(trace, element, numbers=numbers)))
    return changes


def _read(trace: Trace, element: Element, *, numbers: bool) -> str:
    """An element that is read: a number stays one, so that what is done with it goes on to work."""
    base = as_receiver(trace, element.node.value)
    return f"{base}.numpy()" if numbers and not trace.stands_for_step(element.node) else base


RULE = Rule(
    code="LRL103",
    summary="a plain list or tuple as step counter",
    mode="eager",
    fix="safe",
    since="0.1.0",
    check=check,
    uncovers=STEP_MISTAKES,
)
