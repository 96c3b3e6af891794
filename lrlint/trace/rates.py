"""Questions about rates: which schedule an optimizer follows, and what it was given instead."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from heapq import merge

from lrlint import outline, tf_api
from lrlint.trace.events import Checkpoint, Following, FrozenCopy, OptimizerStory, ScheduleStory, Update, Use
from lrlint.trace.remembered import remembered
from lrlint.trace.scope import Path
from lrlint.trace.syntax import alike, dotted, last_name
from lrlint.trace.turns import TurnQueries
from lrlint.trace.values import (
    Atom,
    Class,
    Container,
    Derived,
    Instance,
    Literal,
    Number,
    Object,
    Optimizer,
    Rate,
    Schedule,
    Variable,
    is_opaque,
)


class RateQueries(TurnQueries):
    """Who follows a schedule, and who only seems to."""

    __slots__ = ()

    @remembered
    def followed(self, optimizer: Optimizer, seen: frozenset[Optimizer] = frozenset()) -> frozenset[Schedule]:
        """The schedules that an optimizer reads before each of its updates, or one that it wraps does."""
        story = self.optimizers.get(optimizer)
        if story is None or optimizer in seen:
            return frozenset()
        followed = set(story.via_callable)
        for atom in story.rate.value:
            if isinstance(atom, Schedule):
                followed.add(atom)
            elif isinstance(atom, Derived) and not self._is_eager(atom.site.scope):
                # In eager mode it raises; where the mode is not known, it is graph code that works.
                followed.update(source for source in atom.sources if isinstance(source, Schedule))
            elif isinstance(atom, Variable):
                followed.update(self._assigned_rates(atom))
        for inner in story.wrapped:
            followed |= self.followed(inner, seen | {optimizer})
        return frozenset(followed)

    def _assigned_rates(self, variable: Variable) -> Iterator[Schedule]:
        """The schedules whose rates are assigned to a variable again and again."""
        for move in self.moves_of(variable):
            path = move.where.path
            again = move.where.loops or path.entry.function is not self.module or self._recurs(path)
            for atom in move.value if again else ():
                if isinstance(atom, Rate):
                    yield atom.schedule
                elif isinstance(atom, Derived):
                    yield from (source.schedule for source in atom.sources if isinstance(source, Rate))

    @remembered
    def meant(self, optimizer: Optimizer) -> frozenset[Schedule]:
        """The schedules that an optimizer follows, or would follow had it been given them instead of their rates."""
        if not self.outlives_an_update(optimizer):
            return self.followed(optimizer)
        return self.followed(optimizer) | {rate.schedule for rate in self.frozen(optimizer)}

    @remembered
    def frozen(self, optimizer: Optimizer) -> frozenset[Rate]:
        """The rates that an optimizer was given as numbers, once and for all."""
        story = self.optimizers.get(optimizer) if not self._is_set_anew(optimizer) else None
        rates: set[Rate] = set()
        for atom in story.rate.value if story is not None else ():
            if isinstance(atom, Rate):
                rates.add(atom)
            elif isinstance(atom, Derived) and atom.site.node not in self.choices:
                rates.update(source for source in atom.sources if isinstance(source, Rate))
        return frozenset(rates)

    def _is_set_anew(self, optimizer: Optimizer) -> bool:
        """Whether the program writes where an optimizer keeps its rate, which it reads at each update."""
        return any(owner == optimizer or is_opaque(owner) for owner in self._set_anew())

    @remembered
    def _set_anew(self) -> tuple[Atom, ...]:
        """The things, of whatever kind, of which the program sets what optimizers keep their rates in."""
        slots = self.store.slots
        return tuple(owner for owner in slots if not tf_api.RATE_ATTRIBUTES.isdisjoint(slots[owner]))

    def updates_of(self, optimizer: Optimizer) -> list[Update]:
        """The updates that an optimizer makes, itself or through one that wraps it."""
        return self._updates_by_optimizer().get(optimizer, [])

    @remembered
    def _updates_by_optimizer(self) -> dict[Optimizer, list[Update]]:
        found: dict[Optimizer, list[Update]] = {}
        for update in self.updates.values():
            makers = update.optimizers.all(Optimizer)
            inner = [
                wrapped for maker in makers if maker in self.optimizers for wrapped in self.optimizers[maker].wrapped
            ]
            for optimizer in dict.fromkeys((*makers, *inner)):
                found.setdefault(optimizer, []).append(update)
        return found

    @remembered
    def outlives_an_update(self, optimizer: Optimizer) -> bool:
        """Whether an optimizer is built once and then makes several updates."""
        site = optimizer.site
        if site.loops or self._recurs(site.path):
            return False
        updates = self.updates_of(optimizer)
        if not updates:
            return optimizer in self.escaped and site.path.entry.function is self.module
        in_module = site.path.entry.function is self.module
        return (in_module and len(updates) > 1) or any(
            update.where.loops
            or self._recurs(update.where.path)
            or update.where.path.entry is not site.path.entry
            or self._is_graph(update.where.scope)
            for update in updates
        )

    def is_kept_once(self, schedule: Schedule) -> bool:
        """Whether all that optimizers have of a schedule are rates of one moment, whatever its step does."""
        return schedule in self._kept_once()

    @remembered
    def _kept_once(self) -> frozenset[Schedule]:
        meant = frozenset[Schedule]().union(*map(self.meant, self.optimizers))
        copied = {copy.schedule for copy in self.frozen_copies()}
        return (meant | copied).difference(*map(self.followed, self.optimizers))

    @remembered
    def followings(self) -> tuple[Following, ...]:
        """Who follows what in each update, in the order in which they are met."""
        return tuple(
            Following(update, optimizer, schedule)
            for update in self.updates.values()
            for optimizer in update.optimizers.all(Optimizer)
            for schedule in sorted(self.meant(optimizer), key=self.order)
        )

    @remembered
    def _followings_by_schedule(self) -> dict[Schedule, list[Following]]:
        found: dict[Schedule, list[Following]] = {}
        for following in self.followings():
            found.setdefault(following.schedule, []).append(following)
        return found

    def followings_of(self, schedule: Schedule) -> list[Following]:
        """The updates by those who follow a schedule, in the order in which they are met."""
        return self._followings_by_schedule().get(schedule, [])

    def shares_turn(self, following: Following) -> bool:
        """Whether another update of the same turn has a schedule whose step is the same, and which nothing moves."""
        update = following.update
        return any(
            other.node is not update.node and not other.where.excludes(update.where)
            for others in self._waiting(following).values()
            for other in others
        )

    def comes_before_another(self, following: Following) -> bool:
        """Whether such an update comes later in the turn, by another optimizer: that one is to move the step.

        Then both have read the step by the time it moves.
        """
        update, number = following.update, self._update_order()
        for optimizer, others in reversed(self._waiting(following).items()):
            beside = (other for other in reversed(others) if not other.where.excludes(update.where))
            last = next(beside, update) if optimizer != following.optimizer else update
            if number[id(last)] > number[id(update)]:
                return True
        return False

    def _waiting(self, following: Following) -> dict[Optimizer, list[Update]]:
        """All updates in the turn of one whose schedules read the same step, which nothing moves, by who makes them."""
        turn = self.turn(following.update.where)
        key = (turn[0], self.steps_behind(following.schedule)) if turn is not None else None
        return self._waiting_in_turns().get(key, {})

    @remembered
    def _waiting_in_turns(self) -> dict[Hashable, dict[Optimizer, list[Update]]]:
        found: dict[Hashable, dict[Optimizer, list[Update]]] = {}
        for update, optimizer, schedule in self.followings():
            turn = self.turn(update.where)
            if turn is not None and self.standing_still(schedule):
                by_optimizer = found.setdefault((turn[0], self.steps_behind(schedule)), {})
                by_optimizer.setdefault(optimizer, []).append(update)
        return found

    @remembered
    def _update_order(self) -> dict[int, int]:
        """A number for each update, by its identity: they stand in it as they are met."""
        return {id(update): number for number, update in enumerate(self.updates.values())}

    @remembered
    def counting_update(self, schedule: Schedule, optimizer: Optimizer | None) -> Update | None:
        """An update that is made as often as the step of a schedule is to move.

        That is the only one by those who follow the schedule, and by an optimizer that should, or any of several in the
        same loops, each by another optimizer: only one of those may move the step in each turn.
        """
        makers, updates = set[Optimizer](), dict[outline.Node, Update]()
        for update, maker, _ in self.followings_of(schedule):
            makers.add(maker)
            updates[update.node] = update
        if optimizer is not None:
            makers.add(optimizer)
            updates |= {update.node: update for update in self.updates_of(optimizer)}
        together = len({update.where.loops for update in updates.values()}) == 1 and len(makers) == len(updates)
        return next(iter(updates.values())) if len(updates) == 1 or together else None

    def is_plain_rate(self, story: OptimizerStory) -> bool:
        """Whether an optimizer was given the rates of one schedule as they are, or as floats."""
        schedules: set[Schedule] = set()
        for atom in story.rate.value:
            if isinstance(atom, Rate):
                schedules.add(atom.schedule)
            elif isinstance(atom, Derived) and isinstance(atom.site.node, outline.Call):
                at_once = self.called_at_once(atom.site.node)
                if at_once is None:
                    return False
                schedules.add(at_once[1].schedule)
            else:
                return False
        return len(schedules) == 1

    def called_at_once(self, node: outline.BaseExpression) -> tuple[outline.Call, Rate] | None:
        """The call of a schedule in ``lr()``, ``lr().numpy()``, ``float(lr())`` and their kind, with its rate."""
        while isinstance(node, outline.Call) and node not in self.calls:
            if isinstance(node.func, outline.Attribute) and node.func.attr.value in ("numpy", "item") and not node.args:
                node = node.func.value
            elif last_name(node.func) in tf_api.FLOATS and len(node.args) == 1:
                node = node.args[0].value
            else:
                return None
        return (node, self.calls[node]) if isinstance(node, outline.Call) else None

    def made(self, update: Update) -> list[Optimizer]:
        """The optimizers of an update that are made in the file."""
        return [optimizer for optimizer in update.optimizers.all(Optimizer) if optimizer in self.optimizers]

    def built_once(self) -> Iterator[Schedule]:
        """The schedules that are built once, for an optimizer that makes several updates with them."""
        for story in self.optimizers.values():
            if story.keras:
                continue
            schedules = self.meant(story.optimizer)
            site = story.optimizer.site
            if (site.loops or self._recurs(site.path)) and self.updates_of(story.optimizer):
                schedules |= {rate.schedule for rate in self.frozen(story.optimizer)}
            elif not self.outlives_an_update(story.optimizer):
                continue
            for schedule in sorted(schedules, key=self.order):
                rebuilt = any(link.call is story.node for link in schedule.site.path)
                if not (rebuilt or schedule.site.loops or self._recurs(schedule.site.path)):
                    yield schedule

    def literal_steps(self) -> Iterator[Schedule]:
        """The schedules that are given a number as it stands, for an optimizer: however often they are built."""
        for story in self.optimizers.values():
            for schedule in sorted(self.followed(story.optimizer), key=self.order):
                if isinstance(self.schedules[schedule].step.node, outline.Integer):
                    yield schedule

    def given(self, story: OptimizerStory) -> list[Schedule]:
        """The schedules that an optimizer was given, as they are or in a callable rate."""
        return sorted({*story.rate.value.all(Schedule), *story.via_callable}, key=self.order)

    def moves_another(self, following: Following) -> bool:
        """Whether an update moves variables, and none of them is a step that its schedule reads and nothing moves."""
        update, _, schedule = following
        moved = update.global_step.value
        if not moved or self.weights_as_step(update) is not None or not self.standing_still(schedule):
            return False
        return all(isinstance(atom, Variable) and atom not in self.steps(schedule) for atom in moved)

    def steps_made_beside(self, update: Update, optimizer: Optimizer, schedule: Schedule) -> list[Variable]:
        """The steps that are made in the same turn of a loop as the update that is to move them."""
        steps = self.steps(schedule).all(Variable)
        if len(self.steps(schedule).atoms) != 1 or not update.where.loops or optimizer not in self.optimizers:
            return []
        return [
            step
            for step in steps
            if step.site is not None
            and step.site.loops == update.where.loops
            and step in self.made_where
            and self.made_where[step].assumed <= update.where.assumed
            and all(isinstance(atom, (Literal, Object)) for atom in self.initial[step].value)
        ]

    def unsaved_steps(self, checkpoint: Checkpoint) -> Iterator[tuple[Optimizer, Schedule, Variable]]:
        """The steps of the optimizers in a checkpoint that neither it nor any other checkpoint saves."""
        saved = self._all_saved()
        for passed in checkpoint.saved.values():
            for optimizer in passed.value.all(Optimizer):
                for schedule in sorted(self.followed(optimizer), key=self.order):
                    value = self.steps(schedule)
                    step = value.only(Variable)
                    if step is None or step in saved or self.out_of_sight(step) or not self.updates_of(optimizer):
                        continue
                    restored = step in self.initial and self.initial[step].value.only(Literal) is None
                    if not restored and not any(move.kind == "set" for move in self.moves_of(step)):
                        yield optimizer, schedule, step

    @remembered
    def _all_saved(self) -> frozenset[Atom]:
        """All that the checkpoints of a program save."""
        passed = (passed for checkpoint in self.checkpoints.values() for passed in checkpoint.saved.values())
        values = (*(each.value for each in passed), *self.saved)
        things = [slot for slot in self.store.slots if isinstance(slot, Object) and slot.name in tf_api.CHECKPOINTS]
        return frozenset(self._reachable([*(atom for value in values for atom in value), *things]))

    def unused_schedules(self) -> Iterator[tuple[Schedule, Optimizer]]:
        """The schedules that are bound to a name nobody reads, with an optimizer beside them that is given a number."""
        if not tf_api.NAME_READERS.isdisjoint(self.loads):
            return
        for schedule, story in self.schedules.items():
            if "name" in story.arguments or not (self._has_no_reader(story) or self._is_never_read(story)):
                continue
            # What stands at the top of a module without an update may be for others to import.
            at_top = schedule.site.path.function is self.module
            others = (
                other for other in self._constant_beside(schedule) if not at_top or self._trains_with(other, story)
            )
            if (other := next(others, None)) is not None:
                yield schedule, other

    def _constant_beside(self, schedule: Schedule) -> Iterator[Optimizer]:
        """The optimizers with a constant rate that are made where a schedule is, or both by helpers of one function."""
        made = self._constant_by_path()
        return (optimizer for _, optimizer in merge(*(made.get(path, ()) for path in _around(schedule))))

    def _trains_with(self, optimizer: Optimizer, story: ScheduleStory) -> bool:
        """Whether an optimizer has an update that is not over when a schedule of the module is made."""
        return any(
            update.where.path.function is not self.module
            or update.where.loops
            or not self.in_order(self.module, update.node, story.node)
            for update in self.updates_of(optimizer)
        )

    def _has_no_reader(self, story: ScheduleStory) -> bool:
        """Whether a schedule is dropped, or bound to a name that nobody reads."""
        bound = isinstance(self.assigned.get(story.node), outline.Name) or story.node in self.dropped
        return bound and not self.kept.get(story.schedule)

    def _is_never_read(self, story: ScheduleStory) -> bool:
        """Whether a schedule is only handed on and kept, by a program that trains when it is run: no other file can read it."""
        mentions = self.kept.get(story.schedule, set())
        return (
            not self._training_paths().isdisjoint(_around(story.schedule))
            and story.schedule.site.path.entry.function is self.module
            and all(self.is_passed_on(node) for node in (story.node, *mentions))
            and not self.is_reached_from_outside(story.schedule)
            and story.schedule not in self.escaped
            and not self._is_used(story.schedule)
        )

    def _is_used(self, schedule: Schedule) -> bool:
        """Whether anything is done with a schedule, or a thing that is not of the file holds it."""
        return schedule in self._schedules_used() or any(
            not isinstance(owner, (Instance, Class, Container))
            and any(schedule in (self.store.read((owner, slot)) or ()) for slot in slots)
            for owner, slots in self.store.owners.get(schedule, {}).items()
        )

    @remembered
    def _schedules_used(self) -> frozenset[Schedule]:
        """The schedules that are called, used, or given to an optimizer, or should have been."""
        used = {call.schedule for call in self.called.values()} | {use.schedule for use in self.uses.values()}
        return frozenset(used).union(
            *(self.given(story) for story in self.optimizers.values()), *map(self.meant, self.optimizers)
        )

    @remembered
    def _constant_by_path(self) -> dict[Path, list[tuple[int, Optimizer]]]:
        """The optimizers with a constant rate, numbered, by the call that makes them and by the one around it."""
        found: dict[Path, list[tuple[int, Optimizer]]] = {}
        for number, story in enumerate(self.optimizers.values()):
            # Without a rate, the class has one of its own.
            constant = all(
                isinstance(atom, Number) or (isinstance(atom, Literal) and atom.kind in (int, float))
                for atom in story.rate.value
            )
            for path in _around(story.optimizer) if constant and not story.wrapped else ():
                found.setdefault(path, []).append((number, story.optimizer))
        return found

    @remembered
    def _training_paths(self) -> frozenset[Path]:
        """The calls that make optimizers, and those around them, where these are updated when the program is run."""
        return frozenset(
            path
            for optimizer in self.optimizers
            if any(update.where.path.entry.function is self.module for update in self.updates_of(optimizer))
            for path in _around(optimizer)
        )

    def frozen_copies(self) -> Iterator[FrozenCopy]:
        """The copies of a rate that are made once, given to an optimizer, and never made again."""
        for story in self.optimizers.values():
            optimizer = story.optimizer
            if story.keras or self._is_set_anew(optimizer) or not self.outlives_an_update(optimizer):
                continue
            for atom in story.rate.value:
                if isinstance(atom, Derived) and atom.site.node in self.choices:
                    for source in atom.sources:
                        if isinstance(source, Rate):
                            yield FrozenCopy(atom.site.node, source.schedule, story, None)
                elif isinstance(atom, Variable) and not self._is_assigned(atom) and not self.out_of_sight(atom):
                    yield from self._copied_into(atom, story)

    def _is_assigned(self, variable: Variable) -> bool:
        """Whether a variable is given another value anywhere, be it a constant."""
        return bool(self.settings_of(variable))

    def _copied_into(self, variable: Variable, story: OptimizerStory) -> Iterator[FrozenCopy]:
        initial = self.initial.get(variable)
        for atom in initial.value if initial is not None else ():
            node = self.variables[variable]
            if isinstance(atom, Schedule):
                yield FrozenCopy(node, atom, story, initial.node if initial else None)
            elif isinstance(atom, Rate):
                at_once = self.called_at_once(initial.node) if initial and initial.node else None
                yield FrozenCopy(node, atom.schedule, story, at_once[0].func if at_once else None)

    def rebuilt_optimizers(self) -> Iterator[OptimizerStory]:
        """The optimizers with slots that are built in the same turn of a loop as their updates."""
        for story in self.optimizers.values():
            loops = story.optimizer.site.loops
            wheres = [update.where for update in self.updates_of(story.optimizer)]
            wheres += [update.where for update in self.keras_updates.values() if update.optimizer == story.optimizer]
            path = story.optimizer.site.path
            again = path.function in self.recursive and all(where.path is path for where in wheres)
            if not (loops or again) or not wheres or not has_slots(story):
                continue
            if all(where.loops == loops and story.where.assumed <= where.assumed for where in wheres):
                yield story

    def is_made_beside(self, use: Use) -> bool:
        """Whether the name under which a schedule is used is bound just once, to the decay call itself."""
        target = self.assigned.get(self.schedules[use.schedule].node)
        bound = self.bindings.get(dotted(use.node), ())
        return target is not None and alike(target, use.node) and len(bound) == 1

    def is_history(self, use: Use) -> bool:
        """Whether a schedule is put away in a loop in which its step moves, and not to be called from there."""
        calls = (call.node for call in self.called.values() if call.schedule == use.schedule)
        if any(isinstance(call.func, (outline.Call, outline.Subscript)) or self.calls_each(call) for call in calls):
            return False
        steps = self.steps(use.schedule).all(Variable)
        return any(use.where.loops[-1:] == move.where.loops[-1:] for step in steps for move in self.moves_of(step))


def _around(made: Schedule | Optimizer) -> list[Path]:
    """The call that makes something, and the one around it."""
    path = made.site.path
    return [path] if path.caller is None else [path, path.caller]


def has_slots(story: OptimizerStory) -> bool:
    """Whether an optimizer keeps something from update to update."""
    if story.keras:
        return not story.name.endswith("SGD")
    constructor = tf_api.OPTIMIZERS.get(story.name)
    return constructor is not None and constructor.slots and constructor.wraps is None
