"""From nodes to rows and columns, and only for the nodes that mistakes name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lrlint.changes import Written
from lrlint.finding import Effect, Finding, Location, Related
from lrlint.rules.base import Mistake, Repair, Rule, Strays

if TYPE_CHECKING:
    from lrlint.outline import Node
    from lrlint.program import Program
    from lrlint.trace import Trace


def locate(program: Program, trace: Trace, mistakes: Iterable[tuple[Rule, Mistake]]) -> tuple[list[Finding], str]:
    """The findings of a program, in the order of its text, each with what it costs; and the text of their places."""
    pairs = list(mistakes)
    if not pairs:
        return [], ""
    named = {node for _, mistake in pairs for node in _nodes(mistake)}
    enclosed = {node for _, mistake in pairs if mistake.repair for node in _enclosed(mistake.repair)}
    written = Written(*program.spans(named, enclosed))
    costs = _Costs(trace)
    findings = (_finding(costs, written, rule, mistake) for rule, mistake in pairs)
    return sorted(findings, key=lambda finding: finding.sort_key), written.text


def ranges(program: Program, nodes: Iterable[Node]) -> dict[Node, tuple[Location, Location]]:
    """Where nodes of a program begin and end."""
    named = set(nodes)
    written = Written(*program.spans(named, set()))
    return {node: written.range(node) for node in named}


def _nodes(mistake: Mistake) -> Iterator[Node]:
    yield mistake.node
    for node, _ in mistake.related:
        yield node
    if mistake.repair:
        for change in mistake.repair.changes:
            yield change.node


def _enclosed(repair: Repair) -> Iterator[Node]:
    """The nodes that are changed with their parentheses."""
    for change in repair.changes:
        if change.enclosed:
            yield change.node
        if change.inner is not None:
            yield change.inner


def _finding(costs: _Costs, written: Written, rule: Rule, mistake: Mistake) -> Finding:
    start, end = written.range(mistake.node)
    related = sorted(
        (Related(message, *written.range(node)) for node, message in mistake.related),
        key=lambda place: (place.location, place.message),
    )
    effect = costs.of(mistake.effect) if mistake.effect else None
    return Finding(
        rule.code,
        rule.name,
        f"{mistake.message}: {effect.text}" if effect and effect.text else mistake.message,
        start,
        end,
        fix=written.fix(rule, mistake.repair) if mistake.repair else None,
        related=tuple(related),
        mode=mistake.mode,
        evidence=mistake.evidence,
        effect=effect,
    )


class _Costs:
    """What mistakes cost: where a schedule strays in the same way again and again, it is computed once."""

    def __init__(self, trace: Trace) -> None:
        self._trace = trace
        self._known: dict[object, Effect] = {}

    def of(self, strays: Strays) -> Effect:
        from lrlint.effect.story import effect_of

        if strays.constant is not None or strays.meant is not None or strays.read is not None:
            return effect_of(self._trace, strays)
        numbers = (repr(strays.lead), repr(strays.speed))  # 1 and 1.0 are written as they are
        key = (strays.schedule, strays.optimizer, strays.way, strays.error, strays.raises, strays.made, strays.unknown)
        if (key, numbers) not in self._known:
            self._known[key, numbers] = effect_of(self._trace, strays)
        return self._known[key, numbers]
