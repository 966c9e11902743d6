"""Reports, requests and public information that are due: to whom, by when, by what means."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec.structs import replace

from planengine.assessment.applying import applies, weaker
from planengine.assessment.bodies import Bodies
from planengine.assessment.deadlines import deadline, urgency
from planengine.assessment.history import History
from planengine.assessment.results import ReportItem
from planengine.assessment.situation import Situation
from planengine.library.document_entities import Executor, Information, Link, Plan, Report
from planengine.rules.conditions import ALWAYS
from planengine.rules.ruleset import Unit


def report_items(situation: Situation, bodies: Bodies, history: History) -> tuple[ReportItem, ...]:
    """Every report that is due; of several to one body the tightest govern, all are listed."""
    found = [*_of_standards(situation, bodies, history), *_of_plans(situation, bodies, history)]
    found.sort(key=lambda item: urgency(item.deadline))
    tightest: dict[tuple[str, tuple[str, ...]], tuple[int, int]] = {}
    items: list[ReportItem] = []
    for item in found:
        own = urgency(item.deadline)
        first = tightest.setdefault((item.kind, item.to or (item.to_label,)), own)
        items.append(replace(item, governs=own == first))
    return tuple(items)


def _of_standards(situation: Situation, bodies: Bodies, history: History) -> Iterator[ReportItem]:
    seen: set[str] = set()
    for unit in situation.rules.units:
        if unit.purpose != "standard" or unit.document in seen:
            continue
        seen.add(unit.document)
        for order, report in enumerate(situation.outline.document(unit).reports):
            yield from _report(situation, bodies, history, unit.document, report, order, unit, None)


def _of_plans(situation: Situation, bodies: Bodies, history: History) -> Iterator[ReportItem]:
    for key in situation.outline.plans:
        plan = situation.outline.plans[key]
        for order, report in enumerate(plan.reports):
            for unit in situation.outline.responses(key, report.track):
                yield from _report(situation, bodies, history, key, report, order, unit, plan)
        for order, link in enumerate(plan.links):
            if link.kind in {"report", "request"}:
                yield from _link(situation, history, key, plan, link, order)
        for release in plan.information:
            if release.timing is not None:
                yield from _release(situation, bodies, history, key, plan, release)


def _report(
    situation: Situation,
    bodies: Bodies,
    history: History,
    document: str,
    report: Report,
    order: int,
    unit: Unit,
    plan: Plan | None,
) -> Iterator[ReportItem]:
    rank = _rank(situation, unit)
    if report.ranks is not None and rank not in report.ranks:
        return
    item = f"report:{report.id}"
    certainty = situation.certainty(document, item, order, unit.area)
    if plan is not None:
        certainty = weaker(applies(situation, (unit,)), certainty)
    if certainty is None:
        return

    def met() -> int | None:
        if report.on is not None:
            on = situation.condition(document, item, order, "on", unit.area)
            return history.true_since(on or ALWAYS)
        return history.met_since(unit.id, min(report.ranks)) if report.ranks else None

    level = unit.scale.by_rank(rank)
    yield ReportItem(
        kind="report",
        document=document,
        report=report.id,
        by=bodies.resolve(report.by, unit.area, plan),
        sender=report.by[0] if report.by else None,
        to=bodies.resolve(report.to, unit.area, plan),
        to_label=report.to[0].id,
        level=level.id if level else None,
        deadline=deadline(situation, report.timing, document, unit, _lowest(report), met),
        means=report.means,
        content=report.content,
        governs=False,
        certainty=certainty,
        basis=report.basis,
    )


def _rank(situation: Situation, unit: Unit) -> int:
    position = situation.index[unit.id]
    return max(situation.response(unit), situation.issued.get(position, 0))


def _lowest(report: Report) -> int:
    return min(report.ranks) if report.ranks else 1


def _link(
    situation: Situation, history: History, key: str, plan: Plan, link: Link, order: int
) -> Iterator[ReportItem]:
    for unit in situation.outline.responses(key, link.track):
        rank = situation.response(unit)
        if link.rank is not None and rank < link.rank:
            continue
        certainty = weaker(
            applies(situation, (unit,)), situation.certainty(key, "link", order, unit.area)
        )
        if certainty is None or (link.rank is None and link.when is None):
            continue
        level = unit.scale.by_rank(rank)
        target = link.target or ""
        body = plan.office or plan.headquarters
        yield ReportItem(
            kind="request" if link.kind == "request" else "report",
            document=key,
            report=link.id,
            by=(body or plan.jurisdiction,),
            sender=Executor("agency", body) if body is not None else None,
            to=(target,),
            to_label=target,
            level=level.id if level else None,
            deadline=deadline(
                situation, link.timing, key, unit, link.rank or 1, _met(history, unit, link.rank)
            ),
            means=None,
            content=(link.matter,) if link.matter else (),
            governs=False,
            certainty=certainty,
            basis=link.basis,
        )
        return


def _met(history: History, unit: Unit, rank: int | None) -> Callable[[], int | None]:
    return lambda: history.met_since(unit.id, rank or 1)


def _release(
    situation: Situation,
    bodies: Bodies,
    history: History,
    key: str,
    plan: Plan,
    release: Information,
) -> Iterator[ReportItem]:
    unit = next((u for u in situation.outline.responses(key, None) if situation.response(u)), None)
    if unit is None:
        return
    level = unit.scale.by_rank(situation.response(unit))
    yield ReportItem(
        kind="information",
        document=key,
        report=release.id,
        by=bodies.resolve(release.by, unit.area, plan),
        sender=release.by[0] if release.by else None,
        to=(),
        to_label="public",
        level=level.id if level else None,
        deadline=deadline(situation, release.timing, key, unit, 1, _met(history, unit, 1)),
        means=", ".join(release.channels) or None,
        content=(),
        governs=False,
        certainty="certain",
        basis=release.basis,
    )
