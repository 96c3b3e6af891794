"""Questions about numbers: what decays, optimizers and loops are given, as far as the program says."""

from __future__ import annotations

from math import prod
from typing import NamedTuple

from lrlint import outline
from lrlint.trace.events import Passed, ScheduleStory, Update
from lrlint.trace.folding import constant
from lrlint.trace.lists import ListQueries
from lrlint.trace.scope import Loop
from lrlint.trace.values import OPEN, Default, Parameter, Schedule, Value

Scalar = int | float
"""A Python number; ``True`` and ``False`` are numbers, too."""


class Known(NamedTuple):
    """A number, or a list of them, that the program says.

    ``certain``: nothing else can be there. Else it is a default, and somebody may pass another: the user, where it is
    an option of the command line or a flag; a caller outside the file, where it is a parameter's. ``where`` is what
    says so: the argument itself or the declaration of the default; ``None`` where TensorFlow says it.
    """

    value: Scalar | tuple[Scalar, ...]
    certain: bool = True
    where: outline.Node | None = None


class NumberQueries(ListQueries):
    """The numbers of a program."""

    __slots__ = ()

    def numbers(self, schedule: Schedule) -> dict[str, Known]:
        """The numbers that a decay computes with, by the names of its parameters: but for the step, which moves.

        What is not passed is as TensorFlow has it by default. A parameter of which nothing is known is left out.
        """
        story = self.schedules[schedule]
        found: dict[str, Known] = {}
        for parameter in story.decay.parameters:
            if parameter.unit == "step" or parameter.name == "name":
                continue
            known = self._argument(story, parameter.name)
            if parameter.name not in story.arguments and not parameter.required:
                known = Known(parameter.default)
            if known is not None:
                found[parameter.name] = known
        return found

    def number(self, passed: Passed) -> Known | None:
        """The number that an argument is, as that of an optimizer's ``rate``."""
        return self._known(passed.value, passed.node)

    def updates_bound(self, update: Update) -> Known | None:
        """How many updates there are at the most where an update stands, or in a graph where a session runs it.

        The loops around it are counted, those of its callers too; ``None`` where the length of one is not known.
        """
        wheres = self.runs.get(update.node, []) if self._is_graph(update.where.scope) else [update.where]
        if len(wheres) != 1:
            return None
        turns = [self._turns_of(loop) for loop in wheres[0].loops]
        counts = [known.value for known in turns if known is not None and isinstance(known.value, int)]
        if len(counts) != len(turns):
            return None
        default = next((known.where for known in turns if known is not None and not known.certain), None)
        certain = all(known.certain for known in turns if known is not None)
        return Known(prod(counts), certain, default)

    def _turns_of(self, loop: Loop) -> Known | None:
        return self._known(self.turns[loop], loop.node) if loop in self.turns else None

    def _argument(self, story: ScheduleStory, parameter: str) -> Known | None:
        """The number, or the list of numbers, that a decay is given for a parameter."""
        passed = story.arguments.get(parameter)
        if passed is None:
            return None
        if parameter not in story.lists:
            return self.number(passed)
        parts = [self.number(part) for part in story.lists[parameter]]
        scalars = [known.value for known in parts if known is not None and isinstance(known.value, (int, float))]
        if len(scalars) != len(parts):
            return None
        uncertain = next((known for known in parts if known is not None and not known.certain), None)
        where = uncertain.where if uncertain is not None else passed.node
        return Known(tuple(scalars), uncertain is None, where)

    def _known(self, value: Value, node: outline.Node | None) -> Known | None:
        parameter = value.only(Parameter)
        if parameter is not None and parameter in self.parameter_defaults:
            value = Value.of(self.parameter_defaults[parameter])
        atom = constant(value)
        if atom is None or not isinstance(atom.content, (int, float)):
            return None
        if isinstance(atom, Default):
            return Known(atom.content, False, atom.site.node)
        return Known(atom.content, OPEN not in value.atoms[atom], node)
