"""Nothing of an exercise ever counts as actual."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planengine
from planengine import PlanError, exercises
from tests.exercises.conftest import FOLDER


@pytest.mark.slow
def test_what_was_told_in_an_exercise_gives_no_actual_level(
    poor: exercises.Played, engine: planengine.Engine
) -> None:
    header, *told = map(json.loads, poor.stream.splitlines())
    assert header["status"] == "exercise"
    assert all("status" not in one for one in told)
    at = "2026-07-18T20:00:00+08:00"
    actual = engine.assess(poor.stream, at=at, status="actual")
    assert [one.id for one in actual.decisions if one.level or one.in_force] == []
    owed = [one for one in (*actual.actions, *actual.reports) if one.certainty != "possible"]
    assert owed == []
    played = engine.assess(poor.stream, at=at)
    assert (played.status, played.tainted) == ("exercise", True)


@pytest.mark.slow
def test_the_journal_of_an_exercise_is_one_of_an_exercise(
    poor: exercises.Played, engine: planengine.Engine, tmp_path: Path
) -> None:
    journal = tmp_path / "played.journal"
    again = exercises.play_exercise(poor.exercise, engine, _cast(poor, engine), journal=journal)
    assert again == poor
    session = engine.session(journal)
    assert session.export() == poor.stream
    assert session.timeline.status == "exercise"
    with pytest.raises(FileExistsError):
        exercises.play_exercise(poor.exercise, engine, journal=journal)


@pytest.mark.parametrize("status", ["actual", "test"])
def test_neither_injects_nor_deeds_can_say_that_they_are_actual(
    status: str, shipped: planengine.Library, tmp_path: Path
) -> None:
    path = tmp_path / "x.exercise.yaml"
    path.write_text(
        "exercise: x\nhazards: [flood]\nstart: 2026-07-18T06:00\ninjects:\n"
        f"  - {{id: a, at: T+0:10, status: {status}, facts: {{deaths: 1}}}}\n"
    )
    with pytest.raises(PlanError) as error:
        exercises.read_exercise(path, shipped)
    (found,) = error.value.diagnostics
    assert (found.code, str(found.span)) == ("unknown-key", f"{path}:5:25")


def _cast(poor: exercises.Played, engine: planengine.Engine) -> exercises.Cast:
    return exercises.read_players(
        FOLDER / "flood-day-poor.players.yaml", poor.exercise, engine.library
    )
