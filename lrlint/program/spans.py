"""The places of nodes in a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lrlint.comments import Comments
    from lrlint.outline import Node

Span = tuple[int, int]
"""Offsets in a text, in code points."""


class Spans(NamedTuple):
    """A text, and where its comments and the nodes that matter stand: without the parentheses around them, and with these."""

    text: str
    comments: Comments
    plain: Mapping[Node, Span]
    enclosed: Mapping[Node, Span]
