"""Words for people: lists of them, and the ones that were probably meant."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def joined(words: Sequence[str]) -> str:
    """Words as prose: ``"a, b and c"``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def listed(words: Iterable[str]) -> str:
    """Words that are quoted, as prose: ``"`a`, `b` and `c`"``."""
    return joined([f"`{word}`" for word in words])


def clause(sentence: str) -> str:
    """What somebody else says, as a part of a line of ours: without its capital, its full stop, and its line breaks."""
    words = " ".join(sentence.split()).rstrip(".")
    return words[:1].lower() + words[1:]


def counted(number: int, thing: str) -> str:
    """``"1 file"``, ``"2 files"``."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def nothing_found(files: int) -> str:
    """The one line of a run that found nothing, with its newline."""
    return f"No findings in {counted(files, 'file')}.\n"


def suggestion(word: str, known: Iterable[str]) -> str:
    """A question with the known word that a mistyped one stands for, or nothing: ``"; did you mean `select`?"``."""
    from difflib import get_close_matches

    close = get_close_matches(word.lower().replace("_", "-"), list(known), n=1)
    return f"; did you mean `{close[0]}`?" if close else ""
