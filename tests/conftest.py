"""Fixtures and settings for all tests: the oracles, Hypothesis."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import hypothesis
import pytest

from oracle import VERSIONS, Oracle, Unavailable, Version, connect

# How long an example takes depends on the machine and says nothing about the code.
hypothesis.settings.register_profile("lrlint", deadline=None)
hypothesis.settings.load_profile("lrlint")


def pytest_configure(config: pytest.Config) -> None:
    os.environ["LRLINT_NO_CACHE"] = "1"  # before any fixture that runs the command
    for version in VERSIONS:
        config.addinivalue_line("markers", f"{_name(version)}: runs programs under TensorFlow {version}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that ask a TensorFlow, so that ``-m "not oracle"`` leaves them out."""
    for item in items:
        params = item.callspec.params if hasattr(item, "callspec") else {}
        for version in VERSIONS:
            if _name(version) in getattr(item, "fixturenames", ()) or params.get("tensorflow") == version:
                item.add_marker(_name(version))
                item.add_marker("oracle")


def _name(version: Version) -> str:
    return "tf" + version.replace(".", "")


@cache
def _connection(version: Version) -> Oracle | Unavailable:
    try:
        return connect(version)
    except Unavailable as problem:
        return problem


def _oracle(version: Version) -> Oracle:
    connection = _connection(version)
    if isinstance(connection, Oracle):
        return connection
    if os.environ.get("LRLINT_REQUIRE_ORACLE") == "1":
        pytest.fail(f"LRLINT_REQUIRE_ORACLE=1, but {connection}", pytrace=False)
    pytest.skip(str(connection))


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output as on no terminal in particular, whatever the tests run in."""
    for name in ("CI_PROJECT_DIR", "COLUMNS", "FORCE_COLOR", "GITHUB_WORKSPACE", "LRLINT_CACHE_DIR", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody can reach; pytest's own are closed to all but their owner."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder with room for a million bytes."""
    words = ["-t", "tmpfs", "-o", "size=1000000", "lrlint-test", str(tmp_path)]
    if not shutil.which("mount") or subprocess.run(["mount", *words], check=False, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield tmp_path
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@pytest.fixture(scope="session")
def tf115() -> Oracle:
    """TensorFlow 1.15."""
    return _oracle("1.15")


@pytest.fixture(scope="session")
def tf215() -> Oracle:
    """TensorFlow 2.15."""
    return _oracle("2.15")


@pytest.fixture(scope="session", params=VERSIONS, ids=_name)
def tensorflow(request: pytest.FixtureRequest) -> Oracle:
    """Each TensorFlow in turn; parametrize it indirectly to ask only some of them."""
    return _oracle(request.param)
