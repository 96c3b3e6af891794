"""All findings of a run as one page, which needs nothing but itself: no network, no other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lrlint import __version__
from lrlint.report import Reported
from lrlint.report.html.article import article
from lrlint.report.html.document import document
from lrlint.report.html.parts import markdown, prose
from lrlint.report.html.tags import Html, tag
from lrlint.report.summary import closing
from lrlint.report.told import Told
from lrlint.rules import Rule, all_rules, reading
from lrlint.words import counted


def render(told: Sequence[Told], *, files: int, errors: Sequence[str] = ()) -> str:
    """The page of a run over so many files, with what went wrong in it; with its last newline."""
    reported = [each.reported for each in told]
    met = Counter(each.finding.code for each in reported)
    rules = [rule for rule in all_rules() if rule.code in met]
    main = tag(
        "main",
        tag("h1", "lrlint"),
        tag("p", prose(_summary(reported, files)), class_="summary"),
        [tag("p", prose(f"error: {error}"), class_="error") for error in errors],
        _overview(rules, met) if reported else "",
        _filters(reported) if reported else "",
        [article(each) for each in told],
        tag("section", tag("h2", "Rules"), [_rule(rule) for rule in rules], class_="rules") if rules else "",
        tag("footer", f"Written by lrlint {__version__}."),
    )
    return document(f"lrlint: {counted(len(reported), 'finding')}", main, script=True)


def _summary(reported: Sequence[Reported], files: int) -> str:
    """The last lines of a run, without the sign that marks what can be fixed."""
    return closing(reported, files=files, fixed=0, unsafe=False).replace("[*] ", "").replace("\n", " ").strip()


def _overview(rules: Sequence[Rule], met: Counter[str]) -> Html:
    """How often each rule was met."""
    head = tag("tr", [tag("th", word, scope="col") for word in ("Rule", "Findings", "What it finds")])
    rows = [
        tag(
            "tr",
            tag("th", tag("a", f"{rule.code} {rule.name}", href=f"#{rule.code}"), scope="row"),
            tag("td", str(met[rule.code]), class_="number"),
            tag("td", prose(rule.summary)),
        )
        for rule in rules
    ]
    return tag("table", tag("thead", head), tag("tbody", rows), class_="overview")


def _filters(reported: Sequence[Reported]) -> Html:
    """The choice of one rule and one file; it is shown where there is a script to heed it."""
    names = {each.finding.code: f"{each.finding.code} {each.finding.name}" for each in reported}
    paths = {each.path: each.path for each in reported}
    return tag(
        "form",
        _select("rule", "Rule", "all rules", dict(sorted(names.items()))),
        _select("file", "File", "all files", dict(sorted(paths.items()))),
        tag("output", id="shown", for_="rule file", aria_live="polite"),
        id="filters",
        hidden=True,
        aria_label="Which findings are shown",
    )


def _select(name: str, label: str, every: str, choices: dict[str, str]) -> Html:
    options = [tag("option", every, value="")]
    options += [tag("option", text, value=value) for value, text in choices.items()]
    return tag("span", tag("label", label, for_=name), tag("select", options, id=name), class_="choice")


def _rule(rule: Rule) -> Html:
    """The page of a rule, closed until somebody wants to read it."""
    _, _, body = reading(rule).partition("\n")
    summary = tag("summary", tag("h3", f"{rule.code} {rule.name}"))
    return tag("details", summary, markdown(body, below=2), id=rule.code)
