"""The trace: the story of a program's schedules, steps and optimizers, as questions that rules ask."""

from __future__ import annotations

import typing
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import libcst as cst

from lrlint.trace.events import ContainerStory, Count, Move, OptimizerStory, Update, Use, UseKind
from lrlint.trace.facts import Facts
from lrlint.trace.mode import Evidence, ModeScope
from lrlint.trace.syntax import contains, names_in
from lrlint.trace.values import (
    GLOBAL_STEP,
    Atom,
    Bound,
    Container,
    Derived,
    Instance,
    Literal,
    Optimizer,
    Rate,
    Schedule,
    Value,
    Variable,
    is_opaque,
)


@dataclass(slots=True)
class Trace(Facts):
    """All that happens to the schedules, steps and optimizers of one program."""

    _lost: frozenset[Atom] | None = None

    def mode(self, scope: ModeScope) -> Evidence | None:
        """The mode of a region, with its evidence."""
        return self.modes.of(scope)

    def schedule_mode(self, schedule: Schedule) -> Evidence | None:
        """The mode in which a schedule was made, which decides whether it is a callable or a tensor."""
        return self.modes.of(schedule.site.scope)

    def followed(self, optimizer: Optimizer) -> frozenset[Schedule]:
        """The schedules that an optimizer reads before each of its updates."""
        story = self.optimizers.get(optimizer)
        if story is None:
            return frozenset()
        followed = set(story.via_callable)
        for atom in story.rate.value:
            if isinstance(atom, Schedule):
                followed.add(atom)
            elif isinstance(atom, Derived) and self._is_graph(atom.site.scope):
                followed.update(source for source in atom.sources if isinstance(source, Schedule))
        for inner in story.wrapped:
            followed |= self.followed(inner)
        return frozenset(followed)

    def meant(self, optimizer: Optimizer) -> frozenset[Schedule]:
        """The schedules that an optimizer follows, or would follow had it been given them instead of their rates."""
        if not self.outlives_an_update(optimizer):
            return self.followed(optimizer)
        return self.followed(optimizer) | {rate.schedule for rate in self.frozen(optimizer)}

    def frozen(self, optimizer: Optimizer) -> frozenset[Rate]:
        """The rates that an optimizer was given as numbers, once and for all."""
        story = self.optimizers.get(optimizer)
        rates: set[Rate] = set()
        for atom in story.rate.value if story is not None else ():
            if isinstance(atom, Rate):
                rates.add(atom)
            elif isinstance(atom, Derived):
                rates.update(source for source in atom.sources if isinstance(source, Rate))
        return frozenset(rates)

    def steps(self, schedule: Schedule) -> Value:
        """What a schedule reads its step from."""
        return self.schedules[schedule].step.value

    def moves_of(self, variable: Variable) -> list[Move]:
        """All that advances a step, anywhere in the program."""
        same = {variable, GLOBAL_STEP} if variable.label == GLOBAL_STEP.label else {variable}
        return [move for move in self.moves.values() if move.variable in same]

    def updates_of(self, optimizer: Optimizer) -> list[Update]:
        """The updates that an optimizer makes, itself or through one that wraps it."""
        holders = {optimizer, *(story.optimizer for story in self.optimizers.values() if optimizer in story.wrapped)}
        return [update for update in self.updates.values() if any(atom in holders for atom in update.optimizers)]

    def outlives_an_update(self, optimizer: Optimizer) -> bool:
        """Whether an optimizer is built once and then makes several updates."""
        site = optimizer.site
        if site.loops:
            return False
        updates = self.updates_of(optimizer)
        if not updates:
            return optimizer in self.escaped and site.path.entry.function is self.module
        return len(updates) > 1 or any(
            update.where.loops or update.where.path.entry is not site.path.entry for update in updates
        )

    def order(self, schedule: Schedule) -> int:
        """A number by which schedules are sorted: they stand in it as they are met."""
        return list(self.schedules).index(schedule)

    def followers(self, update: Update) -> list[Optimizer]:
        """The optimizers of an update that may follow a schedule."""
        return [optimizer for optimizer in update.optimizers.all(Optimizer) if optimizer in self.optimizers]

    def readers(self, variable: Variable) -> list[Schedule]:
        """The schedules that read a step."""
        return [schedule for schedule in self.schedules if variable in self.steps(schedule)]

    def is_lost(self, count: Count) -> bool:
        """Whether counting a step by hand goes wrong: it raises, or it is all that was to move the step.

        Where something else moves the step, a sum under the step's name may be meant for itself, unless it reaches an
        update in the step's place.
        """
        if count.form == "augmented":
            return True
        if not self.moves_of(count.variable) and not self.out_of_sight(count.variable):
            return True
        return any(
            isinstance(atom, Derived) and contains(count.node, atom.site.node)
            for update in self.updates.values()
            for atom in update.global_step.value
        )

    def is_read_as_number(self, count: Count) -> bool:
        """Whether what a sum gives is later used as only a number or a tensor can be."""
        return any(contains(count.node, derived.site.node) for derived in self.numbers)

    def distinct_uses(self, *kinds: UseKind) -> list[Use]:
        """The uses of these kinds, one for each expression, certain only where they are so in every context."""
        found: dict[cst.CSTNode, Use] = {}
        for use in self.uses.values():
            if use.kind in kinds:
                first = found.setdefault(use.node, use)
                first.certain = first.certain and use.certain and use.node not in self.other_uses
        return list(found.values())

    def optimizer_fed_by(self, use: Use) -> tuple[OptimizerStory, Derived] | None:
        """The optimizer whose rate is computed with a use of a schedule, and what is computed."""
        for story in self.optimizers.values():
            for atom in story.rate.value:
                if isinstance(atom, Derived) and use.schedule in atom.sources and contains(atom.site.node, use.node):
                    return story, atom
        return None

    def is_computed_late(self, node: cst.CSTNode) -> bool:
        """Whether an expression may give something else when it is computed later: a name in it is bound anew."""
        return any(
            len(bound) > 1 or any(in_loop for _, in_loop in bound)
            for name in names_in(node)
            if (bound := self.bindings.get(name))
        )

    def sole_name(self, derived: Derived, node: cst.BaseExpression | None) -> str | None:
        """The name of something computed that stands nowhere but at a node, where it is assigned to a plain name."""
        target = self.assigned.get(typing.cast("cst.BaseExpression", derived.site.node))
        if isinstance(target, cst.Name) and self.mentions.get(derived, set()) == {node}:
            return target.value
        return None

    def called_at_once(self, node: cst.BaseExpression) -> tuple[cst.Call, Rate] | None:
        """The call of a schedule in ``lr()``, ``lr().numpy()`` and ``float(lr())``, with its rate."""
        while isinstance(node, cst.Call) and node not in self.calls:
            if isinstance(node.func, cst.Attribute) and node.func.attr.value == "numpy" and not node.args:
                node = node.func.value
            elif isinstance(node.func, cst.Name) and node.func.value == "float" and len(node.args) == 1:
                node = node.args[0].value
            else:
                return None
        return (node, self.calls[node]) if isinstance(node, cst.Call) else None

    def global_step_call(self, step: Variable) -> str | None:
        """How the module asks for the global step, where that is the step and TensorFlow is a global name."""
        call = self.variables.get(step)
        if step != GLOBAL_STEP or not isinstance(call, cst.Call):
            return None
        root, _, rest = self.module.code_for_node(call.func).partition(".")
        if root not in self.tensorflow or not rest:
            return None
        return f"{root}.{rest.rpartition('.')[0]}.get_or_create_global_step()".replace("..", ".")

    def standing_still(self, schedule: Schedule) -> list[Variable]:
        """The steps that a schedule reads, where it is known that nothing moves any of them, nor was meant to."""
        value = self.steps(schedule)
        steps = value.all(Variable)
        if self._is_graph(schedule.site.scope):
            for derived in value.all(Derived):
                steps.extend(source for source in derived.sources if isinstance(source, Variable))
        if any(count.variable in steps and self.is_lost(count) for count in self.counts.values()):
            return []
        if any(is_opaque(atom) for atom in value) or any(self.moves_of(v) or self.out_of_sight(v) for v in steps):
            return []
        return steps

    def out_of_sight(self, variable: Variable) -> bool:
        """Whether code outside the file may move a step: it holds the step, or something through which it gets it."""
        if not self.complete:
            return True
        if self._lost is None:
            self._lost = frozenset(self._reachable(self.escaped))
        if variable == GLOBAL_STEP and any(isinstance(atom, Optimizer) for atom in self._lost):
            return True
        return variable in self._lost

    def _reachable(self, roots: Iterable[Atom]) -> Iterator[Atom]:
        seen: set[Atom] = set()
        todo = list(roots)
        while todo:
            atom = todo.pop()
            if atom in seen:
                continue
            seen.add(atom)
            yield atom
            if isinstance(atom, (Instance, Container)) or is_opaque(atom):
                for slot in self.store.slots.get(atom, ()):
                    todo.extend(self.store.read((atom, slot)) or ())
            elif isinstance(atom, Bound):
                todo.append(atom.receiver)

    def _is_graph(self, scope: ModeScope) -> bool:
        evidence = self.modes.of(scope)
        return evidence is not None and evidence.mode == "graph"

    def names_in(self, node: cst.CSTNode) -> set[str]:
        """The names that an expression looks up."""
        return names_in(node)

    def is_inside(self, outer: cst.CSTNode, inner: cst.CSTNode) -> bool:
        """Whether a node stands somewhere inside another."""
        return outer is not inner and contains(outer, inner)

    def is_bare_generator(self, call: cst.Call) -> bool:
        """Whether the only argument of a call is a generator without parentheses of its own."""
        return len(call.args) == 1 and isinstance(call.args[0].value, cst.GeneratorExp) and not call.args[0].value.lpar

    def list_steps(self, schedule: Schedule) -> list[Container]:
        """The lists and tuples that a schedule reads its step from."""
        return [
            container
            for container in self.steps(schedule).all(Container)
            if container.kind in ("list", "tuple") and isinstance(container.site.node, (cst.List, cst.Tuple))
        ]

    def only_element(self, story: ContainerStory) -> tuple[cst.BaseExpression, bool] | None:
        """The one element that a list is made with, and whether it is a variable; ``None`` for any other list."""
        node = story.node
        if not isinstance(node, (cst.List, cst.Tuple)) or len(node.elements) != 1:
            return None
        held = self.store.read((story.container, 0))
        made = self.first_elements.get(node, held)
        if made is None or not isinstance(node.elements[0], cst.Element):
            return None
        if made.only(Variable) is not None:
            return node.elements[0].value, True
        number = made.only(Literal)
        return (node.elements[0].value, False) if number is not None and number.kind in (int, float) else None

    def is_moved_beside_update(self, story: ContainerStory) -> bool:
        """Whether a list is counted by hand in a loop in which an update would move the step, too."""
        counted = [element.where.loops for element in story.elements.values() if element.statement is not None]
        return any(
            update.where.loops in counted
            for update in self.updates.values()
            if story.container in update.global_step.value or update.global_step.node in story.elements
        )

    def stands_for_step(self, node: cst.Subscript) -> bool:
        """Whether an element is used as a step variable is: moved, or passed on as a step."""
        return (
            node in self.attributes
            or any(node is story.step.node for story in self.schedules.values())
            or any(node is update.global_step.node for update in self.updates.values())
        )
