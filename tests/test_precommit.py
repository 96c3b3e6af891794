"""The pre-commit hooks: as metadata, and in a real run of pre-commit on a repository of its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from lrlint.cli import check

ROOT = Path(__file__).parent.parent
NOTEBOOK = ROOT / "fixtures" / "line_notebook"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}

WRONG = """\
import tensorflow as tf

tf.enable_eager_execution()
weight = tf.Variable(1.0)
step = tf.train.get_or_create_global_step()
rate = tf.train.exponential_decay(0.1, step, 1, 0.5)
optimizer = tf.train.GradientDescentOptimizer(rate)
for _ in range(3):
    optimizer.minimize(lambda: 1.0 * weight)
"""
RIGHT = WRONG.replace("* weight)", "* weight, global_step=step)")


def git(*arguments: str, cwd: Path) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=cwd, check=True, capture_output=True)


def commit(directory: Path) -> Path:
    git("init", "--quiet", cwd=directory)
    git("add", "--all", cwd=directory)
    git("commit", "--quiet", "--message", "all", cwd=directory)
    return directory


def test_there_are_two_hooks_and_they_differ_in_the_fix_alone() -> None:
    assert sorted(HOOKS) == ["lrlint", "lrlint-fix"]
    assert HOOKS["lrlint"]["entry"] == "lrlint check --force-exclude"
    assert HOOKS["lrlint-fix"]["entry"] == "lrlint check --force-exclude --fix"
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["types_or"] == ["python", "pyi", "jupyter"]
        assert hook["require_serial"] is True
        assert hook["minimum_pre_commit_version"] == "2.9.2"
        assert hook["args"] == []


def test_the_flags_of_the_hooks_exist() -> None:
    known = {flag for parameter in check.params for flag in parameter.opts}
    for hook in HOOKS.values():
        command, subcommand, *flags = hook["entry"].split()
        assert (command, subcommand) == ("lrlint", "check")
        assert set(flags) <= known


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This checkout as it stands, committed: what pre-commit installs lrlint from."""
    copy = tmp_path_factory.mktemp("checkout") / "lrlint"
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    ignore = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", "*.egg-info", "build", "dist")
    if listed.returncode:
        shutil.copytree(ROOT, copy, ignore=ignore)
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return commit(copy)


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    """A repository with a wrong program and a wrong notebook, and a program that an excluded directory hides."""
    (tmp_path / "build").mkdir()
    (tmp_path / "train.py").write_text(WRONG)
    (tmp_path / "build" / "train.py").write_text(WRONG)
    (tmp_path / "train.ipynb").write_bytes((NOTEBOOK / "wrong.ipynb").read_bytes())
    (tmp_path / "notes.txt").write_text("exponential_decay(")
    return commit(tmp_path)


@pytest.mark.network
@pytest.mark.skipif(
    os.environ.get("LRLINT_NETWORK_TESTS") != "1",
    reason="installs from the package registry: LRLINT_NETWORK_TESTS=1 runs it",
)
def test_pre_commit_runs_both_hooks(checkout: Path, toy: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit"))}

    def hook(name: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(checkout), name, "--verbose", "--color", "never"]
        command += ["--files", "train.py", "train.ipynb", "build/train.py", "notes.txt"]
        done = subprocess.run(command, cwd=toy, env=environment, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    code, output = hook("lrlint")
    assert code == 1, output
    assert "train.py:9:5: LRL101 [*] " in output
    assert "train.ipynb:cell 7:3:5: LRL101 [*] " in output
    assert "build/train.py:" not in output
    assert (toy / "train.py").read_text() == WRONG

    code, output = hook("lrlint-fix")
    assert code == 1, output
    assert "files were modified by this hook" in output
    assert (toy / "train.py").read_text() == RIGHT
    fixed = (toy / "train.ipynb").read_text("utf-8")
    assert re.sub(r" *# error: \[\w+\]", "", fixed) == (NOTEBOOK / "repaired.ipynb").read_text("utf-8")
    assert (toy / "build" / "train.py").read_text() == WRONG

    for name in HOOKS:
        code, output = hook(name)
        assert code == 0, output
