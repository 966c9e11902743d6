"""The rank of a decision that people gave, issued or in force."""

from __future__ import annotations

from planengine.domain.statements import PutInForce
from planengine.evidence.evidence import Evidence
from planengine.rules.ruleset import Unit
from planengine.values.sets import Interval, NumberSet


def issued_rank(evidence: Evidence, unit: Unit) -> int | None:
    """The rank of a warning or grade that people have issued; None where they have not."""
    return evidence.issued(unit.scale.id, unit.document, unit.area, unit.track)


def running(evidence: Evidence, unit: Unit) -> PutInForce | None:
    """What people put in force last; None where nothing is in force."""
    if unit.purpose != "level":
        return None
    decided = evidence.people.decisions(unit.document, unit.track, unit.area)
    return decided[-1] if decided and decided[-1].rank else None


def rank_in_force(evidence: Evidence, unit: Unit) -> int:
    """The rank that people have put in force; 0 for none."""
    found = running(evidence, unit)
    return found.rank if found is not None else 0


def between(level: int, could_reach: int) -> NumberSet:
    """A decision as the ranks it may have, for those that read it (SEMANTICS 21)."""
    return NumberSet((Interval(level, could_reach),))
