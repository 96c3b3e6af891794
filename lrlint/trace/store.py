"""The store: what every place holds at one moment of the program, with cheap forks and joins.

A place is a pair: a frame and a name, or a thing and the name of its attribute or slot. The store is one table with a
stack of layers over it, each of which knows what it has covered: an arm of a branch writes into a layer of its own, a read
costs one look however deep it stands, and the join costs what the arms wrote, not what the program holds.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, repeat

from lrlint.trace.values import Atom, Guard, Value

LENGTH = ("len",)
"""The slot of a range for how many numbers are in it."""

REST = "*"
"""The slot of a container for what stands under keys that are not known."""

Place = tuple[Hashable, Hashable]
Layer = dict[Place, Value]


@dataclass(slots=True)
class Reader:
    """What is read of all that was written before: ``places`` are those that were read as they were left then.

    ``depth`` is that of the first layer that counts as new; ``blended`` are places that may hold something new or,
    still, something old, because only some arms of a branch have written them.
    """

    depth: int
    places: set[Place] = field(default_factory=set)
    blended: set[Place] = field(default_factory=set)


_Held = tuple[int, Value]
"""The depth of the layer that a place was last written into, and what it holds."""

_NOWHERE: tuple[int, None] = (-1, None)


class Store:
    """Places and what they hold; ``heed`` is told of each write of what something may come of, as long as there is somebody to tell."""

    def __init__(self, heed: Callable[[Place, Value], None]) -> None:
        self.heed: Callable[[Place, Value], None] | None = heed
        self.slots: dict[Atom, dict[Hashable, None]] = {}
        """The slots that a thing has anywhere in the program, in the order in which they were first written."""

        self.owners: dict[Atom, dict[Atom, dict[Hashable, None]]] = {}
        """What has ever had a thing in one of its slots, and in which."""

        self._now: dict[Place, _Held] = {}
        self._covered: list[dict[Place, _Held | None]] = [{}]
        self._readers: list[Reader] = []
        self._watches: list[Layer] = []

    def read(self, place: Place) -> Value | None:
        """What a place holds, or ``None`` where nothing was ever put there."""
        depth, value = self._now.get(place, _NOWHERE)
        for reader in self._readers:
            if depth < reader.depth or place in reader.blended:
                reader.places.add(place)
        return value

    def blend(self, place: Place) -> Value | None:
        """What a place holds, to be joined with what it may hold as well: it is read once what is joined is."""
        depth, value = self._now.get(place, _NOWHERE)
        for reader in self._readers:
            if depth < reader.depth:
                reader.blended.add(place)
        return value

    @property
    def contents(self) -> Layer:
        """All that is held at present."""
        return {place: value for place, (_, value) in self._now.items()}

    @contextmanager
    def reading(self) -> Iterator[set[Place]]:
        """The places that are read from now on as they were left before: not those that are written first."""
        reader = Reader(len(self._covered))
        self._readers.append(reader)
        try:
            yield reader.places
        finally:
            self._readers.pop()

    def write(self, place: Place, value: Value) -> None:
        owner, slot = place
        if isinstance(owner, Atom):
            self.slots.setdefault(owner, {})[slot] = None
            for atom in value.atoms:
                self.owners.setdefault(atom, {}).setdefault(owner, {})[slot] = None
        self._put(place, value)
        if not value.inert and self.heed is not None:
            self.heed(place, value)
        for passing in self._watches:
            held = passing.get(place)
            passing[place] = value if held is None else held | value

    @contextmanager
    def watch(self) -> Iterator[Layer]:
        """Everything that each place holds at some moment from now on, be it overwritten later or lost in a jump."""
        passing: Layer = {}
        self._watches.append(passing)
        try:
            yield passing
        finally:
            self._watches.pop()

    def add(self, place: Place, value: Value) -> None:
        """A weak write: the place may hold this now, or still what it held."""
        held = self.blend(place)
        self.write(place, value if held is None else held | value)

    def fork(self) -> int:
        """Open a layer; what is written from now on can be taken back. Returns its depth."""
        self._covered.append({})
        return len(self._covered) - 1

    def drop(self) -> Layer:
        """Close the last layer, and return what was written into it."""
        now = self._now
        layer: Layer = {}
        for place, before in self._covered.pop().items():
            layer[place] = now[place][1]
            if before is None:
                del now[place]
            else:
                now[place] = before
        return layer

    def since(self, depth: int) -> Layer:
        """All that the layers from a depth on have written, as one layer."""
        return {place: self._now[place][1] for covered in self._covered[depth:] for place in covered}

    def replay(self, layer: Layer) -> None:
        """Write all of a layer's places."""
        for place, value in layer.items():
            self._put(place, value)

    def _put(self, place: Place, value: Value) -> None:
        covered = self._covered[-1]
        if place not in covered:
            covered[place] = self._now.get(place)
        self._now[place] = (len(self._covered) - 1, value)

    def merge(self, arms: Sequence[Layer], guards: Sequence[Guard | None] = ()) -> None:
        """Join the arms of a branch: each place may hold what any arm left there.

        ``guards`` name, arm by arm, the outcome that led into it; a value that only some arms leave carries it.
        """
        if len(arms) == 1 and not any(guards):
            self.replay(arms[0])
            return
        guarded = [*zip(arms, [*guards, *repeat(None, len(arms) - len(guards))], strict=True)]
        for place in dict.fromkeys(chain.from_iterable(arms)):
            held: Value | None = None
            joined: Value | None = None
            for arm, guard in guarded:
                value = arm.get(place)
                if value is None:
                    value = held = held or self.blend(place)
                    if value is None:
                        continue
                if guard is not None:
                    value = value.guarded(guard)
                joined = value if joined is None else joined | value
            if joined is not None:
                self._put(place, joined)
