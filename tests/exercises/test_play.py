"""Playing: chance follows from the seed alone, and players decide what comes next."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import planengine
from planengine import exercises
from planengine.domain.parts import Label
from planengine.exercises import Cast, Deed, Exercise, Habit, Seen, Turn
from planengine.exercises.record import script_of
from tests.shipped import ROOT

FILE = """\
exercise: short
hazards: [flood]
scope: [linjiang]
start: 2026-07-18T06:00
end: T+3:00
allowed: {decisions: 30 min, duties: 1 h}
injects:
  - {id: up, at: T+0:10, object: hankou, kind: observed, facts: {water-level: 25.4 m}}
  - {id: asked, at: T+1:00, text: x, when: {decisions: {response.flood/flood: {in-force: none}}}}
  - {id: more, at: T+1:00, text: x, unless: {decisions: {response.flood/flood: {in-force: none}}}}
  - {id: worse, at: T+1:30, object: hankou, kind: observed, facts: {water-level: 26 m}}
"""


@pytest.fixture
def exercise(tmp_path: Path, shipped: planengine.Library) -> Exercise:
    path = tmp_path / "short.exercise.yaml"
    path.write_text(FILE)
    return exercises.read_exercise(path, shipped)


def cast(**habits: object) -> Cast:
    return Cast(
        id="x", label=Label(), deeds=(), bodies={}, **{"decisions": None, "duties": None, **habits}
    )


def decided(played: exercises.Played) -> list[str]:
    import json

    told = map(json.loads, played.stream.splitlines()[1:])
    return [
        f"{one['received'][11:16]} {one['decide']['level']}"
        for one in told
        if "decide" in one and one["decide"]["plan"] == "flood" and "area" not in one
    ]


@pytest.mark.slow
def test_whoever_has_habits_decides_after_a_delay(
    exercise: Exercise, engine: planengine.Engine
) -> None:
    played = exercises.play_exercise(exercise, engine, cast(decisions=Habit(delay=(900,))))
    assert decided(played) == ["06:25 IV", "07:45 III"]
    assert played.left_out == ("asked",)


def test_who_omits_everything_does_nothing(exercise: Exercise, engine: planengine.Engine) -> None:
    played = exercises.play_exercise(exercise, engine, cast(decisions=Habit(omits=1.0)))
    assert decided(played) == []
    assert played.left_out == ("more",)


@pytest.mark.slow
def test_who_errs_starts_a_level_too_mild(exercise: Exercise, engine: planengine.Engine) -> None:
    played = exercises.play_exercise(exercise, engine, cast(decisions=Habit(errs=1.0)))
    assert decided(played)[0] == "06:10 none"


@pytest.mark.slow
def test_a_body_has_habits_of_its_own(exercise: Exercise, engine: planengine.Engine) -> None:
    own = Cast(
        id="x",
        label=Label(),
        deeds=(),
        decisions=Habit(delay=(600,)),
        duties=None,
        bodies={"flood-office-director": Habit(delay=(3600,))},
    )
    assert decided(exercises.play_exercise(exercise, engine, own))[0] == "07:10 IV"


@pytest.mark.slow
def test_another_inject_changes_nothing_of_the_luck(
    tmp_path: Path, shipped: planengine.Library, engine: planengine.Engine
) -> None:
    path = tmp_path / "more.exercise.yaml"
    path.write_text(FILE + "  - {id: b, at: T+0:02, text: x}\n")
    more = exercises.read_exercise(path, shipped)
    path.write_text(FILE)
    plain = exercises.read_exercise(path, shipped)
    habits = cast(decisions=Habit(delay=(60, 900, 3600)))
    for seed in range(2):
        one, other = (
            exercises.play_exercise(which, engine, habits, seed=seed) for which in (plain, more)
        )
        assert decided(one) == decided(other)
    firsts = {
        decided(exercises.play_exercise(plain, engine, habits, seed=seed))[0] for seed in range(3)
    }
    assert firsts == {"06:28 IV", "06:36 IV", "06:40 IV"}


def test_players_of_ones_own_are_asked_at_each_step(
    exercise: Exercise, engine: planengine.Engine
) -> None:
    class Watcher:
        def __init__(self) -> None:
            self.seen: list[tuple[int, tuple[str, ...]]] = []

        def act(self, seen: Seen) -> Turn:
            after = seen.at - exercise.start
            self.seen.append((after // 60, tuple(one.id for one in seen.messages)))
            if after == 0:
                return Turn(again=exercise.start + 300)
            if seen.messages and seen.messages[0].id == "up":
                level = seen.assessment.decisions
                found = next(one for one in level if one.id == "linjiang/flood/flood@linjiang")
                decide = {"plan": "flood", "track": "flood", "level": found.level}
                return Turn([Deed(at=seen.at + 60, record={"decide": decide})])
            return Turn()

    watcher = Watcher()
    played = exercises.play_exercise(exercise, engine, players=[watcher])
    assert watcher.seen == [
        (0, ()),
        (5, ()),
        (10, ("up",)),
        (11, ()),
        (60, ("more",)),
        (90, ("worse",)),
    ]
    assert decided(played) == ["06:11 IV"]


def test_what_players_cannot_tell_is_told_with_its_reason(
    exercise: Exercise, engine: planengine.Engine
) -> None:
    class Wrong:
        def act(self, seen: Seen) -> Turn:
            return Turn([Deed(at=seen.at, record={"decide": {"plan": "no-plan", "level": "II"}})])

    with pytest.raises(planengine.PlanError) as error:
        exercises.play_exercise(exercise, engine, players=[Wrong()])
    assert [one.code for one in error.value.diagnostics] == ["unknown-plan"]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    (tmp_path / "x.exercise.yaml").write_text(FILE)
    (tmp_path / "x.players.yaml").write_text(
        "players: x\nhabits:\n  decisions: {delay: [1 min, 20 min, 1 h], omits: 0.2, errs: 0.2}\n"
        "  duties: {delay: [1 min, 1 h], omits: 0.3}\n"
    )
    code = (
        "import sys, planengine; from pathlib import Path; from planengine import exercises\n"
        "root, folder = sys.argv[1:3]\n"
        "library = planengine.load(root); engine = library.compile()\n"
        "exercise = exercises.read_exercise(Path(folder) / 'x.exercise.yaml', library)\n"
        "cast = exercises.read_players(Path(folder) / 'x.players.yaml', exercise, library)\n"
        "journal = Path(folder) / f'{sys.argv[3]}.journal'\n"
        "played = exercises.play_exercise(exercise, engine, cast, seed=7, journal=journal)\n"
        "print(played.stream)\n"
        "report = exercises.score_exercise(played, engine)\n"
        "print(report.to_json())\n"
        "for lang in ('zh', 'en'):\n"
        "    print(exercises.report_text(report, library, lang))\n"
        "    print(exercises.report_page(report, library, lang))\n"
        "print(planengine.Journal(journal).entries()[-1].digest)\n"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", code, str(ROOT), str(tmp_path), seed],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert b'"decide"' in told[0]


@pytest.mark.slow
def test_what_was_recorded_is_done_again(
    exercise: Exercise, shipped: planengine.Library, engine: planengine.Engine, tmp_path: Path
) -> None:
    habits = cast(decisions=Habit(delay=(900,)), duties=Habit(delay=(600,)))
    played = exercises.play_exercise(exercise, engine, habits)
    path = tmp_path / "again.players.yaml"
    path.write_text(script_of(played, name="again", zone=shipped.entities.time_zone))
    again = exercises.play_exercise(
        exercise, engine, exercises.read_players(path, exercise, shipped)
    )
    assert decided(again) == decided(played) == ["06:25 IV", "07:45 III"]
    first, second = (exercises.score_exercise(one, engine) for one in (played, again))
    assert second.counts == first.counts
    assert first.counts.missed == 0


def test_what_is_declined_with_a_reason_is_not_missed(
    exercise: Exercise, engine: planengine.Engine
) -> None:
    declined = {
        "plan": "flood", "track": "flood", "decline": "IV", "by": "flood-office-director",
        "reason": "the gauge is under repair",
    }  # fmt: skip
    own = Cast(
        id="x",
        label=Label(),
        deeds=(Deed(at=exercise.start + 1200, record={"decide": declined}),),
        decisions=None,
        duties=None,
        bodies={},
    )
    report = exercises.score_exercise(exercises.play_exercise(exercise, engine, own), engine)
    found = {
        one.level: (one.outcome, one.note.en if one.note else None)
        for one in report.expected
        if one.document == "linjiang/flood" and one.what == "start"
    }
    assert found == {
        "IV": ("open", "declined by director of the flood office: the gauge is under repair"),
        "III": ("missed", None),
    }
