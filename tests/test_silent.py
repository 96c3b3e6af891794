"""Programs that are right, or of which one file cannot know that they are wrong: none of them may be reported.

They were written to mislead: steps that are moved behind a container, a guard, a context or another name, schedules that
are called where they can be, graphs that are fed. Those that are reported all the same are ``TODO``; the test fails when
one of them is mended, so that it is taken off the list.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lrlint.config import Settings
from lrlint.linter import check_bytes

SILENT = Path(__file__).parent / "silent"
PROGRAMS = sorted(path.relative_to(SILENT).as_posix() for path in SILENT.glob("*/*.py"))

TODO: dict[str, str] = {}


@pytest.mark.parametrize("name", PROGRAMS)
def test_is_silent(name: str) -> None:
    result = check_bytes(name, (SILENT / name).read_bytes(), Settings())
    assert result.error is None
    assert bool(result.findings) == (name in TODO), result.findings


def test_every_todo_is_there() -> None:
    assert set(TODO) <= set(PROGRAMS)
