"""Files of any kind survive a fix: nothing raises, nothing is lost, and what was changed holds.

``LRLINT_MUTATIONS=10000`` fixes more of them, ``LRLINT_SEED=today`` others.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path
from random import Random

import lrlint.rules
from lrlint.config import Settings
from lrlint.linter import check_bytes
from lrlint.run import Job, Outcome, examine_file
from mutated import mutated
from pages import parse_page

COUNT = int(os.environ.get("LRLINT_MUTATIONS") or 200)
SEED = os.environ.get("LRLINT_SEED") or "every time"

_MARK = re.compile(r" *# (?:error|todo): .*$", re.MULTILINE)
_FIXTURES = Path(__file__).parent.parent / "fixtures"
_PAGES = Path(lrlint.rules.__file__).parent

PROGRAMS = [
    _MARK.sub("", text)
    for text in (
        *(path.read_text("utf-8") for path in sorted([*_FIXTURES.glob("*/wrong.py"), *_FIXTURES.glob("found/*.py")])),
        *(
            block.source
            for page in sorted(_PAGES.glob("*.md"))
            for block in parse_page(page.read_text("utf-8")).blocks("Example")
        ),
    )
]


def test_no_exception_and_no_file_lost(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    seen: Counter[str] = Counter()
    for number in range(COUNT):
        data = mutated(PROGRAMS, Random(f"{SEED} {number}"))
        path.write_bytes(data)
        unsafe = number % 2 == 1
        try:
            outcome = examine_file(str(path), Job(Settings(), "fix", unsafe=unsafe))
            check(path, data, outcome, unsafe=unsafe)
        except BaseException:
            print(f"LRLINT_SEED={SEED!r}, number {number}, unsafe={unsafe}:\n{data.decode('utf-8', 'replace')}")
            raise
        for refusal in outcome.refused:
            print(f"number {number}: {refusal}")
        seen["changed"] += outcome.new != outcome.old
        seen["refused"] += bool(outcome.refused)
        seen["unreadable"] += any(finding.code == "LRL001" for finding in outcome.findings)
        seen["found"] += bool(outcome.findings or outcome.fixed)
    print(f"LRLINT_SEED={SEED!r}: of {COUNT} {dict(seen)}")
    assert seen["changed"] > COUNT / 10
    assert seen["unreadable"] > COUNT / 10


def check(path: Path, data: bytes, outcome: Outcome, *, unsafe: bool) -> None:
    """The file is there and alone, as it was or as it was meant to be; what was made of it holds."""
    assert outcome.error is None or ": not fixed: the file" in outcome.error, outcome.error
    assert os.listdir(path.parent) == [path.name]
    if outcome.new == outcome.old:
        assert path.read_bytes() == data
        assert not outcome.fixed
        return
    assert path.read_bytes() == outcome.new
    assert outcome.fixed
    result = check_bytes(str(path), outcome.new, Settings())
    assert (result.problem, result.error) == (None, None)
    assert [finding.sort_key for finding in result.findings] == [finding.sort_key for finding in outcome.findings]
    again = examine_file(str(path), Job(Settings(), "fix", unsafe=unsafe))
    assert again.new == again.old or outcome.refused
    # What is not in an edit stays: every line that is new is one that a fix wrote.
    old, new = (Counter(re.split(rb"\r\n?|\n", content)) for content in (data, outcome.new))
    fixes = [finding.fix for finding in check_bytes(str(path), data, Settings()).findings if finding.fix]
    edits = sum(len(fix.edits) for fix in fixes)
    assert (new - old).total() <= max(3 * outcome.fixed.total(), edits) + 3  # a fix may write in many lines
