"""Who is meant by a role: the areas that the scope names, and never one outside it."""

from __future__ import annotations

from typing import Any

import planengine

COUNTIES = {"jiangbei-district", "nanpu-county"}


def _tasked(engine: planengine.Engine, *observations: dict[str, Any]) -> set[str]:
    """The counties and districts whose bodies have something to do."""
    incident = {
        "incident": "test",
        "hazards": ["flood"],
        "scope": sorted(COUNTIES),
        "observations": [{"at": "2026-07-18T08:00:00+08:00", **one} for one in observations],
    }
    found = engine.assess(incident)
    entities = engine.library.entities
    areas = {entities.agencies[body].area for action in found.actions for body in action.bodies}
    tiers = {area: entities.jurisdictions[area].tier for area in areas}
    return {area for area, tier in tiers.items() if tier == "county"}


def test_only_counties_in_scope_are_tasked(engine: planengine.Engine) -> None:
    whole = {"area": "linjiang", "facts": {"deaths": 12, "dyke-breach": True}}
    assert _tasked(engine, whole) == COUNTIES


def test_a_county_in_scope_keeps_its_tasks_when_another_reports(
    engine: planengine.Engine,
) -> None:
    one = {"area": "nanpu-county", "facts": {"deaths": 12, "dyke-breach": True}}
    assert _tasked(engine, one) == COUNTIES
