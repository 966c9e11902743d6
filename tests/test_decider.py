"""The bare decider: what it takes for a key, and that it never lets a misspelt one pass."""

from __future__ import annotations

from typing import Any

import pytest

import planengine
from tests.shipped import engine, shipped

__all__ = ["engine", "shipped"]

AT = "2026-07-18T12:30:00+08:00"
FLOOD = "linjiang/flood/flood@linjiang"


@pytest.fixture
def decider(engine: planengine.Engine) -> planengine.Decider:
    return engine.decider(["flood"], at=AT)


def level(decider: planengine.Decider, facts: Any) -> tuple[int, int, int]:
    ranks = decider(facts)
    return next(
        rank for rank, unit in zip(ranks, decider.units, strict=True) if str(unit.id) == FLOOD
    )


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("deths", "deaths"),
        ("死亡人数", "deaths"),
        ("water-level@hankuo", "water-level@hankou"),
        ("water-levl@hankou", "water-level@hankou"),
        ("水位@汉口站", "water-level@hankou"),
        ("elapsed(occurence)", "elapsed(occurrence)"),
    ],
)
def test_a_key_that_is_no_fact_is_refused_with_the_nearest(
    decider: planengine.Decider, key: str, meant: str
) -> None:
    with pytest.raises(ValueError, match="is no fact of the library") as raised:
        decider({key: 1})
    assert f"did you mean `{meant}`" in str(raised.value)
    decider.decide({key: 1})  # the bare function has no time to look


@pytest.mark.parametrize("key", ["qqqqqqqq", 7])
def test_a_key_that_is_near_nothing_is_refused_too(decider: planengine.Decider, key: Any) -> None:
    with pytest.raises(ValueError, match="is no fact"):
        decider({key: 1})


def test_known_facts_that_no_rule_of_the_hazard_reads_are_ignored(
    decider: planengine.Decider, engine: planengine.Engine
) -> None:
    facts = {"water-level@hankou": 27.5, "deaths": 1, "missing": 0}
    plain = level(decider, facts)
    assert plain == (3, 4, 3)
    every = {str(cell) for cell in engine.rules_at(1_784_300_000).cells}
    elsewhere = next(
        one for one in sorted(every) if one.startswith("lasting(") and one not in decider.cells
    )
    more = {
        "magnitude": 7,
        "burnt-forest-area@nanpu-county": 3,
        "deaths@nanpu-county": 1,
        elsewhere: True,
    }
    assert level(decider, {**facts, **more}) == plain


def test_every_cell_is_a_key(decider: planengine.Decider) -> None:
    decider(dict.fromkeys(decider.cells))


def test_what_is_no_mapping_is_refused(decider: planengine.Decider) -> None:
    with pytest.raises(ValueError, match="expected facts by name"):
        decider([("deaths", 1)])  # type: ignore[arg-type]
