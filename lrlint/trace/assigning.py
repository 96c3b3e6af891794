"""Questions about optimizers that never call their rate: how a variable would follow the schedule for them.

The variable is made in front of the optimizer and assigned in front of each update. Its name has to mean the same in all
these places, and so have the names in the expression that computes the rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lrlint import outline
from lrlint.trace.counters import CounterQueries
from lrlint.trace.events import OptimizerStory, Passed, Update
from lrlint.trace.lexical import (
    argument_of,
    can_be_global,
    declared_global,
    first_statement,
    home_of,
    innermost,
    line_of,
    means_the_same,
)
from lrlint.trace.remembered import remembered
from lrlint.trace.syntax import dotted, is_reference, names_in
from lrlint.trace.values import Bound, Derived, Function, Optimizer, Partial, Rate, Schedule, Variable


class Source(NamedTuple):
    """Where an optimizer's rate is handed over: the expression, the nodes around it, and the line that it stands in."""

    node: outline.BaseExpression
    chain: Sequence[outline.Node]
    line: outline.SimpleStatementLine


class Assigning(NamedTuple):
    """The variable that is to follow a schedule, by its name, and what has to be written for it.

    ``made`` are the lines in front of which it is made, each with the rate of that moment; ``rates`` the expressions that
    it replaces; ``updates`` the calls in front of which it is assigned, each with its line, if it has one to itself, and
    the rate. ``declared`` is a name that is declared ``global``, as the variable has to be; ``shared`` are the first
    statements of functions, with the names that these have to declare so.
    """

    name: str
    made: tuple[tuple[outline.SimpleStatementLine, str], ...]
    rates: tuple[outline.BaseExpression, ...]
    updates: tuple[tuple[outline.Call, outline.SimpleStatementLine | None, str], ...]
    declared: tuple[outline.Name, ...]
    shared: tuple[tuple[outline.Node, str], ...]


class AssigningQueries(CounterQueries):
    """Rates that are assigned."""

    __slots__ = ()

    def assigning(self, story: OptimizerStory) -> Assigning | None:
        """How a variable follows the schedule of an optimizer, and of those that are updated in its stead."""
        updates = self.updates_of(story.optimizer)
        group = [self.optimizers[optimizer] for update in updates for optimizer in self.made(update)]
        sources = [self._source(member) for member in group]
        if not updates or None in sources or any(not self._is_alone(update, group) for update in updates):
            return None
        found = [source for source in sources if source is not None]
        names = {self._name_beside(source) for source in found}
        name = names.pop() if len(names) == 1 else None
        if name is None:
            return None
        makers = [(source.line, self._value(member, source.node)) for member, source in zip(group, found, strict=True)]
        if any(rate is None for _, rate in makers):
            return None
        assigned = []
        shared: dict[outline.Node, str] = {}
        for update in updates:
            rates = {
                self._value_at(update, member, source, name, shared)
                for member, source in zip(group, found, strict=True)
            }
            rate = rates.pop() if len(rates) == 1 else None
            if rate is None:
                return None
            assigned.append((update.node, line_of(self.around(update.node)), rate))
        if {line for _, line, _ in assigned} & {source.line for source in found}:
            return None
        declared = [self._declared(source) for source in found]
        return Assigning(
            name,
            tuple(dict.fromkeys((line, rate) for line, rate in makers if rate is not None)),
            tuple(dict.fromkeys(source.node for source in found)),
            tuple(dict.fromkeys(assigned)),
            tuple(dict.fromkeys(place for place in declared if place is not None)),
            tuple(shared.items()),
        )

    def _is_alone(self, update: Update, group: Sequence[OptimizerStory]) -> bool:
        """Whether an update is made by these optimizers and no other, none of which calls its rate."""
        members = {member.optimizer for member in group}
        return (
            all(isinstance(atom, Optimizer) and atom in members for atom in update.optimizers)
            and update.method in ("minimize", "apply_gradients")
            and not any(member.calls_rate or member.wrapped for member in group)
        )

    def _source(self, story: OptimizerStory) -> Source | None:
        """Where the rate of an optimizer is handed over: by the caller, where a helper makes the optimizer."""
        node, path = story.rate.node, story.optimizer.site.path
        while isinstance(node, outline.Name) and path.caller is not None and isinstance(path.call, outline.Call):
            given = argument_of(path.function, path.call, node.value)
            if given is None:
                break
            node, path = given, path.caller
        chain = self.around(node) if node is not None else []
        line = line_of(chain)
        return Source(node, chain, line) if node is not None and line is not None else None

    def _name_beside(self, source: Source) -> str | None:
        """A new name in the style of the name of the optimizer: ``opt_rate``, ``self.opt_rate``."""
        target = _target(source.line)
        name = (
            f"{dotted(target)}_rate"
            if isinstance(target, (outline.Name, outline.Attribute)) and dotted(target)
            else None
        )
        if target is None and isinstance(source.line.body[0], outline.Return):
            name = "optimizer_rate"
        return name if name is not None and name not in self.bindings else None

    def _declared(self, source: Source) -> outline.Name | None:
        target = _target(source.line)
        functions = [outer for outer in source.chain if isinstance(outer, outline.FunctionDef)]
        return declared_global(target.value, functions[-1]) if isinstance(target, outline.Name) and functions else None

    def _value(self, story: OptimizerStory, node: outline.BaseExpression) -> str | None:
        """The code of the rate at this moment: a callable is called."""
        copied = self._initial_at().get(node)
        value = story.rate.value if copied is None else copied.value
        node = node if copied is None or copied.node is None else copied.node
        code = self.code(node)
        if not all(isinstance(atom, _CALLABLE) for atom in value):
            return code if copied is not None or self._is_number(story) else None
        if isinstance(node, outline.Lambda):
            return self.code(node.body)
        return (
            f"{code}()"
            if isinstance(node, (outline.Name, outline.Attribute, outline.Call, outline.Subscript))
            else f"({code})()"
        )

    @remembered
    def _initial_at(self) -> dict[outline.Node, Passed]:
        """What the first variable that is made at a place is made with."""
        found: dict[outline.Node, Passed] = {}
        for variable, node in self.variables.items():
            if variable in self.initial:
                found.setdefault(node, self.initial[variable])
        return found

    def _value_at(
        self, update: Update, story: OptimizerStory, source: Source, name: str, shared: dict[outline.Node, str]
    ) -> str | None:
        """The code of the rate in front of an update, where the names in it and that of the variable are good there."""
        here, there = source.chain, self.around(update.node)
        root = name.partition(".")[0]
        if root == name:
            target = _target(source.line)
            home = home_of(target.value, here) if isinstance(target, outline.Name) else innermost(here)
            if home is not None and home not in there and not self._share(name, home, there, shared):
                return None
        elif not means_the_same(root, here, there):
            return None
        node: outline.BaseExpression | None = source.node
        if is_reference(source.node) and self._is_number(story):
            computed = self.made_for_rates(story.rate.value)
            node = computed[0] if len(computed) == 1 else None
            here = self.around(node) if node is not None else here
        schedules = frozenset(self.given(story) or (rate.schedule for rate in self.frozen(story.optimizer)))
        handles = update.schedules.get(schedules, frozenset())
        if node is not None and all(read in handles or means_the_same(read, here, there) for read in names_in(node)):
            return self._value(story, node)
        if handles and self._is_plain(story):
            return f"{min(handles)}()"
        if node is None or not all(
            means_the_same(read, here, there) or self._share(read, home_of(read, here), there, shared)
            for read in names_in(node)
        ):
            return None
        return self._value(story, node)

    def _share(
        self, name: str, home: outline.Node | None, there: Sequence[outline.Node], shared: dict[outline.Node, str]
    ) -> bool:
        """Make a name of a function a global one, where that is good at another place; false where it is not."""
        first = self.shareable(name, home, there)
        if first is None:
            return False
        names = shared.get(first, "")
        if name not in names.split(", "):
            shared[first] = f"{names}, {name}" if names else name
        return True

    def shareable(self, name: str, home: outline.Node | None, there: Sequence[outline.Node]) -> outline.Node | None:
        """The statement in front of which a function may declare a name ``global``, so that it is good elsewhere."""
        if not isinstance(home, outline.FunctionDef) or not can_be_global(name, home) or name in self.imports:
            return None
        statements = [statement for statement, _ in self.bindings.get(name, ())]
        if home_of(name, there) is not None or any(home_of(name, self.around_binding(st)) is None for st in statements):
            return None
        return first_statement(home)

    def shared_step(self, steps: frozenset[Variable], place: outline.Node) -> tuple[outline.Node, str] | None:
        """A name of the step in another function, with the statement in front of which it can be made a global one.

        Where there are several, depending on the path, it has to stand for whichever it is.
        """
        names = {node for step in steps for node in self.mentions.get(step, ())}
        there = self.around(place)
        found: dict[str, outline.Node] = {}
        for node in names:
            if isinstance(node, outline.Name) and self.stands_for[node] == steps:
                first = self.shareable(node.value, home_of(node.value, self.around(node)), there)
                if first is not None:
                    found[node.value] = first
        return (found[min(found)], min(found)) if found else None

    def _is_number(self, story: OptimizerStory) -> bool:
        """Whether an optimizer was given numbers that schedules gave, or that were computed from such."""
        return any(
            isinstance(source, Rate)
            for atom in story.rate.value
            for source in (atom.sources if isinstance(atom, Derived) else (atom,))
        )

    def _is_plain(self, story: OptimizerStory) -> bool:
        """Whether an optimizer was given schedules, or their rates, as they are."""
        return all(isinstance(atom, Schedule) for atom in story.rate.value) or self.is_plain_rate(story)


def _target(line: outline.SimpleStatementLine) -> outline.BaseExpression | None:
    """What a line assigns to, the last target where there are several."""
    (statement, *others) = line.body
    if isinstance(statement, outline.Assign) and not others:
        target = statement.targets[-1].target
        is_one = isinstance(target, (outline.Tuple, outline.List)) and len(target.elements) == 1
        return target.elements[0].value if is_one and isinstance(target, (outline.Tuple, outline.List)) else target
    return statement.target if isinstance(statement, outline.AnnAssign) and not others else None


_CALLABLE = (Schedule, Function, Bound, Partial)
