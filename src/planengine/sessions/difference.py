"""The effects between two assessments of one incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias, get_args

from planengine import answers
from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.parts import Teller, label
from planengine.assessment.results import ActionItem, ReportItem
from planengine.assessment.results import Question as Asked
from planengine.domain.documents import Executor
from planengine.screens.brief_rows import is_finished, is_over, is_overdue, question_rows
from planengine.sessions.effects import (
    Duty,
    Effects,
    Escalation,
    LevelMoved,
    LevelOf,
    LimitChanged,
    Order,
    Proposed,
    ToAsk,
)

Item: TypeAlias = ActionItem | ReportItem
Key: TypeAlias = tuple[object, ...]
Change: TypeAlias = Literal["set", "moved", "met", "missed", "lifted"]


def difference(before: Assessment | None, now: Assessment) -> Effects:
    """What is otherwise `now` than `before`; without that, all that there is."""
    tell = Teller.of(now.situation)
    old, new = _owed(before), _owed(now)
    fresh = [key for key, item in new.items() if key not in old and not is_over(item)]
    limits = tuple(_limits(tell, old, new))
    was_asked, is_asked = _asked(before), _asked(now)
    told = set() if before is None else {(one.text.en, one.text.zh) for one in before.conflicts}
    return Effects(
        schema=1,
        incident=now.incident.id,
        status=now.status,
        since=None if before is None else tell.time(before.at),
        at=tell.time(now.at),
        levels=tuple(_levels(before, now)),
        proposals=tuple(_proposals(before, now)),
        orders=_orders(tell, [new[key] for key in fresh]),
        reports=_duties(tell, (new[key] for key in fresh if isinstance(new[key], ReportItem))),
        over=_duties(
            tell, (item for key, item in old.items() if not is_over(item) and _ended(key, new))
        ),
        limits=limits,
        escalations=tuple(_escalations(tell, now, old, new)),
        asked=tuple(_question(tell, one) for key, one in is_asked.items() if key not in was_asked),
        answered=tuple(
            _question(tell, one) for key, one in was_asked.items() if key not in is_asked
        ),
        findings=tuple(
            answers.Text(zh=one.text.zh, en=one.text.en)
            for one in now.conflicts
            if (one.text.en, one.text.zh) not in told
        ),
        recheck_at=tell.moment(now.recheck_at),
    )


# Levels


def _both(
    before: Assessment | None, now: Assessment
) -> Iterator[tuple[Decision, Decision | None, Decision | None]]:
    was = {} if before is None else {item.id: item for item in before.decisions}
    is_ = {item.id: item for item in now.decisions}
    for name in {**is_, **was}:
        yield is_.get(name) or was[name], was.get(name), is_.get(name)


def _levels(before: Assessment | None, now: Assessment) -> Iterator[LevelMoved]:
    for item, then, after in _both(before, now):
        was, is_ = _levels_of(then), _levels_of(after)
        for of in get_args(LevelOf):
            if was.get(of) != is_.get(of):
                yield LevelMoved(
                    of=of,
                    decision=item.id,
                    label=label(item.label),
                    kind=item.purpose,
                    scale=item.scale,
                    before=was.get(of),
                    now=is_.get(of),
                )


def _levels_of(item: Decision | None) -> Mapping[LevelOf, str | None]:
    if item is None:
        return {}
    return {
        "recommended": item.level,
        "indicated": item.indicated,
        "could-reach": item.could_reach,
        "in-force": item.in_force,
        "issued": item.issued,
    }


def _proposals(before: Assessment | None, now: Assessment) -> Iterator[Proposed]:
    for item, then, after in _both(before, now):
        was = ("none", None) if then is None else (then.proposal, _proposed(then))
        is_ = ("none", None) if after is None else (after.proposal, _proposed(after))
        if was != is_ and not {was[0], is_[0]} <= {"keep", "none"}:
            yield Proposed(
                decision=item.id,
                label=label(item.label),
                before=was[0],
                now=is_[0],
                scale=item.scale,
                level=is_[1],
                propose=None if after is None else after.propose,
                approve=None if after is None else after.approve,
                decided_by=None if after is None else after.decided_by,
            )


def _proposed(item: Decision) -> str | None:
    """The level that is proposed; None where it is to end, or nothing is proposed."""
    return item.level if item.proposal in {"start", "raise", "lower"} else None


# Duties


def _owed(assessment: Assessment | None) -> dict[Key, Item]:
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


def _ended(key: Key, new: Mapping[Key, Item]) -> bool:
    """Whether a duty is owed no longer, and was not done."""
    item = new.get(key)
    return item is None or (is_over(item) and item.done_at is None)


def _orders(tell: Teller, items: Iterable[Item]) -> tuple[Order, ...]:
    found: dict[tuple[str | None, str], list[Duty]] = {}
    for item in _each(items):
        if isinstance(item, ActionItem):
            for body in item.bodies or (None,):
                found.setdefault((body, item.mode), []).append(_duty(tell, item))
    return tuple(
        Order(body=body, mode=mode, duties=tuple(duties))  # type: ignore[arg-type]
        for (body, mode), duties in found.items()
    )


def _limits(
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


def _escalations(
    tell: Teller, now: Assessment, old: Mapping[Key, Item], new: Mapping[Key, Item]
) -> Iterator[Escalation]:
    missed = [key for key, one in new.items() if _limit_change(old.get(key), one) == "missed"]
    for item in _each(new[key] for key in missed):
        decision = _decision_of(item, now)
        yield Escalation(
            duty=_duty(tell, item),
            decision=None if decision is None else decision.id,
            to=_superior(decision),
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


def _superior(decision: Decision | None) -> tuple[Executor, ...]:
    if decision is None:
        return ()
    whom = decision.approve or decision.propose
    return () if whom is None else (whom,)


def _duties(tell: Teller, items: Iterable[Item]) -> tuple[Duty, ...]:
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
    )


# Questions


def _asked(assessment: Assessment | None) -> dict[str, Asked]:
    return {} if assessment is None else {str(row.cell): row for row in question_rows(assessment)}


def _question(tell: Teller, row: Asked) -> ToAsk:
    return ToAsk(cell=str(row.cell), text=tell.cell(row.cell), provider=row.provider)
