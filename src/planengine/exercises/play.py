"""Plays an exercise: injects and deeds told in order of time, and players asked after each step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from heapq import heappop, heappush
from pathlib import Path
from typing import Any, Literal, Protocol

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.exercises.script import Cast, Deed, Exercise, Inject, Record
from planengine.expectations.came import came
from planengine.sessions.records import Record as Written
from planengine.sessions.records import json_of
from planengine.sessions.session import Session
from planengine.timeline.timeline import Moment, Timeline


class Engine(Protocol):
    """What opens incidents and begins sessions: planengine's own engine."""

    @property
    def library(self) -> Any: ...  # noqa: ANN401 - planengine's own, which this room is below

    def open(self, incident: Mapping[str, Any]) -> Timeline:
        """An incident to be told on."""
        ...

    def begin(self, path: Path, incident: Mapping[str, Any], *, now: Moment) -> Session:
        """A new journal, and its session."""
        ...


class Seen:
    """What players see at a step: the time, what was told since the last, and what follows."""

    def __init__(
        self, at: int, messages: tuple[Inject, ...], told: tuple[Record, ...], timeline: Timeline
    ) -> None:
        self.at = at
        self.messages = messages
        self.told = told
        self._timeline = timeline

    @cached_property
    def assessment(self) -> Assessment:
        """What follows from all that was told; worked out when it is asked for."""
        return followed(self._timeline, self.at)

    def check(self, record: Record) -> None:
        """Raises `PlanError` where a deed cannot be told now."""
        zone = self.assessment.situation.entities.time_zone
        self._timeline.tell(Written({**record, "id": "not-told-yet"}, (), self.at, zone).text)


class Turn(Struct, frozen=True):
    """What players do, each deed at the time seen or after it; they look `again` by that time.

    Without that they are asked again once something is told.
    """

    deeds: Sequence[Deed] = ()
    again: int | None = None


class Players(Protocol):
    """Those who play an exercise: asked at its start, and whenever something was told."""

    def act(self, seen: Seen) -> Turn:
        """What they have resolved to do."""
        ...


class Played(Struct, frozen=True, kw_only=True):
    """An exercise as it was played.

    `stream` is the incident as it was told, a JSONL stream of the status `exercise`; `left_out`
    are the ids of injects that did not fit what players had done. `cast` and `seed` are of those
    who had one.
    """

    exercise: Exercise
    stream: str
    left_out: tuple[str, ...]
    cast: Cast | None = None
    seed: int | None = None


class _Keeper(Protocol):
    """What keeps that which is told."""

    @property
    def timeline(self) -> Timeline: ...

    def tell(self, record: Record, now: int) -> None: ...

    def export(self) -> str: ...


def play(
    exercise: Exercise,
    engine: Engine,
    players: Iterable[Players],
    *,
    journal: Path | None = None,
) -> Played:
    """Plays an exercise from its start to its end, as fast as it goes.

    With `journal`, a file that is not there yet, all that is told is kept in it as it happens, as
    by `Engine.begin`. Raises FileExistsError where it is there, and `PlanError` where a deed
    cannot be told: then the journal holds what was told before.
    """
    keeper: _Keeper = _InMemory(exercise, engine)
    if journal is not None:
        keeper = _InJournal(exercise, engine, journal)
    return _Run(exercise, keeper, [*players]).played()


class _Run:
    def __init__(self, exercise: Exercise, keeper: _Keeper, players: list[Players]) -> None:
        self.exercise = exercise
        self.keeper = keeper
        self.players = players
        self.waiting: list[tuple[int, Literal[0, 1], int, Inject | Deed]] = []
        self.again: int | None = None
        self.left_out: list[str] = []
        self.count = 0
        for inject in exercise.injects:
            self._put(inject)

    def _put(self, item: Inject | Deed) -> None:
        """Injects come before deeds of the same time; else in the order in which they came up."""
        self.count += 1
        order: Literal[0, 1] = 0 if isinstance(item, Inject) else 1
        heappush(self.waiting, (item.at, order, self.count, item))

    def played(self) -> Played:
        at: int | None = self.exercise.start
        while at is not None:
            self._step(at)
            at = self._next()
        return Played(
            exercise=self.exercise, stream=self.keeper.export(), left_out=tuple(self.left_out)
        )

    def _step(self, at: int) -> None:
        messages, told = self._told(at)
        seen = Seen(at, messages, told, self.keeper.timeline)
        turns = [player.act(seen) for player in self.players]
        for turn in turns:
            for deed in turn.deeds:
                self._put(deed if deed.at >= at else Deed(at=at, record=deed.record))
        again = [turn.again for turn in turns if turn.again is not None and turn.again > at]
        self.again = min(again, default=None)

    def _told(self, at: int) -> tuple[tuple[Inject, ...], tuple[Record, ...]]:
        """Tell all that is due now: the messages among it, and what the library was told."""
        messages: list[Inject] = []
        told: list[Record] = []
        while self.waiting and self.waiting[0][0] <= at:
            item = heappop(self.waiting)[-1]
            if isinstance(item, Inject):
                if not self._fits(item, at):
                    self.left_out.append(item.id)
                    continue
                messages.append(item)
            if item.record is not None:
                self.keeper.tell(item.record, at)
                told.append(item.record)
        return tuple(messages), tuple(told)

    def _fits(self, inject: Inject, at: int) -> bool:
        """Whether an inject goes with what players have done."""
        if not inject.when and not inject.unless:
            return True
        now = followed(self.keeper.timeline, at)
        if not all(came(now, one).held for one in inject.when):
            return False
        return not inject.unless or not all(came(now, one).held for one in inject.unless)

    def _next(self) -> int | None:
        """When something is told next, or somebody wants to look again; None after the end."""
        told = self.waiting[0][0] if self.waiting else None
        moments = [one for one in (told, self.again) if one is not None]
        following = min(moments, default=None)
        return following if following is not None and following <= self.exercise.end else None


def followed(timeline: Timeline, at: int) -> Assessment:
    """What follows at a time; the newest is kept by the timeline, for what is told after it."""
    if timeline.incident.newest_for(timeline.status) == at:
        return timeline.assessment
    return timeline.at(at)


class _InMemory:
    def __init__(self, exercise: Exercise, engine: Engine) -> None:
        self.timeline = engine.open(exercise.header)
        self._zone = engine.library.entities.time_zone
        self._lines = [json_of(dict(exercise.header))]
        self._taken: set[str] = set()

    def tell(self, record: Record, now: int) -> None:
        written = Written(record, self._taken, now, self._zone)
        self.timeline = self.timeline.tell(written.text)
        self._taken.add(written.id)
        self._lines.append(written.text)

    def export(self) -> str:
        return "".join(f"{line}\n" for line in self._lines)


class _InJournal:
    def __init__(self, exercise: Exercise, engine: Engine, path: Path) -> None:
        self._session = engine.begin(path, exercise.header, now=exercise.start)

    @property
    def timeline(self) -> Timeline:
        return self._session.timeline

    def tell(self, record: Record, now: int) -> None:
        self._session.tell(record, now=now)

    def export(self) -> str:
        return self._session.export()
