"""Names of decays as they are misspelt: one slip of the pen from a name that exists, or a name that should.

None of these is in any TensorFlow. The prefilter holds what their files have in common.
"""

from __future__ import annotations

from functools import cache

from lrlint.prefilter import DECAY_NAMES

NICKNAMES = {
    "exp_decay": "exponential_decay",
    "natural_exponential_decay": "natural_exp_decay",
    "piecewise_decay": "piecewise_constant_decay",
}
"""Names that are more than a slip away and can mean one decay only."""


@cache
def meant(name: str) -> str | None:
    """The decay that a name means and is not; ``None`` for the name of a decay, and for any other."""
    if name in DECAY_NAMES:
        return None
    return NICKNAMES.get(name) or next((right for right in sorted(DECAY_NAMES) if _is_one_slip(name, right)), None)


def _is_one_slip(wrong: str, right: str) -> bool:
    """Whether one letter is missing, too many or another, or two neighbours have changed places."""
    if abs(len(wrong) - len(right)) > 1:
        return False
    while wrong and right and wrong[0] == right[0]:
        wrong, right = wrong[1:], right[1:]
    while wrong and right and wrong[-1] == right[-1]:
        wrong, right = wrong[:-1], right[:-1]
    return max(len(wrong), len(right)) == 1 or (len(wrong) == 2 and wrong == right[::-1])
