"""What is shown of a file in one piece, with row numbers of its own: all of it, or a cell of a notebook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lrlint.cells import Cells
from lrlint.finding import Finding, Location
from lrlint.report import Reported, hunks
from lrlint.report.line import printable_path
from lrlint.report.look import Look
from lrlint.shift import relocated
from lrlint.source import Source


@dataclass(frozen=True, slots=True)
class Sheet:
    """A text, and a finding in the rows of it. Places of the finding in other sheets are outside of its rows.

    ``finding.fix`` holds the edits of this sheet only.
    """

    cell: int | None
    source: Source
    finding: Finding

    @property
    def lines(self) -> list[str]:
        """The lines without their newlines."""
        return [line.rstrip("\r\n") for line in self.source.lines]

    @property
    def hunks(self) -> list[hunks.Row | None]:
        """What the fix changes here."""
        return hunks.hunks(self.source, self.finding.fix) if self.finding.fix else []

    def where(self, path: str) -> str:
        """``path``, in a notebook ``path:cell 3``."""
        path = printable_path(path)
        return path if self.cell is None else f"{path}:cell {self.cell}"


def sheets(reported: Reported) -> list[Sheet]:
    """The sheets that a finding has a place in, its own first; none where there is no text."""
    finding, source, cells = reported.finding, reported.source, reported.cells
    if source is None:
        return []
    if cells is None:
        return [Sheet(None, source, finding)]
    numbers = dict.fromkeys(cells.number(place.row) for place in _places(finding))
    own = next(iter(numbers))
    return [_cut(finding, source, cells, number) for number in sorted(numbers, key=lambda each: (each != own, each))]


def draw_fix(pages: Sequence[Sheet], path: str, *, look: Look, gutter: int = 0) -> Iterator[str]:
    """What a finding's fix changes on its sheets, as lines; ``gutter`` is the least width of their numbers."""
    changed = [(page, rows) for page in pages if (rows := page.hunks)]
    numbers = [row.number for _, rows in changed for row in rows if row]
    gutter = max(gutter, len(str(max(numbers, default=0))))
    for page, rows in changed:
        if page is not pages[0]:
            yield f"{look.paint(' ' * gutter + '-->', 'gutter')} {page.where(path)}"
        yield from hunks.draw(rows, gutter=gutter, look=look)


def _places(finding: Finding) -> Iterator[Location]:
    yield finding.location
    yield from (related.location for related in finding.related)
    if finding.fix:
        yield from (edit.location for edit in finding.fix.edits)


def _cut(finding: Finding, source: Source, cells: Cells, number: int) -> Sheet:
    rows = cells.rows(number, len(source.lines))
    if finding.fix:
        edits = tuple(edit for edit in finding.fix.edits if edit.location.row in rows)
        finding = replace(finding, fix=replace(finding.fix, edits=edits))

    def place(location: Location) -> Location:
        return Location(location.row - rows.start + 1, location.column)

    text = "".join(source.lines[row - 1] for row in rows)
    return Sheet(number, Source(source.path, text), relocated(finding, place))
