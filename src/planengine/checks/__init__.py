"""What authors did not notice: conditions and duties that are well formed but not meant.

Each check is a pure function of linked entities that yields findings; none is needed to
answer, so they run when a library is checked and not when it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks.causes import with_causes
from planengine.checks.exclusions import exclusions_in_doubt
from planengine.checks.hazards import of_other_hazards
from planengine.checks.levels import closed_at_the_worst, upside_down, with_zero
from planengine.checks.limits import actions_without_limit, anchors_that_never_come
from planengine.checks.rivals import contradicting_plans
from planengine.checks.thresholds import thresholds_of
from planengine.diagnostics import Diagnostic
from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities


def check_entities(entities: Entities) -> Iterator[Diagnostic]:
    """Everything that the checks of this room find in a library, document by document."""
    for standards in entities.standards.values():
        for standard in standards:
            yield from _ruled(standard, entities)
    for plans in entities.plans.values():
        for plan in plans:
            yield from _ruled(plan, entities)
            yield from exclusions_in_doubt(plan, entities.facts)
            yield from actions_without_limit(plan)
    yield from contradicting_plans(entities)


def _ruled(ruled: Standard | Plan, entities: Entities) -> Iterator[Diagnostic]:
    """What is found in a standard and a plan alike."""
    gated = isinstance(ruled, Plan) and ruled.applies_when is not None
    for track in (*ruled.tracks, *ruled.warnings):
        for about, tests in thresholds_of(track, entities).items():
            zero = () if gated else tuple(with_zero(track, about, tests))
            yield from zero
            yield from upside_down(tests, gaps=isinstance(ruled, Plan))
            told = {found.span for found in zero}
            yield from (f for f in closed_at_the_worst(track, about, tests) if f.span not in told)
    yield from anchors_that_never_come(ruled, entities.scales)
    yield from of_other_hazards(ruled, entities)


__all__ = ["check_entities", "with_causes"]
