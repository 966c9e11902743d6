"""The stable JSON form of an assessment (schema version 1).

Names are ids; levels are level ids or null; times are ISO 8601 with an offset; durations
are seconds; numbers are given in the fact's own unit. Unknown times are null.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING, Any

from planengine.assessment.contacts import Reached
from planengine.assessment.decisions import Decision
from planengine.assessment.results import (
    ActionItem,
    Actor,
    Deadline,
    Excluded,
    Held,
    Question,
    Reason,
    ReportItem,
    Way,
)
from planengine.assessment.words import Words
from planengine.diagnostics.diagnostic import Span
from planengine.diagnostics.json import to_json
from planengine.library.document_entities import Basis, Executor
from planengine.library.entity_parts import Label
from planengine.library.statements import Invocation, Statement, said_by
from planengine.rules.conditions import Cell
from planengine.values.sets import ChoiceSet, Number, NumberDomain, ValueSet

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment

SCHEMA_VERSION = 1


def assessment_dict(assessment: Assessment) -> dict[str, Any]:
    """Everything an assessment says, as JSON-ready data."""
    words = Words(assessment.situation.entities, "en", at=assessment.at)
    form = _Form(words)
    return {
        "schema": SCHEMA_VERSION,
        "incident": assessment.incident.id,
        "label": _label(assessment.incident.label),
        "hazards": sorted(assessment.incident.hazards),
        "at": form.time(assessment.at),
        "status": assessment.status,
        "tainted": assessment.tainted,
        "coverage": [
            {
                "hazard": item.hazard,
                "covered": item.covered,
                "judged_by": [
                    {
                        "document": one.document,
                        "label": _label(one.label),
                        "edition": one.edition,
                        "own": one.own,
                    }
                    for one in item.judges
                ],
            }
            for item in assessment.coverage
        ],
        "decisions": [form.decision(item) for item in assessment.decisions],
        "agencies": [
            {
                "agency": item.agency,
                "label": _label(item.label),
                "role": item.role,
                "plans": [{"plan": plan, "role": role} for plan, role in item.plans],
                "duties": list(item.duties),
                "mode": item.mode,
            }
            for item in assessment.agencies
        ],
        "actions": [form.action(item) for item in assessment.actions],
        "resources": [
            {
                "plan": item.plan,
                "resource": item.resource,
                "label": _label(item.label),
                "quantity": item.quantity,
                "held_by": list(item.held_by),
                "at": item.at,
                "mode": item.mode,
            }
            for item in assessment.resources
        ],
        "reports": [form.report(item) for item in assessment.reports],
        "contacts": [form.reached(item) for item in assessment.contacts],
        "ask": [form.question(item) for item in assessment.ask],
        "excluded": [form.excluded(item) for item in assessment.excluded],
        "assumed": [
            {
                "cell": str(item.cell),
                "text": words.cell(item.cell),
                "value": _value(item.value, item.cell),
                "earlier": item.earlier,
            }
            for item in assessment.assumed
        ],
        "may_invoke": [
            {
                "clause": item.clause,
                "kind": item.kind,
                "what": item.what,
                "by": item.by,
                "decision": item.decision,
                "changes": item.changes,
                "level": item.level,
                "area": item.place,
                "place": _place(item.span),
            }
            for item in assessment.may_invoke
        ],
        "conflicts": [
            {
                "kind": item.kind,
                "subject": item.subject,
                "text": item.text.en,
                "statements": [form.statement(one) for one in item.statements],
            }
            for item in assessment.conflicts
        ],
        "outdated": [
            {
                "cell": str(item.cell),
                "text": words.cell(item.cell),
                "statements": [form.statement(one) for one in item.statements],
            }
            for item in assessment.outdated
        ],
        "unread": [
            {
                "fact": item.fact,
                "place": item.place,
                "reason": item.reason,
                "hazards": list(item.hazards),
            }
            for item in assessment.unread
        ],
        "rejected": [
            {
                "number": item.number,
                "id": item.id,
                "place": _place(item.place),
                "reasons": [to_json(reason) for reason in item.reasons],
            }
            for item in assessment.incident.rejected
        ],
        "recheck_at": form.time(assessment.recheck_at),
    }


class _Form:
    def __init__(self, words: Words) -> None:
        self._words = words

    def time(self, at: int | None) -> str | None:
        return None if at is None else self._words.full_time(at)

    def date(self, at: int | None) -> str | None:
        return None if at is None else self._words.full_time(at)[:10]

    def reached(self, item: Reached) -> dict[str, Any]:
        return {
            "kind": item.kind,
            "id": item.id,
            "label": _label(item.label),
            "contacts": [
                {
                    "phone": list(one.phone),
                    "room": one.room,
                    "text": one.text,
                    "as_of": self.date(one.as_of),
                }
                for one in item.contacts
            ],
        }

    def decision(self, item: Decision) -> dict[str, Any]:
        return {
            "id": item.id,
            "plan": item.plan,
            "standard": item.standard,
            "track": item.track,
            "kind": item.purpose,
            "label": _label(item.label),
            "authority": item.authority,
            "area": item.area,
            "edition": item.edition,
            "scale": item.scale,
            "level": item.level,
            "indicated": item.indicated,
            "could_reach": item.could_reach,
            "exact": item.exact,
            "obliged": item.obliged,
            "issued": item.issued,
            "in_force": item.in_force,
            "in_force_since": self.time(item.in_force_since),
            "proposal": item.proposal,
            "verb": item.verb,
            "propose": _executor(item.propose),
            "approve": _executor(item.approve),
            "decided_by": item.decided_by,
            "meanwhile": item.meanwhile,
            "duration": item.duration,
            "measures": list(item.measures),
            "met_at": self.time(item.met_at),
            "why": [self._reason(reason) for reason in item.why],
            "why_eased": [self._held(held) for held in item.why_eased],
            "basis": [_basis(basis) for basis in item.basis],
            "gaps": [
                {"level": gap.level, "basis": [_basis(basis) for basis in gap.basis]}
                for gap in item.gaps
            ],
            "next": [self._way(way) for way in item.next],
            "next_omitted": item.next_omitted,
            "next_fewest": item.next_fewest,
        }

    def excluded(self, item: Excluded) -> dict[str, Any]:
        return {
            "plan": item.plan,
            "area": item.area,
            "instead": item.instead,
            "certainty": item.certainty,
            "text": item.text,
            "place": _place(item.span),
            "basis": [_basis(basis) for basis in item.basis],
            "held": [self._held(held) for held in item.held],
        }

    def _reason(self, item: Reason) -> dict[str, Any]:
        return {
            "kind": item.kind,
            "level": item.level,
            "verb": item.verb,
            "text": item.text,
            "place": _place(item.span),
            "basis": [_basis(basis) for basis in item.basis],
            "held": [self._held(held) for held in item.held],
        }

    def _held(self, item: Held) -> dict[str, Any]:
        return {
            "cell": str(item.cell),
            "text": self._words.cell(item.cell),
            "value": _value(item.value, item.cell),
            "test": _value(item.accepts, item.cell),
            "written": list(item.written),
            "statements": [self.statement(one) for one in item.statements],
            "assumed": item.assumed,
            "estimated": item.estimated,
            "forecast_until": self.time(item.forecast_until),
        }

    def statement(self, item: Statement | Invocation) -> dict[str, Any]:
        return {
            "id": item.stamp.id,
            "at": self.time(item.stamp.at),
            "received": self.time(item.stamp.received),
            "source": said_by(item),
            "kind": item.kind if isinstance(item, Statement) else "act",
            "status": item.stamp.status,
            "place": _place(item.stamp.span),
        }

    def _way(self, item: Way) -> dict[str, Any]:
        return {
            "level": item.level,
            "at": self.time(item.at),
            "needs": [
                {
                    "cell": str(need.cell),
                    "text": self._words.cell(need.cell),
                    "value": _value(need.value, need.cell),
                    "test": _value(need.accepts, need.cell),
                    "missing": _number(need.missing),
                }
                for need in item.needs
            ],
        }

    def deadline(self, item: Deadline | None) -> dict[str, Any] | None:
        if item is None:
            return None
        timing = item.timing
        return {
            "kind": timing.kind,
            "seconds": timing.seconds,
            "of": timing.anchor,
            "repeat": timing.repeat,
            "times": timing.times,
            "until": timing.until,
            "anchor_at": self.time(item.anchor_at),
            "due": self.time(item.due),
            "overdue": item.overdue,
            "at_once": item.at_once,
            "counted_from": self.time(item.counted_from),
            "clock": list(timing.clock),
            "again": self.time(item.again),
            "ended": self.time(item.ended),
        }

    def action(self, item: ActionItem) -> dict[str, Any]:
        return {
            "id": item.id,
            "do": _label(item.do),
            "object": item.object,
            "executor": _executor(item.executors[0].executor) if item.executors else None,
            "executors": [_actor(one) for one in item.executors],
            "bodies": list(item.bodies),
            "mode": item.mode,
            "certainty": item.certainty,
            "verb": item.verb,
            "verb_label": _label(item.verb_label),
            "deadline": self.deadline(item.deadline),
            "after": list(item.after),
            "done_when": item.done_when,
            "done_at": self.time(item.done_at),
            "means": item.means,
            "to": list(item.to),
            "addressees": [_actor(one) for one in item.addressees],
            "approve": [_actor(one) for one in item.approve],
            "plan": item.asked[0].plan,
            "level": item.asked[0].level,
            "asked": [
                {
                    "plan": one.plan,
                    "track": one.track,
                    "area": one.area,
                    "action": one.action,
                    "level": one.level,
                    "verb": one.verb,
                    "certainty": one.certainty,
                    "met": self.time(one.met),
                    "known": self.time(one.known),
                    "deadline": self.deadline(one.deadline),
                    "done": [self.time(time) for time in one.done],
                    "done_at": self.time(one.done_at),
                    "basis": [_basis(basis) for basis in one.basis],
                    "place": _place(one.span),
                }
                for one in item.asked
            ],
        }

    def report(self, item: ReportItem) -> dict[str, Any]:
        return {
            "kind": item.kind,
            "document": item.document,
            "report": item.report,
            "area": item.area,
            "by": list(item.by),
            "sender": _executor(item.senders[0].executor) if item.senders else None,
            "senders": [_actor(one) for one in item.senders],
            "to": list(item.to),
            "addressee": item.to_label,
            "addressees": [_actor(one) for one in item.addressees],
            "level": item.level,
            "deadline": self.deadline(item.deadline),
            "means": item.means,
            "content": list(item.content),
            "governs": item.governs,
            "certainty": item.certainty,
            "verb": item.verb,
            "approve": [_actor(one) for one in item.approve],
            "met": self.time(item.met),
            "known": self.time(item.known),
            "done": [self.time(time) for time in item.done],
            "done_at": self.time(item.done_at),
            "basis": [_basis(basis) for basis in item.basis],
        }

    def question(self, item: Question) -> dict[str, Any]:
        return {
            "cell": str(item.cell),
            "text": self._words.cell(item.cell),
            "value": _value(item.value, item.cell),
            "observed": item.observed,
            "provider": list(item.provider),
            "silent": list(item.silent),
            "could_give": [{"decision": name, "level": level} for name, level in item.could_give],
            "alone": item.alone,
            "forecast_until": self.time(item.forecast_until),
        }


def _label(label: Label) -> dict[str, str]:
    return dict(label.texts)


def _place(span: Span | None) -> dict[str, Any] | None:
    if span is None:
        return None
    place = {"file": span.file, "line": span.line, "column": span.column}
    return {**place, "path": span.path} if span.path else place


def _basis(item: Basis) -> dict[str, Any]:
    return {
        "source": item.source,
        "clause": item.clause,
        "confidence": item.confidence,
        "own_choice": item.own_choice,
        "note": item.note,
    }


def _executor(item: Executor | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "kind": item.kind,
        "id": item.id,
        "alternates": [_executor(other) for other in item.alternates],
        "jointly": item.jointly,
        "note": item.note,
    }


def _actor(item: Actor) -> dict[str, Any]:
    """Who must act: the executor as written, its post if it is one, and the bodies it means."""
    return {
        **(_executor(item.executor) or {}),
        "post": item.post,
        "bodies": list(item.bodies),
        "alternates": [_actor(other) for other in item.others],
    }


def _value(value: ValueSet, cell: Cell) -> dict[str, Any]:
    """A set of values: `{"ranges": [...], "na": …}` of numbers, `{"choices": [...], …}` else."""
    if isinstance(value, ChoiceSet):
        return {"choices": sorted(value.members, key=str), "na": value.na}
    if isinstance(cell.domain, NumberDomain):
        value = cell.domain.told(value)
    ranges = [
        {
            "low": _number(item.low),
            "low_closed": item.low_closed,
            "high": _number(item.high),
            "high_closed": item.high_closed,
        }
        for item in value.intervals
    ]
    return {"ranges": ranges, "na": value.na}


def _number(number: Number | None) -> int | float | None:
    """A number as JSON has it; null for an infinite end and for what is no number."""
    if number is None or (isinstance(number, float) and not isfinite(number)):
        return None
    if isinstance(number, Fraction):
        return int(number) if number.denominator == 1 else float(number)
    return number
