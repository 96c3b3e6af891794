"""Questions about optimizers that are built in every iteration: where they could be built once instead.

In front of the loop, where the loop is in the same function or calls the function; or in front of the function itself. The
names in the call have to mean the same there, and the name of the optimizer has to be good where its updates are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lrlint import outline
from lrlint.trace.assigning import AssigningQueries
from lrlint.trace.events import OptimizerStory
from lrlint.trace.lexical import (
    argument_of,
    can_be_global,
    first_statement,
    home_of,
    innermost,
    means_the_same,
    receiver_of,
)
from lrlint.trace.scope import Path
from lrlint.trace.syntax import is_reference, lookups, names_in
from lrlint.trace.values import Derived, Rate

_REPEATING = (outline.Lambda, outline.BaseComp)


class Hoisting(NamedTuple):
    """The ``line`` that goes, the ``statement`` in front of which the optimizer is built, and the ``code`` there.

    ``reads`` are the names that stood for the optimizer and are to be written as ``name``; ``shared`` is the first
    statement of the function that is to declare its name global.
    """

    line: outline.SimpleStatementLine
    statement: outline.Node
    code: str
    reads: tuple[outline.Name, ...] = ()
    name: str = ""
    shared: outline.Node | None = None


class HoistingQueries(AssigningQueries):
    """Optimizers that are built too often."""

    __slots__ = ()

    def hoisting(self, story: OptimizerStory) -> Hoisting | None:
        """How an optimizer is built once; ``None`` where what it is given may be another each time."""
        line, site = self.own_line(story.node), story.optimizer.site
        if line is None or not site.loops or self.is_computed_late(story.node):
            return None
        own = [loop.node for loop in site.loops if loop.path is site.path]
        if own:
            code = self._code(story, line, {})
            return Hoisting(line, own[0], code) if code is not None else None
        target = self.assigned.get(story.node)
        if not isinstance(target, outline.Name) or len(self.bindings.get(target.value, ())) != 1:
            return None
        return self._before_function(story, line) or self._before_call(story, line, target)

    def _before_function(self, story: OptimizerStory, line: outline.SimpleStatementLine) -> Hoisting | None:
        """In front of the function that builds the optimizer, where all that the optimizer is given is known there."""
        function, here = story.optimizer.site.path.function, self.around(line)
        outer = self.around(function)[:-1]
        if not isinstance(function, outline.FunctionDef) or receiver_of(function, here) is not None:
            return None
        for name in names_in(story.node):
            if home_of(name, here) is function:
                return None
            for statement, _ in self.bindings.get(name, ()):
                chain = self.around_binding(statement)
                is_early = innermost(chain) in (None, *outer) and self.in_order(self.module, statement, function)
                if means_the_same(name, here, chain) and not is_early:
                    return None
        code = self._code(story, line, {})
        first = function.decorators[0] if function.decorators else function
        return Hoisting(line, first, code) if code is not None else None

    def _before_call(
        self, story: OptimizerStory, line: outline.SimpleStatementLine, target: outline.Name
    ) -> Hoisting | None:
        """In front of the loop that calls the function that builds the optimizer, with what it hands to that."""
        site = story.optimizer.site
        function, call, caller = site.path.function, site.path.call, _caller(site.path)
        around_call = [loop.node for loop in site.loops if loop.path is caller]
        if not around_call or not isinstance(call, outline.Call):
            return None
        here, there = self.around(line), self.around(around_call[0])
        while not isinstance(there[-1], outline.BaseStatement):
            there.pop()
        handed = {name: self._handed(function, call, name, here, there) for name in names_in(story.node)}
        receiver = receiver_of(function, here)
        if receiver is not None:
            handed[receiver] = self._handed(function, call, receiver, here, there)
        if None in handed.values():
            return None
        names = {name: text for name, text in handed.items() if text is not None and text != name}
        if receiver is not None:
            own = f"{receiver}.{target.value}"
            code = self._code(story, line, {**names, target.value: f"{handed[receiver]}.{target.value}"})
            reads = tuple(node for node in lookups(function) if node.value == target.value and node is not target)
            return Hoisting(line, there[-1], code, reads, own) if code is not None and own not in self.loads else None
        outer, shared = innermost(there[:-1]), None
        if isinstance(outer, outline.FunctionDef) and outer not in here:
            shared = first_statement(outer) if can_be_global(target.value, outer) else None
            if shared is None:
                return None
        code = self._code(story, line, names)
        return Hoisting(line, there[-1], code, (), target.value, shared) if code is not None else None

    def _handed(
        self,
        function: outline.Node,
        call: outline.Call,
        name: str,
        here: Sequence[outline.Node],
        there: Sequence[outline.Node],
    ) -> str | None:
        """What stands, in front of a loop, for a name of the function that is called there; ``None`` for nothing."""
        if home_of(name, here) is not function:
            return name if means_the_same(name, here, there) else None
        if name == receiver_of(function, here):
            given = call.func.value if isinstance(call.func, outline.Attribute) else None
        else:
            given = argument_of(function, call, name)
        if given is None or not is_reference(given):
            return None
        at_call = self.around(call)
        good = all(means_the_same(read, at_call, there) for read in names_in(given))
        return self.code(given) if good else None

    def _code(self, story: OptimizerStory, line: outline.SimpleStatementLine, names: dict[str, str]) -> str | None:
        """The line that builds the optimizer, with the schedule in place of its number and other names for some."""
        built = line.body[0]
        node = story.rate.node
        renamed: dict[outline.Node, str] = {read: names[read.value] for read in lookups(built) if read.value in names}
        at_once = self.called_at_once(node) if node is not None and story.calls_rate else None
        if node is not None and at_once is not None:
            renamed[node] = self.program.code(at_once[0].func, renamed)
        elif any(isinstance(atom, (Rate, Derived)) for atom in story.rate.value):
            return None  # a number of one moment
        code = self.program.code(built, renamed)
        return code if "\n" not in code else None


def _caller(path: Path) -> Path | None:
    """The call that leads to one, but for those of a ``lambda`` or a comprehension."""
    caller = path.caller
    while caller is not None and isinstance(caller.function, _REPEATING):
        caller = caller.caller
    return caller
