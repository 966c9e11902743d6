"""The whole answer as plain data."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from planengine import answers
from planengine.assessment.contacts import Reached
from planengine.assessment.plain.decision import held
from planengine.assessment.plain.duties import action, report
from planengine.assessment.plain.parts import Teller, label, place, values, written_at
from planengine.assessment.results import (
    Command,
    Coverage,
    Excluded,
    Invocable,
    Question,
)
from planengine.diagnostics import Diagnostic
from planengine.domain.statements import Rejected

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment


def answer_of(assessment: Assessment) -> answers.Answer:
    """Everything an assessment says."""
    tell = assessment.situation.kept(Teller.of)
    carried = assessment.situation.findings.of
    return answers.Answer(
        schema=answers.SCHEMA_VERSION,
        incident=assessment.incident.id,
        label=label(assessment.incident.label),
        hazards=tuple(sorted(assessment.incident.hazards)),
        at=tell.time(assessment.at),
        status=assessment.status,
        tainted=assessment.tainted,
        coverage=tuple(map(_coverage, assessment.coverage)),
        decisions=tuple(one.answer for one in assessment.decisions),
        acting=tuple(_acting(tell, item) for item in assessment.acting),
        agencies=tuple(
            answers.Agency(
                agency=item.agency,
                label=label(item.label),
                role=item.role,
                plans=tuple(answers.PlanRole(plan=plan, role=role) for plan, role in item.plans),
                duties=item.duties,
                mode=item.mode,
            )
            for item in assessment.agencies
        ),
        actions=tuple(
            carried(("action", item.id, item.asked[0].area), (item,), partial(action, tell, item))
            for item in assessment.actions
        ),
        resources=tuple(
            answers.Resource(
                plan=item.plan,
                resource=item.resource,
                label=label(item.label),
                quantity=item.quantity,
                held_by=item.held_by,
                at=item.at,
                mode=item.mode,
            )
            for item in assessment.resources
        ),
        reports=tuple(
            carried(("report", number), (item,), partial(report, tell, item))
            for number, item in enumerate(assessment.reports)
        ),
        contacts=tuple(_contacts(tell, item) for item in assessment.contacts),
        ask=tuple(
            carried(("question", item.cell), (item,), partial(_question, tell, item))
            for item in assessment.ask
        ),
        not_asked=assessment.not_asked,
        excluded=tuple(_excluded(tell, item) for item in assessment.excluded),
        assumed=tuple(
            answers.Assumption(
                cell=str(item.cell),
                text=tell.cell(item.cell),
                value=values(item.value, item.cell),
                earlier=item.earlier,
            )
            for item in assessment.assumed
        ),
        may_invoke=tuple(map(_invocable, assessment.may_invoke)),
        conflicts=tuple(
            answers.Conflict(
                kind=item.kind,
                subject=item.subject,
                text=answers.Text(zh=item.text.zh, en=item.text.en),
                statements=tell.statements(item.statements),
            )
            for item in assessment.conflicts
        ),
        outdated=tuple(
            answers.Outdated(
                cell=str(item.cell),
                text=tell.cell(item.cell),
                statements=tell.statements(item.statements),
            )
            for item in assessment.outdated
        ),
        unread=assessment.unread,
        rejected=tuple(map(_rejected, assessment.incident.rejected)),
        recheck_at=tell.moment(assessment.recheck_at),
    )


def _acting(tell: Teller, item: Command) -> answers.Acting:
    assert item.post is not None
    return answers.Acting(
        post=item.post,
        to=item.to,
        id=item.id,
        at=tell.time(item.at),
        by=item.by,
        reason=item.reason,
    )


def _excluded(tell: Teller, item: Excluded) -> answers.Excluded:
    return answers.Excluded(
        plan=item.plan,
        area=item.area,
        instead=item.instead,
        certainty=item.certainty,
        text=item.text,
        place=place(item.span),
        basis=item.basis,
        held=tuple(held(tell, one) for one in item.held),
    )


def _contacts(tell: Teller, item: Reached) -> answers.Contacts:
    return answers.Contacts(
        kind=item.kind,
        id=item.id,
        label=label(item.label),
        contacts=tuple(
            answers.Contact(
                phone=one.phone,
                room=one.room,
                text=one.text,
                as_of=None if one.as_of is None else tell.time(one.as_of).date(),
            )
            for one in item.contacts
        ),
    )


def _question(tell: Teller, item: Question) -> answers.Question:
    return answers.Question(
        cell=str(item.cell),
        text=tell.cell(item.cell),
        value=values(item.value, item.cell),
        observed=item.observed,
        provider=item.provider,
        silent=item.silent,
        could_give=tuple(
            answers.Possible(decision=name, level=level) for name, level in item.could_give
        ),
        alone=item.alone,
        forecast_until=tell.moment(item.forecast_until),
    )


def _coverage(item: Coverage) -> answers.Coverage:
    return answers.Coverage(
        hazard=item.hazard,
        covered=item.covered,
        judged_by=tuple(
            answers.Judge(
                document=one.document, label=label(one.label), edition=one.edition, own=one.own
            )
            for one in item.judges
        ),
    )


def _invocable(item: Invocable) -> answers.Invocable:
    return answers.Invocable(
        clause=item.clause,
        kind=item.kind,
        what=item.what,
        by=item.by,
        alternates=item.alternates,
        decision=item.decision,
        changes=item.changes,
        level=item.level,
        area=item.place,
        place=place(item.span),
    )


def _rejected(item: Rejected) -> answers.Rejected:
    return answers.Rejected(
        number=item.number,
        id=item.id,
        place=written_at(item.place),
        reasons=tuple(map(_finding, item.reasons)),
    )


def _finding(item: Diagnostic) -> answers.Finding:
    zh, en = item.hint_in("zh"), item.hint_in("en")
    return answers.Finding(
        code=item.code,
        severity=item.severity,
        message=answers.Text(zh=item.message_in("zh"), en=item.message_in("en")),
        hint=answers.Text(zh=zh, en=en) if zh is not None and en is not None else None,
        place=place(item.span),
    )
