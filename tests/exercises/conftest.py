"""The shipped exercises, played once, for the tests of this folder."""

from __future__ import annotations

import pytest

import planengine
from planengine import exercises
from tests.shipped import ROOT, engine, shipped

__all__ = ["engine", "poor", "shipped"]

FOLDER = ROOT / "examples" / "exercises"


@pytest.fixture(scope="session")
def poor(shipped: planengine.Library, engine: planengine.Engine) -> exercises.Played:
    """The flood as the slow team plays it."""
    exercise = exercises.read_exercise(FOLDER / "flood-day.exercise.yaml", shipped)
    cast = exercises.read_players(FOLDER / "flood-day-poor.players.yaml", exercise, shipped)
    return exercises.play_exercise(exercise, engine, cast)
