"""JSON Lines: the objects of the ``json`` format, one a line, for tools that read line by line."""

from __future__ import annotations

import json
from collections.abc import Iterable

from lrlint.report import Reported
from lrlint.report.json import record
from lrlint.report.look import PLAIN, Look


def render(reported: Iterable[Reported], *, unsafe: bool, look: Look = PLAIN) -> str:  # noqa: ARG001
    """A line for each finding, and none where there are none."""
    return "".join(f"{json.dumps(record(each))}\n" for each in reported)
