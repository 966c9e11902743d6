"""Reports: to whom, and by when the law asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from msgspec import Struct

from planengine.checks.bodies import is_above
from planengine.checks.checked import Checked
from planengine.checks.required import asked_of, bases_shown, shown
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.citations import clauses_in
from planengine.domain.documents import Basis, Executor, Link, Plan, Report, Standard, Timing
from planengine.domain.hazards import are_related, with_above
from planengine.domain.terms import AllOf, AnyOf, HazardTerm, NotOf, Term
from planengine.values.durations import format_duration

LAW = Text("what the law asks", "法定要求")


def reports_to_oneself(checked: Checked) -> Iterator[Diagnostic]:
    """`report-to-oneself`: a report whose sender is among those to whom it goes."""
    for document in checked.documents:
        for report in document.reports:
            both = {_key(one) for one in report.by} & {_key(one) for one in report.to}
            if both:
                yield finding("report-to-oneself", report.span, name=min(both)[1])
        if isinstance(document, Plan):
            own = {body for body in (document.headquarters, document.office) if body is not None}
            for link in document.links:
                if link.kind in ("report", "request") and link.target in own:
                    yield finding("report-to-oneself", link.span, name=link.target or "")


def _key(who: Executor) -> tuple[str, str]:
    return who.kind, who.id


def no_report_upward(checked: Checked) -> Iterator[Diagnostic]:
    """`no-report-upward`: a plan of a kind that must report to those above, and does not."""
    for plan in checked.plans:
        asked = asked_of(plan, "report-upward", checked)
        registry = checked.registry(plan)
        if asked is None or not registry.ancestors(plan.jurisdiction):
            continue
        for track in plan.tracks:
            if track.per is not None or not (track.rules or track.mapping):
                continue
            told = [one for one in plan.reports if one.track in (None, track.id)]
            linked = [one for one in plan.links if one.track in (None, track.id)]
            if not _goes_up(told, linked, plan, checked):
                yield finding(
                    "no-report-upward",
                    track.span or plan.span,
                    name=track.id or plan.id,
                    basis=shown(asked, checked),
                )


def _goes_up(
    reports: Sequence[Report], links: Sequence[Link], plan: Plan, checked: Checked
) -> bool:
    registry = checked.registry(plan)
    for report in reports:
        for body in checked.bodies(report.to, plan):
            if is_above(body, plan.jurisdiction, registry):
                return True
    targets = (link.target for link in links if link.kind == "report" and link.target is not None)
    return any(is_above(body, plan.jurisdiction, registry) for body in targets)


class _Limit(Struct, frozen=True):
    """By when the law, or a plan above, wants a report from one body to another."""

    report: Report
    document: Standard | Plan
    seconds: int


def limits_looser_than_law(checked: Checked) -> Iterator[Diagnostic]:
    """`report-looser`: a plan gives more time for a report than any law does for the same one.

    The same is: from this body to this body, for a hazard of the plan, once, whatever else has
    happened, and of the event as the law's is (a report of a start is another one); or one that
    cites the law's clause. The law's limits differ by grade; only what is longer than all of
    them is surely too long.
    """
    by_area: dict[str | None, list[Standard | Plan]] = {}
    for document in checked.documents:
        area = document.jurisdiction if isinstance(document, Plan) else None
        by_area.setdefault(area, []).append(document)
    for plan in checked.plans:
        around = (None, plan.jurisdiction, *checked.registry(plan).ancestors(plan.jurisdiction))
        near = (document for area in around for document in by_area.get(area, ()))
        limits = tuple(_legal(plan, near, checked))
        for report in plan.reports:
            timing = report.timing
            if not is_single(timing):
                continue
            matching = [one for one in limits if _is_same(report, one, plan, checked)]
            cited = _cites(report, limits)
            alike = [one for one in matching or cited if _is_later(timing, one.report.timing)]
            loosest = max(alike, key=lambda one: one.seconds, default=None)
            if loosest is not None and timing.seconds > loosest.seconds:
                span = loosest.report.span
                yield finding(
                    "report-looser",
                    report.span,
                    related=((LAW, span),) if span is not None else (),
                    name=report.id,
                    limit=format_duration(timing.seconds),
                    law=format_duration(loosest.seconds),
                    basis=bases_shown(loosest.report.basis or loosest.document.basis, checked),
                )


def is_single(timing: Timing | None) -> TypeGuard[Timing]:
    """Whether a limit is for one report: within so long, and not again and again."""
    return timing is not None and timing.kind == "within" and timing.repeat is None


def _legal(plan: Plan, documents: Iterable[Standard | Plan], checked: Checked) -> Iterator[_Limit]:
    """The limits of single reports in the standards and the plans above a plan, in force with it.

    Above it is a plan for hazards above all of its own, and one of an area around its own.
    """
    at = checked.beginning(plan)
    for document in documents:
        if document.edition.period.contains(at) and _binds(document, plan, checked):
            for report in document.reports:
                if is_single(report.timing):
                    yield _Limit(report, document, report.timing.seconds)


def _binds(document: Standard | Plan, plan: Plan, checked: Checked) -> bool:
    hazards = checked.entities.hazards
    if not are_related(document.hazards, plan.hazards, hazards):
        return False
    if isinstance(document, Standard):
        return True
    if document.jurisdiction != plan.jurisdiction:
        return True  # of an area around
    above = {up for hazard in plan.hazards for up in with_above(hazard, hazards)[1:]}
    return bool(above & set(document.hazards)) and not set(document.hazards) & set(plan.hazards)


def _is_later(timing: Timing, law: Timing | None) -> bool:
    """Whether a limit counts from the same moment as another one, or surely from a later one."""
    if law is None or timing.anchor == law.anchor:
        return law is not None
    return law.meaning == "occurrence" and timing.meaning in ("receipt", "met")


def is_plain(report: Report) -> bool:
    """Whether a report is due by its levels alone, or these for some hazards only."""
    return report.on is None and (report.when is None or is_of_hazards(report.when))


def is_of_hazards(term: Term) -> bool:
    """Whether a condition asks about hazards and nothing else."""
    match term:
        case HazardTerm():
            return True
        case AllOf() | AnyOf():
            return all(is_of_hazards(part) for part in term.of)
        case NotOf():
            return is_of_hazards(term.of)
        case _:
            return False


def _is_same(report: Report, limit: _Limit, plan: Plan, checked: Checked) -> bool:
    law = limit.report
    if not is_plain(law):
        return False
    ours = frozenset(checked.bodies(report.by, plan))
    if not ours & frozenset(checked.bodies(law.by, limit.document)):
        return False
    to = frozenset(checked.bodies(report.to, plan))
    return bool(to & frozenset(checked.bodies(law.to, limit.document)))


def _cites(report: Report, limits: Sequence[_Limit]) -> list[_Limit]:
    """The limits of the clauses that a report itself says it rests on."""
    mine = _clauses(one for one in report.basis if not one.own_choice)
    return [limit for limit in limits if mine & _clauses(limit.report.basis)]


def _clauses(bases: Iterable[Basis]) -> frozenset[tuple[str, str]]:
    """Each clause that bases name: 第八条、第九条 are two."""
    return frozenset(
        (basis.source, clause)
        for basis in bases
        for clause in clauses_in(basis.clause or "")
        if clause
    )
