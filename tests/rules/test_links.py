import pytest

from planengine.domain.documents import Exclusion, Plan
from planengine.domain.terms import NotOf
from planengine.rules.conditions import ALWAYS, NEVER
from planengine.rules.links import obliging
from planengine.rules.ruleset import Unit
from planengine.values.sets import at_least
from tests.rules.small import (
    AT,
    OCCURRED,
    bands,
    clean,
    compiled,
    edition,
    has,
    library,
    link,
    plan,
    reads,
    rule,
    span,
    track,
    units,
)

SUPPORT = plan("support", tracks=[track(bands("missing", 100))], hazards=("fire",))


def _flood(*links: object, jurisdiction: str = "city", **changes: object) -> Plan:
    tracks = [track(bands("deaths", 40, 30, 10, 3))]
    return plan("flood", jurisdiction, tracks, links=links, **changes)


def _lifts(unit: Unit) -> list[tuple[int, str, str | None]]:
    return [(r.rank, str(r.condition), r.giver) for r in unit.rules if r.kind == "link"]


def _both(unit: str, ranks: str) -> str:
    return f"(recommended({unit}) ∈ {ranks} or active({unit}) ∈ {ranks})"


def test_activating_lifts_a_plan_of_the_same_area() -> None:
    flood = _flood(link("activate", 3, "support", target_rank=2))
    found = units(clean(library(plans=[flood, SUPPORT])))
    assert _lifts(found["city/support@city"]) == [
        (2, _both("city/flood@city", "[3..4]"), "city/flood")
    ]
    assert found["city/support@city"].obliged_at_least[1] != NEVER


def test_activating_without_a_level_means_the_same_rank() -> None:
    flood = _flood(link("activate", 3, "support"))
    found = units(clean(library(plans=[flood, SUPPORT])))
    assert [rank for rank, _, _ in _lifts(found["city/support@city"])] == [3]


@pytest.mark.parametrize(
    ("area", "given"),
    [
        ("north", link("activate", 3, "support", target_rank=1)),
        ("city", link("activate", 3, "support", target_rank=1)),
        ("north", link("match-below")),
    ],
)
def test_a_link_to_an_external_plan_is_told_to_lift_nothing(area: str, given: object) -> None:
    name = "flood" if given == link("match-below") else "support"
    held = plan(name, area, [], external=True)
    rules, findings = compiled(library(plans=[_flood(given), held]))
    assert [(f.code, dict(f.params)["name"]) for f in findings] == [
        ("link-external", f"{area}/{name}")
    ]
    assert not any(_lifts(unit) for unit in rules.units)


def test_activating_reaches_areas_below() -> None:
    flood = _flood(link("activate", 3, "support", target_rank=1))
    below = plan("support", "north", [track(bands("missing", 9))])
    found = units(clean(library(plans=[flood, below])))
    assert len(_lifts(found["north/support@north"])) == 1


def test_a_full_id_reaches_the_plan_of_one_area_only() -> None:
    flood = _flood(link("activate", 3, "north/support", target_rank=1))
    both = [plan("support", area, [track(bands("missing", 9))]) for area in ("north", "south")]
    found = units(clean(library(plans=[flood, SUPPORT, *both])))
    lifted = {str(unit.id) for unit in found.values() if _lifts(unit)}
    assert lifted == {"north/support@north"}


@pytest.mark.parametrize("holder", ["province", "other-city"])
def test_a_full_id_lifts_nothing_upward_or_sideways(holder: str) -> None:
    other = plan("support", holder, [track(bands("missing", 9))])
    flood = _flood(link("activate", 3, f"{holder}/support", target_rank=1))
    _, findings = compiled(library(plans=[flood, SUPPORT, other]))
    assert [(f.code, f.span) for f in findings] == [("link-upward", span(9))]
    assert holder in findings[0].message


def test_nothing_is_lifted_upward_or_sideways() -> None:
    for holder in ("province", "other-city"):
        other = plan("support", holder, [track(bands("missing", 9))])
        _, findings = compiled(
            library(plans=[_flood(link("activate", 3, "support", target_rank=1)), other])
        )
        assert [(f.code, f.span) for f in findings] == [("link-upward", span(9))]


def test_an_edition_yet_to_come_into_force_is_still_the_plan_that_is_meant() -> None:
    later = plan("support", "city", [track(bands("missing", 9))], edition=edition(since=AT + 1))
    above = plan("support", "province", [track(bands("missing", 9))])
    flood = _flood(link("activate", 3, "support", target_rank=1))
    rules, findings = compiled(library(plans=[flood, above, later]))
    assert findings == []
    assert not any(_lifts(unit) for unit in rules.units)


def test_no_plan_of_an_area_below_stands_in_for_ones_own_that_is_not_yet_in_force() -> None:
    later = plan("support", "city", [track(bands("missing", 9))], edition=edition(since=AT + 1))
    below = plan("support", "north", [track(bands("missing", 9))])
    flood = _flood(link("activate", 3, "support", target_rank=1))
    rules = clean(library(plans=[flood, below, later]))
    assert not any(_lifts(unit) for unit in rules.units)


def test_matching_below_keeps_subordinates_as_high() -> None:
    below = _flood(jurisdiction="north")
    found = units(clean(library(plans=[_flood(link("match-below", 3)), below])))
    assert _lifts(found["north/flood@north"]) == [
        (3, _both("city/flood@city", "[3..4]"), "city/flood"),
        (4, _both("city/flood@city", "4"), "city/flood"),
    ]


def test_a_plan_of_an_area_above_lifts_ours() -> None:
    above = plan("flood", "province", [track(bands("deaths", 9))], links=(link("match-below", 4),))
    found = units(clean(library(plans=[above, _flood()])))
    assert set(found) == {"province/flood@province", "city/flood@city"}


def test_matching_above_follows_what_is_in_force() -> None:
    for above in (
        plan("flood", "province", external=True),
        plan("flood", "province", [track(bands("deaths", 99))]),
    ):
        found = units(clean(library(plans=[above, _flood(link("match-above"))])))
        ours = _lifts(found["city/flood@city"])
        assert [rank for rank, _, _ in ours] == [1, 2, 3, 4]
        assert ours[2][1:] == ("active(province/flood@province) ∈ [3..4]", "province/flood")


def test_matching_above_needs_a_plan_above() -> None:
    _, findings = compiled(library(plans=[_flood(link("match-above"))]))
    assert [f.code for f in findings] == ["no-such-decision"]


def test_requests_and_reports_lift_nothing() -> None:
    flood = _flood(link("request", 1, "army"), link("report", 1, "province-hq"))
    found = units(clean(library(plans=[flood, SUPPORT])))
    assert _lifts(found["city/support@city"]) == []


def test_a_link_by_condition_needs_its_plan_to_apply() -> None:
    flood = _flood(
        link("activate", None, "support", when=OCCURRED, target_rank=2),
        applies_when=has("evacuated", at_least(1)),
    )
    found = units(clean(library(plans=[flood, SUPPORT])))
    (lift,) = _lifts(found["city/support@city"])
    assert lift[1] == (
        "(hazard(flood) ∈ true and evacuated@city ∈ [1..∞) and occurred@city ∈ true)"
    )


def test_a_link_may_have_both_a_level_and_a_condition() -> None:
    flood = _flood(link("activate", 2, "support", when=OCCURRED, target_rank=2))
    (lift,) = _lifts(units(clean(library(plans=[flood, SUPPORT])))["city/support@city"])
    assert lift[1].startswith("(occurred@city ∈ true and ")
    assert "[2..4]" in lift[1]


def test_links_do_not_raise_further() -> None:
    one = plan("one", links=(link("match-below", 1),), tracks=[track(bands("deaths", 9))])
    two = plan(
        "one", "north", [track(bands("deaths", 9, 5), raise_when=OCCURRED, raise_by=1)],
    )  # fmt: skip
    found = units(clean(library(plans=[one, two])))["north/one@north"]
    assert all("recommended" not in str(r.condition) for r in found.rules if r.kind == "raise")


def test_a_denied_response_in_a_link_is_a_finding() -> None:
    flood = _flood(link("activate", 2, "support", when=NotOf(reads("response", "support", 1))))
    _, findings = compiled(library(plans=[flood, SUPPORT]))
    assert [f.code for f in findings] == ["not-positive"]


def test_a_plan_may_not_stop_applying_because_of_a_response() -> None:
    """It would be denied: two plans that exclude each other would have no level."""
    excluded = Exclusion(reads("response", "support", 1), "support")
    _, findings = compiled(library(plans=[_flood(exclusions=(excluded,)), SUPPORT]))
    assert [f.code for f in findings] == ["not-positive"]


def test_cascades_are_listed() -> None:
    flood = _flood(link("cascade", 3, "pollution"), link("cascade", None, "fire", when=OCCURRED))
    cascades = clean(library(plans=[flood])).cascades
    assert [(c.document, c.hazard, str(c.condition)) for c in cascades] == [
        ("city/flood", "pollution", _both("city/flood@city", "[3..4]")),
        ("city/flood", "fire", "(hazard(flood) ∈ true and occurred@city ∈ true)"),
    ]


def test_obliging_turns_recommended_levels_only() -> None:
    flood = plan("flood", tracks=[track([rule(1, reads("response", "support", 1))])])
    unit = units(clean(library(plans=[flood, SUPPORT])))["city/flood@city"]
    turned = obliging(unit.at_least[0])
    assert str(turned) == (
        "(obliged(city/support@city) ∈ [1..4] or active(city/support@city) ∈ [1..4])"
    )
    assert obliging(turned) is turned
    assert obliging(ALWAYS) is ALWAYS
