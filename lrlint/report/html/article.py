"""One finding on a page: its story, the numbers and curves of what it costs, and its fix."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lrlint.cells import Place
from lrlint.curves import call, chart_of, is_told, rate_rows, remarks
from lrlint.finding import Effect, Finding
from lrlint.report import Reported
from lrlint.report.frame import draw, frames
from lrlint.report.full import safety
from lrlint.report.html.parts import LOOK, lines, markdown, prose
from lrlint.report.html.svg import svg
from lrlint.report.html.tags import Html, tag
from lrlint.report.line import printable
from lrlint.report.sheets import Sheet, draw_fix, sheets
from lrlint.report.told import Told
from lrlint.rules import tensorflow_says
from lrlint.source import Source


def article(told: Told) -> Html:
    """A finding and all that is known of it."""
    reported, finding = told.reported, told.reported.finding
    pages = sheets(reported)
    return tag(
        "article",
        tag(
            "h2",
            tag("span", reported.where, class_="place"),
            " ",
            tag("a", finding.code, href=f"#{finding.code}"),
            f" {finding.name}",
        ),
        tag("p", prose(finding.message), class_="message"),
        _frame(pages[0]) if pages else "",
        _places(told, reported.source) if reported.source and told.places else "",
        _mode(finding),
        _costs(finding.effect) if finding.effect and is_told(finding.effect) else "",
        _tensorflow(finding),
        _fix(reported, pages),
        data_rule=finding.code,
        data_file=reported.path,
    )


def _frame(page: Sheet) -> list[Html]:
    return [
        lines(draw(frame, page.lines, gutter=len(str(frame.last_row)), look=LOOK))
        for frame in frames(replace(page.finding, related=()), page.lines)
    ]


def _places(told: Told, source: Source) -> list[Html]:
    rows = [
        tag(
            "tr",
            tag("td", _line(told.reported.place(location)), class_="number"),
            tag("td", prose(what)),
            tag("td", tag("code", printable(source.lines[location.row - 1].strip()))),
        )
        for location, what in told.places
    ]
    head = tag("tr", [tag("th", word, scope="col") for word in ("Line", "Who or what", "Code")])
    return [tag("h3", "Who plays in it"), tag("table", tag("thead", head), tag("tbody", rows), class_="cast")]


def _line(place: Place) -> str:
    return str(place.row) if place.cell is None else f"cell {place.cell}, {place.row}"


def _mode(finding: Finding) -> list[Html]:
    if not finding.mode:
        return []
    return [tag("h3", "Eager or graph"), tag("p", prose(": ".join(filter(None, [finding.mode, finding.evidence]))))]


def _costs(effect: Effect) -> list[Html]:
    found = [tag("h3", "What it costs"), tag("p", tag("code", printable(call(effect.decay, effect.arguments))))]
    found += [tag("p", prose(remark)) for remark in remarks(effect)]
    rows = rate_rows(effect)
    chart = chart_of(effect)
    if chart is not None:
        found.append(tag("figure", svg(chart, f"The learning rate over the steps: {_read_out(rows)}")))
    if rows:
        head, *body = (_numbers(row, "td" if index else "th") for index, row in enumerate(rows))
        found.append(tag("table", tag("thead", head), tag("tbody", body), class_="rates"))
    return found


def _read_out(rows: Sequence[Sequence[str]]) -> str:
    head, *body = rows
    return "; ".join(", ".join(map(" ".join, zip(head, row, strict=True))) for row in body)


def _numbers(row: Sequence[str], cell: str) -> Html:
    return tag("tr", [tag(cell, text, class_="number", scope="col" if cell == "th" else None) for text in row])


def _tensorflow(finding: Finding) -> Sequence[Html]:
    raised = finding.effect.error if finding.effect else None
    says = "" if raised else tensorflow_says(finding.code)
    if not (says or raised):
        return []
    error = [tag("p", "It raises:"), tag("pre", printable(raised), class_="code", tabindex=0)] if raised else []
    return [tag("h3", "What TensorFlow does"), *error, *([markdown(says, below=2)] if says else [])]


def _fix(reported: Reported, pages: Sequence[Sheet]) -> list[Html]:
    fix = reported.finding.fix
    if fix is None:
        return []
    drawn = list(draw_fix(pages, reported.path, look=LOOK))
    found = [tag("h3", "The fix"), tag("p", prose(f"{fix.message} ({safety(fix)})"))]
    return [*found, lines(drawn)] if drawn else found
