"""Raising: the rules by which a level is worse while a condition holds (a sensitive period)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.domain.documents import Track
from planengine.domain.entities import Entities
from planengine.rules.conditions import NEVER, Condition
from planengine.rules.normal import all_of, any_of
from planengine.rules.ruleset import GroundRule
from planengine.rules.verbs import binds, by_strength


def raised_rules(
    track: Track,
    own: Sequence[GroundRule],
    when: Condition | None,
    top: int,
    entities: Entities,
    must: str,
) -> Iterator[GroundRule]:
    """The rules for each rank that raising can give; never from none, nor from links.

    `when` is the track's raising condition, grounded; `top` the scale's worst rank; `must` the
    verb of a level without an entry. What a weak verb gives is raised with that verb, and no
    verb gets stronger than that of the entry for the raised level, nor than that of raising.
    """
    if when is None:
        return
    for rank in range(min(1 + track.raise_by, top), top + 1):
        lowest = max(rank - track.raise_by, 1)
        written = by_strength((d.verb for d in track.duties if d.rank == rank), entities)
        limits = [written[0] if written else must]
        if track.raise_verb is not None:
            limits.append(track.raise_verb)
        limit = by_strength(limits, entities)[-1]
        for verb, base in _bases(own, lowest, limit, entities).items():
            yield GroundRule(
                rank=rank,
                condition=all_of((when, base)),
                binding=binds(verb, entities),
                verb=verb,
                kind="raise",
                text=f"raise-by: {track.raise_by}",
                basis=track.raise_basis,
                span=track.raise_span or track.span,
                rule_id=track.raise_id,
            )


def _bases(
    own: Sequence[GroundRule], lowest: int, limit: str, entities: Entities
) -> dict[str, Condition]:
    """For each verb, when rules with it or a stronger one give a rank or worse.

    The weakest verb's condition joins all rules, so that bands meet whatever their verbs.
    """
    rules = [rule for rule in own if rule.rank >= lowest]
    verbs = by_strength((rule.verb for rule in rules), entities)
    found: dict[str, Condition] = {}
    for place, verb in enumerate(verbs, 1):
        base = any_of(rule.condition for rule in rules if rule.verb in verbs[:place])
        if base != NEVER:
            found[by_strength((verb, limit), entities)[-1]] = base
    return found
