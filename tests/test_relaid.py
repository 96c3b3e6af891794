"""Findings and fixes know no layout: however a program is written, the same is found and it becomes the same."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from random import Random

import hypothesis
import pytest
from hypothesis import strategies as st

import lrlint
import lrlint.rules
from pages import parse_page
from relaid import Layout, comments_in, relaid

EXAMPLES = int(os.environ.get("LRLINT_LAYOUTS") or 40)

_MARK = re.compile(r" *# (?:error|todo): .*$", re.MULTILINE)
_FIXTURES = Path(__file__).parent.parent / "fixtures"
_PAGES = Path(lrlint.rules.__file__).parent

PROGRAMS = {path.parent.name: _MARK.sub("", path.read_text("utf-8")) for path in sorted(_FIXTURES.glob("*/wrong.py"))}
PROGRAMS |= {
    f"{path.stem}-{number}": _MARK.sub("", block.source)
    for path in sorted(_PAGES.glob("*.md"))
    for number, block in enumerate(parse_page(path.read_text("utf-8")).blocks("Example"), 1)
    if "syntax-error" not in block.words and path.stem != "unknown_decay"  # which is looked for as `train.name`
}


def tree(text: str) -> str:
    return ast.dump(ast.parse(text))


def codes(findings: list[lrlint.Finding] | tuple[lrlint.Finding, ...]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


def one_by_one(layout: Layout, *, unsafe: bool) -> bytes:
    """The fixes applied in the plainest way: the first one there is, and then the next, each in a new text."""
    wanted = ("safe", "unsafe") if unsafe else ("safe",)
    text = layout.text
    for _ in range(100):
        findings = [finding for finding in lrlint.check(text) if finding.fix and finding.fix.applicability in wanted]
        if not findings:
            break
        first = min(findings, key=lambda finding: (finding.code, finding.location))
        lines = re.findall(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$", text)
        starts = [sum(map(len, lines[:row])) for row in range(len(lines) + 1)]
        assert first.fix
        for edit in reversed(first.fix.edits):
            row = edit.location.row
            start, end = (starts[place.row - 1] + place.column - 1 for place in (edit.location, edit.end_location))
            newline = next((match[0] for line in lines[row - 1 :: -1] if (match := re.search(r"\r\n?|\n", line))), "\n")
            text = text[:start] + re.sub(r"(?<!\r)\n", newline, edit.content) + text[end:]
    mark = layout.data[: len(layout.data) - len(layout.text.encode(layout.encoding))]
    return mark + text.encode(layout.encoding)


@pytest.mark.parametrize("comments", [False, True])
@hypothesis.settings(max_examples=EXAMPLES, suppress_health_check=list(hypothesis.HealthCheck))
@hypothesis.given(st.sampled_from(sorted(PROGRAMS)), st.booleans(), st.integers(0, 2**64))
@hypothesis.example("number_step-2", True, 295081)  # `self.step` on two lines, in parentheses that go
def test_a_layout_changes_nothing(comments: bool, name: str, unsafe: bool, seed: int) -> None:
    program = PROGRAMS[name]
    layout = relaid(program, Random(seed), comments=comments)
    assert tree(layout.text) == tree(program)
    assert codes(lrlint.check(layout.data)) == codes(lrlint.check(program))

    result = lrlint.fix(layout.data, unsafe=unsafe)
    text = result.source.text
    assert result.refused == ()
    assert result.source.to_bytes() == one_by_one(layout, unsafe=unsafe)
    assert comments_in(text) == comments_in(layout.text)
    assert lrlint.fix(result.source.to_bytes(), unsafe=unsafe).source == result.source
    meant = lrlint.fix(program, unsafe=unsafe)
    unfixed = {finding.code for finding in result.remaining if finding.fix is None}
    if result.applied != meant.applied and (comments or unfixed == {"LRL304"}):
        assert unfixed, "only what would lose a comment, or move more than a line, is not fixed"
        ast.parse(text)
    else:
        assert tree(text) == tree(meant.source.text)
        assert codes(result.remaining) == codes(meant.remaining)


@pytest.mark.skipif(find_spec("ruff") is None, reason="ruff is not here")
@pytest.mark.parametrize("unsafe", [False, True])
def test_what_black_has_formatted_stays_formatted(tmp_path: Path, unsafe: bool) -> None:
    """All but lines that get longer than black allows; ``ruff format`` writes what black writes."""
    formatter = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--no-cache",
        "-q",
        "--line-length",
        "88",
        str(tmp_path),
    ]
    for name, program in PROGRAMS.items():
        (tmp_path / f"{name}.py").write_text(program, "utf-8")
    subprocess.run(formatter, check=True)
    fixed = {}
    for name in PROGRAMS:
        path = tmp_path / f"{name}.py"
        fixed[name] = lrlint.fix(path.read_text("utf-8"), unsafe=unsafe).source.text
        path.write_text(fixed[name], "utf-8")
    subprocess.run(formatter, check=True)
    for name, text in fixed.items():
        if all(len(line) <= 88 for line in text.splitlines()):
            assert (tmp_path / f"{name}.py").read_text("utf-8") == text
