"""LRL001: a file that mentions a decay and cannot be parsed. It is reported where parsing fails, before any trace."""

from __future__ import annotations

from lrlint.rules.base import Rule

RULE = Rule(
    code="LRL001",
    summary="a file that mentions a decay cannot be parsed",
    mode="both",
    fix="none",
    since="0.1.0",
    check=None,
)
