"""Fingerprints, by which services know a finding again when the lines around it have moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from lrlint.report import Reported


def fingerprints(reported: Iterable[Reported]) -> list[str]:
    """One for each finding, all of them different.

    It is made of the path, the code, and the lines that the finding stands on without the blanks around them: neither
    the row nor the wording of the message is in it. Findings that are alike in all of that are counted.
    """
    alike: Counter[tuple[str, ...]] = Counter()
    found = []
    for each in reported:
        first, last = each.finding.location.row, each.finding.end_location.row
        lines = each.source.lines[first - 1 : last] if each.source else []
        words = (each.path, each.finding.code, *(line.strip() for line in lines))
        found.append(sha256("\0".join((*words, str(alike[words]))).encode("utf-8", "surrogatepass")).hexdigest())
        alike[words] += 1
    return found
