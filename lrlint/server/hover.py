"""What is told of a finding, or of a code in a comment, when the pointer rests on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lrlint.finding import Effect, Finding, Location
from lrlint.report.links import page
from lrlint.rules import Rule, all_rules, section
from lrlint.source import Source

_CODE = re.compile(r"\bLRL\d{3}\b")
_SECTIONS = ("What it does", "Why is this bad?", "Fix safety", "TensorFlow says")


def about(finding: Finding) -> str:
    """A finding in Markdown: the message, the effect, the mode, and the rule."""
    parts = [f"**{finding.code}** {finding.message}"]
    if finding.effect:
        parts += _effect(finding.effect)
    if finding.mode:
        parts.append(f"*{finding.mode}*: {finding.evidence}" if finding.evidence else f"*{finding.mode}*")
    parts += [_rule(rule) for rule in all_rules() if rule.code == finding.code]
    return "\n\n".join(parts)


def about_code(source: Source, location: Location) -> str | None:
    """The rule whose code stands at a place, as in ``# noqa: LRL101``; ``None`` where none does."""
    line = source.lines[location.row - 1]
    for match in _CODE.finditer(line):
        if match.start() < location.column <= match.end() + 1:
            return next((_rule(rule) for rule in all_rules() if rule.code == match[0]), None)
    return None


def _effect(effect: Effect) -> Iterator[str]:
    rows = list(zip(effect.steps, effect.intended, effect.actual, strict=True))
    if rows:
        yield "\n".join(
            [
                "| step | intended rate | actual rate |",
                "| ---: | ---: | ---: |",
                *(f"| {step} | {_number(intended)} | {_number(actual)} |" for step, intended, actual in rows),
            ]
        )
    if effect.assumed:
        yield "\n".join(f"* assumed: {words}" for words in effect.assumed)


def _number(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.6g}"


def _rule(rule: Rule) -> str:
    """A rule's page without its programs, which are too long to hover."""
    parts = [f"### [{rule.code} {rule.name}]({page(rule.name)})"]
    for heading in _SECTIONS:
        text = section(rule, heading)
        if text:
            parts.append(f"**{heading}** {text}")
    return "\n\n".join(parts)
