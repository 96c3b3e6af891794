"""Questions about numbers that stand for a step: where they are written, and what else reads and counts them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lrlint import outline
from lrlint.trace.events import Count, Counter
from lrlint.trace.numbers import NumberQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import moved_in
from lrlint.trace.values import Atom, ConstantTensor, Literal, Number, NumberArray, Schedule, Variable

if TYPE_CHECKING:
    from lrlint.trace.story import Trace


class CounterQueries(NumberQueries):
    """What becomes of a number that is to be a step."""

    __slots__ = ()

    @remembered
    def number_steps(self) -> tuple[Schedule, ...]:
        """The schedules that read a plain number, once for several updates or as it stands; each as often as it is met."""
        met = (*self.built_once(), *self.literal_steps())
        return tuple(
            schedule for schedule in met if self.schedules[schedule].step.node and self.is_number_step(schedule)
        )

    def number_counter(self, schedule: Schedule) -> Counter | None:
        """The numbers that a schedule reads, with all that counts and reads them; ``None`` where that is not known.

        The program is walked again for it, with variables in place of the numbers of all ``number_steps``.
        """
        made, other = self._written(schedule), self._supposed()
        if not made or other is None:
            return None
        numbers = other.numbers_at(made)
        steps = {atom for same in other.like(schedule) for atom in other.steps(same)}
        counter = other.counter_of(numbers) if steps <= numbers else None
        tensors = all(isinstance(atom, ConstantTensor) for atom in self.steps(schedule))
        return counter._replace(tensors=tensors) if counter is not None else None

    @remembered
    def _supposed(self) -> Trace | None:
        """The program walked with variables in place of its numbers; ``None`` where not all of it was."""
        made = frozenset(node for schedule in self.number_steps() for node in self._written(schedule))
        other: Trace | None = None
        while self.again is not None and (other is None or not made <= other.supposed.keys()):
            other = self.again(made)
            if not other.complete:
                return None
            made |= other.written_beside()
        return other

    @remembered
    def _written(self, schedule: Schedule) -> frozenset[outline.BaseExpression]:
        """Where the numbers that a schedule reads are written; nothing where one of them is not known."""
        marked = self._marked()
        if marked is None:
            return frozenset()
        made: set[outline.BaseExpression] = set()
        for same in marked.like(schedule):
            for atom in marked.steps(same):
                node = atom.made if isinstance(atom, (Literal, Number)) else None
                if isinstance(atom, (ConstantTensor, NumberArray)) and isinstance(
                    atom.site.node, outline.BaseExpression
                ):
                    node = atom.site.node
                if node is None or node is marked.schedules[same].step.node:
                    return frozenset()
                made.add(node)
        return frozenset(made)

    @remembered
    def _marked(self) -> Trace | None:
        """The program walked once more, with numbers that know where they are written."""
        return self.again(frozenset()) if self.again is not None else None

    def written_beside(self) -> frozenset[outline.BaseExpression]:
        """Where the numbers are written that stand under the same names as the supposed ones: in the other arm of a branch."""
        return frozenset(
            atom.made
            for variables in self.supposed.values()
            for atom in self._beside(variables)
            if isinstance(atom, (Literal, Number)) and atom.made is not None
        )

    def _beside(self, variables: Iterable[Variable]) -> set[Atom]:
        """All that stands under the same names as some variables, and these themselves."""
        return {
            atom for variable in variables for node in self.mentions.get(variable, ()) for atom in self.stands_for[node]
        }

    def numbers_at(self, places: Iterable[outline.BaseExpression]) -> frozenset[Variable]:
        """The variables that are supposed at some places, and those that stand under the same names as these."""
        groups = {group for place in places if (group := self._groups().get(place)) is not None}
        return groups.pop() if len(groups) == 1 else frozenset[Variable]().union(*groups)

    @remembered
    def _groups(self) -> dict[outline.BaseExpression, frozenset[Variable]]:
        """For each place of a supposed variable, all that stand under the same names."""
        groups: dict[outline.BaseExpression, frozenset[Variable]] = {}
        for first in self.supposed:
            if first in groups:
                continue
            places = {first}
            todo = [first]
            while todo:
                beside = {
                    self.variables.get(atom)
                    for atom in self._beside(self.supposed[todo.pop()])
                    if isinstance(atom, Variable)
                }
                new = {place for place in self.supposed.keys() & beside if place not in places}
                places |= new
                todo += new
            group = frozenset(variable for place in places for variable in self.supposed[place])
            groups.update(dict.fromkeys(places, group))
        return groups

    def like(self, schedule: Schedule) -> list[Schedule]:
        """The schedules that another walk has met in the same place, by the same calls."""
        calls = [link.call for link in schedule.site.path]
        return [
            same
            for same in self._schedules_at().get(schedule.site.node, ())
            if [link.call for link in same.site.path] == calls
        ]

    @remembered
    def _schedules_at(self) -> dict[outline.Node, list[Schedule]]:
        found: dict[outline.Node, list[Schedule]] = {}
        for schedule in self.schedules:
            found.setdefault(schedule.site.node, []).append(schedule)
        return found

    @remembered
    def counter_of(self, numbers: frozenset[Variable]) -> Counter | None:
        """What counts and reads variables, where each use of them is known and is of nothing else."""
        counts = [count for number in numbers for count in self._counts_of().get(number, ())]
        counted = {count.node: count for count in counts}
        reads = []
        for node in {node for number in numbers for node in self.mentions.get(number, ())}:
            if self.stands_for[node] - numbers:
                return None
            if not self.is_passed_on(node, self._step_ends()) and not any(
                outer in counted for outer in self.around(node)
            ):
                reads.append(node)
        if any(self.is_reached_from_outside(number) for number in numbers):
            return None
        made = [self.variables[number] for number in sorted(numbers, key=self._variable_order().__getitem__)]
        return Counter(tuple(dict.fromkeys(made)), tuple(counted.values()), tuple(reads))

    @remembered
    def _counts_of(self) -> dict[Variable, list[Count]]:
        found: dict[Variable, list[Count]] = {}
        for count in self.counts.values():
            if count.form != "discarded":
                found.setdefault(count.variable, []).append(count)
        return found

    @remembered
    def _step_ends(self) -> frozenset[outline.Node | None]:
        """The expressions that are used as a step is: given as one, or moved."""
        return self.step_places() | {moved_in(move.node) for move in self.moves.values()}
