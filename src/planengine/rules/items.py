"""What actions, reports, links and exclusions ask, wherever their document is decided."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from planengine.library.document_entities import Plan, Standard
from planengine.library.terms import Term
from planengine.rules.instances import Instance
from planengine.rules.ruleset import APPLIES, EXCLUSION, Part, condition_key

_REPORTING = frozenset({"report", "request"})


class _Item(Struct, frozen=True):
    """One condition; `track` is the only track whose decisions it belongs to, None for all."""

    track: str | None
    name: str
    order: int
    part: Part
    term: Term


def terms_of(instance: Instance, home: str) -> Iterator[tuple[str, Term]]:
    """What the items of a document ask for the place of one decision, with the key of each."""
    area = _area(instance, home)
    for item in _items(instance.ruled):
        if item.track is None or item.track == instance.track.id:
            key = condition_key(instance.document, item.name, item.order, item.part, area)
            yield key, item.term


def applies_key(instance: Instance, home: str) -> str:
    """Where a rule set keeps when a plan applies to the place of a decision."""
    return condition_key(instance.document, APPLIES, 0, "when", _area(instance, home))


def _area(instance: Instance, home: str) -> str | None:
    """The place that a key names: none for the area that the document as a whole is about."""
    ruled = instance.ruled
    own = home if isinstance(ruled, Standard) else ruled.jurisdiction
    return None if instance.area == own else instance.area


def _items(ruled: Standard | Plan) -> Iterator[_Item]:
    """The `on` and `when` of a document's actions, reports, reporting links and exclusions."""
    written: list[tuple[str | None, str, int, Part, Term | None]] = []
    if isinstance(ruled, Plan):
        for action in ruled.actions:
            written.append((action.track, action.id, action.order, "on", action.on))
            written.append((action.track, action.id, action.order, "when", action.when))
        for order, link in enumerate(ruled.links):
            if link.kind in _REPORTING:
                written.append((link.track, "link", order, "when", link.when))
        for release in ruled.information:
            name = f"release:{release.id}"
            written.append((release.track, name, release.order, "when", release.when))
        for order, exclusion in enumerate(ruled.exclusions):
            written.append((None, EXCLUSION, order, "when", exclusion.when))
    for order, report in enumerate(ruled.reports):
        written.append((report.track, f"report:{report.id}", order, "on", report.on))
        written.append((report.track, f"report:{report.id}", order, "when", report.when))
    for track, name, order, part, term in written:
        if term is not None:
            yield _Item(track, name, order, part, term)
