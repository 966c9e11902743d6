"""What corrections and withdrawals leave of the events (SEMANTICS 15).

Corrections of one observation, direct or of each other, make a tree over the first version.
Of those that were received and not withdrawn the newest by receipt counts, in the place and
time of the first version; all others are removed, at all times. Withdrawing an observation
withdraws its corrections too. Whatever points at another status, at nothing that is known,
or round in a circle stands by itself and removes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from planengine.library.statements import STATUS_RANKS, Event, Withdrawal


class Revised(NamedTuple):
    """The events that count, and for each correction among them what it goes back to.

    `chains` gives, by the id of an observation, the first event of each version before it,
    the original version last.
    """

    live: Sequence[Event]
    chains: Mapping[str, tuple[Event, ...]]


def revise(events: Iterable[Event], at: int, known_at: int, status: int) -> Revised:
    """What counts at `at` of what was received by `known_at` and may be seen by a status rank."""
    seen = [event for event in events if STATUS_RANKS[event.stamp.status] <= status]
    if all(target_of(event) is None for event in seen):
        stated = [e for e in seen if e.stamp.at <= at and e.stamp.received <= known_at]
        return Revised(stated, {})
    first: dict[str, Event] = {}
    for event in seen:
        first.setdefault(event.stamp.observation, event)
    pointers = _pointers(first)
    paths = {name: _path(name, pointers, first) for name in first}
    received = {name for name, event in first.items() if event.stamp.received <= known_at}
    corrections: dict[str, list[str]] = {}
    for name in received:
        if paths[name]:
            corrections.setdefault(paths[name][-1], []).append(name)
    withdrawn = _withdrawn(first, pointers, paths, received, corrections)

    def stands(name: str) -> bool:
        return withdrawn.isdisjoint((name, *paths[name]))

    chosen: set[str] = set()
    for name, event in first.items():
        if paths[name] or event.stamp.at > at:  # a correction counts with its first version
            continue
        newest = max(
            (one for one in corrections.get(name, ()) if stands(one)),
            key=lambda one: (first[one].stamp.received, first[one].stamp.at, one),
            default=name if name in received and stands(name) else None,
        )
        if newest is not None:
            chosen.add(newest)
    live = [
        event
        for event in seen
        if event.stamp.observation in chosen and not isinstance(event, Withdrawal)
    ]
    chains = {name: tuple(first[one] for one in paths[name]) for name in chosen if paths[name]}
    return Revised(live, chains)


def circles(pointers: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """The circles in what points at what, each once and in the order of its pointers."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in pointers:
        path: dict[str, int] = {}
        current: str | None = start
        while current is not None and current not in done and current not in path:
            path[current] = len(path)
            current = pointers.get(current)
        if current is not None and current in path:
            found.append(tuple(path)[path[current] :])
        done.update(path)
    return tuple(found)


def target_of(event: Event) -> str | None:
    """The observation that an event corrects or withdraws; None where it does neither."""
    return event.target if isinstance(event, Withdrawal) else event.corrects


def _pointers(first: Mapping[str, Event]) -> dict[str, str]:
    """What each observation corrects or withdraws: of its own status, and not in a circle."""
    found: dict[str, str] = {}
    for name, event in first.items():
        target = target_of(event)
        if target in first and first[target].stamp.status == event.stamp.status:
            found[name] = target
    for circle in circles(found):
        for name in circle:
            del found[name]
    return found


def _path(name: str, pointers: Mapping[str, str], first: Mapping[str, Event]) -> tuple[str, ...]:
    """The versions before a correction, the original last; () for what corrects nothing."""
    path: list[str] = []
    current = name
    while current in pointers and not isinstance(first[current], Withdrawal):
        current = pointers[current]
        path.append(current)
    return tuple(path)


def _withdrawn(
    first: Mapping[str, Event],
    pointers: Mapping[str, str],
    paths: Mapping[str, tuple[str, ...]],
    received: set[str],
    corrections: Mapping[str, Sequence[str]],
) -> set[str]:
    """The targets of the withdrawals that were not themselves withdrawn or corrected."""
    depths: dict[str, int] = {}
    for name in pointers:
        path = [name]
        while path[-1] in pointers and path[-1] not in depths:
            path.append(pointers[path[-1]])
        depth = depths.get(path[-1], 0)
        for one in reversed(path[:-1]):
            depth += 1
            depths[one] = depth
    withdrawals = [n for n in pointers if isinstance(first[n], Withdrawal) and n in received]
    withdrawn: set[str] = set()
    for name in sorted(withdrawals, key=lambda one: -depths[one]):
        replaced = any(
            withdrawn.isdisjoint((one, *paths[one][:-1])) for one in corrections.get(name, ())
        )
        if name not in withdrawn and not replaced:
            withdrawn.add(pointers[name])
    return withdrawn
