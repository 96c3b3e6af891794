"""A finding with all that its story needs."""

from __future__ import annotations

from typing import NamedTuple

from lrlint.report import Reported
from lrlint.roles import Cast


class Told(NamedTuple):
    """A finding, who plays in its story, and whether a comment silences it."""

    reported: Reported
    cast: Cast = ()
    silenced: bool = False
