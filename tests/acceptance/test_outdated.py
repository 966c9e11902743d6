"""What gave way to newer evidence reaches the answer, its JSON form and the screen."""

from __future__ import annotations

import planengine

FIRE = {"incident": "f", "hazards": ["fire"]}
KNOWN = {
    "火灾已发生": True,
    "死亡": 0,
    "失联": 0,
    "重伤含急性工业中毒": 8,
    "direct-property-loss": "0",
    "受灾户": 0,
}


def said(hour: int, area: str, facts: dict, name: str) -> dict:
    at = f"2026-07-20T{hour:02}:00:00+08:00"
    return {"id": name, "at": at, "area": area, "kind": "observed", "facts": facts}


def test_what_gave_way_is_told_and_is_no_conflict(engine: planengine.Engine) -> None:
    told = [
        said(8, "linjiang", {"missing": 3}, "early"),
        said(9, "nanpu-county", {"missing": 5}, "late"),
    ]
    found = engine.assess({**FIRE, "observations": told}).to_dict()
    [gone] = found["outdated"]
    assert gone["cell"] == "missing@linjiang"
    assert [one["id"] for one in gone["statements"]] == ["early"]
    assert [one for one in found["conflicts"] if one["kind"] == "evidence"] == []


def test_a_total_bounds_the_seriously_injured_of_a_fire(engine: planengine.Engine) -> None:
    found = engine.assess({**FIRE, "observations": [said(8, "linjiang", KNOWN, "all")]}).to_dict()
    [grade] = [one for one in found["decisions"] if one["id"].startswith("fire@")]
    assert (grade["level"], grade["could_reach"], grade["exact"]) == ("ordinary", "ordinary", True)
    could = {gives["decision"] for one in found["ask"] for gives in one["could_give"]}
    assert grade["id"] not in could
