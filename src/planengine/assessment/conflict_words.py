"""Words for what does not fit together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from planengine.assessment.phrases import Language
from planengine.assessment.results import Conflict
from planengine.assessment.situation import Situation
from planengine.assessment.words import Words
from planengine.diagnostics import Text
from planengine.domain.ids import UnitKey
from planengine.domain.statements import PutInForce
from planengine.rules.ruleset import Unit


def running_units(situation: Situation) -> Iterator[tuple[Unit, PutInForce]]:
    """Every response that is in force, with what put it so."""
    for unit in situation.rules.units:
        put = situation.running(unit)
        if put is not None:
            yield unit, put


def level_of(situation: Situation, unit: Unit, rank: int) -> Text:
    """A level in words."""
    found = unit.scale.by_rank(rank)

    def said(language: Language) -> str:
        words = Words(situation.entities, language, at=situation.evidence.at)
        return words.level(unit.scale.id, found.id if found else None)

    return Text(said("en"), said("zh"))


def named(situation: Situation, *names: str) -> Text:
    """Things by their names, listed."""

    def said(language: Language, between: str) -> str:
        words = Words(situation.entities, language, at=situation.evidence.at)
        return between.join(words.named(name) for name in names)

    return Text(said("en", ", "), said("zh", "、"))


def about_decision(
    kind: Literal["edition", "issued", "unheard", "authority", "overdue"], unit: UnitKey, text: Text
) -> Conflict:
    """What is wrong about a decision."""
    return Conflict(kind, str(unit), text, decision=unit)
