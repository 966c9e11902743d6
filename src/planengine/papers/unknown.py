"""What levels hang on and nobody has told: by who can tell it, and what is taken as not to be."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.ask import tellers
from planengine.assessment.assessment import Assessment
from planengine.papers.parts import Sentence
from planengine.papers.stated import has_lapsed, stated
from planengine.papers.wording import UNKNOWN, Wording
from planengine.rules.conditions import FactCell
from planengine.rules.walk import cells_of
from planengine.values.sets import NumberSet, ValueSet

MOST_PLACES = 4


def cells_read(assessment: Assessment, units: set[str]) -> tuple[FactCell, ...]:
    """The facts that the levels of some decisions read, in the rules' order."""
    cells: dict[FactCell, None] = {}
    for unit in assessment.situation.rules.units:
        if str(unit.id) in units and unit.at_least:
            facts = (one for one in cells_of(unit.at_least[0]) if isinstance(one, FactCell))
            cells.update(dict.fromkeys(facts))
    return tuple(cells)


def unknown_said(
    cells: tuple[FactCell, ...], assessment: Assessment, wording: Wording
) -> tuple[Sentence, ...]:
    """What decisions read and nobody has stated, by who can tell."""
    evidence, entities = assessment.situation.evidence, wording.entities
    by_teller: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for cell in cells:
        fact = entities.facts.get(cell.fact)
        known = evidence.known(cell)
        if fact is None or known.stated or known.assumed or _is_settled(known.value):
            continue
        of = by_teller.setdefault(tellers(assessment.situation, cell), {})
        of.setdefault(cell.fact, []).append(cell.place)
    found = []
    lapsed: dict[str, list[str]] = {}
    for fact_name, place in stated(assessment, forecasts=False):
        lapsed.setdefault(fact_name, []).append(place)
    gone = [
        _places_of(name, places, wording)
        for name, places in lapsed.items()
        if has_lapsed(name, places, assessment)
    ]
    if gone:
        found.append(Sentence(f"此前报告已过有效期：{'；'.join(gone)}", marks=(UNKNOWN,)))
    for bodies, facts_of in by_teller.items():
        who = "、".join(wording.names(bodies)) or "未指定提供单位"
        told = "；".join(_places_of(fact, places, wording) for fact, places in facts_of.items())
        found.append(Sentence(f"{who}：{told}", marks=(UNKNOWN,)))
    return tuple(found)


def _is_settled(value: ValueSet) -> bool:
    """Whether only one thing can be, or nothing applies."""
    if value.point is not None:
        return True
    return not (value.intervals if isinstance(value, NumberSet) else value.members)


def _places_of(fact: str, places: list[str], wording: Wording) -> str:
    name = wording.words.fact(fact)
    if {"incident", wording.entities.home}.issuperset(places):
        return name
    named = [wording.words.place(one) for one in places if one != "incident"]
    shown = "、".join(named[:MOST_PLACES])
    return f"{name}（{shown}{f'等{len(named)}处' if len(named) > MOST_PLACES else ''}）"


def assumed_said(
    cells: tuple[FactCell, ...], assessment: Assessment, wording: Wording
) -> tuple[Sentence, ...]:
    """What is taken as not happened because nobody on watch reported it, in one sentence."""
    read = frozenset(cells)
    places: dict[str, dict[str, None]] = {}
    for one in assessment.assumed:
        if isinstance(one.cell, FactCell) and one.cell in read and not one.earlier:
            places.setdefault(one.cell.fact, {})[one.cell.place] = None
    if not places:
        return ()
    told: dict[str, dict[str, None]] = {}
    for fact, place in stated(assessment, forecasts=False):
        if not has_lapsed(fact, [place], assessment):
            told.setdefault(fact, {})[place] = None
    names = (_assumed_of(fact, told.get(fact, {}), wording) for fact in places)
    text = f"{'、'.join(names)}：未接到报告，研判时按未发生处理"
    return (Sentence(text, marks=("推定",)),)


def _assumed_of(fact: str, told: Iterable[str], wording: Wording) -> str:
    """A fact that is assumed not to be, but for the places of which it was told."""
    everywhere = {"incident", wording.entities.home}
    where = [wording.words.place(one) for one in told if one not in everywhere]
    return wording.words.fact(fact) + (f"（{'、'.join(where)}以外）" if where else "")
