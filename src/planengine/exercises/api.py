"""What programs call: read an exercise and its players, play, and score."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Protocol

from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Language, PlanError
from planengine.domain.entities import Entities
from planengine.exercises.markdown import markdown
from planengine.exercises.play import Engine, Played, Players, play
from planengine.exercises.players import players_of
from planengine.exercises.read import read_exercise as _read_exercise
from planengine.exercises.read_players import read_players as _read_players
from planengine.exercises.report import Report
from planengine.exercises.score import score
from planengine.exercises.script import Cast, Exercise


class Library(Protocol):
    """A library, as `planengine.load` gives one."""

    @property
    def entities(self) -> Entities:
        """All that it declares."""
        ...


def read_exercise(path: str | PathLike[str], library: Library) -> Exercise:
    """The exercise in a file (`*.exercise.yaml`); raises `PlanError` where it has an error."""
    findings: list[Diagnostic] = []
    found = _read_exercise(Path(path), library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        raise PlanError(findings)
    return found


def read_players(path: str | PathLike[str], exercise: Exercise, library: Library) -> Cast:
    """The players in a file (`*.players.yaml`) for an exercise.

    Raises `PlanError` where it has an error, or they would tell what cannot be told.
    """
    findings: list[Diagnostic] = []
    found = _read_players(Path(path), exercise, library.entities, findings)
    if found is None or any(one.severity == "error" for one in findings):
        raise PlanError(findings)
    return found


def play_exercise(
    exercise: Exercise,
    engine: Engine,
    cast: Cast | None = None,
    *,
    seed: int = 0,
    players: Iterable[Players] = (),
    journal: str | PathLike[str] | None = None,
) -> Played:
    """Plays an exercise from its start to its end, with a cast and any players of one's own.

    The same seed gives the same bytes. With `journal`, a file that is not there yet, all that is
    told is kept in it as it happens. Raises FileExistsError where it is there, and `PlanError`
    where somebody tells what cannot be told.
    """
    kept = None if journal is None else Path(journal)
    if cast is None:
        return play(exercise, engine, players, journal=kept)
    played = play(exercise, engine, (*players_of(cast, seed), *players), journal=kept)
    return replace(played, cast=cast, seed=seed)


def score_exercise(played: Played, engine: Engine) -> Report:
    """The after-action report of an exercise that was played.

    A pure function of what was told, the exercise and the engine's library.
    """
    return score(played, engine)


def report_text(report: Report, library: Library, lang: Language = "en") -> str:
    """A report as Markdown, in Chinese (`zh`) or English (`en`)."""
    return markdown(report, library.entities, lang)


def report_page(report: Report, library: Library, lang: Language = "en") -> str:
    """A report as one HTML document, in Chinese (`zh`) or English (`en`).

    It needs nothing from elsewhere, on a screen or on paper. Needs `planengine[exercises]`.
    """
    from planengine.exercises.page import page

    return page(report, library.entities, lang)
