"""LRL002: a comment that suppresses nothing. It is found when all the other findings are known: see `lrlint.unused`."""

from __future__ import annotations

from lrlint.rules.base import Rule

RULE = Rule(
    code="LRL002",
    summary="a `noqa` for a code of lrlint that suppresses nothing; has to be asked for",
    mode="both",
    fix="safe",
    since="0.2.0",
    check=None,
)
