"""The duties of an assessment, and what becomes of them from one to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.duties import receipts
from planengine.assessment.plain.parts import Teller, label
from planengine.assessment.results import ActionItem, ReportItem
from planengine.domain.documents import Executor
from planengine.screens.brief_rows import is_finished, is_over, is_overdue
from planengine.sessions.effects import Duty, DutyState, Escalation, LimitChanged, Order

Item: TypeAlias = ActionItem | ReportItem
Key: TypeAlias = tuple[object, ...]
Change: TypeAlias = Literal["set", "moved", "met", "missed", "lifted"]


def owed(assessment: Assessment | None) -> dict[Key, Item]:
    """What is owed or was reported to be, by what asks it and where; once for each that asks."""
    found: dict[Key, Item] = {}
    if assessment is None:
        return found
    for action in assessment.actions:
        if action.certainty != "possible":
            for one in action.asked:
                found["action", one.plan, one.track, one.action, one.area, action.object] = action
    for report in assessment.reports:
        if report.certainty != "possible":
            key = (report.kind, report.document, report.report, report.area)
            found[(*key, report.by, report.to)] = report
    return found


def ended(key: Key, new: Mapping[Key, Item]) -> bool:
    """Whether a duty is owed no longer, and was not done."""
    item = new.get(key)
    return item is None or (is_over(item) and item.done_at is None)


def orders(tell: Teller, items: Iterable[Item]) -> tuple[Order, ...]:
    found: dict[tuple[str | None, str], list[Duty]] = {}
    for item in _each(items):
        if isinstance(item, ActionItem):
            for body in item.bodies or (None,):
                found.setdefault((body, item.mode), []).append(_duty(tell, item))
    return tuple(
        Order(body=body, mode=mode, duties=tuple(duties))  # type: ignore[arg-type]
        for (body, mode), duties in found.items()
    )


def limits(
    tell: Teller, old: Mapping[Key, Item], new: Mapping[Key, Item]
) -> Iterator[LimitChanged]:
    told: set[tuple[int, Change]] = set()
    for key in {**new, **old}:
        then, after = old.get(key), new.get(key)
        item = after or then
        change = _limit_change(then, after)
        if item is not None and change is not None and (id(item), change) not in told:
            told.add((id(item), change))
            before = then.deadline.due if then is not None and then.deadline is not None else None
            yield LimitChanged(change=change, duty=_duty(tell, item), before=tell.moment(before))


def _limit_change(then: Item | None, after: Item | None) -> Change | None:
    """What became of the limit of one duty; None where it is as it was, or there is none."""
    due = _due(then)
    if after is None or (after.done_at is None and is_over(after)):
        return "lifted" if due is not None and then is not None and not is_over(then) else None
    if after.done_at is not None and (then is None or then.done_at != after.done_at):
        return "met"
    if is_overdue(after):
        return None if then is not None and is_overdue(then) and due == _due(after) else "missed"
    if is_finished(after) or _due(after) is None or _due(after) == due:
        return None
    return "set" if due is None else "moved"


def _due(item: Item | None) -> int | None:
    return item.deadline.due if item is not None and item.deadline is not None else None


def escalations(
    tell: Teller, now: Assessment, old: Mapping[Key, Item], new: Mapping[Key, Item]
) -> Iterator[Escalation]:
    missed = [key for key, one in new.items() if _limit_change(old.get(key), one) == "missed"]
    for item in _each(new[key] for key in missed):
        decision = _decision_of(item, now)
        yield Escalation(
            duty=_duty(tell, item),
            decision=None if decision is None else decision.id,
            superiors=_superiors(now, item),
            to=_deciders(decision),
        )


def _decision_of(item: Item, now: Assessment) -> Decision | None:
    """The response that a duty hangs on."""
    if isinstance(item, ReportItem):
        document, track, area = item.document, None, item.area
    else:
        first = item.asked[0]
        document, track, area = first.plan, first.track, first.area
    own = [one for one in now.decisions if one.plan == document and one.purpose == "level"]
    fitting = [one for one in own if track in {None, one.track} and area in {None, one.area}]
    found = fitting or own
    return next((one for one in found if one.in_force), found[0] if found else None)


def _superiors(now: Assessment, item: Item) -> tuple[str, ...]:
    """The bodies to which those who owe something report, and that do not owe it too."""
    registry = now.situation.registry
    bodies = item.bodies if isinstance(item, ActionItem) else item.by
    found = (registry.superior(body) for body in bodies)
    return tuple(dict.fromkeys(one for one in found if one is not None and one not in bodies))


def _deciders(decision: Decision | None) -> tuple[Executor, ...]:
    """Whoever approves a response, and whoever proposes it."""
    if decision is None:
        return ()
    return tuple(one for one in (decision.approve, decision.propose) if one is not None)


def acknowledged(
    tell: Teller, old: Mapping[Key, Item], new: Mapping[Key, Item]
) -> tuple[Duty, ...]:
    """The duties of which somebody more says that they were received."""
    return plain_duties(
        tell,
        (
            item
            for key, item in new.items()
            if set(item.acknowledged) - set(old[key].acknowledged if key in old else ())
        ),
    )


def plain_duties(tell: Teller, items: Iterable[Item]) -> tuple[Duty, ...]:
    return tuple(_duty(tell, item) for item in _each(items))


def _each(items: Iterable[Item]) -> tuple[Item, ...]:
    """Each row once: one may be asked by several plans."""
    return tuple({id(item): item for item in items}.values())


def _duty(tell: Teller, item: Item) -> Duty:
    deadline = item.deadline
    if isinstance(item, ActionItem):
        first = item.asked[0]
        document, name, area, by = first.plan, first.action, first.area, item.bodies
        do = label(item.do)
    else:
        document, name, area, by = item.document, item.report, item.area, item.by
        do = {"zh": "、".join(item.content), "en": ", ".join(item.content)}
    return Duty(
        kind="action" if isinstance(item, ActionItem) else item.kind,
        document=document,
        item=name,
        area=area,
        do=do,
        by=by,
        to=item.to,
        certainty="certain" if item.certainty == "certain" else "indicated",
        verb=item.verb,
        due=tell.moment(deadline.due) if deadline is not None else None,
        at_once=deadline is not None and deadline.at_once,
        overdue=is_overdue(item),
        done_at=tell.moment(item.done_at),
        state=_state(item),
        acknowledged=receipts(tell, item),
    )


def _state(item: Item) -> DutyState:
    if is_overdue(item):
        return "overdue"
    if item.done_at is not None:
        return "done"
    return "acknowledged" if item.acknowledged else "owed"
