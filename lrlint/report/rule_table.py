"""The rules as a table: for the terminal, and for Markdown pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrlint.rules import Rule

_HEAD = ("code", "name", "mode", "fix", "summary")


def _in_repository(rule: Rule) -> str:
    return f"lrlint/rules/{rule.name.replace('-', '_')}.md"


def text(rules: Sequence[Rule]) -> str:
    """Aligned columns, one line a rule."""
    rows = [tuple(word.upper() for word in _HEAD), *(_row(rule) for rule in rules)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEAD))]
    return "".join("  ".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)


def markdown(rules: Sequence[Rule], *, target: Callable[[Rule], str] = _in_repository) -> str:
    """A Markdown table whose codes lead to the rules' pages: by default from the top of the repository."""
    rows = [_HEAD, ("---",) * len(_HEAD), *(_linked(rule, target(rule)) for rule in rules)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(rule: Rule) -> tuple[str, ...]:
    return rule.code, rule.name, rule.mode, rule.fix, rule.summary


def _linked(rule: Rule, target: str) -> tuple[str, ...]:
    code, *others = (cell.replace("|", "\\|") for cell in _row(rule))
    return f"[{code}]({target})", *others
