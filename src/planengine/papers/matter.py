"""What happened, as papers tell it: facts with their sources, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from planengine.assessment.assessment import Assessment
from planengine.assessment.bodies import Bodies
from planengine.assessment.results import Conflict
from planengine.domain.statements import Statement
from planengine.papers.levels import uncovered_said
from planengine.papers.parts import FactRow, Matter, Sentence
from planengine.papers.stated import has_lapsed, stated
from planengine.papers.tasks import label_of
from planengine.papers.unknown import assumed_said, cells_read, unknown_said
from planengine.papers.wording import KINDS, UNKNOWN, Wording
from planengine.rules.conditions import FactCell
from planengine.values.sets import number

MOST_PLACES = 4
NONE = number(0)

_Told: TypeAlias = tuple[str, str, tuple[str, ...]]
"""A value, who said it when and how, and marks."""


def matter_of(assessment: Assessment, wording: Wording, *, only: str | None = None) -> Matter:
    """Everything that papers tell of what happened.

    What is unknown and what is assumed is that of all decisions, or of `only` one of them.
    """
    shown = {only} if only is not None else {one.id for one in assessment.decisions}
    read = cells_read(assessment, shown)
    disputed = [
        conflict_said(one, assessment, wording)
        for one in assessment.conflicts
        if one.kind in {"not-covered", "evidence", "issued"}
    ]
    return Matter(
        event=event_of(assessment, wording),
        facts=_facts(assessment, wording),
        forecasts=_forecasts(assessment, wording),
        unknown=unknown_said(read, assessment, wording),
        assumed=assumed_said(read, assessment, wording),
        disputed=tuple(disputed),
    )


def event_of(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """Name, hazards, times and places; what was not told is 不详."""
    words = wording.words
    incident = assessment.incident
    hazards = [words.hazard(one.hazard) for one in assessment.coverage]
    uncovered = [one.hazard for one in assessment.coverage if not one.covered]
    found = [
        Sentence(f"事件：{label_of(incident.label, incident.id)}"),
        Sentence(f"灾种：{'、'.join(hazards) or UNKNOWN}"),
    ]
    for meaning, name in (("occurrence", "发生时间"), ("receipt", "接报时间")):
        found.append(_moment(assessment, wording, meaning, name))
    found.append(Sentence(f"地点：{'、'.join(_where(assessment, wording)) or UNKNOWN}"))
    scope = sorted(incident.scope or ())
    if scope:
        found.append(Sentence(f"可能波及范围：{'、'.join(words.place(one) for one in scope)}"))
    if uncovered:
        found.append(uncovered_said(uncovered, wording))
    return tuple(found)


def _where(assessment: Assessment, wording: Wording) -> tuple[str, ...]:
    """Where something has happened, as exactly as was told: 青石县岩湾乡红山铁矿矿区."""
    registry, home = assessment.situation.registry, wording.entities.home
    affected = Bodies(assessment.situation).affected
    exact = [
        one
        for one in affected
        if not any(other != one and registry.is_within(other, one) for other in affected)
    ]
    chains = (
        [*reversed([up for up in registry.ancestors(one) if registry.is_within(up, home)]), one]
        for one in exact
    )
    return tuple(
        "".join(wording.words.place(part) for part in chain if part != home or len(chain) == 1)
        for chain in chains
    )


def conflict_said(conflict: Conflict, assessment: Assessment, wording: Wording) -> Sentence:
    """What contradicts what, and who said it."""
    subject = ""
    if conflict.kind == "evidence":
        cells = (cell for cell, _ in assessment.situation.evidence.conflicts)
        subject = next((wording.cell(one) for one in cells if str(one) == conflict.subject), "")
    elif conflict.decision is not None:
        subject = wording.unit(conflict.decision)
    elif conflict.subject in wording.entities.plans:
        subject = wording.document(conflict.subject)
    text = f"{subject}：{conflict.text.zh}" if subject else conflict.text.zh
    told = "；".join(
        f"{wording.who_said(one)}，{wording.time(one.stamp.at)}" for one in conflict.statements
    )
    return Sentence(text, marks=("矛盾",), told=told)


def _moment(assessment: Assessment, wording: Wording, meaning: str, name: str) -> Sentence:
    declared = wording.entities.moments.values()
    moment = next((one.id for one in declared if one.meaning == meaning), None)
    value = assessment.situation.evidence.moment(moment) if moment is not None else None
    point = value.point if value is not None else None
    told = UNKNOWN if point is None else wording.time(int(point), year=True)
    return Sentence(f"{name}：{told}")


# Facts


def _facts(assessment: Assessment, wording: Wording) -> tuple[FactRow, ...]:
    """Each fact that was stated, of every place for which something still counts or is unknown."""
    places: dict[str, dict[str, None]] = {}
    for fact, place in stated(assessment, forecasts=False):
        places.setdefault(fact, {})[place] = None
    ordered = sorted(places, key=lambda name: wording.entities.facts[name].order)
    return tuple(
        _row(fact, tuple(places[fact]), assessment, wording)
        for fact in ordered
        if not has_lapsed(fact, places[fact], assessment)
    )


def _row(fact: str, places: tuple[str, ...], assessment: Assessment, wording: Wording) -> FactRow:
    declared = wording.entities.facts[fact]
    evidence = assessment.situation.evidence
    groups: dict[_Told, list[str]] = {}
    for place in sorted(places, key=lambda one: _is_none(fact, one, assessment)):
        cell = FactCell(fact, place, declared.domain)
        known = evidence.counted(cell)
        marks: tuple[str, ...] = ("估计",) if known.estimated else ()
        if known.conflict:
            marks += ("矛盾",)
        key = wording.known(cell, known.value), wording.told(known.statements), marks
        groups.setdefault(key, []).append(place)
    parts = tuple(
        Sentence(f"{_listed(places_of, wording)}{value}", marks=marks, told=told)
        for (value, told, marks), places_of in _merged(groups).items()
    )
    whole, marks = _whole(fact, places, assessment, wording)
    return FactRow(wording.words.fact(fact), whole, parts, marks)


def _whole(
    fact: str, places: tuple[str, ...], assessment: Assessment, wording: Wording
) -> tuple[str, tuple[str, ...]]:
    """What areas inside home make for all of it; nothing where none of them was spoken of."""
    declared, home = wording.entities.facts[fact], wording.entities.home
    registry = assessment.situation.registry
    inside = [
        place
        for place in places
        if place != home and not registry.is_object(place) and registry.is_within(place, home)
    ]
    if not inside or declared.roll_up not in {"sum", "max", "min"}:
        return "", ()
    cell = FactCell(fact, home, declared.domain)
    known = assessment.situation.evidence.counted(cell)
    together = "合计" if declared.roll_up == "sum" else ""
    text = f"{wording.words.place(home)}{together}{wording.known(cell, known.value)}"
    return text, ("估计",) if known.estimated else ()


def _is_none(fact: str, place: str, assessment: Assessment) -> bool:
    """Whether nothing of what is counted was told of a place: such come last."""
    situation = assessment.situation
    cell = FactCell(fact, place, situation.entities.facts[fact].domain)
    return situation.evidence.counted(cell).value == NONE


def _merged(groups: dict[_Told, list[str]]) -> dict[_Told, list[str]]:
    """Places of which the same was said at the same time in the same way stand together."""
    found: dict[_Told, tuple[list[str], list[str]]] = {}
    for (value, told, marks), places in groups.items():
        who, _, rest = told.partition("，")
        names, where = found.setdefault((value, rest, marks), ([], []))
        names.append(who)
        where.extend(places)
    return {
        (value, f"{_sources(names)}{'，' if rest else ''}{rest}", marks): where
        for (value, rest, marks), (names, where) in found.items()
    }


def _sources(names: Iterable[str]) -> str:
    """Who said something; of many only how many."""
    named = tuple(dict.fromkeys(filter(None, names)))
    return "、".join(named) if len(named) <= MOST_PLACES else f"{len(named)}家单位"


def _listed(places: Iterable[str], wording: Wording) -> str:
    """The places in front of a value; nothing for the home area and the incident itself."""
    named = [wording.words.place(one) for one in places if one != wording.entities.home]
    shown = "、".join(named[:MOST_PLACES])
    more = f"等{len(named)}处" if len(named) > MOST_PLACES else ""
    return f"{shown}{more}：" if named else ""


def _forecasts(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """The forecasts whose period is not over, the newest of each fact and place."""
    journal, at = assessment.situation.evidence.journal, assessment.at
    newest: dict[tuple[str, str], Statement] = {}
    for statement in sorted(journal.statements, key=journal.order_of):
        over = statement.valid_until is not None and statement.valid_until <= at
        if statement.kind == "forecast" and not over and statement.incident == journal.incident:
            for fact in statement.facts:
                newest[fact, journal.place_of(statement)] = statement
    return tuple(
        _forecast(fact, place, statement, wording) for (fact, place), statement in newest.items()
    )


def _forecast(fact: str, place: str, statement: Statement, wording: Wording) -> Sentence:
    cell = FactCell(fact, place, wording.entities.facts[fact].domain)
    value = statement.facts[fact]
    told = UNKNOWN if value is None else wording.known(cell, value)
    until = statement.valid_until
    reach = f"，至{wording.time(until)}" if until is not None else ""
    text = f"{_listed([place], wording)}{wording.words.fact(fact)} {told}{reach}"
    return Sentence(text, marks=(KINDS["forecast"],), told=wording.told([statement]))
