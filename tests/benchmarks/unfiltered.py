"""Check files as if there were no prefilter, and print as JSON which of those that it passes over hold a finding.

Usage: python unfiltered.py DIRECTORY
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from lrlint import linter
from lrlint.config import Settings
from lrlint.scan import is_suspect


def passed_over(directory: Path) -> list[Path]:
    """The files in which the prefilter says that there is nothing to find."""
    files = (path for path in sorted(directory.rglob("*.py")) if path.is_file())
    return [path for path in files if not is_suspect(path.name, path.read_bytes(), noqa=False)]


def missed(paths: list[Path]) -> list[str]:
    """Those of the files in which something is found, or goes wrong, all the same."""
    linter.is_suspect = lambda *_, **__: True
    linter.may_hold_finding_text = lambda _: True
    results = {path: linter.check_bytes(str(path), path.read_bytes(), Settings()) for path in paths}
    return [str(path) for path, result in results.items() if result.findings or result.error]


if __name__ == "__main__":
    passed = passed_over(Path(sys.argv[1]))
    print(json.dumps({"files": len(passed), "missed": missed(passed)}))
