"""Questions about the arguments of decay calls: what is certain of them, and what does not fit."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lrlint import outline
from lrlint.trace.applied import AppliedQueries
from lrlint.trace.events import Mention, ScheduleStory, Where
from lrlint.trace.lexicon import Lexicon, lexicon
from lrlint.trace.numbers import Known, Scalar
from lrlint.trace.syntax import dotted, names_in
from lrlint.trace.values import GLOBAL_STEP, Container, Literal, Schedule, Value, Variable, external

_BUILTINS = frozenset(dir(builtins))
_VERSIONS = frozenset({"__version__", "VERSION", "__git_version__"})
_ASKING = frozenset({"hasattr", "getattr", "dir"})


class Refusal(NamedTuple):
    """Why a call is refused: arguments that are ``unknown``, given ``twice``, ``surplus`` or ``missing``, with their names."""

    why: str
    names: tuple[str, ...]


class Element(NamedTuple):
    """An element of a list: the expression, where it is written out, and the number, where that is certain."""

    node: outline.BaseExpression | None
    number: Scalar | None


@dataclass(slots=True)
class ArgumentQueries(AppliedQueries):
    """What decays are given that they cannot do with."""

    _lexicon: Lexicon | None = None

    def sure(self, schedule: Schedule) -> dict[str, Known]:
        """The numbers of a decay that may be held against the program: certain, and nothing there copes with them.

        A number that has a name may be one that is there to be tested for, or for a path never taken, or that some other
        part of the program sets: it counts only where it is bound once, and the program asks nothing of it on its way
        to a decay that is always called. For a list that is called in one branch only, that is no matter.
        """
        story = self.schedules[schedule]
        if story.guarded or self.refusal(schedule) is not None:
            return {}
        return {
            parameter: known
            for parameter, known in self.numbers(schedule).items()
            if known.certain and self._is_meant(story, parameter)
        }

    def refusal(self, schedule: Schedule) -> Refusal | None:
        """Why Python itself refuses a decay call, where nothing copes with that: the first thing that it looks at."""
        story = self.schedules[schedule]
        names, given = [parameter.name for parameter in story.decay.parameters], story.given
        required = [parameter.name for parameter in story.decay.parameters if parameter.required]
        taken = names[: len(given.positional)]
        missing = [name for name in required if name not in (*taken, *given.keywords)]
        refusals = {
            "unknown": [name for name in given.keywords if name not in names],
            "twice": [name for name in given.keywords if name in taken],
            "surplus": [str(position) for position in range(len(names), len(given.positional))],
            "missing": [name for name in missing if not given.may_hold(names, name)],
        }
        if story.guarded or self._is_put_there(f"tf.train.{story.decay.name}"):
            return None
        return next((Refusal(why, tuple(found)) for why, found in refusals.items() if found), None)

    def elements(self, schedule: Schedule, parameter: str) -> tuple[Element, ...] | None:
        """The elements of a list that a decay is given, and what is certain of them; ``None`` where there may be more.

        As in :meth:`sure`, what the program asks something of is not held against it.
        """
        story = self.schedules[schedule]
        if story.guarded or self.refusal(schedule) is not None:
            return None
        if parameter not in story.lists or not self._is_meant(story, parameter):
            return None
        found: list[Element] = []
        for passed in story.lists[parameter]:
            known = self.number(passed)
            number = known.value if known is not None and known.certain else None
            found.append(Element(passed.node, number if isinstance(number, (int, float)) else None))
        return tuple(found)

    def _is_meant(self, story: ScheduleStory, parameter: str) -> bool:
        passed = story.arguments.get(parameter)
        if passed is None or (passed.node is not None and names_in(passed.node) <= _BUILTINS):
            return True
        if passed.node is None or (story.where.assumed and not story.lists.get(parameter)):
            return False
        return self.lexicon.is_constant(passed.node)

    @property
    def lexicon(self) -> Lexicon:
        """The words of the module."""
        if self._lexicon is None:
            self._lexicon = lexicon(self.module, self.left_out)
        return self._lexicon

    def is_step(self, value: Value) -> bool:
        """Whether a value is a variable that counts the updates: the global step, or one that is moved as steps are."""
        step = value.only(Variable)
        if step is None or step.label == GLOBAL_STEP.label:
            return step is not None
        return any(move.kind in ("update", "added", "fed") for move in self.moves_of(step))

    def is_integer_step(self, value: Value) -> bool:
        """Whether a value is a variable of whole numbers."""
        return str(self.dtype(value)).startswith("int")

    def dtype(self, value: Value) -> str | None:
        """The type of a variable, where it is known."""
        step = value.only(Variable)
        return "int64" if step == GLOBAL_STEP else self.dtypes.get(step) if step is not None else None

    def step_type(self, schedule: Schedule) -> type[Scalar] | None:
        """Which numbers a schedule reads its step from: those of a variable, or one that is written there."""
        steps = self.steps(schedule)
        number = steps.only(Literal)
        if number is not None:
            return number.kind if number.kind in (int, float) else None
        dtype = str(self.dtype(steps))
        return int if dtype.startswith("int") else float if dtype.startswith("float") else None

    def swapped_arguments(self, schedule: Schedule) -> tuple[str, ...] | None:
        """The parameters whose arguments have changed places, in their order: the last of these belongs to the first.

        Those are a step and what was given in its place, ``decay_steps`` and ``decay_rate``, or boundaries and values.
        """
        if self.schedules[schedule].guarded or self.refusal(schedule) is not None:
            return None
        return self._misplaced_step(schedule) or self._swapped_numbers(schedule)

    def _misplaced_step(self, schedule: Schedule) -> tuple[str, ...] | None:
        """A step that is given for another parameter, and a number or a list in its own place.

        All that lies between has moved up, as where the step was taken for the last argument: so Keras has it.
        """
        story = self.schedules[schedule]
        own, given = story.decay.step.name, story.arguments.get(story.decay.step.name)
        if given is None or not _is_no_step(given.value):
            return None
        names = [parameter.name for parameter in story.decay.parameters]
        for position, name in enumerate(names):
            passed = story.arguments.get(name)
            if name == own or passed is None or not self.is_step(passed.value):
                continue
            if position < names.index(own):
                number = given.value.only(Literal)
                whole = number is None or number.kind is int
                return None if whole or not self.is_integer_step(passed.value) else (name, own)
            places = tuple(names[names.index(own) : position + 1])
            return places if all(place in story.arguments for place in places) else None
        return None

    def _swapped_numbers(self, schedule: Schedule) -> tuple[str, ...] | None:
        sure = self.sure(schedule)
        steps, rate = sure.get("decay_steps"), sure.get("decay_rate")
        if steps is not None and rate is not None and _is_part(steps.value) and _is_many(rate.value):
            return "decay_steps", "decay_rate"
        ends, values = sure.get("boundaries"), sure.get("values")
        if ends is None or values is None or not isinstance(ends.value, tuple) or not isinstance(values.value, tuple):
            return None
        rates_and_steps = all(map(_is_part, ends.value)) and all(map(_is_many, values.value))
        fits = len(ends.value) == len(values.value) + 1
        return ("boundaries", "values") if rates_and_steps and fits else None

    def is_followed_as_it_is(self, schedule: Schedule) -> bool:
        """Whether an optimizer is given a schedule and nothing is done with it before."""
        return any(story.rate.value.only(Schedule) == schedule for story in self.optimizers.values())

    def mentioned_decays(self) -> Iterator[Mention]:
        """The names under ``tf.train`` that stand for a decay or nearly so, where nothing copes with their absence."""
        for mention in self.decay_names.values():
            asked = mention.where.assumed and not _ASKING.isdisjoint(self.loads)
            if not mention.guarded and not asked and not self._is_put_there(mention.name):
                yield mention

    def _is_put_there(self, name: str) -> bool:
        """Whether the program itself puts something under a name of TensorFlow's."""
        module, _, last = name.rpartition(".")
        return any(
            self.store.read((external(holder), slot)) is not None
            for holder, slot in ((module, last), ("tf", "train"), ("tf", "compat"))
        )

    def only_in_tensorflow_2(self, where: Where) -> outline.Node | None:
        """What shows that a program runs in TensorFlow 2 alone, in the same run as a place: a name of TensorFlow 2's.

        ``None`` where the program asks for the version.
        """
        for evidence in self.tf2_names.values():
            entry = evidence.where.path.entry
            together = entry is where.path.entry or entry.function is self.module
            always = evidence.where.assumed <= where.assumed and not evidence.guarded
            if together and always and self.is_plain_tensorflow(evidence.node):
                return evidence.node if _VERSIONS.isdisjoint(self.lexicon.words) else None
        return None

    def is_plain_tensorflow(self, node: outline.BaseExpression) -> bool:
        """Whether a dotted name begins with TensorFlow as it is imported once, and is no part of ``tf.compat``."""
        root = dotted(node).partition(".")[0]
        path = self.path_of(node)
        return len(self.bindings.get(root, ())) == 1 and path.startswith("tensorflow.") and ".compat." not in path


def _is_no_step(value: Value) -> bool:
    """Whether a value can be no step: a number that is written there, or a list of several."""
    number = value.only(Literal)
    return (number is not None and number.kind in (int, float)) or value.only(Container) is not None


def _is_part(number: object) -> bool:
    """Whether a number is a part of 1, as factors and rates are, and no number of steps."""
    return isinstance(number, float) and 0 < number < 1


def _is_many(number: object) -> bool:
    """Whether a number is one of steps, and no factor nor rate."""
    return isinstance(number, (int, float)) and number > 1 and float(number).is_integer()
