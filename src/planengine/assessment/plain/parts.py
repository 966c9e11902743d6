"""What the parts of an answer are made of, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from math import isfinite

from msgspec import UNSET

from planengine import answers
from planengine.assessment.results import Actor
from planengine.assessment.situation import Situation
from planengine.assessment.words import Words
from planengine.diagnostics import Span
from planengine.domain.documents import Executor
from planengine.domain.entities import Entities
from planengine.domain.parts import Label
from planengine.domain.statements import Invocation, Statement, said_by
from planengine.rules.conditions import Cell
from planengine.values.sets import ChoiceSet, Number, NumberDomain, ValueSet
from planengine.values.times import local


class Teller:
    """Tells what needs the library's words or its clock."""

    def __init__(self, entities: Entities, at: int, acts: Mapping[str, str]) -> None:
        self._zone = entities.time_zone
        self._times: dict[int, datetime] = {}
        self._texts: dict[Cell, answers.Text] = {}
        self._zh = Words(entities, "zh", at=at, acts=acts)
        self._en = Words(entities, "en", at=at, acts=acts)

    @classmethod
    def of(cls, situation: Situation) -> Teller:
        """For one incident at one time."""
        acts = {act.clause: act.what for act in situation.rules.acts}
        return cls(situation.entities, situation.evidence.at, acts)

    def time(self, at: int) -> datetime:
        """The time at the offset that the library's time zone then has, in whole minutes."""
        found = self._times.get(at)
        if found is None:
            found = self._times[at] = self._time(at)
        return found

    def _time(self, at: int) -> datetime:
        offset = local(at, self._zone).utcoffset() or timedelta(0)
        minutes = round(offset.total_seconds() / 60)
        zone = timezone(timedelta(minutes=minutes)) if minutes else UTC
        return datetime.fromtimestamp(0, zone) + timedelta(seconds=at)

    def moment(self, at: int | None) -> datetime | None:
        return None if at is None else self.time(at)

    def moments(self, times: Iterable[int]) -> tuple[datetime, ...]:
        return tuple(map(self.time, times))

    def cell(self, cell: Cell) -> answers.Text:
        found = self._texts.get(cell)
        if found is None:
            text = answers.Text(zh=self._zh.cell(cell), en=self._en.cell(cell))
            found = self._texts[cell] = text
        return found

    def statements(self, items: Iterable[Statement | Invocation]) -> tuple[answers.Statement, ...]:
        return tuple(
            answers.Statement(
                id=item.stamp.id,
                at=self.time(item.stamp.at),
                received=self.time(item.stamp.received),
                source=said_by(item),
                kind=item.kind if isinstance(item, Statement) else "act",
                status=item.stamp.status,
                place=place(item.stamp.span),
            )
            for item in items
        )


def label(named: Label) -> dict[str, str]:
    """A label by language."""
    return dict(named.texts)


def place(span: Span | None) -> answers.Place | None:
    """Where a span begins."""
    return None if span is None else written_at(span)


def written_at(span: Span) -> answers.Place:
    return answers.Place(
        file=span.file, line=span.line, column=span.column, path=span.path or UNSET
    )


def first(named: tuple[Actor, ...]) -> Executor | None:
    """The first of several as it is written."""
    return named[0].executor if named else None


def actors(items: Iterable[Actor]) -> tuple[answers.Actor, ...]:
    """Those who act, each with the bodies that it means."""
    return tuple(
        answers.Actor(
            kind=item.executor.kind,
            id=item.executor.id,
            alternates=actors(item.others),
            jointly=item.executor.jointly,
            note=item.executor.note,
            post=item.post,
            bodies=item.bodies,
        )
        for item in items
    )


def values(value: ValueSet, cell: Cell) -> answers.Values:
    """A set of values of a cell."""
    if isinstance(value, ChoiceSet):
        return answers.Values(choices=tuple(sorted(value.members, key=str)), na=value.na)
    if isinstance(cell.domain, NumberDomain):
        value = cell.domain.told(value)
    return answers.Values(
        ranges=tuple(
            answers.Range(
                low=number(item.low),
                low_closed=item.low_closed,
                high=number(item.high),
                high_closed=item.high_closed,
            )
            for item in value.intervals
        ),
        na=value.na,
    )


def number(exact: Number) -> int | float | None:
    """A number as JSON has it; None for an end that there is not."""
    if isinstance(exact, float) and not isfinite(exact):
        return None
    if isinstance(exact, Fraction):
        return int(exact) if exact.denominator == 1 else float(exact)
    return exact
