"""From a condition as written to the condition IR, for one deciding place at one time.

Places become concrete, bounds that name an attribute become constants, counts are spelled
out over the registry, and decisions become cells. Names that have no meaning at this place
are findings and never true.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.entities import Entities
from planengine.domain.ids import DoneOf, MomentKey, Origin, UnitKey
from planengine.domain.terms import (
    ActTerm,
    AllOf,
    AnyOf,
    At,
    AtLeastOf,
    AttributeBound,
    AttributeTerm,
    CalendarTerm,
    CaseOf,
    ChangeTerm,
    ConstantTerm,
    CountTerm,
    DutyTerm,
    ElapsedTerm,
    Enclosing,
    FactTerm,
    HazardTerm,
    Here,
    LastingTerm,
    LevelTerm,
    NotOf,
    Place,
    Term,
)
from planengine.domain.vocabulary import INCIDENT, Fact, Scale, has_worst
from planengine.rules.conditions import (
    NEVER,
    ActCell,
    All,
    Any,
    AtLeast,
    AttributeCell,
    CalendarCell,
    Case,
    ChangeCell,
    Condition,
    Constant,
    DoneCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    HazardCell,
    LastingCell,
    Not,
    OverdueCell,
    Test,
)
from planengine.rules.levels import level_tests
from planengine.values.sets import (
    COUNT,
    FLAG,
    TRUE,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
)

if TYPE_CHECKING:
    from planengine.domain.registry import Registry


Run: TypeAlias = tuple[str, str | None, str, int]
"""A plan ("<jurisdiction>/<id>"), a track of it, the place of a decision, and a rank."""

LevelReader: TypeAlias = Callable[[LevelTerm, str, bool], tuple[tuple[UnitKey, Scale], ...] | None]
"""(term, place, whether the author named the place) → the units it means, None for unknown."""


class Site(Struct, frozen=True):
    """Where a condition is read.

    `place` is the deciding place, inside a count the member; `member` is true inside a
    count; `incident` is the member of a count over incidents; `bars` says why a response
    may not be read here. `part` is the deciding place where that is one of several. `run` is
    the plan whose start and actions are meant, its track and area, and the mildest level.
    """

    place: str
    member: bool = False
    incident: str | None = None
    bars: Text | None = None
    part: str | None = None
    run: Run | None = None


_NOT = Text("under `not`", "在 not 之内")
_GUARD = Text("as a case guard", "作为 case 的条件")
_LASTING = Text("within `lasting`", "在 lasting 之内")
_UPPER = Text("in a count with an upper limit", "在有上限的 count 之内")
_RANKS = Text("below a level, or at exactly one", "低于某级或恰为某级")


class Reach(Struct):
    """What of an incident's outline the rules of a library hang on.

    For incidents that give the same answers the rules are the same.
    """

    places: dict[str, bool] = field(default_factory=dict)  # whether each can be touched
    roster: bool = False  # whether any count runs over incidents

    def is_of(self, touches: Callable[[str], bool]) -> bool:
        """Whether an incident that touches some places gives the same answers, rosters apart."""
        return all(touches(place) == answer for place, answer in self.places.items())


class Grounder:
    """Grounds terms for one library at one time.

    `open_registry` grounds as if attributes and the members of kinds were unknown, and what is
    an error were open: what is never true even then is so by the author's words. `scope` limits the
    members of counts to places that the incident can touch. `acts` collects the acts met,
    `reach` what was asked of the incident.
    """

    def __init__(
        self,
        entities: Entities,
        registry: Registry,
        read_levels: LevelReader,
        findings: list[Diagnostic],
        *,
        roster: tuple[str, ...] = (),
        scope: frozenset[str] | None = None,
        open_registry: bool = False,
        reach: Reach | None = None,
    ) -> None:
        self.reach = Reach() if reach is None else reach
        self.entities = entities
        self.registry = registry
        self.acts: dict[str, ActTerm] = {}
        self._read_levels = read_levels
        self._findings = findings
        self._reported: set[tuple[str, Span | None]] = set()
        self._roster = roster
        self._scope = scope
        self._open = open_registry
        self._done: dict[tuple[int, Site], tuple[Term, Condition]] = {}

    def ground(
        self, term: Term, here: str, *, part: bool = False, run: Run | None = None
    ) -> Condition:
        """The condition (not normalised) that a term means for the deciding place `here`.

        `part`: it is decided for several places, and acts are made for each of them. `run`
        is what `start` and `done.<action>` are of.
        """
        return self._ground(term, Site(here, part=here if part else None, run=run))

    def _report(self, diagnostic: Diagnostic) -> None:
        key = (diagnostic.code, diagnostic.span)
        if key not in self._reported:
            self._reported.add(key)
            self._findings.append(diagnostic)

    def _ground(self, term: Term, site: Site) -> Condition:
        key = (id(term), site)
        known = self._done.get(key)
        if known is None:
            known = self._done[key] = (term, self._fresh(term, site))
        return known[1]

    def _fresh(self, term: Term, site: Site) -> Condition:
        match term:
            case FactTerm():
                return self._fact(term, site)
            case AllOf():
                return All(tuple(self._ground(part, site) for part in term.of))
            case AnyOf():
                return Any(tuple(self._ground(part, site) for part in term.of))
            case AtLeastOf():
                return AtLeast(term.count, tuple(self._ground(part, site) for part in term.of))
            case NotOf():
                return Not(self._ground(term.of, _barred(site, _NOT)))
            case LevelTerm():
                return self._level(term, site)
            case CountTerm():
                return self._count(term, site)
            case AttributeTerm():
                return self._attribute(term, site)
            case CaseOf():
                guarded = _barred(site, _GUARD)
                branches = (
                    (self._ground(guard, guarded), self._ground(body, site))
                    for guard, body in term.branches
                )
                return Case(tuple(branches), self._ground(term.otherwise, site))
            case ConstantTerm():
                return Constant(term.value)
            case ActTerm():
                self.acts[term.clause] = term
                return Test(ActCell(term.clause, site.part), TRUE, (term.origin,))
            case DutyTerm():
                return Test(self._duty(term, site), TRUE, (term.origin,))
            case CalendarTerm():
                return Test(self._calendar(term.calendar, site.place), TRUE, (term.origin,))
            case HazardTerm():
                return Test(HazardCell(term.hazard), TRUE, (term.origin,))
            case ElapsedTerm():
                return Test(self._elapsed(term.moment, site.run), term.accepts, (term.origin,))
            case LastingTerm():
                body = self._ground(term.where, _barred(site, _LASTING))
                cell = LastingCell(body, term.duration, term.gaps_under)
                return Test(cell, TRUE, (term.origin,))
            case ChangeTerm():
                return self._change(term, site)

    # Places

    def _place(self, place: Place, site: Site, origin: Origin) -> str | None:
        """The area or object that is meant; None (with a finding) when there is none."""
        if isinstance(place, At):
            return place.place
        if isinstance(place, Enclosing):
            area = self.registry.area_of(site.place) or site.place
            found = self.registry.enclosing(area, place.tier)
            if found is None and not self._open:
                self._report(finding("no-enclosing-area", origin.span, tier=place.tier, area=area))
            return found or (area if self._open else None)
        return site.place

    def _fact_place(self, fact: Fact, place: Place, site: Site, origin: Origin) -> str | None:
        if site.incident is not None and (isinstance(place, Here) or fact.subject == INCIDENT):
            return site.incident
        if fact.subject == INCIDENT:
            return INCIDENT
        found = self._place(place, site, origin)
        thing = self.entities.objects.get(found) if found is not None else None
        if thing is not None and isinstance(place, Here) and fact.subject != thing.kind:
            return self.registry.area_of(thing.id)
        return found

    # Facts and attributes

    def _fact(self, term: FactTerm, site: Site) -> Condition:
        fact = self.entities.facts[term.fact]
        place = self._fact_place(fact, term.place, site, term.origin)
        if place is None:
            return NEVER
        accepts_na = not isinstance(term.bound, AttributeBound) and term.bound.na
        return _where_it_applies(
            fact, site, self._fact_at(term, fact, place), term.origin, otherwise=accepts_na
        )

    def _fact_at(self, term: FactTerm, fact: Fact, place: str) -> Condition:
        if isinstance(term.bound, AttributeBound):
            if fact.subject in self.entities.object_kinds and place in self.entities.jurisdictions:
                members = self.registry.objects(fact.subject, place) or (place,)
                return Any(tuple(self._margin(term, term.bound, fact, each) for each in members))
            return self._margin(term, term.bound, fact, place)
        if self._needs_object(fact, place, term.origin):
            return NEVER
        return _fact_test(term, fact, place, term.bound)

    def _needs_object(self, fact: Fact, place: str, origin: Origin) -> bool:
        """Whether a fact of objects is asked of an area to which nothing lifts it; a finding."""
        lifted = fact.roll_up != "none" or fact.derived is not None
        if self._open or lifted or fact.subject not in self.entities.object_kinds:
            return False
        if place not in self.entities.jurisdictions:
            return False
        self._report(
            finding("object-needed", origin.span, name=fact.id, kind=fact.subject, place=place)
        )
        return True

    def _margin(self, term: FactTerm, bound: AttributeBound, fact: Fact, place: str) -> Condition:
        """A fact against an attribute of the same place."""
        value = None if self._open else self.registry.attribute(place, bound.attribute)
        if value is not None and value.na:
            return NEVER
        known = value.point if isinstance(value, NumberSet) else None
        if known is not None:
            return _fact_test(term, fact, place, _shifted(bound.margin, known))
        cell = AttributeCell(bound.attribute, place, NumberDomain(), fact.id)
        return Test(cell, bound.margin, (term.origin,))

    def _attribute(self, term: AttributeTerm, site: Site) -> Condition:
        place = self._place(term.place, site, term.origin)
        if place is None:
            return NEVER
        thing = self.entities.objects.get(place)
        kind = self.entities.object_kinds.get(term.owner)
        if kind is None:
            attributes = self.entities.area_attributes
            place = thing.area if thing is not None else place
        elif self._open or (thing is not None and thing.kind == kind.id):
            attributes = kind.attributes
        else:
            name, span = f"@{term.attribute}", term.origin.span
            self._report(finding("attribute-elsewhere", span, name=name, kind=kind.id, place=place))
            return NEVER
        value = None if self._open else self.registry.attribute(place, term.attribute)
        declared = attributes.get(term.attribute)
        if value is not None:
            from planengine.rules.shadows import of_test

            certain, possible = of_test(value, term.bound)
            if certain is possible:
                return Constant(certain)
        if declared is None:
            return NEVER
        domain = replace(declared.domain, na=False)  # it is not stated, but there is one
        cell = AttributeCell(term.attribute, place, domain)
        return Test(cell, term.bound, (term.origin,))

    def _calendar(self, calendar: str, place: str) -> CalendarCell:
        """A calendar by its own clock, or that of the deciding place."""
        zone = self.entities.zone_of(place)
        own = self.entities.calendars[calendar].zone
        differs = own is None and zone != self.entities.time_zone
        return CalendarCell(calendar, zone=zone if differs else None)

    def _change(self, term: ChangeTerm, site: Site) -> Condition:
        fact = self.entities.facts[term.fact]
        place = self._fact_place(fact, term.place, site, term.origin)
        if place is None or self._needs_object(fact, place, term.origin):
            return NEVER
        end = (
            Interval(float("-inf"), 0, False)
            if term.falling
            else Interval(0, float("inf"), True, False)
        )
        domain = NumberDomain(NumberSet((end,)), _is_integer(fact))
        cell = ChangeCell(fact.id, place, term.within, term.falling, domain)
        test = Test(cell, term.accepts, (term.origin,))
        return _where_it_applies(fact, site, test, term.origin, otherwise=False)

    # Counts

    def _count(self, term: CountTerm, site: Site) -> Condition:
        within = self._place(term.within, site, term.origin)
        if within is None:
            return NEVER
        accepted = COUNT.restrict(term.accepts).intervals
        if any(not isinstance(interval.high, float) for interval in accepted):
            site = _barred(site, _UPPER)
        parts = tuple(self._members(term, within, site))
        others = self._unregistered(term, within)
        found: list[Condition] = []
        for interval in accepted:
            low = int(interval.low)
            needed: list[Condition] = [AtLeast(low, (*parts, *(others * low)))] if low else []
            if not isinstance(interval.high, float):
                more = int(interval.high) + 1
                needed.append(Not(AtLeast(more, (*parts, *(others * more)))))
            found.append(All(tuple(needed)))
        return Any(tuple(found))

    def _members(self, term: CountTerm, within: str, site: Site) -> Iterator[Condition]:
        """What each known member must satisfy."""
        if term.over_type == "incident":
            self.reach.roster = True
            for incident in self._roster:
                yield self._ground(term.where, replace(site, incident=incident, member=True))
            return
        area = self.registry.area_of(within) or within
        find = self.registry.objects if term.over_type == "kind" else self.registry.areas
        for place in find(term.over, area):
            if self._in_scope(place):
                yield self._ground(term.where, replace(site, place=place, member=True))

    def _in_scope(self, place: str) -> bool:
        found = self.reach.places.get(place)
        if found is None:
            found = self._scope is None or self.registry.touches(place, self._scope)
            self.reach.places[place] = found
        return found

    def _unregistered(self, term: CountTerm, within: str) -> tuple[Condition, ...]:
        """The members that nobody has registered, as one open question."""
        if not self._open and (term.over_type != "kind" or not self.registry.is_open(term.over)):
            return ()
        within = self.registry.area_of(within) or within
        cell = AttributeCell(f"unregistered {term.over}", within, FLAG)
        return (Test(cell, TRUE, (term.origin,)),)

    # What people do

    def _duty(self, term: DutyTerm, site: Site) -> DoneCell | OverdueCell:
        """Whether a duty was done or is overdue: that of this place, where each has its own."""
        entities = self.entities
        editions = entities.plans.get(term.document) or entities.standards.get(term.document, ())
        divisions = {track.per for edition in editions for track in edition.tracks}
        place = site.place if site.member else site.part
        own = place if place is not None and self._is_division(place, divisions) else None
        kind = DoneCell if term.read == "done" else OverdueCell
        return kind(term.kind, term.document, term.item, own)

    def _elapsed(self, moment: MomentKey, run: Run | None) -> ElapsedCell:
        """The moment; of the plan's own run where it is one."""
        known = None if isinstance(moment, DoneOf) else self.entities.moments.get(moment)
        meaning = known.meaning if known is not None else None
        own = meaning in ("start", "level-change") or isinstance(moment, DoneOf)
        if run is None or not own:
            return ElapsedCell(moment)
        plan, track, area, rank = run
        return ElapsedCell(
            moment,
            plan=plan,
            track=track,
            area=area,
            rank=rank if meaning == "start" else 1,
            meaning=meaning,
        )

    def _is_division(self, place: str, divisions: AbstractSet[str | None]) -> bool:
        """Whether a place is of a kind or tier for each of which something is decided."""
        thing = self.entities.objects.get(place)
        if thing is not None:
            return thing.kind in divisions
        return any(one is not None and self.registry.is_of(place, one) for one in divisions)

    # Decisions

    def _level(self, term: LevelTerm, site: Site) -> Condition:
        if term.read == "response" and not self._open and not self._may_read(term, site):
            return NEVER
        named = not isinstance(term.place, Here)
        place = self._place(term.place, site, term.origin)
        area = self.registry.area_of(place) if place is not None else None
        if area is None or place is None:
            return NEVER
        is_object = self.registry.is_object(place)
        if self._open:
            scale = self.entities.scales[term.scale]
            name = UnitKey(term.target, term.track, area)
            return Any(tuple(level_tests(term, name, scale)))
        units = self._read_levels(term, place, named or site.member)
        if units is None:
            if not site.member or is_object:
                asked = place if is_object else area
                self._report(
                    finding("no-such-decision", term.origin.span, name=term.target, area=asked)
                )
            return NEVER
        return Any(tuple(test for unit in units for test in level_tests(term, *unit)))

    def _may_read(self, term: LevelTerm, site: Site) -> bool:
        """Whether a response may be read here at all (SEMANTICS 23)."""
        why = site.bars
        top = len(self.entities.scales[term.scale].levels)
        lowest = min(term.ranks, default=0)
        if lowest < 1 or term.ranks != frozenset(range(lowest, top + 1)):
            why = why or _RANKS
        if why is not None:
            self._report(finding("not-positive", term.origin.span, name=term.origin.text, why=why))
        return why is None


def _barred(site: Site, why: Text) -> Site:
    return site if site.bars is not None else replace(site, bars=why)


def _where_it_applies(
    fact: Fact, site: Site, asked: Condition, origin: Origin, *, otherwise: bool
) -> Condition:
    """What is asked of a fact, in an incident that it is of; of others it is n/a.

    `otherwise` is whether the question accepts n/a. Of another incident the hazards are not known.
    """
    if not fact.hazards or site.incident is not None:
        return asked
    has = Any(tuple(Test(HazardCell(hazard), TRUE, (origin,)) for hazard in fact.hazards))
    return Any((Not(has), asked)) if otherwise else All((has, asked))


def _is_integer(fact: Fact) -> bool:
    return isinstance(fact.domain, NumberDomain) and fact.domain.integer


def _fact_test(term: FactTerm, fact: Fact, place: str, accepts: ValueSet) -> Test:
    """A test of a fact, or of its worst forecast; without a worst, of each instant's."""
    origins = (term.origin,)
    within, covering = term.forecast_within, term.covering
    if within is None:
        return Test(FactCell(fact.id, place, fact.domain), accepts, origins)
    if has_worst(fact):
        cell = ForecastCell(fact.id, place, within, fact.domain, covering, day=term.day)
        return Test(cell, accepts, origins)
    held = ForecastCell(fact.id, place, within, FLAG, covering, accepts, term.day)
    return Test(held, TRUE, origins)


def _shifted(margin: NumberSet, by: int | Fraction) -> ValueSet:
    """The margin moved by a number."""
    moved = (
        Interval(i.low + by, i.high + by, i.low_closed, i.high_closed) for i in margin.intervals
    )
    return NumberSet(tuple(moved), margin.na)
