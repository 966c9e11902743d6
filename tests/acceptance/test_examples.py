"""The shipped examples, each assessed at several times."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.values.times import format_time
from tests.shipped import ROOT

MONTHS = {"flood-day": "07", "earthquake": "09", "chemical-explosion": "06", "mine-flood": "10"}
Row = tuple[str | None, str | None, str]  # level, could_reach, proposal

LEVELS: dict[tuple[str, str], dict[str, Row]] = {
    ("flood-day", "2026-07-18T08:00:00+08:00"): {
        "linjiang/flood/flood@linjiang": ("IV", "III", "keep"),
    },
    ("flood-day", "2026-07-18T12:30:00+08:00"): {
        "linjiang/flood/flood@linjiang": ("III", "III", "raise"),
    },
    ("flood-day", "2026-07-19T00:30:00+08:00"): {
        "linjiang/flood/flood@linjiang": ("II", "II", "raise"),
    },
    ("flood-day", "2026-07-19T09:30:00+08:00"): {
        "linjiang/flood/flood@linjiang": ("I", "I", "raise"),
        "linjiang/information-release@linjiang": ("II", "II", "start"),
    },
    ("flood-day", "2026-07-19T18:00:00+08:00"): {
        "linjiang/flood/flood@linjiang": ("II", "II", "keep"),
    },
    ("earthquake", "2026-09-12T03:45:00+08:00"): {
        "earthquake@linjiang": ("large", "especially-serious", "none"),
        "linjiang/earthquake@linjiang": ("III", "I", "start"),
    },
    ("earthquake", "2026-09-12T06:30:00+08:00"): {
        "earthquake@linjiang": ("large", "large", "none"),
        "linjiang/earthquake@linjiang": ("III", "II", "keep"),
    },
    ("earthquake", "2026-09-12T09:40:00+08:00"): {
        "earthquake@linjiang": ("large", "serious", "none"),
        "linjiang/earthquake@linjiang": ("II", "II", "raise"),
    },
    ("earthquake", "2026-09-12T12:30:00+08:00"): {
        "earthquake@linjiang": ("serious", "serious", "none"),
        "linjiang/disaster-relief@linjiang": ("I", "I", "raise"),
    },
    ("mine-flood", "2026-10-21T10:30:00+08:00"): {
        "production-accident@linjiang": ("ordinary", "especially-serious", "none"),
        "linjiang/production-safety/mine@linjiang": ("I", "I", "start"),
        "linjiang/general@linjiang": ("II", "I", "start"),
        "linjiang/medical-rescue@linjiang": ("II", "I", "start"),
    },
    ("mine-flood", "2026-10-21T16:00:00+08:00"): {
        "production-accident@linjiang": ("serious", "especially-serious", "none"),
        "linjiang/production-safety/mine@linjiang": ("I", "I", "raise"),
    },
    ("chemical-explosion", "2026-06-09T14:50:00+08:00"): {
        "production-accident@linjiang": ("ordinary", "ordinary", "none"),
        "linjiang/hazardous-chemicals@linjiang": ("III", "II", "start"),
    },
    ("chemical-explosion", "2026-06-09T17:30:00+08:00"): {
        "production-accident@linjiang": ("large", "large", "none"),
        "environmental-event@linjiang": ("ordinary", "ordinary", "none"),
        "linjiang/hazardous-chemicals@linjiang": ("II", "II", "keep"),
    },
    ("chemical-explosion", "2026-06-09T20:40:00+08:00"): {
        "production-accident@linjiang": ("large", "large", "none"),
        "environmental-event@linjiang": ("serious", "serious", "none"),
        "linjiang/environmental-events@linjiang": ("II", "I", "raise"),
    },
}


def assess(
    engine: planengine.Engine, example: str, at: str, **options: Any
) -> planengine.Assessment:
    return engine.assess(ROOT / "examples" / f"{example}.yaml", at=at, **options)


def found(assessment: planengine.Assessment) -> dict[str, Row]:
    return {d.id: (d.level, d.could_reach, d.proposal) for d in assessment.decisions}


@pytest.mark.parametrize(("example", "at"), LEVELS)
def test_levels(engine: planengine.Engine, example: str, at: str) -> None:
    expected = LEVELS[example, at]
    actual = found(assess(engine, example, at))
    assert {unit: actual[unit] for unit in expected} == expected


@pytest.mark.parametrize(("example", "at"), LEVELS)
def test_both_engines_agree(
    engine: planengine.Engine, both: planengine.Engine, example: str, at: str
) -> None:
    assert found(assess(both, example, at)) == found(assess(engine, example, at))


@pytest.mark.parametrize(("example", "at"), LEVELS)
def test_every_level_has_its_reason_and_basis(
    engine: planengine.Engine, example: str, at: str
) -> None:
    for decision in assess(engine, example, at).decisions:
        assert bool(decision.why) == (decision.level is not None)
        for reason in decision.why:
            assert reason.span is not None
            assert reason.text
            assert reason.held


# (report, who, to whom, by when, the level it is of), for two dead and fifty-three missing at 10:10
COUNTY, CITY, PROVINCE = (
    "qingshi-emergency-bureau",
    "emergency-bureau",
    "chujiang-emergency-department",
)
CERTAIN_REPORTS = (
    ("unit-to-county", "hongshan-mining", COUNTY, "10:05", "ordinary"),
    ("at-risk-unit-to-county", "hongshan-mining", COUNTY, "10:05", "ordinary"),
    ("county-to-city", COUNTY, CITY, "11:05", "ordinary"),
    ("county-to-government", COUNTY, "qingshi-government", "11:05", "ordinary"),
    ("at-risk-county-to-city", COUNTY, CITY, "11:05", "ordinary"),
    ("at-risk-county-to-government", COUNTY, "qingshi-government", "11:05", "ordinary"),
)
INDICATED_REPORTS = (
    ("may-grow-county", "qingshi-government", "linjiang-government", "09:05", "especially-serious"),
    ("may-grow-city", "linjiang-government", "chujiang-government", "09:05", "especially-serious"),
    ("ministry-at-once", "mem", "state-council", "09:05", "especially-serious"),
    ("province-at-once", "chujiang-government", "state-council", "09:05", "especially-serious"),
    ("unit-to-province", "hongshan-mining", PROVINCE, "10:05", "especially-serious"),
    ("county-flash-to-province", COUNTY, PROVINCE, "10:05", "especially-serious"),
    ("city-flash-to-province", CITY, PROVINCE, "10:05", "especially-serious"),
    ("province-flash-to-ministry", PROVINCE, "mem", "10:05", "especially-serious"),
    ("ministry-to-state-council", "mem", "state-council-duty-office", "10:05", "especially-serious"),
    ("city-to-government", CITY, "linjiang-government", "11:05", "especially-serious"),
    ("city-to-province", CITY, PROVINCE, "11:05", "especially-serious"),
    ("province-to-government", PROVINCE, "chujiang-government", "11:05", "especially-serious"),
    ("province-to-ministry", PROVINCE, "mem", "11:05", "especially-serious"),
    ("follow-up-twice-daily", CITY, PROVINCE, "21:05", "especially-serious"),
)  # fmt: skip


def statutory(found: planengine.Assessment, certainty: str) -> set[tuple[str, ...]]:
    """The reports of the grade that are due this day, each by one body to one body."""
    rows = set()
    for item in found.reports:
        if item.document == "production-accident" and item.certainty == certainty:
            due = item.deadline.due if item.deadline is not None else None
            clock = format_time(due, "Asia/Shanghai") if due is not None else ""
            if clock.startswith("2026-10-21"):
                rows.add((item.report, *item.by, *item.to, clock[11:16], str(item.level)))
    return rows


def test_two_dead_and_fifty_three_missing_in_a_mine(engine: planengine.Engine) -> None:
    """The grade is 一般 for certain; what was reported may be 特别重大, and is reported like it."""
    found = assess(engine, "mine-flood", "2026-10-21T10:30:00+08:00")
    grade = next(d for d in found.decisions if d.id == "production-accident@linjiang")
    assert (grade.level, grade.indicated) == ("ordinary", "especially-serious")
    leads = {a.agency for a in found.agencies if ("linjiang/production-safety", "lead") in a.plans}
    assert leads == {"emergency-bureau", "linjiang-government"}
    assert statutory(found, "certain") == set(CERTAIN_REPORTS)
    assert statutory(found, "indicated") == set(INDICATED_REPORTS)
    told = {item.report: item for item in found.reports}
    four = ("qingshi-police", "qingshi-human-resources-bureau", "qingshi-trade-union", "qingshi-procuratorate")  # fmt: skip
    assert (told["county-tells"].to, told["county-tells"].certainty) == (four, "certain")
    assert told["city-tells"].certainty == "indicated"
    grown = told["may-grow-indicated"]
    assert (grown.to, grown.certainty) == (("chujiang-government", "army-garrison"), "certain")


def test_eleven_more_dead_make_the_same_reports_certain(engine: planengine.Engine) -> None:
    found = assess(engine, "mine-flood", "2026-10-21T16:00:00+08:00")
    assert statutory(found, "indicated") == set()
    names = {name for name, *_ in statutory(found, "certain")}
    assert names == {name for name, *_ in (*CERTAIN_REPORTS, *INDICATED_REPORTS)}


EVERY = [
    (example, at)
    for example, times in {
        "flood-day": ("18T07:00", "18T13:00", "18T22:00", "19T05:00", "19T10:30", "19T18:00"),
        "earthquake": ("12T03:30", "12T04:30", "12T07:00", "12T12:30", "12T16:00"),
        "chemical-explosion": ("09T14:30", "09T14:50", "09T17:30", "09T20:40", "10T08:00"),
        "mine-flood": ("21T09:10", "21T10:30", "21T11:00", "21T16:00", "22T09:00"),
    }.items()
    for at in (f"2026-{MONTHS[example]}-{time}:00+08:00" for time in times)
]


@pytest.mark.parametrize(("example", "at"), EVERY)
def test_no_level_without_a_basis(engine: planengine.Engine, example: str, at: str) -> None:
    """Also a level that a link gives rests on something that can be looked up."""
    found = assess(engine, example, at)
    assert [d.id for d in found.decisions if d.level is not None and not d.basis] == []
    assert [(d.id, r.text) for d in found.decisions for r in d.why if not r.basis] == []


@pytest.mark.slow
@pytest.mark.parametrize(("example", "at"), EVERY)
def test_every_duty_that_counts_has_a_limit(
    engine: planengine.Engine, example: str, at: str
) -> None:
    assert [a.id for a in assess(engine, example, at).actions if a.deadline is None] == []


def test_the_forecast_is_why_the_first_flood_level_is_reached(engine: planengine.Engine) -> None:
    at = "2026-07-18T08:00:00+08:00"
    flood = next(
        d
        for d in assess(engine, "flood-day", at).decisions
        if d.id.startswith("linjiang/flood/flood")
    )
    held = [one for reason in flood.why for one in reason.held if one.statements]
    assert [(str(one.cell), one.statements[0].stamp.id) for one in held] == [
        ("expected(rainfall-24h@linjiang, 86400 s)", "o1")
    ]


def test_a_statement_counts_from_its_receipt(engine: planengine.Engine) -> None:
    """e12 was stated at 05:40 and received at 06:14: at 06:00 nobody could know it."""
    early = assess(engine, "earthquake", "2026-09-12T06:00:00+08:00")
    known = assess(
        engine, "earthquake", "2026-09-12T06:00:00+08:00", known_at="2026-09-12T06:14:00+08:00"
    )
    ids = [
        {held.stamp.id for held in one.situation.evidence.journal.statements}
        for one in (early, known)
    ]
    assert "e12" not in ids[0]
    assert "e12" in ids[1]


@pytest.mark.slow
@pytest.mark.parametrize(("example", "at"), LEVELS)
def test_prerequisites_come_first(engine: planengine.Engine, example: str, at: str) -> None:
    actions = assess(engine, example, at).actions
    place = {one.key: i for i, item in enumerate(actions) for one in item.asked}
    late = [
        (item.id, name)
        for i, item in enumerate(actions)
        for name in item.after
        if place.get(name, -1) > i
    ]
    assert late == []


@pytest.mark.slow
@pytest.mark.parametrize(("example", "at"), LEVELS)
def test_json_is_stable_and_complete(engine: planengine.Engine, example: str, at: str) -> None:
    first = json.dumps(assess(engine, example, at).to_dict(), ensure_ascii=False)
    again = json.dumps(assess(engine, example, at).to_dict(), ensure_ascii=False)
    assert first == again
    data = json.loads(first)
    assert data["at"] == at
    assert {
        "incident", "at", "status", "decisions", "agencies", "actions", "reports", "ask",
        "assumed", "may_invoke", "conflicts", "recheck_at",
    } <= set(data)  # fmt: skip
    assert {
        "plan", "standard", "track", "authority", "area", "edition", "scale", "level",
        "could_reach", "exact", "obliged", "in_force", "proposal", "verb", "propose", "approve",
        "why", "basis", "next",
    } <= set(data["decisions"][0])  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("example", list(MONTHS))
def test_nothing_changes_before_recheck(engine: planengine.Engine, example: str) -> None:
    """Between statements an answer changes only at the moment that the assessment names."""
    for at in (at for name, at in LEVELS if name == example):
        now = assess(engine, example, at)
        incident = now.incident
        stamps = [e.stamp for e in incident.events]
        news = [m for s in stamps for m in (s.at, s.received) if m > now.at]
        until = min([*news, now.recheck_at or now.at + 86_400, now.at + 86_400])
        if until - 1 > now.at:
            later = engine.assess(incident, at=until - 1)
            assert [(d.id, d.level, d.could_reach) for d in later.decisions] == [
                (d.id, d.level, d.could_reach) for d in now.decisions
            ]


def test_order_of_arrival_does_not_matter(engine: planengine.Engine, tmp_path: Path) -> None:
    from msgspec.structs import replace

    incident = engine.library.read_incident(ROOT / "examples" / "earthquake.yaml")
    turned = replace(incident, events=tuple(reversed(incident.events)))
    at = "2026-09-12T12:30:00+08:00"
    assert found(engine.assess(turned, at=at)) == found(engine.assess(incident, at=at))


def test_only_counties_that_were_hit_report_to_the_province_and_the_ministry(
    engine: planengine.Engine,
) -> None:
    """The relief standard decides for the province; four counties of the city reported no harm."""
    found = assess(engine, "earthquake", "2026-09-12T09:40:00+08:00")
    told = {
        one.report: one.by for one in found.reports if one.document == "natural-disaster-relief"
    }
    hit = ("qingshi-emergency-bureau", "xikou-emergency-bureau")
    assert (told["county-to-province-direct"], told["county-to-ministry-direct"]) == (hit, hit)
