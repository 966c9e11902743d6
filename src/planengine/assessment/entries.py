"""Which entry of a level speaks: a plan may say 应 by numbers and 可 by judgement of one level."""

from __future__ import annotations

from planengine.assessment.situation import Situation
from planengine.domain.documents import LevelDuties
from planengine.domain.statements import PutInForce
from planengine.rules.ruleset import Unit
from planengine.rules.shadows import shadows
from planengine.rules.verbs import binds, by_strength


def verb_of(situation: Situation, unit: Unit) -> str | None:
    """How strongly the plan says the certain level; None without a level.

    The strongest verb among the rules of that level which are certain by themselves; where the
    binding rules oblige only together, as where a fact straddles two bands, their verb. Where
    no rule is certain alone, the weakest that takes part: it is what surely can be said.
    """
    level, _, obliged = situation.outcome(unit.id)
    if level == 0:
        return None
    held: list[str] = []
    taking_part: list[str] = []
    for rule in unit.rules:
        if rule.rank >= level:
            certain, possible = shadows(rule.condition, situation.value_of)
            if certain and rule.rank == level:
                held.append(rule.verb)
            if possible:
                taking_part.append(rule.verb)
    entities = situation.entities
    if obliged >= level and not any(binds(verb, entities) for verb in held):
        held += (verb for verb in taking_part if binds(verb, entities))
    if held:
        return by_strength(held, entities)[0]
    return by_strength(taking_part, entities)[-1] if taking_part else None


def duties_of(situation: Situation, unit: Unit, verb: str | None) -> LevelDuties | None:
    """What the certain level carries, by the entry with this verb; None without any entry."""
    entries = situation.duties(unit, situation.outcome(unit.id)[0])
    return next((entry for entry in entries if entry.verb == verb), _strongest(situation, entries))


def duties_in_force(situation: Situation, unit: Unit, put: PutInForce | None) -> LevelDuties | None:
    """What the level that people put in force carries, by the entry of whoever started it."""
    entries = situation.duties(unit, put.rank) if put is not None else ()
    for entry in entries:
        named = (entry.approve, *(entry.approve.alternates if entry.approve else ()))
        if put is not None and put.by in {one.id for one in named if one is not None}:
            return entry
    return _strongest(situation, entries)


def _strongest(situation: Situation, entries: tuple[LevelDuties, ...]) -> LevelDuties | None:
    """The first entry with the strongest verb; None where the author wrote nothing."""
    verbs = by_strength((entry.verb for entry in entries), situation.entities)
    return next((entry for entry in entries if entry.verb == verbs[0]), None)
