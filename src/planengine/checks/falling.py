"""Levels that are lost as a fact gets worse: what `monotone` forbids, looked for in every plan.

Of each level the joined condition is read at each stretch of a fact that its tests tell apart, from
the mildest to the worst. A way to the level at one of them must still be one at the next, with
whatever else that way asks: a band that ends is fine where a worse level takes over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, pairwise, product

from planengine.checks.thresholds import is_end_of
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.acts import terms_in
from planengine.domain.documents import Plan
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.rules.conditions import (
    ALWAYS,
    NEVER,
    All,
    Any,
    AtLeast,
    AttributeCell,
    Case,
    Cell,
    Condition,
    Constant,
    FactCell,
    ForecastCell,
    LastingCell,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.normal import any_of, normalise
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import (
    FALSE,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    NumberDomain,
    NumberSet,
    ValueSet,
)

_OTHER = Text("the same fact is asked here, too", "同一指标的另一处条件")
_MOST = 64  # ways to a level that are looked at; of more the first


def levels_that_fall(rules: RuleSet, entities: Entities) -> Iterator[Diagnostic]:
    """`level-falls`: a plan gives a level, and a milder one or none when the fact gets worse."""
    told: set[Span] = set()
    for unit in rules.units:
        plan = _plan(unit, entities)
        if plan is None:
            continue
        gates = frozenset(terms_in((plan.exclusions, plan.applies_when), Origin))
        for rank in range(len(unit.at_least), 0, -1):
            if not _may_fall(unit.at_least[rank - 1], entities):
                continue
            for test, beyond in _lost(_at_least(unit, rank), entities):
                places = (_place(one, unit) for one in test.origins if one not in gates)
                spans = tuple(dict.fromkeys(span for span in places if span is not None))
                level = unit.scale.by_rank(rank)
                if level is None or not spans or spans[0] in told:
                    continue
                told.add(spans[0])
                yield finding(
                    "level-falls",
                    spans[0],
                    related=[(_OTHER, span) for span in spans[1:]],
                    text=" / ".join(dict.fromkeys(one.text for one in test.origins)),
                    level=level.id,
                    name=_name(test.cell),
                    beyond=_shown(beyond, test.cell, entities),
                )


def _plan(unit: Unit, entities: Entities) -> Plan | None:
    """The plan that decides, unless it promises to be monotone itself."""
    editions: Sequence[Plan] = () if unit.over else entities.plans.get(unit.document, ())
    mine = (plan for plan in editions if plan.edition.number == unit.edition)
    return next((plan for plan in mine if not plan.monotone and not plan.external), None)


def _may_fall(condition: Condition, entities: Entities) -> bool:
    """Whether some test does not hold for everything worse, whatever may take over."""
    for test in tests_of(condition):
        way = _way(test.cell, entities)
        if way is not None and _points(test) != way:
            return True
        if isinstance(test.cell, LastingCell) and _may_fall(test.cell.body, entities):
            return True
    return False


def _at_least(unit: Unit, rank: int) -> Condition:
    """The condition of a level or worse, but for raising, which asks all of it once more."""
    rules = (rule for rule in unit.rules if rule.rank >= rank and rule.kind != "raise")
    return any_of(rule.condition for rule in rules)


def _place(origin: Origin, unit: Unit) -> Span | None:
    """Where a test is written: in a table at its level, for the key may be lines above."""
    cells = (rule.span for rule in unit.rules if is_end_of(rule.span, origin.span))
    return next(cells, origin.span)


def _lost(condition: Condition, entities: Entities) -> Iterator[tuple[Test, ValueSet]]:
    """Each test that something worse fails, with nothing in its place, and what that is."""
    tests: dict[Cell, list[Test]] = {}
    for test in tests_of(condition):
        tests.setdefault(test.cell, []).append(test)
        if isinstance(test.cell, LastingCell) and test.accepts == TRUE:
            yield from _lost_while_lasting(condition, test, test.cell.body, entities)
    for cell, asked in tests.items():
        way = _way(cell, entities)
        if way is None or all(_points(test) == way for test in asked):
            continue
        rungs = _rungs(cell, asked)
        for milder, worse in pairwise(rungs if way == "up" else rungs[::-1]):
            falls = (one for one in asked if _within(milder, one) and not _within(worse, one))
            first = next(falls, None)
            if first is not None and _is_lost(condition, [Test(cell, milder)], [Test(cell, worse)]):
                yield first, worse
                break


def _lost_while_lasting(
    condition: Condition, lasting: Test, body: Condition, entities: Entities
) -> Iterator[tuple[Test, ValueSet]]:
    """The same of what must last: where it gets worse that is over, whatever then begins."""
    for test, worse in _lost(body, entities):
        over = [Test(lasting.cell, FALSE), Test(test.cell, worse)]
        if _is_lost(condition, [lasting], over):
            yield test, worse


def _way(cell: Cell, entities: Entities) -> str | None:
    """Which way is worse; None for what has no worse."""
    match cell:
        case FactCell() | ForecastCell(accepts=None) | AttributeCell(fact=str()):
            fact = entities.facts.get(cell.fact or "")
            ordered = not isinstance(cell.domain, ChoiceDomain) or cell.domain.ordered
            known = fact is not None and fact.direction != "none" and ordered
            return fact.direction if known and fact is not None else None
        case LevelCell():
            return "up"
        case _:
            return None


def _points(test: Test) -> str | None:
    domain, accepts = test.cell.domain, test.accepts
    if isinstance(domain, NumberDomain) and isinstance(accepts, NumberSet):
        return domain.direction(accepts)
    if isinstance(domain, ChoiceDomain) and isinstance(accepts, ChoiceSet):
        return domain.direction(accepts)
    return None


def _rungs(cell: Cell, tests: Sequence[Test]) -> list[ValueSet]:
    """What the tests of a cell tell apart of its values, from low to high."""
    domain = cell.domain
    if isinstance(domain, ChoiceDomain):
        return [ChoiceSet(frozenset({value})) for value in domain.values]
    pieces = [domain.restrict(domain.whole)]
    for test in tests:
        assert isinstance(test.accepts, NumberSet)
        sides = (test.accepts, domain.complement(test.accepts))
        pieces = [part for piece in pieces for side in sides if (part := piece & side).intervals]
    alone = (one for piece in pieces for one in piece.intervals)
    return [NumberSet((one,)) for one in sorted(alone, key=lambda one: (one.low, one.high))]


def _within(values: ValueSet, test: Test) -> bool:
    if isinstance(values, NumberSet) and isinstance(test.accepts, NumberSet):
        return values.issubset(test.accepts)
    assert isinstance(values, ChoiceSet)
    assert isinstance(test.accepts, ChoiceSet)
    return values.members <= test.accepts.members


def _is_lost(condition: Condition, mildly: Sequence[Test], badly: Sequence[Test]) -> bool:
    """Whether some way to a level where it is milder is none where it is worse."""
    before = normalise(_given(condition, mildly))
    after = normalise(_given(condition, badly))
    if before in (NEVER, after) or after == ALWAYS:
        return False
    still = _parts(after)  # what is a way all the same need not be looked at
    left = (part for part in _parts(before) if part not in still)
    ways = islice((way for part in left for way in _ways(part)), _MOST)
    return any(normalise(_given(after, way)) != ALWAYS for way in ways)


def _parts(condition: Condition) -> tuple[Condition, ...]:
    return condition.of if isinstance(condition, Any) else (condition,)


def _ways(condition: Condition) -> Iterator[tuple[Condition, ...]]:
    """What is enough for a condition, part by part."""
    match condition:
        case Any():
            for part in condition.of:
                yield from _ways(part)
        case All():
            for chosen in product(*(tuple(islice(_ways(one), _MOST)) for one in condition.of)):
                yield tuple(part for way in chosen for part in way)
        case AtLeast():
            for some in combinations(condition.of, condition.count):
                yield from _ways(All(some))
        case Constant():
            yield ()
        case _:
            yield (condition,)


def _given(condition: Condition, known: Sequence[Condition]) -> Condition:
    """A condition (not normalised) where others hold."""
    if condition in known:
        return ALWAYS
    match condition:
        case Test():
            return _tested(condition, known)
        case All():
            return All(tuple(_given(part, known) for part in condition.of))
        case Any():
            return Any(tuple(_given(part, known) for part in condition.of))
        case AtLeast():
            return AtLeast(condition.count, tuple(_given(part, known) for part in condition.of))
        case Case():
            branches = (
                (_given(guard, known), _given(body, known)) for guard, body in condition.branches
            )
            return Case(tuple(branches), _given(condition.otherwise, known))
        case Not():
            return Not(_given(condition.of, known))
        case Constant():
            return condition


def _tested(test: Test, known: Sequence[Condition]) -> Condition:
    for one in known:
        if isinstance(one, Test) and one.cell == test.cell:
            if _within(one.accepts, test):
                return ALWAYS
            if not _meet(one.accepts, test.accepts):
                return NEVER
    return test


def _meet(some: ValueSet, others: ValueSet) -> bool:
    if isinstance(some, NumberSet) and isinstance(others, NumberSet):
        return some.intersects(others)
    assert isinstance(some, ChoiceSet)
    assert isinstance(others, ChoiceSet)
    return bool(some.members & others.members)


def _name(cell: Cell) -> str:
    match cell:
        case FactCell() | ForecastCell():
            return cell.fact
        case AttributeCell():
            return cell.fact or cell.attribute
        case LevelCell():
            return str(cell.unit)
        case _:
            return str(cell)


def _shown(values: ValueSet, cell: Cell, entities: Entities) -> str:
    if isinstance(values, ChoiceSet):
        return ", ".join(sorted(map(str, values.members)))
    fact = entities.facts.get(_name(cell))
    return f"{values} {fact.unit if fact is not None and fact.unit else ''}".strip()
