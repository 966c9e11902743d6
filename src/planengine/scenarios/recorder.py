"""Notes what decided: called with every assessment that a test looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planengine.assessment.assessment import Assessment
from planengine.assessment.proposals import MILDEST
from planengine.assessment.situation import Situation
from planengine.domain.entities import Entities
from planengine.domain.hazards import with_above
from planengine.domain.ids import NO_RULE, RuleId, UnitKey
from planengine.rules.conditions import Condition, LastingCell, LevelCell, Test
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import of_test, shadows
from planengine.scenarios.came import decisions_meant
from planengine.scenarios.coverage import Mark
from planengine.scenarios.decisive import weigh
from planengine.scenarios.duties import DutyItem, duty_items
from planengine.scenarios.steps import ends_of
from planengine.scenarios.suites import NOT_JUDGED, Case, DecisionRef, DutyRef, Expectation, Moment
from planengine.values.sets import NumberSet


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
        if reached != bool(holding) or len(holding) > 1:
            return  # several rules give it, or they give it only together: none alone decides
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
        if in_force > MILDEST and proposal != "end":
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
            for item in duty_items(situation.outline.document(unit)):
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
        if item.ranks and all(holding) and level == item.ranks[0] - (not owed):
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
            value = situation.value_of(test.cell)
            certain, possible = of_test(value, test.accepts)
            if certain == possible:  # else nobody knows it, and it shows nothing
                self._leaf(test, Mark("true" if certain else "false"))
                if isinstance(value, NumberSet):
                    for end in ends_of(test):
                        side = end.side(value, certain)
                        if side is not None:
                            self._leaf(test, Mark(side, end.number))
            cell = test.cell
            if isinstance(cell, LastingCell):
                body = weigh(cell.body, _certain(situation))
                if body.holds == certain:  # else the length of time decided
                    self._leaves(situation, body.deciding, seen)
            elif isinstance(cell, LevelCell) and cell.read != "active":
                self._behind(situation, cell, test, seen)

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


def _certain(situation: Situation) -> Callable[[Test], bool]:
    value_of = situation.value_of
    return lambda test: of_test(value_of(test.cell), test.accepts)[0]
