"""Laws of whole answers: monotone standards are, and answering what is asked settles them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine
from planengine.rules.conditions import FactCell
from planengine.rules.walk import cells_of
from planengine.values.sets import NumberDomain
from tests.assessment.conftest import Small, day
from tests.shipped import Nation

AT = "2026-07-01T00:00:00+08:00"
MONOTONE = (
    "production-accident",
    "geological-disaster",
    "geological-danger",
    "metro-operation",
    "fire",
)


def facts_of(decider: planengine.Decider, standard: str) -> tuple[int, list[FactCell]]:
    place = next(i for i, unit in enumerate(decider.units) if unit.document == standard)
    cells = [c for band in decider.units[place].at_least for c in cells_of(band)]
    return place, list(dict.fromkeys(c for c in cells if isinstance(c, FactCell)))


@pytest.mark.slow
@pytest.mark.parametrize("standard", MONOTONE)
@given(data=st.data())
def test_worse_facts_never_lower_a_monotone_grade(
    engine: planengine.Engine, standard: str, data: st.DataObject
) -> None:
    *_, edition = engine.library.entities.standards[standard]
    assert edition.monotone
    decider = engine.decider(edition.hazards[:1], at=AT)
    place, cells = facts_of(decider, standard)
    mild: dict[str, Any] = {}
    worse: dict[str, Any] = {}
    for cell in cells:
        if isinstance(cell.domain, NumberDomain):
            limits = st.sampled_from([0, 1, 2, 3, 9, 10, 29, 30, 49, 50, 99, 100, 999, 1000, 5000])
            low, high = sorted(data.draw(st.tuples(limits, limits)))
        else:
            ranks = st.integers(0, len(cell.domain.values) - 1)
            a, b = sorted(data.draw(st.tuples(ranks, ranks)))
            low, high = cell.domain.values[a], cell.domain.values[b]
        mild[str(cell)], worse[str(cell)] = low, high
    assert decider(mild)[place] <= decider(worse)[place]


BODY = """
levels:
  - {level: I, when: {any: [{deaths: ≥ 10}, {breach: true, level: ≥ 5}]}}
  - {level: II, when: {any: [{deaths: "[3..10)"}, {level: ≥ 7}]}}
  - {level: III, when: {level: ≥ 5}}
"""


@given(data=st.data())
def test_answering_all_that_is_asked_settles_what_is_exact(
    asked: planengine.Engine, data: st.DataObject
) -> None:
    truth = {
        "deaths": data.draw(st.integers(0, 12)),
        "level": data.draw(st.integers(0, 9)),
        "breach": data.draw(st.booleans()),
    }
    told = {k: v for k, v in truth.items() if data.draw(st.booleans())}
    if data.draw(st.booleans()):
        low = data.draw(st.integers(0, truth["deaths"]))
        told["deaths"] = f"[{low}..{truth['deaths'] + data.draw(st.integers(0, 5))}]"
    observations: list[dict[str, Any]] = [{"at": day("08:00"), "off-watch": "office"}]
    if told:
        observations.append({"at": day("08:00"), "facts": told})
    for step in range(5):
        found = asked.assess(
            {"incident": "x", "hazards": ["flood"], "observations": observations}, at=day("09:00")
        )
        if not found.ask:
            break
        name = str(found.ask[0].cell).partition("@")[0]
        observations.append({"at": day(f"08:0{step + 1}"), "facts": {name: truth[name]}})
    (decision,) = found.decisions
    assert found.ask == ()
    assert decision.exact
    assert decision.level == decision.could_reach


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> planengine.Engine:
    return Small(tmp_path_factory.mktemp("asked")).plan("dam", BODY).engine()


@given(low=st.integers(0, 60), width=st.integers(0, 60), inside=st.data())
def test_a_range_is_sound_for_every_number_in_it(
    nation: Nation, low: int, width: int, inside: st.DataObject
) -> None:
    others = {
        "accident-occurred": True,
        "seriously-injured": 0,
        "acute-industrial-poisoned": 0,
        "direct-loss": "0 元",
    }
    order = [None, "ordinary", "large", "serious", "especially-serious"]

    def levels(deaths: object) -> tuple[int, int]:
        found = nation.levels(
            "production-accident", "production-accident", {**others, "deaths": deaths}
        )
        return order.index(found[0]), order.index(found[1])

    level, could_reach = levels(f"[{low}..{low + width}]")
    point, same = levels(inside.draw(st.integers(low, low + width)))
    assert point == same
    assert level <= point <= could_reach
