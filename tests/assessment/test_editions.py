"""Each moment is judged, and named, by the edition in force then."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.assessment.words import Words
from tests.assessment.conftest import Small
from tests.keys import unit_key
from tests.shipped import ROOT

EDITION = """plan: dam
kind: special
label: {{zh: {zh}, en: {en}}}
jurisdiction: city
edition: {{number: "{number}", in-force: {since}{until}}}
basis: [{{source: law, clause: "1"}}]
applies: {{hazards: [flood]}}
command: {{headquarters: government, office: office}}
{body}
"""
OLD = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
lower: {when: {level: < 5}}
end: {when: {calm: true}}
actions: [{id: patrol, from: II, executor: office, do: patrol}]
"""
NEW = """
levels:
  - {level: II, when: {deaths: ≥ 5}}
  - {level: III, when: {deaths: ≥ 3}}
"""


def june(clock: str) -> str:
    return f"2026-06-30T{clock}:00+08:00"


def july(clock: str) -> str:
    return f"2026-07-01T{clock}:00+08:00"


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def stated(at: str, **facts: Any) -> dict[str, Any]:
    return {"at": at, "facts": facts}


def put(at: str, level: str) -> dict[str, Any]:
    return {"at": at, "decide": {"plan": "dam", "level": level, "by": "chief"}}


def assess(small: Small, *observations: dict[str, Any], at: str) -> planengine.Assessment:
    incident = {"incident": "x", "hazards": ["flood"], "observations": list(observations)}
    return small.engine().assess(incident, at=at)


def edition(small: Small, number: str, since: str, until: str | None, body: str, name: str) -> None:
    text = EDITION.format(
        number=number,
        since=since,
        until=f", until: {until}" if until else "",
        body=body,
        en=f"{name} plan",
        zh=f"{name}预案",
    )
    (small.folder / "plans" / f"dam-{number}.yaml").write_text(text)


def two(small: Small) -> None:
    """The old edition until the first of July in the city's time, then the new one."""
    edition(small, "1", "2020-01-01", "2026-07-01", OLD, "old")
    edition(small, "2", "2026-07-01", None, NEW, "new")


def seen(found: planengine.Assessment) -> tuple[Any, ...]:
    (decision,) = found.decisions
    return decision.edition, decision.level, decision.label.text("en")


def test_from_is_inclusive_and_until_exclusive(small: Small) -> None:
    two(small)
    facts = stated(june("08:00"), deaths=4)
    assert seen(assess(small, facts, at=june("23:59"))) == ("1", "II", "old plan")
    assert seen(assess(small, facts, at=july("00:00"))) == ("2", "III", "new plan")


def test_met_and_known_judge_each_moment_by_the_edition_then(small: Small) -> None:
    two(small)

    def since(deaths: int, at: str) -> tuple[int | None, int | None]:
        late = {**stated(june("08:00"), deaths=deaths), "received": june("09:00")}
        found = assess(small, late, at=at)
        (decision,) = found.decisions
        rank = {"I": 3, "II": 2, "III": 1, None: 0}[decision.level]
        history = found.situation.history
        known = history.met_since(decision.key, rank, known=True) if rank else None
        return decision.met_at, known

    eight, nine = seconds(june("08:00")), seconds(june("09:00"))
    assert since(12, june("09:30")) == (eight, nine)  # I by the old edition
    assert since(12, july("11:00")) == (eight, nine)  # II at least, by either
    assert since(4, july("11:00")) == (eight, nine)  # III at least
    assert since(2, july("11:00")) == (None, None)
    two_later = {**stated(june("08:00"), deaths=4), "received": july("10:30")}
    found = assess(small, two_later, at=july("11:00"))
    known = found.situation.history.met_since(found.decisions[0].key, 1, known=True)
    assert known == seconds(july("10:30"))


def test_a_level_that_only_the_new_edition_gives_begins_with_it(small: Small) -> None:
    edition(small, "1", "2020-01-01", "2026-07-01", NEW, "old")
    edition(small, "2", "2026-07-01", None, OLD, "new")
    (decision,) = assess(small, stated(june("08:00"), deaths=4), at=july("11:00")).decisions
    assert decision.level == "II"
    assert decision.met_at == seconds(july("00:00"))


def test_a_response_outlives_its_edition(small: Small) -> None:
    two(small)
    (finding,) = assess(
        small, stated(june("08:00"), deaths=4), put(june("09:00"), "II"), at=july("11:00")
    ).conflicts
    assert finding.kind == "edition"
    assert (
        finding.text.en == "level II was started by edition 1, which is over; edition 2 judges now"
    )
    assert finding.text.zh == "二级依据1版启动，该版已失效；现由2版研判"


@pytest.mark.parametrize(
    ("facts", "proposal"),
    [
        ({"deaths": 12, "level": 6}, "keep"),  # no new level
        ({"deaths": 12, "level": 4}, "lower"),
        ({"deaths": 12, "level": 6, "calm": True}, "end"),
    ],
)
def test_without_a_successor_the_last_edition_gives_duties_lower_and_end(
    small: Small, facts: dict[str, Any], proposal: str
) -> None:
    edition(small, "1", "2020-01-01", "2026-07-01", OLD, "old")
    found = assess(
        small, stated(june("08:00"), **facts), put(june("09:00"), "II"), at=july("11:00")
    )
    (decision,) = found.decisions
    assert (decision.level, decision.could_reach) == (None, None)
    assert (decision.in_force, decision.edition, decision.proposal) == ("II", "1", proposal)
    assert [item.asked[0].action for item in found.actions] == ["patrol"]
    assert [item.kind for item in found.conflicts] == ["not-covered", "edition"]
    assert "no successor" in found.conflicts[1].text.en


def test_what_is_over_and_not_in_force_gives_nothing(small: Small) -> None:
    edition(small, "1", "2020-01-01", "2026-07-01", OLD, "old")
    facts = stated(june("08:00"), deaths=12, level=6)
    found = assess(small, facts, at=july("11:00"))
    assert (found.decisions, found.actions) == ((), ())
    ended = assess(
        small, facts, put(june("09:00"), "II"), put(june("09:30"), "none"), at=july("11:00")
    )
    assert ended.actions == ()
    assert [item.kind for item in ended.conflicts] == ["not-covered"]


def test_a_level_that_no_decision_has_any_more_is_told(small: Small) -> None:
    tracks = "tracks:\n  river:\n    levels: [{level: II, when: {deaths: ≥ 3}}]\n"
    edition(small, "1", "2020-01-01", "2026-07-01", tracks, "old")
    edition(small, "2", "2026-07-01", None, tracks.replace("river", "dyke"), "new")
    started = {"at": june("09:00"), "decide": {"plan": "dam", "track": "river", "level": "II"}}
    (finding,) = assess(small, stated(june("08:00"), deaths=1), started, at=july("11:00")).conflicts
    assert (finding.kind, finding.subject) == ("edition", "city/dam")


def test_words_take_the_names_of_their_time(small: Small) -> None:
    two(small)
    entities = planengine.load(small.folder).entities
    before = Words(entities, "zh", at=seconds(june("23:59")))
    after = Words(entities, "zh", at=seconds(july("00:00")))
    assert before.document("city/dam") == before.decision(unit_key("city/dam@city")) == "old预案"
    assert after.document("city/dam") == after.decision(unit_key("city/dam@city")) == "new预案"
    assert Words(entities, "zh", at=0).document("city/dam") == "old预案"
    assert Words(entities, "zh").document("city/dam") == "new预案"


# Coverage


@pytest.fixture(scope="module")
def shipped() -> planengine.Engine:
    return planengine.load(ROOT).compile()


@pytest.mark.parametrize(
    ("hazard", "at", "covered"),
    [
        ("earthquake", "2026-05-12", True),
        ("earthquake", "2003-05-12", False),
        ("railway-accident", "2026-05-12", False),
        ("flood", "2026-07-20", True),
        ("chemical-accident", "2026-06-09", True),
    ],
)
def test_a_hazard_that_nothing_in_force_is_for_is_told_first(
    shipped: planengine.Engine, hazard: str, at: str, covered: bool
) -> None:
    found = shipped.assess(
        {"incident": "x", "hazards": [hazard], "observations": []}, at=f"{at}T08:00:00+08:00"
    )
    first = next(iter(found.coverage))
    assert (first.hazard, first.covered) == (hazard, covered)
    assert all(one.edition for one in first.judges)
    assert any(one.own for one in first.judges) == covered
    kinds = [item.kind for item in found.conflicts]
    assert (kinds[:1] == ["not-covered"]) == (not covered)
    told = found.to_dict()["coverage"][0]
    assert (told["hazard"], told["covered"]) == (hazard, covered)
    if not covered:
        label = shipped.library.entities.hazards[hazard].label
        assert label.text("en") in found.conflicts[0].text.en
        assert label.text("zh") in found.conflicts[0].text.zh


def test_nothing_is_reached_is_never_said_of_what_was_not_judged(
    shipped: planengine.Engine, tmp_path: Path
) -> None:
    from planengine.screens.assessment_view import view
    from planengine.screens.screen import Screen

    found = shipped.assess(
        {"incident": "x", "hazards": ["earthquake"], "observations": []},
        at="2003-05-12T15:00:00+08:00",
    )
    chinese = view(found, "zh", screen=Screen(100, colour=False))
    english = view(found, "en", screen=Screen(100, colour=False))
    assert "未予研判" in chinese
    assert "it was not judged" in english
    assert "没有预案或标准达到任何级别" not in chinese
    assert "No plan or standard reaches a level" not in english


def test_what_only_another_edition_asks_is_named_by_it(small: Small) -> None:
    """What was done under an edition that has gone is still told in words."""
    asked = OLD + (
        "reports: [{id: up, from: II, by: office, to: health, content: [stage]}]\n"
        "information: {id: daily, from: II, body: office, conference-within: 5 h}\n"
    )
    edition(small, "1", "2020-01-01", "2026-07-01", asked, "old")
    edition(small, "2", "2026-07-01", None, NEW, "new")
    words = Words(planengine.load(small.folder).entities, "en", at=seconds(july("08:00")))
    assert words.duty("action", "city/dam", "patrol") == "patrol"
    assert words.duty("report", "city/dam", "up") == "report of new plan (to health: stage)"
    assert words.duty("release", "city/dam", "daily") == "press conference of new plan"
