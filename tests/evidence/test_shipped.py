"""The shipped vocabulary's own relations, by value: what was wrong of them once."""

from __future__ import annotations

import pytest

from planengine.domain.entities import Entities
from planengine.evidence.evidence import Evidence
from planengine.values.sets import at_least
from tests.evidence.build import cell, evidence, said
from tests.shipped import shipped

__all__ = ["shipped"]  # the fixture


@pytest.fixture(scope="module")
def library(shipped) -> Entities:
    return shipped.entities


def value(found: Evidence, name: str, library: Entities) -> tuple[str, bool]:
    known = found.known(cell(name, library.home, library.facts))
    return str(known.value), known.conflict


def test_60_dead_are_not_undone_by_at_least_2_dead_and_missing(library) -> None:
    events = said(8, deaths=60), said(11, dead_and_missing=at_least(2), kind="estimated")
    assert value(evidence(*events, library=library), "dead-and-missing", library) == (
        "[60..∞)",
        False,
    )
    worse = said(8, deaths=60), said(11, dead_and_missing=12)
    assert value(evidence(*worse, library=library), "dead-and-missing", library)[1]


@pytest.mark.parametrize(
    ("stated", "name", "expected"),
    [
        ({"serious_injury_or_poisoning": 8}, "seriously-injured", ("[0..8] | n/a", False)),
        ({"injured": 5}, "seriously-injured", ("[0..5] | n/a", False)),
        ({"injured": 5, "seriously_injured": 200}, "injured", ("5 | [200..∞)", True)),
        ({"casualties": 9, "deaths": 2}, "injured", ("7", False)),
        ({"rainfall_1h": 202}, "rainfall-3h", ("[202..∞)", False)),
        ({"rainfall_1h": 202}, "rainfall-24h", ("[202..∞)", False)),
        ({"rainfall_24h": 50}, "rainfall-1h", ("[0..50] | n/a", False)),
        ({"damaged_forest_area": 40}, "burnt-forest-area", ("[40..∞)", False)),
        ({"rooms_collapsed": 40}, "rooms-collapsed-or-damaged", ("[40..∞)", False)),
    ],
)
def test_facts_that_bound_each_other(stated, name, expected, library) -> None:
    assert value(evidence(said(1, **stated), library=library), name, library) == expected
