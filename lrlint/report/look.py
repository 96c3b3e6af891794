"""How output looks: in colour or plain, and how wide."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

import click

from lrlint.report.terminal import is_terminal

Color = Literal["auto", "always", "never"]
COLORS: tuple[Color, ...] = ("auto", "always", "never")

_NARROWEST, _NO_TERMINAL = 40, 120

Style = Literal[
    "plain",
    "strong",
    "code",
    "fixable",
    "gutter",
    "primary",
    "related",
    "help",
    "removed",
    "added",
    "intended",
    "actual",
]

_STYLES: Mapping[Style, Mapping[str, str | bool]] = {
    "plain": {},
    "strong": {"bold": True},
    "code": {"fg": "red", "bold": True},
    "fixable": {"fg": "cyan"},
    "gutter": {"fg": "bright_blue", "bold": True},
    "primary": {"fg": "red", "bold": True},
    "related": {"fg": "bright_blue", "bold": True},
    "help": {"fg": "cyan", "bold": True},
    "removed": {"fg": "red"},
    "added": {"fg": "green"},
    "intended": {"fg": "bright_blue", "bold": True},
    "actual": {"fg": "yellow", "bold": True},
}


@dataclass(frozen=True, slots=True)
class Look:
    """Whether to use colours and links, and the width, in columns of a terminal, that source lines are clipped to."""

    colour: bool = False
    width: int = _NO_TERMINAL
    links: bool = False

    def paint(self, text: str, style: Style) -> str:
        """The text in a style, as far as there are colours."""
        if not (self.colour and text and _STYLES[style]):
            return text
        return click.style(text, **_STYLES[style])  # type: ignore[arg-type]

    def link(self, text: str, address: str) -> str:
        """The text, with an address behind it that a terminal opens (OSC 8), as far as there are links."""
        return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if self.links else text


PLAIN = Look()


def look_of(stream: TextIO | None, color: Color) -> Look:
    """How to print to a stream: ``color`` decides, then ``NO_COLOR``, then ``FORCE_COLOR``, then the terminal.

    Links are for a terminal that shows colours: what is piped somewhere in colour may know nothing of them.
    """
    columns = shutil.get_terminal_size((_NO_TERMINAL, 24)).columns
    colour = _colour(stream, color)
    return Look(colour, max(columns, _NARROWEST), links=colour and is_terminal(stream))


def _colour(stream: TextIO | None, color: Color) -> bool:
    if color != "auto":
        return color == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (is_terminal(stream) and os.environ.get("TERM") != "dumb")
