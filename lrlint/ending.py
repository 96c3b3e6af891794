"""How the command ends: its exit codes, and the one line for an error."""

from __future__ import annotations

import click

CLEAN, FINDINGS, ERROR = 0, 1, 2


def complain(words: str) -> int:
    """Print an error in one line on standard error; returns the exit code for it."""
    from lrlint.report.line import printable

    click.echo(f"lrlint: error: {printable(' '.join(words.splitlines()))}", err=True)
    return ERROR
