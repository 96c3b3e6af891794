"""The files of a run that are worth more than a look, worked through, with a bar for somebody who waits for it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from lrlint.config import Settings
from lrlint.scan import Scan, content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrlint.cache import Cache
    from lrlint.pool import Task
    from lrlint.run import Outcome


class Seen(NamedTuple):
    """What is known of a run before its flags are understood: the scan and, where no flag can change them, the outcomes."""

    scan: Scan
    outcomes: Sequence[Outcome] | None = None


def work_through(
    tasks: Sequence[Task], *, cache: Cache | None, jobs: int | None = None, quiet: bool = False
) -> list[Outcome]:
    """The outcomes of tasks, whose jobs have this cache, in their order."""
    from lrlint.pool import examine_all
    from lrlint.report.progress import Progress
    from lrlint.report.terminal import is_terminal

    with Progress(len(tasks), visible=not quiet and is_terminal(sys.stderr)) as progress:
        outcomes = list(examine_all(tasks, jobs=jobs, done=progress.advance))
    if cache is not None:
        cache.prune()
    return outcomes


def check_plainly(scan: Scan, *, cached: bool) -> list[Outcome]:
    """What came of the suspects where nothing is configured and no flag is given; nothing where all are known to be clean."""
    settings, cache = Settings(), None
    if cached:
        from lrlint.cache import Cache

        cache = Cache()
        if _are_known_clean(scan, settings, cache):
            cache.prune()
            return []
    from lrlint.pool import Task
    from lrlint.run import Job

    job = Job(settings, cache=cache)
    return work_through([Task(path, job) for path in scan.suspects], cache=cache)


def _are_known_clean(scan: Scan, settings: Settings, cache: Cache) -> bool:
    """Whether earlier runs have found nothing in any of the suspects: so said with less of the program than it takes to look."""
    if scan.found.streams:
        return False
    for path in scan.suspects:
        try:
            result = cache.find(path, content(path), settings)
        except (OSError, ValueError):
            return False
        if result is None or result.findings:
            return False
    return True
