"""What ``-v`` tells of a run: which files were read, why others were not, in which mode, and where the time went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from lrlint.account import Account
from lrlint.report.line import printable_path


def accounts(
    passed_over: Mapping[str, str],
    looked_at: Sequence[tuple[str, Account]],
    *,
    configured_by: Callable[[str], str | None],
) -> str:
    """Lines for people, with their last newline: paths in their order, then the times, the longest first.

    ``passed_over`` are paths with the reason, and ``configured_by`` tells the configuration file of a path.
    """
    told = list(passed_over.items())
    told += [(path, _told(account, configured_by(path))) for path, account in looked_at]
    lines = [f"{printable_path(path)}: {words}\n" for path, words in sorted(told)]
    return "".join([*lines, *_times(account for _, account in looked_at)])


def _told(account: Account, file: str | None) -> str:
    if account.skipped is not None:
        return f"skipped: {account.skipped}"
    mode = f"{account.mode}: {account.evidence}" if account.mode else "mode unknown: nothing tells eager from graph"
    if not (account.seconds or account.cached):
        return "nothing to find"
    took = "from the cache" if account.cached else _seconds(sum(account.seconds.values()))
    configured = f", configured by {file}" if file else ""
    return f"{mode} ({took}{configured})"


def _times(looked_at: Iterable[Account]) -> Iterator[str]:
    total: Counter[str] = Counter()
    for account in looked_at:
        for what, seconds in account.seconds.items():
            total[what] += seconds  # type: ignore[assignment]  # a counter of seconds
    for what, seconds in sorted(total.items(), key=lambda item: (-item[1], item[0])):
        yield f"{_seconds(seconds):>12} {what}\n"


def _seconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"
