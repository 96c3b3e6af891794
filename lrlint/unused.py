"""LRL002: comments that suppress nothing, as far as they are about codes of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from lrlint.finding import Edit, Finding, Fix, Location
from lrlint.prefilter import mentions_ours_text

if TYPE_CHECKING:
    from lrlint.config import Settings
    from lrlint.noqa import Directive
    from lrlint.source import Source

CODE = "LRL002"
_NAME = "unused-noqa"
_OURS = re.compile(r"LRL[0-9]+")  # flake8 counts codes in upper case only


def unused_noqa(source: Source, findings: Iterable[Finding], settings: Settings) -> list[Finding]:
    """The comments that name a code of ours and suppress no finding of it.

    ``findings`` are all findings of the text, with those that are suppressed. What a rule would find that is switched
    off cannot be known, and so comments about it are left alone.
    """
    if not mentions_ours_text(source.text):
        return []
    found = [(finding.code, finding.location.row) for finding in findings]
    unused: list[Finding] = []
    for directive in source.noqa.directives:
        here = {code for code, row in found if row in directive.rows}
        idle = [code for code in _ours(directive) if not _suppresses(code, here) and _is_judged(code, settings)]
        if idle:
            unused.append(_finding(source, directive, idle))
    return unused


def _ours(directive: Directive) -> Iterator[str]:
    for code, _ in directive.codes:
        if _OURS.fullmatch(code) and not CODE.startswith(code):
            yield code


def _suppresses(prefix: str, codes: Iterable[str]) -> bool:
    return any(code.startswith(prefix) for code in codes)


def _is_judged(prefix: str, settings: Settings) -> bool:
    """Whether all the rules that a prefix names are on; one that names none has nothing to suppress."""
    from lrlint.rules import names

    return all(settings.enabled(code) for code in names() if code.startswith(prefix))


def _finding(source: Source, directive: Directive, idle: Sequence[str]) -> Finding:
    from lrlint.rules import names

    unknown = not any(known.startswith(code) for known in names() for code in idle)
    what = "is about no rule that there is" if unknown else "suppresses nothing"
    row, span = directive.row, directive.span
    return Finding(
        CODE,
        _NAME,
        f"`# noqa: {', '.join(dict.fromkeys(idle))}` {what}",
        Location(row, span.start + 1),
        Location(row, span.end + 1),
        Fix("safe", "Remove what suppresses nothing", (_removal(source, directive, idle),)),
    )


def _removal(source: Source, directive: Directive, idle: Sequence[str]) -> Edit:
    """The edit that takes codes out of a comment, and the comment away where nothing is left of it."""
    row, line = directive.row, source.lines[directive.row - 1]
    kept = [code for code, _ in directive.codes if code not in idle]
    if kept:
        (_, first), (_, second), *_ = directive.codes
        separator = line[first.end : second.start]
        return _edit(row, first.start, directive.span.end, separator.join(kept))
    before, after = line[: directive.span.start], line[directive.span.end : directive.comment.end]
    rest = after.lstrip(" \t,")
    if rest:
        return _edit(row, directive.span.start, directive.comment.end - len(rest), "" if rest[0] == "#" else "# ")
    if before.strip():
        return _edit(row, len(before.rstrip()), directive.comment.end, "")
    if row == len(source.lines):
        return _edit(row, 0, directive.comment.end, "")
    return Edit(Location(row, 1), Location(row + 1, 1), "")


def _edit(row: int, start: int, end: int, content: str) -> Edit:
    return Edit(Location(row, start + 1), Location(row, end + 1), content)
