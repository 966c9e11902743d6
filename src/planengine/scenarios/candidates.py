"""Cases that may show what no test shows yet: one for each missing mark of something written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from msgspec import Struct

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import RuleId, track_name
from planengine.domain.vocabulary import Scale
from planengine.expectations.duties import DutyItem, duty_items
from planengine.expectations.ladders import Ladder, ladder_of, milder
from planengine.expectations.refs import FactAt
from planengine.rules.conditions import ALWAYS, Condition, FactCell, LevelCell, Test
from planengine.rules.ruleset import PARTS, Cascade, ConditionKey, GroundRule, Part, RuleSet, Unit
from planengine.rules.walk import tests_of
from planengine.scenarios.coverage import Mark, Side
from planengine.values.sets import Interval, Number, NumberDomain, NumberSet, ValueSet, number
from planengine.witnesses.scene import CannotTellError, Scene
from planengine.witnesses.steps import ends_of
from planengine.witnesses.witness import Needs, Witness, complement, joined

Missing = Mapping[RuleId, frozenset[Mark]]
_MOST_WAYS = 6
_EASED_FROM = 2  # the mildest rank but one: what may be lowered


class Candidate(Struct, frozen=True):
    """A case to be tried: what is told, and what is asked of which decision or duty.

    `aims` are the marks that it is made for. `column` is the fact that was chosen to be at a bound,
    where that is all that is told apart.
    """

    scene: Scene
    subject: str
    aspect: str  # "level", "proposal", "actions", "reports" or "releases"
    why: str
    aims: frozenset[tuple[RuleId, Mark]]
    scale: Scale
    column: FactAt | None = None


class _Ask(Struct, frozen=True):
    """What is to be asserted, and of which decision it hangs on."""

    unit: Unit
    aspect: str
    subject: str
    hazard: str | None = None
    scale: Scale | None = None  # of the decision, where it is another than that of the unit


class Candidates:
    """Makes the cases of one rule set."""

    def __init__(self, entities: Entities, rules: RuleSet, missing: Missing, at: int) -> None:
        self.entities = entities
        self.rules = rules
        self.missing = missing
        self.at = at
        self.units = {unit.id: unit for unit in rules.units}
        self.witness = Witness(self.units)
        self.ladder = ladder_of(rules, entities)

    def of_unit(self, unit: Unit) -> Iterator[Candidate]:
        """The cases of a decision: its rules, what eases it, and what its document owes."""
        for rule in unit.rules:
            yield from self._of_rule(unit, rule)
        if unit.purpose == "level":
            for condition in (unit.end, unit.lower):
                if condition is not None:
                    yield from self._of_easing(unit, condition)
        if unit.purpose != "warning":
            for item in duty_items(_ruled(unit, self.entities), self.ladder(unit.id)):
                if item.track in {None, unit.track}:
                    yield from self._of_item(unit, item)

    # Levels

    def _of_rule(self, unit: Unit, rule: GroundRule) -> Iterator[Candidate]:
        ask = _Ask(unit, "level", _decision(unit, self.entities))
        for test in tests_of(rule.condition):
            yield from self._of_test(ask, rule.condition, test, {})
        for mark in self.missing.get(rule.rule_id, ()):
            aims = frozenset({(rule.rule_id, mark)})
            for needs in islice(self.witness.made(rule.condition, mark.side == "true"), _MOST_WAYS):
                yield from self._candidate(ask, needs, rule.text, aims)
        yield from self._of_none(ask, rule)

    def _of_none(self, ask: _Ask, rule: GroundRule) -> Iterator[Candidate]:
        """Cases in which nothing gives the level of a rule, nor a worse one."""
        names = [origin.id for test in tests_of(rule.condition) for origin in test.origins]
        missed = Mark("false")
        aims = frozenset(
            (name, missed)
            for name in (rule.rule_id, *names)
            if missed in self.missing.get(name, frozenset())
        )
        if aims:
            ladder = ask.unit.at_least[rule.rank - 1]
            for needs in islice(self.witness.made(ladder, truth=False), _MOST_WAYS):
                yield from self._candidate(ask, needs, rule.text, aims)

    def _of_test(
        self, ask: _Ask, condition: Condition, test: Test, beside: Needs
    ) -> Iterator[Candidate]:
        """Cases in which one test decides a condition, each with another value of its cell."""
        marks = {
            mark: frozenset((origin.id, mark) for origin in test.origins)
            for origin in test.origins
            for mark in self.missing.get(origin.id, frozenset())
        }
        column = test.cell if isinstance(test.cell, FactCell) and ask.aspect == "level" else None
        for mark, values in _values(test, marks, self.ladder):
            for rest in islice(self.witness.through(condition, test), _MOST_WAYS):
                own = next(self.witness.made(Test(test.cell, values), truth=True), None)
                for needs in joined(beside, rest, own) if own is not None else ():
                    text = test.origins[0].text
                    yield from self._candidate(ask, needs, text, marks[mark], column)

    def _of_easing(self, unit: Unit, condition: Condition) -> Iterator[Candidate]:
        rank = min(_EASED_FROM, len(unit.scale.levels))
        in_force = _in_force(unit, rank)
        ask = _Ask(unit, "proposal", _decision(unit, self.entities))
        for test in tests_of(condition):
            yield from self._of_test(ask, condition, test, in_force)

    def of_cascade(self, cascade: Cascade) -> Iterator[Candidate]:
        """The cases of a hazard that joins: a decision that is there, or not, only with it."""
        giver = next((one for one in self.rules.units if one.document == cascade.document), None)
        joining = (
            unit
            for unit in self.rules.units
            if cascade.hazard in unit.hazards and giver and not unit.hazards & giver.hazards
        )
        unit = next(joining, None)
        if giver is None or unit is None:
            return
        for rule in islice(unit.rules, _MOST_WAYS):
            given = next(self.witness.made(rule.condition, truth=True), None)
            if given is None:
                continue
            for hazard in sorted(giver.hazards):
                ask = _Ask(giver, "level", _decision(unit, self.entities), hazard, unit.scale)
                for test in tests_of(cascade.condition):
                    yield from self._of_test(ask, cascade.condition, test, given)

    # Duties

    def _of_item(self, unit: Unit, item: DutyItem) -> Iterator[Candidate]:
        subject = f"{_document(unit, self.entities)}.{item.id}"
        ask = _Ask(unit, f"{item.kind}s", subject)
        asked = [
            condition for part in PARTS if (condition := self._asked(unit, item, part)) is not None
        ]
        owed = [*self._at_level(unit, item)]
        for mark in self.missing.get(item.rule_id, ()):
            if mark.side in {"true", "at"}:
                ways = self._owed(owed, asked)
            elif mark.side == "beside":
                ways = self._owed([*self._milder(unit, item.ranks[0])], asked)
            else:
                ways = self._quiet(unit, item, asked)
            aims = frozenset({(item.rule_id, mark)})
            for needs in islice(ways, _MOST_WAYS):
                yield from self._candidate(ask, needs, item.id, aims)
        for number_, condition in enumerate(asked):
            others = [one for place, one in enumerate(asked) if place != number_]
            for beside in islice(self._owed(owed, others), 1):
                for test in tests_of(condition):
                    yield from self._of_test(ask, condition, test, beside)

    def _asked(self, unit: Unit, item: DutyItem, part: Part) -> Condition | None:
        own = ConditionKey(unit.document, item.name, item.order, part, unit.area)
        whole = ConditionKey(unit.document, item.name, item.order, part)
        return self.rules.conditions.get(own) or self.rules.conditions.get(whole)

    def _at_level(self, unit: Unit, item: DutyItem) -> Iterator[Needs]:
        """Ways in which a decision is at a level of an item: by people, or by facts."""
        if not item.ranks:
            yield {}
            return
        rank = item.ranks[0]
        if unit.purpose == "level":
            yield _in_force(unit, rank)
        yield from islice(self.witness.made(unit.at_least[rank - 1], truth=True), _MOST_WAYS)

    def _milder(self, unit: Unit, rank: int) -> Iterator[Needs]:
        """Ways in which a decision is one level milder than a rank, and surely not at it."""
        below = milder(self.ladder(unit.id), rank)
        if unit.purpose == "level":
            yield _in_force(unit, below)
            return
        reached = unit.at_least[below - 1] if below else ALWAYS
        for not_at in islice(self.witness.made(unit.at_least[rank - 1], truth=False), _MOST_WAYS):
            for at_milder in islice(self.witness.made(reached, truth=True), _MOST_WAYS):
                yield from joined(not_at, at_milder)

    def _owed(self, at_level: list[Needs], asked: list[Condition]) -> Iterator[Needs]:
        for level in at_level:
            found: list[Needs] = [level]
            for condition in asked:
                way = next(self.witness.made(condition, truth=True), None)
                if way is None:
                    return
                found.append(way)
            yield from joined(*found)

    def _quiet(self, unit: Unit, item: DutyItem, asked: list[Condition]) -> Iterator[Needs]:
        """Ways in which something is surely not owed: one thing that it asks is not so."""
        for condition in asked:
            yield from islice(self.witness.made(condition, truth=False), 1)
        mildest = unit.at_least[(item.ranks or (1,))[0] - 1]
        yield from islice(self.witness.made(mildest, truth=False), 1)

    def _candidate(
        self,
        ask: _Ask,
        needs: Needs,
        why: str,
        aims: frozenset[tuple[RuleId, Mark]],
        column: FactCell | None = None,
    ) -> Iterator[Candidate]:
        hazards = [ask.hazard] if ask.hazard is not None else sorted(ask.unit.hazards)[:1]
        hazards = hazards or sorted(self.entities.hazards)[:1]
        try:
            scene = Scene(needs, self.entities, self.units, hazards, self.at)
        except CannotTellError:
            return
        key = None
        if column is not None and not scene.observations and not scene.moments:
            key = next((one for one in scene.facts if one.fact == column.fact), None)
        yield Candidate(scene, ask.subject, ask.aspect, why, aims, ask.scale or ask.unit.scale, key)


def _ruled(unit: Unit, entities: Entities) -> Plan | Standard:
    editions: tuple[Plan | Standard, ...] = (
        entities.standards.get(unit.document) or entities.plans.get(unit.document) or ()
    )
    return next(one for one in editions if one.edition.number == unit.edition)


def _in_force(unit: Unit, rank: int) -> Needs:
    domain = NumberDomain(NumberSet((Interval(0, len(unit.scale.levels)),)), integer=True, na=False)
    return {LevelCell(unit.id, "active", domain): number(rank)}


def _document(unit: Unit, entities: Entities) -> str:
    """A document as tests name it: a plan of the home area by its id alone."""
    ruled = _ruled(unit, entities)
    if isinstance(ruled, Plan) and ruled.jurisdiction == entities.home:
        return ruled.id
    return unit.document


def _decision(unit: Unit, entities: Entities) -> str:
    place = "" if unit.area == entities.home else f"@{unit.area}"
    return f"{unit.scale.id}.{track_name(_document(unit, entities), unit.track)}{place}"


def _values(test: Test, marks: Collection[Mark], ladder: Ladder) -> Iterator[tuple[Mark, ValueSet]]:
    """The values of a test's cell by which its missing marks are made, those at bounds first."""
    for end in ends_of(test, ladder):
        sides: tuple[tuple[Side, Number], ...] = (("at", end.at), ("beside", end.beside))
        for side, value in sides:
            mark = Mark(side, end.number)
            if mark in marks and not isinstance(value, float):
                yield mark, number(value)
    if Mark("true") in marks:
        yield Mark("true"), test.accepts
    if Mark("false") in marks:
        rest = complement(test)
        if rest:
            yield Mark("false"), rest
