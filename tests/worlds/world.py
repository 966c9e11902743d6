"""A world: every fact at every place and half hour, read without any notion of the unknown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Protocol

from tests.oracle import NA, NotApplicable, Point
from tests.worlds.small import (
    FACTS,
    HALF_HOUR,
    INCIDENT,
    OBJECTS,
    TICKS,
    children,
    leaves,
    members,
    within,
)


@dataclass(frozen=True)
class World:
    """What is so. `values` and `forecasts` are those of leaves; `unlisted` counts, by what is
    asked of them, the members that no registry lists; `occurred` is in seconds since 08:00."""

    values: Mapping[tuple[str, str], Sequence[Point]]
    attributes: Mapping[tuple[str, str], object] = field(default_factory=dict)
    forecasts: Mapping[tuple[str, str], Point] = field(default_factory=dict)
    unlisted: Mapping[str, int] = field(default_factory=dict)
    occurred: int = 0
    scope: tuple[str, ...] | None = None
    hazards: frozenset[str] = frozenset({"flood"})

    def in_scope(self, place: str) -> bool:
        area = OBJECTS[place][1] if place in OBJECTS else place
        return self.scope is None or any(within(area, s) or within(s, area) for s in self.scope)

    def value(self, name: str, place: str, tick: int) -> Point:
        """A fact at a place from a half hour on."""
        own = {key: points[min(max(tick, 0), TICKS)] for key, points in self.values.items()}
        return self._value(name, place, own)

    def forecast(self, name: str, place: str) -> Point:
        """What a fact at a place is forecast to be."""
        return self._value(name, place, self.forecasts)

    def _value(self, name: str, place: str, own: Mapping[tuple[str, str], Point]) -> Point:
        fact = FACTS[name]
        if fact.subject == INCIDENT:
            return own[name, INCIDENT]
        if not self.in_scope(place):
            return NA
        if fact.derived:
            kind, *operands = fact.derived
            points = [self._value(operand, place, own) for operand in operands]
            return rolled("sum", points) if kind == "sum" else percentage(*points)
        if place in leaves(name):
            return own[name, place]
        parts = children(place) if fact.subject == "area" else members(fact.subject, place)
        return rolled(fact.roll_up, [self._value(name, part, own) for part in parts], fact.values)


def rolled(kind: str, points: Iterable[Point], order: Sequence[str] = ()) -> Point:
    """The parts as one, skipping what does not apply; *n/a* when nothing does."""
    known = [point for point in points if not isinstance(point, NotApplicable)]
    if not known:
        return NA
    if kind == "any":
        return any(known)
    if order:
        return max(known, key=lambda point: order.index(str(point)))
    numbers = [point for point in known if not isinstance(point, str)]
    return {"sum": sum, "max": max, "min": min}[kind](numbers)


def percentage(part: Point, whole: Point) -> Point:
    if isinstance(part, NotApplicable | str) or isinstance(whole, NotApplicable | str):
        return NA
    return Fraction(part) * 100 / whole if whole else NA


class Levels(Protocol):
    """The ranks of decisions in one world, as they are read at a place."""

    def computed(self, scale: str, document: str, place: str) -> Sequence[int]: ...
    def response(self, plan: str, track: str | None, place: str) -> Sequence[int]: ...
    def active(self, plan: str, track: str | None, place: str) -> Sequence[int]: ...


@dataclass(frozen=True)
class Scene:
    """Where and when a condition is read: a world, a half hour and seconds into it, a place."""

    world: World
    levels: Levels
    tick: int
    seconds: int
    place: str
    acts: frozenset[str] = frozenset()

    @property
    def now(self) -> int:
        """Seconds since 08:00."""
        return self.tick * HALF_HOUR + self.seconds

    def at(self, tick: int) -> Scene:
        return replace(self, tick=tick)

    def moved(self, place: str) -> Scene:
        return replace(self, place=place)

    def value(self, name: str, place: str | None = None) -> Point:
        return self.world.value(name, place or self.place, self.tick)


Meaning = Callable[[Scene], bool]


def lasted(scene: Scene, body: Meaning, ticks: int, gaps: int) -> bool:
    """Whether a body held at every instant of the last half hours, but for shorter gaps."""
    first = min(scene.tick - ticks - gaps, 0) - 1  # before 0 nothing changes
    held = [body(scene.at(tick)) for tick in range(first, scene.tick + 1)]
    start = scene.tick - ticks - first
    for place in range(start, len(held)):
        if held[place]:
            continue
        before = place
        while before >= 0 and not held[before]:
            before -= 1
        after = place
        while after < len(held) and not held[after]:
            after += 1
        if before < 0 or after == len(held) or after - before - 1 >= gaps:
            return False
    return True


def rise(scene: Scene, name: str, place: str, ticks: int, *, falling: bool) -> Point:
    """How far a fact rose from any instant of a window to now (or fell: 0 or less)."""
    now = scene.value(name, place)
    if isinstance(now, NotApplicable | str):
        return NA
    window = [scene.at(tick).value(name, place) for tick in range(scene.tick - ticks, scene.tick)]
    numbers = [one for one in window if not isinstance(one, NotApplicable | str)]
    return now - (max if falling else min)([now, *numbers])
