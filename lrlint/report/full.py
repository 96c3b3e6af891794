"""The whole story of each finding: where it is, what belongs to it, why lrlint thinks so, and what would repair it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lrlint.curves import rate_rows
from lrlint.finding import Effect, Finding, Fix
from lrlint.report import Reported
from lrlint.report.frame import Frame, draw, frames
from lrlint.report.header import header
from lrlint.report.line import columns, printable
from lrlint.report.look import PLAIN, Look
from lrlint.report.sheets import draw_fix, sheets

_SAFETY = {
    "safe": "safe fix, applied by `--fix`",
    "unsafe": "unsafe fix, applied by `--fix --unsafe-fixes`",
    "display-only": "only a proposal, not applied by any flag",
}


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:
    """A block of lines for each finding, with an empty line behind it."""
    blocks = []
    for each in reported:
        blocks += [header(each, unsafe=unsafe, look=look), *_below(each, look), ""]
    return "".join(f"{line}\n" for line in blocks)


def _below(reported: Reported, look: Look) -> Iterator[str]:
    finding = reported.finding
    pages = sheets(reported)
    shown = [(page, frame) for page in pages for frame in frames(page.finding, page.lines)]
    rows = [frame.last_row for _, frame in shown] + [row.number for page in pages for row in page.hunks if row]
    gutter = len(str(max(rows, default=0)))
    arrow = look.paint(" " * gutter + "-->", "gutter")
    for page, frame in shown:
        if not frame.primary:
            yield f"{arrow} {_place(page.where(reported.path), frame)}"
        yield from draw(frame, page.lines, gutter=gutter, look=look)
    if finding.effect:
        yield from _cost(finding.effect, gutter, look)
    if finding.mode:
        yield _remark("note", ": ".join(filter(None, [finding.mode, finding.evidence])), look)
    if finding.fix:
        yield _remark("help", finding.fix.message, look)
        yield from draw_fix(pages, reported.path, look=look, gutter=gutter)
        yield _remark("note", safety(finding.fix), look)
    yield _remark("rule", _rule(finding), look)


def _cost(effect: Effect, gutter: int, look: Look) -> Iterator[str]:
    """The intended and the actual rates, where they differ and are known, and what TensorFlow says."""
    if effect.intended != effect.actual and rate_rows(effect):
        yield _remark("cost", f"the learning rate of this `{effect.decay}`", look)
        bar = look.paint(f"{'':{gutter}} |", "gutter")
        yield from (f"{bar} {row}" for row in columns(rate_rows(effect)))
        yield bar
        yield from (_remark("note", assumed, look) for assumed in effect.assumed)
    if effect.error is not None and effect.error not in effect.text:
        yield _remark("note", f"TensorFlow says `{effect.error}`", look)


def _place(where: str, frame: Frame) -> str:
    row, column = min(mark.start for mark in frame.marks)
    return f"{where}:{row}:{column}"


def safety(fix: Fix) -> str:
    return ": ".join(filter(None, [_SAFETY[fix.applicability], fix.reason]))


def _rule(finding: Finding) -> str:
    return f"{finding.name}, see `lrlint explain {finding.code}`"


def _remark(kind: str, text: str, look: Look) -> str:
    return f"{look.paint(f'{kind}:', 'help' if kind == 'help' else 'strong')} {printable(text)}"
