"""Settings: which rules are on, which mode holds, which files are left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from lrlint.finding import Finding

Mode = Literal["auto", "eager", "graph"]
MODES: tuple[Mode, ...] = get_args(Mode)

ALL = "ALL"
_CLOSE = 0.6  # how alike two words must be for one to be a slip for the other
_CLOSE_CODE = 0.8

DEFAULT_EXCLUDE: tuple[str, ...] = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".git-rewrite",
    ".hg",
    ".ipynb_checkpoints",
    ".mypy_cache",
    ".nox",
    ".pants.d",
    ".pyenv",
    ".pytest_cache",
    ".pytype",
    ".ruff_cache",
    ".svn",
    ".tox",
    ".venv",
    ".vscode",
    "__pycache__",
    "__pypackages__",
    "_build",
    "buck-out",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)


class SettingsError(ValueError):
    """A setting that cannot be meant as written; the text is one line, ready to be shown."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was told, by flags and one day by configuration files.

    ``select``, ``extend_select`` and ``ignore`` hold codes or prefixes of codes (``"LRL101"``, ``"LRL1"``, ``"LRL"``,
    or ``"ALL"``), and so do the four that say which fixes there are and how safe they count: ``fixable``, ``unfixable``,
    ``extend_safe_fixes`` and ``extend_unsafe_fixes``. ``exclude`` and ``extend_exclude`` hold names or globs, as :class:`lrlint.discover.Excluded` reads
    them.
    """

    select: tuple[str, ...] = (ALL,)
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    mode: Mode = "auto"
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    fixable: tuple[str, ...] = (ALL,)
    unfixable: tuple[str, ...] = ()
    extend_safe_fixes: tuple[str, ...] = ()
    extend_unsafe_fixes: tuple[str, ...] = ()

    def enabled(self, code: str) -> bool:
        """Whether findings of this code are reported: the longest prefix decides, and ``ignore`` wins a draw."""
        return _enabled(self.select + self.extend_select, self.ignore, code)

    def judged(self, finding: Finding) -> Finding:
        """The finding with its fix as these settings have it: left out, or counted as safe or unsafe.

        In each pair the longest prefix decides; ``unfixable`` and ``extend_unsafe_fixes`` win a draw. What is only to
        be shown stays so.
        """
        fix, code = finding.fix, finding.code
        if fix is None:
            return finding
        if not _enabled(self.fixable, self.unfixable, code):
            return replace(finding, fix=None)
        safe, unsafe = _longest(self.extend_safe_fixes, code), _longest(self.extend_unsafe_fixes, code)
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
            ("select", self.select),
            ("extend-select", self.extend_select),
            ("ignore", self.ignore),
            ("fixable", self.fixable),
            ("unfixable", self.unfixable),
            ("extend-safe-fixes", self.extend_safe_fixes),
            ("extend-unsafe-fixes", self.extend_unsafe_fixes),
        ):
            for selector in selectors:
                _check_selector(option, selector)
        return self


@lru_cache(maxsize=1024)
def _enabled(selected: tuple[str, ...], ignored: tuple[str, ...], code: str) -> bool:
    return _longest(selected, code) > _longest(ignored, code)


def _longest(selectors: Iterable[str], code: str) -> int:
    """How much of the code the most exact selector names: ``ALL`` names nothing, and -1 is no selector at all."""
    lengths = (0 if selector == ALL else len(selector) for selector in selectors if _names(selector, code))
    return max(lengths, default=-1)


def _names(selector: str, code: str) -> bool:
    return selector == ALL or (bool(selector) and code.startswith(selector))


def _check_selector(option: str, selector: str) -> None:
    if selector in (ALL, "LRL"):
        return  # known without a look at the rules, which would load LibCST
    from lrlint.rules import all_rules

    rules = all_rules()
    if any(_names(selector, rule.code) for rule in rules):
        return
    if not selector:
        raise SettingsError(f"empty code in `{option}`")
    raise SettingsError(f"unknown code `{selector}` in `{option}`{did_you_mean(selector)}")


def did_you_mean(word: str) -> str:
    """A question with the code that a mistyped code or name stands for, or nothing: ``"; did you mean `LRL101`?"``."""
    from difflib import SequenceMatcher

    from lrlint.rules import all_rules

    spelled = word.strip().lower().replace("_", "-")
    rules = all_rules()
    for prefix in (rule.code[:length] for rule in rules for length in (3, 4, 5)):
        if spelled == prefix.lower():
            return f"; did you mean `{prefix}`?"
    likeness = {
        rule.code: max(SequenceMatcher(None, spelled, known).ratio() for known in (rule.code.lower(), rule.name))
        for rule in rules
    }
    best = max(likeness, key=lambda code: likeness[code], default="")
    # Codes are alike by their nature: of one with digits, only a single one may be off.
    close = _CLOSE_CODE if spelled[3:].isdigit() else _CLOSE
    return f"; did you mean `{best}`?" if best and likeness[best] > close else ""


def listed(words: Iterable[str]) -> str:
    """Words as prose: ``"`a`, `b` and `c`"``."""
    quoted = [f"`{word}`" for word in words]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"
