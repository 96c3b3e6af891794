"""Talks to the server that runs programs under TensorFlow."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from oracle.interpreters import Version, find
from oracle.observation import Observation

_SERVER = Path(__file__).with_name("server.py")
_SECONDS = 120.0
_QUIET = {"CUDA_VISIBLE_DEVICES": "-1", "PYTHONWARNINGS": "ignore", "TF_CPP_MIN_LOG_LEVEL": "3"}


class OracleError(Exception):
    """The server failed, not the program: nothing is known about the program."""


class Oracle:
    """One TensorFlow, imported once; every program runs in a fork of it, and every program runs only once."""

    def __init__(self, python: str) -> None:
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed with the server)
        self._server = subprocess.Popen(
            [python, str(_SERVER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            env={**os.environ, **_QUIET},
        )
        self._seen: dict[tuple[str, str, tuple[str, ...]], Observation] = {}
        self.version: str = self._answer()["tensorflow"]

    def run(self, program: str | Path, *, arguments: tuple[str, ...] = (), seconds: float = _SECONDS) -> Observation:
        """What a program does, given as its text or as its path; it is stopped after so many ``seconds``."""
        name = program.name if isinstance(program, Path) else "program.py"
        source = program.read_text("utf-8") if isinstance(program, Path) else program
        key = (name, source, arguments)
        if key not in self._seen:
            question = {"name": name, "source": source, "arguments": arguments, "seconds": seconds}
            assert self._server.stdin
            try:
                print(json.dumps(question), file=self._server.stdin, flush=True)
            except BrokenPipeError as problem:
                raise self._stopped() from problem
            self._seen[key] = Observation.from_json(self._answer())
        return self._seen[key]

    def close(self) -> None:
        """Stops the server."""
        for stream in (self._server.stdin, self._server.stdout):
            if stream:
                with suppress(BrokenPipeError):
                    stream.close()
        self._server.wait()
        self._log.close()

    def _answer(self) -> dict[str, Any]:
        assert self._server.stdout
        line = self._server.stdout.readline()
        if not line:
            raise self._stopped()
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _stopped(self) -> OracleError:
        self._server.wait()
        self._log.seek(0)
        last_words = self._log.read().decode("utf-8", "replace")[-2000:]
        self.close()
        return OracleError(f"the server stopped: {last_words}")


@cache
def connect(version: Version) -> Oracle:
    """The oracle for a TensorFlow, started at the first call. Raises :class:`oracle.Unavailable`."""
    oracle = Oracle(find(version))
    atexit.register(oracle.close)
    return oracle


def run(program: str | Path, tensorflow: Version = "1.15") -> Observation:
    """What a program does under that TensorFlow."""
    return connect(tensorflow).run(program)
