"""What is owed at a moment: which of the items of one name, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.duties.items import Catalogue, Item, Place
from planengine.assessment.history import History, Then
from planengine.assessment.outline import Outline
from planengine.assessment.results import Certainty
from planengine.rules.conditions import ALWAYS, Condition
from planengine.rules.ruleset import APPLIES, Part, condition_key

STRENGTH: dict[Certainty, int] = {"possible": 1, "indicated": 2, "certain": 3}

_PARTS: tuple[Part, ...] = ("on", "when")


class Owed(Struct, frozen=True):
    """An item that is owed, or may be; `reached` says whether its level is reached for sure."""

    item: Item
    certainty: Certainty
    reached: bool
    rank: int


Stretch: TypeAlias = tuple[int, tuple[Owed, ...]]
"""Since when, and what was owed from then on."""


class Standing:
    """What is owed at each moment that is asked for; what was found is kept."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._catalogues: dict[Outline, Catalogue] = {}
        self._stretches: dict[tuple[Place, bool], _Kept] = {}

    def catalogue(self, outline: Outline) -> Catalogue:
        """The items of the documents in force then."""
        found = self._catalogues.get(outline)
        if found is None:
            found = self._catalogues[outline] = Catalogue(outline)
        return found

    def back(self, place: Place, *, known: bool) -> Iterator[Stretch]:
        """Stretches of time up to now, the newest first: since when, and what is owed in each."""
        kept = self._stretches.get((place, known))
        if kept is None:
            found = self._history.back(lambda then: self.judge(then, place), known=known)
            kept = self._stretches[place, known] = _Kept(found)
        return iter(kept)

    def judge(self, then: Then, place: Place) -> tuple[Owed, ...]:
        """The items of a place that are owed at a moment, the one that replaces others first.

        Of items with one id the one from the worst level counts, once its own conditions are
        certain: it replaces those from milder levels. What may replace it stands beside it.
        """
        applies = _applies(then, place.units) if place.unit in then.outline.index else None
        if applies is None:
            return ()
        found = [
            owed
            for item in self.catalogue(then.outline).items.get(place.name, ())
            if (item.ranks is not None) == place.by_level
            and (owed := _owed(then, place, item, applies)) is not None
        ]
        found.sort(key=lambda one: -one.item.lowest)
        sure = next((at for at, one in enumerate(found) if one.certainty == "certain"), None)
        return tuple(found if sure is None else (found[sure], *found[:sure]))


class _Kept:
    """What an iterator gives, for as many readers as there are."""

    def __init__(self, source: Iterator[Stretch]) -> None:
        self._source = source
        self._found: list[Stretch] = []

    def __iter__(self) -> Iterator[Stretch]:
        place = 0
        while True:
            if place == len(self._found):
                found = next(self._source, None)
                if found is None:
                    return
                self._found.append(found)
            yield self._found[place]
            place += 1


def _owed(then: Then, place: Place, item: Item, applies: Certainty) -> Owed | None:
    rank, worst = _ranks(then, place.unit)
    certainty: Certainty = "certain"
    reached = item.ranks is None or rank in item.ranks
    if item.ranks is not None and not reached:
        likely = then.indicated(place.unit) if item.indicated else rank
        told = [one for one in item.ranks if rank < one <= likely]
        open_ = [one for one in item.ranks if rank < one <= worst]
        if not told and not open_:
            return None
        certainty, rank = ("indicated", max(told)) if told else ("possible", min(open_))
    asked = _conditions(then, place, item)
    if asked is None:
        return None
    certainty = min(certainty, applies, asked, key=STRENGTH.__getitem__)
    return Owed(item, certainty, reached, rank)


def _ranks(then: Then, unit: str) -> tuple[int, int]:
    """The rank that duties go by, and the worst that is not excluded.

    That is the worse of certain and in force, or of what is issued for a warning or grade.
    """
    rank, issued = then.response(unit), then.issued(unit)
    if issued is not None:
        return max(rank, issued), max(rank, issued)
    return rank, max(rank, then.could_reach(unit))


def _applies(then: Then, units: Iterable[str]) -> Certainty | None:
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
        gate = _condition(then, unit.document, APPLIES, 0, "when", unit.area)
        here = _weakest(then, (unit.applies, gate))
        if here == "certain":
            return "certain"
        found = here or found
    return found


def _conditions(then: Then, place: Place, item: Item) -> Certainty | None:
    """How sure an item's `on` and `when` are together; None where one cannot hold."""
    found = (
        _condition(then, item.document, item.condition, item.order, part, place.area)
        for part in _PARTS
    )
    return _weakest(then, found)


def _condition(
    then: Then, document: str, name: str, order: int, part: Part, area: str
) -> Condition:
    """What a document asks then, of a place or of all; ALWAYS where it asks nothing."""
    conditions = then.outline.rules.conditions
    own = conditions.get(condition_key(document, name, order, part, area))
    return own or conditions.get(condition_key(document, name, order, part)) or ALWAYS


def _weakest(then: Then, conditions: Iterable[Condition]) -> Certainty | None:
    sure: Certainty = "certain"
    for condition in conditions:
        if not then.possible(condition):
            return None
        if not then.certain(condition):
            sure = "possible"
    return sure
