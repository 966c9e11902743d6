"""The actions that are owed: one row for one work, ordered by prerequisites."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

from msgspec.structs import replace

from planengine.assessment.bodies import Bodies
from planengine.assessment.duties.duties import Duties, Duty
from planengine.assessment.duties.merging import (
    Bound,
    Stated,
    all_actors,
    bodies_of,
    grouped,
    once,
    stated,
    surest,
    turn,
    urgency,
)
from planengine.assessment.results import ActionItem, Asked
from planengine.assessment.situation import Situation
from planengine.domain.documents import Action, Plan
from planengine.domain.ids import ActionKey
from planengine.domain.parts import Label
from planengine.rules.verbs import by_strength


def action_items(situation: Situation, bodies: Bodies, duties: Duties) -> tuple[ActionItem, ...]:
    """Every action that is owed now, the most urgent first within the order of prerequisites."""
    groups = grouped(bodies, filter(_is_action, duties.all), _work)
    past = grouped(bodies, filter(_is_action, duties.past), _work)
    rows = [
        _acknowledged(
            duties, group, _carried(situation, bodies, stated(duties, group, past.get(work, ())))
        )
        for work, group in groups.items()
    ]
    return _ordered(rows)


def _carried(situation: Situation, bodies: Bodies, group: Sequence[Stated]) -> ActionItem:
    """A row, as it was before where the same is asked of the same and stands the same."""
    first = group[0].duty
    key = "action", first.item.name, first.place
    return bodies.carried(key, group, lambda: _row(situation, bodies, group))


def _acknowledged(duties: Duties, group: Sequence[Bound], row: ActionItem) -> ActionItem:
    receipts = duties.receipts(one.duty for one in group)
    return replace(row, acknowledged=receipts) if receipts else row


def _is_action(duty: Duty) -> bool:
    return duty.item.kind == "action"


def _work(bound: Bound) -> Hashable:
    """What several plans may ask alike: the same text of the same bodies."""
    action = _action(bound.duty)
    if not bound.bodies:
        return bound.duty.item.name
    return frozenset(bound.bodies), action.do, action.object


def _row(situation: Situation, bodies: Bodies, group: Sequence[Stated]) -> ActionItem:
    ordered = sorted(group, key=lambda one: (one.urgency, _name(one.duty)))
    leading = surest(ordered)
    outstanding = [one for one in leading if not one.is_met] or leading
    first = leading[0]
    action, plan = _action(first.duty), _plan(first.duty)
    by = all_actors([one.bound.by for one in ordered])
    to = all_actors([one.bound.to for one in ordered])
    verb = by_strength((_action(one.duty).verb for one in leading), situation.entities)[0]
    known = situation.entities.verbs.get(verb)
    return ActionItem(
        do=action.do,
        object=action.object,
        executors=by,
        bodies=bodies_of(by),
        mode=action.mode
        or bodies.mode(plan, first.bound.bodies, first.duty.unit.track, first.duty.place.area),
        certainty=first.duty.certainty,
        verb=verb,
        verb_label=known.label if known is not None else Label((("en", verb),)),
        deadline=min(
            (one.deadline for one in outstanding if one.deadline), key=urgency, default=None
        ),
        after=once(
            ActionKey(one.duty.item.document, name)
            for one in ordered
            for name in _action(one.duty).after
        ),
        done_when=_first(_action(one.duty).done_when for one in ordered),
        means=_first(_action(one.duty).means for one in ordered),
        addressees=to,
        to=bodies_of(to),
        approve=once(
            actor
            for one in ordered
            if (approve := _action(one.duty).approve) is not None
            for actor in bodies.actors((approve,), one.duty.place.area, _plan(one.duty))
        ),
        done_at=_done_at(leading),
        asked=tuple(map(_asked, ordered)),
    )


def _done_at(group: Sequence[Stated]) -> int | None:
    """When the work was done for all who ask it; None till then."""
    times = [one.done_at for one in group]
    known = [time for time in times if time is not None]
    return max(known) if len(known) == len(times) else None


def _asked(one: Stated) -> Asked:
    duty = one.duty
    level = duty.unit.scale.by_rank(duty.rank) if duty.item.ranks is not None else None
    return Asked(
        plan=duty.item.document,
        track=duty.unit.track,
        area=duty.place.area,
        action=duty.item.id,
        level=level.id if level is not None else None,
        deadline=one.deadline,
        verb=_action(duty).verb,
        certainty=duty.certainty,
        met=duty.met,
        known=duty.known,
        done=one.done,
        done_at=one.done_at,
        basis=duty.item.basis,
        span=_action(duty).span,
        rule=_action(duty).rule_id,
    )


def _action(duty: Duty) -> Action:
    assert isinstance(duty.item.written, Action)
    return duty.item.written


def _plan(duty: Duty) -> Plan:
    assert isinstance(duty.document, Plan)  # standards have no actions
    return duty.document


def _name(duty: Duty) -> tuple[str, str, str, int]:
    return duty.item.document, duty.item.id, str(duty.place.unit), duty.item.order


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text is not None), None)


def _ordered(rows: list[ActionItem]) -> tuple[ActionItem, ...]:
    """Prerequisites first; among what is free to start, the most urgent."""
    identities = {one.key: row.id for row in rows for one in row.asked}
    waiting = sorted(rows, key=_waiting)
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


def _waiting(row: ActionItem) -> tuple[object, ...]:
    """A sort key: what is sure, of that what is due at once, then by time; last what is met."""
    deadline = row.deadline
    finished = row.done_at is not None and (deadline is None or not deadline.timing.repeat)
    return *turn(row.certainty, deadline, is_met=finished), row.id
