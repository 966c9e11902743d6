"""What is owed at a moment: which of the items of one name, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from msgspec import Struct

from planengine.assessment.duties.items import Catalogue, Item, Place, asks
from planengine.assessment.history import History, Then
from planengine.assessment.outline import Outline
from planengine.assessment.results import Certainty
from planengine.domain.ids import UnitKey
from planengine.rules.conditions import ALWAYS, Condition
from planengine.rules.ruleset import APPLIES, PARTS, ConditionKey, Part

STRENGTH: dict[Certainty, int] = {"possible": 1, "indicated": 2, "certain": 3}

T = TypeVar("T")


class Owed(Struct, frozen=True):
    """An item that is owed, or may be; `reached` says whether its level is reached for sure."""

    item: Item
    certainty: Certainty
    reached: bool
    rank: int

    @property
    def holds(self) -> bool:
        """Whether it is owed: for sure, or as its author asks, by what was reported."""
        return self.certainty == "certain" or (
            self.item.indicated and self.certainty == "indicated"
        )


class Ground(Struct, frozen=True):
    """What all items of a place go by at a moment: the rules then, the ranks, what applies."""

    outline: Outline
    rank: int
    worst: int
    applies: Certainty | None


class Standing:
    """What is owed at each moment that is asked for; what was found is kept."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._stretches: dict[tuple[Place, bool], _Kept[tuple[Owed, ...]]] = {}
        self._grounds: dict[tuple[tuple[UnitKey, ...], bool], _Kept[Ground]] = {}
        self._worst: dict[UnitKey, int] = {}

    def catalogue(self, outline: Outline) -> Catalogue:
        """The items of the documents in force then."""
        return outline.kept(Catalogue)

    def back(self, place: Place, *, known: bool) -> Iterator[tuple[int, tuple[Owed, ...]]]:
        """Stretches of time up to now, the newest first: since when, and what is owed in each."""
        kept = self._stretches.get((place, known))
        if kept is None:
            kept = self._stretches[place, known] = _Kept(self._found(place, known))
        return iter(kept)

    def worst(self, place: Place) -> int:
        """The worst rank that duties of a decision ever went by, as is known now."""
        found = self._worst.get(place.unit)
        if found is None:
            grounds = self._ground_of(place, known=False)
            found = self._worst[place.unit] = max(ground.rank for _, ground in grounds)
        return found

    def judge(self, then: Then, place: Place) -> tuple[Owed, ...]:
        """The items of a place that are owed at a moment, the one that replaces others first.

        Of items with one id the one from the worst level counts, once its own conditions are
        certain: it replaces those from milder levels. What may replace it stands beside it.
        """
        return self._owed(_ground(then, place), place, then)

    def _found(self, place: Place, known: bool) -> Iterator[tuple[int, tuple[Owed, ...]]]:
        """Where the items ask nothing of their own, from what all items of a decision go by."""
        until: int | None = None
        outline = self._history.now.outline
        if not any(map(asks, self.catalogue(outline).items.get(place.name, ()))):
            for since, ground in self._ground_of(place, known=known):
                if ground.outline is not outline:
                    break
                yield since, self._owed(ground, place, None)
                until = since - 1
            else:
                return
        yield from self._history.back(
            lambda then: self.judge(then, place), known=known, until=until
        )

    def _ground_of(self, place: Place, *, known: bool) -> Iterator[tuple[int, Ground]]:
        key = (place.unit, *place.units), known
        kept = self._grounds.get(key)
        if kept is None:
            found = self._history.back(lambda then: _ground(then, place), known=known)
            kept = self._grounds[key] = _Kept(found)
        return iter(kept)

    def _owed(self, ground: Ground, place: Place, then: Then | None) -> tuple[Owed, ...]:
        """What is owed; `then` is only asked for what items ask of their own."""
        found = [
            owed
            for item in self.catalogue(ground.outline).items.get(place.name, ())
            if (item.ranks is not None) == place.by_level
            and (owed := _owed(ground, place, item, then)) is not None
        ]
        found.sort(key=lambda one: -one.item.lowest)
        sure = next((at for at, one in enumerate(found) if one.certainty == "certain"), None)
        return tuple(found if sure is None else (found[sure], *found[:sure]))


class _Kept(Generic[T]):
    """Stretches that an iterator gives, for as many readers as there are."""

    def __init__(self, source: Iterator[tuple[int, T]]) -> None:
        self._source = source
        self._found: list[tuple[int, T]] = []

    def __iter__(self) -> Iterator[tuple[int, T]]:
        place = 0
        while True:
            if place == len(self._found):
                found = next(self._source, None)
                if found is None:
                    return
                self._found.append(found)
            yield self._found[place]
            place += 1


def _owed(ground: Ground, place: Place, item: Item, then: Then | None) -> Owed | None:
    rank, worst = ground.rank, ground.worst
    certainty: Certainty = "certain"
    applies = ground.applies
    reached = item.ranks is None or rank in item.ranks
    if item.ranks is not None and not reached:
        likely = then.indicated(place.unit) if then is not None and item.indicated else rank
        told = [one for one in item.ranks if rank < one <= likely]
        open_ = [one for one in item.ranks if rank < one <= worst]
        if not told and not open_:
            return None
        certainty, rank = ("indicated", max(told)) if told else ("possible", min(open_))
        if told and applies != "certain":
            applies = "indicated"  # as a plan with a level applies
    asked = "certain" if then is None else _conditions(then, place, item)
    if applies is None or asked is None:
        return None
    certainty = min(certainty, applies, asked, key=STRENGTH.__getitem__)
    if certainty == "indicated" and not item.indicated:
        certainty = "possible"
    return Owed(item, certainty, reached, rank)


def _ground(then: Then, place: Place) -> Ground:
    """The same for all items of a decision."""
    return then.kept(("ground", place.unit, place.units), lambda then: _found_ground(then, place))


def _found_ground(then: Then, place: Place) -> Ground:
    """The rank is the worse of certain and in force, or what is issued of a warning or grade."""
    known = place.unit in then.outline.index
    applies = _applies(then, place.units) if known else None
    rank, issued = then.response(place.unit), then.issued(place.unit)
    if issued is not None:
        rank = worst = max(rank, issued)
    else:
        worst = max(rank, then.could_reach(place.unit))
    return Ground(then.outline, rank, worst, applies)


def _applies(then: Then, units: Iterable[UnitKey]) -> Certainty | None:
    """How sure it is that a document applies to one of its decisions; None where it cannot.

    A plan with a level recommended or in force applies; else its hazards must be (or have
    joined) the incident's, its `when` must hold, and none of the cases in its `not`.
    """
    found: Certainty | None = None
    for name in units:
        if name not in then.outline.index:
            continue
        if then.response(name):
            return "certain"
        unit = then.outline.unit(name)
        gate = _condition(then.outline, unit.document, APPLIES, 0, "when", unit.area)
        here = _weakest(then, (unit.applies, gate), told=True)
        if here == "certain":
            return "certain"
        if here is not None and (found is None or STRENGTH[here] > STRENGTH[found]):
            found = here
    return found


def _conditions(then: Then, place: Place, item: Item) -> Certainty | None:
    """How sure an item's `on` and `when` are together; None where one cannot hold."""
    return _weakest(then, conditions_of(then.outline, place, item), told=item.indicated)


def conditions_of(outline: Outline, place: Place, item: Item) -> tuple[Condition, ...]:
    """The `on` and `when` of an item at a place."""
    return tuple(
        _condition(outline, item.document, item.condition, item.order, part, place.area)
        for part in PARTS
    )


def _condition(
    outline: Outline, document: str, name: str, order: int, part: Part, area: str
) -> Condition:
    """What a document asks then, of a place or of all; ALWAYS where it asks nothing."""
    conditions = outline.rules.conditions
    own = conditions.get(ConditionKey(document, name, order, part, area))
    return own or conditions.get(ConditionKey(document, name, order, part)) or ALWAYS


def _weakest(then: Then, conditions: Iterable[Condition], *, told: bool) -> Certainty | None:
    """How sure conditions are together; whether what was reported allows them only if `told`."""
    sure: Certainty = "certain"
    for condition in conditions:
        if not then.possible(condition):
            return None
        if then.certain(condition) or sure == "possible":
            continue
        sure = "indicated" if told and then.allows(condition) else "possible"
    return sure
