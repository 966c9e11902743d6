"""What corrections and withdrawals leave of the events (SEMANTICS 15).

Corrections of one observation, direct or of each other, make a tree over the first version.
Of those that were received and not withdrawn the newest by receipt counts, in the place and
time of the first version; all others are removed, at all times. Withdrawing an observation
withdraws its corrections too. Whatever points at another status, at nothing that is known,
or round in a circle stands by itself and removes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.events import Events, Newest
from planengine.domain.statements import (
    STATUS_RANKS,
    Event,
    Status,
    Withdrawal,
    is_header,
    target_of,
)
from planengine.values.times import format_time

DAY = 86_400
FOR_EVER = 1 << 62
_ROUND = Text("this is part of it", "此条在其中")


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
    before = {n: t for n, t in pointers.items() if not isinstance(first[n], Withdrawal)}
    received = {name for name, event in first.items() if event.stamp.received <= known_at}
    corrections: dict[str, list[str]] = {}
    for name, target in before.items():
        corrections.setdefault(target, []).append(name)
    withdrawn = _withdrawn(first, pointers, received, corrections)
    chosen: set[str] = set()
    for name, event in first.items():
        # a correction counts with its first version
        if name in before or event.stamp.at > at or name in withdrawn:
            continue
        newest = max(
            (one for one in _standing(name, corrections, withdrawn) if one in received),
            key=lambda one: (first[one].stamp.received, first[one].stamp.at, one),
            default=name if name in received else None,
        )
        if newest is not None:
            chosen.add(newest)
    live = [
        event
        for event in seen
        if event.stamp.observation in chosen and not isinstance(event, Withdrawal)
    ]
    chains = {
        name: tuple(first[one] for one in _path(name, before)) for name in chosen if name in before
    }
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


def circular(events: Iterable[Event]) -> tuple[tuple[str, ...], ...]:
    """The circles of observations that correct or withdraw each other."""
    return circles(_pointing(events)[1])


def _revises(events: Sequence[Event]) -> bool:
    """Whether any of these may correct or withdraw another."""
    return not isinstance(events, Events) or events.revises


def _pointing(events: Iterable[Event]) -> tuple[dict[str, Event], dict[str, str]]:
    """The first event of each observation, and what each observation points at."""
    first: dict[str, Event] = {}
    for event in events:
        first.setdefault(event.stamp.observation, event)
    pointers = {
        name: target
        for name, event in first.items()
        if (target := target_of(event)) is not None and target in first
    }
    return first, pointers


def newest_time(events: Sequence[Event], status: int) -> tuple[int | None, Event | None]:
    """The newest time that may be taken for now, and what is too far ahead of it to be taken.

    Of the events that a status rank sees and that nobody withdrew; the header's moments count
    only where there is nothing else. One observation that is more than a day after all others
    does not move the clock.
    """
    kept = events.newest if isinstance(events, Events) else {}
    if status not in kept:
        kept[status] = _newest(events, status)
    newest = kept[status]
    if newest is None:
        return None, None
    own, rest = newest.at, newest.at if newest.rest is None else newest.rest
    return (rest, newest.event) if own - rest > DAY else (own, None)


def _newest(events: Iterable[Event], status: int) -> Newest | None:
    seen = [event for event in events if STATUS_RANKS[event.stamp.status] <= status]
    live = revise(seen, FOR_EVER, FOR_EVER, status)
    counted = [*live.live, *(event for event in seen if isinstance(event, Withdrawal))]
    told = [event for event in counted if not is_header(event)] or counted
    times: dict[str, int] = {}
    newest: Event | None = None
    for event in told:
        name = event.stamp.observation
        versions = live.chains.get(name, ())
        times[name] = max([event.stamp.at, *(version.stamp.at for version in versions[-1:])])
        if newest is None or times[name] > times[newest.stamp.observation]:
            newest = event
    if newest is None:
        return None
    own = times.pop(newest.stamp.observation)
    return Newest(own, newest, max(times.values(), default=None))


def check_revisions(
    events: Sequence[Event], status: Status, zone: str, findings: list[Diagnostic]
) -> None:
    """Circles of corrections, corrections across statuses, and a statement far ahead of all."""
    first, pointers = _pointing(events) if _revises(events) else ({}, {})
    for circle in circles(pointers):
        spans = [first[name].stamp.span for name in circle]
        related = tuple((_ROUND, span) for span in spans[1:] if span is not None)
        path = " → ".join((*circle, circle[0]))
        findings.append(finding("correction-circle", spans[0], path=path, related=related))
    for name, target in pointers.items():
        one, other = first[name].stamp, first[target].stamp
        if one.status != other.status:
            findings.append(
                finding(
                    "correction-status",
                    one.span,
                    name=name,
                    status=one.status,
                    target=target,
                    other=other.status,
                )
            )
    check_clock(events, status, zone, findings)


def check_clock(
    events: Sequence[Event], status: Status, zone: str, findings: list[Diagnostic]
) -> None:
    """A statement far ahead of all others."""
    _, ahead = newest_time(events, STATUS_RANKS[status])
    if ahead is not None:
        time = format_time(ahead.stamp.at, zone)
        findings.append(finding("clock-ahead", ahead.stamp.span, time=time))


def _pointers(first: Mapping[str, Event]) -> dict[str, str]:
    """What each observation corrects or withdraws: of its own status, and not in a circle."""
    found: dict[str, str] = {}
    for name, event in first.items():
        target = target_of(event)
        aim = first.get(target) if target is not None else None
        if target is not None and aim is not None and aim.stamp.status == event.stamp.status:
            found[name] = target
    for circle in circles(found):
        for name in circle:
            del found[name]
    return found


def _path(name: str, before: Mapping[str, str]) -> tuple[str, ...]:
    """The versions before a correction, the original last; () for what corrects nothing."""
    path: list[str] = []
    current = name
    while current in before:
        current = before[current]
        path.append(current)
    return tuple(path)


def _standing(
    name: str, corrections: Mapping[str, Sequence[str]], withdrawn: AbstractSet[str]
) -> Iterator[str]:
    """The corrections of an observation, direct or of each other, that nobody withdrew."""
    open_ends = [name]
    while open_ends:
        for one in corrections.get(open_ends.pop(), ()):
            if one not in withdrawn:
                yield one
                open_ends.append(one)


def _withdrawn(
    first: Mapping[str, Event],
    pointers: Mapping[str, str],
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
        replaced = any(one in received for one in _standing(name, corrections, withdrawn))
        if name not in withdrawn and not replaced:
            withdrawn.add(pointers[name])
    return withdrawn
