"""What several rules need to say and to write: places of a story, calls of a schedule, names of TensorFlow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrlint import tf_errors
from lrlint.finding import Safety
from lrlint.rules.base import Change, Mistake, Repair, Strays

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.events import OptimizerStory, Use
    from lrlint.trace.mode import Evidence
    from lrlint.trace.story import Trace
    from lrlint.trace.values import Optimizer, Schedule

Place = tuple["outline.Node", str]

DOUBLE_IS_MEANT = "the double speed may be meant"
"""Why a second move is not taken away as a matter of course."""

_LONGEST = 40
"""The length, in characters, up to which messages quote code as it stands."""


def mistake(
    node: outline.Node,
    message: str,
    evidence: Evidence | None,
    *,
    effect: Strays | None = None,
    repair: Repair | None = None,
    related: tuple[Place, ...] = (),
) -> Mistake:
    """A mistake at a node, with the mode it was judged in."""
    return Mistake(
        node,
        message,
        effect=effect,
        repair=repair,
        related=tuple(place for place in related if place[0] is not node),
        mode=evidence.mode if evidence else None,
        evidence=evidence.text if evidence else None,
    )


def quote(trace: Trace, node: outline.Node) -> str:
    """An expression as a message shows it: on one line, and what is long by its beginning."""
    text = " ".join(trace.code(node).split())
    if len(text) <= _LONGEST:
        return text
    called = text.partition("(")[0]
    return f"{called}(...)" if 0 < len(called) < _LONGEST else f"{text[: _LONGEST - 3]}..."


def is_eager(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.mode == "eager"


def is_graph(evidence: Evidence | None) -> bool:
    return evidence is not None and evidence.mode == "graph"


def schedule_places(trace: Trace, schedule: Schedule) -> tuple[Place, ...]:
    """Where a schedule and its steps are made."""
    story = trace.schedules[schedule]
    places: list[Place] = [(story.node, "the schedule is made here")]
    places.extend((node, "the step is made here") for node in trace.steps_made(schedule))
    return tuple(places)


def optimizer_place(trace: Trace, optimizer: Optimizer) -> Place:
    return trace.optimizers[optimizer].node, "the optimizer is made here"


def step_name(trace: Trace, schedule: Schedule) -> str:
    """A step as the user calls it: as it stands in the decay call, if that is short."""
    node = trace.schedules[schedule].step.node
    text = trace.code(node) if node is not None else ""
    if text and len(text) <= _LONGEST and "\n" not in text:
        return text
    return "the step"


def frozen(trace: Trace, schedule: Schedule) -> Strays:
    """The effect of what stands for a step and is none: the rate stays, until an update is to move that."""
    kind = trace.moved_as_step(schedule)
    if kind is None:
        return Strays(schedule, "frozen")
    return Strays(schedule, "raises", error=tf_errors.no_variable(kind), made=1)


def shortest(handles: frozenset[str]) -> str | None:
    """The plainest of the expressions that stand for a thing."""
    return min(handles, key=lambda name: (name.count("."), len(name), name), default=None)


def best_handle(trace: Trace, schedule: Schedule, handles: frozenset[str]) -> str | None:
    """The expression to write for a step at a place: the one of the decay call where it is good there too."""
    preferred = step_name(trace, schedule)
    if preferred in handles:
        return preferred
    return shortest(handles)


def called(trace: Trace, use: Use, *, number: bool = False) -> tuple[Change, ...]:
    """The changes that call a schedule where it is used; none where that cannot be written.

    Where it may be a plain number on another path, it is called only if it can be; ``number`` asks for a float.
    """
    node = use.node
    if not use.certain:
        if type(node).__name__ not in ("Name", "Attribute"):
            return ()
        code = trace.code(node)
        content = f"{code}() if callable({code}) else {code}"
        alone = use.how.endswith("()`") or use.how in ("an f-string", "`str.format`")
        content = f"float({content})" if number else content if alone else f"({content})"
        return (Change(node, content, enclosed=True),)
    opening, closing = ("", "()") if is_primary(node) or trace.is_enclosed(node) else ("(", ")()")
    if number:
        opening, closing = f"float({opening}", f"{closing})"
    enclosed = not is_primary(node)
    changes = [Change(node, closing, "after", enclosed=enclosed)]
    if opening:
        changes.insert(0, Change(node, opening, "before", enclosed=enclosed))
    return tuple(changes)


def between(node: outline.Node, opening: str, inner: outline.Node, closing: str) -> tuple[Change, ...]:
    """The changes that leave of a node only an inner one, as it is written, with other text on both sides of it."""
    return (
        Change(node, "", "unwrap", inner),
        Change(inner, opening, "before", enclosed=True),
        Change(inner, closing, "after", enclosed=True),
    )


def as_function(
    trace: Trace,
    rates: Sequence[outline.Node],
    applicability: Safety,
    reason: str | None,
    inside: tuple[Change, ...] = (),
) -> Repair:
    """The repair that makes functions of rates: what is ``inside`` is changed along with them."""
    changes = [change for rate in rates for change in in_lambda(trace, rate)]
    message = "Give the optimizer a function that computes the rate in each update"
    return Repair(applicability, message, (*changes, *inside), reason)


def in_lambda(trace: Trace, node: outline.Node, before: str = "", after: str = "") -> tuple[Change, ...]:
    """The changes that make a ``lambda`` of an expression, with something before and after it in there."""
    opening, closing = ("(", ")") if trace.is_operand(node) else ("", "")
    changes = [Change(node, f"{opening}lambda: {before}", "before")]
    if after or closing:
        changes.append(Change(node, f"{after}{closing}", "after"))
    return tuple(changes)


def shared_name(shared: tuple[outline.Node, str]) -> Change:
    """The change that makes a name of a function a global one: in front of its first statement."""
    first, name = shared
    return Change(first, f"global {name}", "line-before")


def without_second_move(statement: outline.Node) -> Repair:
    """The repair of a step that moves by hand beside the update that moves it: the statement goes."""
    return Repair("unsafe", "Leave the step to the update", (Change(statement, "", "line"),), DOUBLE_IS_MEANT)


def as_float(number: outline.BaseExpression) -> tuple[Change, ...]:
    """The changes that make a float of an expression that is an integer: the literal itself, or a conversion."""
    digits = getattr(number, "value", None)
    if type(number).__name__ == "Integer" and isinstance(digits, str) and digits.isdecimal():
        return (Change(number, f"{digits}.0"),)
    return converted("float", number)


def converted(function: str, number: outline.BaseExpression) -> tuple[Change, ...]:
    """The changes that put a function around an expression."""
    return Change(number, f"{function}(", "before"), Change(number, ")", "after")


def is_primary(node: outline.BaseExpression) -> bool:
    """Whether ``()`` can stand right behind an expression, parentheses or not."""
    return type(node).__name__ in ("Name", "Attribute", "Call", "Subscript")


def as_receiver(trace: Trace, node: outline.BaseExpression) -> str:
    """An expression as it can be written at another place with a ``.`` behind it: in parentheses where it takes them."""
    code = trace.code(node)
    return code if trace.is_enclosed(node) or (is_primary(node) and "\n" not in code) else f"({code})"


def assigned_rate(trace: Trace, story: OptimizerStory) -> Repair | None:
    """The repair for an optimizer that never calls its rate: a variable that is given the rate before each update."""
    assigning, variable = trace.assigning(story), tensorflow_name(trace, "Variable")
    if assigning is None or variable is None:
        return None
    name = assigning.name
    changes = [Change(declared, f", {name}", "after") for declared in assigning.declared]
    changes += [Change(first, f"global {names}", "line-before") for first, names in assigning.shared]
    for made, rate in assigning.made:
        changes.append(Change(made, f"{name} = {variable}({rate}, trainable=False)", "line-before"))
    changes.extend(Change(node, name) for node in assigning.rates)
    for update, line, rate in assigning.updates:
        if line is not None:
            changes.append(Change(line, f"{name}.assign({rate})", "line-before"))
        else:
            changes += [Change(update, f"({name}.assign({rate}), ", "before"), Change(update, ")[-1]", "after")]
    return Repair(
        "unsafe",
        "Give the optimizer a variable, and assign the rate before each update",
        tuple(dict.fromkeys(changes)),
        reason="what else reads the rate of the optimizer gets the variable",
    )


def tensorflow_name(trace: Trace, attribute: str) -> str | None:
    """How the module writes a name of TensorFlow: ``tf.Variable``; ``None`` where it has no name for TensorFlow."""
    for name in trace.tensorflow:
        return f"{name}.{attribute}"
    return None
