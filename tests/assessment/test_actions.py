"""Actions: by level, merged, ordered, carried out by bodies that exist, with deadlines."""

from __future__ import annotations

from typing import Any

from planengine.values.times import format_time
from tests.assessment.conftest import Small, day, in_force, stated

LEVELS = """
levels:
  - {level: I, when: {deaths: ≥ 10}}
  - {level: II, when: {deaths: ≥ 3}}
  - {level: III, when: {level: ≥ 5}}
"""
ACTIONS = """
actions:
  - {id: watch, from: III, executor: office, do: watch, within: 30 min, of: met}
  - {id: watch, from: II, executor: office, do: watch closely, within: 10 min, of: met}
  - {id: evacuate, from: II, executor: {role: county-hq}, do: evacuate, within: 2 h, of: start, after: [watch]}
  - {id: cut-power, from: III, executor: power, do: cut the power, within: 1 h, of: done.watch}
  - {id: first-aid, mode: first-response, executor: health, do: first aid, within: 5 min, of: receipt}
  - {id: close, on: {breach: true}, executor: old-office, do: close the road}
  - {id: rest, from: III, when: {calm: true}, executor: health, do: rest}
"""


def test_the_higher_level_replaces_the_lower_ones_action(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    low = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    high = small.assess(stated("08:00", deaths=3, level=6), at="08:00")
    assert [a.do.text("en") for a in low.actions if a.id.endswith(":watch")] == ["watch"]
    assert [a.do.text("en") for a in high.actions if a.id.endswith(":watch")] == ["watch closely"]


def test_deadlines_count_from_their_anchor(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(
        stated("08:00", deaths=0, level=6),
        stated("09:00", deaths=3),
        in_force("09:20", "III"),
        at="09:30",
        moments={"receipt": day("08:05")},
    )
    due = {a.asked[0].action: a.deadline and a.deadline.due for a in found.actions}
    at = {name: None if t is None else (t - found.at) // 60 for name, t in due.items()}
    assert at["watch"] == -20  # 09:10: level II has been met since 09:00
    assert at["evacuate"] is None  # nobody has started level II, only III
    assert at["cut-power"] is None  # watch is not done
    assert at["first-aid"] == -80  # 08:10
    started = small.assess(stated("08:00", deaths=3, level=6), in_force("09:20", "II"), at="09:30")
    evacuate = next(a for a in started.actions if a.asked[0].action == "evacuate")
    assert evacuate.deadline is not None
    assert evacuate.deadline.due == started.at + 110 * 60


def test_a_first_response_counts_from_the_receipt_where_nothing_is_said(small: Small) -> None:
    """It waits for no response to be started, so its time does not either."""
    body = "{id: aid, mode: first-response, executor: health, do: aid, within: 5 min}"
    small.plan("dam", f"{LEVELS}actions: [{body}]\n")
    found = small.assess(stated("08:00", level=1), at="09:00", moments={"receipt": day("08:05")})
    (aid,) = found.actions
    assert aid.deadline is not None
    assert aid.deadline.due == found.at - 50 * 60


def test_a_corrected_start_counts_from_when_it_was_first_said(small: Small) -> None:
    """A correction stands as if it had been said then; so do its deadlines and its duration."""
    small.plan("dam", LEVELS + ACTIONS)
    first = {**in_force("09:20", "III"), "id": "d"}
    second = {**in_force("12:00", "II"), "correct": "d"}
    second["decide"] = {**second["decide"], "duration": "2 h"}
    found = small.assess(stated("08:00", deaths=3, level=6), first, second, at="12:00")
    evacuate = next(a for a in found.actions if a.asked[0].action == "evacuate")
    assert evacuate.deadline is not None
    assert evacuate.deadline.due == found.at - 40 * 60  # 11:20
    assert evacuate.deadline.overdue
    decision = next(one for one in found.decisions if one.plan == "city/dam")
    assert decision.in_force_since == evacuate.deadline.anchor_at
    assert [one.kind for one in found.conflicts] == ["overdue"]


def test_a_done_action_dates_what_waits_for_it(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(
        stated("08:00", deaths=0, level=6),
        {"at": day("08:20"), "done": {"plan": "dam", "action": "watch"}},
        at="08:30",
    )
    by_id = {a.asked[0].action: a for a in found.actions}
    assert by_id["watch"].done_at == found.at - 600
    cut = by_id["cut-power"].deadline
    assert cut is not None
    assert cut.due == found.at + 50 * 60


def test_what_is_done_is_not_overdue(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    facts = stated("08:00", deaths=0, level=6)
    done = {"at": day("08:20"), "done": {"plan": "dam", "action": "watch"}}

    def overdue(*told: dict[str, Any]) -> bool:
        found = small.assess(facts, *told, at="09:00")
        watch = next(a for a in found.actions if a.asked[0].action == "watch")
        return watch.deadline is not None and watch.deadline.overdue

    assert overdue()
    assert not overdue(done)


def test_who_may_be_ordered_and_who_is_requested(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    modes = {a.asked[0].action: a.mode for a in found.actions}
    assert modes["watch"] == "order"
    assert modes["cut-power"] == "request"
    assert modes["first-aid"] == "first-response"


def test_first_response_waits_for_no_level(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(stated("08:00", deaths=0, level=1), at="08:00")
    assert [a.asked[0].action for a in found.actions] == ["first-aid"]


def test_roles_are_found_where_something_happened(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(
        {"at": day("08:00"), "area": "north", "facts": {"deaths": 3}},
        {"at": day("08:00"), "area": "south", "facts": {"deaths": 0}},
        at="08:00",
    )
    evacuate = next(a for a in found.actions if a.asked[0].action == "evacuate")
    assert evacuate.bodies == ("north-hq",)


def test_an_abolished_body_is_replaced_by_its_successor(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    found = small.assess(stated("08:00", breach=True), at="08:00")
    close = next(a for a in found.actions if a.asked[0].action == "close")
    assert close.bodies == ("office",)


def test_what_may_be_due_is_listed_as_possible(small: Small) -> None:
    small.plan("dam", LEVELS + ACTIONS)
    unknown = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    rest = next(a for a in unknown.actions if a.asked[0].action == "rest")
    assert rest.certainty == "possible"
    no = small.assess(stated("08:00", deaths=0, level=6, calm=False), at="08:00")
    assert all(a.asked[0].action != "rest" for a in no.actions)


def test_two_plans_that_ask_the_same_make_one_row(small: Small) -> None:
    one = "\nactions: [{id: watch, from: III, executor: office, do: watch, within: 1 h, of: met}]"
    two = "\nactions: [{id: look, from: III, executor: office, do: watch, within: 20 min, of: met}]"
    small.plan("dam", LEVELS + one).plan("dyke", LEVELS + two)
    found = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    (row,) = found.actions
    assert {asked.plan for asked in row.asked} == {"city/dam", "city/dyke"}
    assert row.deadline is not None
    assert row.deadline.timing.seconds == 20 * 60


def test_a_role_never_means_a_place_that_nothing_was_said_of(small: Small) -> None:
    """Counties of the whole city are meant where only the city is spoken of; plants never are."""
    body = "\nactions: [{id: report, from: III, executor: {role: plant-unit}, do: report}]"
    small.plan("dam", LEVELS + body)
    registry = small.folder / "registry.yaml"
    text = registry.read_text(encoding="utf-8")
    text = text.replace(
        "agencies:\n",
        "  works: {label: {en: Works}, tier: plant, in: north}\nagencies:\n  owner: {label: {en: owner}, in: works, function: unit}\n",
        1,
    )
    text = text.replace(
        "roles: {",
        "roles: {plant-unit: {label: {en: plant unit}, function: unit, tier: plant}, ",
        1,
    )
    registry.write_text(text, encoding="utf-8")
    vocabulary = small.folder / "vocabulary.yaml"
    vocabulary.write_text(
        vocabulary.read_text(encoding="utf-8").replace(
            "{id: county, label: {en: county}}]",
            "{id: county, label: {en: county}}, {id: plant, label: {en: plant}}]",
        ),
        encoding="utf-8",
    )
    silent = small.assess(stated("08:00", deaths=0, level=6), at="08:00")
    assert [a.bodies for a in silent.actions] == [()]
    there = small.assess(
        stated("08:00", deaths=0, level=6),
        {"at": day("08:00"), "area": "works", "facts": {"breach": True}},
        at="08:00",
    )
    assert [a.bodies for a in there.actions] == [("owner",)]


REPEATED = """
actions:
  - {id: watch, from: III, executor: office, do: watch, within: 1 h, of: receipt}
  - {id: until-moment, from: III, executor: office, do: a, within: 1 h, of: receipt, repeat: 2 h, until: stable}
  - {id: until-done, from: III, executor: office, do: b, within: 1 h, of: receipt, repeat: 2 h, until: done.watch}
  - {id: until-words, from: III, executor: office, do: c, within: 1 h, of: receipt, repeat: 2 h, until: all is quiet}
"""


def test_what_is_repeated_until_a_moment_is_not_due_after_it(small: Small) -> None:
    small.plan("dam", LEVELS + REPEATED)

    def told(at: str, *events: dict[str, Any], **moments: str) -> dict[str, tuple[object, object]]:
        found = small.assess(
            stated("08:00", deaths=0, level=6),
            *events,
            at=at,
            moments={"receipt": day("08:00"), **moments},
        )
        due = {a.asked[0].action.removeprefix("until-"): a.deadline for a in found.actions}
        return {name: (_clock(d.due), _clock(d.ended)) for name, d in due.items() if d}

    in_time = {"at": day("08:50"), "done": {"plan": "dam", "action": "until-moment"}}
    assert told("10:00", in_time)["moment"] == ("11:00", None)
    expected = {"at": day("09:50"), "moments": {"stable": day("10:30")}}
    assert told("10:00", in_time, expected)["moment"] == (None, "10:30")
    assert told("10:00", expected)["moment"] == ("09:00", None)  # missed, and not yet ended
    assert told("10:00", in_time, stable=day("11:00"))["moment"] == ("11:00", None)
    assert told("08:30", stable=day("08:10"))["moment"] == ("09:00", None)  # the first time
    assert told("09:30", stable=day("09:30"))["moment"] == (None, "09:30")
    after = told("10:00", stable=day("09:30"))
    assert after["moment"] == (None, "09:30")
    assert after["done"] == after["words"] == ("09:00", None)
    done = {"at": day("09:40"), "done": {"plan": "dam", "action": "watch"}}
    assert told("10:00", done)["done"] == (None, "09:40")


AGAIN = """
actions:
  - {id: patrol, from: III, executor: office, do: patrol, within: 1 h, of: start, repeat: 3 h}
"""


def test_what_is_repeated_is_overdue_until_it_is_done_again(small: Small) -> None:
    small.plan("dam", LEVELS + AGAIN)

    def told(at: str, *done: str) -> tuple[str | None, bool, str | None]:
        found = small.assess(
            stated("08:00", deaths=0, level=6),
            in_force("08:00", "III"),
            *({"at": day(clock), "done": {"plan": "dam", "action": "patrol"}} for clock in done),
            at=at,
        )
        (patrol,) = found.actions
        assert patrol.deadline is not None
        return _clock(patrol.deadline.due), patrol.deadline.overdue, _clock(patrol.deadline.again)

    assert told("08:30") == told("09:00") == ("09:00", False, "12:00")
    assert told("09:01") == told("12:00") == ("09:00", True, "12:00")
    assert told("12:01") == ("12:00", True, "15:00")  # only the newest that was missed
    assert told("10:00", "08:30") == told("10:00", "09:30") == ("12:00", False, "15:00")
    assert told("10:00", "07:50") == ("09:00", True, "12:00")  # before there was a response
    assert told("12:30", "08:30") == ("12:00", True, "15:00")  # that was for 09:00
    assert told("12:30", "09:00") == ("12:00", True, "15:00")  # so was what is in time
    assert told("12:30", "08:30", "12:20") == ("15:00", False, "18:00")
    assert told("18:30", "08:30", "17:00") == ("21:00", False, "00:00")


def test_what_is_repeated_and_done_before_its_time_is_due_at_the_time_after_it(
    small: Small,
) -> None:
    """A time that is met already is not due: neither the first nor a later one."""
    small.plan("dam", LEVELS + AGAIN)

    def told(at: str, *done: str) -> tuple[str | None, bool, str | None]:
        found = small.assess(
            stated("08:00", deaths=0, level=6),
            in_force("08:00", "III"),
            *({"at": day(clock), "done": {"plan": "dam", "action": "patrol"}} for clock in done),
            at=at,
        )
        (patrol,) = found.actions
        assert patrol.deadline is not None
        return _clock(patrol.deadline.due), patrol.deadline.overdue, _clock(patrol.deadline.again)

    assert told("08:40", "08:30") == told("09:01", "08:30") == ("12:00", False, "15:00")
    assert told("08:40", "08:20", "08:30") == ("12:00", False, "15:00")  # both were for 09:00
    assert told("10:30", "08:30", "10:10") == told("12:01", "08:30", "10:10")
    assert told("12:01", "08:30", "10:10") == ("15:00", False, "18:00")
    assert told("10:30", "10:10") == ("12:00", False, "15:00")  # it was late for 09:00
    assert told("10:30", "10:10", "10:20") == ("15:00", False, "18:00")


def test_what_is_repeated_before_a_moment_may_be_done_at_any_time_before(small: Small) -> None:
    small.plan("dam", LEVELS + AGAIN.replace("within: 1 h, of: start", "before: 1 h, of: stable"))
    done = {"at": day("08:10"), "done": {"plan": "dam", "action": "patrol"}}
    expected = {"at": day("08:05"), "moments": {"stable": day("10:00")}}
    found = small.assess(stated("08:00", deaths=0, level=6), expected, done, at="09:30")
    assert [_clock(a.deadline.due) for a in found.actions if a.deadline] == ["12:00"]


def test_what_two_plans_ask_is_done_for_both(small: Small) -> None:
    """One row, one piece of work: whichever plan's action is reported, it was done."""
    for name in ("dam", "dyke"):
        small.plan(name, LEVELS + AGAIN.replace("id: patrol", f"id: patrol-{name}"))
    found = small.assess(
        stated("08:00", deaths=0, level=6),
        in_force("08:00", "III"),
        in_force("08:00", "III", "dyke"),
        {"at": day("08:30"), "done": {"plan": "dyke", "action": "patrol-dyke"}},
        at="10:00",
    )
    (row,) = found.actions
    assert [_clock(one.deadline.due) for one in row.asked if one.deadline] == ["12:00", "12:00"]


def test_what_has_ended_governs_nothing(small: Small) -> None:
    small.plan("dam", LEVELS + REPEATED.replace("do: c", "do: a"))
    moments = {"receipt": day("08:00"), "stable": day("09:30")}
    found = small.assess(stated("08:00", deaths=0, level=6), at="10:00", moments=moments)
    (both,) = (a for a in found.actions if len(a.asked) == 2)
    assert [asked.action for asked in both.asked] == ["until-words", "until-moment"]
    assert both.deadline is not None
    assert _clock(both.deadline.due) == "09:00"


def _clock(time: int | None) -> str | None:
    return None if time is None else format_time(time, "Asia/Shanghai")[11:16]
