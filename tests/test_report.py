"""The formats, to the last character."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from lrlint.finding import Edit, Finding, Fix, Location, Related, Safety
from lrlint.report import FORMATS, Reported, applicable, renderer, rule_table
from lrlint.report.diff import patch
from lrlint.report.summary import closing, statistics
from lrlint.rules import Rule
from lrlint.source import Source


def finding(code: str, name: str, row: int, safety: Safety | None = None) -> Finding:
    start, end = Location(row, 5), Location(row, 9)
    fix = Fix(safety, "Pass `global_step=step`", (Edit(end, end, ", global_step=step"),)) if safety else None
    return Finding(code, name, "the rate stays at 0.1", start, end, fix)


SAFE = Reported("a.py", finding("LRL101", "missing-global-step", 3, "safe"))
UNSAFE = Reported("a.py", finding("LRL101", "missing-global-step", 4, "unsafe"))
SHOWN = Reported("b/c.py", finding("LRL203", "compared-schedule", 1, "display-only"))
NONE = Reported("b/c.py", finding("LRL001", "syntax-error", 12))
EVERY = [SAFE, UNSAFE, SHOWN, NONE]


def test_every_format_renders_nothing_and_something() -> None:
    for name in FORMATS:
        render = renderer(name)
        assert render([], unsafe=False) == "" or name in ("json", "sarif", "gitlab", "junit", "rdjson")
        assert render(EVERY, unsafe=False).endswith("\n")


def test_concise() -> None:
    assert renderer("concise")(EVERY, unsafe=False) == (
        "a.py:3:5: LRL101 [*] the rate stays at 0.1\n"
        "a.py:4:5: LRL101 the rate stays at 0.1\n"
        "b/c.py:1:5: LRL203 the rate stays at 0.1\n"
        "b/c.py:12:5: LRL001 the rate stays at 0.1\n"
    )


def test_unsafe_fixes_are_marked_once_they_are_asked_for() -> None:
    assert renderer("concise")([UNSAFE, SHOWN], unsafe=True) == (
        "a.py:4:5: LRL101 [*] the rate stays at 0.1\nb/c.py:1:5: LRL203 the rate stays at 0.1\n"
    )


def test_applicable() -> None:
    fixes = [each.finding.fix for each in EVERY]
    assert [applicable(fix, unsafe=False) for fix in fixes] == [True, False, False, False]
    assert [applicable(fix, unsafe=True) for fix in fixes] == [True, True, False, False]


def test_json_has_the_shape_of_ruff_and_fields_of_its_own() -> None:
    related = (Related("the schedule is made here", Location(1, 1), Location(1, 4)),)
    story = Finding(
        "LRL101", "missing-global-step", "ä “quoted”", Location(3, 5), Location(3, 9), SAFE.finding.fix, related
    )
    source = Source("a.py", "\n\nx = '''\n'''\n")
    assert json.loads(renderer("json")([Reported("a.py", story, source), NONE], unsafe=False)) == [
        {
            "cell": None,
            "code": "LRL101",
            "effect": None,
            "end_location": {"column": 9, "row": 3},
            "filename": "a.py",
            "fix": {
                "applicability": "safe",
                "edits": [
                    {
                        "content": ", global_step=step",
                        "end_location": {"column": 9, "row": 3},
                        "location": {"column": 9, "row": 3},
                    }
                ],
                "message": "Pass `global_step=step`",
                "reason": None,
            },
            "location": {"column": 5, "row": 3},
            "message": "ä “quoted”",
            "name": "missing-global-step",
            "noqa_row": 4,
            "related": [
                {
                    "end_location": {"column": 4, "row": 1},
                    "location": {"column": 1, "row": 1},
                    "message": "the schedule is made here",
                }
            ],
            "severity": "error",
            "url": "https://github.com/lrlint/lrlint/blob/main/lrlint/rules/missing_global_step.md",
        },
        {
            "cell": None,
            "code": "LRL001",
            "effect": None,
            "end_location": {"column": 9, "row": 12},
            "filename": "b/c.py",
            "fix": None,
            "location": {"column": 5, "row": 12},
            "message": "the rate stays at 0.1",
            "name": "syntax-error",
            "noqa_row": 12,
            "related": [],
            "severity": "error",
            "url": "https://github.com/lrlint/lrlint/blob/main/lrlint/rules/syntax_error.md",
        },
    ]


@pytest.mark.parametrize(
    ("reported", "fixed", "unsafe", "words"),
    [
        ([], 0, False, "No findings in 7 files.\n"),
        ([NONE], 0, False, "1 finding in 1 file.\n"),
        ([SAFE, NONE], 0, False, "2 findings in 2 files.\n[*] 1 fixable with `--fix`.\n"),
        (
            [SAFE, SAFE, UNSAFE],
            0,
            False,
            "3 findings in 1 file.\n[*] 2 fixable with `--fix` (1 more with `--unsafe-fixes`).\n",
        ),
        ([UNSAFE, SHOWN], 0, False, "2 findings in 2 files.\n1 fixable with `--fix --unsafe-fixes`.\n"),
        ([SAFE, UNSAFE], 0, True, "2 findings in 1 file.\n[*] 2 fixable with `--fix`.\n"),
        ([], 1, False, "Fixed 1 finding; none left.\n"),
        ([NONE], 2, False, "Fixed 2 findings; 1 left in 1 file.\n"),
        ([UNSAFE], 2, False, "Fixed 2 findings; 1 left in 1 file.\n1 fixable with `--fix --unsafe-fixes`.\n"),
    ],
)
def test_closing_lines(reported: Sequence[Reported], fixed: int, unsafe: bool, words: str) -> None:
    assert closing(reported, files=7, fixed=fixed, unsafe=unsafe) == words


def test_one_file_without_findings() -> None:
    assert closing([], files=1, fixed=0, unsafe=False) == "No findings in 1 file.\n"


def test_statistics() -> None:
    reported = [NONE, *[SAFE] * 10, UNSAFE, SHOWN]
    assert statistics(reported, output_format="concise", unsafe=False) == (
        "11  LRL101  [-] missing-global-step\n 1  LRL001  [ ] syntax-error\n 1  LRL203  [ ] compared-schedule\n"
    )
    assert statistics([SAFE, UNSAFE], output_format="concise", unsafe=True) == "2  LRL101  [*] missing-global-step\n"
    assert statistics([], output_format="concise", unsafe=False) == ""


def test_statistics_as_json() -> None:
    assert json.loads(statistics([NONE, SAFE, UNSAFE], output_format="json", unsafe=False)) == [
        {"code": "LRL101", "name": "missing-global-step", "count": 2, "fixable": False, "fixable_count": 1},
        {"code": "LRL001", "name": "syntax-error", "count": 1, "fixable": False, "fixable_count": 0},
    ]


def test_rule_tables() -> None:
    rules = [
        Rule("LRL001", "a file | unreadable", "both", "none", "0.1.0", None, "syntax-error"),
        Rule("LRL103", "a list", "eager", "sometimes", "0.1.0", None, "list-step"),
    ]
    assert rule_table.text(rules) == (
        "CODE    NAME          MODE   FIX        SUMMARY\n"
        "LRL001  syntax-error  both   none       a file | unreadable\n"
        "LRL103  list-step     eager  sometimes  a list\n"
    )
    assert rule_table.markdown(rules) == (
        "| code | name | mode | fix | summary |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| [LRL001](lrlint/rules/syntax_error.md) | syntax-error | both | none | a file \\| unreadable |\n"
        "| [LRL103](lrlint/rules/list_step.md) | list-step | eager | sometimes | a list |\n"
    )


def test_a_patch() -> None:
    assert patch("a/b.py", b"1\n2\n3\n", b"1\n2.0\n3\n") == (
        b"--- a/a/b.py\n+++ b/a/b.py\n@@ -1,3 +1,3 @@\n 1\n-2\n+2.0\n 3\n"
    )
    assert patch("a.py", b"same", b"same") == b""


def test_a_patch_says_where_the_last_newline_is_missing() -> None:
    no_newline = b"\\ No newline at end of file\n"
    assert patch("a.py", b"1", b"2") == b"--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-1\n" + no_newline + b"+2\n" + no_newline


@pytest.mark.parametrize("path", ["a.py", "d/e.py", "with blanks.py", 'quo"ted\\.py', "tab\tand\nline.py", "größe.py"])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"a\nb\nc\n", b"a\nB\nc\n"),
        (b"a\r\nb\r\nc\r\n", b"a\r\nB\r\nc\r\n"),
        (b"a\nb\nc", b"a\nb\nC"),
        (b"a\nb\nc", b"a\nB\nc"),
        (b"a\x0cb\rc\n\xe4\xff\nd\n", b"a\x0cb\rc\n\xe5\xff\nd\n"),
        (b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbfa\nB\n"),
    ],
)
def test_git_applies_every_patch(tmp_path: Path, path: str, old: bytes, new: bytes) -> None:
    file = tmp_path / path
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(old)
    applied = subprocess.run(
        ["git", "apply", "-"], cwd=tmp_path, input=patch(path, old, new), capture_output=True, check=False
    )
    assert applied.stderr == b""
    assert file.read_bytes() == new
