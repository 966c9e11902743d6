"""The duties of a situation: what is owed where, since when, by when, and whether it is done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, partial
from typing import NamedTuple

from msgspec import Struct

from planengine.assessment.courses import FIRST, LAST
from planengine.assessment.duties.anchors import anchor_of, end_of
from planengine.assessment.duties.clock import next_clock
from planengine.assessment.duties.items import Catalogue, Item, Place, Substance
from planengine.assessment.duties.limits import Run, Told, limit
from planengine.assessment.duties.runs import Runs
from planengine.assessment.duties.standing import Owed, Standing, items_of
from planengine.assessment.history import History
from planengine.assessment.results import Certainty, Deadline, Receipt
from planengine.assessment.situation import Situation
from planengine.domain.documents import Plan, Standard
from planengine.rules.conditions import OverdueCell
from planengine.rules.ruleset import Unit


class Duty(Struct, frozen=True):
    """An item that is owed at a place, or may be.

    `met` and `known` are since when it has been (None where it has not begun). `told` are all
    times at which something of its name was told done there.
    """

    item: Item
    place: Place
    unit: Unit
    document: Plan | Standard
    rank: int
    certainty: Certainty
    met: int | None
    known: int | None
    told: tuple[int, ...]

    @property
    def run(self) -> Run | None:
        if self.met is None or self.known is None:
            return None
        return Run(self.met, self.known)


class Since(NamedTuple):
    """Since when a duty has been owed, by what we know now and by what was known."""

    met: int | None
    known: int | None


class Duties:
    """Works out the duties of one situation, and their limits."""

    def __init__(self, situation: Situation, history: History) -> None:
        self._situation = situation
        self._history = history
        self._standing = Standing(history, situation.outline)
        self._kept: dict[Place, tuple[Duty, ...]] = {}
        self._runs = Runs(history, self._standing)

    @cached_property
    def all(self) -> tuple[Duty, ...]:
        """Every duty that is owed now, is set apart, or may be owed at a level that is reached."""
        return tuple(duty for place in self.catalogue.places for duty in self.of(place))

    @cached_property
    def past(self) -> tuple[Duty, ...]:
        """What nobody owes now and was told done: the same deed may meet what others ask.

        Only where all items of a name ask one work of the same: else nobody said which was done.
        """
        found: list[Duty] = []
        for place in self.catalogue.places:
            told = self._situation.evidence.done_times(*place.name, place.area)
            if told and not self.of(place):
                items = self.catalogue.items[place.name]
                if len({item.work for item in items}) == 1:
                    found.append(self._made(place, items[0], told))
        return tuple(found)

    def _made(self, place: Place, item: Item, told: tuple[int, ...]) -> Duty:
        unit = self._situation.outline.unit(place.unit)
        document = self._situation.outline.document(unit)
        return Duty(item, place, unit, document, 0, "possible", None, None, told)

    @property
    def catalogue(self) -> Catalogue:
        """The items of the documents in force now."""
        return self._situation.outline.kept(Catalogue)

    def of(self, place: Place) -> tuple[Duty, ...]:
        """The duties of one name at one place."""
        kept = self._kept.get(place)
        if kept is None:
            kept = self._kept[place] = self._carried(place)
        return kept

    def _carried(self, place: Place) -> tuple[Duty, ...]:
        """As they were before, where the items stood so at all times and as much is done."""
        situation, findings = self._situation, self._situation.findings
        key = "duties", place
        told = situation.evidence.done_times(*place.name, place.area)
        if situation.is_only_later:
            grounds = self._standing.looked_at(place), told
            kept: tuple[Duty, ...] | None = findings.same(key, grounds)
            if kept is not None:
                return kept
        found, is_of_now = self._find(place, told)
        if not is_of_now:
            findings.keep(key, (self._standing.looked_at(place), told), found)
        return found

    def _find(self, place: Place, told: tuple[int, ...]) -> tuple[tuple[Duty, ...], bool]:
        """The duties, and whether they are otherwise at the next moment."""
        items = items_of(self._situation.outline, place)
        is_of_now = False
        found: list[Duty] = []
        for owed in self._standing.now(place):
            met = self._runs.begun(place, owed.number, known=False)
            if met is None and not owed.reached:
                continue
            known = self._runs.begun(place, owed.number, known=True)
            if known is None and met is not None:
                known, is_of_now = self._situation.evidence.at, True
            found.append(self._duty(place, items[owed.number], owed, Since(met, known), told))
        return tuple(found), is_of_now

    def last_owed(self) -> frozenset[int]:
        """The moments in the past after which some duty was owed no longer, as was known then."""
        found: set[int] = set()
        for place in self.catalogue.places:
            later: frozenset[Substance] | None = None
            until = 0
            for since, stretch, owed in self._standing.back(place, known=True):
                items = items_of(stretch.outline, place)
                held = frozenset(items[one.number].substance for one in owed if one.holds)
                if later is not None and not held <= later:
                    found.add(until)
                later, until = held, since - 1
        return frozenset(found)

    # What other duties may hang on

    def is_overdue(self, cell: OverdueCell) -> bool:
        """Whether what a cell names is overdue, anywhere or at its place."""
        found = (deadline for _, deadline in self._named(cell))
        return any(deadline is not None and deadline.overdue for deadline in found)

    def steady(self, cell: OverdueCell) -> Iterator[tuple[int, int]]:
        """Stretches of time in all of which that stays as it is, if nothing is said meanwhile."""
        at = self._situation.evidence.at
        for place in self._places(cell):
            then = self._history.now
            self._standing.judge(then, place)
            yield then.span
        for _, deadline in self._named(cell):
            if deadline is not None and deadline.due is not None:
                limit = deadline.due
                yield (limit + 1, LAST) if limit < at else (FIRST, limit)

    def _named(self, cell: OverdueCell) -> Iterator[tuple[Duty, Deadline | None]]:
        for place in self._places(cell):
            for duty in self.of(place):
                yield duty, self.deadline(duty, self.since_its_end(duty, duty.told))

    def _places(self, cell: OverdueCell) -> Iterator[Place]:
        named = cell.kind, cell.document, cell.item
        for place in self.catalogue.places:
            if place.name == named and cell.place in {None, place.area}:
                yield place

    # By when

    def since_its_end(self, duty: Duty, times: Iterable[int]) -> tuple[int, ...]:
        """Those of some times, ascending, that come after a duty of its name last ended."""
        ordered = tuple(sorted(times))
        if not ordered:
            return ()
        before = self._situation.evidence.at if duty.met is None else duty.met
        ended = self._runs.last_end(duty.place, before)
        return tuple(time for time in ordered if ended is None or time >= ended)

    def receipts(self, duties: Iterable[Duty]) -> tuple[Receipt, ...]:
        """Who said to have received any of some duties since it last ended, in order of time."""
        evidence = self._situation.evidence
        if not evidence.journal.acknowledged:
            return ()
        found: dict[Receipt, None] = {}
        for duty in duties:
            told = [
                Receipt(one.by, evidence.journal.time_of(one))
                for one in evidence.people.acknowledged(*duty.place.name, duty.place.area)
            ]
            counted = self.since_its_end(duty, (one.at for one in told))
            found.update(dict.fromkeys(one for one in told if one.at in counted))
        return tuple(sorted(found, key=lambda one: (one.at, one.by or "")))

    def deadline(self, duty: Duty, done: Sequence[int]) -> Deadline | None:
        """By when a duty is owed that was `done` at some times; None without a limit."""
        timing = duty.item.timing
        if timing is None:
            return None
        find = (self._situation, self._history, duty.place, duty.item)
        return limit(
            timing,
            anchor_of(*find, timing.anchor, duty.run),
            duty.run,
            Told(done, end_of(*find, timing)),
            self._situation.evidence.at,
            partial(next_clock, self._situation.entities.zone_of(duty.place.area)),
            certain=duty.certainty == "certain",
        )

    def _duty(
        self, place: Place, item: Item, owed: Owed, since: Since, told: tuple[int, ...]
    ) -> Duty:
        unit = self._situation.outline.unit(place.unit)
        document = self._situation.outline.document(unit)
        return Duty(item, place, unit, document, owed.rank, owed.certainty, *since, told)
