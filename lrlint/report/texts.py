"""The texts that findings are in, each one taken apart once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lrlint.report import Reported
from lrlint.source import Source


def with_sources(reported: Iterable[Reported]) -> Iterator[tuple[Reported, Source | None]]:
    """Each finding with the source it is in, or ``None`` where it has no text; one source for all findings of a file."""
    source: Source | None = None
    for each in reported:
        if each.text is None:
            source = None
        elif source is None or each.text is not source.text:
            source = Source(each.path, each.text)
        yield each, source
