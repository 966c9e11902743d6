"""`planengine session`: an incident from reported to ended, in both languages."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import Result

from planengine import Journal
from planengine.cli import session_showing, times
from planengine.values.times import parse_time
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT


@pytest.fixture
def journal(tmp_path: Path) -> str:
    return str(tmp_path / "f.journal")


def clock(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    at = parse_time(f"2026-07-18T{time}:00+08:00")
    monkeypatch.setattr(times, "time", SimpleNamespace(time=lambda: at))


def session(command: str, journal: str, *words: str, lang: str = "en", exits: int = 0) -> Result:
    where = () if command in {"log", "verify", "export"} else LIBRARY
    result = run("session", command, journal, *words, *where, "--lang", lang)
    assert result.exit_code == exits, result.output
    return result


def begun(monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    clock(monkeypatch, "06:10")
    session("new", journal, "--hazard", "flood", "--moment", "occurrence=06:00")


RUN = [
    ("06:20", "tell", "水位=24.0米", "--object", "汉口站", "--source", "路人"),
    ("06:30", "tell", "水位=25.1米", "--object", "汉口站", "--source", "hydrology-bureau"),
    ("08:00", "tell", "水位=27.4米", "--object", "汉口站", "--source", "hydrology-bureau"),
    ("08:10", "decide", "flood/flood=III", "--by", "flood-commander", "--reason", "先按三级"),
    ("08:20", "decide", "flood/flood", "--by", "flood-commander"),
    ("09:00", "done", "flood/patrol-dykes"),
    ("09:10", "tell", "水位=24.0米", "--correct", "3"),
    ("09:30", "decide", "flood/flood=none", "--by", "flood-commander", "--reason", "读数有误"),
]
STAGES = {
    1: ("reported, not verified", "已报告，尚未核实"),
    2: ("verified", "已核实"),
    4: ("responding", "响应中"),
    5: ("responding, adjusted", "响应中（已调整）"),
    8: ("ended", "响应已终止"),
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_from_reported_to_ended(monkeypatch: pytest.MonkeyPatch, journal: str, lang: str) -> None:
    begun(monkeypatch, journal)
    stages: list[str] = []
    for number, (time, command, *words) in enumerate(RUN, 1):
        clock(monkeypatch, time)
        told = session(command, journal, *words, "--quiet", lang=lang).output
        kept = {"en": f"kept as entry {number + 1}, id {number}", "zh": f"编号 {number}"}[lang]
        assert kept in told.splitlines()[0]
        if number in STAGES:
            shown = session("show", journal, lang=lang).output.splitlines()
            stages.append(re.split("：|: ", shown[0], maxsplit=1)[1])
    assert stages == [stage[lang == "zh"] for stage in STAGES.values()]
    exported = Path(journal).with_suffix(".jsonl")
    session("export", journal, "-o", str(exported))
    at = ("--at", "2026-07-18T09:30:00+08:00", "--format", "json")
    whole = json.loads(run("assess", str(exported), *at, *LIBRARY).output)
    own = json.loads(session("show", journal, "--format", "json").output)["assessment"]
    assert without_files(own) == without_files(whole)


def without_files(data: Any) -> Any:
    """An answer without the names of the files in which things stand."""
    if isinstance(data, dict):
        return {key: without_files(one) for key, one in data.items() if key != "file"}
    return [without_files(one) for one in data] if isinstance(data, list) else data


@pytest.mark.slow
def test_what_differs_is_told_with_how_long(monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    told = session("tell", journal, "water-level=27.4 m", "--object", "hankou").output
    plan = "Linjiang flood and drought plan·flood response"
    assert f"  {plan}  facts none → Level II\n" in told
    assert f"  {plan}  start Level II, approved by " in told
    clock(monkeypatch, "08:05")
    session("decide", journal, "flood/flood=III", "--by", "mayor", "--quiet")
    clock(monkeypatch, "08:30")
    shown = session("show", journal).output
    assert f" {plan}  in force: Level III, facts: Level II, differing for 30 min, to raise" in shown
    found = json.loads(session("show", journal, "--format", "json").output)
    own = next(
        one
        for one in found["course"]["standings"]
        if one["decision"] == "linjiang/flood/flood@linjiang"
    )
    assert (own["recommended"], own["in_force"], own["differ_since"], own["proposal"]) == (
        "II",
        "III",
        "2026-07-18T08:00:00+08:00",
        "raise",
    )


@pytest.mark.slow
def test_what_is_new_since_it_was_shown_last(monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    session("tell", journal, "water-level=25 m", "--object", "hankou", "--quiet")
    first = json.loads(session("show", journal, "--since", "last", "--format", "json").output)
    assert first["effects"] is None
    clock(monkeypatch, "08:30")
    words = ("--object", "hankou", "--at", "07:50", "--received", "07:55", "--quiet")
    session("tell", journal, "water-level=27.4 m", *words)
    again = json.loads(session("show", journal, "--since", "last", "--format", "json").output)
    assert again["effects"]["since"] == "2026-07-18T08:00:00+08:00"
    assert again["effects"]["levels"] == []  # 07:50 is older than the reading of 8:00
    clock(monkeypatch, "08:40")
    session("tell", journal, "water-level=27.4 m", "--object", "hankou", "--quiet")
    third = json.loads(session("show", journal, "--since", "last", "--format", "json").output)
    moved = [one for one in third["effects"]["levels"] if one["of"] == "recommended"]
    assert ("linjiang/flood/flood@linjiang", None, "II") in [
        (one["decision"], one["before"], one["now"]) for one in moved
    ]
    session("show", journal, "--since", "08:40", exits=2)


@pytest.mark.slow
def test_the_log_has_every_entry_and_an_alteration_is_found(
    monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    words = ("water-level=24 m", "--object", "hankou", "--at", "07:30", "--note", "by telephone")
    session("tell", journal, *words, "--quiet")
    session("tell", journal, "--withdraw", "1", "--quiet")
    lines = session("log", journal).output.splitlines()
    assert lines[1:] == [
        "2  [1] 2026-07-18T07:30:00+08:00 (received 2026-07-18T08:00:00+08:00)  object: hankou, note: by telephone, facts: {water-level: 24 m}",
        "3  [2] 2026-07-18T08:00:00+08:00  withdraw: 1",
    ]
    entries = json.loads(session("log", journal, "--format", "json").output)
    assert [one["kind"] for one in entries] == ["opened", "told", "told"]
    newest = entries[-1]["digest"]
    assert newest in session("verify", journal, "--head", newest[:12]).output
    session("verify", journal, "--head", "abc", exits=1)
    connection = sqlite3.connect(journal)
    with connection:
        connection.execute("UPDATE entries SET body = replace(body, '24 m', '20 m')")
    connection.close()
    for command, *more in (("verify",), ("export",), ("show",), ("tell", "deaths=1")):
        told = session(command, journal, *more, exits=1)
        assert "journal-broken" in told.output
        assert "entry 2" in told.output
    left = session("export", journal, "--lenient", exits=0)
    assert [json.loads(one) for one in left.stdout.splitlines()] == [
        {
            "incident": "f",
            "hazards": ["flood"],
            "scope": ["linjiang"],
            "moments": {"occurrence": "2026-07-18T06:00:00+08:00"},
        }
    ]


def test_a_correction_keeps_what_it_does_not_name(
    monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    begun(monkeypatch, journal)
    session("tell", journal, "deaths=2", "missing=3", "trapped=1", "--quiet")
    session("tell", journal, "失联=0", "--correct", "1", "--quiet")
    session("tell", journal, "死亡=3", "--correct", "1", "--quiet")
    records = [json.loads(one) for one in session("export", journal).stdout.splitlines()[2:]]
    assert [one["facts"] for one in records] == [
        {"deaths": "2", "trapped": "1", "失联": "0"},
        {"trapped": "1", "失联": "0", "死亡": "3"},
    ]


def records(journal: str) -> list[dict[str, Any]]:
    """What was told, as it is written, without times and ids."""
    lines = session("export", journal).stdout.splitlines()[1:]
    rest = {"id", "at", "received"}
    return [{k: v for k, v in json.loads(one).items() if k not in rest} for one in lines]


PEOPLE = [
    (
        ("decline", "flood/flood=II", "--by", "flood-commander", "--reason", "wait"),
        {
            "decide": {
                "plan": "flood",
                "track": "flood",
                "decline": "II",
                "by": "flood-commander",
                "reason": "wait",
            }
        },
    ),
    (
        ("hand-over", "flood/flood", "--to", "chujiang-flood-hq", "--reason", "up"),
        {
            "hand-over": {
                "plan": "flood",
                "track": "flood",
                "to": "chujiang-flood-hq",
                "reason": "up",
            }
        },
    ),
    (
        ("hand-over", "--post", "flood-commander", "--to", "mayor", "--by", "mayor"),
        {"hand-over": {"post": "flood-commander", "to": "mayor", "by": "mayor"}},
    ),
    (
        ("acknowledge", "flood/patrol-dykes", "--by", "nanpu-flood-hq"),
        {"acknowledged": {"plan": "flood", "action": "patrol-dykes", "by": "nanpu-flood-hq"}},
    ),
]


def test_what_people_do_besides_is_written(monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    begun(monkeypatch, journal)
    for (command, *words), _ in PEOPLE:
        session(command, journal, *words, "--quiet")
    assert records(journal) == [said for _, said in PEOPLE]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_proposed_is_declined(
    monkeypatch: pytest.MonkeyPatch, journal: str, lang: str
) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    session("tell", journal, "water-level=27.4 m", "--object", "hankou", "--quiet")
    words = ("flood/flood", "--by", "flood-commander", "--reason", "wait", "--area", "linjiang")
    told = session("decline", journal, *words, lang=lang).output
    assert {"en": "\ndeclined\n", "zh": "\n否决\n"}[lang] in told
    assert records(journal)[-1]["decide"]["decline"] == "II"
    session("decide", journal, "flood/flood", lang=lang, exits=2)  # nothing is proposed now
    shown = session("show", journal, lang=lang).output
    assert {"en": "declined: wait", "zh": "建议已否决：wait"}[lang] in shown


def test_a_mistake_is_shown_and_not_kept(monkeypatch: pytest.MonkeyPatch, journal: str) -> None:
    begun(monkeypatch, journal)
    told = session("tell", journal, "deaths=x", exits=1)
    assert told.stderr.startswith("Nothing was written:\n")
    assert "unreadable-bound" in told.stderr
    assert '{"id": "1", "facts": {"deaths": "x"}' in told.stderr
    assert len(session("log", journal).output.splitlines()) == 1


WRONG = [
    ("tell",),
    ("tell", "deaths=1", "--withdraw", "1"),
    ("tell", "deaths=1", "--by", "mayor"),
    ("tell", "--withdraw", "1", "--kind", "judged"),
    ("tell", "--moment", "occurrence"),
    ("tell", "--moment", "occurrence=06:00", "--moment", "occurrence=06:01"),
    ("tell", "deaths=1", "--at", "noonish"),
    ("tell", "deaths=1", "--at", "2026-07-19T06:00"),
    ("done", "flood/patrol-dykes", "--at", "2026-07-18T06:11"),
    ("decide", "flood/flood"),
    ("decide", "fload=II"),
    ("decide", "flood=II"),  # or drought, of which nothing goes on either
    ("tell", "--issued", "flood=red"),
    ("done",),
    ("done", "flood/patrol-dykes", "--reported", "x"),
    ("decline", "flood/flood=II"),
    ("decline", "flood/flood", "--reason", "x"),
    ("hand-over", "flood"),
    ("hand-over", "--to", "mayor"),
    ("hand-over", "flood", "--post", "mayor", "--to", "mayor"),
    ("acknowledge",),
    ("acknowledge", "flood/patrol-dykes", "--reported", "x"),
    ("new", "--hazard", "flood"),
]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_wrong_use_is_told(monkeypatch: pytest.MonkeyPatch, journal: str, lang: str) -> None:
    begun(monkeypatch, journal)
    for command, *more in WRONG:
        told = session(command, journal, *more, lang=lang, exits=2)
        assert told.stderr.splitlines()[-1].startswith({"en": "error: ", "zh": "错误："}[lang])
    assert len(session("log", journal).output.splitlines()) == 1


def test_new_needs_a_hazard_or_a_file(journal: str) -> None:
    session("new", journal, exits=2)
    session("new", journal, "--hazard", "flood", "--from", FLOOD, exits=2)
    session("new", journal, "--hazard", "fload", exits=1)
    assert not Path(journal).exists()


@pytest.mark.slow
def test_an_incident_file_goes_on_as_a_session(journal: str) -> None:
    assert session("new", journal, "--from", FLOOD).output == f"began {journal}: 68 told\n"
    exported = session("export", journal).stdout
    at = ("--at", "2026-07-19T09:30:00+08:00", "--format", "json")
    own = json.loads(run("assess", "-", *at, *LIBRARY, stdin=exported).output)
    whole = json.loads(run("assess", FLOOD, *at, *LIBRARY).output)
    for part in ("decisions", "actions", "reports"):
        levels = [
            [(one["id"] if "id" in one else one["rule"]) for one in found[part]]
            for found in (own, whole)
        ]
        assert levels[0] == levels[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("lang", "banner"),
    [
        ("en", " EXERCISE OR TEST DATA: not an actual assessment"),
        ("zh", " 演练或测试数据——不得作为实际研判"),
    ],
)
def test_all_that_is_told_of_an_exercise_says_so(
    monkeypatch: pytest.MonkeyPatch, journal: str, lang: str, banner: str
) -> None:
    clock(monkeypatch, "06:10")
    session("new", journal, "--hazard", "flood", "--status", "exercise")
    told = session("tell", journal, "water-level=24 m", "--object", "hankou", lang=lang)
    assert told.output.splitlines()[1] == banner
    assert session("show", journal, lang=lang).output.splitlines()[0] == banner


def test_entries_that_no_session_wrote_are_told(journal: str) -> None:
    Journal.create(Path(journal), 1, '{"header": "{}", "library": "a"}', ["[]"])
    for command in ("log", "export", "show"):
        assert "journal-unreadable" in session(command, journal, exits=1).output
    session("verify", journal)


def test_a_file_that_is_no_journal_is_told() -> None:
    for command in ("log", "verify", "export", "show"):
        told = session(command, FLOOD, exits=1)
        assert "journal-unreadable" in told.output


@pytest.mark.slow
def test_watching_tells_what_others_tell_and_what_time_brings(
    monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    session("tell", journal, "water-level=27.4 m", "--object", "hankou", "--quiet")
    turns = iter(["nothing", "told", "time", "end"])

    def sleep(seconds: float) -> None:
        assert seconds == 2.0
        turn = next(turns)
        if turn == "told":
            session("decide", journal, "flood/flood=II", "--by", "mayor", "--quiet")
        elif turn == "time":
            clock(monkeypatch, "12:00")
        elif turn == "end":
            raise SystemExit(130)

    monkeypatch.setattr(session_showing, "time", SimpleNamespace(sleep=sleep))
    result = run("session", "watch", journal, *LIBRARY, "--lang", "en")
    parts = re.split(r"\n── ", result.output)
    assert [part.splitlines()[0] for part in parts[1:]] == [
        "2026-07-18T08:00:00+08:00",
        "2026-07-18T12:00:00+08:00",
    ]
    assert "flood response  in force none → Level II" in parts[1]
    assert parts[2].splitlines()[1] == "missed: tell"


@pytest.mark.slow
def test_the_library_of_a_journal_is_the_nearest(
    monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    clock(monkeypatch, "06:10")
    monkeypatch.chdir(ROOT)
    made = run("session", "new", journal, "--hazard", "flood", "--lang", "en")
    assert made.output == f"began {journal}: 0 told\n"


@pytest.mark.parametrize("every", ["nan", "inf", "0", "x"])
def test_a_pause_that_is_none_is_told_in_both_languages(journal: str, every: str) -> None:
    for lang, words in (("zh", "--every 须为不小于 0.1 的数"), ("en", "--every")):
        found = run("session", "watch", journal, "--every", every, "--lang", lang)
        assert (found.exit_code, words in found.output) == (2, True)


STEPS = [
    ("06:20", "tell", "水位=24.0米", "--object", "汉口站", "--source", "路人"),
    ("06:30", "tell", "水位=25.1米", "--object", "汉口站", "--source", "hydrology-bureau"),
    ("06:40", "tell", "--issued", "warning.flood=yellow", "--by", "water-bureau"),
    ("08:00", "tell", "水位=27.4米", "--object", "汉口站", "--source", "hydrology-bureau"),
    ("08:10", "decide", "flood/flood=III", "--by", "flood-commander", "--reason", "先按三级"),
    ("08:20", "decide", "flood/flood", "--by", "flood-commander"),
    ("09:30", "decide", "flood=none", "--by", "flood-commander", "--reason", "水退了"),
]
PLAN = {
    "en": "Linjiang flood and drought plan·flood response",
    "zh": "临江市防汛抗旱应急预案·防汛应急响应",
}
TAKEN = {
    "en": [
        "incident  reported, not verified",
        "incident  reported, not verified → verified",
        f"{PLAN['en']}  warning",
        None,
        f"{PLAN['en']}  warning → responding",
        f"{PLAN['en']}  responding → responding, adjusted",
        f"{PLAN['en']}  responding, adjusted → ended",
    ],
    "zh": [
        "事件  已报告，尚未核实",
        "事件  已报告，尚未核实 → 已核实",
        f"{PLAN['zh']}  预警中",
        None,
        f"{PLAN['zh']}  预警中 → 响应中",
        f"{PLAN['zh']}  响应中 → 响应中（已调整）",
        f"{PLAN['zh']}  响应中（已调整） → 响应已终止",
    ],
}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_stage_is_told(monkeypatch: pytest.MonkeyPatch, journal: str, lang: str) -> None:
    clock(monkeypatch, "06:10")
    session("new", journal, "--hazard", "flood")
    for (time, command, *words), taken in zip(STEPS, TAKEN[lang], strict=True):
        clock(monkeypatch, time)
        lines = session(command, journal, *words, lang=lang).output.splitlines()
        head = {"en": "stage", "zh": "阶段"}[lang]
        after = lines.index(head) + 1 if head in lines else None
        assert (None if after is None else lines[after].strip()) == taken
        assert after is None or not lines[after + 1].startswith(" ")


@pytest.mark.slow
def test_what_came_late_or_changed_little_is_told(
    monkeypatch: pytest.MonkeyPatch, journal: str
) -> None:
    begun(monkeypatch, journal)
    clock(monkeypatch, "08:00")
    told = session("tell", journal, "water-level=25.4 m", "--object", "hankou").output
    orders = re.findall(r"^  ([^:\n]+): 巡堤查险", told, flags=re.MULTILINE)
    assert orders == ["Jiangbei flood headquarters and 5 more"]
    late = session("tell", journal, "water-level=25 m", "--object", "hankou", "--at", "23:00")
    assert late.output.splitlines()[0] == "kept as entry 3, id 2 (late: of 07-17 23:00)"
    session("decide", journal, "flood", "--by", "flood-commander", "--quiet")
    clock(monkeypatch, "12:00")
    told = session("tell", journal, "water-level=25.45 m", "--object", "hankou").output
    assert told.splitlines()[1:3] == ["nothing changed", "overdue: 9, see session show"]
    assert "\nOverdue: 9, not reported done" in session("show", journal).output


def test_plans_that_cannot_read_it_change_nothing(
    monkeypatch: pytest.MonkeyPatch, journal: str, tmp_path: Path
) -> None:
    begun(monkeypatch, journal)
    other = str(tmp_path / "other")
    assert run("new", "library", other, "--label", "O", "--province", "P").exit_code == 0
    told = run("session", "migrate", journal, "--library", other, "--lang", "en")
    assert (told.exit_code, told.stderr.splitlines()[0]) == (1, "The journal was not changed:")
    assert len(session("log", journal).output.splitlines()) == 1
