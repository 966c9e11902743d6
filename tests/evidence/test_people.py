"""Levels in force, issued warnings, acts, actions, hazards and attributes."""

from __future__ import annotations

from msgspec.structs import replace

from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.statements import DutyDone, Invocation, Issue, PutInForce
from planengine.rules.conditions import (
    ActCell,
    AttributeCell,
    ElapsedCell,
    HazardCell,
    LevelCell,
)
from planengine.values.sets import COUNT, FALSE, TRUE
from tests.evidence.build import CITY, EAST, HOUR, OTHER, WEST, evidence, said, stamp, withdrawn
from tests.keys import unit_key

PLAN = "city/flood"


def put(at, rank, track="river", duration=None, plan=PLAN, name=None, corrects=None) -> PutInForce:
    seconds = None if duration is None else duration * HOUR
    return PutInForce(stamp(at, name), plan, track, rank, "commander", seconds, corrects)


def issue(at, rank, area=CITY, document="rainstorm", scale="warning") -> Issue:
    return Issue(stamp(at), scale, document, area, rank, "weather-bureau")


def active(unit: str) -> LevelCell:
    return LevelCell(unit_key(unit), "active", COUNT)


def test_the_newest_decision_is_in_force_until_ended() -> None:
    found = evidence(put(1, 2), put(2, 3), put(5, 0), at=6)
    ranks = [found.at_time(h * HOUR).in_force(PLAN, "river") for h in (0, 1, 2, 4, 5)]
    assert ranks == [0, 2, 3, 3, 0]
    assert str(found.at_time(3 * HOUR).known(active("city/flood/river@city")).value) == "3"
    assert str(found.known(active("city/other@city")).value) == "0"


def test_tracks_are_apart_and_no_track_means_all() -> None:
    found = evidence(put(1, 2, "river"), put(2, 1, "drought"))
    assert [found.in_force(PLAN, track) for track in ("river", "drought", None)] == [2, 1, 1]
    ended = evidence(put(1, 2, "river"), put(3, 0, None))
    assert ended.in_force(PLAN, "river") == 0


def test_at_one_time_the_more_severe_counts() -> None:
    assert evidence(put(1, 3), put(1, 2)).in_force(PLAN, "river") == 3


def test_a_duration_that_has_passed_ends_nothing() -> None:
    found = evidence(put(1, 2, duration=3), at=4)
    assert found.in_force(PLAN, "river") == 2
    assert found.at_time(2 * HOUR).next_change([active("city/flood/river@city")]) == 4 * HOUR


def test_the_history_of_a_response() -> None:
    found = evidence(put(1, 2), put(2, 3), put(3, 0), put(4, 3), put(5, 3), put(6, 2), at=7)
    assert found.started(PLAN, "river") == 4 * HOUR
    assert found.level_changed(PLAN, "river") == 6 * HOUR
    assert found.eased_at(PLAN, "river") == 6 * HOUR
    assert found.at_time(5 * HOUR).eased_at(PLAN, "river") is None
    ended = found.at_time(3 * HOUR)
    assert (ended.started(PLAN, "river"), ended.eased_at(PLAN, "river")) == (None, 3 * HOUR)
    assert found.at_time(0).level_changed(PLAN, "river") is None


def test_a_rank_is_in_force_since_people_first_had_it_or_a_worse_one() -> None:
    raised = evidence(put(1, 1), put(2, 2), put(3, 3), put(4, 1), at=5)
    since = [raised.at_time(3 * HOUR).started(PLAN, "river", rank=rank) for rank in (1, 2, 3, 4)]
    assert since == [HOUR, 2 * HOUR, 3 * HOUR, None]
    assert raised.started(PLAN, "river", rank=2) is None  # eased since
    corrected = evidence(put(1, 1, name="a"), put(4, 2, corrects="a"), at=5)
    assert corrected.started(PLAN, "river", rank=2) == HOUR  # as if it had been said then


def test_documents_used_are_named_in_full() -> None:
    """A plan with its jurisdiction, also where a warning was issued; a standard by its id."""
    warned = replace(issue(1, 3, WEST, PLAN), track="river")
    found = evidence(put(1, 2, plan="west/heat"), issue(1, 3), warned, at=2)
    assert found.documents_used() == {
        "west/heat",
        "west/heat/river",
        "rainstorm",
        "city/flood",
        "city/flood/river",
    }


def test_decisions_are_withdrawn_and_corrected_like_statements() -> None:
    found = evidence(put(1, 2, name="a"), put(2, 3), put(4, 1, corrects="a"), at=5)
    assert [found.at_time(h * HOUR).in_force(PLAN, "river") for h in (1, 3, 4)] == [1, 3, 3]
    assert evidence(put(1, 2, name="a"), withdrawn(2, "a")).in_force(PLAN, "river") == 0


def test_what_is_issued_stands_by_scale_document_and_area() -> None:
    found = evidence(issue(1, 1), issue(2, 2), issue(2, 3), issue(1, 4, WEST), at=3)
    assert found.issued("warning", "rainstorm", CITY) == 3
    assert found.issued("warning", "rainstorm", WEST) == 4
    assert found.issued("warning", "rainstorm", EAST) == 3  # the city's holds in its counties
    assert found.issued("warning", "rainstorm", "gauge-west") == 4
    assert found.issued("warning", "rainstorm", OTHER) is None
    assert found.issued("grade", "rainstorm", CITY) is None
    assert found.at_time(HOUR).issued("warning", "rainstorm", CITY) == 1
    assert evidence(issue(1, 4), issue(2, 0)).issued("warning", "rainstorm", CITY) is None
    assert evidence(issue(1, 4, None)).issued("warning", "rainstorm", CITY) == 4


def test_a_plans_warning_is_not_that_of_another_jurisdictions_plan() -> None:
    found = evidence(issue(1, 4, document=PLAN))
    assert found.issued("warning", PLAN, CITY) == 4
    assert found.issued("warning", "west/flood", WEST) is None
    assert str(found.known(active("warning:city/flood@city")).value) == "4"


def test_acts_are_false_until_made() -> None:
    found = evidence(Invocation(stamp(2), "flood.II.judged-1", "office"))
    asked = ActCell("flood.II.judged-1")
    assert found.known(asked).value == TRUE
    assert found.at_time(HOUR).known(asked).value == FALSE
    assert found.known(ActCell("flood.II.judged-2")).value == FALSE
    assert found.invoked("flood.II.judged-1")


def test_acts_are_told_in_the_order_of_time_whenever_they_came() -> None:
    made = [Invocation(stamp(at, f"a{at}"), "flood.II.judged-1", "office") for at in (3, 1, 2)]
    for order in (made, made[::-1]):
        told = evidence(*order).invoked("flood.II.judged-1")
        assert [act.stamp.id for act in told] == ["a1", "a2", "a3"]


def test_actions_done() -> None:
    found = evidence(DutyDone(stamp(2), "action", PLAN, "patrol"), at=4)
    assert found.done(PLAN, "patrol") == 2 * HOUR
    assert found.done(PLAN, "evacuate") is None
    assert found.at_time(HOUR).done(PLAN, "patrol") is None
    assert str(found.known(ElapsedCell(DoneOf(PLAN, "patrol"))).value) == "7200"


def test_a_hazard_includes_those_below_it() -> None:
    found = evidence(at=1, hazards=["flood"])
    values = [found.known(HazardCell(h)).value for h in ("flood", "natural", "fire")]
    assert values == [TRUE, TRUE, FALSE]


def test_an_unknown_attribute_is_everything() -> None:
    cell = AttributeCell("warning-stage", "gauge", COUNT)
    assert str(evidence(at=1).known(cell).value) == "[0..∞) | n/a"
    shifted = AttributeCell("warning-stage", "gauge", COUNT, fact="water-level")
    assert str(evidence(at=1).known(shifted).value) == "[0..∞) | n/a"


def test_a_computed_level_is_left_to_the_engine() -> None:
    assert (
        str(evidence(at=1).known(LevelCell(unit_key("x@city"), "computed", COUNT)).value)
        == "[0..∞)"
    )


def test_what_was_stated_and_where() -> None:
    found = evidence(said(2, WEST, deaths=1), said(1, trapped=2), said(3, deaths=1, incident="o"))
    assert found.places() == (CITY, WEST)
    assert found.scope is None


def test_what_is_put_in_force_for_one_place_is_so_there_alone() -> None:
    found = evidence(put(1, 2), replace(put(2, 3), area=WEST), replace(put(3, 0), area=EAST))
    assert [found.in_force(PLAN, "river", place) for place in (WEST, EAST, OTHER)] == [3, 0, 2]
    assert str(found.known(active(f"{PLAN}/river@{WEST}")).value) == "3"
    assert found.started(PLAN, "river", EAST) is None
    assert found.started(PLAN, "river", WEST) == HOUR
    assert found.level_changed(PLAN, "river", WEST) == 2 * HOUR
    assert found.eased_at(PLAN, "river", EAST) == 3 * HOUR
    assert found.eased_at(PLAN, "river", WEST) is None


def test_acts_and_actions_of_one_place_are_its_own() -> None:
    act = Invocation(stamp(2), "judged", "office", area=WEST)
    done = DutyDone(stamp(2), "action", PLAN, "patrol", area=WEST)
    found = evidence(act, done)
    assert found.known(ActCell("judged", WEST)).value == TRUE
    assert found.known(ActCell("judged", EAST)).value == FALSE
    assert found.known(ActCell("judged")).value == FALSE
    assert found.done(PLAN, "patrol", WEST) == found.done(PLAN, "patrol") == 2 * HOUR
    assert found.done(PLAN, "patrol", EAST) is None


def test_a_warning_issued_on_one_track_is_none_on_another() -> None:
    found = evidence(replace(issue(1, 4, document="flood"), track="river"))
    assert found.issued("warning", "flood", CITY, "river") == 4
    assert found.issued("warning", "flood", CITY, "drought") is None
    assert found.issued("warning", "flood", CITY) == 4
    assert str(found.known(active("warning:city/flood/drought@city")).value) == "0"
    every = evidence(issue(1, 4, document="flood"))
    assert every.issued("warning", "flood", CITY, "drought") == 4


def test_of_each_issuer_and_track_the_newest_counts() -> None:
    def wet(at: float, rank: int, by: str | None = "a", track: str | None = "wet") -> Issue:
        return replace(issue(at, rank, document="flood"), track=track, by=by)

    def stands(*issues: Issue, track: str | None = None) -> list[int]:
        found = evidence(*issues, at=9)
        return sorted(one.rank for one in found.people.standing("warning", "flood", CITY, track))

    assert stands(wet(1, 4), wet(2, 2)) == [2]
    assert stands(wet(1, 4), wet(2, 2, by="b")) == [2, 4]
    assert stands(wet(1, 4), wet(2, 2, track="dry")) == [2, 4]
    # for all tracks, by the same: that replaces what was issued for one of them
    assert stands(wet(1, 4), wet(2, 2, track=None)) == [2]
    assert stands(wet(1, 4), wet(2, 0, track=None)) == []
    assert stands(wet(1, 4), wet(2, 0, track=None), track="wet") == []
    assert stands(wet(1, 4), wet(2, 2, by="b", track=None)) == [2, 4]
    # a lifting by nobody in particular is everyone's, of a track that track's alone
    assert stands(wet(1, 4), wet(1, 3, by="b"), wet(2, 0, by=None, track=None)) == []
    assert stands(wet(1, 4), wet(1, 3, by="b"), wet(2, 0, by=None)) == []
    assert stands(wet(1, 4, track="dry"), wet(2, 0, by=None)) == [4]
    assert stands(wet(1, 4), wet(2, 0, by=None, track="dry"), track="wet") == [4]
    assert stands(wet(3, 4), wet(2, 0, by=None, track=None)) == [4]


def test_time_since_what_people_did() -> None:
    found = evidence(put(1, 2), put(3, 3), DutyDone(stamp(2), "action", PLAN, "patrol"), at=5)

    def since(moment: MomentKey, meaning=None, plan=PLAN, track="river", rank=1, at=5) -> str:
        asked = ElapsedCell(moment, COUNT, plan, track, CITY, rank, meaning)
        return str(found.at_time(at * HOUR).known(asked).value)

    assert since("started", "start") == str(4 * HOUR)
    assert since("started", "start", rank=3) == str(2 * HOUR)
    assert since("started", "start", rank=3, at=2) == "n/a"
    assert since("started", "start", track="drought") == "n/a"
    assert since("changed", "level-change") == str(2 * HOUR)
    assert since("changed", "level-change", at=2) == str(HOUR)
    assert since("changed", "level-change", plan="city/heat") == "n/a"
    assert since(DoneOf(PLAN, "patrol")) == str(3 * HOUR)
    assert since(DoneOf("city/heat", "patrol")) == "n/a"
    # and when that changes
    for asked in (
        ElapsedCell(DoneOf(PLAN, "patrol")),
        ElapsedCell(DoneOf(PLAN, "patrol"), plan=PLAN),
    ):
        assert found.at_time(HOUR).next_change([asked]) == 2 * HOUR
    asked = ElapsedCell("started", COUNT, PLAN, "river", CITY, 3, "start")
    assert found.at_time(2 * HOUR).next_change([asked]) == 3 * HOUR
