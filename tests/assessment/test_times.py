"""Times in whole answers: a plan's own start, forecasts, when to look again, local time."""

from __future__ import annotations

from typing import Any

import planengine
from planengine.values.times import format_time
from tests.assessment.conftest import Small, day, in_force, stated

STARTED = """
levels:
  - {level: I, when: {all: [{deaths: ≥ 1}, {elapsed: {since: start, is: ≥ 6 h}}]}}
  - {level: II, when: {deaths: ≥ 5}}
  - {level: III, when: {deaths: ≥ 1}}
actions:
  - {id: third, from: III, when: {elapsed: {since: start, is: ≥ 4 h}}, executor: office, do: third}
  - {id: second, from: II, when: {elapsed: {since: start, is: ≥ 4 h}}, executor: office, do: second}
  - {id: after, from: III, when: {elapsed: {since: done.third, is: ≥ 1 h}}, executor: office, do: after}
"""


def done(clock: str, action: str) -> dict[str, Any]:
    return {"at": day(clock), "done": {"plan": "dam", "action": action}}


def actions(found: planengine.Assessment) -> set[str]:
    return {one.asked[0].action for one in found.actions if one.certainty == "certain"}


def test_start_is_of_the_plan_at_the_level_that_asks_or_worse(small: Small) -> None:
    small.plan("dam", STARTED).plan("other", STARTED)
    told = [
        stated("01:00", deaths=5),
        in_force("02:00", "III"),
        in_force("06:00", "II"),
        in_force("07:00", "III", plan="other"),
    ]
    at_six = small.assess(*told, at="06:00")
    assert actions(at_six) == {"third"}  # III has run since 02:00, II since 06:00 only
    assert actions(small.assess(*told, at="10:00")) == {"third", "second"}
    found = small.assess(*told, at="11:30")
    levels = {(one.plan, one.level) for one in found.decisions}
    assert levels == {("city/dam", "I"), ("city/other", "II")}  # each by its own start
    ended = [*told[:-1], in_force("10:00", "none"), in_force("11:00", "III")]
    assert actions(small.assess(*ended, at="11:30")) == set()


def test_what_was_not_started_or_done_is_not_so(small: Small) -> None:
    small.plan("dam", STARTED)
    facts = stated("01:00", deaths=5)
    found = small.assess(facts, at="23:00")
    (dam,) = found.decisions
    assert (dam.level, dam.could_reach, found.ask) == ("II", "II", ())
    assert "after" not in {one.asked[0].action for one in found.actions}
    again = small.assess(facts, done("02:00", "third"), done("05:00", "third"), at="06:00")
    assert "after" in actions(again)
    assert "after" not in actions(
        small.assess(facts, done("02:00", "third"), done("05:30", "third"), at="06:00")
    )


FORECAST = """
levels:
  - {level: I, when: {expected: {within: 24 h, covering: 18 h, level: ≥ 9}}}
  - {level: II, when: {expected: {within: 24 h, level: ≥ 7}}}
  - {level: III, when: {expected: {within: 24 h, calm: true}}}
end: {when: {expected: {within: 24 h, level: < 5}}}
"""


def expect(clock: str, since: str, until: str, **facts: Any) -> dict[str, Any]:
    valid = {"from": since, "until": until}
    return {"at": day(clock), "kind": "forecast", "valid": valid, "facts": facts}


def hour(day_of_july: int, hours: int) -> str:
    return f"2026-07-{day_of_july:02}T{hours:02}:00:00+08:00"


def test_forecasts_for_other_days_stand_beside_each_other(small: Small) -> None:
    small.plan("dam", FORECAST)
    today = expect("08:00", hour(1, 8), hour(2, 0), level=4)
    tomorrow = expect("08:00", hour(2, 0), hour(3, 0), level=8)
    later = expect("09:00", hour(3, 0), hour(4, 0), level=2)
    (dam,) = small.assess(today, tomorrow, later, at="09:00").decisions
    assert (dam.level, dam.could_reach) == ("II", "II")
    assert dam.why[0].held[0].forecast_until == planengine.facade.moment(hour(2, 9))


def test_one_dry_hour_of_24_does_not_end_a_response(small: Small) -> None:
    small.plan("dam", FORECAST)
    dry = expect("08:00", hour(1, 8), hour(1, 9), level=1)
    (dam,) = small.assess(dry, in_force("08:00", "II"), at="08:00").decisions
    assert (dam.proposal, dam.could_reach) == ("keep", "I")
    question = next(
        one for one in small.assess(dry, at="08:00").ask if one.forecast_until is not None
    )
    assert format_time(question.forecast_until, "Asia/Shanghai") == hour(1, 9)
    enough = expect("08:00", hour(1, 8), hour(2, 3), level=1)
    found = small.assess(enough, at="08:00")
    assert [one.could_reach for one in found.decisions] == ["II"]  # 19 h tell of I, not of II


def test_a_fact_without_direction_is_tested_at_each_instant(small: Small) -> None:
    small.plan("dam", FORECAST)
    calm = expect("08:00", hour(1, 20), hour(1, 22), calm=True)
    rough = expect("08:00", hour(1, 8), hour(3, 0), calm=False, level=1)
    late = expect("07:00", hour(1, 8), hour(3, 0), calm=True)
    found = small.assess(calm, rough, late, at="08:00")
    assert [one.level for one in found.decisions] == [None]  # the two of 08:00 contradict: open
    newer = {**calm, "at": day("09:00")}
    assert [one.level for one in small.assess(newer, rough, at="09:00").decisions] == ["III"]
    assert [one.could_reach for one in small.assess(rough, at="09:00").decisions] == [None]


RECHECK = """
levels:
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {lasting: {where: {level: ≥ 5}, is: ≥ 2 h}}}
warnings:
  - {level: red, when: {level: ≥ 9}, issuer: office, measures: [w]}
actions:
  - {id: watch, from: II, executor: office, do: watch, within: 30 min, of: met}
"""


def test_answers_are_constant_between_the_moments_of_recheck(small: Small) -> None:
    small.plan("dam", RECHECK)
    valid = {"from": day("09:15"), "until": day("11:45")}
    observations = [
        stated("08:00", level=6),
        stated("08:30", deaths=3),
        {"at": day("08:40"), "issued": {"warning.dam": "red"}, "valid": valid},
        {"at": day("08:50"), "decide": {"plan": "dam", "level": "II", "duration": "5 h"}},
        {"at": day("08:50"), "facts": {"level": 7}, "valid": {"until": day("12:20")}},
    ]
    incident = {"incident": "x", "hazards": ["flood"], "observations": observations}
    engine = small.engine()
    read = engine.library.read_incident(incident)
    known = planengine.facade.moment(day("08:50"))
    seen = []
    at: int | None = known
    end = planengine.facade.moment(day("23:00"))

    def told(moment: int) -> dict[str, Any]:
        whole = engine.assess(read, at=moment).to_dict()
        del whole["at"]
        return whole

    while at is not None and at < end:
        found = engine.assess(read, at=at)
        following = found.recheck_at
        seen.append(format_time(following, "Asia/Shanghai")[11:19] if following else None)
        last = (following or end) - 1
        for moment in {at + (last - at) // 3, last}:
            one, other = told(at), told(moment)
            assert one == other, format_time(moment, "Asia/Shanghai")
        at = following
    assert seen == [
        "09:00:01",  # a limit has passed
        "09:15:00",  # the warning stands
        "10:00:00",  # the level has lasted
        "11:45:00",  # the warning stands no more
        "12:20:00",  # nothing is known of the level
        "13:50:00",  # what was started for 5 h
        None,
    ]


def test_all_output_is_in_local_time(small: Small) -> None:
    manifest = small.folder / "planengine.yaml"
    manifest.write_text(manifest.read_text().replace("Asia/Shanghai", "America/Chicago"))
    small.plan("dam", RECHECK)
    engine = small.engine()
    found = engine.assess(
        {
            "incident": "x",
            "hazards": ["flood"],
            "observations": [
                {"at": "2026-03-08T07:59:00Z", "facts": {"deaths": 3, "level": 6}},
                {"at": "2026-03-08T08:00:00Z", "facts": {"deaths": 4}},
            ],
        }
    ).to_dict()
    assert found["at"] == "2026-03-08T03:00:00-05:00"
    met = {one["met_at"] for one in found["decisions"]}
    assert "2026-03-08T01:59:00-06:00" in met
    plan = engine.library.entities.plans["city/dam"][0]
    assert plan.edition.period.since == planengine.facade.moment("2020-01-01T00:00:00-06:00")


def test_a_library_without_a_time_zone_is_told_so(small: Small) -> None:
    manifest = small.folder / "planengine.yaml"
    manifest.write_text(manifest.read_text().replace("time-zone: Asia/Shanghai\n", ""))
    small.plan("dam", RECHECK)
    library = planengine.load(small.folder)
    assert [found.code for found in library.diagnostics].count("no-time-zone") == 1
    assert library.entities.time_zone == "UTC"
