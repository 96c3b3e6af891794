"""A finding with all that its story needs."""

from __future__ import annotations

import re
from typing import NamedTuple

from lrlint.finding import Location
from lrlint.report import Reported
from lrlint.roles import PLAYS, Cast

_NEEDLESS = re.compile(r"(?: is made)? here\b")  # that it is here is what the list says


class Told(NamedTuple):
    """A finding, and who plays in its story."""

    reported: Reported
    cast: Cast = ()

    @property
    def places(self) -> list[tuple[Location, str]]:
        """The places of the story and what happens there: those of the cast, and those that the finding names besides."""
        found: dict[tuple[Location, Location, str], str] = {
            (role.location, role.end_location, role.name): PLAYS[role.name] for role in self.cast
        }
        known = {(start, end) for start, end, _ in found}
        for other in self.reported.finding.related:
            if (other.location, other.end_location) not in known:
                found[other.location, other.end_location, other.message] = _NEEDLESS.sub("", other.message)
        return [(start, what) for (start, _, _), what in sorted(found.items(), key=lambda item: item[0])]
