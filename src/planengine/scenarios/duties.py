"""The actions, reports and releases of a document, as a rule set names their conditions."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.diagnostics import Span
from planengine.domain.documents import Plan, Standard
from planengine.domain.statements import DutyKind

_REPORTING = frozenset({"report", "request"})


class DutyItem(Struct, frozen=True):
    """One entry of a document; `name` and `order` are what a rule set calls its conditions."""

    kind: DutyKind
    id: str
    name: str
    order: int
    track: str | None
    ranks: tuple[int, ...]  # the levels at which it is owed; () where no level matters
    span: Span | None


def duty_items(ruled: Plan | Standard) -> Iterator[DutyItem]:
    """Every entry of a document that somebody may owe."""
    for order, report in enumerate(ruled.reports):
        ranks = tuple(sorted(report.ranks or ()))
        name = f"report:{report.id}"
        yield DutyItem("report", report.id, name, order, report.track, ranks, report.span)
    if not isinstance(ruled, Plan):
        return
    for action in ruled.actions:
        ranks = tuple(sorted(action.ranks or ()))
        yield DutyItem(
            "action", action.id, action.id, action.order, action.track, ranks, action.span
        )
    for order, link in enumerate(ruled.links):
        if link.kind in _REPORTING:
            ranks = () if link.rank is None else (link.rank,)
            yield DutyItem("report", link.id, "link", order, link.track, ranks, link.span)
    for one in ruled.information:
        ranks = tuple(sorted(one.ranks or (1,)))
        name = f"release:{one.id}"
        yield DutyItem("release", one.id, name, one.order, one.track, ranks, one.span)
