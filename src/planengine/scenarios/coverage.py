"""Which rules, table cells, leaves, links and duties decided what some test asserts.

What counts is a *mark*: that something decided while it held, that it decided while it surely did
not, and of a number each end of its bound, hit exactly and just missed. A mark is only made where
a confirmed test asserts what was decided, and where turning that one thing round would have
turned the asserted answer. So a test that passes whatever a rule says covers nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.proposals import MILDEST
from planengine.assessment.situation import Situation
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.hazards import with_above
from planengine.domain.ids import NO_RULE, RuleId, UnitKey
from planengine.domain.written import Written
from planengine.rules.conditions import AttributeCell, Condition, LastingCell, LevelCell, Test
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.shadows import of_test, shadows
from planengine.rules.walk import tests_of
from planengine.scenarios.came import decisions_meant
from planengine.scenarios.decisive import weigh
from planengine.scenarios.duties import DutyItem, duty_items
from planengine.scenarios.steps import ends_of
from planengine.scenarios.suites import NOT_JUDGED, Case, DecisionRef, DutyRef, Expectation, Moment
from planengine.values.sets import Number, NumberSet

Side: TypeAlias = Literal["true", "false", "at", "beside"]


class Mark(Struct, frozen=True):
    """One thing to be shown of something written; `number` is which end of its bound is meant."""

    side: Side
    number: int = 0


class Covered(Struct, frozen=True):
    """Something written, the marks that it can have, and those that it has."""

    written: Written
    marks: tuple[Mark, ...]
    made: frozenset[Mark]

    @property
    def missing(self) -> tuple[Mark, ...]:
        """The marks that no test has made."""
        return tuple(mark for mark in self.marks if mark not in self.made)


class Coverage(Struct, frozen=True):
    """What tests cover of a library, in the order of its documents."""

    items: tuple[Covered, ...]

    @property
    def marks(self) -> int:
        """How many marks there are."""
        return sum(len(one.marks) for one in self.items)

    @property
    def made(self) -> int:
        """How many of them were made."""
        return sum(len(one.marks) - len(one.missing) for one in self.items)

    @property
    def percent(self) -> float:
        """The share that was made; 100 where there is nothing to cover."""
        return 100.0 * self.made / self.marks if self.marks else 100.0


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
            elif isinstance(one.about, DutyRef) and one.aspect == "state":
                self._duty(situation, one.about, str(one.wanted[0]), seen)

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
        state: str,
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
                    self._item(situation, unit, about.document, item, state == "owed", seen)

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
            if (condition := situation.condition(document, item.name, item.order, part, unit.area))
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


def times_of_editions(entities: Entities) -> tuple[int, ...]:
    """Times at which, together, every edition of a standard or plan is in force."""
    every: list[Plan | Standard] = [
        *(one for editions in entities.standards.values() for one in editions),
        *(one for editions in entities.plans.values() for one in editions),
    ]
    periods = [one.edition.period for one in every]
    newest = max((period.since or 0 for period in periods), default=0)
    times = [newest]
    for period in periods:
        if not any(period.contains(at) for at in times):
            begins = period.since
            times.append((period.until or newest) - 1 if begins is None else begins)
    return tuple(times)


def coverage(recorder: Recorder, rules: Iterable[RuleSet], files: frozenset[str]) -> Coverage:
    """What was covered of all that some of the rule sets ask; of what stands in `files` only."""
    wanted: dict[RuleId, dict[Mark, None]] = {}
    for one in rules:
        for name, mark in _marks(one, recorder.entities):
            wanted.setdefault(name, {})[mark] = None
    items: list[Covered] = []
    for written in recorder.entities.written.values():
        marks = tuple(wanted.get(written.id, ()))
        inside = written.span is not None and written.span.file in files
        if marks and inside:
            made = frozenset(recorder.made.get(written.id, ()))
            items.append(Covered(written, marks, made))
    return Coverage(tuple(items))


def _marks(rules: RuleSet, entities: Entities) -> Iterator[tuple[RuleId, Mark]]:
    """Every mark that a rule set can have."""
    documents: dict[str, Unit] = {}
    for unit in rules.units:
        if unit.over:
            continue
        documents.setdefault(unit.document, unit)
        yield from _of_levels(unit, entities.written)
        for condition in (unit.lower, unit.end):
            if condition is not None:
                yield from _of_condition(condition, entities.written)
    for condition in rules.conditions.values():
        yield from _of_condition(condition, entities.written)
    for cascade in rules.cascades:
        yield from _of_condition(cascade.condition, entities.written)
    for unit in documents.values():
        yield from _of_duties([*duty_items(_ruled(unit, entities))])


def _of_duties(items: Sequence[DutyItem]) -> Iterator[tuple[RuleId, Mark]]:
    """The marks of what a document asks: owed and not, at its mildest level and at the next."""
    for item in items:
        yield item.rule_id, Mark("true")
        if not item.always:
            yield item.rule_id, Mark("false")
        if item.ranks:
            milder = item.ranks[0] - 1
            alike = (one for one in items if (one.kind, one.id) == (item.kind, item.id))
            yield item.rule_id, Mark("at", 1)
            if not any(milder in one.ranks for one in alike):
                yield item.rule_id, Mark("beside", 1)


def _of_levels(unit: Unit, written: Mapping[RuleId, Written]) -> Iterator[tuple[RuleId, Mark]]:
    """The marks of a decision's rules, but for those that bands of worse levels take from them.

    Bands join upwards: from 3 to under 10 is at least that level from 3 on, so that nothing hangs
    on the 10. And under 3, the rest of all there is, is never missed.
    """
    ladder = [_standing(condition) for condition in unit.at_least]
    for rule in unit.rules:
        standing = ladder[rule.rank - 1]
        misses = any(
            (origin.id, None) in standing
            for test in tests_of(rule.condition)
            for origin in test.origins
        )
        if rule.rule_id != NO_RULE:
            yield rule.rule_id, Mark("true")
            if misses:
                yield rule.rule_id, Mark("false")
        for name, mark, end in _of_tests(rule.condition, written):
            if mark.side == "true" or (name, end) in standing:
                yield name, mark


_EndKey: TypeAlias = tuple[Number, bool] | None
"""An end of a bound: its value, and whether it is a lower one; None: of no bound."""


def _standing(condition: Condition) -> frozenset[tuple[RuleId, _EndKey]]:
    """Whose leaves a condition still has, and (beside None) the ends of their bounds."""
    found: set[tuple[RuleId, _EndKey]] = set()
    for test in tests_of(condition):
        for origin in test.origins:
            found.add((origin.id, None))
            found.update((origin.id, (end.at, end.lower)) for end in ends_of(test))
        if isinstance(test.cell, LastingCell):
            found |= _standing(test.cell.body)
    return frozenset(found)


def _of_condition(
    condition: Condition, written: Mapping[RuleId, Written]
) -> Iterator[tuple[RuleId, Mark]]:
    yield from ((name, mark) for name, mark, _ in _of_tests(condition, written))


def _of_tests(
    condition: Condition, written: Mapping[RuleId, Written]
) -> Iterator[tuple[RuleId, Mark, _EndKey]]:
    """The marks of a condition's leaves, those of a bound with its end.

    What the registry should say and does not, no test can say for it.
    """
    for test in tests_of(condition):
        if isinstance(test.cell, AttributeCell):
            continue
        for origin in test.origins:
            one = written.get(origin.id)
            if one is None or one.kind == "document":
                continue
            yield origin.id, Mark("true"), None
            yield origin.id, Mark("false"), None
            for end in ends_of(test):
                yield origin.id, Mark("at", end.number), (end.at, end.lower)
                yield origin.id, Mark("beside", end.number), (end.at, end.lower)
        if isinstance(test.cell, LastingCell):
            yield from _of_tests(test.cell.body, written)


def _ruled(unit: Unit, entities: Entities) -> Plan | Standard:
    editions: tuple[Plan | Standard, ...] = (
        entities.standards.get(unit.document) or entities.plans.get(unit.document) or ()
    )
    return next(one for one in editions if one.edition.number == unit.edition)
