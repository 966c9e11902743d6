"""Decisions and what explains them, as plain data."""

from __future__ import annotations

from planengine import answers
from planengine.assessment.decisions import Decision
from planengine.assessment.plain.parts import Teller, label, number, place, values
from planengine.assessment.results import Command, Held, Reason, Refusal, Way


def decision(tell: Teller, item: Decision) -> answers.Decision:
    """A decision with its reasons and ways."""
    return answers.Decision(
        id=item.id,
        plan=item.plan,
        standard=item.standard,
        track=item.track,
        kind=item.purpose,
        label=label(item.label),
        authority=item.authority,
        area=item.area,
        edition=item.edition,
        scale=item.scale,
        level=item.level,
        indicated=item.indicated,
        could_reach=item.could_reach,
        exact=item.exact,
        obliged=item.obliged,
        issued=item.issued,
        in_force=item.in_force,
        in_force_since=tell.moment(item.in_force_since),
        proposal=item.proposal,
        verb=item.verb,
        propose=item.propose,
        approve=item.approve,
        decided_by=item.decided_by,
        declined=refusal(tell, item.declined),
        command=command(tell, item.command),
        meanwhile=item.meanwhile,
        duration=item.duration,
        measures=item.measures,
        met_at=tell.moment(item.met_at),
        why=tuple(_reason(tell, one) for one in item.why),
        why_eased=tuple(held(tell, one) for one in item.why_eased),
        basis=item.basis,
        gaps=item.gaps,
        next=tuple(_way(tell, one) for one in item.next),
        next_omitted=item.next_omitted,
        next_fewest=item.next_fewest,
    )


def refusal(tell: Teller, item: Refusal | None) -> answers.Declined | None:
    """What people declined."""
    if item is None:
        return None
    return answers.Declined(
        id=item.id,
        at=tell.time(item.at),
        move=item.move,
        level=item.level,
        by=item.by,
        reason=item.reason,
    )


def command(tell: Teller, item: Command | None) -> answers.Command | None:
    """Who commands since people said so."""
    if item is None:
        return None
    return answers.Command(
        id=item.id, at=tell.time(item.at), to=item.to, by=item.by, reason=item.reason
    )


def _reason(tell: Teller, item: Reason) -> answers.Reason:
    return answers.Reason(
        kind=item.kind,
        level=item.level,
        verb=item.verb,
        text=item.text,
        place=place(item.span),
        basis=item.basis,
        rules=item.rules,
        held=tuple(held(tell, one) for one in item.held),
    )


def held(tell: Teller, item: Held) -> answers.Held:
    """A test that held."""
    return answers.Held(
        cell=str(item.cell),
        text=tell.cell(item.cell),
        value=values(item.value, item.cell),
        test=values(item.accepts, item.cell),
        written=item.written,
        statements=tell.statements(item.statements),
        assumed=item.assumed,
        estimated=item.estimated,
        forecast_until=tell.moment(item.forecast_until),
        leaves=item.leaves,
    )


def _way(tell: Teller, item: Way) -> answers.Way:
    return answers.Way(
        level=item.level,
        at=tell.moment(item.at),
        needs=tuple(
            answers.Need(
                cell=str(need.cell),
                text=tell.cell(need.cell),
                value=values(need.value, need.cell),
                test=values(need.accepts, need.cell),
                missing=None if need.missing is None else number(need.missing),
            )
            for need in item.needs
        ),
    )
