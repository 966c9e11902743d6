"""Actions that follow: chosen by level, merged across plans, ordered by prerequisites."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from planengine.assessment.applying import applies, weaker
from planengine.assessment.bodies import Bodies
from planengine.assessment.deadlines import deadline, tightest, urgency
from planengine.assessment.history import History
from planengine.assessment.results import ActionItem, Asked, Certainty
from planengine.assessment.situation import Situation
from planengine.library.document_entities import Action, Plan
from planengine.rules.conditions import ALWAYS
from planengine.rules.ruleset import Unit


class _Due(Struct, frozen=True):
    """One action of one plan that is due, or may be."""

    action: Action
    plan: Plan
    unit: Unit
    rank: int
    certainty: Certainty

    @property
    def area(self) -> str:
        return self.unit.area


def action_items(situation: Situation, bodies: Bodies, history: History) -> tuple[ActionItem, ...]:
    """Every action that is due now, most urgent first within the order of prerequisites."""
    due = [item for key in situation.outline.plans for item in _due_in_plan(situation, key)]
    merged: dict[tuple[object, ...], list[tuple[_Due, tuple[str, ...]]]] = {}
    for item in due:
        found = bodies.resolve(item.action.executors, item.area, item.plan)
        key = (found, item.action.do, item.action.object)
        merged.setdefault(key if found else (item.plan.id, item.action.id), []).append(
            (item, found)
        )
    rows = [_row(situation, bodies, history, group) for group in merged.values()]
    return _ordered(rows)


def _due_in_plan(situation: Situation, key: str) -> list[_Due]:
    plan = situation.outline.plans[key]
    chosen: dict[tuple[str, str], _Due] = {}
    for action in plan.actions:
        for item in _due(situation, key, plan, action):
            slot = (action.id, item.unit.id)
            kept = chosen.get(slot)
            # The same id at a higher level replaces the lower one's.
            if kept is None or _lowest(action) > _lowest(kept.action):
                chosen[slot] = item
    return list(chosen.values())


def _lowest(action: Action) -> int:
    return min(action.ranks) if action.ranks else 0


def _due(situation: Situation, key: str, plan: Plan, action: Action) -> Iterator[_Due]:
    units = situation.outline.responses(key, action.track)
    if action.ranks is None:
        for area, here in _by_area(units).items():
            certainty = weaker(
                applies(situation, here),
                situation.certainty(key, action.id, action.order, area),
            )
            if certainty is not None:
                yield _Due(action, plan, here[0], 0, certainty)
        return
    for unit in units:
        rank = situation.response(unit)
        if rank in action.ranks:
            certainty = situation.certainty(key, action.id, action.order, unit.area)
            if certainty is not None:
                yield _Due(action, plan, unit, rank, certainty)


def _by_area(units: Sequence[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in units:
        found.setdefault(unit.area, []).append(unit)
    return found


def _row(
    situation: Situation,
    bodies: Bodies,
    history: History,
    group: Sequence[tuple[_Due, tuple[str, ...]]],
) -> ActionItem:
    asked = sorted(
        (_asked(situation, history, item, _last_done(situation, item, group)) for item, _ in group),
        key=lambda one: urgency(one.deadline),
    )
    first, found = next(
        pair
        for pair in group
        if pair[0].action.id == asked[0].action and _key(pair[0].plan) == asked[0].plan
    )
    action = first.action
    mode = action.mode or bodies.mode(first.plan, found)
    return ActionItem(
        do=action.do,
        object=action.object,
        executor=action.executors[0],
        bodies=found,
        mode=mode,
        certainty="certain" if any(i.certainty == "certain" for i, _ in group) else "possible",
        verb=action.verb,
        deadline=tightest(one.deadline for one in asked),
        after=tuple(
            dict.fromkeys(f"{_key(i.plan)}:{name}" for i, _ in group for name in i.action.after)
        ),
        done_when=action.done_when,
        means=action.means,
        to=bodies.resolve(action.to, first.area, first.plan),
        done_at=_done_at(situation, asked),
        asked=tuple(asked),
    )


def _done_at(situation: Situation, asked: Sequence[Asked]) -> int | None:
    """When the governing plan's action was done in every area where it is due; None till then."""
    first = asked[0]
    times = [
        situation.evidence.done(one.plan, one.action, one.area)
        for one in asked
        if (one.plan, one.action) == (first.plan, first.action)
    ]
    known = [time for time in times if time is not None]
    return max(known) if len(known) == len(times) else None


def _key(plan: Plan) -> str:
    return f"{plan.jurisdiction}/{plan.id}"


def _last_done(
    situation: Situation, item: _Due, group: Sequence[tuple[_Due, tuple[str, ...]]]
) -> int | None:
    """When it was last reported done there, for whichever of the plans that ask it."""
    times = [
        situation.evidence.done(_key(one.plan), one.action.id, one.area)
        for one, _ in group
        if one.area == item.area
    ]
    return max((time for time in times if time is not None), default=None)


def _asked(situation: Situation, history: History, item: _Due, done: int | None) -> Asked:
    action, unit = item.action, item.unit
    key = _key(item.plan)

    def met() -> int | None:
        if action.on is not None:
            on = situation.condition(key, action.id, action.order, "on", item.area)
            return history.true_since(on or ALWAYS)
        if action.ranks:
            return history.met_since(unit.id, min(action.ranks))
        return None

    level = unit.scale.by_rank(item.rank) if item.rank else None
    return Asked(
        plan=key,
        track=unit.track,
        area=unit.area,
        action=action.id,
        level=level.id if level else None,
        deadline=deadline(situation, action.timing, key, unit, _lowest(action), met, done),
        verb=action.verb,
        basis=action.basis,
        span=action.span,
    )


def _ordered(rows: list[ActionItem]) -> tuple[ActionItem, ...]:
    """Prerequisites first; among what is free to start, the most urgent."""
    identities = {f"{one.plan}:{one.action}": row.id for row in rows for one in row.asked}
    waiting = sorted(rows, key=lambda row: (row.certainty != "certain", urgency(row.deadline)))
    before = {
        row.id: {identities[name] for name in row.after if name in identities} - {row.id}
        for row in rows
    }
    done: set[str] = set()
    ordered: list[ActionItem] = []
    while waiting:
        # Merging rows of two plans can close a circle that neither plan has: then urgency wins.
        free = next((row for row in waiting if before[row.id] <= done), waiting[0])
        waiting.remove(free)
        done.add(free.id)
        ordered.append(free)
    return tuple(ordered)
