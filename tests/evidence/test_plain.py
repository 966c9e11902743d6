"""The engine against a plain second reading of SEMANTICS 16 and 18 to 20 (`plain.py`)."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from planengine.domain.vocabulary import Derivation
from planengine.evidence.evidence import Evidence
from planengine.values.sets import NumberSet, at_least
from tests.evidence.build import CITY, EAST, ENTITIES, WEST, cell, entities, evidence, fact, said
from tests.evidence.plain import MOST, WHOLE, Small, Told, read
from tests.examples import examples

LAW = settings(deadline=None, max_examples=examples(120))
TERMS = ("one", "two", "three")


def _library(grows: dict[str, bool]):
    """A sum of three facts, and a fact that another is at most."""
    total = Derivation("sum", tuple((name, 1) for name in TERMS))
    more = (
        *(fact(name, cumulative=grows.get(name, False)) for name in TERMS),
        fact("total", derived=total, cumulative=grows.get(WHOLE, False)),
        fact("part", cumulative=grows.get("part", False), at_most=("all",)),
        fact("all", cumulative=grows.get(WHOLE, False)),
    )
    return entities(facts={**ENTITIES.facts, **{one.id: one for one in more}})


@st.composite
def told(draw: st.DrawFn, cells: tuple[str, ...]) -> list[Told]:
    """Statements of a few cells, each told once at a time in each kind."""
    found: dict[tuple[str, int, str], Told] = {}
    for _ in range(draw(st.integers(1, 6))):
        name = draw(st.sampled_from(cells))
        most = 8 if name == WHOLE else 4
        low = draw(st.integers(0, most))
        wide = draw(st.sampled_from([0, 0, 0, 2, None]))
        kind = draw(st.sampled_from(["observed", "observed", "judged", "estimated"]))
        at = draw(st.integers(1, 5))
        found[name, at, kind] = Told(at, name, low, None if wide is None else low + wide, kind)
    return list(found.values())


def events(every: list[Told], facts: dict[str, tuple[str, str]]):
    """The same as statements for the engine."""
    for one in every:
        name, place = facts[one.cell]
        value = at_least(one.low) if one.high is None else (one.low, one.high)
        key = {name.replace("-", "_"): value}
        label = f"{one.cell}-{one.at}-{one.kind}"
        yield said(one.at, place, kind=one.kind, name=label, **key)


def numbers(value: NumberSet) -> frozenset[int]:
    return frozenset(
        number
        for item in value.intervals
        for number in range(int(item.low), int(min(item.high, MOST)) + 1)
    )


def agree(small: Small, every: list[Told], facts, library=ENTITIES) -> None:
    found: Evidence = evidence(*events(every, facts), library=library, at=9)
    expected = read(small, every)
    conflicts = set()
    for one, (name, place) in facts.items():
        known = found.known(cell(name, place, library.facts))
        assert numbers(known.value) == expected.values[one], one
    for where, _ in found.conflicts:
        conflicts |= {one for one, spot in facts.items() if spot == (where.fact, where.place)}
    assert conflicts == expected.conflicts
    outdated = {statement.stamp.id for _, by in found.outdated for statement in by}
    assert outdated == {f"{one.cell}-{one.at}-{one.kind}" for one in expected.outdated}


@LAW
@given(told(("west", "east", WHOLE)), st.booleans())
@example(
    [
        Told(1, "west", 1, 1, "estimated"),
        Told(2, "west", 1, 1, "observed"),
        Told(3, "west", 1, 1, "observed"),
        Told(1, WHOLE, 0, 0, "observed"),
    ],
    True,
)
def test_an_area_and_its_counties(every, grows) -> None:
    name = "deaths" if grows else "trapped"
    small = Small(("west", "east"), dict.fromkeys(("west", "east", WHOLE), grows), sums=True)
    agree(small, every, {"west": (name, WEST), "east": (name, EAST), WHOLE: (name, CITY)})


GROWTH = st.fixed_dictionaries({name: st.booleans() for name in (*TERMS, WHOLE)})


@LAW
@given(told((*TERMS, WHOLE)), GROWTH)
def test_a_sum_and_its_operands(every, grows) -> None:
    small = Small(TERMS, grows, sums=True)
    facts = {name: (name, CITY) for name in TERMS} | {WHOLE: ("total", CITY)}
    agree(small, every, facts, _library(grows))


@LAW
@given(told(("part", WHOLE)), st.fixed_dictionaries({n: st.booleans() for n in ("part", WHOLE)}))
@example(
    [Told(1, "part", 4, 4, "observed"), Told(1, WHOLE, 2, 2, "observed")],
    {"part": True, WHOLE: True},
)
def test_a_fact_that_another_is_at_most(every, grows) -> None:
    small = Small(("part",), grows, sums=False)
    facts = {"part": ("part", CITY), WHOLE: ("all", CITY)}
    agree(small, every, facts, _library(grows))
