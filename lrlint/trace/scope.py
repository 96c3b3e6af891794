"""Where code runs: frames of names, the calls that lead there, and the loops around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrlint.trace.values import NOTHING, Atom, Class, Function, Value

if TYPE_CHECKING:
    from lrlint import outline
    from lrlint.trace.mode import ModeScope
    from lrlint.trace.store import Layer


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """The chain of calls that leads to a frame, from an entry: the module, or a function whose callers are unknown."""

    caller: Path | None
    call: outline.Node
    function: outline.Node

    def __iter__(self) -> Iterator[Path]:
        path: Path | None = self
        while path is not None:
            yield path
            path = path.caller

    @property
    def entry(self) -> Path:
        """The first link of the chain."""
        *_, first = self
        return first


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop, in the context that it runs in."""

    node: outline.Node
    path: Path


@dataclass(slots=True, eq=False)
class Frame:
    """The names of one activation of a function, of a class body or of the module.

    What the names stand for is in the store, under ``(frame.key, name)``.
    """

    key: int
    node: outline.Node
    path: Path
    scope: ModeScope
    parent: Frame | None = None
    receiver: Atom | None = None
    is_class: bool = False
    names: dict[str, None] = field(default_factory=dict)
    """The names that are bound here, in the order in which they were."""

    named: dict[Atom, dict[str, None]] = field(default_factory=dict)
    """The names that were ever bound here to a thing, or to something that holds things."""

    outer: dict[str, Frame] = field(default_factory=dict)
    """Names declared ``global`` or ``nonlocal``, with the frame that they live in."""

    returned: Value = NOTHING
    yielded: Value = NOTHING
    exits: list[Layer] = field(default_factory=list)
    depth: int = 0

    _code: dict[tuple[outline.Node, bool, str], Function | Class] = field(default_factory=dict)

    @property
    def encloses(self) -> bool:
        """Whether code is defined here that may look up its names later."""
        return bool(self._code)

    def function(self, node: outline.FunctionDef | outline.Lambda, *, graph: bool = False, kind: str = "") -> Function:
        """The function that a definition makes here; the same object each time."""
        known = self._code.get((node, graph, kind))
        if not isinstance(known, Function):
            known = self._code[node, graph, kind] = Function(node, self, graph, kind)
        return known

    def class_of(self, node: outline.ClassDef) -> Class:
        """The class that a definition makes here; the same object each time."""
        known = self._code.get((node, False, ""))
        if not isinstance(known, Class):
            known = self._code[node, False, ""] = Class(node, self)
        return known

    def let_go(self) -> None:
        """Forget what is defined here, and what may hold it: functions and classes know their frame."""
        self._code.clear()
        self.named.clear()
        self.exits.clear()
        self.returned = self.yielded = NOTHING

    @property
    def chain(self) -> Iterator[Frame]:
        """The frames in which a name is looked up, the innermost first."""
        frame: Frame | None = self
        while frame is not None:
            yield frame
            frame = frame.parent
