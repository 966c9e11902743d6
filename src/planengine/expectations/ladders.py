"""The levels that a decision can have: a scale may have more than a document gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from planengine.domain.documents import Plan, Standard
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.rules.ruleset import RuleSet

Ladder: TypeAlias = Callable[[UnitKey], Sequence[int]]
"""The ranks that a decision can have, 0 for none; () of what is no document's."""


def ladder_of(rules: RuleSet, entities: Entities) -> Ladder:
    """The ranks that decisions can have by the editions of a rule set, else by the last."""
    period = rules.period
    at = period.since if period.since is not None else (period.until or 1) - 1

    def ranks(decision: UnitKey) -> tuple[int, ...]:
        editions: tuple[Plan | Standard, ...] = (
            entities.standards.get(decision.document) or entities.plans.get(decision.document) or ()
        )
        if not editions:
            return ()
        in_force = (one for one in reversed(editions) if one.edition.period.contains(at))
        return _ranks(next(in_force, editions[-1]), decision, entities)

    return ranks


def milder(ranks: Sequence[int], rank: int) -> int:
    """The next milder of the ranks that a decision can have.

    >>> milder((0, 2, 3, 4), 3), milder((0, 2, 3, 4), 2)
    (2, 0)
    """
    return max((one for one in ranks if one < rank), default=0)


def _ranks(ruled: Plan | Standard, decision: UnitKey, entities: Entities) -> tuple[int, ...]:
    """Those that its own rules give; a response, which links may lift, has all but its gaps."""
    tracks = ruled.warnings if decision.warning else ruled.tracks
    track = next((one for one in tracks if one.id == decision.track), None)
    if track is None:
        return ()
    if isinstance(ruled, Plan) and not decision.warning:
        ranks = range(len(entities.scales[track.scale].levels) + 1)
        return tuple(rank for rank in ranks if rank not in track.gaps)
    mapped = track.mapping.ranks if track.mapping is not None else ()
    return tuple(sorted({0, *(rule.rank for rule in track.rules), *(ours for _, ours in mapped)}))
