"""Which rules are on, and what is said of settings that cannot be meant."""

from __future__ import annotations

import pytest

from lrlint.config import Settings, SettingsError
from lrlint.finding import Finding, Fix, Location, Safety
from lrlint.rules import Rule
from lrlint.selectors import did_you_mean
from lrlint.words import listed

RULES = tuple(
    Rule(code, "summary", "both", "none", "0.1.0", None, name)
    for code, name in [
        ("LRL001", "syntax-error"),
        ("LRL101", "missing-global-step"),
        ("LRL103", "list-step"),
        ("LRL201", "printed-schedule"),
    ]
)


@pytest.fixture(autouse=True)
def four_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lrlint.rules.names", lambda: {rule.code: rule.name for rule in RULES})


def enabled(settings: Settings) -> list[str]:
    return [rule.code for rule in RULES if settings.validate().enabled(rule.code)]


ALL_CODES = ["LRL001", "LRL101", "LRL103", "LRL201"]


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        (Settings(), ALL_CODES),
        (Settings(select=("LRL",)), ALL_CODES),
        (Settings(select=("LRL1",)), ["LRL101", "LRL103"]),
        (Settings(select=("LRL1", "LRL001")), ["LRL001", "LRL101", "LRL103"]),
        (Settings(select=("LRL101",)), ["LRL101"]),
        (Settings(select=("LRL101",), extend_select=("LRL2",)), ["LRL101", "LRL201"]),
        (Settings(ignore=("LRL1",)), ["LRL001", "LRL201"]),
        (Settings(ignore=("ALL",)), []),
        (Settings(ignore=("LRL",)), []),
        (Settings(select=("LRL",), ignore=("LRL",)), []),
        (Settings(select=("LRL",), ignore=("ALL",)), ALL_CODES),
        (Settings(select=("LRL101",), ignore=("LRL1",)), ["LRL101"]),
        (Settings(select=("LRL1",), ignore=("LRL101",)), ["LRL103"]),
        (Settings(select=("LRL101",), ignore=("LRL101",)), []),
        (Settings(ignore=("LRL",), extend_select=("LRL103",)), ["LRL103"]),
        (Settings(select=()), []),
    ],
)
def test_the_longest_prefix_decides_and_ignore_wins_a_draw(settings: Settings, codes: list[str]) -> None:
    assert enabled(settings) == codes


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (Settings(select=("LRL999",)), "unknown code `LRL999` in `select`"),
        (Settings(ignore=("LRL10x",)), "unknown code `LRL10x` in `ignore`; did you mean `LRL101`?"),
        (Settings(extend_select=("LRL110",)), "unknown code `LRL110` in `extend-select`; did you mean `LRL101`?"),
        (Settings(select=("lrl1",)), "unknown code `lrl1` in `select`; did you mean `LRL1`?"),
        (Settings(select=("list-step",)), "unknown code `list-step` in `select`; did you mean `LRL103`?"),
        (
            Settings(select=("missing_global_step",)),
            "unknown code `missing_global_step` in `select`; did you mean `LRL101`?",
        ),
        (Settings(select=("E501",)), "unknown code `E501` in `select`"),
        (Settings(select=("LRL1", "")), "empty code in `select`"),
        (Settings(fixable=("LRL9",)), "unknown code `LRL9` in `fixable`"),
        (Settings(unfixable=("lrl103",)), "unknown code `lrl103` in `unfixable`; did you mean `LRL103`?"),
        (Settings(extend_safe_fixes=("",)), "empty code in `extend-safe-fixes`"),
        (Settings(extend_unsafe_fixes=("E1",)), "unknown code `E1` in `extend-unsafe-fixes`"),
        (Settings(mode="lazy"), "unknown mode `lazy`; known are `auto`, `eager` and `graph`"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_meant_is_an_error(settings: Settings, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        settings.validate()
    assert str(caught.value) == words


def finding(safety: Safety | None, reason: str | None = None) -> Finding:
    place = Location(1, 1)
    fix = Fix(safety, "Do it", (), reason) if safety else None
    return Finding("LRL101", "missing-global-step", "it is so", place, place, fix)


BY_SETTINGS = "the configuration counts those of LRL101 as unsafe"


@pytest.mark.parametrize(
    ("settings", "before", "after"),
    [
        (Settings(), ("safe", None), ("safe", None)),
        (Settings(), ("unsafe", "why"), ("unsafe", "why")),
        (Settings(fixable=("LRL101",)), ("safe", None), ("safe", None)),
        (Settings(fixable=("LRL103",)), ("safe", None), (None, None)),
        (Settings(unfixable=("LRL1",)), ("safe", None), (None, None)),
        (Settings(fixable=("LRL1",), unfixable=("LRL1",)), ("safe", None), (None, None)),
        (Settings(fixable=("LRL101",), unfixable=("ALL",)), ("safe", None), ("safe", None)),
        (Settings(extend_safe_fixes=("LRL",)), ("unsafe", "why"), ("safe", None)),
        (Settings(extend_safe_fixes=("LRL103",)), ("unsafe", "why"), ("unsafe", "why")),
        (Settings(extend_unsafe_fixes=("LRL101",)), ("safe", None), ("unsafe", BY_SETTINGS)),
        (Settings(extend_unsafe_fixes=("LRL101",)), ("unsafe", "why"), ("unsafe", "why")),
        (
            Settings(extend_safe_fixes=("LRL1",), extend_unsafe_fixes=("LRL1",)),
            ("safe", None),
            ("unsafe", BY_SETTINGS),
        ),
        (Settings(extend_safe_fixes=("LRL101",), extend_unsafe_fixes=("ALL",)), ("unsafe", "why"), ("safe", None)),
        (Settings(extend_safe_fixes=("ALL",)), ("display-only", "why"), ("display-only", "why")),
        (Settings(extend_unsafe_fixes=("ALL",)), ("display-only", "why"), ("display-only", "why")),
        (Settings(extend_safe_fixes=("ALL",)), (None, None), (None, None)),
    ],
)
def test_settings_judge_fixes(
    settings: Settings, before: tuple[Safety | None, str | None], after: tuple[Safety | None, str | None]
) -> None:
    assert settings.validate().judged(finding(*before)) == finding(*after)


def test_did_you_mean_leaves_strangers_alone() -> None:
    assert did_you_mean("pylint") == ""
    assert did_you_mean("") == ""


def test_listed() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed("abc")] == ["`a`", "`a` and `b`", "`a`, `b` and `c`"]
