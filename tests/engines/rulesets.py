"""Rule sets and values for the engines: drawn by Hypothesis, or built by hand."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from math import inf

import networkx as nx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from planengine.domain.parts import Label, Period
from planengine.domain.vocabulary import Level, Scale
from planengine.engines.contract import Value
from planengine.rules.conditions import (
    ActCell,
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    ElapsedCell,
    FactCell,
    LevelCell,
    Not,
    Test,
)
from planengine.rules.normal import normalise
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import cells_of
from planengine.values.sets import (
    COUNT,
    FLAG,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
    number,
)
from tests.keys import unit_key

RANKS = 4
SCALE = Scale(
    "response",
    Label((("en", "response"),)),
    tuple(Level(name, 4 - place, Label()) for place, name in enumerate(("I", "II", "III", "IV"))),
)
LEVELS = NumberDomain(NumberSet((Interval(0, RANKS),)), integer=True)

DEATHS = FactCell("deaths", "home", COUNT)
RAIN = FactCell("rain", "home", NumberDomain(at_least(0)))
STAGE = FactCell("stage", "hankou", NumberDomain())
SHARE = FactCell("share", "home", NumberDomain(NumberSet((Interval(0, 100, False, True),))))
DENSITY = FactCell(
    "density", "home", ChoiceDomain(("sparse", "fairly-dense", "dense"), ordered=True)
)
BREACH = FactCell("breach", "home", FLAG)
JUDGED = ActCell("flood.II.judged-1")
SINCE = ElapsedCell("occurrence", NumberDomain(at_least(0), integer=True))
ACTIVE = LevelCell(unit_key("flood@elsewhere"), "active", LEVELS)
CELLS: tuple[Cell, ...] = (
    DEATHS, RAIN, STAGE, SHARE, DENSITY, BREACH, JUDGED, SINCE, ACTIVE,
)  # fmt: skip

_ENDS: tuple[int | Fraction, ...] = (
    -5, 0, Fraction(1, 10**7), Fraction(1, 3), Fraction(3, 10), Fraction(1, 2), 1, 2, 3,
    Fraction(27, 10), 10, 29, 30, 31, 100, 101, 123456789012345,
)  # fmt: skip
_INTEGERS = tuple(end for end in _ENDS if isinstance(end, int))


_ENDS_OF = {True: (-inf, *_INTEGERS, inf), False: (-inf, *_ENDS, inf)}
_ONE_END = {integer: st.sampled_from(ends) for integer, ends in _ENDS_OF.items()}
_BOOLEANS = st.booleans()
_ONE_IN_FOUR = st.integers(0, 3).map(lambda drawn: drawn == 0)


@st.composite
def number_sets(draw: st.DrawFn, domain: NumberDomain, *, test: bool) -> NumberSet:
    """A set of one or two intervals within the domain; it may be empty."""
    found = NumberSet((), draw(_ONE_IN_FOUR))
    for _ in range(2 if draw(_ONE_IN_FOUR) else 1):
        low, high = sorted((draw(_ONE_END[domain.integer]), draw(_ONE_END[domain.integer])))
        if test and draw(_BOOLEANS):
            high = inf
        if low == high:
            found |= number(2 if isinstance(low, float) else low)
        else:
            left = low != -inf and draw(_BOOLEANS)
            right = high != inf and draw(_BOOLEANS)
            found |= NumberSet((Interval(low, high, left, right),))
    return domain.restrict(found)


@st.composite
def choice_sets(draw: st.DrawFn, domain: ChoiceDomain) -> ChoiceSet:
    members = frozenset(draw(st.lists(st.sampled_from(domain.values), max_size=2)))
    return ChoiceSet(members, draw(st.integers(0, 3)) == 0)


@cache
def sets(cell: Cell, *, test: bool) -> st.SearchStrategy[ValueSet]:
    if isinstance(cell.domain, NumberDomain):
        return number_sets(cell.domain, test=test)
    return choice_sets(cell.domain)


@cache
def fact_tests(cells: tuple[Cell, ...]) -> st.SearchStrategy[Test]:
    return st.one_of([st.builds(Test, st.just(cell), sets(cell, test=True)) for cell in cells])


def grown(leaves: st.SearchStrategy[Condition], *, any_sign: bool) -> st.SearchStrategy[Condition]:
    """Conditions over leaves; without `any_sign` their truth can only help."""

    def grow(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(inner, min_size=1, max_size=3).map(tuple)
        positive = (
            several.map(All),
            several.map(Any),
            st.builds(AtLeast, st.integers(1, 3), several),
        )
        if not any_sign:
            return st.one_of(*positive)
        branches = st.lists(st.tuples(inner, inner), min_size=1, max_size=2).map(tuple)
        return st.one_of(*positive, inner.map(Not), st.builds(Case, branches, inner))

    return st.recursive(leaves, grow, max_leaves=5)


@dataclass(frozen=True)
class Rule:
    rank: int
    condition: Condition  # as written, not normal
    binding: bool = True


@dataclass(frozen=True)
class Written:
    """A rule set with the rules it was made of."""

    ruleset: RuleSet
    rules: tuple[tuple[Rule, ...], ...]


def built(rules: Mapping[str, Sequence[Rule]], *, purposes: Sequence[str] = ()) -> Written:
    """A rule set of one unit per entry, normalised, in components in dependency order."""
    names = list(rules)
    links = nx.DiGraph()
    links.add_nodes_from(range(len(names)))
    units: list[Unit] = []
    for place, name in enumerate(names):
        purpose = purposes[place] if purposes else "level"
        levels = tuple(
            normalise(Any(tuple(rule.condition for rule in rules[name] if rule.rank >= rank)))
            for rank in range(1, RANKS + 1)
        )
        obliged = tuple(
            normalise(
                Any(
                    tuple(
                        _obliged(rule.condition)
                        for rule in rules[name]
                        if rule.rank >= rank and rule.binding
                    )
                )
            )
            for rank in range(1, RANKS + 1)
        )
        units.append(
            Unit(
                unit_key(name),
                purpose,
                f"home/{name}",
                None,
                "home",
                "home",
                "1",
                SCALE,
                frozenset({"flood"}),
                (),
                levels,
                obliged,
            )
        )
        for condition in (*levels, *obliged):
            for cell in cells_of(condition):
                if isinstance(cell, LevelCell) and cell.read != "active":
                    links.add_edge(names.index(str(cell.unit)), place)
    whole = nx.condensation(links)
    components = tuple(
        tuple(sorted(whole.nodes[node]["members"])) for node in nx.topological_sort(whole)
    )
    found: dict[Cell, None] = {}
    for unit in units:
        for condition in (*unit.at_least, *unit.obliged_at_least):
            for cell in cells_of(condition):
                if not (isinstance(cell, LevelCell) and cell.read != "active"):
                    found.setdefault(cell)
    ruleset = RuleSet(Period(), tuple(units), components, {}, (), tuple(found))
    return Written(ruleset, tuple(tuple(rules[name]) for name in names))


def _obliged(condition: Condition) -> Condition:
    """Upward tests of levels read what obliges; those within `not` and `case` stay."""
    match condition:
        case Test(cell=LevelCell() as cell) if cell.read != "active":
            accepts = condition.accepts
            if isinstance(accepts, NumberSet) and LEVELS.direction(accepts) == "up":
                return replace(condition, cell=replace(cell, read="obliged"))
        case All() | Any() | AtLeast():
            return replace(condition, of=tuple(map(_obliged, condition.of)))
    return condition


def level(unit: str, rank: int, read: str = "recommended") -> Test:
    """The unit's level is `rank` or worse."""
    return Test(
        LevelCell(unit_key(unit), read, LEVELS),  # type: ignore[arg-type]
        NumberSet((Interval(rank, RANKS),)),
    )


@cache
def level_tests(units: tuple[str, ...], *, upward: bool) -> st.SearchStrategy[Condition]:
    """Tests of levels: any of them, or only those for a rank or worse."""
    cells = st.sampled_from(
        [
            LevelCell(unit_key(unit), read, LEVELS)
            for unit in units
            for read in ("computed", "recommended")
        ]
    )
    upward_sets = st.integers(1, RANKS).map(lambda rank: NumberSet((Interval(rank, RANKS),)))
    if upward:
        return st.builds(Test, cells, upward_sets)
    ranks = st.sets(st.integers(0, RANKS), min_size=1).map(
        lambda some: LEVELS.restrict(
            NumberSet(tuple(Interval(rank, rank) for rank in sorted(some)))
        )
    )
    return st.builds(Test, cells, st.one_of(upward_sets, ranks))


@cache
def rules_of(
    cells: tuple[Cell, ...], earlier: tuple[str, ...], beside: tuple[str, ...]
) -> st.SearchStrategy[list[Rule]]:
    """The rules of a unit that may ask anything of earlier units, upward of those beside it."""
    leaves: st.SearchStrategy[Condition] = fact_tests(cells)
    if earlier:
        leaves = st.one_of(leaves, leaves, level_tests(earlier, upward=False))
    plain = grown(leaves, any_sign=True)
    linked = grown(st.one_of(plain, level_tests(beside, upward=True)), any_sign=False)
    binding = st.sampled_from((True, True, False))
    return st.lists(st.builds(Rule, st.integers(1, RANKS), linked, binding), min_size=1, max_size=4)


_GROUPS = {count: st.lists(st.integers(0, 2), min_size=count, max_size=count) for count in range(5)}
_RANKS = st.integers(0, RANKS)
_PURPOSES = st.sampled_from(("level", "standard"))


@st.composite
def rule_sets(draw: st.DrawFn, cells: tuple[Cell, ...] = CELLS, most: int = 4) -> Written:
    """Units in groups: any test of the levels of earlier groups, upward ones of one's own."""
    groups = sorted(draw(_GROUPS[draw(st.integers(1, most))]))
    names = [f"unit-{place}@home" for place in range(len(groups))]
    rules: dict[str, list[Rule]] = {}
    for name, group in zip(names, groups, strict=True):
        places = list(zip(names, groups, strict=True))
        earlier = tuple(other for other, place in places if place < group)
        beside = tuple(other for other, place in places if place == group)
        rules[name] = draw(rules_of(cells, earlier, beside))
    return built(rules, purposes=[draw(_PURPOSES) for _ in names])


@cache
def value_sets(cell: Cell) -> st.SearchStrategy[ValueSet]:
    """What may be known of a cell: a set, a point, or nothing."""
    return st.one_of(
        sets(cell, test=False).filter(bool), point_sets(cell), st.just(cell.domain.everything)
    )


@st.composite
def set_values(draw: st.DrawFn, ruleset: RuleSet) -> list[ValueSet]:
    """What is known of every cell."""
    return [draw(value_sets(cell)) for cell in ruleset.cells]


@cache
def points(cell: Cell) -> st.SearchStrategy[Value]:
    """Known points of a cell, as plain values."""
    domain = cell.domain
    if isinstance(domain, ChoiceDomain):
        return st.sampled_from(domain.values)
    ends = [end for end in _ENDS if domain.restrict(number(end))]
    if domain.integer:
        return st.sampled_from([int(end) for end in ends])
    return st.sampled_from([end if isinstance(end, int) else float(end) for end in ends])


@cache
def point_sets(cell: Cell) -> st.SearchStrategy[ValueSet]:
    """Known points of a cell, as sets."""
    return points(cell).map(lambda value: as_set(cell, value))


def as_set(cell: Cell, value: Value) -> ValueSet:
    """A plain point as a set, read as the decimal number that is printed for it."""
    if isinstance(cell.domain, ChoiceDomain):
        assert isinstance(value, str | bool)
        return ChoiceSet(frozenset({value}))
    found = Fraction(repr(value)) if isinstance(value, float) else value
    assert isinstance(found, int | Fraction)
    return number(found)


def by_name(ruleset: RuleSet, values: Sequence[Value]) -> dict[str, Value]:
    """The same values as facts by name."""
    return {str(cell): value for cell, value in zip(ruleset.cells, values, strict=True)}


@st.composite
def issued_levels(draw: st.DrawFn, ruleset: RuleSet) -> dict[int, int]:
    """Issued ranks of some of the standards."""
    return {
        index: draw(_RANKS)
        for index, unit in enumerate(ruleset.units)
        if unit.purpose == "standard" and draw(_BOOLEANS)
    }


def thorough(examples: int) -> settings:
    """Settings for slow properties; PLANENGINE_EXAMPLES=20 tries 20 times as many."""
    return settings(
        max_examples=examples * int(os.environ.get("PLANENGINE_EXAMPLES", "1")),
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
