"""The effects between two assessments of one incident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

from planengine import answers
from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.decision import refusal
from planengine.assessment.plain.parts import Teller, label
from planengine.assessment.results import Command, ReportItem
from planengine.assessment.results import Question as Asked
from planengine.screens.brief_rows import is_over, question_rows
from planengine.sessions.effects import (
    CommandMoved,
    Effects,
    LevelMoved,
    LevelOf,
    Proposed,
    Refused,
    StageMoved,
    ToAsk,
)
from planengine.sessions.owing import (
    acknowledged,
    ended,
    escalations,
    limits,
    orders,
    owed,
    plain_duties,
)
from planengine.sessions.standing import stages


def difference(before: Assessment | None, now: Assessment) -> Effects:
    """What is otherwise `now` than `before`; without that, all that there is."""
    tell = Teller.of(now.situation)
    old, new = owed(before), owed(now)
    fresh = [key for key, item in new.items() if key not in old and not is_over(item)]
    was_asked, is_asked = _asked(before), _asked(now)
    told = set() if before is None else {(one.text.en, one.text.zh) for one in before.conflicts}
    return Effects(
        schema=1,
        incident=now.incident.id,
        status=now.status,
        since=None if before is None else tell.time(before.at),
        at=tell.time(now.at),
        stages=tuple(_stages(before, now)),
        levels=tuple(_levels(before, now)),
        proposals=tuple(_proposals(before, now)),
        declined=tuple(_declined(tell, before, now)),
        commands=(*_commands(before, now), *_acting(before, now)),
        orders=orders(tell, [new[key] for key in fresh]),
        reports=plain_duties(tell, (new[key] for key in fresh if isinstance(new[key], ReportItem))),
        over=plain_duties(
            tell, (item for key, item in old.items() if not is_over(item) and ended(key, new))
        ),
        acknowledged=acknowledged(tell, old, new),
        limits=tuple(limits(tell, old, new)),
        escalations=tuple(escalations(tell, now, old, new)),
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


def _stages(before: Assessment | None, now: Assessment) -> Iterator[StageMoved]:
    was = {} if before is None else stages(before)
    is_ = stages(now)
    items = {item.id: item for item in (*now.decisions, *(before.decisions if before else ()))}
    for name in {**is_, **was}:
        if was.get(name) != is_.get(name):
            named = now.incident.label if name is None else items[name].label
            yield StageMoved(
                decision=name, label=label(named), before=was.get(name), now=is_.get(name)
            )


def _declined(tell: Teller, before: Assessment | None, now: Assessment) -> Iterator[Refused]:
    for item, then, after in _both(before, now):
        said = None if after is None else after.declined
        if said is not None and (then is None or then.declined != said):
            found = refusal(tell, said)
            assert found is not None
            yield Refused(
                decision=item.id, label=label(item.label), scale=item.scale, declined=found
            )


def _commands(before: Assessment | None, now: Assessment) -> Iterator[CommandMoved]:
    for item, then, after in _both(before, now):
        was = None if then is None else then.command
        is_ = None if after is None else after.command
        if was != is_:
            yield _command_moved(item.id, label(item.label), None, was, is_)


def _acting(before: Assessment | None, now: Assessment) -> Iterator[CommandMoved]:
    was = {} if before is None else {one.post: one for one in before.acting}
    is_ = {one.post: one for one in now.acting}
    posts = now.situation.entities.posts
    for post in {**is_, **was}:
        if was.get(post) != is_.get(post) and post is not None:
            name = label(posts[post].label)
            yield _command_moved(None, name, post, was.get(post), is_.get(post))


def _command_moved(
    decision: str | None,
    name: dict[str, str],
    post: str | None,
    was: Command | None,
    is_: Command | None,
) -> CommandMoved:
    return CommandMoved(
        decision=decision,
        label=name,
        post=post,
        before=None if was is None else was.to,
        now=None if is_ is None else is_.to,
        by=None if is_ is None else is_.by,
        reason=None if is_ is None else is_.reason,
    )


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


# Questions


def _asked(assessment: Assessment | None) -> dict[str, Asked]:
    return {} if assessment is None else {str(row.cell): row for row in question_rows(assessment)}


def _question(tell: Teller, row: Asked) -> ToAsk:
    return ToAsk(cell=str(row.cell), text=tell.cell(row.cell), provider=row.provider)
