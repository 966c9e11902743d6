"""Every key of the JSON form, of small assessments, against a value written by hand."""

from __future__ import annotations

from typing import Any

from tests.assessment.conftest import Small, day, in_force, stated

DAM = """levels:
  - level: I
    verb: must
    when: {deaths: ≥ 10}
  - level: II
    verb: should
    when: {any: [{deaths: ≥ 3}, {judged: {what: it looks bad, by: office}}]}
  - level: III
    verb: must
    propose: office
    approve: {post: chief, or: {post: deputy}, jointly: true}
    duration: 72 h
    measures: [watch the dam]
    basis: [{source: law, clause: "2", confidence: read, note: as amended}]
    when: {level: ≥ 5}
lower: {when: {level: < 4}}
actions:
  - {id: patrol, from: III, executor: office, do: patrol, object: the dyke, to: health, within: 1 h, of: receipt, repeat: 2 h, means: on foot, verb: may}
  - {id: call, from: III, executor: {post: clerk, or: power}, do: call, after: [patrol], done-when: all are called, mode: request, approve: {post: chief}}
reports: [{id: up, from: III, by: office, to: government, within: 30 min, of: met, means: phone, content: [deaths]}]
information: {body: office, first-within: 5 h, of: occurrence, channels: [radio], approve: {post: chief}}
resources: [{id: bags, label: {en: sand bags}, quantity: 500 条, held-by: power, at: the depot}]
"""


def at(clock: str) -> str:
    return day(clock) if clock.count(":") == 1 else day("00:00").replace("00:00:00", clock)


def numbers(low: float, high: float | None = None) -> dict[str, Any]:
    """From one number up to another (None: without end)."""
    one = {"low": low, "low_closed": True, "high": high, "high_closed": high is not None}
    return {"ranges": [one], "na": False}


def both(zh: str, en: str | None = None) -> dict[str, str]:
    """The same in both languages: here for the names of a library that has only English ones."""
    return {"zh": zh, "en": en or zh}


def flag(value: bool) -> dict[str, Any]:
    return {"choices": [value], "na": False}


def law(clause: str = "1", confidence: str | None = None, note: str | None = None) -> Any:
    return {"source": "law", "clause": clause, "confidence": confidence, "own_choice": False, "note": note}  # fmt: skip


def executor(kind: str, name: str, *alternates: Any, jointly: bool = False, note: str | None = None) -> dict[str, Any]:  # fmt: skip
    return {"kind": kind, "id": name, "alternates": list(alternates), "jointly": jointly, "note": note}  # fmt: skip


def actor(written: dict[str, Any], body: str, *alternates: Any) -> dict[str, Any]:
    post = written["id"] if written["kind"] == "post" else None
    return {**written, "post": post, "bodies": [body], "alternates": list(alternates)}


def said(name: str, clock: str, number: int, **more: Any) -> dict[str, Any]:
    path = f"observations[{number}].at"
    return {
        "id": name, "at": at(clock), "received": at(clock), "source": None, "kind": "observed",
        "status": "actual", "place": {"file": "<data>", "line": 1, "column": 1, "path": path}, **more,
    }  # fmt: skip


def limit(kind: str, seconds: int, of: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "seconds": seconds, "of": of, "repeat": None, "times": None, "until": None,
        "anchor_at": None, "due": None, "overdue": False, "at_once": False, "counted_from": None,
        "clock": [], "again": None, "ended": None, **more,
    }  # fmt: skip


def test_all_that_an_assessment_says(small: Small) -> None:
    registry = small.folder / "registry.yaml"
    registry.write_text(
        registry.read_text().replace(
            "power: {label: {en: power company}",
            "power: {contacts: [{phone: [95598], room: 3, as-of: 2026-05-01}], label: {en: power company}",
        )
    )
    small.plan("dam", DAM)
    path = small.folder / "plans" / "dam.yaml"
    lines = path.read_text().splitlines()

    def written(text: str, shift: int = 0) -> dict[str, Any]:
        """Where something stands in the plan, by another way than the reader's."""
        (line,) = (number for number, one in enumerate(lines) if text in one)
        column = lines[line].index(text) + 1 + shift
        return {"file": str(path), "line": line + 1, "column": column}

    office, health = executor("agency", "office"), executor("agency", "health")
    chief, deputy, clerk = (executor("post", name) for name in ("chief", "deputy", "clerk"))
    power = executor("agency", "power")
    found = small.assess(
        {**stated("08:00", level=6), "received": day("09:30"), "source": "health"},
        {"at": day("09:20"), "area": "north", "kind": "estimated", "facts": {"deaths": "[1..4]"}},
        {"at": day("09:25"), "facts": {"unrelated": 3}},
        {"at": day("09:40"), "done": {"plan": "dam", "action": "patrol"}},
        in_force("09:45", "III"),
        at="10:00",
        moments={"receipt": day("07:30"), "occurrence": day("07:00")},
        label="the dam leaks",
    )
    told = found.to_dict()
    level = said("event-1", "08:00", 0, received=at("09:30"), source="health")
    basis = law("2", "read", "as amended")
    patrol = limit(
        "within", 3600, "receipt", repeat=7200, anchor_at=at("07:30"), due=at("10:30"),
        counted_from=at("07:30"), again=at("12:30"),
    )  # fmt: skip
    asked = {
        "plan": "city/dam", "track": None, "area": "city", "level": "III", "verb": "must",
        "certainty": "certain", "met": at("08:00"), "known": at("09:30"), "deadline": None,
        "done": [], "done_at": None, "basis": [],
    }  # fmt: skip
    report = {
        "document": "city/dam", "area": "city", "by": ["office"], "sender": office,
        "senders": [actor(office, "office")], "level": "III", "governs": True,
        "certainty": "certain", "verb": None, "met": at("08:00"), "known": at("09:30"),
        "done": [], "done_at": None, "basis": [],
    }  # fmt: skip
    assert told.pop("decisions") == [
        {
            "id": "city/dam@city", "plan": "city/dam", "standard": None, "track": None,
            "kind": "level", "label": {"en": "dam plan"}, "authority": "city", "area": "city",
            "edition": "1", "scale": "response", "level": "III", "indicated": "II",
            "could_reach": "I", "exact": True, "obliged": "III", "issued": None,
            "in_force": "III", "in_force_since": at("09:45"), "proposal": "keep", "verb": "must",
            "propose": office,
            "approve": executor("post", "chief", deputy, jointly=True),
            "decided_by": None, "declined": None, "command": None, "meanwhile": None, "duration": 72 * 3600,
            "measures": ["watch the dam"], "met_at": at("08:00"),
            "why": [
                {
                    "kind": "rule", "level": "III", "verb": "must", "text": "level: ≥ 5",
                    "place": written("- level: III", 9), "basis": [basis],
                    "rules": ["city/dam@1#level.main.III.must"],
                    "held": [
                        {
                            "cell": "level@city", "text": both("water level"), "value": numbers(6, 6),
                            "test": numbers(5), "written": ["level: ≥ 5"], "statements": [level],
                            "assumed": False, "estimated": False, "forecast_until": None,
                            "leaves": ["city/dam@1#level.main.III.must/level~c5943a40"],
                        }
                    ],
                }
            ],
            "why_eased": [], "basis": [basis], "gaps": [],
            "next": [
                {
                    "level": "II", "at": None,
                    "needs": [
                        {
                            "cell": "deaths@city", "text": both("deaths"), "value": numbers(1),
                            "test": numbers(3), "missing": 2,
                        }
                    ],
                }
            ],
            "next_omitted": 0, "next_fewest": None,
        }
    ]  # fmt: skip
    assert told.pop("actions") == [
        {
            "id": "city/dam:patrol", "do": {"en": "patrol"}, "object": "the dyke",
            "executor": office, "executors": [actor(office, "office")], "bodies": ["office"],
            "mode": "order", "certainty": "certain", "verb": "may", "verb_label": {"en": "may"},
            "deadline": patrol, "after": [], "done_when": None, "done_at": at("09:40"),
            "means": "on foot", "to": ["health"], "addressees": [actor(health, "health")],
            "approve": [], "plan": "city/dam", "level": "III",
            "acknowledged": [],
            "asked": [
                {
                    **asked, "action": "patrol", "verb": "may", "deadline": patrol,
                    "done": [at("09:40")], "done_at": at("09:40"),
                    "place": written("{id: patrol", 5), "rule": "city/dam@1#action.patrol.III",
                }
            ],
        },
        {
            "id": "city/dam:call", "do": {"en": "call"}, "object": None,
            "executor": {**clerk, "alternates": [power]},
            "executors": [actor({**clerk, "alternates": [power]}, "health", actor(power, "power"))],
            "bodies": ["health"], "mode": "request", "certainty": "certain", "verb": "must",
            "verb_label": {"en": "must"}, "deadline": None, "after": ["city/dam:patrol"],
            "done_when": "all are called", "done_at": None, "means": None, "to": [],
            "addressees": [], "approve": [actor(chief, "office")], "plan": "city/dam",
            "level": "III",
            "acknowledged": [],
            "asked": [
                {
                    **asked, "action": "call", "place": written("{id: call", 5),
                    "rule": "city/dam@1#action.call.III",
                }
            ],
        },
    ]  # fmt: skip
    assert told.pop("reports") == [
        {
            **report, "kind": "report", "report": "up", "to": ["government"],
            "pairs": [{"by": "office", "to": ["government"]}], "addressee": "government",
            "addressees": [actor(executor("agency", "government"), "government")],
            "deadline": limit(
                "within", 1800, "met", anchor_at=at("08:00"), due=at("10:00"),
                counted_from=at("09:30"),
            ),
            "means": "phone", "content": ["deaths"], "approve": [],
            "rule": "city/dam@1#report.up.III", "acknowledged": [],
        },
        {
            **report, "kind": "information", "report": "first", "to": [], "pairs": [],
            "addressee": "public",
            "addressees": [],
            "deadline": limit(
                "within", 18000, "occurrence", anchor_at=at("07:00"), due=at("12:00"),
                counted_from=at("07:00"),
            ),
            "means": "radio", "content": [], "approve": [actor(chief, "office")],
            "rule": "city/dam@1#release.first", "acknowledged": [],
        },
    ]  # fmt: skip
    plans = [{"plan": "city/dam", "role": "executor"}]
    assert told == {
        "schema": 1, "incident": "x", "label": {"en": "the dam leaks"}, "hazards": ["flood"],
        "at": at("10:00"), "status": "actual", "tainted": False,
        "coverage": [
            {
                "hazard": "flood", "covered": True,
                "judged_by": [
                    {"document": "city/dam", "label": {"en": "dam plan"}, "edition": "1", "own": True}
                ],
            }
        ],
        "acting": [],
        "agencies": [
            {"agency": "office", "label": {"en": "office"}, "role": "executor", "plans": plans,
             "duties": [], "mode": "order"},
            {"agency": "health", "label": {"en": "health"}, "role": "executor", "plans": plans,
             "duties": [], "mode": "order"},
        ],
        "resources": [
            {"plan": "city/dam", "resource": "bags", "label": {"en": "sand bags"},
             "quantity": "500 条", "held_by": ["power"], "at": "the depot", "mode": "request"}
        ],
        "contacts": [
            {"kind": "agency", "id": "power", "label": {"en": "power company"},
             "contacts": [{"phone": ["95598"], "room": "3", "text": None, "as_of": "2026-05-01"}]}
        ],
        "ask": [
            {"cell": "deaths@city", "text": both("deaths"), "value": numbers(1), "observed": True,
             "provider": ["health"], "silent": ["south"],
             "could_give": [{"decision": "city/dam@city", "level": "I"}], "alone": True,
             "forecast_until": None}
        ],
        "excluded": [], "assumed": [],
        "may_invoke": [
            {"clause": "dam.II.judged-1", "kind": "judged", "what": "it looks bad", "by": "office", "or": [],
             "decision": "city/dam@city", "changes": "gives", "level": "II", "area": None,
             "place": written("{judged: {what", 1)}
        ],
        "conflicts": [], "outdated": [], "rejected": [],
        "not_asked": [],
        "unread": [{"fact": "unrelated", "place": "city", "reason": "no-rule", "hazards": []}],
        "recheck_at": at("10:00:01"),
    }  # fmt: skip


def test_what_gives_way_what_conflicts_and_what_does_not_apply(small: Small) -> None:
    small.plan(
        "dam", "levels: [{level: II, when: {deaths: ≥ 3}}, {level: III, when: {breach: true}}]\n"
    )
    small.plan("town", "levels: [{level: II, when: {level: ≥ 5}}]\n")
    path = small.folder / "plans" / "town.yaml"
    path.write_text(
        path.read_text().replace("[flood]}", "[flood], not: {when: {calm: true}, else: dam}}")
    )
    first, second, third = (
        stated("08:00", deaths=4),
        stated("09:00", deaths=2),
        stated("09:20", calm=True),
    )
    estimate = {**stated("09:30", level=6), "kind": "estimated"}
    told = small.assess(first, second, third, estimate, at="10:00").to_dict()

    assert told["conflicts"] == [
        {
            "kind": "evidence", "subject": "deaths@city", "text": both("各项陈述不可能都为真", "statements cannot all be true"),
            "statements": [
                said("event-2", "09:00", 1), said("event-1", "08:00", 0),
            ],
        }
    ]  # fmt: skip
    assert told["excluded"] == [
        {
            "plan": "city/town", "area": "city", "instead": "city/dam", "certainty": "certain",
            "text": "calm: true", "place": {"file": str(path), "line": 7, "column": 41},
            "basis": [law()],
            "held": [
                {
                    "cell": "calm@city", "text": both("calm"), "value": flag(True), "test": flag(True),
                    "written": ["calm: true"], "statements": [said("event-3", "09:20", 2)],
                    "assumed": False, "estimated": False, "forecast_until": None,
                    "leaves": ["city/town@1#not~bc9782a9/calm~bc9782a9"],
                }
            ],
        }
    ]  # fmt: skip
    assert told["assumed"] == [
        {"cell": "breach@city", "text": both("breach"), "value": flag(False), "earlier": False}
    ]
    assert [(one["plan"], one["level"]) for one in told["decisions"]] == [
        ("city/dam", None),
        ("city/town", None),
    ]


EASED = """levels:
  - {level: II, when: {judged: {id: bad, what: it looks bad, by: office}}}
  - {level: III, when: {any: [{expected: {within: 2 h, level: ≥ 5}}, {breach: false, level: "≥ 2.5"}]}}
  - {level: I, when: {elapsed: {since: occurrence, is: ≥ 6 h}}}
end: {when: {calm: true}}
actions:
  - {id: look, from: III, executor: office, do: look, at: [8:00, 20:00], every: 1 d}
  - {id: count, from: III, executor: office, do: count, within: 1 h, of: met, repeat: 1 h, until: stable}
"""


def test_acts_forecasts_assumptions_and_ends(small: Small) -> None:
    small.plan("dam", EASED)
    forecast = {"at": day("08:00"), "kind": "forecast", "facts": {"level": 7}}
    told = small.assess(
        {**forecast, "valid": {"from": day("08:00"), "until": day("10:30")}},
        {**stated("08:10", level=2.5), "kind": "estimated", "status": "exercise"},
        {"at": day("08:20"), "invoke": {"clause": "bad", "by": "office"}, "source": "health"},
        in_force("08:30", "III"),
        stated("08:40", calm=True),
        {"at": day("08:50"), "moments": {"stable": day("09:20")}},
        at="09:30",
        status="exercise",
        moments={"occurrence": day("04:00")},
    ).to_dict()
    assert (told["status"], told["tainted"]) == ("exercise", True)
    (decision,) = told["decisions"]
    assert [
        (one["kind"], one["level"], [held["cell"] for held in one["held"]])
        for one in decision["why"]
    ] == [("rule", "II", ["act(dam.bad)"])]
    (act,) = decision["why"][0]["held"]
    assert (act["text"], act["value"], act["test"]) == (
        both("it looks bad"),
        flag(True),
        flag(True),
    )
    (made,) = act["statements"]
    assert {key: made[key] for key in ("at", "kind", "source", "status")} == {
        "at": at("08:20"), "kind": "act", "source": "office", "status": "exercise",
    }  # fmt: skip
    (held,) = decision["why_eased"]
    assert (held["cell"], held["text"], held["statements"][0]["at"]) == (
        "calm@city",
        both("calm"),
        at("08:40"),
    )
    assert (decision["proposal"], decision["in_force"]) == ("end", "III")
    assert decision["next"] == [
        {
            "level": "I", "at": at("10:00"),
            "needs": [
                {
                    "cell": "elapsed(occurrence)", "text": both("距occurrence", "time since occurrence"),
                    "value": numbers(19_800, 19_800), "test": numbers(21_600), "missing": 1800,
                }
            ],
        }
    ]  # fmt: skip
    limits = {one["id"]: one["deadline"] for one in told["actions"]}
    assert {key: limits["city/dam:look"][key] for key in ("kind", "clock", "due", "again")} == {
        "kind": "clock", "clock": [28_800, 72_000], "due": at("20:00"),
        "again": "2026-07-02T08:00:00+08:00",
    }  # fmt: skip
    assert {key: limits["city/dam:count"][key] for key in ("until", "due", "again", "ended")} == {
        "until": "stable", "due": None, "again": None, "ended": at("09:20"),
    }  # fmt: skip


def test_what_is_assumed_estimated_and_foretold(small: Small) -> None:
    small.plan(
        "dam",
        EASED.replace(
            "  - {level: II, when: {judged: {id: bad, what: it looks bad, by: office}}}\n", ""
        ),
    )
    forecast = {"at": day("08:00"), "kind": "forecast", "facts": {"level": 7}}
    told = small.assess(
        {**forecast, "valid": {"from": day("08:00"), "until": day("12:00")}},
        {**stated("08:10", level=2.5), "kind": "estimated"},
        at="09:30",
    ).to_dict()
    held = [one for reason in told["decisions"][0]["why"] for one in reason["held"]]
    assert [
        (one["cell"], one["assumed"], one["estimated"], one["forecast_until"], one["value"])
        for one in held
    ] == [
        ("expected(level@city, 7200 s)", False, False, at("11:30"), numbers(7, 7)),
        ("breach@city", True, False, None, flag(False)),
        ("level@city", False, True, None, numbers(2.5, 2.5)),
    ]
    assert held[-1]["test"] == numbers(2.5)
