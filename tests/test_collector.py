"""The garbage collector is off while a file is checked, and as it was behind that."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from lrlint import check, linter
from lrlint.collector import collector_off
from lrlint.config import Settings

PROGRAM = "import tensorflow as tf\nrate = tf.train.exponential_decay(0.1, 0, 1, 0.5)\n"


@pytest.fixture(autouse=True, params=[True, False])
def enabled(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whoever calls may have it on or off."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_it_is_off_while_a_file_is_checked(monkeypatch: pytest.MonkeyPatch, enabled: bool) -> None:
    seen: list[bool] = []
    follow = linter._follow

    def noted(*arguments: object) -> object:
        seen.append(gc.isenabled())
        return follow(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(linter, "_follow", noted)
    check(PROGRAM)
    assert seen == [False]
    assert gc.isenabled() is enabled


def test_it_is_back_after_an_error(enabled: bool) -> None:
    with pytest.raises(KeyboardInterrupt), collector_off():
        raise KeyboardInterrupt
    assert gc.isenabled() is enabled


def test_it_finds_nothing_of_ours() -> None:
    """What was seen of a program ends with its story: nothing in it holds what it is held by."""
    root = Path(__file__).parent.parent / "fixtures"
    programs = {str(path): path.read_bytes() for path in root.rglob("*") if path.suffix in (".py", ".ipynb")}
    for path, data in programs.items():
        linter.check_bytes(path, data, Settings())  # loads and remembers what is for all files
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        for path, data in programs.items():
            linter.check_bytes(path, data, Settings())
        gc.collect()
        ours = {type(each).__name__ for each in gc.garbage if type(each).__module__.startswith("lrlint")}
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
    assert len(programs) > 100
    assert ours == set()
