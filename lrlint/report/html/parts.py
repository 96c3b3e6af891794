"""What a page shows of findings and rules: code frames, diffs, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lrlint.report.html.tags import Html, join, tag
from lrlint.report.line import printable
from lrlint.report.look import Look, Style

_OPEN, _MIDDLE, _CLOSE = "\x02", "\x1f", "\x03"
_PIECE = re.compile(f"{_OPEN}(?P<style>[a-z]+){_MIDDLE}(?P<text>[^{_CLOSE}]*){_CLOSE}|(?P<plain>[^{_OPEN}]+)")


@dataclass(frozen=True, slots=True)
class PageLook(Look):
    """The look of a page: what a terminal shows in colours is marked for :func:`lines`.

    The marks are control characters, of which no line of source has any left when it is painted.
    """

    def paint(self, text: str, style: Style) -> str:
        """The text with its style beside it."""
        return f"{_OPEN}{style}{_MIDDLE}{text}{_CLOSE}" if text and style != "plain" else text


LOOK = PageLook(colour=True, width=160)


def lines(drawn: Iterable[str]) -> Html:
    """Lines that were drawn with :data:`LOOK`, as they stand."""
    text = "".join(f"{line}\n" for line in drawn)
    pieces = (
        tag("span", piece["text"], class_=piece["style"]) if piece["style"] else piece["plain"]
        for piece in _PIECE.finditer(text)
    )
    return tag("pre", join(pieces), class_="code", tabindex=0)


def prose(text: str) -> Html:
    """A line of text, in which code stands between backquotes. One that has no twin stands for itself."""
    pieces = re.split(r"`([^`]+)`", printable(text))
    return join(tag("code", piece) if index % 2 else piece for index, piece in enumerate(pieces))


def markdown(text: str, *, below: int = 0) -> Html:
    """Markdown as HTML, with its headings so many levels lower. HTML in it stays text."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + below, 6)}"
    return Html(parser.renderer.render(tokens, parser.options, {}))
