"""The output is that of the files, whatever the order in which they are given, and however they are shared out."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lrlint import pool
from lrlint.cli import main

ROOT = Path(__file__).parent.parent
FILES = [f"fixtures/found/{path.name}" for path in sorted((ROOT / "fixtures" / "found").glob("*.py"))][:8]


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def printed(capfd: pytest.CaptureFixture[str], *paths: str) -> list[str]:
    code = main(["-q", "--output-format", "concise", *paths])
    out, err = capfd.readouterr()
    assert err == ""
    assert code == (1 if out else 0)
    return out.splitlines()


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(FILES), cuts=st.sets(st.integers(1, len(FILES) - 1)))
def test_order_and_chunks(capfd: pytest.CaptureFixture[str], order: list[str], cuts: set[int]) -> None:
    whole = printed(capfd, *order)
    assert whole == printed(capfd, *FILES) == printed(capfd, *order, *order[:2])
    edges = [0, *sorted(cuts), len(order)]
    chunks = [printed(capfd, *order[start:end]) for start, end in pairwise(edges)]
    assert sorted(line for chunk in chunks for line in chunk) == sorted(whole)


def test_the_number_of_processes(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    alone = printed(capfd, "--jobs", "1", *FILES)
    monkeypatch.setattr(pool, "_PER_PROCESS", 1)
    assert printed(capfd, "--jobs", "2", *FILES) == printed(capfd, "--jobs", "3", *reversed(FILES)) == alone
