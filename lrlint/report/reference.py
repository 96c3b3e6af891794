"""The rules as a whole, to be read or looked up: their table, and all their pages."""

from __future__ import annotations

import json as json_module
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lrlint.report import rule_table
from lrlint.report.links import page
from lrlint.rules import reading
from lrlint.selectors import OPT_IN

if TYPE_CHECKING:
    from lrlint.rules import Rule

_TITLE = "The rules of lrlint"
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(?=#+ )", re.MULTILINE)


def markdown(rules: Sequence[Rule]) -> str:
    """One document: the table, whose codes lead to the pages below it."""
    table = rule_table.markdown(rules, target=_anchor)
    return "\n".join([f"# {_TITLE}\n", table, *(_lowered(reading(rule)) for rule in rules)])


def json(rules: Sequence[Rule]) -> str:
    """A list of objects, indented by two; ``explanation`` is the page in Markdown, and all names are ruff's if it has them."""
    records = [
        {
            "code": rule.code,
            "name": rule.name,
            "summary": rule.summary,
            "mode": rule.mode,
            "fix": rule.fix,
            "since": rule.since,
            "preview": rule.code in OPT_IN,
            "url": page(rule.name),
            "explanation": reading(rule),
        }
        for rule in rules
    ]
    return json_module.dumps(records, indent=2) + "\n"


def html(rules: Sequence[Rule]) -> str:
    """One page, which needs no network and no other file."""
    from lrlint.report.html.document import document
    from lrlint.report.html.parts import markdown as as_html
    from lrlint.report.html.tags import tag

    contents = as_html(rule_table.markdown(rules, target=lambda rule: f"#{rule.code}"))
    pages = [tag("section", as_html(reading(rule), below=1), id=rule.code, class_="rules") for rule in rules]
    return document(_TITLE, tag("main", tag("h1", _TITLE), contents, pages))


def _anchor(rule: Rule) -> str:
    """Where GitHub and its like find the heading of a rule's page."""
    return f"#{rule.name}-{rule.code.lower()}"


def _lowered(text: str) -> str:
    """Markdown with its headings one level lower; what stands in fences is code, and has none."""
    code = _FENCED.findall(text)
    prose = (_HEADING.sub("#", part) for part in _FENCED.split(text))
    return "".join(part for pair in zip(prose, [*code, ""], strict=True) for part in pair)
