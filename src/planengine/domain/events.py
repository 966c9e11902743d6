"""The events of an incident in the order in which they were told, told on without copying."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from sys import maxsize
from threading import Lock
from typing import NamedTuple, overload

from planengine.domain.statements import STATUS_RANKS, Event, is_header, target_of


class Newest(NamedTuple):
    """The newest time told, the first event of the observation that has it, that of all others."""

    at: int
    event: Event
    rest: int | None


class _Told:
    """What all that go on from one another share: of each the first so many are its own."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events: list[Event] = []
        self.first: dict[str, int] = {}  # of each observation, by its id
        self.counts: list[int] = [0]  # of observations, after so many events
        self.targets: dict[str, int] = {}  # the first that corrects or withdraws each
        self.lock = Lock()
        self.identity = object()
        self.shared = {self.identity: maxsize}  # how many events it has in common with others
        self.add(events)

    def branch(self, size: int) -> _Told:
        """Another that begins with so many of these events."""
        found = _Told(self.events[:size])
        found.shared.update((one, min(size, most)) for one, most in self.shared.items())
        return found

    def add(self, events: Iterable[Event]) -> None:
        for event in events:
            place = len(self.events)
            self.events.append(event)
            target = target_of(event)
            if target is not None:
                self.targets.setdefault(target, place)
            name = event.stamp.observation
            is_first = not is_header(event) and self.first.setdefault(name, place) == place
            self.counts.append(self.counts[-1] + is_first)


class Events(Sequence[Event]):
    """Events in the order told. Immutable: `and_then` gives others, which share these."""

    __slots__ = ("_size", "_told", "newest")

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._told = _Told(events)
        self._size = len(self._told.events)
        self.newest: dict[int, Newest | None] = {}  # by the rank of a status, what was found

    def and_then(self, more: Sequence[Event]) -> Events:
        """These and more; copied only where others were told after these before."""
        found = Events.__new__(Events)
        told = self._told
        with told.lock:
            if len(told.events) == self._size:
                told.add(more)
            else:
                told = told.branch(self._size)
                told.add(more)
        found._told, found._size = told, self._size + len(more)  # noqa: SLF001 - its own class
        stands = found.revises_nothing(more)
        found.newest = {
            rank: _with(newest, more, rank)
            for rank, newest in self.newest.items()
            if stands and newest is not None and not is_header(newest.event)
        }
        return found

    def goes_on(self, before: Sequence[Event]) -> bool:
        """Whether these are others and more, told after them."""
        if not isinstance(before, Events):
            return False
        identity = before._told.identity  # noqa: SLF001 - its own class
        return len(before) <= min(self._size, self._told.shared.get(identity, 0))

    def after(self, before: Sequence[Event]) -> tuple[Event, ...]:
        """What was told after those that these go on from."""
        return tuple(self._told.events[len(before) : self._size])

    def revises_nothing(self, more: Sequence[Event]) -> bool:
        """Whether the last of these neither correct nor withdraw, and nobody did that to them.

        Nor are they of an observation of which there were events before.
        """
        first, begin = self._told.first, self._size - len(more)
        return all(
            self.stands(event) and first.get(event.stamp.observation, begin) >= begin
            for event in more
        )

    def stands(self, event: Event) -> bool:
        """Whether one of these neither corrects nor withdraws, nor is corrected or withdrawn."""
        targets = self._told.targets
        aimed_at = targets.get(event.stamp.observation, self._size) < self._size
        return target_of(event) is None and not aimed_at

    @property
    def revises(self) -> bool:
        """Whether any of these corrects or withdraws another."""
        first = next(iter(self._told.targets.values()), self._size)
        return first < self._size

    @property
    def observations(self) -> Mapping[str, Event]:
        """The first event of each observation, by its id; of the header's moments none."""
        return _Observations(self._told, self._size)

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[Event]:
        return islice(self._told.events, self._size)

    @overload
    def __getitem__(self, place: int) -> Event: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[Event, ...]: ...

    def __getitem__(self, place: int | slice) -> Event | tuple[Event, ...]:
        if isinstance(place, slice):
            return tuple(self._told.events[: self._size][place])
        if not -self._size <= place < self._size:
            raise IndexError(place)
        return self._told.events[place + self._size if place < 0 else place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        if isinstance(other, Events) and other._told is self._told:
            return self._size == other._size
        return tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # as events, which hold mappings

    def __reduce__(self) -> tuple[type[Events], tuple[tuple[Event, ...]]]:
        return Events, (tuple(self),)

    def __repr__(self) -> str:
        return f"Events({tuple(self)!r})"


class _Observations(Mapping[str, Event]):
    """The first event of each observation among so many events."""

    def __init__(self, told: _Told, size: int) -> None:
        self._told = told
        self._size = size

    def __getitem__(self, name: str) -> Event:
        place = self._told.first[name]
        if place >= self._size:
            raise KeyError(name)
        return self._told.events[place]

    def __iter__(self) -> Iterator[str]:
        return (name for name, place in self._told.first.items() if place < self._size)

    def __len__(self) -> int:
        return self._told.counts[self._size]


def _with(newest: Newest, more: Iterable[Event], rank: int) -> Newest:
    """The newest time with that of other observations, which revise nothing."""
    for event in more:
        at = event.stamp.at
        if STATUS_RANKS[event.stamp.status] > rank:
            continue
        if event.stamp.observation == newest.event.stamp.observation:
            continue
        if at > newest.at:
            newest = Newest(at, event, newest.at)
        elif newest.rest is None or at > newest.rest:
            newest = newest._replace(rest=at)
    return newest
