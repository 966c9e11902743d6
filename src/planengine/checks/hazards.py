"""Conditions on facts and hazards that have nothing to do with what their document is for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, finding
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.hazards import with_above
from planengine.domain.terms import ChangeTerm, FactTerm, HazardTerm, leaves_in


def of_other_hazards(checked: Checked) -> Iterator[Diagnostic]:
    """`of-other-hazards`: what can only hold in an incident that has another hazard besides."""
    for document in checked.documents:
        yield from _in_document(document, checked.entities)


def _in_document(ruled: Standard | Plan, entities: Entities) -> Iterator[Diagnostic]:
    told: set[object] = set()
    parts = ((track, track.hazards or ruled.hazards) for track in (*ruled.tracks, *ruled.warnings))
    for part, hazards in (*parts, (ruled, ruled.hazards)):
        for term in leaves_in(part):
            of, span = _hazards_of(term, entities), term.origin.span
            if span in told or not of or not hazards or _akin(of, hazards, entities):
                continue
            told.add(span)
            text = term.origin.text
            yield finding("of-other-hazards", span, text=text, of=of, hazards=hazards)


def _hazards_of(term: FactTerm | ChangeTerm | HazardTerm, entities: Entities) -> tuple[str, ...]:
    if isinstance(term, HazardTerm):
        return (term.hazard,)
    return entities.facts[term.fact].hazards


def _akin(these: Sequence[str], those: Sequence[str], entities: Entities) -> bool:
    """Whether one of these hazards is one of those, or above or below one."""
    above = {one: with_above(one, entities.hazards) for one in (*these, *those)}
    return any(a in above[b] or b in above[a] for a in these for b in those)
