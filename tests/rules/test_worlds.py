"""Cases and matrices are read world by world (SEMANTICS 8)."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.rules import worlds as splitting
from planengine.rules.conditions import (
    NEVER,
    All,
    Any,
    Case,
    Cell,
    Condition,
    FactCell,
    Not,
    Test,
)
from planengine.rules.normal import negation, normalise
from planengine.rules.shadows import indicated, shadows
from planengine.rules.worlds import MOST, Worlds, worlds_of
from planengine.values.sets import (
    COUNT,
    FLAG,
    TRUE,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
    below,
    number,
)
from tests.generated import conditions, sets, tables, values
from tests.oracle import truths

LOAD = FactCell("load", "grid", NumberDomain(at_least(0)))
SHARE = FactCell("share", "grid", NumberDomain(at_least(0)))
CHANCES, HARMS = ("rare", "unlikely", "likely", "sure"), ("slight", "some", "heavy", "grave")
CHANCE = FactCell("likelihood", "city", ChoiceDomain(CHANCES, ordered=True))
HARM = FactCell("impact", "city", ChoiceDomain(HARMS, ordered=True))
LEVEL = ((0, 0, 1, 2), (0, 1, 2, 2), (1, 2, 2, 3), (1, 2, 3, 3))  # by chance, then by harm


def among(*names: str) -> ChoiceSet:
    return ChoiceSet(frozenset(names))


def span(low: int, high: int) -> NumberSet:
    return NumberSet((Interval(low, high),))


def _by_rows(level: int) -> Condition:
    rows = (
        All((Test(CHANCE, among(chance)), Test(HARM, among(harm))))
        for chance, row in zip(CHANCES, LEVEL, strict=True)
        for harm, each in zip(HARMS, row, strict=True)
        if each == level
    )
    return Any(tuple(rows))


def _by_variants(level: int) -> Condition:
    branches = (
        (Test(CHANCE, among(chance)), Test(HARM, among(*(
            harm for harm, each in zip(HARMS, row, strict=True) if each == level))))
        for chance, row in zip(CHANCES, LEVEL, strict=True)
    )  # fmt: skip
    return Case(tuple(branches), NEVER)


def _both_guarded(level: int) -> Condition:
    branches = (
        (All((Test(HARM, among(harm)), Test(CHANCE, among(chance)))), Any(() if each != level else (Not(NEVER),)))
        for chance, row in zip(CHANCES, LEVEL, strict=True)
        for harm, each in zip(HARMS, row, strict=True)
    )  # fmt: skip
    return Case(tuple(branches), NEVER)


@pytest.mark.parametrize("written", [_by_rows, _by_variants, _both_guarded])
@pytest.mark.parametrize("least", [1, 2, 3])
def test_a_matrix_is_exact_over_all_ranges_however_it_is_written(
    written: object, least: int
) -> None:
    bands = Any(tuple(written(level) for level in range(least, 4)))  # type: ignore[operator]
    normal = normalise(bands)
    ranges = [
        names[low:high]
        for names in (CHANCES, HARMS)
        for low in range(4)
        for high in range(low + 1, 5)
    ]
    pairs = list(product(ranges[:10], ranges[10:]))
    assert len(pairs) == 100
    for chances, harms in pairs:
        known: Mapping[Cell, ValueSet] = {CHANCE: among(*chances), HARM: among(*harms)}
        assert shadows(normal, known.__getitem__) == truths(bands, known), (chances, harms)


def test_a_branch_counts_only_where_every_earlier_guard_fails_in_the_same_world() -> None:
    case = normalise(
        Case(
            (
                (Test(LOAD, at_least(20000)), Test(SHARE, at_least(30))),
                (Test(LOAD, at_least(5000) & below(20000)), Test(SHARE, at_least(40))),
            ),
            NEVER,
        )
    )

    def told(load: ValueSet, share: int) -> tuple[bool, bool]:
        known: Mapping[Cell, ValueSet] = {LOAD: load, SHARE: number(share)}
        return shadows(case, known.__getitem__)

    assert told(span(6000, 30000), 45) == (True, True)
    assert told(span(6000, 30000), 35) == (False, True)
    assert told(span(6000, 30000), 20) == (False, False)
    assert told(span(4000, 30000), 45) == (False, True)
    assert told(span(20000, 30000), 35) == (True, True)
    assert told(span(6000, 19000), 35) == (False, False)


@given(st.one_of(conditions(), tables()), values())
def test_the_worlds_are_sound_and_not_swaps_them(
    condition: Condition, known: Mapping[Cell, ValueSet]
) -> None:
    normal = normalise(condition)
    certain, possible = shadows(normal, known.__getitem__)
    always, sometimes = truths(condition, known)
    assert always or not certain
    assert possible or not sometimes
    assert shadows(negation(normal), known.__getitem__) == (not possible, not certain)


def test_what_guards_ask_is_told_apart_where_it_is_asked_beside_them() -> None:
    chance = Case(
        ((Test(CHANCE, among("rare")), Test(HARM, among("grave"))),), Test(LOAD, at_least(1))
    )
    beside = Any((chance, All((Test(CHANCE, among("likely", "sure")), Test(SHARE, at_least(9))))))
    loads: tuple[ValueSet, ...] = (number(0), number(1))
    for chances, load, share in product((CHANCES, CHANCES[:2], CHANCES[1:]), loads, loads):
        known: Mapping[Cell, ValueSet] = {
            CHANCE: among(*chances), HARM: among("slight"), LOAD: load, SHARE: share
        }  # fmt: skip
        assert shadows(normalise(beside), known.__getitem__) == truths(beside, known)


@given(st.lists(st.one_of(conditions(max_leaves=5), tables()), min_size=2, max_size=3), values())
def test_cases_beside_other_rows_are_sound(
    parts: list[Condition], known: Mapping[Cell, ValueSet]
) -> None:
    for whole in (Any(tuple(parts)), All(tuple(parts))):
        certain, possible = shadows(normalise(whole), known.__getitem__)
        always, sometimes = truths(whole, known)
        assert always or not certain
        assert possible or not sometimes


@given(st.data(), st.one_of(conditions(), tables()), values())
def test_what_is_indicated_lies_between(
    data: st.DataObject, condition: Condition, known: Mapping[Cell, ValueSet]
) -> None:
    normal = normalise(condition)
    told: dict[Cell, ValueSet | None] = {}
    for cell, value in known.items():
        part = data.draw(sets(cell))
        narrower = (value & part) or value  # type: ignore[operator]
        told[cell] = data.draw(st.sampled_from((None, value, narrower)))
    certain, possible = shadows(normal, known.__getitem__)
    found = indicated(normal, known.__getitem__, told.__getitem__)
    assert certain <= found <= possible
    if None not in told.values():
        narrow = {cell: value for cell, value in told.items() if value is not None}
        assert found or not truths(condition, narrow)[1]


def test_what_is_asked_in_one_direction_is_not_split() -> None:
    deaths = FactCell("deaths", "city", COUNT)
    breach = FactCell("breach", "city", FLAG)
    one_way = Any((
        All((Test(deaths, at_least(3)), Test(breach, TRUE))),
        All((Test(deaths, at_least(9)), Test(LOAD, at_least(1)))),
    ))  # fmt: skip
    assert worlds_of(normalise(one_way)) == normalise(one_way)


def test_the_work_is_bounded() -> None:
    """Rows over six cells of five values would be 15,625 worlds: they are not all looked at."""
    cells = [FactCell(f"c{n}", "city", COUNT) for n in range(6)]
    rows = Any(tuple(
        All(tuple(Test(cell, number((row * (place + 1)) % 5)) for place, cell in enumerate(cells)))
        for row in range(40)
    ))  # fmt: skip
    before = process_time()
    split = worlds_of(normalise(rows))
    assert process_time() - before < 5
    assert isinstance(split, Worlds)
    assert len(split.branches) <= MOST
    assert sum(1 for _ in splitting.tests_in(split)) < 40 * 6 * MOST
