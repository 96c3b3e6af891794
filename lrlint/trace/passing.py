"""What a call passes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lrlint.trace.events import Passed
from lrlint.trace.values import Literal


@dataclass(slots=True)
class Arguments:
    """The arguments of a call; ``more_*`` where a star brings some that are not known."""

    positional: list[Passed] = field(default_factory=list)
    keywords: dict[str, Passed] = field(default_factory=dict)
    more_positional: bool = False
    more_keywords: bool = False

    def __iter__(self) -> Iterator[Passed]:
        yield from self.positional
        yield from self.keywords.values()

    def bind(self, parameters: Sequence[str]) -> dict[str, Passed]:
        """The arguments by the names of the parameters; surplus positional ones are left out."""
        return {**dict(zip(parameters, self.positional, strict=False)), **self.keywords}

    def text(self, parameters: Sequence[str], name: str) -> str | None:
        """The text that a parameter is given, where that is a constant."""
        passed = self.bind(parameters).get(name)
        given = passed.value.only(Literal) if passed is not None else None
        return given.content if given is not None and isinstance(given.content, str) else None

    def may_hold(self, parameters: Sequence[str], name: str) -> bool:
        """Whether a star may bring a parameter that was not passed by itself."""
        if self.more_keywords:
            return True
        return self.more_positional and len(self.positional) <= list(parameters).index(name)
