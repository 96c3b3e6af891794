"""Questions about steps: what a schedule reads, and what moves it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from lrlint import tf_api
from lrlint.trace.events import Count, KerasUpdate, Move, Passed, Update
from lrlint.trace.facts import Facts
from lrlint.trace.lexical import SCOPES, home_of, is_receiver, lines_of_one, means_the_same, parents
from lrlint.trace.mode import Evidence, ModeScope
from lrlint.trace.names import canonical
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import (
    contains_name,
    dotted,
    in_reading_order,
    last_name,
    only_small_statement,
)
from lrlint.trace.values import (
    GLOBAL_STEP,
    Atom,
    Bound,
    ConstantTensor,
    Container,
    Derived,
    Function,
    Instance,
    Literal,
    MissingStep,
    Number,
    NumberArray,
    Object,
    Optimizer,
    Schedule,
    Value,
    Variable,
    is_opaque,
)


@dataclass(slots=True)
class StepQueries(Facts):
    """Who reads a step, and who moves it."""

    _parents: dict[cst.CSTNode, cst.CSTNode] | None = None
    _lines: dict[cst.CSTNode, cst.SimpleStatementLine] | None = None

    def around(self, node: cst.CSTNode) -> list[cst.CSTNode]:
        """The nodes from the module down to a node, both included; nothing where the node does not stand in it."""
        if self._parents is None:
            self._parents = parents(self.module)
        chain = [node]
        while (outer := self._parents.get(chain[-1])) is not None:
            chain.append(outer)
        return chain[::-1] if chain[-1] is self.module else []

    def all_around(self, nodes: Iterable[cst.CSTNode]) -> frozenset[cst.CSTNode]:
        """The nodes around any of some nodes, these included."""
        return frozenset(outer for node in nodes for outer in self.around(node))

    def around_binding(self, statement: cst.CSTNode) -> list[cst.CSTNode]:
        """The nodes from the module down to where a statement binds a name: a definition does so around itself."""
        chain = self.around(statement)
        return chain[:-1] if isinstance(statement, SCOPES) else chain

    def code(self, node: cst.CSTNode) -> str:
        """The code of a node, as it is written, with its parentheses."""
        self.fill()
        return self.module.code_for_node(node)

    def is_enclosed(self, node: cst.CSTNode) -> bool:
        """Whether an expression has parentheses around it; those of a tuple are its own."""
        self.fill()
        return bool(getattr(node, "lpar", ()))

    def in_order(self, whole: cst.CSTNode, first: cst.CSTNode, second: cst.CSTNode) -> bool:
        """Whether, somewhere inside a node, one node begins before another, if that is there at all."""
        if whole not in self.around(first):
            return False
        position = self._positions()
        return whole not in self.around(second) or position[first] <= position[second]

    @remembered
    def _positions(self) -> dict[cst.CSTNode, int]:
        return {node: position for position, node in enumerate(in_reading_order(self.module))}

    def own_line(self, node: cst.CSTNode) -> cst.SimpleStatementLine | None:
        """The line that is one expression, or binds it, and can be taken away."""
        if self._lines is None:
            self.fill()
            self._lines = lines_of_one(self.module)
        return self._lines.get(node)

    def mode(self, scope: ModeScope) -> Evidence | None:
        """The mode of a region, with its evidence."""
        return self.modes.of(scope)

    def schedule_mode(self, schedule: Schedule) -> Evidence | None:
        """The mode in which a schedule was made, which decides whether it is a callable or a tensor."""
        return self.modes.of(schedule.site.scope)

    def _is_eager(self, scope: ModeScope) -> bool:
        evidence = self.modes.of(scope)
        return evidence is not None and evidence.mode == "eager"

    def _is_graph(self, scope: ModeScope) -> bool:
        evidence = self.modes.of(scope)
        return evidence is not None and evidence.mode == "graph"

    @property
    def tensorflow(self) -> list[str]:
        """The names of the module that stand for TensorFlow as a whole."""
        return [name for name, path in self.imports.items() if canonical(path) == "tf"]

    def path_of(self, node: cst.BaseExpression) -> str:
        """The dotted path of something imported, as TensorFlow itself writes it: not its canonical name."""
        root, _, rest = dotted(node).partition(".")
        path = self.imports.get(root, root)
        return f"{path}.{rest}" if rest else path

    def steps(self, schedule: Schedule) -> Value:
        """What a schedule reads its step from."""
        return self.schedules[schedule].step.value

    def steps_made(self, schedule: Schedule) -> list[cst.CSTNode]:
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
        return count.node in self._around_moved()

    @remembered
    def _around_moved(self) -> frozenset[cst.CSTNode]:
        """The nodes around what is computed and given to an update as its step, that itself included."""
        moved = {atom for update in self.updates.values() for atom in update.global_step.value.all(Derived)}
        return self.all_around(atom.site.node for atom in moved)

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
        if steps != {GLOBAL_STEP} or not isinstance(call, cst.Call):
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
    def _around_numbers(self) -> frozenset[cst.CSTNode]:
        """The nodes around what is computed and used as a number, that itself included."""
        return self.all_around(derived.site.node for derived in self.as_numbers)

    def is_rebound(self, handle: str, place: cst.CSTNode) -> bool:
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
    def _rebinding(self, name: str) -> list[cst.CSTNode]:
        """The statements that bind a name to something that is computed from what it stood for."""
        found: list[cst.CSTNode] = []
        for statement, _ in self.bindings.get(name, ()):
            small = only_small_statement(statement)
            counted = isinstance(small, cst.Assign) and contains_name(small.value, small.targets[0].target)
            if counted or isinstance(small, cst.AugAssign):
                found.append(statement)
        return found

    @remembered
    def _home(self, name: str, statement: cst.CSTNode) -> cst.CSTNode | None:
        return home_of(name, self.around_binding(statement))

    def superfluous(self, count: Count) -> cst.SimpleStatementLine | None:
        """The line that counts a step which an update moves in the same turn, where it can be taken away."""
        moved = any(
            move.kind == "update" and move.where.loops == count.where.loops for move in self.moves_of(count.variable)
        )
        value = getattr(count.node, "value", None)
        return self.own_line(value) if moved and value is not None else None

    def snapshots(self, schedule: Schedule) -> list[Derived]:
        """What a schedule reads instead of its step: values that were computed from it."""
        return [
            derived
            for derived in self.steps(schedule).all(Derived)
            if all(isinstance(source, Variable) for source in derived.sources)
        ]

    def step_behind(self, snapshot: Derived, *, casts: bool) -> cst.BaseExpression | None:
        """The step in an expression that does nothing but read it, or also cast it: ``int(step.numpy())``."""
        node: cst.CSTNode = snapshot.site.node
        while isinstance(node, cst.Call):
            function, arguments = last_name(node.func), 2 if last_name(node.func) == "cast" else 1
            reads = function in tf_api.PLAIN_COPIES or (casts and function in ("float", "cast"))
            if isinstance(node.func, cst.Attribute) and function in tf_api.PLAIN_READS and not node.args:
                node = node.func.value
            elif reads and len(node.args) == arguments and not node.args[0].star:
                node = node.args[0].value
            else:
                return node if node in self.global_step_calls else None
        return node if isinstance(node, (cst.Name, cst.Attribute, cst.Subscript)) else None

    def is_refused_number(self, snapshot: Derived) -> bool:
        """Whether TensorFlow 1 makes no number of a variable: ``float(step)``, and ``int(step)`` of one that holds a float."""
        node, sources = snapshot.site.node, [source for source in snapshot.sources if isinstance(source, Variable)]
        if not isinstance(node, cst.Call) or len(node.args) != 1 or len(sources) != 1:
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

    def updates_given(self, thing: Atom | cst.CSTNode) -> list[Update]:
        """The updates that are given something as their step: a thing, perhaps, or an expression."""
        return self._updates_given().get(thing, [])

    @remembered
    def _updates_given(self) -> dict[Atom | cst.CSTNode | None, list[Update]]:
        found: dict[Atom | cst.CSTNode | None, list[Update]] = {}
        for update in self.updates.values():
            for thing in (update.global_step.node, *update.global_step.value):
                found.setdefault(thing, []).append(update)
        return found

    @remembered
    def step_places(self) -> frozenset[cst.CSTNode | None]:
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

    def is_passed_on(self, node: cst.BaseExpression, ends: Collection[cst.CSTNode | None] = ()) -> bool:
        """Whether nothing is done with an expression here: it is given a name, handed on, held, or is one of ``ends``."""
        while node not in self.handed and node not in self.assigned and node not in ends:
            if node not in self.held:
                return False
            node = self.held[node]
        return True

    def is_reached_from_outside(self, thing: Atom) -> bool:
        """Whether code outside the file gets a thing by way of something that holds it."""
        if thing not in self._lost_inside():
            return False
        is_end = thing not in self.escaped or next(self._held_by(thing), None) is None
        return is_end or thing in set(self._reachable(self.escaped - {thing}))

    def missing_steps(self) -> Iterator[tuple[cst.Call, Schedule]]:
        """The calls for the global step, read by a schedule, before anything has made one."""
        for schedule in self.schedules:
            for missing in self.steps(schedule).all(MissingStep):
                if isinstance(missing.site.node, cst.Call):
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
    def _around_mentions(self, thing: Atom) -> frozenset[cst.CSTNode]:
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
