"""The reports, requests and releases that are owed: to whom, by when, by what means."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Literal

from msgspec.structs import replace

from planengine.assessment.bodies import Bodies
from planengine.assessment.duties.duties import Duties, Duty
from planengine.assessment.duties.limits import is_repeated
from planengine.assessment.duties.merging import Bound, Stated, grouped, stated, turn
from planengine.assessment.duties.pairing import pairs_of
from planengine.assessment.results import ReportItem
from planengine.domain.documents import Information, Link, Plan, Report

PUBLIC = "public"


def report_items(bodies: Bodies, duties: Duties) -> tuple[ReportItem, ...]:
    """Every report that is owed now, most urgent first; the tightest of those to a body governs.

    Those of several documents are listed each, but a report made by the same bodies to the same
    bodies of the same content counts for all. What one document asks for several places and comes
    to the same bodies is listed once; a body owes none to itself (a municipality's, which does
    the province's part and the city's).
    """
    groups = grouped(bodies, filter(_is_told, duties.all), _work)
    past = grouped(bodies, filter(_is_told, duties.past), _work)
    found = [
        one for work, group in groups.items() for one in stated(duties, group, past.get(work, ()))
    ]
    found.sort(key=lambda one: (one.urgency, _name(one)))
    rows: dict[tuple[object, ...], tuple[Stated, ReportItem]] = {}
    for one in found:
        item = _carried(bodies, one)
        receipts = duties.receipts((one.duty,))
        if receipts:
            item = replace(item, acknowledged=receipts)
        if len(set(item.by)) == 1 and set(item.by) == set(item.to):
            continue
        rows.setdefault((item.kind, item.document, item.report, item.by, item.to), (one, item))
    tightest: dict[tuple[object, ...], tuple[int, int, int]] = {}
    items: list[tuple[tuple[int, int, int], ReportItem]] = []
    for one, item in rows.values():
        addressee = item.kind, frozenset(item.to) or item.to_label
        governs = tightest.setdefault(addressee, one.urgency) == one.urgency
        first = turn(item.certainty, item.deadline, is_met=one.is_met)
        items.append((first, _governing(bodies, one, item) if governs else item))
    return tuple(item for _, item in sorted(items, key=lambda pair: pair[0]))


def _carried(bodies: Bodies, one: Stated) -> ReportItem:
    """A row, as it was before where the same stands the same; see who governs apart."""
    return bodies.carried(("report", *_key(one)), one, lambda: _row(bodies, one))


def _governing(bodies: Bodies, one: Stated, item: ReportItem) -> ReportItem:
    key = "governs", *_key(one)
    return bodies.carried(key, (item,), lambda: replace(item, governs=True))


def _key(one: Stated) -> tuple[Hashable, ...]:
    return one.duty.place, one.duty.item.id, one.duty.item.order


def _is_told(duty: Duty) -> bool:
    return duty.item.kind != "action"


def _work(bound: Bound) -> Hashable:
    """What several documents may ask alike: the same content, once or again and again."""
    item, written = bound.duty.item, bound.duty.item.written
    if not bound.by.actors or not bound.to.actors:
        return item.name, bound.duty.place
    what = written.content if isinstance(written, Report) else _matter(written)
    place = bound.duty.place.area
    return item.kind, place, *bound.parties, what, is_repeated(item.timing)


def _matter(written: object) -> tuple[str, ...]:
    return (written.matter,) if isinstance(written, Link) and written.matter else ()


def _row(bodies: Bodies, one: Stated) -> ReportItem:
    duty, item = one.duty, one.duty.item
    written = item.written
    plan = duty.document if isinstance(duty.document, Plan) else None
    level = duty.unit.scale.by_rank(duty.rank)
    means: str | None = None
    content: tuple[str, ...] = ()
    kind: Literal["report", "request", "information"] = "report"
    approve = None
    if isinstance(written, Report):
        means, content = written.means, written.content
    elif isinstance(written, Link):
        content = _matter(written)
        kind = "request" if written.kind == "request" else "report"
    elif isinstance(written, Information):
        means = ", ".join(written.channels) or None
        kind, approve = "information", written.approve
    label = item.to[0].id if item.to else PUBLIC
    return ReportItem(
        kind=kind,
        document=item.document,
        report=item.id,
        area=duty.place.area,
        senders=one.bound.by.actors,
        by=one.bound.by.bodies,
        addressees=one.bound.to.actors,
        to=one.bound.to.bodies,
        pairs=pairs_of(one.bound.by.bodies, one.bound.to.actors, bodies.situation),
        to_label=label,
        level=level.id if level is not None else None,
        deadline=one.deadline,
        means=means,
        content=content,
        governs=False,
        certainty=duty.certainty,
        verb=item.verb,
        approve=() if approve is None else bodies.actors((approve,), duty.place.area, plan),
        met=duty.met,
        known=duty.known,
        done=one.done,
        done_at=one.done_at,
        basis=item.basis,
        rule=item.written.rule_id,
    )


def _name(one: Stated) -> tuple[str, str, str, int]:
    item = one.duty.item
    return item.document, item.id, str(one.duty.place.unit), item.order
