"""The oracle: real TensorFlow, asked what a program does.

``run(program)`` executes a program in a process of its own under TensorFlow 1.15 or 2.15 and hands back an
:class:`Observation`: the rate that each update applied, what became of the steps, the output and the exception, if any::

    observation = run("import tensorflow as tf ...", tensorflow="1.15")
    assert observation.rates == pytest.approx([0.1, 0.05, 0.025])

Python here and Python under TensorFlow differ (1.15 needs 3.7), so a small server runs there: it imports TensorFlow once
and forks for each program. ``interpreters`` finds that Python, ``client`` talks to ``server``, ``recorder`` listens to
TensorFlow's optimizers and decays.
"""

from __future__ import annotations

from oracle.client import Oracle, OracleError, connect, run
from oracle.interpreters import VERSIONS, Unavailable, Version
from oracle.observation import Failure, Observation, Schedule, Update

__all__ = [
    "VERSIONS",
    "Failure",
    "Observation",
    "Oracle",
    "OracleError",
    "Schedule",
    "Unavailable",
    "Update",
    "Version",
    "connect",
    "run",
]
