"""Who plays in a program's story: for each schedule its step, its optimizers and their updates, with their places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Literal, NamedTuple

from lrlint.finding import Finding, Location

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.modes import Mode
    from lrlint.program import Program
    from lrlint.trace import Trace
    from lrlint.trace.values import Schedule

RoleName = Literal["step", "schedule", "optimizer", "update", "move"]

PLAYS: Mapping[RoleName, str] = {
    "step": "the step",
    "schedule": "the schedule",
    "optimizer": "the optimizer",
    "update": "the update",
    "move": "moves the step",
}
"""Who stands at a place, or what happens there."""


class Role(NamedTuple):
    """One that plays in a story, and where it stands; a ``"move"`` is what moves the step and is no update."""

    name: RoleName
    location: Location
    end_location: Location


Cast = tuple[Role, ...]
"""All that play in the story of one schedule, in the order of the text."""


def casts(text: str, mode: Mode = "auto") -> list[Cast]:
    """The cast of each schedule in a program; empty for a text that cannot be followed."""
    from lrlint.deep import deeply
    from lrlint.parse import ParseProblem

    try:
        return deeply(_casts, text, mode)
    except (ParseProblem, RecursionError):
        return []


def cast_of(finding: Finding, known: Iterable[Cast]) -> Cast:
    """Who plays in a finding's story: the cast of the first schedule that the finding names, or that it is about."""
    places = {(finding.location, finding.end_location)}
    places |= {(other.location, other.end_location) for other in finding.related}
    about = [
        (not any(role.name == "schedule" for role in met), -len(met), order, cast)
        for order, cast in enumerate(known)
        if (met := [role for role in cast if (role.location, role.end_location) in places])
    ]
    return min(about)[-1] if about else ()


def _casts(text: str, mode: Mode) -> list[Cast]:
    from lrlint.parse import check_depth, parse_tree
    from lrlint.program import followed

    tree = parse_tree(text)
    check_depth(tree, text)
    return followed(lambda program: _cast(program, mode), tree, text)


def _cast(program: Program, mode: Mode) -> list[Cast]:
    """The cast of each schedule; raises what the trace raises."""
    from lrlint.locate import ranges
    from lrlint.shift import dropped, shifted_place
    from lrlint.trace import trace

    story = trace(program, mode=mode)
    players = [list(dict.fromkeys(_players(story, schedule))) for schedule in story.schedules]
    where = ranges(program, (node for each in players for _, node in each))
    lost = dropped(program.text, program.places.text)
    if lost is None:
        return []
    return [
        tuple(
            sorted(
                (Role(name, *(shifted_place(place, lost) for place in where[node])) for name, node in each),
                key=lambda role: (role.location, role.name),
            )
        )
        for each in players
    ]


def _players(story: Trace, schedule: Schedule) -> Iterator[tuple[RoleName, outline.Node]]:
    yield "schedule", story.schedules[schedule].node
    updates: set[outline.Node] = set()
    for following in story.followings():
        if following.schedule == schedule:
            yield "optimizer", story.optimizers[following.optimizer].node
            yield "update", following.update.node
            updates.add(following.update.node)
    for optimizer, told in story.optimizers.items():
        if schedule in story.meant(optimizer):
            yield "optimizer", told.node
    steps = story.steps_behind(schedule)
    for variable in (variable for variable in story.variables if variable in steps):
        yield "step", story.variables[variable]
        for move in story.moves_of(variable):
            if move.kind != "update" and move.node not in updates:
                yield "move", move.node
    for container, kept in story.containers.items():
        if container in story.schedules[schedule].step.value:
            yield "step", kept.node
