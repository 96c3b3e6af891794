"""Settings: which rules are on, which mode holds, which files are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from lrlint.globs import DEFAULT_EXCLUDE, Globs
from lrlint.modes import MODES, Mode
from lrlint.selectors import ALL, Selection, SettingsError, check_selector, enabled, longest
from lrlint.words import listed

if TYPE_CHECKING:
    from lrlint.finding import Finding

__all__ = ["Settings", "SettingsError"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What was said of a file, or of a whole run, by flags and configuration files.

    ``select``, ``extend_select`` and ``ignore`` hold codes or prefixes of codes (``"LRL101"``, ``"LRL1"``, ``"LRL"``,
    or ``"ALL"``), and so do the four that say which fixes there are and how safe they count: ``fixable``,
    ``unfixable``, ``extend_safe_fixes`` and ``extend_unsafe_fixes``. ``exclude`` and ``extend_exclude`` hold names or
    globs, as :class:`lrlint.globs.Globs` reads them, and ``per_file_ignores`` pairs of a glob and codes; ``!`` before
    a glob means all other files. ``preview`` asks for the rules that have to be asked for. ``goes_on_from`` are
    selections that this one adds to or, with a ``select``, replaces.
    """

    select: tuple[str, ...] | None = (ALL,)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    mode: Mode = "auto"
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    fixable: tuple[str, ...] = (ALL,)
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()
    per_file_ignores: tuple[tuple[str, tuple[str, ...]], ...] = ()
    preview: bool = False
    goes_on_from: tuple[Selection, ...] = ()

    def enabled(self, code: str) -> bool:
        """Whether findings of this code are reported: the longest prefix decides, and ``ignore`` wins a draw."""
        return enabled((*self.goes_on_from, self.selection), code, preview=self.preview)

    @property
    def selection(self) -> Selection:
        """What these settings say of the rules, without the selections that they go on from."""
        return Selection(self.select, self.extend_select, self.ignore)

    def at(self, path: str) -> Settings:
        """The settings for one file: with what ``per_file_ignores`` ignores in it. The path is absolute."""
        ignored = tuple(
            selector
            for pattern, selectors in self.per_file_ignores
            if _globs(pattern.removeprefix("!")).path(path) != pattern.startswith("!")
            for selector in selectors
        )
        if not ignored:
            return self
        layers = (*self.goes_on_from, self.selection)
        return replace(self, select=None, extend_select=(), ignore=ignored, goes_on_from=layers)

    def judged(self, finding: Finding) -> Finding:
        """The finding with its fix as these settings have it: left out, or counted as safe or unsafe.

        In each pair the longest prefix decides; ``unfixable`` and ``extend_unsafe_fixes`` win a draw. What is only to
        be shown stays so.
        """
        fix, code = finding.fix, finding.code
        if fix is None:
            return finding
        if longest(self.fixable, code) <= longest(self.unfixable, code):
            return replace(finding, fix=None)
        safe, unsafe = longest(self.extend_safe_fixes, code), longest(self.extend_unsafe_fixes, code)
        if safe == unsafe == -1 or fix.applicability == "display-only":
            return finding
        if safe > unsafe:
            return replace(finding, fix=replace(fix, applicability="safe", reason=None))
        reason = fix.reason or f"the configuration counts those of {code} as unsafe"
        return replace(finding, fix=replace(fix, applicability="unsafe", reason=reason))

    def validate(self) -> Settings:
        """These settings, if every value in them means something; raises :class:`SettingsError` if not."""
        if self.mode not in MODES:
            raise SettingsError(f"unknown mode `{self.mode}`; known are {listed(MODES)}")
        for option, selectors in (
            ("select", self.select or ()),
            ("extend-select", self.extend_select),
            ("ignore", self.ignore),
            ("fixable", self.fixable),
            ("unfixable", self.unfixable),
            ("extend-safe-fixes", self.extend_safe_fixes),
            ("extend-unsafe-fixes", self.extend_unsafe_fixes),
            *(("per-file-ignores", selectors) for _, selectors in self.per_file_ignores),
        ):
            for selector in selectors:
                check_selector(option, selector)
        return self


@cache
def _globs(pattern: str) -> Globs:
    return Globs((pattern,))
