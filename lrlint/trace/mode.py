"""Eager or graph: the mode of a place, and the evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lrlint import outline

Mode = Literal["eager", "graph"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a mode was taken: a place, and what stands there."""

    mode: Mode
    node: outline.Node | None
    text: str
    traced: bool = False
    """In the body of a ``tf.function``, which runs in order and each time, as eager code does."""

    asked: bool = False
    """In an arm of a branch on the mode: what was made before is of that mode, too."""

    own_graph: bool = False
    """In a graph that the program makes, with variables and a global step of its own."""


@dataclass(slots=True, eq=False)
class ModeScope:
    """A region of the program in one mode: the file, an activation of a function, a context.

    ``fixed`` is set where the region says its mode itself (the body of a ``tf.function``); else the signs seen in it
    decide, and without any it is as the region around it.
    """

    parent: ModeScope | None
    fixed: Evidence | None = None
    signs: dict[tuple[Mode, str], Evidence] = field(default_factory=dict)

    @property
    def chain(self) -> Iterator[ModeScope]:
        """The region and the regions around it, the innermost first."""
        region: ModeScope | None = self
        while region is not None:
            yield region
            region = region.parent

    def sign(self, mode: Mode, node: outline.Node, text: str) -> None:
        """Note something that is done in one mode only."""
        self.signs.setdefault((mode, text), Evidence(mode, node, text))

    @property
    def own(self) -> Evidence | None:
        """What the signs of this region alone say, where they agree."""
        modes = {mode for mode, _ in self.signs}
        return next(iter(self.signs.values())) if len(modes) == 1 else None


@dataclass(slots=True)
class Modes:
    """The modes of a file: its regions, and the switches it throws."""

    override: Mode | None = None
    root: ModeScope = field(default_factory=lambda: ModeScope(None))
    switches: dict[outline.Node, Evidence] = field(default_factory=dict)
    under: dict[outline.Node, frozenset[tuple[int, bool]]] = field(default_factory=dict)
    """The outcomes of conditions without which a switch is not thrown."""

    signs: dict[tuple[Mode, str], Evidence] = field(default_factory=dict)

    def switch(self, mode: Mode, node: outline.Node, text: str, assumed: frozenset[tuple[int, bool]]) -> None:
        """``enable_eager_execution()`` and its kind, under these outcomes of conditions."""
        self.switches[node] = Evidence(mode, node, text)
        self.under[node] = self.under.get(node, assumed) & assumed

    def is_switched_elsewhere(self, evidence: Evidence, assumed: frozenset[tuple[int, bool]]) -> bool:
        """Whether a mode is that of switches alone, each of which is thrown only where these outcomes are others."""
        return evidence.node in self.switches and all(
            any((condition, not outcome) in assumed for condition, outcome in under) for under in self.under.values()
        )

    def sign(self, scope: ModeScope, mode: Mode, node: outline.Node, text: str) -> None:
        """Note what is done in one mode only.

        Inside a region that says its own mode it tells nothing of the file; but who trains in a ``tf.function``, calls it
        from eager code.
        """
        scope.sign(mode, node, text)
        says = (region.fixed for region in scope.chain if region.fixed)
        if all(mode == "eager" and fixed.traced for fixed in says):
            self.signs.setdefault((mode, text), Evidence(mode, node, text))

    def file(self) -> Evidence | None:
        """The mode of the file: what it was told to be, what it switches on, or what it does."""
        if self.override:
            return Evidence(self.override, None, f"--mode {self.override}")
        for evidences in (self.switches.values(), self.signs.values()):
            if len({evidence.mode for evidence in evidences}) == 1:
                return next(iter(evidences))
            if evidences:
                return None
        return None

    def of(self, scope: ModeScope) -> Evidence | None:
        """The mode of a region, or ``None`` where nothing tells."""
        file = self.file()
        for region in scope.chain:
            if region.fixed:
                return region.fixed
            if region is not self.root and self.override is None and region.own and region.own.mode == "graph":
                return region.own
        return file
