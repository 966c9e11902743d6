"""`planengine exercise run|generate|msel|from-msel`, and `check` of their files."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.run import LIBRARY, run
from tests.exercises.test_play_command import FILE

BAD_PLAYERS = """\
players: p
deeds:
  - {at: T+0:20, decide: {plan: floood, level: IV}}
  - {at: T+9:00, done: {plan: flood, action: patrol-dykes}}
habits:
  decisions: {delay: soon}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "short.exercise.yaml"
    path.write_text(FILE)
    return path


@pytest.mark.slow
def test_run_writes_each_form_and_says_that_pauses_are_passed_over(
    file: Path, tmp_path: Path
) -> None:
    for form in ("md", "json", "html"):
        written = tmp_path / f"r.{form}"
        result = run(
            "exercise", "run", str(file), *LIBRARY, "--report", str(written), "--lang", "en"
        )
        assert (result.exit_code, result.stdout) == (0, "")
        assert result.stderr == (
            "note: the pauses of the file are for `exercise play`, and are passed over here\n"
        )
        assert written.read_text("utf-8")[:1] in {"#", "{", "<"}
    assert json.loads((tmp_path / "r.json").read_text())["status"] == "exercise"
    shown = run("exercise", "run", str(file), *LIBRARY, "--lang", "zh")
    assert shown.stdout.startswith("# 演练总结：短演练\n\n**演练，不是真实事件。**")
    assert "略过" in shown.stderr


@pytest.mark.parametrize(
    ("words", "lang", "told"),
    [
        (("run", "FILE", "--report", "x.pdf"), "en", "--report takes a file that ends in .html, "),
        (("run", "FILE", "--record", "x.yaml"), "zh", "--record 的文件须以 .players.yaml 结尾"),
        (("run", "FILE", "--report", "no/r.md"), "en", "there is no folder no"),
        (("run", "nowhere.yaml"), "en", "nowhere.yaml"),
        (("msel", "FILE", "-o", "x.doc"), "en", "x.doc has to end in .csv or .xlsx"),
        (("msel", "FILE", "-o", "no/x.csv"), "zh", "没有这个文件夹：no"),
        (
            ("from-msel", "FILE", "--hazard", "flood", "-o", "x.exercise.yaml"),
            "en",
            "has to end in",
        ),
        (
            ("from-msel", "T", "--hazard", "no-such", "-o", "x.exercise.yaml"),
            "zh",
            "没有灾种“no-such”",
        ),
        (
            ("from-msel", "T", "--hazard", "flood", "-o", "x.exercise.yaml"),
            "en",
            "T:2: `deaths: 1`",
        ),
    ],
)
def test_wrong_use_is_told_in_one_line(
    words: tuple[str, ...], lang: str, told: str, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "table.csv"
    table.write_text("Event time,Facts told\nT+0:10,deaths: 1\n")
    named = {"FILE": str(file), "T": str(table)}
    result = run("exercise", *(named.get(one, one) for one in words), *LIBRARY, "--lang", lang)
    assert result.exit_code == 2
    assert told.replace("T:", f"{table}:", 1) in result.output


@pytest.mark.parametrize(
    ("reach", "lang", "told"),
    [
        ("nothing=II", "en", "no response is `nothing`"),
        ("flood/flood=IX", "zh", "没有级别“IX”"),
        ("nobody", "en", "no plan for these hazards calls on `nobody`"),
    ],
)
def test_what_cannot_be_reached_is_told(reach: str, lang: str, told: str, tmp_path: Path) -> None:
    output = tmp_path / "x.exercise.yaml"
    result = run(
        "exercise", "generate", "--hazard", "flood", "--reach", reach, "-o", str(output),
        "--start", "2026-07-18T06:00", *LIBRARY, "--lang", lang,
    )  # fmt: skip
    assert (result.exit_code, output.exists()) == (2, False)
    assert told in result.output


@pytest.mark.slow
def test_what_is_generated_goes_through_a_table_and_runs(tmp_path: Path) -> None:
    made, table, back = (tmp_path / one for one in ("m.exercise.yaml", "m.csv", "b.exercise.yaml"))
    start = ("--hazard", "flood", "--start", "2026-07-18T06:00")
    for words in (
        (
            "generate",
            *start,
            "--reach",
            "flood/flood=III",
            "--seed",
            "3",
            "-o",
            str(made),
            *LIBRARY,
        ),
        ("msel", str(made), "-o", str(table), *LIBRARY),
        ("from-msel", str(table), *start, "-o", str(back), *LIBRARY),
    ):
        assert run("exercise", *words, "--lang", "en").exit_code == 0
    rows = [*csv.reader(table.read_text("utf-8-sig").splitlines())]
    assert rows[0][2] == "Event time"
    reports = []
    for path in (made, back):
        output = tmp_path / "r.json"
        run("exercise", "run", str(path), *LIBRARY, "--report", str(output), "--lang", "en")
        reports.append(json.loads(output.read_text()))
    first, second = ([m["facts"] for m in one["messages"]] for one in reports)
    assert first == second
    again = run(
        "exercise", *("msel", str(made), "-o", str(tmp_path / "zh.csv")), *LIBRARY, "--lang", "zh"
    )
    assert again.exit_code == 0
    assert "时刻" in (tmp_path / "zh.csv").read_text("utf-8-sig").splitlines()[0]
    refused = run(
        "exercise", "from-msel", str(table), *start, "-o", str(back), *LIBRARY, "--lang", "en"
    )
    assert (refused.exit_code, "is there already" in refused.output) == (2, True)


@pytest.mark.parametrize("command", ["run", "play"])
def test_what_is_wrong_in_players_is_told_with_its_place(command: str, file: Path) -> None:
    players = file.with_name("short.players.yaml")
    players.write_text(BAD_PLAYERS)
    result = run(
        "exercise",
        command,
        str(file),
        "--players",
        str(players),
        *LIBRARY,
        "--lang",
        "en",
        stdin="",
    )
    assert result.exit_code == 1
    for place in ("3:33 error[unknown-plan]", "4:10 error[outside-exercise]", "6:22 error["):
        assert f"{players}:{place}" in result.output


def test_check_reads_players_for_the_exercise_that_they_are_named_after(file: Path) -> None:
    players = file.with_name("short-night.players.yaml")
    players.write_text(BAD_PLAYERS)
    result = run("check", str(players), *LIBRARY, "--lang", "en")
    assert result.exit_code == 1
    for place in ("3:33 error[unknown-plan]", "4:10 error[outside-exercise]", "6:22 error["):
        assert f"{players}:{place}" in result.output
    alone = file.with_name("alone.players.yaml")
    alone.write_text("players: p\ndeed: []\n")
    shown = run("check", str(alone), *LIBRARY, "--lang", "zh")
    assert f"{alone}:2:1" in shown.output
