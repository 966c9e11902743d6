"""Exercises that are made: by search over the plans, and from tables of events."""

from __future__ import annotations

from pathlib import Path

import pytest

import planengine
from planengine import exercises
from planengine.exercises.generate import Goal, UnreachableError, generate, goals_of_body
from planengine.exercises.msel import (
    Table,
    TableError,
    as_csv,
    as_xlsx,
    exercise_text,
    msel,
    read_csv,
    read_xlsx,
)
from tests.exercises.conftest import FOLDER
from tests.keys import unit_key

FLOOD = unit_key("linjiang/flood/flood@linjiang")
START = 1784325600  # 2026-07-18T06:00+08:00


def made(engine: planengine.Engine, goals: list[Goal], seed: int, path: Path) -> exercises.Exercise:
    text = generate(engine, ["flood"], goals, start=START, seed=seed, name="found")
    path.write_text(text)
    return exercises.read_exercise(path, engine.library)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_found_exercise_reaches_its_level_step_by_step(
    seed: int, engine: planengine.Engine, tmp_path: Path
) -> None:
    exercise = made(engine, [Goal(FLOOD, 3)], seed, tmp_path / "x.exercise.yaml")
    played = exercises.play_exercise(exercise, engine)
    report = exercises.score_exercise(played, engine)
    course = next(one for one in report.courses if one.decision == str(FLOOD))
    levels = [step.recommended for step in course.steps if step.recommended]
    assert list(dict.fromkeys(levels)) == ["IV", "III", "II"]


@pytest.mark.slow
def test_seeds_find_other_facts_and_the_same_seed_the_same(
    engine: planengine.Engine, tmp_path: Path
) -> None:
    texts = [
        generate(engine, ["flood"], [Goal(FLOOD, 3)], start=START, seed=seed, name="x")
        for seed in (1, 2, 3, 1)
    ]
    assert len({*texts}) == 3
    assert texts[0] == texts[3]


def test_a_body_is_reached_by_the_mildest_level_that_calls_on_it(
    engine: planengine.Engine,
) -> None:
    goals = {
        str(one.unit): one.rank
        for one in goals_of_body("police-bureau", engine.rules_at(START), engine.library.entities)
    }
    assert goals["linjiang/flood/flood@linjiang"] == 2  # traffic-control, from III


@pytest.mark.slow
def test_what_cannot_be_reached_is_said(engine: planengine.Engine) -> None:
    nanpu = unit_key("linjiang/earthquake@linjiang")
    with pytest.raises(UnreachableError) as error:
        generate(engine, ["flood"], [Goal(nanpu, 1)], start=START, seed=1, name="x")
    assert "Linjiang earthquake plan" in error.value.text.en
    assert "临江市地震应急预案" in error.value.text.zh


# Tables


@pytest.fixture(scope="module")
def table(shipped: planengine.Library, engine: planengine.Engine) -> Table:
    exercise = exercises.read_exercise(FOLDER / "flood-day.exercise.yaml", shipped)
    played = exercises.play_exercise(exercise, engine)
    report = exercises.score_exercise(played, engine)
    return msel(exercise, report, shipped.entities, "en")


def row(table: Table, name: str) -> dict[str, str]:
    found = next(one for one in table.rows if one[1] == name)
    return dict(zip(table.headings, found, strict=True))


@pytest.mark.slow
def test_a_table_has_what_exercise_staff_look_for(table: Table) -> None:
    asked = row(table, "superior-asks")
    assert asked["Event time"] == "T+8:30"
    assert asked["From"] == "the duty officer of the province"
    assert asked["To"] == "flood-office"
    assert asked["Only when"].startswith("{decisions: {response.flood/flood: {in-force: ≥ III}}")
    first = row(table, "o1")
    assert first["Expected player action"].startswith(
        "Linjiang flood and drought plan·flood response: start Level IV; "
    )


@pytest.mark.slow
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_comes_back_as_the_same_events(
    form: str, table: Table, shipped: planengine.Library, tmp_path: Path
) -> None:
    if form == "xlsx":
        pytest.importorskip("openpyxl")
        back = read_xlsx(as_xlsx(table))
    else:
        back = read_csv(as_csv(table))
    path = tmp_path / "back.exercise.yaml"
    names = shipped.entities.names
    path.write_text(
        exercise_text(
            back,
            name="back",
            hazards=["flood"],
            start=START,
            zone="Asia/Shanghai",
            is_known=lambda text: bool(names.find("agency", text) or names.find("object", text)),
        )
    )
    again = exercises.read_exercise(path, shipped)
    original = exercises.read_exercise(FOLDER / "flood-day.exercise.yaml", shipped)

    def events(exercise: exercises.Exercise) -> list[tuple[object, ...]]:
        return [
            (one.id, one.at, one.channel, one.sender, one.to, one.text, one.written, one.record)
            for one in exercise.injects
        ]

    assert events(again) == events(original)


def test_no_cell_is_a_formula() -> None:
    read = read_csv(b'Event time,Event description\nT+0:10,"\'=1+1"\n')
    text = exercise_text(
        read, name="x", hazards=["flood"], start=0, zone="UTC", is_known=lambda _: True
    )
    assert 'text: {en: "=1+1"}' in text or "text: {en: =1+1}" in text


@pytest.mark.parametrize(
    ("content", "row_number"),
    [
        (b"", 0),
        (b"a,b\n1,2\n", 0),
        (b"\xff\xfe", 0),
        (b"Event time,Facts told\nT+0:10,facts\n", 1),
        (b"Event time,Event id\n,x\n", 1),
    ],
)
def test_a_table_that_cannot_be_read_says_where(content: bytes, row_number: int) -> None:
    with pytest.raises(TableError) as error:
        exercise_text(
            read_csv(content), name="x", hazards=["flood"], start=0, zone="UTC",
            is_known=lambda _: True,
        )  # fmt: skip
    assert error.value.row == row_number
    assert error.value.zh != error.value.en
