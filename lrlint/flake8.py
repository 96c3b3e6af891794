"""The flake8 plugin: what the command finds, in the places where flake8 shows it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from lrlint import __version__
from lrlint.config import MODES, Settings, listed

if TYPE_CHECKING:
    import ast


class Plugin:
    """One instance a file. flake8 hands over plugins that name a parameter ``tree`` once a file, with its lines."""

    name = "lrlint"
    version = __version__

    settings: ClassVar[Settings] = Settings()
    noqa: ClassVar[bool] = True

    def __init__(self, tree: ast.AST, lines: Sequence[str]) -> None:
        self._text = "".join(lines)

    @classmethod
    def add_options(cls, manager: Any) -> None:
        """Register ``--lrlint-mode``, which flake8's configuration files know as ``lrlint-mode`` or ``lrlint_mode``."""
        manager.add_option(
            "--lrlint-mode",
            default="auto",
            metavar="{" + ",".join(MODES) + "}",
            parse_from_config=True,
            help="How TensorFlow runs the code; by default (auto) each file says so.",
        )

    @classmethod
    def parse_options(cls, options: Any) -> None:
        """Take the options over; an unknown mode ends flake8 with one line."""
        if options.lrlint_mode not in MODES:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(f"unknown lrlint-mode `{options.lrlint_mode}`; known are {listed(MODES)}")
        cls.settings = Settings(mode=options.lrlint_mode)
        cls.noqa = not getattr(options, "disable_noqa", False)

    def run(self) -> Iterator[tuple[int, int, str, type]]:
        """Row, 0-based column in code points, text and plugin for each finding.

        A bug of ours is told in a line on standard error: an exception would cost all of flake8.
        """
        from lrlint.prefilter import may_hold_finding_text

        if not may_hold_finding_text(self._text):
            return
        from lrlint.linter import check_source
        from lrlint.source import Source

        result = check_source(Source(path="stdin", text=self._text), self.settings, noqa=self.noqa)
        if result.error:
            print(f"lrlint: error: {result.error}", file=sys.stderr)  # noqa: T201
        for finding in result.findings:
            row, column = finding.location
            yield row, column - 1, f"{finding.code} {finding.message}", type(self)
