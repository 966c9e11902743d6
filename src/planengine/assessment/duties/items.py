"""What documents ask people to do, as written: actions, reports, requests and releases alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.outline import Outline
from planengine.domain.documents import (
    Action,
    Basis,
    Executor,
    Information,
    Link,
    Plan,
    Report,
    Standard,
    Timing,
)
from planengine.domain.ids import UnitKey
from planengine.domain.statements import DutyKind
from planengine.rules.ruleset import Unit

Written: TypeAlias = Action | Report | Link | Information
Name: TypeAlias = tuple[DutyKind, str, str]
"""Kind, document and id of an item; several items of one document may share it."""

Substance: TypeAlias = tuple[object, ...]
"""Who, what and by when: where one of these differs, it is another duty."""

Own: TypeAlias = tuple[str, str, int, str]
"""Document, item, order and area, under which an item's own conditions stand."""

LINK = "link"


class Item(Struct, frozen=True):
    """One thing that a document asks at some levels, or whenever its conditions hold."""

    kind: DutyKind
    document: str
    id: str
    condition: str  # what its conditions are kept under, with `order`
    order: int
    track: str | None
    ranks: frozenset[int] | None  # None: whatever the level
    indicated: bool
    by: tuple[Executor, ...]
    to: tuple[Executor, ...]
    timing: Timing | None
    verb: str | None
    basis: tuple[Basis, ...]
    written: Written

    @property
    def name(self) -> Name:
        return self.kind, self.document, self.id

    @property
    def lowest(self) -> int:
        """The mildest level at which it is asked; 0 where it hangs on none."""
        return min(self.ranks) if self.ranks else 0

    @property
    def substance(self) -> Substance:
        return self.by, self._what, self.timing

    @property
    def work(self) -> tuple[object, ...]:
        """Who does what for whom, by whenever."""
        return self.by, self._what, self.to

    @property
    def _what(self) -> object:
        if isinstance(self.written, Action):
            return self.written.do, self.written.object
        return self.written.content if isinstance(self.written, Report) else None


def _conditions_of(item: Item, area: str) -> Own | None:
    """Where an item's own conditions stand, for a place; None where it has none."""
    written = item.written
    on = written.on if isinstance(written, Action | Report) else None
    asks = on is not None or written.when is not None
    return (item.document, item.condition, item.order, area) if asks else None


class Ask(Struct, frozen=True, cache_hash=True):
    """What an item asks for it to be owed: alike of items that are owed at the same times."""

    ranks: frozenset[int] | None
    indicated: bool
    own: Own | None

    @property
    def lowest(self) -> int:
        """The mildest level at which it is asked; 0 where it hangs on none."""
        return min(self.ranks) if self.ranks else 0


class Shape(Struct, frozen=True, cache_hash=True):
    """What all items of a place ask, and of which decisions."""

    unit: UnitKey
    units: tuple[UnitKey, ...]
    asks: tuple[Ask, ...]


class Place(Struct, frozen=True, cache_hash=True):
    """Where an item is owed: by one decision, or for an area, at any of its decisions."""

    name: Name
    unit: UnitKey  # the decision whose level counts
    area: str
    track: str | None
    units: tuple[UnitKey, ...]  # the decisions at one of which the document applies
    by_level: bool  # whether it is asked at some levels of that decision


class Catalogue:
    """All items of the documents of one outline, and where they are owed."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._at: dict[Place, tuple[tuple[Item, ...], Shape]] = {}
        self._alike: dict[tuple[Place, int], tuple[int, ...]] = {}

    def at(self, place: Place) -> tuple[tuple[Item, ...], Shape]:
        """The items of a place, also of one of another edition, and what they ask."""
        found = self._at.get(place)
        if found is None:
            items = tuple(
                item
                for item in self.items.get(place.name, ())
                if (item.ranks is not None) == place.by_level
            )
            asks = (
                Ask(item.ranks, item.indicated, _conditions_of(item, place.area)) for item in items
            )
            found = self._at[place] = items, Shape(place.unit, place.units, tuple(asks))
        return found

    def alike(self, place: Place, number: int) -> tuple[int, ...]:
        """The numbers of the items of a place that are one duty with one of them."""
        found = self._alike.get((place, number))
        if found is None:
            what = self.at(place)[0][number].substance
            found = self._alike[place, number] = self.that_are(place, what)
        return found

    def that_are(self, place: Place, what: Substance) -> tuple[int, ...]:
        """The numbers of the items of a place that have a substance."""
        items = self.at(place)[0]
        return tuple(number for number, item in enumerate(items) if item.substance == what)

    @cached_property
    def items(self) -> dict[Name, tuple[Item, ...]]:
        """The items of each name, in the author's order."""
        found: dict[Name, list[Item]] = {}
        for item in self._all():
            found.setdefault(item.name, []).append(item)
        return {name: tuple(items) for name, items in found.items()}

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every place of every item, in the order of documents and authors."""
        found: dict[tuple[Name, UnitKey | str, bool], Place] = {}
        for item in self._all():
            units = self._units(item)
            if item.ranks is None:
                for area, here in _by_area(units).items():
                    found.setdefault((item.name, area, False), _place(item, here[0], here))
            else:
                for unit in units:
                    found.setdefault((item.name, unit.id, True), _place(item, unit, (unit,)))
        return tuple(found.values())

    def _all(self) -> Iterator[Item]:
        most: dict[str, int] = {}
        documents: dict[str, Plan | Standard] = {}
        for unit in self._outline.rules.units:
            documents.setdefault(unit.document, self._outline.document(unit))
            most[unit.document] = max(most.get(unit.document, 0), len(unit.scale.levels))
        for document, ruled in documents.items():
            yield from _items(document, ruled, most[document])

    def _units(self, item: Item) -> tuple[Unit, ...]:
        return tuple(
            unit
            for unit in self._outline.rules.units
            if unit.document == item.document
            and unit.purpose != "warning"
            and item.track in {None, unit.track}
        )


def _place(item: Item, unit: Unit, units: Iterable[Unit]) -> Place:
    return Place(
        item.name,
        unit.id,
        unit.area,
        unit.track,
        tuple(one.id for one in units),
        item.ranks is not None,
    )


def _by_area(units: Iterable[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.area, []).append(unit)
    return found


def _items(document: str, ruled: Plan | Standard, most: int) -> Iterator[Item]:
    """The items of a document, none of whose levels has a worse rank than `most`."""
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            yield Item(
                "action",
                document,
                action.id,
                action.id,
                action.order,
                action.track,
                action.ranks,
                action.indicated,
                action.executors,
                action.to,
                action.timing,
                action.verb,
                action.basis,
                action,
            )
        for release in ruled.information:
            if release.timing is not None:
                yield _release(document, release, most)
    for order, report in enumerate(ruled.reports):
        yield Item(
            "report",
            document,
            report.id,
            f"report:{report.id}",
            order,
            report.track,
            report.ranks,
            report.indicated,
            report.by,
            report.to,
            report.timing,
            None,
            report.basis,
            report,
        )
    if isinstance(ruled, Plan):
        for order, link in enumerate(ruled.links):
            if link.kind in {"report", "request"} and (link.rank is not None or link.when):
                yield _link(document, order, link, ruled, most)


def _release(document: str, release: Information, most: int) -> Item:
    """A release; without levels of its own it is due from the plan's first level on."""
    ranks = release.ranks if release.ranks is not None else _from(1, most)
    return Item(
        "release",
        document,
        release.id,
        f"release:{release.id}",
        release.order,
        release.track,
        ranks,
        release.indicated,
        release.by,
        (),
        release.timing,
        None,
        release.basis,
        release,
    )


def _link(document: str, order: int, link: Link, plan: Plan, most: int) -> Item:
    """What a link reports or requests: by the plan's office, else by its headquarters."""
    body = plan.office or plan.headquarters
    return Item(
        "report",
        document,
        link.id,
        LINK,
        order,
        link.track,
        None if link.rank is None else _from(link.rank, most),
        False,
        () if body is None else (Executor("agency", body),),
        () if link.target is None else (Executor("agency", link.target),),
        link.timing,
        link.verb,
        link.basis,
        link,
    )


def _from(rank: int, most: int) -> frozenset[int]:
    return frozenset(range(rank, max(most, rank) + 1))
