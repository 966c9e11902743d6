"""Which cells late news touched, and when they may have turned."""

from __future__ import annotations

from planengine.evidence.turns import Turns
from tests.evidence.build import CITY, EAST, HOUR, WEST, cell, evidence, said


def test_late_news_of_an_area_touches_its_parts() -> None:
    """A city's total bounds what may be so in a county."""
    found = evidence(
        said(1, WEST, deaths=1), said(2, CITY, received=5, deaths=3, name="total"), at=8
    )
    turns = Turns(found)
    assert [turns.was_late(cell("deaths", place)) for place in (CITY, WEST, EAST)] == [True] * 3
    assert not turns.was_late(cell("trapped", WEST))
    assert 5 * HOUR in turns.of(cell("deaths", WEST), known=True)
