"""Rules that stand in for the real ones where the engine is under test: they find names and replace them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

import pytest

from lrlint import outline
from lrlint.finding import Safety
from lrlint.program import Program
from lrlint.rules import Change, Mistake, Repair, Rule
from lrlint.trace.syntax import walk

Check = Callable[[Program], Iterable[Mistake]]

DECAY = "tf.train.exponential_decay\n"
"""A first line that opens every gate."""


def named(program: Program, name: str) -> Iterator[outline.Name]:
    return (node for node in walk(program.module) if isinstance(node, outline.Name) and node.value == name)


def rule(code: str, check: Check) -> Rule:
    untyped: Any = check  # a real rule is given a trace; here the program stands for it
    return Rule(code, "a stand-in", "both", "safe", "0.1.0", untyped, name=f"rule-{code[3:]}")


def finds(code: str, name: str) -> Rule:
    """A rule that finds a name and has no fix."""
    return rule(code, lambda program: [Mistake(node, f"found {name}") for node in named(program, name)])


def replaces(code: str, old: str, new: str, safety: Safety = "safe", where: Any = "replace") -> Rule:
    """A rule that finds a name and writes another for it."""

    def check(program: Program) -> Iterable[Mistake]:
        for node in named(program, old):
            yield Mistake(node, f"found {old}", Repair(safety, f"Write {new}", (Change(node, new, where),)))

    return rule(code, check)


def install(monkeypatch: pytest.MonkeyPatch, *rules: Rule) -> None:
    """Let these be the rules there are, and let the program be its own trace."""

    def whole(program: Program, **_: object) -> Program:
        return program

    trace = ModuleType("lrlint.trace")
    trace.trace = whole  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "lrlint.trace", trace)
    monkeypatch.setattr(Program, "file_mode", None, raising=False)
    monkeypatch.setattr("lrlint.rules.all_rules", lambda: tuple(sorted(rules, key=lambda rule: rule.code)))
