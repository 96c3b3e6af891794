"""What stands below the findings: how many there are, how many of them can be fixed, and the counts by rule."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence

from lrlint.report import Reported, applicable
from lrlint.words import counted, nothing_found


def closing(reported: Sequence[Reported], *, files: int, fixed: int, unsafe: bool, done: str = "Fixed") -> str:
    """The last lines of a run over ``files`` files; ``fixed`` counts the findings repaired, or what else was done."""
    left = len(reported)
    where = counted(len({each.path for each in reported}), "file")
    if fixed:
        first = f"{done} {counted(fixed, 'finding')}; " + (f"{left} left in {where}." if left else "none left.")
    elif left:
        first = f"{counted(left, 'finding')} in {where}."
    else:
        return nothing_found(files)
    return "\n".join(filter(None, [first, _fixable(reported, unsafe)])) + "\n"


def statistics(reported: Sequence[Reported], *, output_format: str, unsafe: bool) -> str:
    """The counts by rule, the most frequent first: lines of ``count, code, [*], name``, or ruff's JSON."""
    names = {each.finding.code: each.finding.name for each in reported}
    counts = Counter(each.finding.code for each in reported)
    fixable = Counter(each.finding.code for each in reported if applicable(each.finding.fix, unsafe=unsafe))
    order = sorted(counts, key=lambda code: (-counts[code], code))
    if output_format == "json":
        rows = [
            {
                "code": code,
                "name": names[code],
                "count": counts[code],
                "fixable": fixable[code] == counts[code],
                "fixable_count": fixable[code],
            }
            for code in order
        ]
        return json.dumps(rows, indent=2) + "\n"
    width = max((len(str(count)) for count in counts.values()), default=0)
    return "".join(
        f"{counts[code]:>{width}}  {code}  {_marker(fixable[code], counts[code])} {names[code]}\n" for code in order
    )


def _marker(fixable: int, count: int) -> str:
    """``[*]`` where all can be fixed, ``[-]`` where some can, ``[ ]`` where none can."""
    return "[ ]" if not fixable else "[*]" if fixable == count else "[-]"


def _fixable(reported: Sequence[Reported], unsafe: bool) -> str:
    now = sum(applicable(each.finding.fix, unsafe=unsafe) for each in reported)
    more = sum(applicable(each.finding.fix, unsafe=True) for each in reported) - now
    if now and more:
        return f"[*] {now} fixable with `--fix` ({more} more with `--unsafe-fixes`)."
    if now:
        return f"[*] {now} fixable with `--fix`."
    if more:
        return f"{more} fixable with `--fix --unsafe-fixes`."
    return ""
