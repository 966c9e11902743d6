"""Which rules, table cells, leaves, links and duties decided what some test asserts.

What counts is a *mark*: that something decided while it held, that it decided while it surely did
not, and of a number each end of its bound, hit exactly and just missed. A mark is only made where
a confirmed test asserts what was decided, and where turning that one thing round would have
turned the asserted answer. So a test that passes whatever a rule says covers nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import NO_RULE, RuleId
from planengine.domain.written import Written
from planengine.expectations.duties import duty_items
from planengine.expectations.ladders import Ladder, ladder_of, milder
from planengine.rules.conditions import (
    NEVER,
    All,
    AttributeCell,
    Condition,
    HazardCell,
    LastingCell,
    Test,
)
from planengine.rules.normal import complemented
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of
from planengine.scenarios.implied import brings_its_level
from planengine.scenarios.taken_over import taken_over
from planengine.values.sets import ChoiceSet, Number
from planengine.witnesses.steps import End, ends_of

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


def coverage(
    entities: Entities,
    made: Mapping[RuleId, AbstractSet[Mark]],
    rules: Iterable[RuleSet],
    files: AbstractSet[str],
) -> Coverage:
    """What was covered, by the marks that were made, of all that some of the rule sets ask.

    Of what stands in `files` only.
    """
    wanted: dict[RuleId, dict[Mark, None]] = {}
    for one in rules:
        for name, mark in _marks(one, entities):
            wanted.setdefault(name, {})[mark] = None
    items: list[Covered] = []
    for written in entities.written.values():
        marks = tuple(wanted.get(written.id, ()))
        inside = written.span is not None and written.span.file in files
        if marks and inside:
            own = frozenset(made.get(written.id, ()))
            items.append(Covered(written, marks, own))
    return Coverage(tuple(items))


def _marks(rules: RuleSet, entities: Entities) -> Iterator[tuple[RuleId, Mark]]:
    """Every mark that a rule set can have."""
    ladder = ladder_of(rules, entities)
    for unit in rules.units:
        if unit.over:
            continue
        if unit.purpose != "warning":
            yield from _of_duties(rules, unit, ladder(unit.id), entities)
        yield from _of_levels(unit, entities.written, ladder)
        for condition in (unit.lower, unit.end):
            if condition is not None:
                yield from _of_condition(condition, entities.written, ladder)
    for condition in rules.conditions.values():
        yield from _of_condition(condition, entities.written, ladder)
    for cascade in rules.cascades:
        yield from _of_condition(cascade.condition, entities.written, ladder)


def _of_duties(
    rules: RuleSet, unit: Unit, ranks: Sequence[int], entities: Entities
) -> Iterator[tuple[RuleId, Mark]]:
    """The marks of what a document asks: owed and not, at its mildest level and at the next.

    Where what it hangs on brings the level with it, no milder one ever keeps it from being owed.
    """
    every = duty_items(_ruled(unit, entities), ranks)
    items = [item for item in every if item.track in {None, unit.track}]
    for item in items:
        yield item.rule_id, Mark("true")
        if not item.always:
            yield item.rule_id, Mark("false")
        if item.ranks:
            below = milder(ranks, item.ranks[0])
            alike = (one for one in items if (one.kind, one.id) == (item.kind, item.id))
            yield item.rule_id, Mark("at", 1)
            at_milder = any(below in one.ranks for one in alike)
            if not at_milder and not brings_its_level(rules, unit, item):
                yield item.rule_id, Mark("beside", 1)


def _of_levels(
    unit: Unit, written: Mapping[RuleId, Written], ladder: Ladder
) -> Iterator[tuple[RuleId, Mark]]:
    """The marks of a decision's rules, but for those that other rules take from them.

    Bands join upwards: from 3 to under 10 is at least that level from 3 on, so that nothing hangs
    on the 10. And under 3, the rest of all there is, is never missed. A rule that the registry
    excludes, no test can show, nor one that says of a part what `otherwise` says of all.
    """
    rungs = [_standing(condition, ladder) for condition in unit.at_least]
    needs = [(rule.rank, _needs(rule.condition)) for rule in unit.rules]
    for rule, (rank, own) in zip(unit.rules, needs, strict=True):
        is_part = any(other >= rank and needed < own for other, needed in needs)
        if rule.condition == NEVER or is_part:
            continue
        standing = rungs[rule.rank - 1]
        misses = any(
            (origin.id, None) in standing
            for test in tests_of(rule.condition)
            for origin in test.origins
        )
        if rule.rule_id != NO_RULE:
            yield rule.rule_id, Mark("true")
            if misses:
                yield rule.rule_id, Mark("false")
        reached = unit.at_least[rule.rank - 1]
        for name, mark, end in _of_tests(rule.condition, written, ladder):
            of_end = None if end is None else (end[1].at, end[1].lower)
            if mark.side != "true" and (name, of_end) not in standing:
                continue
            if end is None or not taken_over(reached, rule.condition, *end):
                yield name, mark


_EndKey: TypeAlias = tuple[Number, bool] | None
"""An end of a bound: its value, and whether it is a lower one; None: of no bound."""


def _standing(condition: Condition, ladder: Ladder) -> frozenset[tuple[RuleId, _EndKey]]:
    """Whose leaves a condition still has, and (beside None) the ends of their bounds.

    What any value of a cell meets tells nothing apart.
    """
    found: set[tuple[RuleId, _EndKey]] = set()
    for test in tests_of(condition):
        if not _has_other_values(test):
            continue
        for origin in test.origins:
            found.add((origin.id, None))
            found.update((origin.id, (end.at, end.lower)) for end in ends_of(test, ladder))
        if isinstance(test.cell, LastingCell):
            found |= _standing(test.cell.body, ladder)
    return frozenset(found)


def _needs(condition: Condition) -> frozenset[Condition]:
    """What must hold for a condition: one that needs less holds wherever one that needs more."""
    return frozenset(condition.of if isinstance(condition, All) else (condition,))


def _has_other_values(test: Test) -> bool:
    """Whether a test's cell has a value, n/a aside, that the test does not accept."""
    others = complemented(test.cell, test.accepts)
    return bool(others.members if isinstance(others, ChoiceSet) else others.intervals)


def _of_condition(
    condition: Condition, written: Mapping[RuleId, Written], ladder: Ladder
) -> Iterator[tuple[RuleId, Mark]]:
    yield from ((name, mark) for name, mark, _ in _of_tests(condition, written, ladder))


def _of_tests(
    condition: Condition, written: Mapping[RuleId, Written], ladder: Ladder
) -> Iterator[tuple[RuleId, Mark, tuple[Test, End] | None]]:
    """The marks of a condition's leaves, those of a bound with its end.

    What the registry should say and does not, no test can say for it; and which hazards an
    incident has is answered before its rules are read.
    """
    for test in tests_of(condition):
        if isinstance(test.cell, AttributeCell | HazardCell):
            continue
        for origin in test.origins:
            one = written.get(origin.id)
            if one is None or one.kind == "document":
                continue
            yield origin.id, Mark("true"), None
            yield origin.id, Mark("false"), None
            for end in ends_of(test, ladder):
                yield origin.id, Mark("at", end.number), (test, end)
                yield origin.id, Mark("beside", end.number), (test, end)
        if isinstance(test.cell, LastingCell):
            yield from _of_tests(test.cell.body, written, ladder)


def _ruled(unit: Unit, entities: Entities) -> Plan | Standard:
    editions: tuple[Plan | Standard, ...] = (
        entities.standards.get(unit.document) or entities.plans.get(unit.document) or ()
    )
    return next(one for one in editions if one.edition.number == unit.edition)
