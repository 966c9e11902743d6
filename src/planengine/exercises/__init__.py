"""Exercises: a script on a virtual clock, what the plans expect of it, and how it was played.

`read_exercise` and `read_players` read files, `play_exercise` plays, and `score_exercise` makes the
after-action report. Who writes players of their own gives `act(seen) -> Turn` (see `Players`).
"""

from planengine.exercises.api import (
    play_exercise,
    read_exercise,
    read_players,
    report_page,
    report_text,
    score_exercise,
)
from planengine.exercises.play import Played, Players, Seen, Turn
from planengine.exercises.report import (
    Contradiction,
    Counts,
    Expected,
    Improvement,
    LevelCourse,
    LevelStep,
    Load,
    Message,
    ObjectiveRated,
    Report,
    json_schema,
)
from planengine.exercises.script import Cast, Deed, Exercise, Habit, Inject, Pause

__all__ = [
    "Cast",
    "Contradiction",
    "Counts",
    "Deed",
    "Exercise",
    "Expected",
    "Habit",
    "Improvement",
    "Inject",
    "LevelCourse",
    "LevelStep",
    "Load",
    "Message",
    "ObjectiveRated",
    "Pause",
    "Played",
    "Players",
    "Report",
    "Seen",
    "Turn",
    "json_schema",
    "play_exercise",
    "read_exercise",
    "read_players",
    "report_page",
    "report_text",
    "score_exercise",
]
