"""Templates name the parts of a program as ``<step>``, ``<lr>``, ``<opt>``; a structure decides what stands for them."""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"<([a-z]+[0-9]?)>")


def roles(template: str) -> list[str]:
    """The parts that a template names, in their order."""
    return list(dict.fromkeys(_PLACEHOLDER.findall(template)))


def fill(template: str, refs: Callable[[str], str]) -> str:
    """A template with what stands for its parts."""
    return _PLACEHOLDER.sub(lambda match: refs(match[1]), template)
