"""Questions about steps: what a schedule reads, and what moves it."""

from __future__ import annotations

from collections.abc import Iterator

from lrlint import outline, tf_api
from lrlint.trace.events import Count, KerasUpdate, Move, Passed, Update
from lrlint.trace.lexical import home_of, is_receiver, means_the_same
from lrlint.trace.outside import OutsideQueries
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import (
    contains_name,
    dotted,
    last_name,
    only_small_statement,
)
from lrlint.trace.values import (
    GLOBAL_STEP,
    Atom,
    ConstantTensor,
    Container,
    Derived,
    Function,
    Literal,
    MissingStep,
    Number,
    NumberArray,
    Object,
    Schedule,
    Value,
    Variable,
    is_opaque,
)


class StepQueries(OutsideQueries):
    """Who reads a step, and who moves it."""

    __slots__ = ()

    def steps(self, schedule: Schedule) -> Value:
        """What a schedule reads its step from."""
        return self.schedules[schedule].step.value

    def steps_made(self, schedule: Schedule) -> list[outline.Node]:
        """Where the steps that a schedule reads are made, in the order in which they are met."""
        steps = [step for step in self.steps(schedule).all(Variable) if step in self.variables]
        return [self.variables[step] for step in sorted(steps, key=self._variable_order().__getitem__)]

    @remembered
    def _variable_order(self) -> dict[Variable, int]:
        return {variable: number for number, variable in enumerate(self.variables)}

    @remembered
    def steps_behind(self, schedule: Schedule) -> frozenset[Variable]:
        """The steps that a schedule reads, or whose values it was given."""
        value = self.steps(schedule)
        sources = {source for derived in value.all(Derived) for source in derived.sources}
        return frozenset(atom for atom in (*value, *sources) if isinstance(atom, Variable))

    def readers(self, variable: Variable) -> list[Schedule]:
        """The schedules that read a step."""
        return self._readers().get(variable, [])

    @remembered
    def _readers(self) -> dict[Atom, list[Schedule]]:
        """The schedules by what they read, be it a step or not."""
        found: dict[Atom, list[Schedule]] = {}
        for schedule in self.schedules:
            behind = self.steps_behind(schedule) if self._is_rebuilt(schedule) else ()
            for atom in {*self.steps(schedule), *behind}:
                found.setdefault(atom, []).append(schedule)
        return found

    def _is_rebuilt(self, schedule: Schedule) -> bool:
        """Whether a schedule is built anew for each update, so that it reads its step anew."""
        return schedule in self.rebuilt or bool(schedule.site.loops)

    @remembered
    def _steps_read(self) -> frozenset[Variable]:
        """The steps that schedules read, or whose values they were given."""
        return frozenset(step for schedule in self.schedules for step in self.steps_behind(schedule))

    def order(self, schedule: Schedule) -> int:
        """A number by which schedules are sorted: they stand in it as they are met."""
        return self._orders()[schedule]

    @remembered
    def _orders(self) -> dict[Schedule, int]:
        return {schedule: number for number, schedule in enumerate(self.schedules)}

    @remembered
    def moves_of(self, variable: Variable) -> list[Move]:
        """All that advances a step, anywhere in the program: not what sets it back to a constant."""
        moves = self._global_step_moves() if self._is_by_name(variable) else self.settings_of(variable)
        return [move for move in moves if move.kind != "reset"]

    def settings_of(self, variable: Variable) -> list[Move]:
        """All that moves a step or sets it, be it back to a constant."""
        return self._moves_by_variable().get(variable, [])

    def _is_by_name(self, variable: Variable) -> bool:
        """Whether a variable is, by its name, the global step of its graph: if nobody has made another."""
        return variable.label == GLOBAL_STEP.label and variable not in self.graph_steps

    @remembered
    def _global_step_moves(self) -> list[Move]:
        return [move for move in self.moves.values() if self._is_by_name(move.variable)]

    @remembered
    def _moves_by_variable(self) -> dict[Variable, list[Move]]:
        found: dict[Variable, list[Move]] = {}
        for move in self.moves.values():
            found.setdefault(move.variable, []).append(move)
        return found

    def is_lost(self, count: Count) -> bool:
        """Whether counting a step by hand goes wrong: it raises, or it is all that was to move the step.

        Where something else moves the step, a sum under the step's name may be meant for itself, unless it reaches an
        update in the step's place.
        """
        if count.form == "augmented":
            return True
        if not self.moves_of(count.variable) and not self.out_of_sight(count.variable):
            return True
        return self.is_given_to_update(count)

    def is_given_to_update(self, count: Count) -> bool:
        """Whether what a sum gives reaches an update in the step's place."""
        return count.node in self._around_moved()

    @remembered
    def _around_moved(self) -> frozenset[outline.Node]:
        """The nodes around what is computed and given to an update as its step, that itself included.

        A ``tf.function`` keeps the step that it has found under a name, whatever that is bound to later.
        """
        updates = [update for update in self.updates.values() if self._is_eager(update.where.scope)]
        moved = {atom for update in updates for atom in update.global_step.value.all(Derived)}
        return self.all_around(atom.site.node for atom in moved)

    @remembered
    def standing_still(self, schedule: Schedule) -> list[Variable]:
        """The steps that a schedule reads, where it is known that nothing moves any of them, nor was meant to."""
        value = self.steps(schedule)
        eager = self._is_eager(schedule.site.scope) and not self._is_rebuilt(schedule)
        steps = (
            value.all(Variable)
            if eager
            else sorted(self.steps_behind(schedule), key=self._variable_order().__getitem__)
        )
        if not self._wrongly_counted().isdisjoint(steps):
            return []
        if any(is_opaque(atom) for atom in value) or any(self.moves_of(v) or self.out_of_sight(v) for v in steps):
            return []
        return steps

    @remembered
    def _wrongly_counted(self) -> frozenset[Variable]:
        """The steps that are counted by hand, and wrongly."""
        return frozenset(count.variable for count in self.counts.values() if self.is_lost(count))

    def global_step_call(self, steps: frozenset[Variable]) -> str | None:
        """How the module asks for the global step, where that is the step and TensorFlow is a global name."""
        call = self.variables.get(GLOBAL_STEP)
        if steps != {GLOBAL_STEP} or not isinstance(call, outline.Call):
            return None
        root, _, rest = dotted(call.func).partition(".")
        if not rest or not (root in self.tensorflow or self._is_global_constant(root)):
            return None
        return f"{root}.{rest.rpartition('.')[0]}.get_or_create_global_step()".replace("..", ".")

    def _is_global_constant(self, name: str) -> bool:
        """Whether a name is bound just once, at the top of the module."""
        statements = [statement for statement, _ in self.bindings.get(name, ())]
        return len(statements) == 1 and statements[0] in self.module.body

    def is_read_as_number(self, count: Count) -> bool:
        """Whether what a sum gives is later used as only a number or a tensor can be."""
        return count.node in self._around_numbers()

    @remembered
    def _around_numbers(self) -> frozenset[outline.Node]:
        """The nodes around what is computed and used as a number, that itself included."""
        return self.all_around(derived.site.node for derived in self.as_numbers)

    def is_rebound(self, handle: str, place: outline.Node) -> bool:
        """Whether a name is bound to something that is computed from what it stood for, as in ``step = step + 1``.

        It is the name that is looked up at a place: in other functions it may be another's.
        """
        name = handle.partition("[")[0]
        statements = self._rebinding(name)
        if not statements:
            return False
        root, here = name.partition(".")[0], self.around(place)
        home = home_of(root, here)
        return any(self._home(root, statement) is home for statement in statements) or (
            home is not None
            and is_receiver(root, home, here)
            and any(means_the_same(root, here, self.around_binding(statement)) for statement in statements)
        )

    @remembered
    def _rebinding(self, name: str) -> list[outline.Node]:
        """The statements that bind a name to something that is computed from what it stood for."""
        found: list[outline.Node] = []
        for statement, _ in self.bindings.get(name, ()):
            small = only_small_statement(statement)
            counted = isinstance(small, outline.Assign) and contains_name(small.value, small.targets[0].target)
            if counted or isinstance(small, outline.AugAssign):
                found.append(statement)
        return found

    @remembered
    def _home(self, name: str, statement: outline.Node) -> outline.Node | None:
        return home_of(name, self.around_binding(statement))

    def superfluous(self, count: Count) -> outline.SimpleStatementLine | None:
        """The line that counts a step which an update moves in the same turn, where it can be taken away.

        An update may as well be given what the sum gives, and move the step once that is left to it.
        """
        moving = [move.where for move in self.moves_of(count.variable) if move.kind == "update"]
        given = (update for update in self.updates.values() if self._is_given(count, update))
        moved = any(where.loops == count.where.loops for where in (*moving, *(update.where for update in given)))
        value = getattr(count.node, "value", None)
        return self.own_line(value) if moved and value is not None else None

    def _is_given(self, count: Count, update: Update) -> bool:
        """Whether an update is given what a sum gives."""
        return any(count.node in self.around(atom.site.node) for atom in update.global_step.value.all(Derived))

    def snapshots(self, schedule: Schedule) -> list[Derived]:
        """What a schedule reads instead of its step: values that were computed from it."""
        return [
            derived
            for derived in self.steps(schedule).all(Derived)
            if all(isinstance(source, Variable) for source in derived.sources)
        ]

    def step_behind(self, snapshot: Derived, *, casts: bool) -> outline.BaseExpression | None:
        """The step in an expression that does nothing but read it, or also cast it: ``int(step.numpy())``."""
        node: outline.Node = snapshot.site.node
        while isinstance(node, outline.Call):
            function, arguments = last_name(node.func), 2 if last_name(node.func) == "cast" else 1
            reads = function in tf_api.PLAIN_COPIES or (casts and function in ("float", "cast"))
            if isinstance(node.func, outline.Attribute) and function in tf_api.PLAIN_READS and not node.args:
                node = node.func.value
            elif reads and len(node.args) == arguments and not node.args[0].star:
                node = node.args[0].value
            else:
                return node if node in self.global_step_calls else None
        return node if isinstance(node, (outline.Name, outline.Attribute, outline.Subscript)) else None

    def is_refused_number(self, snapshot: Derived) -> bool:
        """Whether TensorFlow 1 makes no number of a variable: ``float(step)``, and ``int(step)`` of one that holds a float."""
        node, sources = snapshot.site.node, [source for source in snapshot.sources if isinstance(source, Variable)]
        if not isinstance(node, outline.Call) or len(node.args) != 1 or len(sources) != 1:
            return False
        given, function = node.args[0].value, dotted(node.func)
        if given not in self.mentions.get(sources[0], ()) and given not in self.global_step_calls:
            return False
        holds_float = (self.dtypes.get(sources[0]) or "").startswith("float")
        return function == "float" or (function == "int" and holds_float)

    def is_only_step(self, snapshot: Derived) -> bool:
        """Whether something that was computed from a step is used as a step, and nowhere else."""
        steps = self.step_places()
        return snapshot.site.node in steps or self.mentions.get(snapshot, set()) <= steps

    def updates_given(self, thing: Atom | outline.Node) -> list[Update]:
        """The updates that are given something as their step: a thing, perhaps, or an expression."""
        return self._updates_given().get(thing, [])

    @remembered
    def _updates_given(self) -> dict[Atom | outline.Node | None, list[Update]]:
        found: dict[Atom | outline.Node | None, list[Update]] = {}
        for update in self.updates.values():
            for thing in (update.global_step.node, *update.global_step.value):
                found.setdefault(thing, []).append(update)
        return found

    @remembered
    def step_places(self) -> frozenset[outline.Node | None]:
        """The expressions that decays and updates are given as steps."""
        stories, updates = self.schedules.values(), self.updates.values()
        return frozenset((*(story.step.node for story in stories), *(update.global_step.node for update in updates)))

    def is_number_step(self, schedule: Schedule) -> bool:
        """Whether a schedule reads a plain number on every path."""
        atoms = self.steps(schedule).atoms
        return bool(atoms) and all(
            (isinstance(atom, (Number, ConstantTensor)) and atom not in self.fed)
            or (isinstance(atom, Literal) and atom.kind in (int, float))
            or (isinstance(atom, NumberArray) and self._is_only_passed_on(atom))
            for atom in atoms
        )

    def _is_only_passed_on(self, thing: Atom) -> bool:
        """Whether nothing is done with a thing but to hand it on, as a step too."""
        passed_on = all(self.is_passed_on(node, self.step_places()) for node in self.mentions.get(thing, ()))
        return passed_on and not self.is_reached_from_outside(thing)

    def missing_steps(self) -> Iterator[tuple[outline.Call, Schedule]]:
        """The calls for the global step, read by a schedule, before anything has made one."""
        for schedule in self.schedules:
            for missing in self.steps(schedule).all(MissingStep):
                if isinstance(missing.site.node, outline.Call):
                    yield missing.site.node, schedule

    def weights_as_step(self, update: Update) -> str | None:
        """``"list"`` or ``"variable"`` where the second argument of an update is the weights to train.

        By its name it is passed on purpose, so that it has to be what the loss is computed from.
        """
        arg, value = update.global_step.arg, update.global_step.value
        if update.method not in tf_api.UPDATES or arg is None or not value:
            return None
        if arg.keyword is not None:
            trained = all(self._is_weight(atom) and self._is_in_loss(atom, update) for atom in value)
            return "variable" if trained else None
        is_list = all(self._is_list_of_weights(atom) for atom in value) or last_name(arg.value).endswith(
            ("variables", "trainable_weights", "var_list")
        )
        if is_list:
            return "list" if update.method == "minimize" else None
        return "variable" if all(self._is_weight(atom) for atom in value) else None

    def _is_in_loss(self, variable: Atom, update: Update) -> bool:
        """Whether the loss of an update is a function that reads a variable."""
        functions = [atom.node for atom in update.loss.value.all(Function)]
        return not self._around_mentions(variable).isdisjoint(functions)

    @remembered
    def _around_mentions(self, thing: Atom) -> frozenset[outline.Node]:
        """The nodes around all that stands for a thing, this included."""
        return self.all_around(self.mentions.get(thing, ()))

    def _is_list_of_weights(self, atom: Atom) -> bool:
        if isinstance(atom, Object):
            return atom.name in ("tf.trainable_variables", "tf.global_variables", "tf.get_collection")
        if not isinstance(atom, Container) or atom.kind not in ("list", "tuple"):
            return False
        if atom in self._readers():
            return False
        held = [self.store.read((atom, slot)) for slot in self.store.slots.get(atom, ())]
        return bool(held) and all(
            value is not None and all(isinstance(inner, Variable) and not self.readers(inner) for inner in value)
            for value in held
        )

    @remembered
    def _is_weight(self, atom: Atom) -> bool:
        """Whether a variable is surely none to count with: trainable, not an integer, and read by no schedule."""
        if not isinstance(atom, Variable) or atom == GLOBAL_STEP or atom in self.untrainable or self.readers(atom):
            return False
        initial = self.initial[atom].value.only(Literal) if atom in self.initial else None
        counts = any(move.kind != "update" for move in self.moves_of(atom))
        return not counts and not (initial is not None and initial.kind is int) and atom in self.initial

    def keras_steps(self) -> Iterator[tuple[KerasUpdate, Passed]]:
        """The steps that are passed to the updates of Keras optimizers."""
        for update in self.keras_updates.values():
            if "global_step" in update.keywords:
                yield update, update.keywords["global_step"]
            for passed in update.positional[1:2]:
                steps = passed.value.all(Variable)
                if steps and all(step == GLOBAL_STEP or step in self._steps_read() for step in steps):
                    yield update, passed
