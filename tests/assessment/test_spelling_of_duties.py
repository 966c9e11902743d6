"""How duties are written: who, to whom, on what, by which verb; and what is reported done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import planengine
from planengine.domain.documents import Executor, Timing
from planengine.domain.registry import Registry
from planengine.linking.incidents.incident import read_incident
from planengine.rules.compile import compile_rules
from planengine.rules.conditions import OverdueCell
from planengine.rules.walk import cells_of
from planengine.screens.assessment_view import view
from planengine.screens.screen import Screen
from planengine.values.times import parse_time
from tests.assessment.conftest import Small, in_force, stated

LEVELS = """levels:
  - {level: III, verb: must, approve: chief-office, when: {deaths: ≥ 1}}
""".replace("chief-office", "{post: chief}")
MEMBERS = """members:
  - {agency: office, role: lead}
  - {agency: health, role: support}
  - {agency: power, role: support}
"""
HOUR = 3600


def done(clock: str, **what: object) -> dict[str, object]:
    return {"at": f"2026-07-01T{clock}:00+08:00", "done": what}


def reported(clock: str, **what: object) -> dict[str, object]:
    return {"at": f"2026-07-01T{clock}:00+08:00", "reported": what}


def only_plan(small: Small):
    entities = planengine.load(small.folder).entities
    return entities.plans["city/dam"][-1]


def errors(small: Small) -> list[str]:
    with pytest.raises(planengine.PlanError) as caught:
        planengine.load(small.folder)
    return [one.code for one in caught.value.diagnostics]


def bodies(small: Small, executor: str, *facts: dict, area: str | None = None) -> list[str]:
    """Who must act, of one action that is due at III."""
    action = f"actions: [{{id: act, from: III, executor: {executor}, do: act, within: 1 h}}]\n"
    small.plan("dam", MEMBERS + LEVELS + action)
    found = small.assess(stated("08:00", deaths=2), *facts, at="09:00")
    return list(found.actions[0].bodies)


def governed(small: Small) -> None:
    """The counties have governments, and the vocabulary says how those are found."""
    path = small.folder / "vocabulary.yaml"
    text = path.read_text().replace(
        "{id: county, label: {en: county}}",
        "{id: county, label: {en: county}, government: government}",
    )
    path.write_text(text)
    path = small.folder / "registry.yaml"
    text = path.read_text().replace(
        "posts:",
        "  north-government: {label: {en: north government}, in: north, function: government}\n"
        "  south-government: {label: {en: south government}, in: south, function: government}\n"
        "posts:",
    )
    path.write_text(text)


# Who


@pytest.mark.parametrize(
    ("executor", "who"),
    [
        ("office", ["office"]),
        ("[office, health]", ["office", "health"]),
        ("[{post: chief}, health, office]", ["office", "health"]),
        ("{post: chief, or: {post: clerk}}", ["office"]),
        ("{post: chief, or: {post: clerk}, jointly: true}", ["office", "health"]),
        ("[power, {agency: office, or: [health], jointly: true}]", ["power", "office", "health"]),
        ("{each: member}", ["office", "health", "power"]),
        ("{each: member, role: support}", ["health", "power"]),
        ("[{each: member, role: lead}, power]", ["office", "power"]),
        ("old-office", ["office"]),
    ],
)
def test_everyone_who_is_written_must_act(small: Small, executor: str, who: list[str]) -> None:
    assert bodies(small, executor) == who


def test_each_affected_area_is_its_government(small: Small) -> None:
    governed(small)
    north = {"at": "2026-07-01T08:30:00+08:00", "area": "north", "facts": {"deaths": 1}}
    assert bodies(small, "{each: county}", north) == ["north-government"]


BOTH = ["north-government", "south-government"]


@pytest.mark.parametrize(
    ("asked", "alert", "who"),
    [
        ("alert", "move-now", ["north-government"]),
        ("alert", ["ready", "move-now"], ["north-government"]),
        ("alert", "below", BOTH),  # it is not north that is to move
        ("alert", "unknown", BOTH),
        ("alert@south", "move-now", BOTH),  # of another place
    ],
)
def test_an_area_of_which_is_said_what_a_duty_hangs_on_is_affected(
    small: Small, asked: str, alert: str | list[str], who: list[str]
) -> None:
    governed(small)
    path = small.folder / "vocabulary.yaml"
    values = ", ".join(
        f"{{id: {one}, label: {{en: {one}}}}}" for one in ("below", "ready", "move-now")
    )
    fact = (
        f"  alert: {{label: {{en: alert}}, type: category, values: [{values}], subject: area,"
        " direction: up, roll-up: max}\n"
    )
    path.write_text(path.read_text().replace("facts:\n", f"facts:\n{fact}", 1))
    act = f"{{id: move, on: {{{asked}: move-now}}, executor: {{each: county}}, do: move, within: 1 h}}"
    north = {"at": "2026-07-01T08:30:00+08:00", "area": "north", "facts": {"alert": alert}}
    small.plan("dam", f"{LEVELS}actions: [{act}]\n")
    (move,) = small.assess(north, at="09:00").actions
    assert list(move.bodies) == who


def test_what_is_no_worse_for_being_more_does_not_tell_of_harm(small: Small) -> None:
    """A county that says how calm it is, or how many live there, is not hit."""
    governed(small)
    path = small.folder / "vocabulary.yaml"
    people = "  people: {label: {en: people}, type: count, unit: 人, subject: area, direction: none, roll-up: sum}\n"
    path.write_text(path.read_text().replace("facts:\n", f"facts:\n{people}", 1))
    north = {
        "at": "2026-07-01T08:30:00+08:00",
        "area": "north",
        "facts": {"calm": True, "people": 1000},
    }
    assert bodies(small, "{each: county}", north) == BOTH


@pytest.mark.parametrize(
    ("scope", "who"),
    [
        (["east-town"], ["east-office"]),
        (["east-town", "south"], ["east-office"]),
        (["north"], ["east-office", "west-office"]),
        (None, ["east-office", "west-office"]),
    ],
)
def test_nobody_outside_the_scope_is_meant_by_a_figure_of_the_area_around(
    small: Small, scope: list[str] | None, who: list[str]
) -> None:
    """The county's own figure touches its towns, but those that the scope leaves out are safe."""
    path = small.folder / "vocabulary.yaml"
    towns = "{id: county, label: {en: county}}, {id: town, label: {en: town}}"
    text = path.read_text().replace("{id: county, label: {en: county}}", towns)
    path.write_text(text)
    path = small.folder / "registry.yaml"
    text = path.read_text()
    for town in ("east", "west"):
        area = f"  {town}-town: {{label: {{en: {town}}}, tier: town, in: north}}\n"
        body = f"  {town}-office: {{label: {{en: {town}}}, in: {town}-town, function: town}}\n"
        text = text.replace("agencies:\n", f"{area}agencies:\n").replace("posts:", f"{body}posts:")
    role = "{town-office: {label: {en: town office}, function: town, tier: town}, "
    path.write_text(text.replace("roles: {", f"roles: {role}"))
    action = (
        "actions: [{id: act, from: III, executor: {role: town-office}, do: act, within: 1 h}]\n"
    )
    small.plan("dam", LEVELS + action)
    told = {"at": "2026-07-01T08:00:00+08:00", "area": "north", "facts": {"deaths": 1}}
    found = small.assess(told, at="09:00", **({"scope": scope} if scope else {}))
    assert [list(one.bodies) for one in found.actions] == [who]


def test_each_area_of_the_next_tier_where_nobody_told_which(small: Small) -> None:
    governed(small)
    assert bodies(small, "{each: county}") == ["north-government", "south-government"]


def test_posts_and_alternates_are_kept_beside_their_bodies(small: Small) -> None:
    small.plan("dam", LEVELS + "actions: [{id: act, from: III, executor: [{post: chief, or: {post: deputy}}, power], do: act}]\n")  # fmt: skip
    assert only_plan(small).actions[0].executors == (
        Executor("post", "chief", (Executor("post", "deputy"),)),
        Executor("agency", "power"),
    )


@pytest.mark.parametrize(
    ("executor", "code"),
    [
        ("{each: county}", "tier-ungoverned"),
        ("{each: member}", "no-such-member"),
        ("{each: countty}", "unknown-tier"),
        ("{each: member, agency: office}", "one-of"),
        ("{role: county-hq, agency: office}", "one-of"),
        ("[office, ofice]", "unknown-provider"),
        ("[]", "too-few"),
    ],
)
def test_who_is_nobody_is_an_error(small: Small, executor: str, code: str) -> None:
    small.plan("dam", LEVELS + f"actions: [{{id: act, from: III, executor: {executor}, do: act}}]\n")  # fmt: skip
    assert errors(small) == [code]


def test_no_member_has_the_role(small: Small) -> None:
    small.plan("dam", "members: [{agency: office, role: lead}]\n" + LEVELS + "actions: [{id: act, from: III, executor: {each: member, role: support}, do: act}]\n")  # fmt: skip
    assert errors(small) == ["no-such-member"]


def test_reports_have_several_senders_and_addressees(small: Small) -> None:
    small.plan(
        "dam",
        MEMBERS + LEVELS + "reports: [{id: a, from: III, by: [office, {post: clerk}], "
        "to: [government, {each: member, role: support}], within: 1 h}]\n",
    )
    found = small.assess(stated("08:00", deaths=2), at="09:00").reports[0]
    assert (found.by, found.to) == (("office", "health"), ("government", "health", "power"))


# By when


@pytest.mark.parametrize(
    ("written", "clock", "repeat", "times"),
    [
        ("at: 8:00", (8 * HOUR,), None, None),
        ("at: [20:00, 8:30]", (8 * HOUR + 1800, 20 * HOUR), None, None),
        ("at: [8:00, 20:00], every: 1 d", (8 * HOUR, 20 * HOUR), 24 * HOUR, None),
        ("at: 每日8时、20时", (8 * HOUR, 20 * HOUR), 24 * HOUR, None),
        ("at: every day at 8:00 and 20:00", (8 * HOUR, 20 * HOUR), 24 * HOUR, None),
        ("at: 24:00, times: 2", (0,), None, 2),
    ],
)
def test_limits_may_be_times_of_the_day(
    small: Small, written: str, clock: tuple[int, ...], repeat: int | None, times: int | None
) -> None:
    small.plan("dam", LEVELS + f"actions: [{{id: act, from: III, executor: office, do: act, {written}}}]\n")  # fmt: skip
    assert only_plan(small).actions[0].timing == Timing(
        "clock", 0, "start", repeat=repeat, times=times, clock=clock, meaning="start"
    )


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("at: [8:00, noon]", "bad-clock"),
        ("at: 25:00", "bad-clock"),
        ("at: half past six", "bad-clock"),
        ("within: soon", "bad-duration"),
        ("at: 8:00, every: 2 h", "key-unsuited"),
        ("at: 8:00, within: 2 h", "one-of"),
        ("at: 8:00, until: stable", "key-unsuited"),
        ("within: 1 h, times: 0", "key-unsuited"),
    ],
)
def test_limits_that_cannot_be(small: Small, written: str, code: str) -> None:
    small.plan("dam", LEVELS + f"actions: [{{id: act, from: III, executor: office, do: act, {written}}}]\n")  # fmt: skip
    assert errors(small) == [code]


def test_a_duration_at_a_moment_stays_one(small: Small) -> None:
    small.plan("dam", LEVELS + "actions: [{id: act, from: III, executor: office, do: act, at: 2 h}]\n")  # fmt: skip
    assert only_plan(small).actions[0].timing == Timing("at", 2 * HOUR, "start", meaning="start")


# On what


def test_what_hangs_on_the_indicated_level(small: Small) -> None:
    small.plan(
        "dam",
        LEVELS + "actions:\n"
        "  - {id: a, from: III, as: indicated, executor: office, do: a, approve: {post: chief}}\n"
        "  - {id: b, from: III, executor: office, do: b}\n"
        "reports: [{id: r, levels: [III], as: indicated, to: government}]\n"
        "information: {from: III, as: indicated, when: {breach: true}, body: office, first-within: 5 h}\n",
    )
    plan = only_plan(small)
    assert [one.indicated for one in (*plan.actions, *plan.reports, *plan.information)] == [
        True, False, True, True,
    ]  # fmt: skip
    assert [one.approve for one in plan.actions] == [Executor("post", "chief"), None]
    (release,) = plan.information
    assert (release.id, release.ranks, release.when is not None) == ("first", {1, 2, 3}, True)


def test_only_levels_are_indicated(small: Small) -> None:
    small.plan("dam", LEVELS + "actions: [{id: a, on: {breach: true}, as: indicated, executor: office, do: a}]\n")  # fmt: skip
    assert errors(small) == ["key-unsuited"]


def test_several_releases_each_with_its_own_name(small: Small) -> None:
    small.plan(
        "dam",
        LEVELS + "information:\n"
        "  - {body: office, first-within: 5 h, conference-within: 1 d}\n"
        "  - {id: again, body: health, when: {breach: true}, first-within: 1 h}\n"
        "  - {id: both, body: health, first-within: 1 h, conference-within: 2 h, of: met}\n",
    )
    found = [(one.id, one.part, one.timing and one.timing.seconds) for one in only_plan(small).information]  # fmt: skip
    assert found == [
        ("first", "first", 5 * HOUR),
        ("conference", "conference", 24 * HOUR),
        ("again", "first", HOUR),
        ("both-first", "first", HOUR),
        ("both-conference", "conference", 2 * HOUR),
    ]


ACTIONS = """actions:
  - {id: first, from: III, executor: office, do: first}
  - {id: second, on: {done: first}, executor: health, do: second}
  - {id: third, on: {all: [{breach: true}, {not: {done: {plan: dam, action: first}}}]}, executor: health, do: third}
"""


@pytest.mark.parametrize(
    ("told", "due"),
    [([], ["first", "third"]), ([done("08:30", plan="dam", action="first")], ["first", "second"])],
)
def test_a_duty_may_hang_on_what_was_done(small: Small, told: list, due: list[str]) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(stated("08:00", deaths=2, breach=True), *told, at="09:00")
    assert sorted(one.asked[0].action for one in found.actions) == due


def test_levels_may_hang_on_what_was_done(small: Small) -> None:
    """Done lifts to II, the report made ends it, and neither could be reached before."""
    levels = LEVELS + "  - {level: II, approve: {post: chief}, when: {done: out}}\n"
    levels += "end: {when: {all: [{reported: over}, {done: out}]}}\n"
    levels += "actions: [{id: out, from: III, executor: office, do: out}]\n"
    small.plan("dam", levels + "reports: [{id: over, from: III, to: government}]\n")
    facts = [stated("08:00", deaths=2), in_force("08:05", "III")]
    before = small.assess(*facts, at="09:00").decisions[0]
    assert (before.level, before.could_reach, before.proposal) == ("III", "III", "keep")
    facts.append(done("09:30", plan="dam", action="out"))
    out = small.assess(*facts, at="10:00").decisions[0]
    assert (out.level, out.could_reach, out.proposal) == ("II", "II", "raise")
    facts += [in_force("10:10", "II"), reported("10:30", plan="dam", report="over")]
    assert small.assess(*facts, at="11:00").decisions[0].proposal == "end"


def test_an_exercise_reports_nothing_done(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    told = {**done("08:30", plan="dam", action="first"), "status": "exercise"}
    found = small.assess(stated("08:00", deaths=2), told, at="09:00")
    assert [one.asked[0].action for one in found.actions] == ["first"]


def test_what_was_done_for_one_county_is_done_for_that(small: Small) -> None:
    body = "per: county\n" + LEVELS + "actions: [{id: go, from: III, executor: office, do: go}, {id: then, on: {done: go}, executor: office, do: then}]\n"  # fmt: skip
    small.plan("dam", body)
    at = "2026-07-01T08:00:00+08:00"
    facts = [{"at": at, "area": area, "facts": {"deaths": 1}} for area in ("north", "south")]
    told = {**done("08:30", plan="dam", action="go"), "area": "north"}
    found = small.assess(*facts, told, at="09:00")
    assert [(one.asked[0].action, [each.area for each in one.asked]) for one in found.actions if one.asked[0].action == "then"] == [("then", ["north"])]  # fmt: skip


LADDER = """actions:
  - {id: acknowledge, from: III, executor: {post: chief}, do: acknowledge, within: 10 min, of: met}
  - {id: take-over, on: {overdue: acknowledge}, executor: {post: deputy}, do: take over}
reports: [{id: tell, from: III, when: {overdue: {action: take-over}}, to: government}]
"""


def test_a_ladder_asks_what_is_overdue(small: Small) -> None:
    small.plan("dam", LEVELS + LADDER)
    entities = planengine.load(small.folder).entities
    at = parse_time("2026-07-01T08:00:00+08:00")
    rules = compile_rules(entities, Registry(entities, at), [])
    found = [cell for condition in rules.conditions.values() for cell in cells_of(condition)]
    assert found == [
        OverdueCell("action", "city/dam", "acknowledge"),
        OverdueCell("action", "city/dam", "take-over"),
    ]


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        ("levels: [{level: III, approve: {post: chief}, when: {overdue: a}}]\n", ["overdue-elsewhere"]),
        (LEVELS + "end: {when: {overdue: a}}\n", ["overdue-elsewhere"]),
        (LEVELS + "raise-by: {when: {overdue: a}}\n", ["overdue-elsewhere"]),
        (LEVELS + "define: {late: {overdue: a}}\nlower: {when: late}\n", ["overdue-elsewhere"]),
        (LEVELS + "links: [{when: {overdue: a}, activate: dam, level: II}]\n", ["overdue-elsewhere"]),
        (LEVELS + "reports: [{on: {lasting: {where: {overdue: a}, is: ≥ 1 h}}, to: office}]\n", ["overdue-elsewhere"]),
        (LEVELS + "reports: [{id: r, on: {overdue: {report: r}}, to: office}]\n", ["cyclic-reference"]),
        (LEVELS + "reports: [{id: r, on: {overdue: b}, to: office}, {id: b, when: {overdue: r}, to: office}]\n", ["cyclic-reference"]),
        (LEVELS + "reports: [{on: {done: b}, to: office}]\n", ["unknown-action"]),
        (LEVELS + "reports: [{on: {reported: b}, to: office}]\n", ["unknown-report"]),
        (LEVELS + "reports: [{on: {reported: {release: b}}, to: office}]\n", ["unknown-release"]),
        (LEVELS + "reports: [{on: {done: {plan: dan, action: a}}, to: office}]\n", ["unknown-plan"]),
        (LEVELS + "reports: [{on: {overdue: {action: a, report: a}}, to: office}]\n", ["one-of"]),
        (LEVELS + "reports: [{id: a, to: office, from: III}, {on: {overdue: a}, to: office}]\n", ["key-needed"]),
        (LEVELS + "reports: [{on: {expected: {within: 1 h, done: a}}, to: office}]\n", ["not-forecastable"]),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_duties(small: Small, body: str, codes: list[str]) -> None:
    small.plan("dam", body + "actions: [{id: a, from: III, executor: office, do: a, within: 1 h}]\n")  # fmt: skip
    assert errors(small) == codes


# Reported


def test_one_or_several_are_reported(small: Small) -> None:
    small.plan(
        "dam",
        LEVELS
        + "actions: [{id: a, from: III, executor: office, do: a}, {id: b, from: III, executor: office, do: b}]\n"
        "reports: [{id: r, from: III, to: government}]\n"
        "information: {body: office, first-within: 5 h, conference-within: 1 d}\n"
        "links: [{from: III, report: government}, {id: ask, from: III, request: power}]\n",
    )
    library = planengine.load(small.folder)
    events = _events(
        library,
        done("08:00", plan="dam", action=["a", "b"]),
        reported("08:00", plan="dam", report=["r", "link-1", "ask"]),
        reported("08:00", plan="city/dam", release="conference"),
    )
    assert [(one.kind, one.document, one.item, one.stamp.id) for one in events] == [
        ("action", "city/dam", "a", "event-1"),
        ("action", "city/dam", "b", "event-1"),
        ("report", "city/dam", "r", "event-2"),
        ("report", "city/dam", "link-1", "event-2"),
        ("report", "city/dam", "ask", "event-2"),
        ("release", "city/dam", "conference", "event-3"),
    ]


def _events(library, *observations):

    findings: list = []
    text = json.dumps({"incident": "x", "hazards": ["flood"], "observations": observations})
    incident = read_incident(text, library.entities, findings)
    assert findings == []
    return incident.events


@pytest.mark.parametrize(
    ("what", "code"),
    [
        ({"plan": "dam", "report": "x"}, "unknown-report"),
        ({"plan": "dam", "release": "second"}, "unknown-release"),
        ({"plan": "dam"}, "one-of"),
        ({"report": "r"}, "one-of"),
        ({"plan": "dam", "report": "r", "release": "first"}, "one-of"),
        ({"standard": "dam", "report": "r"}, "unknown-standard"),
        ({"plan": "dam", "report": []}, "too-few"),
    ],
)
def test_what_nobody_can_report(small: Small, what: dict, code: str) -> None:
    small.plan("dam", LEVELS + "reports: [{id: r, from: III, to: government}]\n")
    with pytest.raises(planengine.PlanError) as caught:
        small.assess(reported("08:00", **what), at="09:00")
    assert [one.code for one in caught.value.diagnostics] == [code]


# How strongly


@pytest.mark.parametrize(("verb", "obliged"), [("", "II"), (", verb: may", None)])
def test_a_link_that_may_lift_does_not_oblige(small: Small, verb: str, obliged: str | None) -> None:
    small.plan("dam", LEVELS + f"links: [{{from: III, activate: relief, level: II{verb}}}]\n")
    small.plan("relief", "levels: [{level: II, approve: {post: chief}, when: {unrelated: ≥ 9}}]\n")
    found = small.assess(stated("08:00", deaths=2, unrelated=0), at="09:00").decisions
    relief = next(one for one in found if one.plan == "city/relief")
    assert (relief.level, relief.obliged) == ("II", obliged)


@pytest.mark.parametrize(("verb", "obliged"), [("", "II"), (", verb: may", "III")])
def test_raising_that_may_be_does_not_oblige(small: Small, verb: str, obliged: str) -> None:
    small.plan("dam", LEVELS + f"raise-by: {{when: {{breach: true}}, by: 1{verb}}}\n")
    found = small.assess(stated("08:00", deaths=2, breach=True), at="09:00").decisions[0]
    assert (found.level, found.obliged) == ("II", obliged)


# Nothing is guessed from a name


def test_verbs_and_moments_are_what_they_are_declared(small: Small) -> None:
    path = small.folder / "vocabulary.yaml"
    text = path.read_text()
    text = text.replace("{id: must, label", "{id: shall, label")
    text = text.replace("start: {label: {en: start}", "declaration: {label: {en: declaration}")
    path.write_text(text)
    body = LEVELS.replace("verb: must, ", "")
    small.plan("dam", body + "actions: [{id: a, from: III, executor: office, do: a, within: 1 h}]\n")  # fmt: skip
    found = small.assess(stated("08:00", deaths=2), in_force("08:30", "III"), at="09:00")
    decision, action = found.decisions[0], found.actions[0]
    assert (decision.level, decision.obliged, decision.verb) == ("III", "III", "shall")
    assert (action.verb, action.deadline.timing.anchor) == ("shall", "declaration")
    assert action.deadline.due == found.at + HOUR // 2


@pytest.mark.parametrize(
    ("old", "body", "code"),
    [
        (
            "must, label: {en: must}, is: must",
            LEVELS.replace("verb: must, ", ""),
            "default-undeclared",
        ),
        (
            "start: {label: {en: start}, is: start}",
            LEVELS + "actions: [{id: a, from: III, executor: office, do: a, within: 1 h}]\n",
            "default-undeclared",
        ),
        (
            "receipt: {label: {en: receipt}, is: receipt}",
            LEVELS
            + "actions: [{id: a, mode: first-response, executor: office, do: a, within: 1 h}]\n",
            "default-undeclared",
        ),
        (
            "occurrence: {label: {en: occurrence}, is: occurrence}",
            LEVELS + "information: {body: office, first-within: 5 h}\n",
            "default-undeclared",
        ),
    ],
)
def test_a_default_that_nothing_declares_is_an_error(
    small: Small, old: str, body: str, code: str
) -> None:
    path = small.folder / "vocabulary.yaml"
    text = path.read_text()
    assert old in text
    new = (
        old.replace("is: must", "is: should")
        if "must" in old
        else "other: {label: {en: other}, is: told}"
    )
    path.write_text(text.replace(old, new))
    small.plan("dam", body)
    assert errors(small) == [code]


def test_what_a_verb_or_moment_is_must_be_said(tmp_path: Path) -> None:
    small = Small(tmp_path)
    path = small.folder / "vocabulary.yaml"
    text = path.read_text().replace(", is: may", "").replace(", is: told", "")
    path.write_text(text)
    small.plan("dam", LEVELS)
    found = planengine.load(small.folder).diagnostics
    assert [(one.code, dict(one.params)["name"]) for one in found if one.code == "meaning-undeclared"] == [
        ("meaning-undeclared", "may"), ("meaning-undeclared", "stable"),
    ]  # fmt: skip


# How they are reached


def test_contacts_of_those_whom_duties_name(small: Small) -> None:
    path = small.folder / "registry.yaml"
    text = path.read_text()
    text = text.replace(
        "health: {label: {en: health}, in: city, reports-to: government}",
        "health: {label: {en: health}, in: city, reports-to: government, "
        "contacts: [{phone: [120, 0571-2], room: 301, as-of: 2026-05-01}]}",
    )
    text = text.replace(
        "deputy: {label: {en: deputy}, in: office}",
        "deputy: {label: {en: deputy}, in: office, contacts: {phone: 139, text: at night}}",
    )
    path.write_text(text)
    small.plan("dam", LEVELS + "actions: [{id: act, from: III, executor: {post: chief, or: {post: deputy}}, do: act, to: health}]\n")  # fmt: skip
    found = small.assess(stated("08:00", deaths=2), at="09:00")
    assert found.to_dict()["contacts"] == [
        {
            "kind": "post",
            "id": "deputy",
            "label": {"en": "deputy"},
            "contacts": [{"phone": ["139"], "room": None, "text": "at night", "as_of": None}],
        },
        {
            "kind": "agency",
            "id": "health",
            "label": {"en": "health"},
            "contacts": [
                {"phone": ["120", "0571-2"], "room": "301", "text": None, "as_of": "2026-05-01"}
            ],
        },
    ]
    shown = view(found, "en", contacts=True, screen=Screen(100, colour=False))
    assert "deputy: 139, at night (not known when checked)" in shown
    assert "health: 120, 0571-2, duty room 301 (as of 2026-05-01)" in shown
    assert "Contacts" not in view(found, "en", screen=Screen(100, colour=False))


@pytest.mark.parametrize("engine", ["kernel", "durable", "both"])
def test_every_engine_reads_what_was_done_and_none_what_is_overdue(
    small: Small, engine: str
) -> None:
    if engine != "kernel":
        pytest.importorskip("durable")
    levels = (
        LEVELS
        + "  - {level: I, approve: {post: chief}, when: {all: [{done: a}, {breach: true}]}}\n"
    )
    small.plan("dam", levels + "actions: [{id: a, from: III, executor: office, do: a}, {id: b, on: {overdue: a}, executor: office, do: b}]\n")  # fmt: skip
    engine = planengine.load(small.folder).compile(engine=engine)
    facts = [stated("08:00", deaths=2, breach=True), done("09:00", plan="dam", action="a")]
    incident = {"incident": "x", "hazards": ["flood"], "observations": facts}
    before, after = (engine.assess(incident, at=f"2026-07-01T{at}:00+08:00") for at in ("08:30", "09:00"))  # fmt: skip
    found = [(one.decisions[0].level, one.decisions[0].could_reach) for one in (before, after)]
    assert found == [("III", "III"), ("I", "I")]
    assert not [cell for cell in after.situation.rules.cells if isinstance(cell, OverdueCell)]


@pytest.mark.parametrize(
    ("told", "due"),
    [
        (done("08:30", plan="dam", action="same"), ["after-action"]),
        (reported("08:30", plan="dam", report="same"), ["after-report"]),
        (reported("08:30", plan="dam", release="same"), ["after-release"]),
        (done("08:30", plan="relief", action="same"), []),
    ],
)
def test_one_id_of_an_action_a_report_and_a_release_are_three_things(
    small: Small, told: dict, due: list[str]
) -> None:
    same = "actions: [{id: same, from: I, executor: office, do: same}"
    small.plan("relief", LEVELS + same + "]\n")
    small.plan(
        "dam",
        LEVELS + same + ",\n  {id: after-action, on: {done: same}, executor: office, do: a},\n"
        "  {id: after-report, on: {reported: {report: same}}, executor: office, do: b},\n"
        "  {id: after-release, on: {reported: {release: same}}, executor: office, do: c}]\n"
        "reports: [{id: same, from: I, to: government}]\n"
        "information: {id: same, from: I, body: office}\n",
    )
    found = small.assess(stated("08:00", deaths=2), told, at="09:00")
    assert [one.asked[0].action for one in found.actions] == due


ANSWERED = done("08:15", plan="dam", action="acknowledge")


@pytest.mark.parametrize(
    ("at", "told", "open_"),
    [
        ("08:10", [], ["acknowledge"]),
        ("08:11", [], ["acknowledge", "take-over"]),
        ("08:20", [ANSWERED], []),
    ],
)
def test_where_nobody_answers_the_next_one_is_asked(
    small: Small, at: str, told: list, open_: list[str]
) -> None:
    """Met at 8:00 and ten minutes to acknowledge; once that is done nobody need take over."""
    small.plan("dam", LEVELS + LADDER)
    found = small.assess(stated("08:00", deaths=2), *told, at=at)
    assert sorted(one.asked[0].action for one in found.actions if one.done_at is None) == open_
