"""Questions about turns: what happens in one iteration of a loop, and above all a step that moves twice in it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Hashable, Iterator

from lrlint import outline
from lrlint.trace.events import Move, Where
from lrlint.trace.mode import ModeScope
from lrlint.trace.remembered import remembered
from lrlint.trace.scope import Loop, Path
from lrlint.trace.steps import StepQueries
from lrlint.trace.syntax import alike, is_reference, moved_in, only_small_statement
from lrlint.trace.values import Atom, Variable

_STATEMENTS = (outline.BaseSmallStatement, outline.BaseCompoundStatement)


class TurnQueries(StepQueries):
    """What happens together."""

    __slots__ = ()

    def double_moves(self) -> Iterator[tuple[Move, Move]]:
        """Two moves of one step in one turn, in the order in which they happen."""
        moved: dict[Variable, list[Move]] = {}
        for move in self.moves.values():
            if move.kind in ("update", "added") and move.variable not in self.shared:
                moved.setdefault(move.variable, []).append(move)
        several = {variable for variable, moves in moved.items() if self._are_of_two(moves)}
        order = {id(move): number for number, move in enumerate(self.moves.values())}
        later: dict[Hashable, deque[Move]] = {}
        for move in (move for variable in several for move in moved[variable]):
            for company in self._companies(move):
                later.setdefault((move.variable, company), deque()).append(move)
        for first in self.moves.values():
            if first.variable in several and first.kind in ("update", "added"):
                beside = [later[first.variable, company] for company in self._companies(first)]
                for moves in beside:
                    moves.popleft()
                seconds = {id(second): second for moves in beside for second in moves}
                for number in sorted(seconds, key=order.__getitem__):
                    if self._in_one_turn(first, seconds[number]):
                        yield first, seconds[number]

    def _companies(self, move: Move) -> set[Hashable]:
        """What two moves share that may happen in one turn: the turn, or the statement, where one stands in the other."""
        statements = (node for node in reversed(self.around(move.node)) if isinstance(node, _STATEMENTS))
        return {next(statements, move.node), *(turn for where in self._turns(move) for turn in self._all_of(where))}

    def _are_of_two(self, moves: Collection[Move]) -> bool:
        """Whether not all of some moves are by hand, nor all the updates of one optimizer."""
        makers = [self._makers(move) for move in moves if move.kind == "update"]
        return len(moves) > 1 and bool(makers) and (len(makers) < len(moves) or not set.intersection(*makers))

    def _in_one_turn(self, first: Move, second: Move) -> bool:
        kinds = {first.kind, second.kind}
        if first.node is second.node or kinds == {"added"}:
            return False
        if kinds == {"update"} and self._makers(first) & self._makers(second):
            return False
        if self._stands_in(first.node, second.node) or self._stands_in(second.node, first.node):
            return self._runs_each_time(first.where.scope)
        if self._is_set(first.variable) or first.where.excludes(second.where):
            return False
        turns = {turn for where in self._turns(second) for turn in self._all_of(where)}
        return any(turn in turns for where in self._turns(first) for turn in self._all_of(where))

    def _stands_in(self, inner: outline.Node, outer: outline.Node) -> bool:
        return any(node is outer for node in self.around(inner))

    def _is_set(self, variable: Variable) -> bool:
        return any(move.kind == "set" for move in self.settings_of(variable))

    def turn(self, where: Where) -> tuple[Hashable, ...] | None:
        """What tells the turns of a loop, or the calls of a function, from others; ``None`` where nothing is repeated."""
        repeats = where.path.entry.function is not self.module or self._recurs(where.path)
        return (where.loops or where.path, where.assumed) if where.loops or repeats else None

    def _all_of(self, where: Where) -> set[Hashable]:
        """The turns in which something happens: behind an arm that leaves, it is one with what is in the other."""
        settled = where._replace(assumed=where.assumed | where.settled)
        return {turn for each in (where, settled) if (turn := self.turn(each)) is not None}

    def _recurs(self, path: Path) -> bool:
        """Whether what is on a path is in a function that calls itself."""
        return any(link.function in self.recursive for link in path)

    def _turns(self, move: Move) -> list[Where]:
        """Where a move happens: where it stands, or, in a graph, where a session runs it."""
        return [move.where] if self._runs_each_time(move.where.scope) else self.runs.get(move.node, [])

    def binds_what_it_moves(self, move: Move) -> outline.SimpleStatementLine | None:
        """The line ``step = step.assign_add(1)``, which can be taken away where the step moves elsewhere."""
        line = self.own_line(move.node)
        small = only_small_statement(line) if line is not None else None
        if not isinstance(small, outline.Assign) or len(small.targets) != 1:
            return None
        return line if alike(small.targets[0].target, moved_in(move.node)) else None

    def moved_on_its_way(self, move: Move) -> outline.BaseExpression | None:
        """The step in ``global_step=step.assign_add(1)``, where that is the whole argument."""
        step = moved_in(move.node) if self.updates_given(move.node) else None
        return step if step is not None and is_reference(step) else None

    @remembered
    def loops_of_updates(self) -> frozenset[tuple[Loop, ...]]:
        """The loops around updates."""
        keras = (update.where.loops for update in self.keras_updates.values())
        return frozenset((*(update.where.loops for update in self.updates.values()), *keras))

    def place_of(self, move: Move) -> outline.Node:
        """The expression that moves a step: of an update, the argument."""
        update = self.updates.get((move.node, move.where.path))
        return update.global_step.node or move.node if update is not None else move.node

    def _makers(self, move: Move) -> set[Atom]:
        update = self.updates.get((move.node, move.where.path))
        return set(update.optimizers) if update is not None else set()

    def _runs_each_time(self, scope: ModeScope) -> bool:
        """Whether code runs when its line is reached: in eager mode, and in the body of a ``tf.function``."""
        evidence = self.modes.of(scope)
        return evidence is not None and (evidence.mode == "eager" or evidence.traced)
