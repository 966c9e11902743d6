"""The actions, reports and releases of a document, as a rule set names their conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from planengine.domain.documents import Plan, Standard
from planengine.domain.ids import RuleId
from planengine.domain.statements import DutyKind

_REPORTING = frozenset({"report", "request"})


class DutyItem(Struct, frozen=True):
    """One entry of a document; `name` and `order` are what a rule set calls its conditions.

    `ranks` are those at which it is owed, of the ones that its decision can have; () where no level
    matters. `always`: it asks for no level and has no condition.
    """

    kind: DutyKind
    id: str
    name: str
    order: int
    track: str | None
    ranks: tuple[int, ...]
    rule_id: RuleId
    always: bool


def duty_items(ruled: Plan | Standard, ranks_had: Sequence[int]) -> Iterator[DutyItem]:
    """Every entry of a document that somebody may owe, by the ranks that its decision can have."""

    def among(ranks: Iterable[int]) -> tuple[int, ...]:
        return tuple(sorted({*ranks} & {*ranks_had} - {0}))

    for order, report in enumerate(ruled.reports):
        ranks = among(report.ranks or ())
        always = not ranks and report.on is None and report.when is None
        name = f"report:{report.id}"
        yield DutyItem(
            "report", report.id, name, order, report.track, ranks, report.rule_id, always
        )
    if not isinstance(ruled, Plan):
        return
    for one in ruled.actions:
        ranks = among(one.ranks or ())
        always = not ranks and one.on is None and one.when is None
        yield DutyItem("action", one.id, one.id, one.order, one.track, ranks, one.rule_id, always)
    for order, link in enumerate(ruled.links):
        if link.kind in _REPORTING:
            from_rank = link.rank or 0
            ranks = among(one for one in ranks_had if one >= from_rank) if from_rank else ()
            always = not from_rank and link.when is None
            yield DutyItem(
                "report", link.id, "link", order, link.track, ranks, link.rule_id, always
            )
    for release in ruled.information:
        ranks = among(ranks_had if release.ranks is None else release.ranks)
        name = f"release:{release.id}"
        yield DutyItem(
            "release", release.id, name, release.order, release.track, ranks, release.rule_id, False
        )
