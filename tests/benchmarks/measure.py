"""What a command costs, and how two of them compare: run in turns, so that a busy machine is busy for both."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

_PER_MEGABYTE = 1e6 if sys.platform == "darwin" else 1e3  # wait4 counts bytes there, and kilobytes elsewhere

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LRLINT", "GIT"))}
"""What all commands are started with: nothing that would keep Python from its compiled files."""


class Failed(Exception):
    """A command ended as it should not; the text says how."""


class Usage(NamedTuple):
    """What a command took, with all the processes that it started: seconds, and megabytes at the peak of one."""

    cpu: float
    wall: float
    memory: float


@dataclass(frozen=True)
class Command:
    """A command line, where it runs, what it may end with, and what is to be done, unmeasured, before each run.

    The memory is at least that of the process which starts it: the system counts it so.
    """

    words: Sequence[str | Path]
    directory: Path
    statuses: Sequence[int] = (0, 1)
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None

    def run(self) -> Usage:
        """Run it to its end; raises :class:`Failed`."""
        self.before()
        words = [str(word) for word in self.words]
        begun = time.perf_counter()
        process = subprocess.Popen(
            words,
            cwd=self.directory,
            env={**ENVIRONMENT, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in self.statuses:
            raise Failed(f"exit status {process.returncode}: {' '.join(words[:6])}")
        return Usage(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / _PER_MEGABYTE)


def in_turns(commands: Mapping[str, Command], rounds: int) -> dict[str, list[Usage]]:
    """What each command took, A B A B and so on.

    A round before the first, which fills the system's caches, is lost; where there is only one, it would matter least.
    """
    for command in commands.values() if rounds > 1 else ():
        command.run()
    taken: dict[str, list[Usage]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(command.run())
    return taken


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return statistics.median(own / other for own, other in zip(ours, theirs, strict=True))


def middle(usages: Sequence[Usage]) -> Usage:
    """The medians."""
    return Usage(*(statistics.median(column) for column in zip(*usages, strict=True)))


def steepest(costs: Mapping[int, float]) -> float:
    """The largest exponent with which a cost grows from one size to the next: 1 is linear, less has a start in it."""
    sizes = sorted(costs)
    return max(math.log(costs[large] / costs[small]) / math.log(large / small) for small, large in pairwise(sizes))
