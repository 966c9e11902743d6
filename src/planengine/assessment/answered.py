"""From an assessment, whose parts are worked out as they are read, to the answer as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

from planengine import answers
from planengine.assessment.contacts import Reached
from planengine.assessment.decisions import Decision
from planengine.assessment.results import (
    ActionItem,
    Actor,
    Asked,
    Coverage,
    Deadline,
    Excluded,
    Held,
    Invocable,
    Question,
    Reason,
    ReportItem,
    Way,
)
from planengine.assessment.situation import Situation
from planengine.assessment.words import Words
from planengine.diagnostics import Span, Text
from planengine.library.document_entities import Executor
from planengine.library.entities import Entities
from planengine.library.entity_parts import Label
from planengine.library.statements import Invocation, Statement, said_by
from planengine.rules.conditions import Cell
from planengine.values.sets import ChoiceSet, Number, ValueSet
from planengine.values.times import local

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment


def answer_of(assessment: Assessment) -> answers.Answer:
    """Everything an assessment says."""
    tell = Teller.of(assessment.situation)
    return answers.Answer(
        schema=answers.SCHEMA_VERSION,
        incident=assessment.incident.id,
        label=_label(assessment.incident.label),
        hazards=tuple(sorted(assessment.incident.hazards)),
        at=tell.time(assessment.at),
        status=assessment.status,
        tainted=assessment.tainted,
        coverage=tuple(map(_coverage, assessment.coverage)),
        decisions=tuple(one.answer for one in assessment.decisions),
        agencies=tuple(
            answers.Agency(
                agency=item.agency,
                label=_label(item.label),
                role=item.role,
                plans=tuple(answers.PlanRole(plan=plan, role=role) for plan, role in item.plans),
                duties=item.duties,
                mode=item.mode,
            )
            for item in assessment.agencies
        ),
        actions=tuple(map(tell.action, assessment.actions)),
        resources=tuple(
            answers.Resource(
                plan=item.plan,
                resource=item.resource,
                label=_label(item.label),
                quantity=item.quantity,
                held_by=item.held_by,
                at=item.at,
                mode=item.mode,
            )
            for item in assessment.resources
        ),
        reports=tuple(map(tell.report, assessment.reports)),
        contacts=tuple(map(tell.contacts, assessment.contacts)),
        ask=tuple(map(tell.question, assessment.ask)),
        excluded=tuple(map(tell.excluded, assessment.excluded)),
        assumed=tuple(
            answers.Assumption(
                cell=str(item.cell),
                text=tell.cell(item.cell),
                value=_values(item.value),
                earlier=item.earlier,
            )
            for item in assessment.assumed
        ),
        may_invoke=tuple(map(_invocable, assessment.may_invoke)),
        conflicts=tuple(
            answers.Conflict(
                kind=item.kind,
                subject=item.subject,
                text=_text(item.text),
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
        recheck_at=tell.moment(assessment.recheck_at),
    )


class Teller:
    """Tells what needs the library's words or its clock."""

    def __init__(self, entities: Entities, at: int, acts: Mapping[str, str]) -> None:
        self._zone = entities.time_zone
        self._zh = Words(entities, "zh", at=at, acts=acts)
        self._en = Words(entities, "en", at=at, acts=acts)

    @classmethod
    def of(cls, situation: Situation) -> Teller:
        """For one incident at one time."""
        acts = {act.clause: act.what for act in situation.rules.acts}
        return cls(situation.entities, situation.evidence.at, acts)

    def time(self, at: int) -> datetime:
        """The time at the offset that the library's time zone then has, in whole minutes."""
        offset = local(at, self._zone).utcoffset() or timedelta(0)
        minutes = round(offset.total_seconds() / 60)
        zone = timezone(timedelta(minutes=minutes)) if minutes else UTC
        return datetime.fromtimestamp(0, zone) + timedelta(seconds=at)

    def moment(self, at: int | None) -> datetime | None:
        return None if at is None else self.time(at)

    def moments(self, times: Iterable[int]) -> tuple[datetime, ...]:
        return tuple(map(self.time, times))

    def cell(self, cell: Cell) -> answers.Text:
        return answers.Text(zh=self._zh.cell(cell), en=self._en.cell(cell))

    def decision(self, item: Decision) -> answers.Decision:
        return answers.Decision(
            id=item.id,
            plan=item.plan,
            standard=item.standard,
            track=item.track,
            kind=item.purpose,
            label=_label(item.label),
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
            in_force_since=self.moment(item.in_force_since),
            proposal=item.proposal,
            verb=item.verb,
            propose=item.propose,
            approve=item.approve,
            decided_by=item.decided_by,
            meanwhile=item.meanwhile,
            duration=item.duration,
            measures=item.measures,
            met_at=self.moment(item.met_at),
            why=tuple(map(self._reason, item.why)),
            why_eased=tuple(map(self._held, item.why_eased)),
            basis=item.basis,
            gaps=item.gaps,
            next=tuple(map(self._way, item.next)),
            next_omitted=item.next_omitted,
            next_fewest=item.next_fewest,
        )

    def _reason(self, item: Reason) -> answers.Reason:
        return answers.Reason(
            kind=item.kind,
            level=item.level,
            verb=item.verb,
            text=item.text,
            place=_place(item.span),
            basis=item.basis,
            held=tuple(map(self._held, item.held)),
        )

    def _held(self, item: Held) -> answers.Held:
        return answers.Held(
            cell=str(item.cell),
            text=self.cell(item.cell),
            value=_values(item.value),
            test=_values(item.accepts),
            written=item.written,
            statements=self.statements(item.statements),
            assumed=item.assumed,
            estimated=item.estimated,
            forecast_until=self.moment(item.forecast_until),
        )

    def statements(self, items: Iterable[Statement | Invocation]) -> tuple[answers.Statement, ...]:
        return tuple(
            answers.Statement(
                id=item.stamp.id,
                at=self.time(item.stamp.at),
                received=self.time(item.stamp.received),
                source=said_by(item),
                kind=item.kind if isinstance(item, Statement) else "act",
                status=item.stamp.status,
                place=_place(item.stamp.span),
            )
            for item in items
        )

    def _way(self, item: Way) -> answers.Way:
        return answers.Way(
            level=item.level,
            at=self.moment(item.at),
            needs=tuple(
                answers.Need(
                    cell=str(need.cell),
                    text=self.cell(need.cell),
                    value=_values(need.value),
                    test=_values(need.accepts),
                    missing=None if need.missing is None else _number(need.missing),
                )
                for need in item.needs
            ),
        )

    def excluded(self, item: Excluded) -> answers.Excluded:
        return answers.Excluded(
            plan=item.plan,
            area=item.area,
            instead=item.instead,
            certainty=item.certainty,
            text=item.text,
            place=_place(item.span),
            basis=item.basis,
            held=tuple(map(self._held, item.held)),
        )

    def contacts(self, item: Reached) -> answers.Contacts:
        return answers.Contacts(
            kind=item.kind,
            id=item.id,
            label=_label(item.label),
            contacts=tuple(
                answers.Contact(
                    phone=one.phone,
                    room=one.room,
                    text=one.text,
                    as_of=None if one.as_of is None else local(one.as_of, self._zone).date(),
                )
                for one in item.contacts
            ),
        )

    def _deadline(self, item: Deadline | None) -> answers.Deadline | None:
        if item is None:
            return None
        timing = item.timing
        return answers.Deadline(
            kind=timing.kind,
            seconds=timing.seconds,
            of=timing.anchor,
            repeat=timing.repeat,
            times=timing.times,
            until=timing.until,
            anchor_at=self.moment(item.anchor_at),
            due=self.moment(item.due),
            overdue=item.overdue,
            at_once=item.at_once,
            counted_from=self.moment(item.counted_from),
            clock=timing.clock,
            again=self.moment(item.again),
            ended=self.moment(item.ended),
        )

    def action(self, item: ActionItem) -> answers.Action:
        first = item.asked[0]
        return answers.Action(
            id=item.id,
            do=_label(item.do),
            object=item.object,
            executor=_first(item.executors),
            executors=_actors(item.executors),
            bodies=item.bodies,
            mode=item.mode,
            certainty=item.certainty,
            verb=item.verb,
            verb_label=_label(item.verb_label),
            deadline=self._deadline(item.deadline),
            after=item.after,
            done_when=item.done_when,
            done_at=self.moment(item.done_at),
            means=item.means,
            to=item.to,
            addressees=_actors(item.addressees),
            approve=_actors(item.approve),
            plan=first.plan,
            level=first.level,
            asked=tuple(map(self._asked, item.asked)),
        )

    def _asked(self, item: Asked) -> answers.Asked:
        return answers.Asked(
            plan=item.plan,
            track=item.track,
            area=item.area,
            action=item.action,
            level=item.level,
            verb=item.verb,
            certainty=item.certainty,
            met=self.moment(item.met),
            known=self.moment(item.known),
            deadline=self._deadline(item.deadline),
            done=self.moments(item.done),
            done_at=self.moment(item.done_at),
            basis=item.basis,
            place=_place(item.span),
        )

    def report(self, item: ReportItem) -> answers.Report:
        return answers.Report(
            kind=item.kind,
            document=item.document,
            report=item.report,
            area=item.area,
            by=item.by,
            sender=_first(item.senders),
            senders=_actors(item.senders),
            to=item.to,
            addressee=item.to_label,
            addressees=_actors(item.addressees),
            level=item.level,
            deadline=self._deadline(item.deadline),
            means=item.means,
            content=item.content,
            governs=item.governs,
            certainty=item.certainty,
            verb=item.verb,
            approve=_actors(item.approve),
            met=self.moment(item.met),
            known=self.moment(item.known),
            done=self.moments(item.done),
            done_at=self.moment(item.done_at),
            basis=item.basis,
        )

    def question(self, item: Question) -> answers.Question:
        return answers.Question(
            cell=str(item.cell),
            text=self.cell(item.cell),
            value=_values(item.value),
            observed=item.observed,
            provider=item.provider,
            silent=item.silent,
            could_give=tuple(
                answers.Possible(decision=name, level=level) for name, level in item.could_give
            ),
            alone=item.alone,
            forecast_until=self.moment(item.forecast_until),
        )


def _coverage(item: Coverage) -> answers.Coverage:
    return answers.Coverage(
        hazard=item.hazard,
        covered=item.covered,
        judged_by=tuple(
            answers.Judge(
                document=one.document, label=_label(one.label), edition=one.edition, own=one.own
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
        decision=item.decision,
        changes=item.changes,
        level=item.level,
        area=item.place,
        place=_place(item.span),
    )


def _label(label: Label) -> dict[str, str]:
    return dict(label.texts)


def _text(text: Text) -> answers.Text:
    return answers.Text(zh=text.zh, en=text.en)


def _place(span: Span | None) -> answers.Place | None:
    if span is None:
        return None
    return answers.Place(file=span.file, line=span.line, column=span.column)


def _first(actors: tuple[Actor, ...]) -> Executor | None:
    return actors[0].executor if actors else None


def _actors(items: Iterable[Actor]) -> tuple[answers.Actor, ...]:
    return tuple(
        answers.Actor(
            kind=item.executor.kind,
            id=item.executor.id,
            alternates=_actors(item.others),
            jointly=item.executor.jointly,
            note=item.executor.note,
            post=item.post,
            bodies=item.bodies,
        )
        for item in items
    )


def _values(value: ValueSet) -> answers.Values:
    if isinstance(value, ChoiceSet):
        return answers.Values(choices=tuple(sorted(value.members, key=str)), na=value.na)
    return answers.Values(
        ranges=tuple(
            answers.Range(
                low=_number(item.low),
                low_closed=item.low_closed,
                high=_number(item.high),
                high_closed=item.high_closed,
            )
            for item in value.intervals
        ),
        na=value.na,
    )


def _number(number: Number) -> int | float | None:
    """A number as JSON has it; None for an end that there is not."""
    if isinstance(number, float) and not isfinite(number):
        return None
    if isinstance(number, Fraction):
        return int(number) if number.denominator == 1 else float(number)
    return number
