"""The value of a fact at a place and instant: statement, roll-up and derivation together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planengine.evidence.combine import assume, combine, newest_statements
from planengine.evidence.derive import derived_values, risen
from planengine.evidence.direct import Bound, direct, lower_bounds
from planengine.evidence.journal import Journal
from planengine.evidence.known import Known, is_plain_member
from planengine.evidence.places import outside_scope, roll_up
from planengine.evidence.standing import Entry, newest_first
from planengine.evidence.world import World
from planengine.library.statements import Statement
from planengine.library.vocabulary_entities import Fact, operands_of

INCIDENT = "incident"


class Facts:
    """Facts at one instant as one incident's statements give them, each worked out once.

    With `forecast_at` what the newest forecasts say of that other instant is read instead.
    `conflicts` gives, by fact and place, the statements that cannot all be true, as far as
    these were asked for.
    """

    __slots__ = (
        "_forecast_at",
        "_holders",
        "_incident",
        "_instant",
        "_journal",
        "_known",
        "_off_watch",
        "_risen",
        "_scoped",
        "_strict",
        "_world",
        "conflicts",
    )

    def __init__(
        self,
        world: World,
        journal: Journal,
        instant: int,
        off_watch: frozenset[str],
        forecast_at: int | None = None,
        incident: str | None = None,
    ) -> None:
        self._world = world
        self._journal = journal
        self._instant = instant
        self._off_watch = off_watch
        self._forecast_at = forecast_at
        self._incident = incident
        self._scoped = world.scope is not None and incident is None
        self._known: dict[tuple[str, str], Known] = {}
        self._risen: dict[tuple[str, str], Known] = {}
        self._strict: dict[tuple[str, str], Known] = {}  # with nothing assumed
        self._holders: dict[str, frozenset[str]] = {}
        self.conflicts: dict[tuple[str, str], tuple[Statement, ...]] = {}

    def known(self, fact: str, place: str) -> Known:
        """What is known of a declared fact at an area, an object, or "incident".

        Where another fact may still add to it, up to what is known of that.
        """
        counted = self._counted(fact, place)
        other = self._world.facts[fact].may_rise_by
        if other is None or self._forecast_at is not None or not counted.stated:
            return counted
        found = self._risen.get((fact, place))
        if found is None:
            more = self._counted(other, place)
            found = self._risen[fact, place] = risen(self._world.facts[fact], counted, more)
        return found

    def _counted(self, fact: str, place: str, assuming: bool = True) -> Known:
        """What is known of a fact as people count it.

        Without `assuming`, by-exception facts that nobody reported are left open.
        """
        memo = self._known if assuming else self._strict
        found = memo.get((fact, place))
        if found is None:
            declared = self._world.facts[fact]
            found = self._plain(declared, place) or self._resolve(declared, place, assuming)
            memo[fact, place] = found
        return found

    def _plain(self, fact: Fact, place: str) -> Known | None:
        """The quick way for the usual case: one plain point, stated once, at this very place."""
        statement = self._journal.only(fact.id) if self._incident is None else None
        if (
            statement is None
            or self._forecast_at is not None
            or fact.derived is not None
            or fact.holds is not None
            or fact.subject == INCIDENT
            or (statement.place or self._world.home) != place
            or statement.valid_from is not None
            or statement.valid_until is not None
            or statement.began is not None
            or statement.stamp.at > self._instant
            or (self._scoped and not self._world.in_scope(place))
        ):
            return None
        value = statement.facts[fact.id]
        if value is None or not is_plain_member(fact.domain, value):
            return None
        at = statement.stamp.at
        estimated = statement.kind == "estimated"
        return Known(value, (statement,), False, estimated, False, (), at, at)

    def _resolve(self, fact: Fact, place: str, assuming: bool) -> Known:
        world = self._world
        if place == INCIDENT and fact.subject != INCIDENT:
            place = world.home
        if self._scoped and fact.subject != INCIDENT and not world.in_scope(place):
            return outside_scope(fact)
        entries = self._journal.entries(fact, self._incident, self._forecast_at is not None)
        own: Sequence[Entry] = ()
        if fact.subject == INCIDENT:
            own = sorted((e for found in entries.values() for e in found), key=newest_first)
        elif entries:
            own = entries.get(place, ())
        known = self._stated(fact, place, entries, own, assuming)
        if known is not None:
            return known
        if assuming and fact.by_exception and self._forecast_at is None:
            nothing = world.nothing(fact)
            if nothing is not None and world.on_watch(fact, place, self._off_watch):
                return Known(nothing, assumed=True)
        return Known(world.everything(fact), silent=(place,))

    def _stated(
        self,
        fact: Fact,
        place: str,
        entries: Mapping[str, Sequence[Entry]],
        own: Sequence[Entry],
        assuming: bool,
    ) -> Known | None:
        pieces: list[Known] = []
        bounds: Sequence[Bound] = ()
        stated: Known | None = None
        if own:
            everything = self._world.everything
            winners = self._winners(fact, None if fact.subject == INCIDENT else place)
            stated = direct(winners, fact, everything, place)
            if fact.cumulative and self._forecast_at is None:
                bounds = lower_bounds(own, self._instant, fact)
                if stated is None and bounds:
                    newest = max(at for _, _, at in bounds)
                    by = newest_statements((statement,) for _, statement, _ in bounds)
                    stated = Known(
                        everything(fact),
                        by,
                        oldest=newest,
                        newest=newest,
                        partial="up",
                        silent=(place,),
                    )
                elif stated is not None:
                    # Statements of one time do not bound each other: they tie or give way.
                    bounds = [bound for bound in bounds if bound[2] != stated.newest]
            if stated is not None:
                pieces.append(stated)
                if stated.conflict:
                    self._record(fact, place, stated.statements)
        below = fact.subject != INCIDENT and (len(entries) > 1 or (entries and not own))
        if below or fact.derived is not None:
            pieces += self._indirect(fact, place, entries, assuming)
        if not pieces:
            return None
        assumptions = [piece for piece in pieces if piece.assumed]
        if not assumptions or len(pieces) == 1:
            return self._combined(fact, place, pieces, bounds)
        strict = [piece for piece in pieces if not piece.assumed and piece is stated]
        strict += self._indirect(fact, place, entries, False)
        return assume(self._combined(fact, place, strict or pieces, bounds), assumptions)

    def _combined(
        self, fact: Fact, place: str, pieces: Sequence[Known], bounds: Sequence[Bound]
    ) -> Known:
        known = pieces[0]
        if len(pieces) == 1 and not known.partial:
            own = len(bounds) == 1 and known.statements == (bounds[0][1],)
            if own or not bounds:
                return known
        known, clash = combine(pieces, bounds, fact)
        if clash:
            groups = [piece.statements for piece in pieces]
            self._record(fact, place, newest_statements((*groups, known.statements)))
        return known

    def _record(self, fact: Fact, place: str, statements: tuple[Statement, ...]) -> None:
        self.conflicts.setdefault((fact.id, place), statements)

    def _winners(self, fact: Fact, place: str | None) -> Sequence[Entry]:
        """The statements that count, which are of one time and kind; place None: anywhere."""
        journal, instant = self._journal, self._instant
        if self._forecast_at is None:
            return journal.counting(fact, place, instant, self._incident)
        return journal.forecast(fact, place, self._forecast_at, instant, self._incident)

    def _indirect(
        self,
        fact: Fact,
        place: str,
        entries: Mapping[str, Sequence[Entry]],
        assuming: bool,
    ) -> list[Known]:
        """The roll-up of the parts, where any was spoken of, and the derivations."""
        derived = fact.derived
        holders = self._holders_of(fact, entries)
        rolls = place in holders and fact.roll_up != "none"
        if derived is None:
            rolled = self._rolled(fact, place, entries, holders, assuming) if rolls else None
            return [rolled] if rolled is not None else []
        pieces: list[Known] = []
        if derived.kind == "ratio":
            rolls = False
        elif derived.kind == "sum" and not self._adds_up(fact):
            below = holders | self._holders_below(fact)
            if place in below and fact.roll_up not in ("none", "latest"):
                rolled = self._rolled(fact, place, entries, below, assuming)
                if rolled is not None:
                    return [rolled]
        if rolls:
            rolled = self._rolled(fact, place, entries, holders, assuming)
            if rolled is not None:
                pieces.append(rolled)
        pieces += self._derivations(fact, place, assuming)
        return pieces

    def _derivations(self, fact: Fact, place: str, assuming: bool) -> list[Known]:
        looked: list[Known] = []

        def look(operand: str) -> Known:
            looked.append(self._counted(operand, place, assuming))
            return looked[-1]

        world = self._world
        found = list(derived_values(fact, world.facts, look, world.everything(fact)))
        for known in found:
            if known.conflict and not any(operand.conflict for operand in looked):
                self._record(fact, place, known.statements)
        return found

    def _rolled(
        self,
        fact: Fact,
        place: str,
        entries: Mapping[str, Sequence[Entry]],
        holders: frozenset[str],
        assuming: bool,
    ) -> Known | None:
        names, unnamed = self._world.parts(fact, place, entries, holders)
        parts = [(name, self._counted(fact.id, name, assuming)) for name in names]
        known = roll_up(fact, parts, unnamed, self._world.everything(fact))
        if known is not None and known.conflict and not any(part.conflict for _, part in parts):
            self._record(fact, place, known.statements)
        return known

    def _holders_of(self, fact: Fact, entries: Mapping[str, object]) -> frozenset[str]:
        found = self._holders.get(fact.id)
        if found is None:
            found = self._holders[fact.id] = self._world.holders(entries)
        return found

    def _holders_below(self, fact: Fact) -> frozenset[str]:
        found: frozenset[str] = frozenset()
        for operand in operands_of(fact, self._world.facts):
            other = self._world.facts[operand]
            entries = self._journal.entries(other, self._incident, self._forecast_at is not None)
            found |= self._holders_of(other, entries)
        return found

    def _adds_up(self, fact: Fact) -> bool:
        """Whether the sum of the parts' sums is the sum of the operands' totals."""
        facts = self._world.facts
        return fact.roll_up == "sum" and all(
            facts[operand].roll_up == "sum" for operand in operands_of(fact, facts)
        )
