"""What is owed at a moment: which of the items of one name, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from planengine.assessment.duties.items import Catalogue, Item, Place
from planengine.assessment.history import Then
from planengine.assessment.outline import Outline
from planengine.assessment.results import Certainty
from planengine.assessment.situation import issued_rank
from planengine.rules.conditions import ALWAYS, Condition
from planengine.rules.ruleset import APPLIES, Part, Unit

STRENGTH: dict[Certainty, int] = {"possible": 1, "indicated": 2, "certain": 3}

_PARTS: tuple[Part, ...] = ("on", "when")


class Owed(Struct, frozen=True):
    """An item that is owed, or may be; `reached` says whether its level is reached for sure."""

    item: Item
    certainty: Certainty
    reached: bool
    rank: int


class Standing:
    """What is owed at each moment that is asked for; what was found is kept."""

    def __init__(self) -> None:
        self._catalogues: dict[Outline, Catalogue] = {}
        self._kept: dict[tuple[Then, Place], tuple[Owed, ...]] = {}

    def catalogue(self, outline: Outline) -> Catalogue:
        """The items of the documents in force then."""
        found = self._catalogues.get(outline)
        if found is None:
            found = self._catalogues[outline] = Catalogue(outline)
        return found

    def at(self, then: Then, place: Place) -> tuple[Owed, ...]:
        """The items of a place that are owed at a moment, the one that replaces others first.

        Of items with one id the one from the worst level counts, once its own conditions are
        certain: it replaces those from milder levels. What may replace it stands beside it.
        """
        found = self._kept.get((then, place))
        if found is None:
            found = self._kept[then, place] = self.judge(then, place)
        return found

    def judge(self, then: Then, place: Place) -> tuple[Owed, ...]:
        """The same, of a moment that will not be asked for again."""
        unit = _unit(then, place.unit)
        applies = _applies(then, place.units) if unit is not None else None
        if unit is None or applies is None:
            return ()
        items = self.catalogue(then.situation.outline).items.get(place.name, ())
        found = [
            owed
            for item in items
            if (item.ranks is not None) == place.by_level
            and (owed := _owed(then, place, unit, item, applies)) is not None
        ]
        found.sort(key=lambda one: -one.item.lowest)
        sure = next((at for at, one in enumerate(found) if one.certainty == "certain"), None)
        return tuple(found if sure is None else (found[sure], *found[:sure]))


def _owed(then: Then, place: Place, unit: Unit, item: Item, applies: Certainty) -> Owed | None:
    rank, worst = _ranks(then, unit)
    certainty: Certainty = "certain"
    reached = True
    if item.ranks is not None and rank not in item.ranks:
        reached = False
        likely = _indicated(then, unit, item)
        if any(one in item.ranks for one in range(rank + 1, likely + 1)):
            certainty = "indicated"
        elif any(one in item.ranks for one in range(rank + 1, worst + 1)):
            certainty = "possible"
        else:
            return None
    asked = _conditions(then, place, item)
    if asked is None:
        return None
    certainty = min(certainty, applies, asked, key=STRENGTH.__getitem__)
    return Owed(item, certainty, reached, rank)


def _unit(then: Then, name: str) -> Unit | None:
    outline = then.situation.outline
    return outline.unit(name) if name in outline.index else None


def _ranks(then: Then, unit: Unit) -> tuple[int, int]:
    """The rank that duties go by, and the worst that is not excluded.

    That is the worse of certain and in force, or of what is issued for a warning or grade.
    """
    rank = then.response(unit.id)
    issued = issued_rank(then.situation.evidence, unit)
    if issued is not None:
        return max(rank, issued), max(rank, issued)
    return rank, max(rank, then.could_reach(unit.id))


def _indicated(then: Then, unit: Unit, item: Item) -> int:
    return then.situation.indicated(unit.id) if item.indicated else 0


def _applies(then: Then, units: Iterable[str]) -> Certainty | None:
    """How sure it is that a document applies to one of its decisions; None where it cannot.

    A plan with a level recommended or in force applies; else its hazards must be (or have
    joined) the incident's, its `when` must hold, and none of the cases in its `not`.
    """
    found: Certainty | None = None
    for name in units:
        unit = _unit(then, name)
        if unit is None:
            continue
        if then.response(name):
            return "certain"
        gate = then.situation.condition(unit.document, APPLIES, 0, "when", unit.area)
        here = _weakest(then, (unit.applies, gate or ALWAYS))
        if here == "certain":
            return "certain"
        found = here or found
    return found


def _conditions(then: Then, place: Place, item: Item) -> Certainty | None:
    """How sure an item's `on` and `when` are together; None where one cannot hold."""
    found = (
        then.situation.condition(item.document, item.condition, item.order, part, place.area)
        for part in _PARTS
    )
    return _weakest(then, (one for one in found if one is not None))


def _weakest(then: Then, conditions: Iterable[Condition]) -> Certainty | None:
    sure: Certainty = "certain"
    for condition in conditions:
        if not then.possible(condition):
            return None
        if not then.certain(condition):
            sure = "possible"
    return sure
