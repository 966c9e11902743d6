"""Which report it is: first, a later one, or the last; and the last ones of what has ended."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.bodies import Bodies
from planengine.assessment.duties.merging import bodies_of
from planengine.assessment.duties.pairing import own_addressees
from planengine.assessment.results import Actor, ReportItem
from planengine.domain.documents import Report
from planengine.domain.statements import DutyDone
from planengine.papers.footing import written_report


class Past(Struct, frozen=True):
    """A report that was made: when, for which document, from whom to whom."""

    at: int
    document: str
    by: str
    to: tuple[str, ...]


class Ended(Struct, frozen=True):
    """That people ended every response of a plan: when, and who."""

    at: int
    by: str | None


def reports_made(assessment: Assessment) -> tuple[Past, ...]:
    """Every report that was said to be made up to the assessed time, for each sender."""
    situation = assessment.situation
    bodies = Bodies(situation)
    found: dict[Past, None] = {}
    for told in situation.evidence.journal.done:
        if told.kind == "report":
            senders, addressees = _parties(told, assessment, bodies)
            times = situation.evidence.done_times("report", told.document, told.item, told.area)
            for by in senders:
                to = bodies_of(own_addressees(addressees, by, situation))
                found.update(dict.fromkeys(Past(at, told.document, by, to) for at in times))
    return tuple(sorted(found, key=lambda one: one.at))


def _parties(
    told: DutyDone, assessment: Assessment, bodies: Bodies
) -> tuple[tuple[str, ...], tuple[Actor, ...]]:
    """From whom to whom a report that was made goes; nobody of one that no document has now."""
    situation = assessment.situation
    found = situation.owed.catalogue.items.get(("report", told.document, told.item), ())
    plan = situation.outline.plans.get(told.document)
    area = told.area or (plan.jurisdiction if plan is not None else situation.entities.home)
    senders = tuple(body for one in found[:1] for body in bodies.resolve(one.by, area, plan))
    return senders, tuple(to for one in found[:1] for to in bodies.actors(one.to, area, plan))


def ended(document: str, assessment: Assessment) -> Ended | None:
    """When people ended the last response of a plan; None of a standard, and while any runs."""
    situation = assessment.situation
    units = situation.outline.responses(document, None)
    journal = situation.evidence.journal
    put = [
        one
        for one in sorted(journal.put_in_force, key=journal.order_of)
        if one.plan == document and journal.time_of(one) <= assessment.at
    ]
    if not put or put[-1].rank or any(situation.in_force(unit) for unit in units):
        return None
    return Ended(journal.time_of(put[-1]), put[-1].by)


def is_final(items: tuple[ReportItem, ...], times: tuple[int, ...], assessment: Assessment) -> bool:
    """Whether a report is the last: its rule says so, or all that it is owed for has ended.

    `times`: when its parties reported before. Who never did owes a first report, however late.
    """
    written = (written_report(assessment, one) for one in items)
    if any(one and isinstance(one.written, Report) and one.written.final for one in written):
        return True
    return bool(times) and all(ended(one.document, assessment) is not None for one in items)


def last_ones(
    assessment: Assessment, made: tuple[Past, ...]
) -> Iterator[tuple[str, tuple[str, ...], Ended]]:
    """Between whom a last report is still to be made, of plans whose response has ended.

    Whoever reported while it ran tells how it ended; once they did, nothing is left to tell.
    """
    over: dict[tuple[str, tuple[str, ...]], Ended | None] = {}
    for one in made:
        end = ended(one.document, assessment)
        known = over.get((one.by, one.to), end)
        later = None if end is None or known is None else max(end, known, key=lambda each: each.at)
        over[one.by, one.to] = later
    for (by, to), end in over.items():
        if end is not None and not any(
            (one.by, one.to) == (by, to) and one.at >= end.at for one in made
        ):
            yield by, to, end
