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
from planengine.expectations.duties import DutyItem, duty_items
from planengine.rules.conditions import AttributeCell, Condition, LastingCell
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import Number
from planengine.witnesses.steps import ends_of

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
