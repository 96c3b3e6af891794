"""Questions about code outside the file: what it gets hold of, so that nobody knows what becomes of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from lrlint import outline
from lrlint.trace.positions import PositionQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.values import GLOBAL_STEP, Atom, Bound, Container, Instance, Object, Optimizer, Variable, is_opaque


class OutsideQueries(PositionQueries):
    """What is lost sight of, and what is only handed on."""

    __slots__ = ()

    @remembered
    def out_of_sight(self, variable: Variable) -> bool:
        """Whether code outside the file may move a step: it holds the step, or something through which it gets it."""
        if not self.complete or self._is_swept(variable):
            return True
        lost = self._lost()
        if variable == GLOBAL_STEP and any(isinstance(atom, Optimizer) for atom in lost):
            return True
        return variable in lost or self._is_fed_from_outside(variable)

    @remembered
    def _lost(self) -> frozenset[Atom]:
        """What code outside the file gets hold of, at once or by way of something that holds it."""
        return frozenset(self._reachable(self.escaped))

    @remembered
    def _lost_inside(self) -> frozenset[Atom]:
        """What code outside the file gets by way of something else."""
        return frozenset(held for atom in self._lost() for held in self._held_by(atom) if held is not atom)

    def _is_swept(self, variable: Variable) -> bool:
        """Whether a step is in a collection of variables that the program walks over, and sets what it meets."""
        trains = variable != GLOBAL_STEP and variable not in self.untrainable
        return bool(self.swept - {"tf.trainable_variables"}) or (bool(self.swept) and trains)

    def _is_fed_from_outside(self, variable: Variable) -> bool:
        """Whether a step is a public attribute of a class that only other files make, and run, in a graph."""
        if variable.site is None or self._is_eager(variable.site.scope) or self.runs:
            return False
        return any(
            isinstance(owner, Instance)
            and owner.site.node is owner.cls.node
            and any(
                isinstance(slot, str)
                and not slot.startswith("_")
                and variable in (self.store.read((owner, slot)) or ())
                for slot in slots
            )
            for owner, slots in self.store.owners.get(variable, {}).items()
        )

    def _reachable(self, roots: Iterable[Atom]) -> Iterator[Atom]:
        seen: set[Atom] = set()
        todo = list(roots)
        while todo:
            atom = todo.pop()
            if atom in seen:
                continue
            seen.add(atom)
            yield atom
            todo.extend(self._held_by(atom))

    def _held_by(self, atom: Atom) -> Iterator[Atom]:
        """What whoever has a thing gets by way of it."""
        if isinstance(atom, (Instance, Container, Object)) or is_opaque(atom):
            for slot in self.store.slots.get(atom, ()):
                yield from self.store.read((atom, slot)) or ()
        elif isinstance(atom, Bound):
            yield atom.receiver

    def is_reached_from_outside(self, thing: Atom) -> bool:
        """Whether code outside the file gets a thing by way of something that holds it."""
        if thing not in self._lost_inside():
            return False
        is_end = thing not in self.escaped or next(self._held_by(thing), None) is None
        return is_end or thing in set(self._reachable(self.escaped - {thing}))

    def is_passed_on(self, node: outline.BaseExpression, ends: Collection[outline.Node | None] = ()) -> bool:
        """Whether nothing is done with an expression here: it is given a name, handed on, held, or is one of ``ends``."""
        while node not in self.handed and node not in self.assigned and node not in ends:
            if node not in self.held:
                return False
            node = self.held[node]
        return True
