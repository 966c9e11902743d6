"""`planengine say`: adds one observation and touches nothing else."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace

import pytest

import planengine
from planengine.cli import times
from planengine.domain.statements import (
    Acknowledged,
    Declined,
    DutyDone,
    HandedOver,
    Invocation,
    Issue,
    PutInForce,
    Statement,
)
from planengine.values.sets import ChoiceSet, number
from planengine.values.times import parse_time
from tests.cli.run import LIBRARY, run

HEAD = "incident: day\nhazards: [flood]\nscope: [linjiang]\n"
FIRST = "{at: 2026-07-20T08:00:00+08:00, area: xikou-county, facts: {deaths: 1}}"
CLAUSE = "flood.judged-IV"
NEW = (
    "{at: 2026-07-20T09:30:00+08:00, area: 溪口县, source: 119 caller, kind: estimated, "
    'facts: {死亡: 2, 失联: "[3..5]", 转移安置: 1.2万人}}'
)
WORDS = (
    *("死亡=2", "失联=[3..5]", "转移安置=1.2万人", "--area", "溪口县"),
    *("--source", "119 caller", "--kind", "estimated"),
)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    at = parse_time("2026-07-20T09:30:00+08:00")
    monkeypatch.setattr(times, "time", SimpleNamespace(time=lambda: at))


def said(path: Path, *words: str) -> str:
    result = run("say", str(path), *words, *LIBRARY, "--lang", "en")
    assert result.exit_code == 0, result.output
    return path.read_bytes().decode()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            f"# head\n{HEAD}observations:   # what came in\n  - {FIRST}  # first\n\n  # the end\n",
            f"# head\n{HEAD}observations:   # what came in\n  - {FIRST}  # first\n  - {NEW}\n\n  # the end\n",
            id="block",
        ),
        pytest.param(
            f"{HEAD}observations:\n- {FIRST}",
            f"{HEAD}observations:\n- {FIRST}\n- {NEW}\n",
            id="flush",
        ),
        pytest.param(
            f"observations:\n    - at: 2026-07-20T08:00\n      facts:\n        deaths: 1   # one\n{HEAD}",
            f"observations:\n    - at: 2026-07-20T08:00\n      facts:\n        deaths: 1   # one\n    - {NEW}\n{HEAD}",
            id="not last",
        ),
        pytest.param(
            f"{HEAD}observations:\n  - at: 2026-07-20T08:00\n    facts: {{deaths: 1}}\n    note: |\n      two\n\n      lines\n\n# end\n",
            f"{HEAD}observations:\n  - at: 2026-07-20T08:00\n    facts: {{deaths: 1}}\n    note: |\n      two\n\n      lines\n  - {NEW}\n\n# end\n",
            id="text",
        ),
        pytest.param(
            f"{HEAD}observations:\n  # - {FIRST}  # nobody said so\n",
            f"{HEAD}observations:\n  # - {FIRST}  # nobody said so\n  - {NEW}\n",
            id="comments only",
        ),
        pytest.param(
            f"observations:\n{HEAD}", f"observations:\n  - {NEW}\n{HEAD}", id="empty, not last"
        ),
        pytest.param(HEAD, f"{HEAD}observations:\n  - {NEW}\n", id="none"),
        pytest.param(
            f"{HEAD}observations: []  # none\n",
            f"{HEAD}observations: [{NEW}]  # none\n",
            id="brackets",
        ),
        pytest.param(
            f"{HEAD}observations: [\n  {FIRST},\n]\n",
            f"{HEAD}observations: [\n  {FIRST},\n  {NEW},\n]\n",
            id="in brackets",
        ),
        pytest.param(
            f"\ufeff{HEAD}observations:\n  - {FIRST}\n".replace("\n", "\r\n"),
            f"\ufeff{HEAD}observations:\n  - {FIRST}\n  - {NEW}\n".replace("\n", "\r\n"),
            id="windows",
        ),
    ],
)
def test_the_rest_of_the_file_stays_as_it_is(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_bytes(before.encode())
    assert said(path, *WORDS) == after


def test_json_and_streams_stay_json(tmp_path: Path) -> None:
    head = {"incident": "day", "hazards": ["flood"]}
    first = {"at": "2026-07-20T08:00:00+08:00", "facts": {"deaths": 1}}
    new = {
        "at": "2026-07-20T09:30:00+08:00",
        "area": "溪口县",
        "facts": {"deaths": 2, "water-outage-time": 1.5, "flash-flood": True, "失联": "[3..5]"},
    }
    words = (
        "deaths=2",
        "water-outage-time=1.5",
        "flash-flood=true",
        "失联=[3..5]",
        "--area",
        "溪口县",
    )
    whole = tmp_path / "day.json"
    for layout in (None, 2):
        for known in ([], [first]):
            text = json.dumps({**head, "observations": known, "status": "test"}, indent=layout)
            whole.write_text(text, encoding="utf-8")
            assert json.loads(said(whole, *words))["observations"] == [*known, new]
    whole.write_text(json.dumps(head), encoding="utf-8")
    assert json.loads(said(whole, *words)) == {**head, "observations": [new]}
    stream = tmp_path / "day.jsonl"
    for end in ("", "\n"):
        stream.write_text(f"{json.dumps(head)}\n{json.dumps(first)}{end}", encoding="utf-8")
        lines = [json.loads(line) for line in said(stream, *words).splitlines()]
        assert lines == [head, first, new]


def statement(path: Path, library: planengine.Library) -> Statement:
    event = library.read_incident(path).events[-1]
    assert isinstance(event, Statement)
    return event


def test_what_was_said_is_what_is_read(tmp_path: Path, shipped: planengine.Library) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(f"{HEAD}observations:\n  - {FIRST}\n", encoding="utf-8")
    said(path, *("water-level=27.4 m", "--object", "汉口站", "--at", "23:00", "--received", "0:10"))
    found = statement(path, shipped)
    assert found.place == "hankou"
    assert found.facts["water-level"] == number(Fraction(274, 10))
    assert found.stamp.at == parse_time("2026-07-19T23:00:00+08:00")
    assert found.stamp.received == parse_time("2026-07-20T00:10:00+08:00")
    said(path, "rainfall-24h=[110..140] mm", "--kind", "forecast", "--until", "8:00")
    found = statement(path, shipped)
    assert (found.kind, found.place) == ("forecast", None)
    assert found.valid_until == parse_time("2026-07-21T08:00:00+08:00")
    said(path, "flood-magnitude=[大洪水, extreme-flood]", "trapped=unknown", "--area", "linjiang")
    found = statement(path, shipped)
    assert found.facts["trapped"] is None
    assert str(found.facts["flood-magnitude"]) == "extreme-flood | great-flood"


def test_what_was_done_and_reported(tmp_path: Path, shipped: planengine.Library) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    for words, kind, document, item in (
        (("--done", "flood-consultation"), "action", "linjiang/flood", "flood-consultation"),
        (
            ("--done", "nanpu-county/flood/man-dyke-posts"),
            "action",
            "nanpu-county/flood",
            "man-dyke-posts",
        ),
        (
            ("--reported", "nanpu-start-report"),
            "report",
            "nanpu-county/flood",
            "nanpu-start-report",
        ),
        (("--reported", "flood/first"), "release", "linjiang/flood", "first"),
        (
            ("--reported", "production-accident/unit-to-county"),
            "report",
            "production-accident",
            "unit-to-county",
        ),
    ):
        said(path, *words)
        event = shipped.read_incident(path).events[-1]
        assert isinstance(event, DutyDone)
        assert (event.kind, event.document, event.item) == (kind, document, item)
        assert event.stamp.at == parse_time("2026-07-20T09:30:00+08:00")


def test_an_action_may_be_named_by_what_is_to_be_done(
    tmp_path: Path, shipped: planengine.Library
) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    (action,) = (
        one
        for one in shipped.entities.plans["linjiang/flood"][-1].actions
        if one.id == "flood-consultation"
    )
    for text in (action.do.text("zh"), action.do.text("en"), f"flood/{action.do.text('zh')}"):
        told = said(path, "--done", text).splitlines()[-1]
        assert told.endswith("done: {plan: flood, action: flood-consultation}}")


def test_an_action_that_several_plans_call_so_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    result = run(
        "say", str(path), "--done", "组织复盘评估，提出改进措施并修订预案", *LIBRARY, "--lang", "zh"
    )
    assert result.exit_code == 2
    plans = (
        "disaster-relief/relief earthquake/quake environmental-events/env forest-fire/forest-fire"
    )
    plans += " hazardous-chemicals/chem urban-waterlogging/waterlogging"
    named = "、".join(f"linjiang/{one}-review" for one in plans.split())
    assert result.output.endswith(f"有几个，写明是哪个：{named}\n")


def test_what_was_said_is_corrected_and_withdrawn(
    tmp_path: Path, shipped: planengine.Library
) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    said(path, "deaths=4", "--area", "xikou-county", "--id", "a1", "--at", "8:00")
    text = said(path, "deaths=1", "--correct", "a1")
    assert text.endswith("{at: 2026-07-20T09:30:00+08:00, correct: a1, facts: {deaths: 1}}\n")
    (county,) = shipped.compile().assess(path, at="2026-07-20T09:30:00+08:00").incident.events[-1:]
    assert isinstance(county, Statement)
    assert (county.place, county.facts["deaths"]) == ("xikou-county", number(1))
    text = said(path, "--withdraw", "a1", "--at", "9:20")
    assert text.endswith("{at: 2026-07-20T09:20:00+08:00, withdraw: a1}\n")
    result = run("say", str(path), "deaths=2", "--correct", "a7", *LIBRARY, "--lang", "en")
    assert result.exit_code == 1
    assert "[unknown-observation]" in result.output
    assert path.read_text(encoding="utf-8") == text


def test_moments_are_told(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    text = said(path, "--moment", "发生=7:50", "--moment", "receipt=2026-07-20T08:00")
    assert text.endswith(
        "{at: 2026-07-20T09:30:00+08:00, moments: {发生: 2026-07-20T07:50:00+08:00, "
        "receipt: 2026-07-20T08:00:00+08:00}}\n"
    )


def test_the_kind_may_be_in_chinese(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    for word, kind in (("观测", "observed"), ("研判", "judged"), ("估计", "estimated")):
        told = said(path, "deaths=1", "--area", "linjiang", "--kind", word).splitlines()[-1]
        assert told.endswith(f"area: linjiang, kind: {kind}, facts: {{deaths: 1}}}}")


def test_yes_and_no_are_said_of_a_flag(tmp_path: Path, shipped: planengine.Library) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    for word, truth in (("yes", True), ("no", False), ("是", True), ("否", False)):
        said(path, f"flash-flood={word}", "--area", "linjiang")
        assert statement(path, shipped).facts["flash-flood"] == ChoiceSet(frozenset({truth}))


def test_several_that_were_done_are_one_statement(
    tmp_path: Path, shipped: planengine.Library
) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    text = said(path, "--done", "flood-consultation", "--done", "flood/open-shelters")
    assert text.endswith("done: {plan: flood, action: [flood-consultation, open-shelters]}}\n")
    found = [one for one in shipped.read_incident(path).events if isinstance(one, DutyDone)]
    assert [one.item for one in found] == ["flood-consultation", "open-shelters"]


def test_what_people_decided_issued_and_judged(tmp_path: Path, shipped: planengine.Library) -> None:
    """Each is read as what it says, whatever names the plan and the level are called by."""
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    for words, line in (
        (
            ("--decide", "flood/flood=二级", "--by", "市防指指挥长", "--duration", "72小时"),
            "decide: {plan: flood, track: flood, level: 二级, by: 市防指指挥长, duration: 72小时}}",
        ),
        (
            ("--decide", "nanpu-county/flood=none"),
            "decide: {plan: flood, jurisdiction: nanpu-county, level: none}}",
        ),
        (
            ("--decide", "临江市防汛抗旱应急预案/防汛应急响应=III", "--by", "flood-commander"),
            "decide: {plan: flood, track: 防汛应急响应, level: III, by: flood-commander}}",
        ),
        (
            ("--issued", "warning.rainstorm=红色", "--by", "weather-bureau", "--until", "23:00"),
            "until: 2026-07-20T23:00:00+08:00}, issued: {warning.rainstorm: 红色}, by: weather-bureau}",
        ),
        (
            ("--issued", "warning.flood/flood=orange", "--area", "linjiang"),
            "area: linjiang, issued: {warning.flood/flood: orange}}",
        ),
    ):
        assert said(path, *words).rstrip("\n").endswith(line)
    started, ended, again, signal, warning = shipped.read_incident(path).events
    assert isinstance(started, PutInForce)
    assert (started.plan, started.rank, started.by) == ("linjiang/flood", 3, "flood-commander")
    assert started.duration == 72 * 3600
    assert isinstance(ended, PutInForce)
    assert (ended.plan, ended.rank) == ("nanpu-county/flood", 0)
    assert isinstance(again, PutInForce)
    assert (again.plan, again.track, again.rank) == ("linjiang/flood", "flood", 2)
    assert isinstance(signal, Issue)
    assert (signal.document, signal.rank, signal.by) == ("rainstorm", 4, "weather-bureau")
    assert isinstance(warning, Issue)
    assert (warning.document, warning.track, warning.rank) == ("linjiang/flood", "flood", 3)


def test_what_people_declined_handed_over_and_received(
    tmp_path: Path, shipped: planengine.Library
) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    for words, line in (
        (
            ("--decide", "flood/flood=II", "--by", "mayor", "--reason", "管涌"),
            "decide: {plan: flood, track: flood, level: II, by: mayor, reason: 管涌}}",
        ),
        (
            ("--decline", "flood/flood=lower", "--by", "mayor", "--reason", "雨未停"),
            "decide: {plan: flood, track: flood, decline: lower, by: mayor, reason: 雨未停}}",
        ),
        (
            ("--hand-over", "nanpu-county/flood=linjiang-government"),
            "hand-over: {plan: flood, jurisdiction: nanpu-county, to: linjiang-government}}",
        ),
        (
            ("--hand-over", "flood-commander=mayor", "--by", "mayor"),
            "hand-over: {post: flood-commander, to: mayor, by: mayor}}",
        ),
        (
            ("--acknowledged", "flood/patrol-dykes", "--by", "nanpu-flood-hq"),
            "acknowledged: {plan: flood, action: patrol-dykes, by: nanpu-flood-hq}}",
        ),
    ):
        assert said(path, *words).rstrip("\n").endswith(line)
    started, declined, county, post, order = shipped.read_incident(path).events
    assert isinstance(started, PutInForce)
    assert started.reason == "管涌"
    assert isinstance(declined, Declined)
    assert (declined.move, declined.rank, declined.reason) == ("lower", 0, "雨未停")
    assert isinstance(county, HandedOver)
    assert (county.plan, county.to) == ("nanpu-county/flood", "linjiang-government")
    assert isinstance(post, HandedOver)
    assert (post.plan, post.post, post.to) == (None, "flood-commander", "mayor")
    assert isinstance(order, Acknowledged)
    assert (order.kind, order.item, order.by) == ("action", "patrol-dykes", "nanpu-flood-hq")


def test_a_judgement_is_told(tmp_path: Path, shipped: planengine.Library) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    text = said(path, "--invoke", CLAUSE, "--by", "flood-office")
    assert text.endswith(f"invoke: {{clause: {CLAUSE}, by: flood-office}}}}\n")
    (event,) = shipped.read_incident(path).events
    assert isinstance(event, Invocation)
    assert (event.clause, event.by) == (CLAUSE, "flood-office")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("死亡人=2",), "unknown-fact"),
        (("deaths=2..",), "unreadable-bound"),
        (("deaths=约2人",), "vague-value"),
        (("deaths=2 m",), "wrong-unit"),
        (("deaths=2", "--area", "溪口乡"), "unknown-jurisdiction"),
        (("water-level=27 m", "--object", "hankow"), "unknown-object"),
        (("--decide", "flood/flood=V"), "unknown-level"),
        (("--decide", "flood/rain=II"), "unknown-track"),
        (("--decide", "flood/flood=II", "--by", "boss"), "unknown-body"),
        (("--issued", "warning.rain=red"), "unknown-standard"),
        (("--invoke", "flood.nothing"), "unknown-clause"),
    ],
)
def test_what_is_wrong_is_told_and_not_written(
    words: tuple[str, ...], code: str, tmp_path: Path
) -> None:
    path = tmp_path / "day.yaml"
    text = f"{HEAD}observations:\n  - {FIRST}\n"
    path.write_text(text, encoding="utf-8")
    result = run("say", str(path), *words, *LIBRARY, "--lang", "en")
    assert result.exit_code == 1
    assert f"{path.as_posix()}:6:" in result.output
    assert f"error[{code}]" in result.output
    assert "Nothing was written" in result.output
    assert path.read_text(encoding="utf-8") == text
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_is_wrong_already_is_not_added_to(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(
        f"{HEAD}observations:\n  - {{at: soon, facts: {{deaths: 1}}}}\n", encoding="utf-8"
    )
    result = run("say", str(path), "deaths=2", *LIBRARY, "--lang", "en")
    assert result.exit_code == 1
    assert f"{path.as_posix()}:5:10 error[bad-time]" in result.output
    assert "deaths=2" not in path.read_text(encoding="utf-8")


def test_only_what_the_new_statement_brings_is_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(f"{HEAD}observations:\n  - {FIRST}\n", encoding="utf-8")
    words = ("deaths=3", "--source", "xikou-emergency-bureau")
    for again in range(2):
        result = run("say", str(path), *words, *LIBRARY, "--lang", "en")
        assert result.output.count("[area-unsaid]") == 1
        assert f"{path.as_posix()}:{6 + again}:" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "one of them at a time"),
        (("deaths=1", "--done", "open-shelters"), "one of them at a time"),
        (("deaths",), "`deaths`: write FACT=VALUE"),
        (("deaths=",), "`deaths=`: write FACT=VALUE"),
        (("deaths=1", "deaths=2"), "deaths is given twice"),
        (("deaths=1", "--area", "linjiang", "--object", "hankou"), "not both"),
        (("--done", "open-shelters", "--kind", "judged"), "--kind is for FACT=VALUE only"),
        (("--done", "open-shelter"), "did you mean open-shelters?"),
        (("--reported", "first"), "may be several; say which: "),
        (("deaths=1", "--at", "soon"), "--at: `soon` is not a time"),
        (("deaths=1", "--area", "linjiang", "--area", "hankou"), "--area can be given only once"),
        (("--done", "open-shelters", "--done", "fire/x"), "`planengine list actions` has them all"),
        (("--reported", "open-shelters"), "`planengine list reports` has them all"),
        (
            ("--done", "open-shelters", "--done", "nanpu-county/flood/man-dyke-posts"),
            "--done: what is given at one time must be of one document",
        ),
        (
            ("--reported", "flood/first", "--reported", "nanpu-start-report"),
            "must be of one document, reports apart from releases",
        ),
        (("deaths=1", "--withdraw", "a1"), "one of them at a time"),
        (("--withdraw", "a1", "--correct", "a2"), "give --correct or --withdraw, not both"),
        (("--moment", "occurrence"), "--moment: `occurrence`: write MOMENT=TIME"),
        (("--moment", "occurrence=soon"), "--moment: `soon` is not a time"),
        (("--moment", "receipt=8:00", "--moment", "receipt=9:00"), "receipt is given twice"),
        (("--decide", "II"), "--decide: `II`: write PLAN=LEVEL"),
        (("--decide", "floods=II"), "there is no plan `floods`: did you mean flood?"),
        (("--issued", "red"), "--issued: `red`: write warning.PLAN=LEVEL"),
        (
            ("deaths=1", "--by", "mayor"),
            "--by is for --decide, --decline, --hand-over, --acknowledged, --issued, --invoke only",
        ),
        (("--issued", "warning.rainstorm=red", "--duration", "3 h"), "--duration is for --decide"),
        (("--decide", "flood/flood=II", "--until", "23:00"), "--until is for FACT=VALUE, --issued"),
    ],
)
def test_wrong_use(words: tuple[str, ...], message: str, tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    path.write_text(HEAD, encoding="utf-8")
    result = run("say", str(path), *words, *LIBRARY, "--lang", "en")
    assert result.exit_code == 2
    assert message in result.output
    assert path.read_text(encoding="utf-8") == HEAD


def test_a_layout_that_it_does_not_know_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "day.yaml"
    text = f"{HEAD}observations:\n  - {FIRST}\n...\n"
    path.write_text(
        text.replace("observations:\n", "observations: null\n").replace(f"  - {FIRST}\n", "")
    )
    kept = path.read_text(encoding="utf-8")
    result = run("say", str(path), "deaths=1", *LIBRARY, "--lang", "en")
    assert result.exit_code == 2
    assert "nothing can be added" in result.output
    assert path.read_text(encoding="utf-8") == kept


def test_the_file_keeps_its_mode_and_a_link_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "real.yaml", tmp_path / "day.yaml"
    target.write_text(HEAD, encoding="utf-8")
    target.chmod(0o640)
    link.symlink_to(target)
    said(link, "deaths=1")
    assert link.is_symlink()
    assert "deaths: 1" in target.read_text(encoding="utf-8")
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["day.yaml", "day.jsonl"])
@pytest.mark.parametrize("character", ["\u202e", "\0", "\x1b", "\ufffe"])
def test_a_character_that_no_file_may_have_is_told(
    tmp_path: Path, name: str, character: str
) -> None:
    path = tmp_path / name
    text = {
        "day.yaml": f"{HEAD}observations: [{FIRST}]\n",
        "day.jsonl": '{"incident": "day", "hazards": ["flood"], "scope": ["linjiang"]}\n',
    }[name]
    path.write_text(text, "utf-8")
    words = ("deaths=2", "--source", f"a{character}b", *LIBRARY, "--lang", "en")
    result = run("say", str(path), *words)
    assert result.exit_code == 1
    assert f"U+{ord(character):04X} may not stand in a file" in result.output
    assert path.read_text("utf-8") == text
