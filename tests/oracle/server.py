"""Runs programs under TensorFlow: one import, then one fork a program. Runs on Python 3.7 too, by itself.

Questions come in and answers go out as lines of JSON. A question has the program's ``name``, ``source`` and
``arguments``, and the ``seconds`` that it may take; an answer is what ``observation.Observation.from_json`` reads.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
import types

import tensorflow as tf
from recorder import Recorder


def main():
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever TensorFlow prints is not an answer
    _send(answers, {"tensorflow": tf.__version__})
    for line in sys.stdin:
        _send(answers, answer(json.loads(line)))


def _send(stream, message):
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def answer(question):
    """Forks, lets the child run the program, and collects what it wrote."""
    folder = tempfile.mkdtemp(prefix="lrlint-oracle-")
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        _run(question, folder, writer)
        os._exit(0)
    os.close(writer)
    try:
        report = _read(reader, time.monotonic() + question["seconds"])
        if report is None:
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        if not report:
            reason = "it took too long" if report is None else f"it died with status {status}"
            report = json.dumps({"updates": [], "schedules": [], "error": _failure("Stopped", reason)})
        return dict(json.loads(report), output=_text(folder, "stdout"), log=_text(folder, "stderr"))
    finally:
        os.close(reader)
        shutil.rmtree(folder, ignore_errors=True)


def _read(reader, deadline):
    """All that comes through the pipe, or None if its end does not come in time."""
    chunks = []
    while True:
        ready, _, _ = select.select([reader], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return None
        chunk = os.read(reader, 65536)
        if not chunk:
            return b"".join(chunks).decode("utf-8")
        chunks.append(chunk)


def _text(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _run(question, folder, writer):
    """The child: runs the program as ``__main__`` in an empty folder and reports through the pipe."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_CREAT), number)
    work = os.path.join(folder, "work")
    os.mkdir(work)
    os.chdir(work)

    recorder = Recorder(tf)
    recorder.listen()
    program = types.ModuleType("__main__")
    program.__file__ = question["name"]
    sys.modules["__main__"] = program
    sys.argv = [question["name"]] + question["arguments"]
    error = None
    try:
        exec(compile(question["source"], question["name"], "exec", dont_inherit=True), program.__dict__)
    except BaseException as problem:
        if not (isinstance(problem, SystemExit) and not problem.code):
            error = _describe(problem, question["name"])
    sys.stdout.flush()
    sys.stderr.flush()
    report = json.dumps({"updates": recorder.updates, "schedules": recorder.schedules(), "error": error})
    with os.fdopen(writer, "w", encoding="utf-8") as stream:
        stream.write(report)


def _describe(problem, name):
    lines = [frame.lineno for frame in traceback.extract_tb(problem.__traceback__) if frame.filename == name]
    if isinstance(problem, SyntaxError) and problem.filename == name:
        lines.append(problem.lineno)
    trace = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
    return _failure(type(problem).__name__, str(problem), lines[-1] if lines else 0, trace)


def _failure(kind, message, line=0, trace=""):
    return {"type": kind, "message": message, "line": line, "traceback": trace}


if __name__ == "__main__":
    main()
