import json
from datetime import datetime, timedelta, timezone

import pytest
from msgspec.structs import replace

from planengine.domain.acts import acts_of
from planengine.domain.statements import (
    DutyDone,
    Invocation,
    Issue,
    MomentStated,
    PutInForce,
    Statement,
    WatchChange,
    Withdrawal,
)
from planengine.linking.incidents.incident import read_incident
from planengine.values.times import parse_time
from tests.linking.libraries import base

HEAD = "incident: storm\nhazards: [洪水]\nscope: [river-city]\n"
AT = "at: 2026-07-20T08:00:00+08:00"
EIGHT = parse_time("2026-07-20T08:00:00+08:00")


def read(observations, head=HEAD):
    findings = []
    text = head + "observations:\n" + "".join(f"  - {{{line}}}\n" for line in observations)
    incident = read_incident(text, base(), findings)
    return incident, findings


def one(line):
    incident, findings = read([line])
    assert findings == []
    (event,) = incident.events
    return event


def codes(line):
    return [d.code for d in read([line])[1]]


def test_header():
    incident, findings = read([], HEAD + "label: {zh: 暴雨}\nstatus: exercise\n")
    assert findings == []
    assert (incident.id, incident.hazards, incident.scope) == ("storm", {"flood"}, {"river-city"})
    assert (incident.status, incident.events, incident.newest) == ("exercise", (), None)


def test_moments_of_the_header():
    moments = "moments: {发生: 2026-07-20T08:00:00+08:00, receipt: 2026-07-20T09:00:00+08:00}\n"
    incident, findings = read([], HEAD + moments)
    assert findings == []
    assert [(e.stamp.at, e.moments) for e in incident.events] == [
        (EIGHT, {"occurrence": EIGHT}),
        (EIGHT + 3600, {"receipt": EIGHT + 3600}),
    ]


def test_times_without_an_offset_are_by_the_library_s_clock():
    line = "at: 2026-07-20T08:00, received: 2026-07-20T08:30, valid: {until: 2026-07-20T09:00}"
    event = one(f"{line}, began: 2026-07-20T07:00, facts: {{deaths: 1}}")
    assert (event.stamp.at, event.stamp.received) == (EIGHT, EIGHT + 1800)
    assert (event.valid_until, event.began) == (EIGHT + 3600, EIGHT - 3600)
    incident, findings = read([], f"{HEAD}moments: {{receipt: 2026-07-20T08:00}}\n")
    assert findings == []
    assert [e.stamp.at for e in incident.events] == [EIGHT]


def test_a_moment_to_come_is_known_since_the_first_statement_by_whatever_clock():
    head = f"{HEAD}moments: {{receipt: 2026-07-20T10:00}}\n"
    incident, _ = read(["at: 2026-07-20T08:00, facts: {deaths: 1}"], head)
    assert [e.stamp.at for e in incident.events] == [EIGHT, EIGHT]


def test_a_library_without_a_time_zone_has_no_clock():
    text = f"{HEAD}observations: [{{at: 2026-07-20T08:00, facts: {{deaths: 1}}}}]\n"
    findings = []
    read_incident(text, replace(base(), time_zone="UTC"), findings)
    assert [d.code for d in findings] == ["bad-time"]


@pytest.mark.parametrize(
    ("at", "code", "message", "hint"),
    [
        (
            "2027-04-04T02:30",
            "time-shown-twice",
            "the clock shows `2027-04-04T02:30` twice, for it is put back that day",
            "write 2027-04-04T02:30:00+11:00 or 2027-04-04T02:30:00+10:00",
        ),
        (
            "2026-10-04T02:30",
            "time-skipped",
            (
                "the clock never shows `2026-10-04T02:30`, for it is put forward to "
                "2026-10-04T03:00:00+11:00"
            ),
            "write what the clock showed, or the time with its offset",
        ),
        (
            "2026-10-04",
            "bad-time",
            "`2026-10-04` is not a time",
            (
                "write a time such as 2026-10-04T00:00; without the offset it is by the clock of the "
                "library's time zone, where one is declared"
            ),
        ),
        (
            "2026-10-04 08:00",
            "bad-time",
            "`2026-10-04 08:00` is not a time",
            (
                "write a time such as 2026-10-04T08:00; without the offset it is by the clock of the "
                "library's time zone, where one is declared"
            ),
        ),
        (
            "2026-10-04 2:30",
            "bad-time",
            "`2026-10-04 2:30` is not a time",
            (
                "write a time such as 2026-07-20T08:00:00+08:00; without the offset it is by the clock "
                "of the library's time zone, where one is declared"
            ),
        ),
    ],
)
def test_why_a_text_is_no_time_of_a_clock_that_is_changed(at, code, message, hint):
    findings = []
    text = f"{HEAD}observations: [{{at: {at}, facts: {{deaths: 1}}}}]\n"
    read_incident(text, replace(base(), time_zone="Australia/Melbourne"), findings)
    assert [(d.code, d.message, d.hint) for d in findings] == [(code, message, hint)]


def test_facts_in_their_units():
    facts = 'facts: {rainfall: 10.2 cm, 死亡: "[0..4]", 失踪: 53, dyke-breach: false, loss: 1亿元以上, density: 密集, magnitude: unknown, evacuated: n/a}'
    event = one(f"id: o1, {AT}, area: 北县, source: 市气象局, kind: estimated, {facts}")
    assert isinstance(event, Statement)
    assert (event.place, event.kind, event.incident) == ("north-county", "estimated", "storm")
    assert (event.stamp.id, event.stamp.source, event.stamp.status) == (
        "o1",
        "weather-bureau",
        "actual",
    )
    assert (event.stamp.at, event.stamp.received) == (EIGHT, EIGHT)
    shown = {name: value and str(value) for name, value in event.facts.items()}
    assert shown == {
        "rainfall": "102",
        "deaths": "[0..4]",
        "missing": "53",
        "dyke-breach": "false",
        "loss": "[10000..∞)",
        "density": "dense",
        "magnitude": None,
        "evacuated": "n/a",
    }


def test_times_of_a_statement():
    event = one(
        f"{AT}, received: 2026-07-20T08:30:00+08:00, began: 2026-07-20T07:00:00+08:00, status: test, "
        "valid: {from: 2026-07-20T09:00:00+08:00, until: 2026-07-20T10:00:00+08:00}, facts: {deaths: 1}"
    )
    assert event.stamp.received == EIGHT + 1800
    assert (event.valid_from, event.valid_until) == (EIGHT + 3600, EIGHT + 7200)
    assert event.began == EIGHT - 3600
    assert event.stamp.status == "test"
    assert event.place is None


def test_corrections_keep_what_they_do_not_say():
    first = f"id: o1, {AT}, object: 大桥站, kind: judged, facts: {{water-level: 25 m}}"
    second = "at: 2026-07-20T09:00:00+08:00, correct: o1, facts: {water-level: 26 m}"
    third = "at: 2026-07-20T10:00:00+08:00, withdraw: o1"
    incident, findings = read([first, second, third])
    assert findings == []
    _, correction, withdrawal = incident.events
    assert (correction.corrects, correction.place, correction.kind) == (
        "o1",
        "bridge-station",
        "judged",
    )
    assert isinstance(withdrawal, Withdrawal)
    assert withdrawal.target == "o1"


def test_decisions():
    event = one(
        f"{AT}, decide: {{plan: flood, track: 防汛, level: 二级, by: 指挥长, duration: 72 h}}"
    )
    assert isinstance(event, PutInForce)
    assert (event.plan, event.track, event.rank) == ("river-city/flood", "flood", 2)
    assert (event.by, event.duration) == ("commander", 72 * 3600)
    ended = one(f"{AT}, decide: {{plan: accident-response, level: none}}")
    assert (ended.plan, ended.track, ended.rank) == ("river-city/accident-response", None, 0)
    for plan in ("plan: flood, jurisdiction: 山省", "plan: hill-province/flood"):
        above = one(f"{AT}, decide: {{{plan}, level: I}}")
        assert (above.plan, above.track, above.rank) == ("hill-province/flood", None, 3)


def test_issued():
    incident, findings = read(
        [
            f"id: w, {AT}, issued: {{warning.rain: 红色, warning.flood/flood: blue}}, by: weather-bureau, area: river-city"
        ]
    )
    assert findings == []
    first, second = incident.events
    assert isinstance(first, Issue)
    assert (first.scale, first.document, first.rank, first.area) == (
        "warning",
        "rain",
        2,
        "river-city",
    )
    assert (second.document, second.track, second.rank) == ("river-city/flood", "flood", 1)
    assert (first.stamp.id, second.stamp.id) == ("w", "w-2")


@pytest.mark.parametrize(
    ("written", "track"),
    [("flood", None), ("river-city/flood", None), ("river-city/flood/flood", "flood")],
)
def test_the_plan_of_an_issued_warning_is_one_that_has_warnings(
    written: str, track: str | None
) -> None:
    """The province's flood plan has none, so a bare id is the city's."""
    event = one(f"{AT}, issued: {{warning.{written}: blue}}, by: weather-bureau")
    assert isinstance(event, Issue)
    assert (event.document, event.track) == ("river-city/flood", track)


def test_other_events():
    (clause,) = acts_of(base())
    assert clause == "flood.I.judged-1"
    assert one(f"{AT}, invoke: {{clause: {clause}, by: flood-hq}}").clause == clause
    assert isinstance(one(f"{AT}, invoke: {{clause: {clause}}}"), Invocation)
    assert isinstance(one(f"{AT}, done: {{plan: flood, action: patrol}}"), DutyDone)
    assert isinstance(one(f"{AT}, moments: {{receipt: 2026-07-20T07:00:00+08:00}}"), MomentStated)
    off = one(f"{AT}, off-watch: flood-hq")
    assert isinstance(off, WatchChange)
    assert not off.on_watch
    assert one(f"{AT}, on-watch: flood-hq").on_watch


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (f"{AT}, facts: {{deths: 1}}", ["unknown-fact"]),
        (f"{AT}, facts: {{deaths: lots}}", ["unreadable-bound"]),
        (f"{AT}, facts: {{deaths: -1}}", ["outside-domain"]),
        (f"{AT}, facts: {{deaths: {{at-least: 1}}}}", ["plain-value-needed"]),
        (f"{AT}, area: noth-county, facts: {{deaths: 1}}", ["unknown-jurisdiction"]),
        (f"{AT}, area: lake-city, facts: {{deaths: 1}}", ["outside-scope"]),
        (f"{AT}, object: bridge-station, facts: {{deaths: 1}}", ["fact-misplaced"]),
        (f"{AT}, area: river-city, object: bridge-station, facts: {{deaths: 1}}", ["one-of"]),
        ("at: 2026-07-20 08:00, facts: {deaths: 1}", ["bad-time"]),
        ("at: now, facts: {deaths: 1}", ["bad-time"]),
        ("at: '23:00', facts: {deaths: 1}", ["bad-time"]),
        (f"{AT}, received: 2026-07-20T07:00:00+08:00, facts: {{deaths: 1}}", ["received-early"]),
        (
            f"{AT}, valid: {{from: 2026-07-20T09:00:00+08:00, until: 2026-07-20T09:00:00+08:00}}, facts: {{deaths: 1}}",
            ["empty-period"],
        ),
        (f"{AT}", ["one-of"]),
        (f"{AT}, facts: {{deaths: 1}}, withdraw: o1", ["one-of"]),
        (f"{AT}, withdraw: o1", ["unknown-observation"]),
        (f"{AT}, correct: o1, facts: {{deaths: 1}}", ["unknown-observation"]),
        (f"{AT}, decide: {{plan: flood, level: I}}", ["track-needed"]),
        (f"{AT}, decide: {{plan: flod, level: I}}", ["unknown-plan"]),
        (f"{AT}, decide: {{plan: flood, jurisdiction: lake-city, level: I}}", ["unknown-plan"]),
        (
            f"{AT}, decide: {{plan: flood, track: flod, level: I, by: nobody}}",
            ["unknown-body", "unknown-track"],
        ),
        (f"{AT}, decide: {{plan: accident-response, level: IX}}", ["unknown-level"]),
        (f"{AT}, issued: {{alarm.rain: red}}", ["unknown-scale"]),
        (f"{AT}, issued: {{warning.ran: red}}", ["unknown-standard"]),
        (f"{AT}, issued: {{grade.rain: large}}", ["wrong-scale"]),
        (f"{AT}, invoke: {{clause: flood.I.judged}}", ["unknown-clause"]),
        (f"{AT}, done: {{plan: flood, action: patrl}}", ["unknown-action"]),
        (f"{AT}, moments: {{reciept: 2026-07-20T07:00:00+08:00}}", ["unknown-moment"]),
        (f"{AT}, off-watch: nobody", ["unknown-agency"]),
        (f"{AT}, fact: {{deaths: 1}}", ["unknown-key"]),
        (f"{AT}, source: north-flood-hq, facts: {{deaths: 1}}", ["area-unsaid"]),
        (f"{AT}, source: north-flood-hq, area: river-city, facts: {{deaths: 1}}", []),
        (f"{AT}, source: weather-bureau, facts: {{deaths: 1}}", []),
        (f"{AT}, source: {{other: bridge-station}}, facts: {{deaths: 1}}", []),
    ],
)
def test_findings(line, expected):
    assert codes(line) == expected


def test_one_bad_event_does_not_hide_the_others():
    incident, findings = read(
        [f"{AT}, fact: {{}}", "facts: {deaths: 1}", f"{AT}, facts: {{deaths: 1}}"]
    )
    assert [d.code for d in findings] == ["unknown-key", "missing-key"]
    assert [event.stamp.id for event in incident.events] == ["event-3"]


def test_same_id_twice():
    _, findings = read([f"id: o1, {AT}, facts: {{deaths: 1}}"] * 2)
    assert [(d.code, len(d.related)) for d in findings] == [("duplicate-id", 1)]


HEADER = {"incident": "storm", "hazards": ["flood"]}
LINES = [{"at": "2026-07-20T08:00:00+08:00", "facts": {"deaths": n}} for n in (1, 2)]


def check_two(incident, findings):
    assert findings == []
    assert [str(event.facts["deaths"]) for event in incident.events] == ["1", "2"]


@pytest.mark.parametrize("name", ["facts.jsonl", "facts.txt"])
def test_stream(tmp_path, name):
    findings = []
    path = tmp_path / name
    path.write_text("\n".join(json.dumps(line) for line in [HEADER, *LINES]) + "\n", "utf-8")
    check_two(read_incident(path, base(), findings), findings)


def test_json_file_and_mapping(tmp_path):
    whole = {**HEADER, "observations": LINES}
    findings = []
    check_two(read_incident(json.dumps(whole), base(), findings), findings)
    check_two(read_incident(whole, base(), findings), findings)


def test_times_of_a_mapping():
    at = datetime(2026, 7, 20, 8, tzinfo=timezone(timedelta(hours=8)))
    findings = []
    whole = {**HEADER, "observations": [{"at": at, "facts": {"deaths": 1}}]}
    incident = read_incident(whole, base(), findings)
    assert findings == []
    assert incident.newest == EIGHT


def test_a_datetime_without_a_zone_is_not_taken_for_the_library_s_clock():
    naive = datetime(2026, 7, 20, 0)  # noqa: DTZ001 - what is refused: it may be UTC
    incident = {
        "incident": "x",
        "hazards": ["flood"],
        "observations": [{"at": naive, "facts": {"deaths": 1}}],
    }
    findings = []
    read_incident(incident, base(), findings)
    assert [d.code for d in findings] == ["bad-time"]


@pytest.mark.parametrize("text", ["plan: flood\n", "- a\n", "", "incident: x\n", "{]"])
def test_no_incident(text):
    findings = []
    assert read_incident(text, base(), findings) is None
    assert findings


def test_missing_file(tmp_path):
    findings = []
    assert read_incident(tmp_path / "none.yaml", base(), findings) is None
    assert [d.code for d in findings] == ["unreadable-file"]


def test_finer_times_are_cut_and_said_so():
    incident, findings = read(["at: 2026-07-20T08:00:00.9+08:00, facts: {deaths: 1}"])
    assert [d.code for d in findings] == ["time-cut"]
    assert incident.events[0].stamp.at == EIGHT


def test_corrections_in_a_circle_are_an_error_with_positions():
    lines = [f"id: {a}, {AT}, correct: {b}, facts: {{deaths: 1}}" for a, b in ("ab", "bc", "ca")]
    (found,) = read([f"id: x, {AT}, facts: {{deaths: 1}}", *lines])[1]
    assert (found.code, found.severity, found.span.line) == ("correction-circle", "error", 6)
    assert dict(found.params)["path"] == "a → b → c → a"
    assert [span.line for _, span in found.related] == [7, 8]
    loop = [f"id: w, {AT}, withdraw: v", f"id: v, {AT}, withdraw: w"]
    assert [d.code for d in read(loop)[1]] == ["correction-circle"]
    assert codes(f"id: a, {AT}, correct: a, facts: {{deaths: 1}}") == ["correction-circle"]


def test_a_correction_across_statuses_is_told():
    first = f"id: a, {AT}, facts: {{deaths: 1}}"
    for content in ("correct: a, facts: {deaths: 2}", "withdraw: a"):
        found = read([first, f"{AT}, status: exercise, {content}"])[1]
        assert [d.code for d in found] == ["correction-status"]


def test_one_statement_far_ahead_does_not_move_the_clock():
    facts = "facts: {deaths: 1}"
    near, far = "at: 2026-07-21T07:00:00+08:00", "at: 2062-07-20T08:00:00+08:00"
    incident, findings = read([f"{AT}, {facts}", f"{near}, {facts}", f"{far}, {facts}"])
    assert incident.newest == EIGHT + 23 * 3600
    assert [(d.code, d.span.line) for d in findings] == [("clock-ahead", 7)]
    assert dict(findings[0].params)["time"] == "2062-07-20T08:00:00+08:00"
    alone, findings = read([f"{far}, {facts}"])
    assert (alone.newest, findings) == (parse_time("2062-07-20T08:00:00+08:00"), [])
    withdrawn = [f"{AT}, {facts}", f"id: x, {far}, {facts}", f"{near}, withdraw: x"]
    incident, findings = read(withdrawn)
    assert (incident.newest, findings) == (EIGHT + 23 * 3600, [])


def test_a_moment_of_the_header_never_moves_the_clock():
    head = HEAD + "moments: {occurrence: 2062-07-20T08:00:00+08:00}\n"
    incident, findings = read([f"{AT}, facts: {{deaths: 1}}"], head)
    assert (incident.newest, findings) == (EIGHT, [])
    assert incident.events[0].stamp.at == EIGHT  # it has been known from the first


def test_an_issued_level_has_a_period():
    valid = "valid: {from: 2026-07-20T09:00:00+08:00, until: 2026-07-20T20:00:00+08:00}"
    event = one(f"{AT}, issued: {{warning.flood: red}}, {valid}")
    assert (event.valid_from, event.valid_until) == (EIGHT + 3600, EIGHT + 12 * 3600)
