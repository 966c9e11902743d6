"""A fact as it was stated, beside what it may still rise to."""

from __future__ import annotations

import planengine
from planengine.rules.conditions import FactCell
from planengine.values.sets import Interval, NumberSet, number
from tests.shipped import ROOT, engine, shipped

__all__ = ["engine", "shipped"]


def test_the_missing_raise_what_is_known_but_not_what_was_counted(
    engine: planengine.Engine,
) -> None:
    assessment = engine.assess(
        ROOT / "examples" / "mine-flood.yaml", at="2026-10-21T10:30:00+08:00"
    )
    evidence = assessment.situation.evidence
    domain = assessment.situation.entities.facts["deaths"].domain
    cell = FactCell("deaths", "hongshan-mine-site", domain)
    assert evidence.known(cell).value == NumberSet((Interval(2, 55),))
    assert evidence.counted(cell).value == number(2)
    assert evidence.counted(cell).statements == evidence.known(cell).statements
