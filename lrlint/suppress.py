"""``--add-noqa``: comments that suppress what is found, at the lines where flake8 looks for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from lrlint.config import Settings
from lrlint.edits import Splicing, splices
from lrlint.finding import Edit, Finding, Fix, Location
from lrlint.linter import check_source
from lrlint.source import Source
from lrlint.unused import CODE as UNUSED_NOQA

_BLANKS = " \t\f\r\n"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The text with comments, how many findings of each code they suppress, and the findings that are left.

    ``error`` is a line about a bug of lrlint's own; the text is then as it was.
    """

    source: Source
    added: Counter[str] = field(default_factory=Counter)
    remaining: tuple[Finding, ...] = ()
    error: str | None = None


def add_noqa(source: Source, settings: Settings, reason: str = "") -> Suppressed:
    """Suppress every finding by a comment, with a reason behind it; what is suppressed already stays as it is.

    A comment that suppresses nothing gets no other to suppress that, and a file that cannot be parsed is left alone.
    Never raises.
    """
    result = check_source(source, settings)
    if result.error or result.problem:
        return Suppressed(source, remaining=result.findings, error=result.error)
    wanted: dict[int, list[str]] = {}
    for finding in result.findings:
        if finding.code == UNUSED_NOQA:
            continue
        codes = wanted.setdefault(source.noqa_row(finding), [])
        if finding.code not in codes:
            codes.append(finding.code)
    edits = [edit for row, codes in wanted.items() for edit in _edits(source, row, sorted(codes), reason)]
    text = Splicing(splices(source, Fix("safe", "Suppress", tuple(edits)))).apply(source.text)
    new = replace(source, text=text)
    left = check_source(new, settings)
    if left.error or left.problem or source.noqa.code() != new.noqa.code():
        return Suppressed(source, remaining=result.findings, error=left.error or "no comment can be written into it")
    added = Counter(finding.code for finding in result.findings)
    added.subtract(finding.code for finding in left.findings)
    return Suppressed(new, +added, left.findings)


def _edits(source: Source, row: int, codes: Sequence[str], reason: str) -> Iterator[Edit]:
    """The edits that suppress codes at the end of a row, or in the comment that is read for it already."""
    line = source.lines[row - 1]
    directive = source.noqa.directive(row)
    if directive is not None:
        line = source.lines[directive.row - 1]
        yield _insertion(directive.row, directive.span.end, f", {', '.join(codes)}")
        end = len(line[: directive.comment.end].rstrip(_BLANKS))
        row = directive.row
    elif source.noqa.is_open(row):
        end = len(line.rstrip(_BLANKS))
        yield _insertion(row, end, f"  # noqa: {', '.join(codes)}")
    else:
        return  # what looks like a comment stands in a string
    if reason and reason not in line:
        yield _insertion(row, end, f"  # {reason}")


def _insertion(row: int, column: int, content: str) -> Edit:
    place = Location(row, column + 1)
    return Edit(place, place, content)
