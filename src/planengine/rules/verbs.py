"""How strongly a plan says a thing: its verbs, in the vocabulary's order, the strongest first."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.domain.entities import Entities


def by_strength(verbs: Iterable[str], entities: Entities) -> tuple[str, ...]:
    """Each verb once, the strongest first; one that no vocabulary declares comes last."""
    order = {verb: place for place, verb in enumerate(entities.verbs)}
    return tuple(sorted(dict.fromkeys(verbs), key=lambda verb: order.get(verb, len(order))))


def binds(verb: str, entities: Entities) -> bool:
    """Whether a rule with this verb obliges."""
    known = entities.verbs.get(verb)
    return known is not None and known.obliges
