"""Everything an assessment is computed from: the rules that apply, the evidence, the levels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar, cast

from planengine.assessment.eras import Era, Eras
from planengine.assessment.findings import Findings
from planengine.assessment.ranks import between, issued_rank, rank_in_force, running
from planengine.domain.documents import LevelDuties
from planengine.domain.ids import UnitKey
from planengine.domain.registry import Registry
from planengine.domain.statements import Event, Issue, PutInForce
from planengine.engines.both import Engine
from planengine.engines.contract import Decision as Outcome
from planengine.engines.contract import Value
from planengine.evidence.evidence import Evidence
from planengine.evidence.known import Known
from planengine.evidence.news import News
from planengine.rules.conditions import Cell, LevelCell, OverdueCell
from planengine.rules.ruleset import Unit
from planengine.values.sets import FALSE, TRUE, NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.chronicle import Chronicle
    from planengine.assessment.duties.duties import Duties
    from planengine.assessment.history import History
    from planengine.assessment.outline import Outline
    from planengine.assessment.recheck import Turn

T = TypeVar("T")


class Situation:
    """One incident at one time, under the rules then in force, decided by one backend."""

    def __init__(
        self, era: Era, evidence: Evidence, eras: Eras, before: Situation | None = None
    ) -> None:
        """`before` is that of what was told earlier: what is still so is carried over."""
        self.era = era
        self.eras = eras
        self.outline = outline = era.outline
        self.entities = outline.entities
        self.registry: Registry = evidence.world.registry
        self.rules = outline.rules
        self.evidence = evidence
        self.index = outline.index
        self._main: Situation | None = None  # of a moment looked back at: that it was looked from
        self._kept: dict[Callable[[Situation], object], object] = {}
        self.findings = Findings()
        self._news: News | None = None  # what was told since what was found before
        self._turn: Turn | None = None  # when what was known before turns by itself
        # Shared by all moments that are looked back at:
        self._past: dict[tuple[int, int], Situation] = {}
        self._chronicles: dict[tuple[int, bool], Chronicle] = {}
        self._carried: dict[bool, Chronicle] = {}  # of what was told before; see `carry_over`
        self.rings: dict[tuple[int, ...], tuple[Mapping[UnitKey, int], ...]] = {}  # see `rounds_of`
        self._known_before: KnownBefore | None = None
        if before is not None:
            self.carry_over(before)
            self._known_before = known_before(before, self)

    def past_at(self, era: Era, evidence: Evidence) -> Situation:
        """The same incident by other knowledge, made once however it is come back to."""
        main = self._main or self
        if era is main.era and evidence is main.evidence:
            return main
        key = id(era), id(evidence)
        found = self._past.get(key)
        if found is None:
            found = self._past[key] = Situation(era, evidence, self.eras)
            found._main, found._past = main, self._past
            found._chronicles = self._chronicles
        return found

    def chronicle(self, *, known: bool) -> Chronicle:
        """What is known of every earlier moment, or what was `known` at each."""
        from planengine.assessment.chronicle import Chronicle

        evidence = self.evidence.whole if known else self.evidence
        key = id(evidence.journal), known
        found = self._chronicles.get(key)
        if found is None:
            whole = self._chronicles.get((id(self.evidence.whole.journal), False))
            before = self._carried.get(known)
            if before is not None and before.evidence.at > evidence.at:
                before = None
            if before is not None:
                before.forget()
            is_last = evidence is self.evidence and evidence.at == evidence.journal.at
            now = self if is_last else None
            found = Chronicle(evidence, self.eras, known=known, whole=whole, before=before, now=now)
            self._chronicles[key] = found
        return found

    def carry_over(self, before: Situation) -> None:
        """Take over what is as it was before something was told, of the past of one incident."""
        from planengine.assessment.recheck import next_turn

        incident, old = self.evidence.incident, before.evidence.incident
        same = (incident.id, incident.hazards, incident.scope, self.evidence.status)
        if same != (old.id, old.hazards, old.scope, before.evidence.status):
            return
        if self.outline is before.outline and self.evidence.at >= before.evidence.at:
            self.findings.go_on(before.findings)
            self._news = News(before.evidence, self.evidence)
            self._turn = before.found(next_turn)
        for known in (False, True):
            evidence = before.evidence.whole if known else before.evidence
            made = before._chronicles.get((id(evidence.journal), known))
            older = before._carried.get(known)
            if made is not None or older is not None:
                self._carried[known] = made or older  # type: ignore[assignment]

    def kept(self, make: Callable[[Situation], T]) -> T:
        """What is made of this situation, made once."""
        found = self._kept.get(make)
        if found is None:
            found = self._kept[make] = make(self)
        return cast("T", found)

    def found(self, make: Callable[[Situation], T]) -> T | None:
        """The same, if it has been made."""
        return cast("T | None", self._kept.get(make))

    @property
    def turn_before(self) -> Turn | None:
        """When what was known before turns next; None where it may have turned, or soon may."""
        turn = self._turn
        if turn is None or (turn.at is not None and turn.at <= self.evidence.at + 1):
            return None
        return turn

    def stays(self, cell: Cell) -> bool:
        """Whether all that bears on a cell is as it was before, and will be in a second."""
        return self._news is not None and self.evidence.stays(cell, self._news)

    @property
    def evidence_before(self) -> Evidence | None:
        """What was known before something was told; None where nothing is taken over."""
        return None if self._news is None else self._news.before

    def is_silent_on(self, kind: type[Event]) -> bool:
        """Whether nothing of a kind was told, or taken back, since what was known before."""
        return self._news is not None and not self._news.tells(kind)

    @property
    def is_only_later(self) -> bool:
        """Whether all that was told since states facts of later times, and is known by now."""
        evidence = self.evidence
        is_ahead = self._news is not None and self._news.is_ahead
        return is_ahead and evidence.known_at <= evidence.at

    def is_touched(self, cell: Cell) -> bool:
        """Whether something was told of a cell since what was known before."""
        return self._news is None or self._news.touches(cell)

    @cached_property
    def history(self) -> History:
        """The same incident at every earlier moment."""
        from planengine.assessment.history import History

        return History(self)

    @cached_property
    def owed(self) -> Duties:
        """What is owed, and since when; worked out when it is asked for."""
        from planengine.assessment.duties.duties import Duties

        return Duties(self, self.history)

    @property
    def backend(self) -> Engine:
        """The engine that decides by these rules."""
        return self.era.backend

    @cached_property
    def issued(self) -> Mapping[int, int]:
        """The issued rank of each unit that has one, by its position in the rule set."""
        before = self._known_before
        if before is not None and before.issued is not None:
            return before.issued
        found: dict[int, int] = {}
        for position, unit in enumerate(self.rules.units):
            rank = issued_rank(self.evidence, unit)
            if rank is not None:
                found[position] = rank
        return found

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """What is known of each cell that the backend reads; points as plain values."""
        value_of, before = self.evidence.value_of, self._known_before
        if before is None:
            return tuple(_plain(value_of(cell)) for cell in self.backend.cells)
        values = list(before.values)
        for cell in before.renewed:
            place = self._places.get(cell)
            if place is not None:
                values[place] = _plain(value_of(cell))
        return tuple(values)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The ranks of every unit, in the rule set's order."""
        return self.backend.decide(self.values, self.issued)

    @cached_property
    def indications(self) -> tuple[int, ...]:
        """The worst rank of every unit that what was reported allows, in the rules' order."""
        told = [self.evidence.reported(cell) for cell in self.backend.cells]
        return self.backend.indicate(self.values, told, self.outcomes, self.issued)

    def outcomes_with(self, changes: Mapping[Cell, ValueSet]) -> tuple[Outcome, ...]:
        """The ranks if some cells had other values; those that no rank hangs on change none."""
        read = [
            (self._places[cell], value) for cell, value in changes.items() if cell in self._places
        ]
        if not read:
            return self.outcomes
        values: list[Value] = list(self.values)
        for place, value in read:
            values[place] = value
        return self.backend.decide(values, self.issued)

    @property
    def _places(self) -> Mapping[Cell, int]:
        return self.outline.kept(_places)

    def outcome(self, unit: UnitKey) -> Outcome:
        return self.outcomes[self.index[unit]]

    def standing(self, units: Iterable[UnitKey]) -> tuple[object, ...]:
        """What some units are decided to be, and issued as, in the order of the rules."""
        places = sorted(self.index[unit] for unit in units)
        return tuple((place, self.outcomes[place], self.issued.get(place)) for place in places)

    def indicated(self, unit: UnitKey) -> int:
        """The worst rank that what was reported allows: from the level to could_reach."""
        return self.indications[self.index[unit]]

    def known(self, cell: Cell) -> Known:
        """What is known of any cell, a computed level included."""
        if isinstance(cell, LevelCell) and cell.read != "active":
            return Known(self.level(cell))
        if isinstance(cell, OverdueCell):
            return Known(TRUE if self.owed.is_overdue(cell) else FALSE)
        return self.evidence.known(cell)

    def value_of(self, cell: Cell) -> ValueSet:
        return self.known(cell).value

    def level(self, cell: LevelCell) -> NumberSet:
        """The ranks that a computed level may have."""
        position = self.index.get(cell.unit)
        if position is None:  # no hazard of this incident brings that decision in
            return between(0, 0)
        if cell.read == "computed" and position in self.issued:
            rank = self.issued[position]  # known without deciding anything
            return between(rank, rank)
        level, could_reach, obliged = self.outcomes[position]
        return between(obliged if cell.read == "obliged" else level, could_reach)

    def duties(self, unit: Unit, rank: int) -> tuple[LevelDuties, ...]:
        """What a level carries besides its condition: one entry for each verb it has."""
        return tuple(item for item in self.outline.track(unit).duties if item.rank == rank)

    def running(self, unit: Unit) -> PutInForce | None:
        """What people put in force last; None where nothing is in force."""
        return running(self.evidence, unit)

    def in_force(self, unit: Unit) -> int:
        """The rank that people have put in force (0: none)."""
        return rank_in_force(self.evidence, unit)

    def recommended(self, unit: Unit) -> int:
        """The certain level, without the rules that have held ever since people eased it."""
        level = self.outcome(unit.id)[0]
        eased = self.evidence.eased_at(unit.document, unit.track, unit.area)
        if not level or unit.purpose != "level" or eased is None:
            return level
        return self.history.now.recommended(unit.id)

    def response(self, unit: Unit) -> int:
        """The more severe of what is recommended and what is in force: duties hang on it."""
        return max(self.recommended(unit), self.in_force(unit))


class KnownBefore(NamedTuple):
    """What was known of cells before something was told, and the cells that it has changed.

    `issued` only if nothing was issued or ended since.
    """

    values: tuple[Value, ...]
    renewed: tuple[Cell, ...]
    issued: Mapping[int, int] | None


def known_before(before: Situation, now: Situation) -> KnownBefore | None:
    """What still is known of a situation before something was told; None where it differs."""
    renewed = now.evidence.renewed
    if renewed is None or before.era is not now.era:
        return None
    return KnownBefore(
        before.values, renewed, before.issued if _issued_alike(before, now) else None
    )


def _issued_alike(before: Situation, now: Situation) -> bool:
    """Whether what is issued is as it was before."""
    journal = now.evidence.journal
    if not (journal.issued or before.evidence.journal.issued):
        return True
    if any(isinstance(event, Issue) for event in (*journal.more, *journal.gone)):
        return False
    edges = (edge for issue in journal.issued for edge in journal.period_of(issue))
    return not any(before.evidence.at < edge <= now.evidence.at for edge in edges)


def _places(outline: Outline) -> Mapping[Cell, int]:
    """Where each cell that engines are given stands among them."""
    return {cell: place for place, cell in enumerate(outline.rules.cells)}


def _plain(value: ValueSet) -> Value:
    """A set of one number or choice as that number or choice, which engines take faster."""
    point = value.point
    if point is None:
        return value
    if isinstance(point, Fraction):
        # A short decimal is the decimal that its float prints; other fractions stay exact.
        return float(point) if 10**6 % point.denominator == 0 else value
    return point
