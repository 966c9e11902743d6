"""Actions and reports, as plain data."""

from __future__ import annotations

from planengine import answers
from planengine.assessment.plain.parts import Teller, actors, first, label, place
from planengine.assessment.results import ActionItem, Asked, Deadline, ReportItem


def action(tell: Teller, item: ActionItem) -> answers.Action:
    """Something to do."""
    return answers.Action(
        id=item.id,
        do=label(item.do),
        object=item.object,
        executor=first(item.executors),
        executors=actors(item.executors),
        bodies=item.bodies,
        mode=item.mode,
        certainty=item.certainty,
        verb=item.verb,
        verb_label=label(item.verb_label),
        deadline=_deadline(tell, item.deadline),
        after=tuple(map(str, item.after)),
        done_when=item.done_when,
        done_at=tell.moment(item.done_at),
        means=item.means,
        to=item.to,
        addressees=actors(item.addressees),
        approve=actors(item.approve),
        plan=item.asked[0].plan,
        level=item.asked[0].level,
        asked=tuple(_asked(tell, one) for one in item.asked),
        acknowledged=receipts(tell, item),
    )


def _asked(tell: Teller, item: Asked) -> answers.Asked:
    return answers.Asked(
        plan=item.plan,
        track=item.track,
        area=item.area,
        action=item.action,
        level=item.level,
        verb=item.verb,
        certainty=item.certainty,
        met=tell.moment(item.met),
        known=tell.moment(item.known),
        deadline=_deadline(tell, item.deadline),
        done=tell.moments(item.done),
        done_at=tell.moment(item.done_at),
        basis=item.basis,
        rule=item.rule,
        place=place(item.span),
    )


def report(tell: Teller, item: ReportItem) -> answers.Report:
    """A report, request or release."""
    return answers.Report(
        kind=item.kind,
        document=item.document,
        report=item.report,
        area=item.area,
        by=item.by,
        sender=first(item.senders),
        senders=actors(item.senders),
        to=item.to,
        pairs=tuple(answers.Pair(by=one.by, to=one.to) for one in item.pairs),
        addressee=item.to_label,
        addressees=actors(item.addressees),
        level=item.level,
        deadline=_deadline(tell, item.deadline),
        means=item.means,
        content=item.content,
        governs=item.governs,
        certainty=item.certainty,
        verb=item.verb,
        approve=actors(item.approve),
        met=tell.moment(item.met),
        known=tell.moment(item.known),
        done=tell.moments(item.done),
        done_at=tell.moment(item.done_at),
        basis=item.basis,
        rule=item.rule,
        acknowledged=receipts(tell, item),
    )


def receipts(tell: Teller, item: ActionItem | ReportItem) -> tuple[answers.Receipt, ...]:
    """Who said to have received a duty."""
    return tuple(answers.Receipt(by=one.by, at=tell.time(one.at)) for one in item.acknowledged)


def _deadline(tell: Teller, item: Deadline | None) -> answers.Deadline | None:
    if item is None:
        return None
    timing = item.timing
    return answers.Deadline(
        kind=timing.kind,
        seconds=timing.seconds,
        of=str(timing.anchor),
        repeat=timing.repeat,
        times=timing.times,
        until=None if timing.until is None else str(timing.until),
        anchor_at=tell.moment(item.anchor_at),
        due=tell.moment(item.due),
        overdue=item.overdue,
        at_once=item.at_once,
        counted_from=tell.moment(item.counted_from),
        clock=timing.clock,
        again=tell.moment(item.again),
        ended=tell.moment(item.ended),
    )
