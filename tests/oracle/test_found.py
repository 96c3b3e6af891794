"""Programs about which lrlint and TensorFlow once disagreed, each cut down from a generated one.

``# found:`` says what was wrong, ``# intended:`` the rates that the program means to train with, and ``# not fixed`` that
there is no fix. Lines to be reported end in ``# error: [code]``; a program without one is right.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lrlint.api import check, fix
from oracle import Observation, Oracle

FOUND = sorted((Path(__file__).parents[2] / "fixtures" / "found").glob("*.py"))

_MARK = re.compile(r" *# error: \[(.*)\]$", re.MULTILINE)
_INTENDED = re.compile(r"^# intended: (.*)$", re.MULTILINE)
_PARTIAL = "functools.partial(<"

pytestmark = pytest.mark.parametrize("program", FOUND, ids=lambda path: path.stem)


def intended(text: str) -> list[float]:
    match = _INTENDED.search(text)
    assert match
    return [float(rate) for rate in match[1].split()]


def is_right(observation: Observation, text: str) -> bool:
    """Whether a program trains as it means to, and shows rates where it shows anything."""
    return (
        observation.error is None
        and _PARTIAL not in observation.output + observation.log
        and observation.rates == pytest.approx(intended(text))
    )


def test_the_marks_are_reported_and_nothing_else(program: Path) -> None:
    text = program.read_text("utf-8")
    marks = [(row, m[1]) for row, line in enumerate(text.splitlines(), 1) for m in [_MARK.search(line)] if m]
    assert [(finding.location.row, finding.code) for finding in check(text)] == marks


def test_tensorflow_agrees(program: Path, tensorflow: Oracle) -> None:
    text = program.read_text("utf-8")
    silently_wrong = "LRL108" in text or "LRL304" in text  # it is the weight that goes wrong
    assert is_right(tensorflow.run(program), text) == (not _MARK.search(text) or silently_wrong)


def test_the_fix_makes_it_right(program: Path, tensorflow: Oracle) -> None:
    text = _MARK.sub("", program.read_text("utf-8"))  # a fix that takes a line away stays away from comments
    result = fix(text, unsafe=True)
    assert not result.refused
    if "\n# not fixed\n" in text:
        assert result.source.text == text
    else:
        assert result.remaining == ()
        assert is_right(tensorflow.run(result.source.text), text)
