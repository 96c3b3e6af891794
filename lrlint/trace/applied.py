"""Questions about what is applied: by how much a step moves, and what an optimizer makes of a rate."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from lrlint import outline
from lrlint.trace.events import Count, Move, OptimizerStory, Passed, Use
from lrlint.trace.formats import asked
from lrlint.trace.hoisting import HoistingQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import last_name
from lrlint.trace.values import (
    ConstantTensor,
    Container,
    Derived,
    Function,
    Literal,
    Optimizer,
    Rate,
    Schedule,
    Variable,
)


class AppliedQueries(HoistingQueries):
    """The rates that updates apply, and the steps they apply them at."""

    __slots__ = ()

    def followers(self, schedule: Schedule) -> list[OptimizerStory]:
        """The optimizers that follow a schedule, or were meant to."""
        return self._followers().get(schedule, [])

    @remembered
    def _followers(self) -> dict[Schedule, list[OptimizerStory]]:
        found: dict[Schedule, list[OptimizerStory]] = {}
        for story in self.optimizers.values():
            for schedule in self.meant(story.optimizer):
                found.setdefault(schedule, []).append(story)
        return found

    def stride(self, move: Move) -> float | None:
        """By how much a move advances its step, where that is known."""
        if move.kind == "update":
            return 1
        amount, total = move.value.only(Literal), move.value.only(Derived)
        if amount is not None:
            return amount.content if isinstance(amount.content, (int, float)) else None
        return self.offset(total) if total is not None else None

    def moved_together(self, double_moves: Sequence[tuple[Move, Move]]) -> dict[int, list[Move]]:
        """By the identity of each move: all that moves its step in the same turn, in the order in which it happens."""
        together: dict[int, list[Move]] = {}
        for one, other in double_moves:
            here, there = together.setdefault(id(one), [one]), together.setdefault(id(other), [other])
            if here is not there:
                here.extend(there)
                together.update((id(move), here) for move in there)
        number = {id(move): position for position, move in enumerate(self.moves.values())}
        for moves in {id(moves): moves for moves in together.values()}.values():
            others = (move for move in self.moves_of(moves[0].variable) if id(move) not in together)
            moves.extend([other for other in others if any(self._goes_along(other, move) for move in moves)])
            moves.sort(key=lambda move: number[id(move)])
        return together

    def _goes_along(self, one: Move, other: Move) -> bool:
        """Whether one move happens in each turn in which another does."""
        here, there = one.where, other.where
        if here.path is not there.path or here.loops != there.loops or not self._runs_each_time(here.scope):
            return False
        return one.kind in ("added", "update") and here.assumed <= there.assumed | there.settled

    @remembered
    def moved_before_update(self, schedule: Schedule) -> float:
        """How far a step is moved by hand in each turn of a loop before the update reads its rate, as far as is known."""
        found: dict[int, float] = {}
        moves = [move for step in self.steps_behind(schedule) for move in self.moves_of(step) if move.kind == "added"]
        for update, _, _ in self.followings_of(schedule) if moves else ():
            for move in moves if update.where.loops else ():
                beside = move.where.loops == update.where.loops and move.where.path is update.where.path
                if beside and self.in_order(update.where.loops[-1].node, move.node, update.node):
                    found[id(move)] = self.stride(move) or 0
        return sum(found.values())

    def offset(self, derived: Derived) -> float | None:
        """The number that is added to a step in what is computed from it: -2 of ``step - 2``."""
        node, (source, *more) = derived.site.node, derived.sources
        if (
            more
            or not isinstance(node, outline.BinaryOperation)
            or not isinstance(node.operator, (outline.Add, outline.Subtract))
        ):
            return None
        operands = [node.left, node.right]
        if isinstance(node.operator, outline.Add) and _constant(node.left) is not None:
            operands.reverse()
        read, number = operands[0], _constant(operands[1])
        if number is None or not (read in self.mentions.get(source, ()) or read in self.global_step_calls):
            return None
        return -number if isinstance(node.operator, outline.Subtract) else number

    def follows_update(self, count: Count) -> bool:
        """Whether a step is counted behind the update that moves it, in the same turn of a loop."""
        updates = [move.node for move in self.moves_of(count.variable) if move.where.loops == count.where.loops]
        loop = count.where.loops[-1].node if count.where.loops else self.module
        return any(self.in_order(loop, node, count.node) for node in updates)

    def moved_as_step(self, schedule: Schedule) -> str | None:
        """What an update is to move that is no variable: the value that the schedule reads as its step.

        ``"tensor"``, ``"numpy"`` or a type of Python; then the update raises after it has moved the weights.
        """
        for update, _, _ in self.followings_of(schedule):
            moved = update.global_step.value
            if moved and self._is_eager(update.where.scope):
                kinds = {_kind(atom) for atom in moved}
                kind = kinds.pop()
                if not kinds and kind is not None:
                    return kind
        return None

    def left_behind(self, passed: Passed) -> list[Schedule]:
        """The schedules that read a step which somebody who does not move it was given, and nobody else moves."""
        found = {schedule for step in passed.value.all(Variable) for schedule in self._left_behind().get(step, ())}
        return sorted(found, key=self.order)

    @remembered
    def _left_behind(self) -> dict[Variable, list[Schedule]]:
        """The schedules that somebody follows, by the steps that they read and nobody moves."""
        found: dict[Variable, list[Schedule]] = {}
        for schedule in self.schedules:
            for step in self.standing_still(schedule) if self.followers(schedule) else ():
                found.setdefault(step, []).append(schedule)
        return found

    def format_asked(self, use: Use) -> str | None:
        """What a text asks of the schedule that goes into it, where it is more than text: see :func:`asked`."""
        return asked(use)

    def is_read_elsewhere(self, schedule: Schedule) -> bool:
        """Whether a rate reaches an optimizer through a variable, and so is read where that is assigned."""
        return any(story.rate.value.all(Variable) for story in self.followers(schedule))

    def step_handles(self, story: OptimizerStory) -> frozenset[str]:
        """The names, where an optimizer is made, of the step that its updates move, or that is counted beside them."""
        updates = self.updates_of(story.optimizer)
        moved = {variable for update in updates for variable in update.global_step.value.all(Variable)}
        counted = {variable for update in updates for variable in self._counted_in().get(self.turn(update.where), ())}
        steps = moved or counted
        return story.steps_at_hand.get(steps.pop(), frozenset()) if len(steps) == 1 else frozenset()

    @remembered
    def _counted_in(self) -> dict[Hashable, set[Variable]]:
        """The variables that are counted in each turn."""
        found: dict[Hashable, set[Variable]] = {}
        for move in self.moves.values():
            turn = self.turn(move.where)
            if turn is not None and self._counts(move):
                found.setdefault(turn, set()).add(move.variable)
        return found

    def _counts(self, move: Move) -> bool:
        """Whether a move adds 1, or what it sets a variable to is computed from that alone."""
        total = move.value.only(Derived)
        own = total is not None and total.sources == {move.variable}
        return move.kind == "added" and (own or self.stride(move) == 1)

    def part(self, schedule: Schedule, optimizer: Optimizer | None = None) -> float | None:
        """What the optimizers that follow a schedule, or one that should, multiply its rate with, where that is known."""
        fed = self._fed().get(schedule, [])
        stories = [*self.followers(schedule), *fed] if optimizer is None else [self.optimizers[optimizer]]
        parts = {self._part(story, schedule) for story in stories if not story.wrapped}
        return parts.pop() if len(parts) == 1 else None if parts else 1.0

    @remembered
    def _fed(self) -> dict[Schedule, list[OptimizerStory]]:
        """The optimizers that were given what was computed from a schedule, or from a number that it gave."""
        found: dict[Schedule, list[OptimizerStory]] = {}
        for story in self.optimizers.values():
            sources = {source for derived in story.rate.value.all(Derived) for source in derived.sources}
            behind = {source.schedule if isinstance(source, Rate) else source for source in sources}
            for schedule in behind:
                if isinstance(schedule, Schedule):
                    found.setdefault(schedule, []).append(story)
        return found

    def _part(self, story: OptimizerStory, schedule: Schedule) -> float | None:
        parts: set[float | None] = set()
        for atom in story.rate.value:
            if atom == schedule or (isinstance(atom, Rate) and atom.schedule == schedule):
                parts.add(1.0)
            elif isinstance(atom, Derived):
                parts.add(self._factor(atom.site.node))
            elif isinstance(atom, Function):
                parts.add(self._factor(_result(atom)))
            elif isinstance(atom, Variable) and atom in self.initial:
                assigned = [move.value for move in self.moves_of(atom)]
                rates = (Rate, Schedule)
                plain = all(
                    isinstance(given, rates) for value in (self.initial[atom].value, *assigned) for given in value
                )
                parts.add(1.0 if plain else None)
            else:
                parts.add(None)
        return parts.pop() if len(parts) == 1 else None

    @remembered
    def _kept_places(self) -> frozenset[outline.BaseExpression]:
        """The expressions that stand for schedules."""
        return frozenset(node for kept in self.kept.values() for node in kept)

    def _factor(self, node: outline.Node | None) -> float | None:
        """What an expression multiplies the rate in it with: 0.5 of ``lr() * 0.5``."""
        if isinstance(node, (outline.Name, outline.Attribute)):
            if node in self._kept_places():
                return 1.0
            derived = [atom for atom in self.stands_for.get(node, ()) if isinstance(atom, Derived)]
            return self._factor(derived[0].site.node) if len(derived) == 1 else None
        if isinstance(node, outline.Call) and node not in self.choices:
            return 1.0 if self.called_at_once(node) is not None else None
        if isinstance(node, outline.BinaryOperation) and isinstance(node.operator, (outline.Multiply, outline.Divide)):
            left, right = _constant(node.left), _constant(node.right)
            if isinstance(node.operator, outline.Divide):
                inner = self._factor(node.left) if right else None
                return inner / right if inner is not None and right else None
            number, rate = (left, node.right) if left is not None else (right, node.left)
            inner = self._factor(rate) if number is not None else None
            return inner * number if inner is not None and number is not None else None
        return None


def _constant(node: outline.Node) -> float | None:
    return node.evaluated_value if isinstance(node, (outline.Integer, outline.Float)) else None


def _result(function: Function) -> outline.Node | None:
    """The expression that a function returns, where it does nothing else."""
    if isinstance(function.node, outline.Lambda):
        return function.node.body
    body = function.node.body
    lines = body.body if isinstance(body, outline.IndentedBlock) else ()
    only = lines[-1] if len(lines) == 1 else None
    small = only.body[0] if isinstance(only, outline.SimpleStatementLine) and len(only.body) == 1 else None
    return small.value if isinstance(small, outline.Return) else None


def _kind(atom: object) -> str | None:
    """What something is that stands where a step should; ``None`` for a step, and for what nobody knows."""
    if isinstance(atom, Literal):
        return atom.kind.__name__ if atom.kind in (int, float) else None
    if isinstance(atom, Container):
        return atom.kind if atom.kind in ("list", "tuple") else None
    if isinstance(atom, ConstantTensor):
        return "tensor"
    if isinstance(atom, Derived) and all(isinstance(source, Variable) for source in atom.sources):
        name = last_name(atom.site.node.func) if isinstance(atom.site.node, outline.Call) else ""
        return {"numpy": "numpy", "int": "int", "float": "float"}.get(name, "tensor")
    return None
