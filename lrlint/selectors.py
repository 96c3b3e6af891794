"""Codes and prefixes of codes: which rules a list of them means, and what is said of those that mean none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

ALL = "ALL"
EVERY = (ALL, "LRL")
"""The selectors that mean all rules, but for those that have to be asked for."""

OPT_IN = ("LRL002",)
"""The rules that have to be asked for: by a selector that says more than :data:`EVERY`, or as ``preview``."""

_CLOSE = 0.6  # how alike two words must be for one to be a slip for the other
_CLOSE_CODE = 0.8


class SettingsError(ValueError):
    """A setting that cannot be meant as written; the text is one line, ready to be shown."""


class Selection(NamedTuple):
    """What one place says of the rules to report: a table, the flags. Without a ``select`` it goes on from another."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def enabled(layers: tuple[Selection, ...], code: str, *, preview: bool = False) -> bool:
    """Whether the last of the layers that names a code turns it on: the longest prefix decides, ``ignore`` wins a draw.

    A layer with a ``select`` begins anew.
    """
    verdict = False
    for select, extend_select, ignore in layers:
        on = longest(_asked((*(select or ()), *extend_select), code, preview), code)
        off = longest(ignore, code)
        if on > -1 or off > -1:
            verdict = on > off
        elif select is not None:
            verdict = False
    return verdict


def _asked(selectors: Sequence[str], code: str, preview: bool) -> Sequence[str]:
    """The selectors that may turn on a code."""
    if preview or code not in OPT_IN:
        return selectors
    return [selector for selector in selectors if selector not in EVERY]


def longest(selectors: Iterable[str], code: str) -> int:
    """How much of the code the most exact selector names: ``ALL`` names nothing, and -1 is no selector at all."""
    lengths = (0 if selector == ALL else len(selector) for selector in selectors if _names(selector, code))
    return max(lengths, default=-1)


def _names(selector: str, code: str) -> bool:
    return selector == ALL or (bool(selector) and code.startswith(selector))


def check_selector(option: str, selector: str) -> None:
    """Raises :class:`SettingsError` for a selector that names no rule; ``option`` is where it stands."""
    if selector in EVERY:
        return  # known without a look at the rules
    from lrlint.rules import names

    if any(_names(selector, code) for code in names()):
        return
    if not selector:
        raise SettingsError(f"empty code in `{option}`")
    raise SettingsError(f"unknown code `{selector}` in `{option}`{did_you_mean(selector)}")


def did_you_mean(word: str, *, prefixes: bool = True) -> str:
    """A question with the code that a mistyped code or name stands for, or nothing: ``"; did you mean `LRL101`?"``.

    ``prefixes`` says whether the first letters of codes, which stand for several rules, may be meant as well.
    """
    from difflib import SequenceMatcher

    from lrlint.rules import names

    spelled = word.strip().lower().replace("_", "-")
    for prefix in (code[:length] for code in names() for length in (3, 4, 5) if prefixes):
        if spelled == prefix.lower():
            return f"; did you mean `{prefix}`?"
    likeness = {
        code: max(SequenceMatcher(None, spelled, known).ratio() for known in (code.lower(), name))
        for code, name in names().items()
    }
    best = max(likeness, key=lambda code: likeness[code], default="")
    # Codes are alike by their nature: of one with digits, only a single one may be off.
    close = _CLOSE_CODE if spelled[3:].isdigit() else _CLOSE
    return f"; did you mean `{best}`?" if best and likeness[best] > close else ""
