"""What actions, reports, links and exclusions ask, wherever their document is decided."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.domain.documents import Plan, Standard
from planengine.domain.terms import Term
from planengine.rules.instances import Instance
from planengine.rules.ruleset import APPLIES, EXCLUSION, ConditionKey, Part

_REPORTING = frozenset({"report", "request"})


class _Item(Struct, frozen=True):
    """One condition; `track` is the only track whose decisions it belongs to, None for all.

    `rank` is the mildest level at which the item is asked for.
    """

    track: str | None
    name: str
    order: int
    part: Part
    term: Term
    rank: int


def terms_of(instance: Instance, home: str) -> Iterator[tuple[ConditionKey, Term, int]]:
    """What the items of a document ask for the place of one decision.

    The key of each, what it asks, and the mildest level at which it is asked.
    """
    area = _area(instance, home)
    for item in _items(instance.ruled):
        if item.track is None or item.track == instance.track.id:
            key = ConditionKey(instance.document, item.name, item.order, item.part, area)
            yield key, item.term, item.rank


def applies_key(instance: Instance, home: str) -> ConditionKey:
    """Where a rule set keeps when a plan applies to the place of a decision."""
    return ConditionKey(instance.document, APPLIES, 0, "when", _area(instance, home))


def _area(instance: Instance, home: str) -> str | None:
    """The place that a key names: none for the area that the document as a whole is about."""
    ruled = instance.ruled
    own = home if isinstance(ruled, Standard) else ruled.jurisdiction
    return None if instance.area == own else instance.area


def _items(ruled: Standard | Plan) -> Iterator[_Item]:
    """The `on` and `when` of a document's actions, reports, reporting links and exclusions."""
    written: list[tuple[str | None, str, int, Part, Term | None, int]] = []
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            rank = min(action.ranks or (1,))
            written.append((action.track, action.id, action.order, "on", action.on, rank))
            written.append((action.track, action.id, action.order, "when", action.when, rank))
        for order, link in enumerate(ruled.links):
            if link.kind in _REPORTING:
                written.append((link.track, "link", order, "when", link.when, link.rank or 1))
        for release in ruled.information:
            name, rank = f"release:{release.id}", min(release.ranks or (1,))
            written.append((release.track, name, release.order, "when", release.when, rank))
        for order, exclusion in enumerate(ruled.exclusions):
            written.append((None, EXCLUSION, order, "when", exclusion.when, 1))
    for order, report in enumerate(ruled.reports):
        rank, name = min(report.ranks or (1,)), f"report:{report.id}"
        written.append((report.track, name, order, "on", report.on, rank))
        written.append((report.track, name, order, "when", report.when, rank))
    for track, name, order, part, term, rank in written:
        if term is not None:
            yield _Item(track, name, order, part, term, rank)
