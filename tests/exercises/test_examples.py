"""The shipped exercises: what each team did of what the plans expected, figure by figure."""

from __future__ import annotations

import pytest

import planengine
from planengine import exercises
from planengine.exercises import Expected, Report
from tests.exercises.conftest import FOLDER

FLOOD = "linjiang/flood"


@pytest.fixture(scope="module")
def report(poor: exercises.Played, engine: planengine.Engine) -> Report:
    return exercises.score_exercise(poor, engine)


def decision(report: Report, document: str, level: str, what: str = "start") -> Expected:
    (found,) = [
        one
        for one in report.expected
        if (one.document, one.level, one.what) == (document, level, what)
    ]
    return found


def duties(report: Report, item: str) -> list[Expected]:
    return [one for one in report.expected if (one.document, one.item) == (FLOOD, item)]


def clock(one: Expected) -> tuple[str | None, ...]:
    """Since when it was expected, by when, and when it was done."""
    times = (one.since, one.due, one.done_at)
    return tuple(None if at is None else at.strftime("%H:%M") for at in times)


@pytest.mark.slow
def test_a_level_is_late_by_what_exceeds_the_half_hour(report: Report) -> None:
    started = decision(report, FLOOD, "IV")
    assert (clock(started), started.late) == (("06:00", "06:30", "07:00"), 1800)
    assert (started.outcome, started.limit, started.done_by) == (
        "late",
        "exercise",
        "flood-office-director",
    )
    assert started.basis[0].clause == "4.2.4"


@pytest.mark.slow
def test_a_level_that_the_wrong_post_decided_is_partly_met(report: Report) -> None:
    raised = decision(report, FLOOD, "III", "raise")
    assert (clock(raised), raised.outcome) == (("12:05", "12:35", "13:15"), "partial")
    assert raised.by == ("flood-executive-deputy", "flood-deputy-water")
    assert raised.done_by == "flood-office-director"


@pytest.mark.slow
def test_what_nobody_decided_is_missed(report: Report) -> None:
    relief = decision(report, "linjiang/disaster-relief", "IV")
    assert (clock(relief), relief.outcome) == (("12:05", "12:35", None), "missed")


@pytest.mark.slow
def test_duties_have_the_limits_of_their_plan(report: Report) -> None:
    (reported,) = duties(report, "flood-start-report")
    assert (clock(reported), reported.limit) == (("06:00", "08:00", None), "plan")
    assert reported.outcome == "missed"
    (sandbags,) = duties(report, "move-sandbags")
    assert (clock(sandbags), sandbags.outcome) == (("12:05", "17:15", "15:00"), "met")


@pytest.mark.slow
def test_the_words_of_the_staff_go_before_the_plan(report: Report) -> None:
    (review,) = duties(report, "flood-review")
    assert review.outcome == "open"
    assert review.because["en"] == "the exercise ends before the water falls"


@pytest.mark.slow
def test_the_slow_team_in_figures(report: Report) -> None:
    counts = report.counts
    assert (counts.met, counts.late, counts.partial, counts.missed) == (1, 1, 2, 76)
    assert [(one.id, one.rating) for one in report.objectives] == [
        ("levels-in-time", "some-challenges"),
        ("dykes-watched", "not-performed"),
        ("told-upwards", "not-performed"),
        ("public-told", "not-performed"),
    ]


@pytest.mark.slow
def test_levels_are_told_over_time(report: Report) -> None:
    course = report.courses[0]
    assert course.decision == "linjiang/flood/flood@linjiang"
    assert [
        (step.at.strftime("%H:%M"), step.recommended, step.indicated, step.in_force)
        for step in course.steps
    ] == [
        ("06:00", "IV", "IV", None),
        ("07:00", "IV", "IV", "IV"),
        ("12:00", "IV", "III", "IV"),
        ("12:05", "III", "III", "IV"),
        ("13:15", "III", "III", "III"),
    ]


@pytest.mark.slow
def test_injects_go_by_what_players_did(poor: exercises.Played, report: Report) -> None:
    assert poor.left_out == ("journalist",)
    left_out = {one.id: one.left_out for one in report.messages}
    assert (left_out["journalist"], left_out["superior-asks"]) == (True, False)


@pytest.mark.slow
def test_a_report_is_the_same_again_and_survives_json(
    poor: exercises.Played, report: Report, engine: planengine.Engine
) -> None:
    import msgspec

    again = exercises.score_exercise(poor, engine)
    assert again.to_json() == report.to_json()
    assert msgspec.json.decode(report.to_json(), type=Report) == report


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "team", "counts", "ratings"),
    [
        ("flood-day", "good", (101, 0, 0, 0, 2), ["performed"] * 4),
        ("chemical-explosion", "good", (178, 2, 0, 0, 0), ["performed"] * 3),
        (
            "chemical-explosion",
            "poor",
            (0, 3, 0, 117, 74),
            ["some-challenges", "not-performed", "not-performed"],
        ),
        ("earthquake", "good", (168, 4, 0, 0, 0), ["performed"] * 3),
        (
            "earthquake",
            "poor",
            (1, 2, 0, 123, 46),
            ["some-challenges", "not-performed", "not-performed"],
        ),
    ],
)
def test_every_example_in_figures(
    name: str,
    team: str,
    counts: tuple[int, ...],
    ratings: list[str],
    shipped: planengine.Library,
    engine: planengine.Engine,
) -> None:
    exercise = exercises.read_exercise(FOLDER / f"{name}.exercise.yaml", shipped)
    cast = exercises.read_players(FOLDER / f"{name}-{team}.players.yaml", exercise, shipped)
    report = exercises.score_exercise(exercises.play_exercise(exercise, engine, cast), engine)
    found = report.counts
    assert (found.met, found.late, found.partial, found.missed, found.open) == counts
    assert [one.rating for one in report.objectives] == ratings
    taken_back = [one.decision for one in report.contradictions]
    is_contradicted = (name, team) == ("chemical-explosion", "poor")
    assert taken_back == (["linjiang/hazardous-chemicals@linjiang"] if is_contradicted else [])
