"""Which facts were stated of which places, and whether anything of it counts still."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.assessment import Assessment
from planengine.rules.conditions import FactCell


def stated(assessment: Assessment, *, forecasts: bool) -> Iterator[tuple[str, str]]:
    """Each fact and place of this incident's statements, once, in the order of time."""
    journal = assessment.situation.evidence.journal
    seen: dict[tuple[str, str], None] = {}
    for statement in sorted(journal.statements, key=journal.order_of):
        if (statement.kind == "forecast") == forecasts and statement.incident == journal.incident:
            for fact in statement.facts:
                seen[fact, journal.place_of(statement)] = None
    yield from seen


def has_lapsed(fact: str, places: Iterable[str], assessment: Assessment) -> bool:
    """Whether nothing that was said of a fact counts any more."""
    situation = assessment.situation
    domain = situation.entities.facts[fact].domain
    return not any(
        situation.evidence.counted(FactCell(fact, place, domain)).stated for place in places
    )
