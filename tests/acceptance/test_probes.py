"""Small cases that once were answered wrongly, and their neighbours, through the public doors."""

from __future__ import annotations

import pytest

from planengine.values.times import parse_time
from tests.assessment.conftest import VOCABULARY, Small, day, stated

GRADE = """standard: harm
label: {en: harm}
scale: response
authority: city
edition: {number: "1", in-force: 2020-01-01}
applies: {hazards: [flood]}
any: {deaths: {I: ≥ 3}}
"""


def test_what_only_the_binding_rules_read_is_decided_first(small: Small) -> None:
    """The level is always given by a `may` rule; only the obliged level reads the grade."""
    (small.folder / "plans" / "harm.yaml").write_text(GRADE)
    body = """
levels:
  - {level: III, verb: may, when: {count: {over: county, where: {deaths: ≥ 1}, is: ≤ 2}}}
from: {decision: response.harm, map: {I: III}}
"""
    found = small.plan("dam", body).assess(stated("08:00", deaths=3), at="09:00")
    decision = next(one for one in found.decisions if one.plan == "city/dam")
    assert (decision.level, decision.obliged) == ("III", "III")
    found = small.assess(stated("08:00", deaths=0), at="09:00")
    decision = next(one for one in found.decisions if one.plan == "city/dam")
    assert (decision.level, decision.obliged) == ("III", None)


def test_what_only_the_binding_rules_read_of_themselves_is_a_circle_too(small: Small) -> None:
    """That the plan is at III, which it may always be, obliges to nothing that is not obliged."""
    body = """
levels:
  - {level: III, verb: may, when: {count: {over: county, where: {deaths: ≥ 1}, is: ≤ 2}}}
from: {decision: response.dam, map: {III: III}}
"""
    (decision,) = small.plan("dam", body).assess(stated("08:00", deaths=3), at="09:00").decisions
    assert (decision.level, decision.obliged) == ("III", None)
    assert decision.met_at == parse_time(day("08:00"))


def test_a_level_that_may_be_started_is_not_obliged_because_it_was_raised_to(small: Small) -> None:
    body = """
levels:
  - {level: III, when: {deaths: ≥ 3}}
  - {level: II, verb: may, when: {deaths: ≥ 100}}
raise-by: {when: {calm: false}, by: 1}
"""
    found = small.plan("dam", body).assess(stated("08:00", deaths=3, calm=False), at="09:00")
    (decision,) = found.decisions
    assert (decision.level, decision.obliged, decision.verb) == ("II", "III", "may")


def test_a_later_exercise_statement_does_not_move_the_assessed_time(small: Small) -> None:
    """The default time is the newest statement's of those that count (SEMANTICS 15, 29)."""
    engine = small.plan("dam", "levels: [{level: III, when: {deaths: ≥ 3}}]\n").engine()
    actual = [stated("08:00", deaths=3)]
    drill = {**stated("20:00", deaths=0), "status": "exercise"}
    incident = {"incident": "x", "hazards": ["flood"], "observations": [*actual, drill]}
    assert engine.assess(incident).at == engine.assess({**incident, "observations": actual}).at
    assert (
        engine.assess(incident, status="exercise").at == engine.assess(incident, at=day("20:00")).at
    )
    with pytest.raises(ValueError, match="no time of its own"):
        engine.assess({**incident, "observations": [drill]})


def test_an_exercise_statement_does_not_move_since_when_a_level_is_met(small: Small) -> None:
    """Nothing is stated of the breach: from the first thing that counts on it is assumed."""
    engine = small.plan("dam", "levels: [{level: III, when: {breach: false}}]\n").engine()
    drill = {**stated("06:00", deaths=0), "status": "exercise"}
    for told in ([stated("08:00", deaths=3)], [drill, stated("08:00", deaths=3)]):
        incident = {"incident": "x", "hazards": ["flood"], "observations": told}
        (decision,) = engine.assess(incident, at=day("09:00")).decisions
        assert decision.level == "III"
        assert decision.met_at == parse_time(day("08:00"))


def test_a_level_that_its_bands_give_whatever_is_so_names_them(small: Small) -> None:
    """Nothing is known, and nothing needs to be: the two bands together leave nothing out."""
    body = """
levels:
  - {level: II, when: {deaths: ≥ 3}, basis: {source: law, clause: "2"}}
  - {level: III, when: {not: {deaths: ≥ 3}}, basis: {source: law, clause: "3"}}
"""
    (decision,) = small.plan("dam", body).assess(at="09:00").decisions
    (reason,) = decision.why
    assert decision.level == "III"
    assert reason.span is not None
    assert reason.text
    assert [basis.clause for basis in reason.basis] == ["3"]


def test_the_moment_to_look_again_is_also_that_of_the_obliged_level(small: Small) -> None:
    """Whatever the hour some rule gives the level; only till 11:30 one that binds."""
    (small.folder / "vocabulary.yaml").write_text(
        VOCABULARY.strip()
        + '\ncalendars: {morning: {label: {en: morning}, clock: [{from: "09:00", until: "11:30"}]}}\n'
    )
    small.plan(
        "dam",
        """
levels:
  - {level: I, verb: may, when: {any: [{calm: true}, {not: {during: morning}}]}}
  - {level: II, verb: may, when: {deaths: ≥ 100}}
any: [{row: by day, I: {during: morning}}, {row: always, III: {during: morning}}]
""",
    )
    engine = small.engine()
    incident = {"incident": "x", "hazards": ["flood"], "observations": [stated("08:00", deaths=1)]}
    now = engine.assess(incident, at=day("10:00"))
    (decision,) = now.decisions
    assert (decision.level, decision.obliged) == ("I", "III")
    assert now.recheck_at == parse_time(day("11:30"))
    (later,) = engine.assess(incident, at=day("11:30")).decisions
    assert (later.level, later.obliged) == ("I", None)


def test_what_a_lasting_condition_rests_on_is_cited(small: Small) -> None:
    """Both that it held, and that it did not."""
    told = [
        {**stated("07:00", calm=False), "id": "first"},
        {**stated("08:00", calm=False), "id": "again"},
    ]
    lasting = "{lasting: {where: {calm: %s}, is: ≥ 1 h}}"
    for when in (lasting % "false", f"{{not: {lasting % 'true'}}}"):
        body = f"levels: [{{level: III, when: {when}}}]\n"
        (decision,) = small.plan("dam", body).assess(*told, at="08:30").decisions
        cited = {one.stamp.id for held in decision.why[0].held for one in held.statements}
        assert cited == {"first", "again"}


def test_what_is_assumed_within_a_lasting_condition_is_listed(small: Small) -> None:
    body = "levels: [{level: III, when: {lasting: {where: {breach: false}, is: ≥ 1 h}}}]\n"
    found = small.plan("dam", body).assess(stated("08:00", deaths=0), at="09:00")
    assert [decision.level for decision in found.decisions] == ["III"]
    (assumed,) = found.assumed
    assert (str(assumed.cell), str(assumed.value), assumed.earlier) == (
        "breach@city",
        "false",
        False,
    )
    late = {**stated("08:50", breach=False)}
    told = small.assess(late, at="09:00")
    assert told.recheck_at == parse_time(day("09:50"))  # from then on it rests on what was stated
    (assumed,) = told.assumed
    assert (str(assumed.cell), assumed.earlier) == ("breach@city", True)
    early = {**stated("07:50", breach=False)}
    assert small.assess(early, at="09:00").assumed == ()


def test_that_nobody_speaks_of_a_fact_any_more_is_worth_another_look(small: Small) -> None:
    """Unknown it was and is; but till 08:45 somebody had said so, and what is bounded goes first."""
    told = {**stated("08:00", level="unknown"), "valid": {"until": day("08:45")}}
    engine = small.plan("dam", "levels: [{level: III, when: {level: ≥ 5}}]\n").engine()
    incident = {"incident": "x", "hazards": ["flood"], "observations": [told]}
    now = engine.assess(incident, at=day("08:30"))
    assert [question.observed for question in now.ask] == [True]
    assert now.recheck_at == parse_time(day("08:45"))
    later = engine.assess(incident, at=day("08:45"))
    assert [question.observed for question in later.ask] == [False]


def test_what_may_still_be_added_is_read_and_counts_for_exactness(small: Small) -> None:
    """Asked of the dead upwards and of the lost downwards, the levels may be loose."""
    lost = "  lost: {label: {en: lost}, type: count, roll-up: sum}\n"
    killed = "  killed: {label: {en: killed}, type: count, roll-up: sum, may-rise-by: lost}\n"
    text = VOCABULARY.strip().replace("facts:\n", f"facts:\n{lost}{killed}", 1) + "\n"
    (small.folder / "vocabulary.yaml").write_text(text)
    said = {**stated("08:00", lost="[0..5]"), "facts": {"killed": 2, "lost": "[0..5]"}}
    small.plan("dam", "levels: [{level: III, when: {all: [{killed: ≥ 3}, {lost: < 3}]}}]\n")
    (decision,) = small.assess(said, at="08:00").decisions
    assert (decision.level, decision.could_reach, decision.exact) == (None, "III", False)
    found = small.plan("dam", "levels: [{level: III, when: {killed: ≥ 3}}]\n").assess(
        said, at="08:00"
    )
    assert found.unread == ()
    assert [one.exact for one in found.decisions] == [True]


@pytest.mark.parametrize("more", [{}, {"correct": "d"}])
def test_how_far_a_forecast_reaches_moves_on_while_it_tells_the_same(
    small: Small, more: dict[str, str]
) -> None:
    engine = small.plan(
        "dam", "levels: [{level: III, when: {expected: {within: 2 h, level: ≥ 5 m}}}]\n"
    ).engine()
    forecast = {**stated("08:00", level="[4..6] m"), "kind": "forecast"}
    told = [
        {**forecast, "valid": {"from": day("08:00"), "until": day("20:00")}},
        {**stated("09:00", deaths=1), "id": "d"},
    ]
    timeline = engine.open({"incident": "x", "hazards": ["flood"], "observations": told})
    (before,) = timeline.assessment.ask
    assert before.forecast_until == parse_time(day("11:00"))
    (after,) = timeline.tell({**stated("12:00", deaths=2), **more}).assessment.ask
    assert after.forecast_until == parse_time(day("14:00"))


def test_what_is_outdated_stays_told_when_others_of_its_family_are_told_of(small: Small) -> None:
    (small.folder / "vocabulary.yaml").write_text(
        VOCABULARY.replace(
            "roll-up: sum, cumulative: true, provider: health}",
            "roll-up: sum, provider: health}\n"
            "  lost: {label: {en: lost}, type: count, unit: 人, subject: area, direction: up, "
            "roll-up: sum, derived: {sum: [deaths, unrelated]}}",
            1,
        )
    )
    counted = "{over: county, where: {lost: ≥ 3}, is: ≥ 1}"
    engine = small.plan("dam", f"levels: [{{level: III, when: {{count: {counted}}}}}]\n").engine()
    told = [
        {**stated("08:00", unrelated=2), "area": "north"},
        {**stated("09:00", lost=1), "area": "north"},
    ]
    timeline = engine.open({"incident": "x", "hazards": ["flood"], "observations": told})
    before = [(str(one.cell), len(one.statements)) for one in timeline.assessment.outdated]
    after = timeline.tell({**stated("10:00", deaths=1), "area": "south"}).assessment
    assert before == [("unrelated@north", 1)]
    assert [(str(one.cell), len(one.statements)) for one in after.outdated] == before


def test_what_one_went_on_to_tell_is_not_told_by_another(small: Small) -> None:
    """Two timelines go on from one, with one statement more each."""
    engine = small.plan("dam", "levels: [{level: III, when: {breach: true}}]\n").engine()
    told = [{**stated("08:00", breach=False), "area": "north"}]
    one = engine.open({"incident": "x", "hazards": ["flood"], "observations": told})
    assert one.assessment.decisions[0].level is None
    levels = [
        one.tell({**stated("09:00", breach=said), "area": "north"}).assessment.decisions[0].level
        for said in (False, True, False)
    ]
    assert levels == [None, "III", None]


def test_what_only_decides_whether_a_hazard_joins_is_asked_where_no_level_hangs_on_it(
    small: Small,
) -> None:
    """The fire's plan is read, and always excluded: no level hangs on what brings the fire."""
    (small.folder / "vocabulary.yaml").write_text(
        VOCABULARY.replace("hazards: {flood:", "hazards: {fire: {label: {en: fire}}, flood:")
    )
    small.plan("fire", "levels: [{level: III, when: {any: [{calm: true}, {calm: false}]}}]\n")
    path = small.folder / "plans" / "fire.yaml"
    never = "not: [{when: {any: [{deaths: ≥ 0}, {deaths: n/a}]}}]"
    path.write_text(path.read_text().replace("{hazards: [flood]}", f"{{hazards: [fire], {never}}}"))
    body = """
levels:
  - {level: II, when: {any: [{level: ≥ 5 m}, {response.fire: III}]}}
  - {level: III, when: {calm: true}}
links: [{from: III, when: {unrelated: ≥ 1}, cascade: fire}]
"""
    found = small.plan("dam", body).assess(stated("08:00", deaths=1), at="09:00")
    asked = [str(one.cell) for one in found.ask]
    assert "level@city" in asked
