"""The flake8 plugin: what the command finds, in the places where flake8 shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from lrlint import __version__
from lrlint.ending import complain
from lrlint.modes import MODES
from lrlint.words import listed

if TYPE_CHECKING:
    import ast

    from lrlint.config import Settings
    from lrlint.configuration import Configurations

_CODES = ("select", "extend_select")
_EXACT = re.compile(r"LRL\d+")  # `LRL` alone switches all of the plugin on, and says nothing of single rules


class Plugin:
    """One instance a file. flake8 hands over plugins that name a parameter ``tree`` once a file, with its lines."""

    name = "lrlint"
    version = __version__

    said: ClassVar[dict[str, Any]] = {"extend-select": ()}
    """What flake8's own options say, by the names of our keys: it wins over the tables that are found."""

    noqa: ClassVar[bool] = True
    _configurations: ClassVar[Configurations | None] = None

    def __init__(self, tree: ast.Module | None, lines: Sequence[str], filename: str = "stdin") -> None:
        self._tree = tree
        self._text = "".join(lines)
        self._filename = filename

    @classmethod
    def add_options(cls, manager: Any) -> None:
        """Register our options, which flake8's configuration files know too, with ``-`` or ``_`` in their names."""
        manager.add_option(
            "--lrlint-mode",
            metavar="{" + ",".join(MODES) + "}",
            parse_from_config=True,
            help="How TensorFlow runs the code; by default (auto) each file says so.",
        )
        manager.add_option(
            "--lrlint-preview",
            action="store_true",
            parse_from_config=True,
            help="Report the rules of lrlint, too, that have to be asked for.",
        )

    @classmethod
    def parse_options(cls, options: Any) -> None:
        """Take the options over; an unknown mode ends flake8 with one line."""
        mode = options.lrlint_mode
        if mode is not None and mode not in MODES:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(f"unknown lrlint-mode `{mode}`; known are {listed(MODES)}")
        asked = [code for name in _CODES for code in getattr(options, name, None) or () if _EXACT.fullmatch(code)]
        cls.said = {"mode": mode, "preview": options.lrlint_preview or None, "extend-select": tuple(asked)}
        cls.noqa = not getattr(options, "disable_noqa", False)
        cls._configurations = None

    @classmethod
    def _settings(cls, path: str) -> Settings:
        """The settings for a file. A wrong configuration is told once, and then holds for none of the files."""
        from lrlint.configuration import Configurations, flag_layer
        from lrlint.selectors import SettingsError

        if cls._configurations is None:
            cls._configurations = Configurations(flag_layer(_known(cls.said)))
        try:
            return cls._configurations.settings(path)
        except SettingsError as error:
            complain(str(error))
            cls._configurations = Configurations(flag_layer(_known(cls.said)), isolated=True)
            return cls._configurations.settings(path)

    def run(self) -> Iterator[tuple[int, int, str, type]]:
        """Row, 0-based column in code points, text and plugin for each finding.

        A bug of ours is told in a line on standard error: an exception would cost all of flake8.
        """
        from lrlint.prefilter import may_hold_finding_text, mentions_ours_text

        if not (may_hold_finding_text(self._text) or mentions_ours_text(self._text)):
            return
        from lrlint.linter import check_source
        from lrlint.source import Source

        settings = self._settings(self._filename)
        result = check_source(Source(self._filename, self._text), settings, noqa=self.noqa, tree=self._tree)
        if result.error:
            complain(result.error)
        for finding in result.findings:
            row, column = finding.location
            yield row, column - 1, f"{finding.code} {finding.message}", type(self)


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """What flake8's options say, without the codes that name no rule: flake8 puts up with them."""
    from lrlint.rules import names

    codes = tuple(code for code in said["extend-select"] if any(name.startswith(code) for name in names()))
    return {**said, "extend-select": codes}
