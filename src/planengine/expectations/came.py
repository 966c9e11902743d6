"""What an assessment says of one expected thing, and whether that is what was expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import ActionItem, Actor, Asked, Deadline, ReportItem
from planengine.domain.documents import Executor
from planengine.expectations.refs import (
    NOT_JUDGED,
    AgencyRef,
    DecisionRef,
    DutyRef,
    Expectation,
    FactAt,
    ListRef,
    Value,
)

_SURE = ("certain", "indicated", "possible")
_STATES = {"certain": "owed", "indicated": "indicated", "possible": "possible"}
_EVERY_WANTED = frozenset({"propose", "approve", "by", "to", "has"})


class Came(Struct, frozen=True):
    """What an assessment says, and whether it is as expected; `several` places have a decision."""

    values: tuple[Value, ...]
    held: bool
    several: tuple[str, ...] = ()


def came(assessment: Assessment, one: Expectation) -> Came:
    """What an assessment says of an expectation."""
    match one.about:
        case DecisionRef():
            found = decisions_meant(assessment, one.about)
            if len(found) > 1:
                return Came((), False, tuple(decision.area for decision in found))
            values = _of_decision(assessment, found[0] if found else None, one.aspect)
        case DutyRef():
            values = _of_duty(assessment, one.about, one.aspect)
        case AgencyRef(agency=agency):
            values = _of_agency(assessment, agency, one.aspect)
        case _:
            values = _of_list(assessment, one.about)
    return Came(values, _holds(one, values))


def decisions_meant(assessment: Assessment, about: DecisionRef) -> tuple[Decision, ...]:
    """The decisions that a test names: one, none where nothing brings it in, or several."""
    every = [
        one
        for one in assessment.decisions
        if one.scale == about.scale
        and about.document in {one.plan, one.standard}
        and about.track in {None, one.track}
    ]
    place = about.place or assessment.situation.entities.home
    here = [one for one in every if one.area == place]
    return tuple(here if here or about.place is not None else every)


def _holds(one: Expectation, values: tuple[Value, ...]) -> bool:
    if isinstance(one.about, ListRef):
        if one.aspect == "only":
            return {_as_asked(value, one.wanted) for value in values} == set(one.wanted)
        has = any(_as_asked(value, one.wanted) in one.wanted for value in values)
        return has == (one.aspect == "has")
    if one.aspect in _EVERY_WANTED:
        return set(one.wanted) <= set(values)
    return any(value in one.wanted for value in values)


def _as_asked(value: Value, wanted: tuple[Value, ...]) -> Value:
    """A fact at a place as it was asked for: with its place, or without."""
    if isinstance(value, FactAt) and value not in wanted:
        return FactAt(value.fact)
    return value


# Decisions


def _of_decision(
    assessment: Assessment, decision: Decision | None, aspect: str
) -> tuple[Value, ...]:
    if decision is None:
        return (NOT_JUDGED,)
    scale = assessment.situation.entities.scales[decision.scale]
    match aspect:
        case "exact":
            return (decision.exact,)
        case "proposal":
            return (decision.proposal,)
        case "verb":
            return (decision.verb,) if decision.verb is not None else ()
        case "propose" | "approve":
            return tuple(_ids(getattr(decision, aspect)))
        case _:
            level = getattr(decision, aspect.replace("-", "_"))
            return (0 if level is None else scale.rank(level),)


def _ids(executor: Executor | None) -> Iterator[str]:
    if executor is not None:
        yield executor.id
        for other in executor.alternates:
            yield from _ids(other)


# Duties


class _Row(Struct, frozen=True):
    """A duty as one document asks for it."""

    certainty: str
    done: bool
    deadline: Deadline | None
    verb: str | None
    by: tuple[Actor, ...]
    to: tuple[Actor, ...]


def _of_duty(assessment: Assessment, about: DutyRef, aspect: str) -> tuple[Value, ...]:
    rows = sorted(_rows(assessment, about), key=lambda row: _SURE.index(row.certainty))
    match aspect:
        case "state":
            return (_STATES[rows[0].certainty],) if rows else ("not-owed",)
        case "done":
            return (all(row.done for row in rows),) if rows else ()
        case "by" | "to":
            return tuple(_bodies(actor for row in rows for actor in getattr(row, aspect)))
        case "verb":
            return tuple(dict.fromkeys(row.verb for row in rows if row.verb is not None))
    deadlines = [row.deadline for row in rows if row.deadline is not None]
    match aspect:
        case "due":
            return tuple(dict.fromkeys(one.due for one in deadlines if one.due is not None))
        case "within":
            return tuple(dict.fromkeys(one.timing.seconds for one in deadlines))
        case "overdue":
            return (any(one.overdue for one in deadlines),) if rows else ()
        case _:
            return (any(one.at_once for one in deadlines),) if rows else ()


def _rows(assessment: Assessment, about: DutyRef) -> Iterator[_Row]:
    if about.kind == "action":
        for item in assessment.actions:
            for asked in item.asked:
                if (asked.plan, asked.action) == (about.document, about.item) and about.place in {
                    None,
                    asked.area,
                }:
                    yield _action(item, asked)
        return
    for report in assessment.reports:
        is_release = report.kind == "information"
        same = (report.document, report.report) == (about.document, about.item)
        if same and is_release == (about.kind == "release") and about.place in {None, report.area}:
            yield _report(report)


def _action(item: ActionItem, asked: Asked) -> _Row:
    done = asked.done_at is not None
    to = item.addressees
    return _Row(asked.certainty, done, asked.deadline, asked.verb, item.executors, to)


def _report(item: ReportItem) -> _Row:
    done = item.done_at is not None
    return _Row(item.certainty, done, item.deadline, item.verb, item.senders, item.addressees)


def _bodies(actors: Iterable[Actor]) -> dict[str, None]:
    """The bodies and posts that actors mean, those instead of them too."""
    found: dict[str, None] = {}
    for actor in actors:
        found[actor.executor.id] = None
        found.update(dict.fromkeys(actor.bodies))
        found.update(_bodies(actor.others))
    return found


# The rest


def _of_agency(assessment: Assessment, agency: str, aspect: str) -> tuple[Value, ...]:
    found = next((one for one in assessment.agencies if one.agency == agency), None)
    if found is None:
        return ("none",) if aspect == "role" else ()
    return (found.role,) if aspect == "role" else (found.mode,)


def _of_list(assessment: Assessment, about: ListRef) -> tuple[Value, ...]:
    match about.name:
        case "findings":
            return tuple(dict.fromkeys(one.kind for one in assessment.conflicts))
        case "may-invoke":
            return tuple(dict.fromkeys(one.clause for one in assessment.may_invoke))
        case _:
            cells = (one.cell for one in assessment.ask)
            facts = (
                FactAt(fact, getattr(cell, "place", ""))
                for cell in cells
                if (fact := getattr(cell, "fact", None)) is not None
            )
            return tuple(dict.fromkeys(facts))
