"""The rules: each one a module with a ``RULE`` and a page of the same name, found by looking, not registered."""

from __future__ import annotations

import pkgutil
from dataclasses import replace
from functools import cache
from importlib import import_module, resources

from lrlint.rules.base import Change, Mistake, Repair, Rule

__all__ = ["Change", "Mistake", "Repair", "Rule", "all_rules", "page"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes."""
    found: list[Rule] = []
    for module_info in pkgutil.iter_modules(__path__):
        rule = getattr(import_module(f"{__name__}.{module_info.name}"), "RULE", None)
        if isinstance(rule, Rule):
            found.append(replace(rule, name=module_info.name.replace("_", "-")))
    return tuple(sorted(found, key=lambda rule: rule.code))


def page(rule: Rule) -> str:
    """The Markdown page of a rule."""
    return resources.files(__name__).joinpath(rule.name.replace("-", "_") + ".md").read_text("utf-8")
