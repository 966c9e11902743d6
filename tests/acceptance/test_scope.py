"""Who is meant by a role: the areas that the scope names, and never one outside it."""

from __future__ import annotations

from typing import Any

import pytest

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


@pytest.mark.slow
@pytest.mark.parametrize(
    "scope", [None, "linjiang", "chujiang-province", "nanpu-county", "xikou-county"]
)
def test_rules_kept_for_like_incidents_are_those_compiled_for_each(
    shipped: planengine.Library, engine: planengine.Engine, scope: str | None
) -> None:
    """One engine after the other scopes, and one that compiles for this scope alone."""
    statement = {"at": "2026-07-18T08:00:00+08:00", "facts": {"deaths": 3}}
    incident = {"incident": "x", "hazards": ["flood"], "observations": [statement]}
    if scope is not None:
        incident["scope"] = [scope]
    alone = shipped.compile()
    alone._compiled_of = lambda epoch: []  # type: ignore[method-assign]
    found = [each.assess(incident).situation.rules for each in (engine, alone)]
    assert found[0] == found[1]
