"""The fixtures: what lrlint says of each program, what it makes of it, and what TensorFlow says of both.

``fixtures/<story>/wrong.py`` (or ``.ipynb``) marks the lines to be reported with ``# error: [codes]``. ``repaired.py`` beside it is what the
fix makes of it, without the marks; where it begins with ``# repaired by hand: why``, there is no safe fix and nothing is
changed. ``fixtures/right`` has programs that look alike and are right. Programs that name ``tf.compat.v1`` run under
TensorFlow 2 as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lrlint.api import check, fix
from lrlint.decays import DECAYS
from lrlint.finding import Finding
from lrlint.read import is_notebook, read
from oracle import VERSIONS, Observation, Oracle

FIXTURES = Path(__file__).parent.parent / "fixtures"
RIGHT = sorted((FIXTURES / "right").glob("*.py"))
PARTIAL = "functools.partial(<"

_MARK = re.compile(r" *# error: \[([^]\n]*)\]")
_MAGIC = re.compile(r"\b_{2,}\b")


@dataclass(frozen=True)
class Frozen:
    """Every update is made with one rate."""

    rate: float

    def check(self, observation: Observation) -> None:
        assert observation.error is None
        assert len(observation.rates) > 1
        assert observation.rates == pytest.approx([self.rate] * len(observation.rates))


@dataclass(frozen=True)
class Raises:
    """An exception ends the program."""

    type: str
    message: str

    def check(self, observation: Observation) -> None:
        assert observation.error
        assert observation.error.type == self.type
        assert self.message in observation.error.message


@dataclass(frozen=True)
class Prints:
    """The output shows a schedule where it should show a rate."""

    text: str = PARTIAL

    def check(self, observation: Observation) -> None:
        assert observation.error is None
        assert self.text in observation.output


@dataclass(frozen=True)
class Story:
    """What a wrong program does, and which rates the repaired one applies: ``scale`` times the decay at these steps."""

    claims: tuple[Frozen | Raises | Prints, ...]
    decay: str
    arguments: dict[str, Any]
    updates: int
    first_step: int = 0
    scale: float = 1.0

    @property
    def rates(self) -> list[float]:
        steps = range(self.first_step, self.first_step + self.updates)
        return [self.scale * DECAYS[self.decay].at(step, self.arguments) for step in steps]


STORIES = {
    "augmented_step": Story(
        (Raises("RuntimeError", "not supported"),),
        "cosine_decay",
        {"learning_rate": 0.1, "decay_steps": 5},
        updates=6,
    ),
    "chained_minimize": Story(
        (Frozen(0.1),), "exponential_decay", {"learning_rate": 0.1, "decay_steps": 2, "decay_rate": 0.5}, updates=6
    ),
    "chosen_optimizer": Story(
        (Frozen(0.1),),
        "polynomial_decay",
        {"learning_rate": 0.1, "decay_steps": 4, "end_learning_rate": 0.02, "cycle": True},
        updates=10,
    ),
    "clipped_gradients": Story(
        (Frozen(0.2),),
        "natural_exp_decay",
        {"learning_rate": 0.2, "decay_steps": 3, "decay_rate": 0.5, "staircase": True},
        updates=8,
    ),
    "counter_in_a_helper": Story(
        (Raises("InvalidArgumentError", "lr is not a scalar"),),
        "linear_cosine_decay",
        {"learning_rate": 0.1, "decay_steps": 4},
        updates=5,
    ),
    "frozen_adam": Story(
        (Frozen(0.1),),
        "cosine_decay_restarts",
        {"learning_rate": 0.1, "first_decay_steps": 4, "t_mul": 1.0, "m_mul": 0.5},
        updates=10,
    ),
    "frozen_ftrl": Story((Frozen(0.1),), "polynomial_decay", {"learning_rate": 0.1, "decay_steps": 5}, updates=6),
    "frozen_number": Story(
        (Frozen(0.1001),),
        "noisy_linear_cosine_decay",
        {"learning_rate": 0.1, "decay_steps": 6, "initial_variance": 0.0},
        updates=8,
    ),
    "gradient_tape": Story(
        (Frozen(0.1),), "cosine_decay", {"learning_rate": 0.1, "decay_steps": 10, "alpha": 0.1}, updates=10
    ),
    "graph_session": Story(
        (Frozen(0.1),),
        "polynomial_decay",
        {"learning_rate": 0.1, "decay_steps": 6, "end_learning_rate": 0.01, "power": 2.0},
        updates=8,
    ),
    "halved_rate": Story(
        (Raises("TypeError", "unsupported operand type(s) for *: 'functools.partial' and 'float'"),),
        "linear_cosine_decay",
        {"learning_rate": 0.1, "decay_steps": 8, "num_periods": 1.0},
        updates=10,
        scale=0.5,
    ),
    "hidden_step": Story(
        (Frozen(0.1),), "exponential_decay", {"learning_rate": 0.1, "decay_steps": 1, "decay_rate": 0.5}, updates=4
    ),
    "line_notebook": Story(
        (Frozen(0.1), Prints(": rate " + PARTIAL)),
        "exponential_decay",
        {"learning_rate": 0.1, "decay_steps": 2, "decay_rate": 0.5},
        updates=6,
    ),
    "list_counter": Story(
        (Raises("AttributeError", "'list' object has no attribute 'dtype'"),),
        "piecewise_constant",
        {"boundaries": [10, 17], "values": [0.1, 0.01, 0.001]},
        updates=5,
        first_step=15,
    ),
    "number_in_a_list": Story(
        (Raises("InvalidArgumentError", "alpha is not a scalar: [1]"),),
        "exponential_decay",
        {"learning_rate": 0.1, "decay_steps": 1, "decay_rate": 0.5},
        updates=5,
    ),
    "printed_partial": Story(
        (Prints(),), "piecewise_constant", {"boundaries": [10, 20], "values": [0.01, 0.001, 0.0001]}, updates=24
    ),
    "rate_in_percent": Story(
        (Raises("TypeError", "unsupported operand type(s) for *: 'int' and 'functools.partial'"),),
        "piecewise_constant_decay",
        {"boundaries": [2, 4], "values": [0.4, 0.2, 0.1]},
        updates=7,
    ),
    "rebound_step": Story(
        (Frozen(0.1),), "piecewise_constant", {"boundaries": [10], "values": [0.1, 0.01]}, updates=15
    ),
    "step_stands_still": Story(
        (Frozen(0.1),),
        "exponential_decay",
        {"learning_rate": 0.1, "decay_steps": 100000, "decay_rate": 0.96, "staircase": True},
        updates=6,
        first_step=99998,
    ),
    "trainer_class": Story(
        (Frozen(0.1),), "inverse_time_decay", {"learning_rate": 0.1, "decay_steps": 2, "decay_rate": 0.5}, updates=8
    ),
    "training_log": Story(
        (Prints(), Prints("rate: " + PARTIAL), Prints("model-" + PARTIAL)),
        "inverse_time_decay",
        {"learning_rate": 0.1, "decay_steps": 1, "decay_rate": 1.0},
        updates=6,
    ),
    "two_slips": Story(
        (Frozen(0.1), Prints("learning rate: " + PARTIAL)),
        "natural_exp_decay",
        {"learning_rate": 0.1, "decay_steps": 10, "decay_rate": 1.0},
        updates=6,
    ),
}

CONSTANT = {"inside_a_function", "teacher_forcing"}
"""Right programs whose optimizers follow no schedule, or that have none."""


def wrong(story: str) -> Path:
    return _program(story, "wrong")


def repaired(story: str) -> Path:
    return _program(story, "repaired")


def _program(story: str, name: str) -> Path:
    file = FIXTURES / story / f"{name}.py"
    return file if file.exists() else file.with_suffix(".ipynb")


def by_hand(story: str) -> bool:
    return "\n# repaired by hand: " in repaired(story).read_text("utf-8")


def program_text(file: Path) -> str:
    """What a file runs; of a notebook, the Python in its cells."""
    return read(file.name, file.read_bytes()).text


def observed(tensorflow: Oracle, file: Path) -> Observation:
    """What a program does; IPython's commands in a notebook do nothing."""
    if not is_notebook(file.name):
        return tensorflow.run(file)
    return tensorflow.run(_MAGIC.sub("None", read(file.name, file.read_bytes()).code))


def marked(text: str) -> Iterator[tuple[int, str]]:
    """The row and code of every mark."""
    for row, line in enumerate(text.splitlines(), start=1):
        mark = _MARK.search(line)
        if mark and mark.end() == len(line):
            yield from ((row, code) for code in mark[1].split(", "))


def places(findings: Iterable[Finding]) -> list[tuple[int, str]]:
    return [(finding.location.row, finding.code) for finding in findings]


def runs(programs: Iterable[Path]) -> pytest.MarkDecorator:
    """Parametrizes a test with the programs and the TensorFlows that they are for."""
    cases = [
        pytest.param(version, program, id=f"{program.parent.name}-{program.stem}-{version}")
        for program in programs
        for version in VERSIONS
        if version == "1.15" or "compat" in program.read_text("utf-8")
    ]
    return pytest.mark.parametrize(("tensorflow", "program"), cases, indirect=["tensorflow"])


# --- what lrlint says ----------------------------------------------------------------------------------------------


def test_every_program_has_its_story() -> None:
    folders = {folder.name for folder in FIXTURES.iterdir() if folder.is_dir()}
    assert folders == {*STORIES, "found", "right"}
    assert {story.decay for story in STORIES.values()} == set(DECAYS)


@pytest.mark.parametrize("story", STORIES)
def test_every_mark_is_reported_and_nothing_else(story: str) -> None:
    file = wrong(story)
    assert places(check(file.read_bytes(), path=file.name)) == list(marked(program_text(file))) != []


@pytest.mark.parametrize(
    "program", [*map(repaired, STORIES), *RIGHT], ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_what_is_right_is_silent(program: Path) -> None:
    assert check(program.read_bytes(), path=program.name) == []


@pytest.mark.parametrize("story", STORIES)
def test_the_fix_makes_the_repaired_program(story: str) -> None:
    file = wrong(story)
    old = file.read_bytes()
    result = fix(old, path=file.name)
    new = result.source.to_bytes()
    if by_hand(story):
        assert new == old
        assert places(result.remaining) == list(marked(program_text(file)))
    else:
        assert _MARK.sub("", new.decode("utf-8")) == repaired(story).read_text("utf-8")
        assert places(result.remaining) == []
        assert fix(new, path=file.name).source.to_bytes() == new


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("story", STORIES)
def test_what_is_silenced_is_left_as_it_is(story: str, newline: str) -> None:
    text = _MARK.sub("  # noqa: LRL", wrong(story).read_text("utf-8")).replace("\n", newline)
    for unsafe in (False, True):
        result = fix(text.encode(), unsafe=unsafe)
        assert result.source.to_bytes() == text.encode()
        assert (result.remaining, result.applied.total()) == ((), 0)


# --- what TensorFlow says -------------------------------------------------------------------------------------------


@runs(map(wrong, STORIES))
def test_wrong_programs_go_wrong(tensorflow: Oracle, program: Path) -> None:
    observation = observed(tensorflow, program)
    for claim in STORIES[program.parent.name].claims:
        claim.check(observation)


@runs(map(repaired, STORIES))
def test_repaired_programs_train_as_meant(tensorflow: Oracle, program: Path) -> None:
    observation = observed(tensorflow, program)
    assert observation.error is None
    assert observation.rates == pytest.approx(STORIES[program.parent.name].rates, rel=1e-4, abs=1e-9)
    assert all(schedule.moved for schedule in observation.schedules)
    assert PARTIAL not in observation.output


@runs(RIGHT)
def test_right_programs_train_as_meant(tensorflow: Oracle, program: Path) -> None:
    observation = observed(tensorflow, program)
    assert observation.error is None
    assert PARTIAL not in observation.output
    assert (len(set(observation.rates)) > 1) == (program.stem not in CONSTANT)
