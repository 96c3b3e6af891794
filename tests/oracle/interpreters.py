"""Finds a Python that has TensorFlow, without importing TensorFlow to find out.

The environment variables ``LRLINT_TF115_PYTHON`` and ``LRLINT_TF215_PYTHON`` name one. Without them it is looked for in
``$LRLINT_TF_CACHE`` (``~/.cache/lrlint-tf``) as ``tf115/bin/python``, then here, on the path, and in pyenv.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

Version = Literal["1.15", "2.15"]
VERSIONS: tuple[Version, ...] = get_args(Version)

_PYTHON = {"1.15": "3.7", "2.15": "3.11"}

_HAS_TENSORFLOW = """
import os, re, sys
pattern = re.compile(r"(intel_)?tensorflow(_cpu|_gpu|_cpu_aws|_intel)?-%s\\.")
sys.exit(not any(pattern.match(name) for path in sys.path if os.path.isdir(path) for name in os.listdir(path)))
"""


class Unavailable(Exception):
    """There is no such TensorFlow on this machine; the text says how to provide one."""


def variable(version: Version) -> str:
    """The environment variable that names the interpreter."""
    return f"LRLINT_TF{version.replace('.', '')}_PYTHON"


@cache
def find(version: Version) -> str:
    """The path of a Python with that TensorFlow. Raises :class:`Unavailable`."""
    named = os.environ.get(variable(version))
    if named:
        if has_tensorflow(named, version):
            return named
        raise Unavailable(f"{variable(version)} is {named}, which has no TensorFlow {version}")
    for candidate in _candidates(version):
        if has_tensorflow(candidate, version):
            return candidate
    raise Unavailable(f"no Python with TensorFlow {version} here: name one in {variable(version)}")


def has_tensorflow(python: str, version: Version) -> bool:
    """Whether that interpreter starts and has that TensorFlow installed."""
    command = [python, "-c", _HAS_TENSORFLOW % version.replace(".", r"\.")]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _candidates(version: Version) -> Iterator[str]:
    cache_dir = Path(os.environ.get("LRLINT_TF_CACHE") or "~/.cache/lrlint-tf").expanduser()
    yield str(cache_dir / f"tf{version.replace('.', '')}" / "bin" / "python")
    yield sys.executable
    on_path = shutil.which(f"python{_PYTHON[version]}")
    if on_path:
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or "~/.pyenv").expanduser()
    for folder in sorted((pyenv / "versions").glob(f"{_PYTHON[version]}*")):
        yield str(folder / "bin" / "python")
