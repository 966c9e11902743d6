"""Notes what decided: called with every assessment that a test looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.coverage import coverage_of, hazards_of
from planengine.assessment.proposals import mildest
from planengine.assessment.situation import Situation
from planengine.domain.entities import Entities
from planengine.domain.hazards import with_above
from planengine.domain.ids import NO_RULE, RuleId, UnitKey
from planengine.evidence.evidence import Evidence
from planengine.expectations.came import decisions_meant
from planengine.expectations.duties import DutyItem, duty_items
from planengine.expectations.ladders import Ladder, ladder_of, milder
from planengine.expectations.refs import NOT_JUDGED, DecisionRef, DutyRef, Expectation, ListRef
from planengine.rules.conditions import Condition, LastingCell, LevelCell, Test
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_test, shadows
from planengine.rules.walk import cells_of
from planengine.scenarios.coverage import Mark
from planengine.scenarios.decisive import weigh
from planengine.scenarios.suites import Case, Moment
from planengine.values.sets import NumberSet, ValueSet
from planengine.witnesses.steps import ends_of

_FINDINGS = ListRef("findings")


class Recorder:
    """Notes what decided; called with every assessment that a test looks at."""

    def __init__(self, entities: Entities) -> None:
        self.entities = entities
        self.made: dict[RuleId, set[Mark]] = {}

    def __call__(self, _case: Case, moment: Moment, assessment: Assessment) -> None:
        """Note what decided the expectations of one moment."""
        situation = assessment.situation
        seen: set[tuple[UnitKey, int, bool]] = set()
        for one in moment.expectations:
            if isinstance(one.about, DecisionRef) and one.aspect in {"level", "proposal"}:
                found = decisions_meant(assessment, one.about)
                if not found and one.wanted == (NOT_JUDGED,):
                    self._not_joined(situation, one.about.document)
                if len(found) == 1:
                    unit = situation.outline.unit(found[0].key)
                    if one.aspect == "level":
                        self._levels(situation, unit, one, seen)
                    else:
                        self._easing(situation, unit, str(one.wanted[0]))
            elif isinstance(one.about, DutyRef) and one.wanted[0] in {"owed", "not-owed"}:
                self._duty(situation, one.about, one.wanted[0] == "owed", seen)
            elif one.about == _FINDINGS and one.wanted == ("not-covered",):
                self._not_covered(situation, found=one.aspect == "has")

    # Levels

    def _levels(
        self,
        situation: Situation,
        unit: Unit,
        one: Expectation,
        seen: set[tuple[UnitKey, int, bool]],
    ) -> None:
        """Each rank that an expectation tells the decision to reach, or not to reach."""
        ranks = [rank for rank in one.wanted if isinstance(rank, int) and rank != NOT_JUDGED]
        if not ranks:
            return
        for rank in range(1, len(unit.scale.levels) + 1):
            if rank <= min(ranks) or rank > max(ranks):
                self._rank(situation, unit, rank, seen, reached=rank <= min(ranks))

    def _rank(
        self,
        situation: Situation,
        unit: Unit,
        rank: int,
        seen: set[tuple[UnitKey, int, bool]],
        *,
        reached: bool,
    ) -> None:
        """What decided that a unit is, or is not, at a rank or worse."""
        key = (unit.id, rank, reached)
        if key in seen:
            return
        seen.add(key)
        rules = [rule for rule in unit.rules if rule.rank >= rank]
        weighed = [weigh(rule.condition, _certain(situation)) for rule in rules]
        holding = [n for n, one in enumerate(weighed) if one.holds]
        if reached != bool(holding):
            return  # they give it only together: none alone decides
        if len(holding) > 1:  # none of them decides, but what each of them needs does
            self._leaves(situation, _shared([weighed[n].deciding for n in holding]), seen)
            return
        for number, rule in enumerate(rules):
            # of what is not reached, the rules of that very rank: a worse one has a turn of its own
            if number in holding or (not holding and rule.rank == rank):
                if not holding and shadows(rule.condition, situation.value_of)[1]:
                    self._leaves(situation, weighed[number].deciding, seen)
                    continue  # nobody knows: that shows nothing of the rule as a whole
                self._mark(rule.rule_id, Mark("true" if holding else "false"))
                self._leaves(situation, weighed[number].deciding, seen)

    def _easing(self, situation: Situation, unit: Unit, proposal: str) -> None:
        """What decided that a response in force is to be lowered or ended, or is not."""
        in_force = situation.in_force(unit)
        asked = [unit.end] if in_force else []
        if in_force > mildest(situation.outline, unit) and proposal != "end":
            asked.append(unit.lower)
        for condition in asked:
            if condition is not None:
                self._condition(situation, condition, set())

    def _not_joined(self, situation: Situation, document: str) -> None:
        """What decided that no hazard joins which would bring a document in."""
        hazards = situation.entities.hazards
        of_document = situation.rules.documents.get(document, frozenset())
        for cascade in situation.rules.cascades:
            if of_document.intersection(with_above(cascade.hazard, hazards)):
                self._condition(situation, cascade.condition, set())

    def _not_covered(self, situation: Situation, *, found: bool) -> None:
        """What decided that a hazard joins which no document is for, or that none does."""

        def is_covered(hazard: str) -> bool:
            return coverage_of(situation, hazard).covered

        cascades = [one for one in situation.rules.cascades if not is_covered(one.hazard)]
        if found:
            there = [hazard for hazard in hazards_of(situation) if not is_covered(hazard)]
            holds = _certain(situation)
            cascades = [
                one
                for one in cascades
                if [one.hazard] == there and weigh(one.condition, holds).holds
            ]
            if len(cascades) != 1:
                return  # of several none alone decides
        for one in cascades:
            self._condition(situation, one.condition, set())

    # Duties

    def _duty(
        self,
        situation: Situation,
        about: DutyRef,
        owed: bool,
        seen: set[tuple[UnitKey, int, bool]],
    ) -> None:
        for unit in situation.rules.units:
            if unit.document != about.document or unit.purpose == "warning":
                continue
            if about.place not in {None, unit.area}:
                continue
            for item in duty_items(
                situation.outline.document(unit), self._ladder(situation)(unit.id)
            ):
                same = (item.kind, item.id) == (about.kind, about.item)
                if same and item.track in {None, unit.track}:
                    self._item(situation, unit, about.document, item, owed, seen)

    def _item(
        self,
        situation: Situation,
        unit: Unit,
        document: str,
        item: DutyItem,
        owed: bool,
        seen: set[tuple[UnitKey, int, bool]],
    ) -> None:
        """What decided that an entry is owed, or is not: its level, its `on`, its `when`."""
        level = max(situation.outcome(unit.id)[0], situation.in_force(unit))
        at_level = not item.ranks or level in item.ranks
        conditions = [
            condition
            for part in ("on", "when")
            if (
                condition := situation.outline.condition(
                    document, item.name, item.order, part, unit.area
                )
            )
            is not None
        ]
        holding = [weigh(one, _certain(situation)).holds for one in conditions]
        if owed and not (at_level and all(holding)):
            return
        self._mark(item.rule_id, Mark("true" if owed else "false"))
        if item.ranks and all(holding) and level == self._nearest(situation, unit, item, owed=owed):
            self._mark(item.rule_id, Mark("at" if owed else "beside", 1))
        failing = [at_level, *holding].count(False)
        for condition, holds in zip(conditions, holding, strict=True):
            if holds == owed and (owed or failing == 1):
                self._condition(situation, condition, seen)
        if item.ranks and at_level == owed and (owed or failing == 1):
            rank = min(item.ranks)
            reached = situation.outcome(unit.id)[0] >= rank
            if reached == owed:
                self._rank(situation, unit, rank, seen, reached=reached)

    def _ladder(self, situation: Situation) -> Ladder:
        return ladder_of(situation.rules, self.entities)

    def _nearest(self, situation: Situation, unit: Unit, item: DutyItem, *, owed: bool) -> int:
        """The mildest level at which an entry is owed, or the next milder one."""
        ranks = self._ladder(situation)(unit.id)
        return item.ranks[0] if owed else milder(ranks, item.ranks[0])

    # Leaves

    def _condition(
        self, situation: Situation, condition: Condition, seen: set[tuple[UnitKey, int, bool]]
    ) -> None:
        self._leaves(situation, weigh(condition, _certain(situation)).deciding, seen)

    def _leaves(
        self,
        situation: Situation,
        deciding: Iterable[Test],
        seen: set[tuple[UnitKey, int, bool]],
    ) -> None:
        for test in deciding:
            certain, possible = self._told(situation, test, situation.value_of(test.cell))
            cell = test.cell
            if isinstance(cell, LastingCell):
                body = weigh(cell.body, _certain(situation))
                if body.holds == certain:
                    self._leaves(situation, body.deciding, seen)
                elif not possible:
                    for failed, value in _failed_within(situation.evidence, cell):
                        self._told(situation, failed, value)
            elif isinstance(cell, LevelCell) and cell.read != "active":
                self._behind(situation, cell, test, seen)

    def _told(self, situation: Situation, test: Test, value: ValueSet) -> tuple[bool, bool]:
        """Note what a value shows of a test, and say whether it is certain and possible."""
        certain, possible = of_test(value, test.accepts)
        if certain == possible:  # else nobody knows it, and it shows nothing
            self._leaf(test, Mark("true" if certain else "false"))
            if isinstance(value, NumberSet):
                for end in ends_of(test, self._ladder(situation)):
                    side = end.side(value, certain)
                    if side is not None:
                        self._leaf(test, Mark(side, end.number))
        return certain, possible

    def _behind(
        self,
        situation: Situation,
        cell: LevelCell,
        test: Test,
        seen: set[tuple[UnitKey, int, bool]],
    ) -> None:
        """What decided the level of another decision that this one reads."""
        place = situation.index.get(cell.unit)
        accepts = test.accepts
        if place is None or (place in situation.issued and cell.read == "computed"):
            return
        if not isinstance(accepts, NumberSet) or not accepts.intervals:
            return
        unit = situation.rules.units[place]
        level = situation.outcome(cell.unit)[0]
        for rank in (accepts.low, accepts.high + 1):
            if isinstance(rank, int) and 0 < rank <= len(unit.scale.levels):
                self._rank(situation, unit, rank, seen, reached=level >= rank)

    def _leaf(self, test: Test, mark: Mark) -> None:
        for origin in test.origins:
            self._mark(origin.id, mark)

    def _mark(self, name: RuleId, mark: Mark) -> None:
        if name != NO_RULE:
            self.made.setdefault(name, set()).add(mark)


def _shared(deciding: Sequence[tuple[Test, ...]]) -> Iterator[Test]:
    """The tests that decide each of several conditions, as standing for what is written in all."""
    written = [{origin.id for test in tests for origin in test.origins} for tests in deciding]
    for test in deciding[0]:
        origins = tuple(one for one in test.origins if all(one.id in ids for ids in written))
        if origins:
            yield replace(test, origins=origins)


def _failed_within(evidence: Evidence, cell: LastingCell) -> Iterator[tuple[Test, ValueSet]]:
    """What decided, with its value then, that a body that holds now failed in its stretch of time.

    At the last such moment. Where gaps are bridged no single moment decides.
    """
    if cell.gaps_under:
        return
    first = evidence.at - cell.duration
    moments = evidence.moments_of_change(cells_of(cell.body))
    for moment in sorted({first, *(one for one in moments if one > first)}, reverse=True):
        then = evidence.at_time(moment)
        body = weigh(cell.body, _certain(then))
        if not body.holds:
            yield from ((test, then.value_of(test.cell)) for test in body.deciding)
            return


def _certain(known: Situation | Evidence) -> Callable[[Test], bool]:
    value_of = known.value_of
    return lambda test: of_test(value_of(test.cell), test.accepts)[0]
