"""Markdown for readers: laid out where a terminal shows it, as it is written elsewhere."""

from __future__ import annotations

from lrlint.report.look import Look

_WIDEST = 100


def laid_out(text: str, look: Look, *, terminal: bool) -> str:
    """A Markdown text as a terminal shows it, or as it is; with its last newline."""
    if not terminal:
        return text.rstrip("\n") + "\n"
    from io import StringIO

    from rich.console import Console
    from rich.markdown import Markdown
    from rich.theme import Theme

    console = Console(
        file=StringIO(),
        force_terminal=True,
        no_color=not look.colour,
        highlight=False,
        width=min(look.width, _WIDEST),
        legacy_windows=False,
        theme=Theme({"markdown.code": "cyan"}),
    )
    with console.capture() as capture:
        console.print(Markdown(text, code_theme="ansi_dark", hyperlinks=False))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())
