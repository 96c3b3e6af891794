"""Questions about numbers that stand for a step: where they are written, and what else reads and counts them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import libcst as cst

from lrlint.trace.events import Counter
from lrlint.trace.numbers import NumberQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import contains, moved_in
from lrlint.trace.values import ConstantTensor, Literal, Number, NumberArray, Schedule, Variable

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


class CounterQueries(NumberQueries):
    """What becomes of a number that is to be a step."""

    __slots__ = ()

    def number_counter(self, schedule: Schedule) -> Counter | None:
        """The numbers that a schedule reads, with all that counts and reads them; ``None`` where that is not known.

        The program is walked again for it, with variables in place of the numbers.
        """
        made = self._written(schedule)
        before: frozenset[cst.BaseExpression] = frozenset()
        while made and made != before and self.again is not None:
            before, other = made, self.again(made)
            supposed = {variable for variable in other.variables if other.variables[variable] in made}
            steps = {atom for same in other.like(schedule) for atom in other.steps(same)}
            if not other.complete or not steps <= supposed:
                return None
            made |= other.written_beside(supposed)
            if made == before:
                return other.counter_of(supposed)
        return None

    def _written(self, schedule: Schedule) -> frozenset[cst.BaseExpression]:
        """Where the numbers that a schedule reads are written; nothing where one of them is not known."""
        marked = self._marked()
        if marked is None:
            return frozenset()
        made: set[cst.BaseExpression] = set()
        for same in marked.like(schedule):
            for atom in marked.steps(same):
                node = atom.made if isinstance(atom, (Literal, Number)) else None
                if isinstance(atom, (ConstantTensor, NumberArray)) and isinstance(atom.site.node, cst.BaseExpression):
                    node = atom.site.node
                if node is None or node is marked.schedules[same].step.node:
                    return frozenset()
                made.add(node)
        return frozenset(made)

    @remembered
    def _marked(self) -> Trace | None:
        """The program walked once more, with numbers that know where they are written."""
        return self.again(frozenset()) if self.again is not None else None

    def written_beside(self, numbers: Iterable[Variable]) -> frozenset[cst.BaseExpression]:
        """Where the other numbers are written that stand under the same names as these: in the other arm of a branch."""
        return frozenset(
            atom.made
            for variable in numbers
            for node in self.mentions.get(variable, ())
            for atom in self.stands_for[node]
            if isinstance(atom, (Literal, Number)) and atom.made is not None
        )

    def like(self, schedule: Schedule) -> list[Schedule]:
        """The schedules that another walk has met in the same place, by the same calls."""
        calls = [link.call for link in schedule.site.path]
        return [
            same
            for same in self.schedules
            if same.site.node is schedule.site.node and [link.call for link in same.site.path] == calls
        ]

    def counter_of(self, numbers: Collection[Variable]) -> Counter | None:
        """What counts and reads variables, where each use of them is known and is of nothing else."""
        counts = [count for count in self.counts.values() if count.variable in numbers and count.form != "discarded"]
        steps = {story.step.node for story in self.schedules.values()}
        steps |= {update.global_step.node for update in self.updates.values()}
        steps |= {moved_in(move.node) for move in self.moves.values() if move.variable in numbers}
        statements = {count.node: count for count in counts}
        reads = []
        for node in {node for variable in numbers for node in self.mentions.get(variable, ())}:
            if self.stands_for[node] - set(numbers):
                return None
            if not self.is_passed_on(node, steps) and not any(contains(counted, node) for counted in statements):
                reads.append(node)
        if any(self.is_reached_from_outside(variable) for variable in numbers):
            return None
        made = [self.variables[variable] for variable in self.variables if variable in numbers]
        return Counter(tuple(dict.fromkeys(made)), tuple(statements.values()), tuple(reads))
