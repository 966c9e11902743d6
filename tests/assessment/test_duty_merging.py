"""What several plans ask of the same bodies, against a plain reading of SEMANTICS 33."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import planengine
from tests.assessment.duty_oracle import Case, Found, Item, Key, Limit, Plan, expected, next_clock
from tests.assessment.duty_stories import (
    DAWN,
    RANKS,
    incident,
    library,
    limits,
    lines,
    written,
)

VERBS = ("may", "should", "must")
SURE = ("possible", "indicated", "certain")


# The plain reading


def alike(one: Item, other: Item) -> bool:
    """Whether what was done of another counts: the same work, by the same to the same."""
    if one.key[1] != other.key[1] or one.work != other.work:
        return False
    if set(one.by) != set(other.by) or set(one.to) != set(other.to):
        return False
    if one.key[1] == "action" or one.key == other.key:
        return True
    return one.key[0] != other.key[0] and repeats(one) == repeats(other)


def repeats(item: Item) -> bool:
    return item.limit is not None and item.limit.repeat is not None


def is_met(item: Item, found: Found) -> bool:
    return found.done_at is not None and not repeats(item)


def rank(found: Found, limit: Limit | None, at: int) -> tuple[int, int]:
    """How urgent a limit is: overdue, due at once, due, then what has none or has ended."""
    if limit is None or found.ended is not None:
        return 3, 0
    time = found.due if found.due is not None else earliest(found, limit, at)
    return 0 if found.overdue else 1 if found.at_once else 2, time


def earliest(found: Found, limit: Limit, at: int) -> int:
    """When it would be due if what it counts from came now."""
    assert found.due is None
    if limit.clock:
        return next_clock(limit.clock, at)
    if limit.kind == "before":
        return at - (limit.seconds or 0)
    return at + (limit.seconds if limit.seconds is not None else limit.repeat or 0)


Row = dict[str, Any]


def rows_of(case: Case) -> list[Row]:
    """Every row of actions that an answer must show."""
    items = {item.key: item for plan in case.plans for item in plan.items}

    def deeds(item: Item) -> list[Key]:
        return [other.key for other in items.values() if alike(item, other)]

    groups: dict[object, list[tuple[Item, Found]]] = {}
    for (key, _), found in expected(case, deeds).items():
        item = items[key]
        if key[1] == "action":
            groups.setdefault((frozenset(item.by), item.work), []).append((item, found))
    return [row_of(group, case.at) for group in groups.values()]


def row_of(group: Sequence[tuple[Item, Found]], at: int) -> Row:
    surest = max(SURE.index(found.certainty) for _, found in group)
    leading = [(item, found) for item, found in group if SURE.index(found.certainty) == surest]
    open_ = [(item, found) for item, found in leading if not is_met(item, found)] or leading
    limited = [(item, found) for item, found in open_ if item.limit is not None]
    due = min(limited, key=lambda pair: rank(pair[1], pair[0].limit, at), default=None)
    times = [found.done_at for _, found in leading]
    return {
        "work": group[0][0].work,
        "by": {one for item, _ in group for one in item.by},
        "to": {one for item, _ in group for one in item.to},
        "asked": {
            (item.key[0], item.key[2], found.certainty, found.done_at) for item, found in group
        },
        "certainty": SURE[surest],
        "verb": max((item.verb for item, _ in leading), key=VERBS.index),
        "due": due[1].due if due else None,
        "overdue": any(found.overdue for _, found in leading),
        "at_once": bool(due and due[1].at_once),
        "done_at": None if None in times else max(times),  # type: ignore[type-var]
    }


def shown_rows(found: planengine.Assessment) -> list[Row]:
    zero = int(DAWN.timestamp())

    def rel(t: int | None) -> int | None:
        return None if t is None else t - zero

    return [
        {
            "work": row.do.text("en"),
            "by": set(row.bodies),
            "to": set(row.to),
            "asked": {
                (one.plan.removeprefix("city/"), one.action, one.certainty, rel(one.done_at))
                for one in row.asked
            },
            "certainty": row.certainty,
            "verb": row.verb,
            "due": rel(row.deadline.due) if row.deadline else None,
            "overdue": bool(row.deadline and row.deadline.overdue),
            "at_once": bool(row.deadline and row.deadline.at_once),
            "done_at": rel(row.done_at),
        }
        for row in found.actions
    ]


def reports_of(case: Case) -> dict[Key, tuple[Any, ...]]:
    """Every report: how sure, when due, whether overdue, when made, whether it governs."""
    items = {item.key: item for plan in case.plans for item in plan.items}

    def deeds(item: Item) -> list[Key]:
        return [other.key for other in items.values() if alike(item, other)]

    found = {
        key: (items[key], one)
        for (key, _), one in expected(case, deeds).items()
        if key[1] == "report"
    }

    def urgency(item: Item, one: Found) -> tuple[int, int, int]:
        own = (3, 0) if is_met(item, one) else rank(one, item.limit, case.at)
        return -SURE.index(one.certainty), *own

    return {
        key: (
            one.certainty,
            one.due,
            one.overdue,
            one.at_once,
            one.done_at,
            urgency(item, one)
            == min(urgency(*other) for other in found.values() if set(other[0].to) == set(item.to)),
        )
        for key, (item, one) in found.items()
    }


def shown_reports(found: planengine.Assessment) -> dict[Key, tuple[Any, ...]]:
    zero = int(DAWN.timestamp())

    def rel(t: int | None) -> int | None:
        return None if t is None else t - zero

    return {
        (one.document.removeprefix("city/"), "report", one.report): (
            one.certainty,
            rel(one.deadline.due) if one.deadline else None,
            bool(one.deadline and one.deadline.overdue),
            bool(one.deadline and one.deadline.at_once),
            rel(one.done_at),
            one.governs,
        )
        for one in found.reports
    }


# Generation


def some(names: Sequence[str], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=2, unique=True).map(tuple)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Plan, ...]:
    found: list[Plan] = []
    for name in ("dam", "weir", "gate")[: draw(st.integers(2, 3))]:
        items: list[Item] = []
        for action in ("a", "b"):
            key = name, "action", action
            own = draw(RANKS)
            limit = draw(limits(action))
            items.append(
                Item(
                    key, f"{name}-{action}", own, limit, (), draw(st.booleans()), "action",
                    draw(st.sampled_from(["warn", "warn", "patrol"])),
                    draw(some(["office", "health"], 1)), draw(some(["government", "power"], 0)),
                    draw(st.sampled_from(VERBS)),
                )
            )  # fmt: skip
        for report in ("r", "s")[: draw(st.integers(0, 2))]:
            key = name, "report", report
            items.append(
                Item(
                    key, f"{name}-{report}", draw(RANKS), draw(limits(report)), (),
                    draw(st.booleans()), "report", draw(st.sampled_from(["stage", "stage", "wet"])),
                    draw(some(["office", "health"], 1)), draw(some(["government", "power"], 1)),
                )
            )  # fmt: skip
        low, middle, high = sorted(
            draw(st.lists(st.integers(1, 11), min_size=3, max_size=3, unique=True))
        )
        found.append(Plan(name, (low, middle, high), None, tuple(items)))
    return tuple(found)


@st.composite
def stories(
    draw: st.DrawFn,
) -> tuple[tuple[Plan, ...], tuple[Plan, ...], list[tuple[Case, list[int]]]]:
    """Plans, the same in another order of files and lines, and time lines with other orders."""
    drawn = draw(plans())
    keys = tuple(item.key for plan in drawn for item in plan.items)
    told = [Case(drawn, *draw(lines(keys))) for _ in range(3)]
    other = tuple(
        Plan(plan.name, plan.thresholds, plan.gate, tuple(draw(st.permutations(plan.items))))
        for plan in draw(st.permutations(drawn))
    )
    orders = [draw(st.permutations(range(len(case.events)))) for case in told]
    return drawn, other, list(zip(told, orders, strict=True))


def plain(written: Any) -> Any:
    """The JSON form without where things stand in files."""
    if isinstance(written, dict):
        return {key: plain(one) for key, one in written.items() if key != "place"}
    return [plain(one) for one in written] if isinstance(written, list) else written


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
@given(story=stories())
def test_duties_of_several_plans_are_merged_as_a_plain_reading_does(
    story: tuple[tuple[Plan, ...], tuple[Plan, ...], list[tuple[Case, list[int]]]],
) -> None:
    drawn, other, cases = story
    with tempfile.TemporaryDirectory() as folder:
        engine = library(Path(folder), drawn)
    with tempfile.TemporaryDirectory() as folder:
        turned = library(Path(folder), other)
    for case, order in cases:
        if not any(e.at <= case.at and e.received <= case.at for e in case.events):
            continue
        told = incident(case)
        found = engine.assess(told, at=written(case.at))
        assert sorted(shown_rows(found), key=key_of) == sorted(rows_of(case), key=key_of), case
        assert shown_reports(found) == reports_of(case), case
        shuffled = {**told, "observations": [told["observations"][place] for place in order]}
        again = turned.assess(shuffled, at=written(case.at))
        for part in ("actions", "reports"):
            assert plain(again.to_dict()[part]) == plain(found.to_dict()[part]), case


def key_of(row: Row) -> tuple[str, list[str]]:
    return row["work"], sorted(row["by"])
