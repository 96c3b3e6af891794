"""The rules: each one a module with a ``RULE`` and a page of the same name, found by looking, not registered."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import import_module

from lrlint.rules.base import Change, Mistake, Repair, Rule, Strays

__all__ = [
    "Change",
    "Mistake",
    "Repair",
    "Rule",
    "Strays",
    "all_rules",
    "names",
    "page",
    "reading",
    "section",
    "tensorflow_says",
]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of their codes."""
    found: list[Rule] = []
    for module_info in pkgutil.iter_modules(__path__):
        rule = getattr(import_module(f"{__name__}.{module_info.name}"), "RULE", None)
        if isinstance(rule, Rule):
            found.append(replace(rule, name=module_info.name.replace("_", "-")))
    return tuple(sorted(found, key=lambda rule: rule.code))


_TITLE = re.compile(r"# ([a-z][a-z0-9-]*) \((LRL[0-9]{3})\)\s*")


@cache
def names() -> Mapping[str, str]:
    """The name of every rule by its code, in the order of the codes: the titles of the pages, which load no rule."""
    from importlib import resources

    found: dict[str, str] = {}
    for file in resources.files(__name__).iterdir():
        if file.name.endswith(".md"):
            with file.open(encoding="utf-8") as page:
                title = _TITLE.fullmatch(page.readline())
            if title is not None:
                found[title[2]] = title[1]
    return dict(sorted(found.items()))


_FOR_TESTS = (
    re.compile(r"^<!--.*?-->\n", re.MULTILINE),  # what a program prints and trains with
    re.compile(r"(?<=^```python) [\w -]+$", re.MULTILINE),  # how it is to be run
    re.compile(r" +# (?:error|todo): .*$", re.MULTILINE),  # what is reported in it
)


def reading(rule: Rule) -> str:
    """The page of a rule for a reader: without the marks that make it a test."""
    text = page(rule)
    for mark in _FOR_TESTS:
        text = mark.sub("", text)
    return text


def section(rule: Rule, heading: str) -> str:
    """One section of a rule's page for a reader, without its heading; ``""`` where the page has none such."""
    _, _, below = reading(rule).partition(f"\n## {heading}\n")
    return below.partition("\n## ")[0].strip()


def tensorflow_says(code: str) -> str:
    """What the page of a rule has TensorFlow say; empty where there is no such rule."""
    return next((section(rule, "TensorFlow says") for rule in all_rules() if rule.code == code), "")


def page(rule: Rule) -> str:
    """The Markdown page of a rule, as it is."""
    from importlib import resources

    return resources.files(__name__).joinpath(rule.name.replace("-", "_") + ".md").read_text("utf-8")
