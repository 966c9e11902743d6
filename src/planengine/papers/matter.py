"""What happened, as papers tell it: facts with their sources, and what nobody knows yet."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
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
from planengine.papers.wording import Wording
from planengine.rules.conditions import FactCell
from planengine.values.sets import number

MOST_PLACES = 4
NONE = number(0)

_Told: TypeAlias = tuple[str, str, tuple[str, ...]]
"""A value, when and how it was said, and marks."""


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
    say, words = wording.say, wording.words
    incident = assessment.incident
    hazards = [words.hazard(one.hazard) for one in assessment.coverage]
    uncovered = [one.hazard for one in assessment.coverage if not one.covered]
    name = label_of(incident.label, incident.id, wording.language)
    kinds = wording.joined(hazards) or wording.unknown
    places = wording.joined(where_of(assessment, wording)) or wording.unknown
    found = [
        Sentence(say(f"事件：{name}", f"Event: {name}")),
        Sentence(say(f"灾种：{kinds}", f"Hazards: {kinds}")),
        _moment(assessment, wording, "occurrence", say("发生时间", "Happened")),
        _moment(assessment, wording, "receipt", say("接报时间", "Reported")),
        Sentence(say(f"地点：{places}", f"Place: {places}")),
    ]
    scope = sorted(incident.scope or ())
    if scope:
        around = wording.joined(words.place(one) for one in scope)
        found.append(Sentence(say(f"可能波及范围：{around}", f"May reach: {around}")))
    if uncovered:
        found.append(uncovered_said(uncovered, wording))
    return tuple(found)


def where_of(assessment: Assessment, wording: Wording) -> tuple[str, ...]:
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
    between = wording.say("", ", ")
    return tuple(
        between.join(wording.words.place(part) for part in chain if part != home or len(chain) == 1)
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
    text = conflict.text.in_language(wording.language)
    if subject:
        text = wording.say(f"{subject}：{text}", f"{subject}: {text}")
    comma = wording.say("，", ", ")
    told = wording.say("；", "; ").join(
        f"{wording.who_said(one)}{comma}{wording.time(one.stamp.at)}" for one in conflict.statements
    )
    return Sentence(text, marks=(wording.disputed,), told=told)


def _moment(assessment: Assessment, wording: Wording, meaning: str, name: str) -> Sentence:
    declared = wording.entities.moments.values()
    moment = next((one.id for one in declared if one.meaning == meaning), None)
    value = assessment.situation.evidence.moment(moment) if moment is not None else None
    point = value.point if value is not None else None
    told = wording.unknown if point is None else wording.time(int(point), year=True)
    return Sentence(wording.say(f"{name}：{told}", f"{name}: {told}"))


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
    groups: dict[_Told, dict[str, list[str]]] = {}  # the places by who spoke of them
    for place in sorted(places, key=lambda one: _is_none(fact, one, assessment)):
        cell = FactCell(fact, place, declared.domain)
        known = evidence.counted(cell)
        marks: tuple[str, ...] = (wording.kind("estimated"),) if known.estimated else ()
        if known.conflict:
            marks += (wording.disputed,)
        who, how = wording.who_and_how(known.statements)
        key = wording.known(cell, known.value), how, marks
        groups.setdefault(key, {}).setdefault(who, []).append(place)
    comma = wording.say("，", ", ")
    parts = tuple(
        Sentence(
            f"{_listed(chain.from_iterable(by.values()), wording)}{value}",
            marks=marks,
            told=comma.join(filter(None, (_sources(by, wording), how))),
        )
        for (value, how, marks), by in groups.items()
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
    together = wording.say("合计", "in all") if declared.roll_up == "sum" else ""
    text = wording.together(wording.words.place(home), together, wording.known(cell, known.value))
    return text, (wording.kind("estimated"),) if known.estimated else ()


def _is_none(fact: str, place: str, assessment: Assessment) -> bool:
    """Whether nothing of what is counted was told of a place: such come last."""
    situation = assessment.situation
    cell = FactCell(fact, place, situation.entities.facts[fact].domain)
    return situation.evidence.counted(cell).value == NONE


def _sources(names: Iterable[str], wording: Wording) -> str:
    """Who said something; of many only how many."""
    named = tuple(filter(None, names))
    if len(named) <= MOST_PLACES:
        return wording.joined(named)
    return wording.say(f"{len(named)}家单位", f"{len(named)} bodies")


def _listed(places: Iterable[str], wording: Wording) -> str:
    """The places in front of a value; nothing for the home area and the incident itself."""
    named = [wording.words.place(one) for one in places if one != wording.entities.home]
    shown = wording.joined(named[:MOST_PLACES])
    more = ""
    if len(named) > MOST_PLACES:
        more = wording.say(f"等{len(named)}处", f" and others, {len(named)} in all")
    return wording.say(f"{shown}{more}：", f"{shown}{more}: ") if named else ""


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
    told = wording.unknown if value is None else wording.known(cell, value)
    reach = ""
    if statement.valid_until is not None:
        until = wording.time(statement.valid_until)
        reach = wording.say(f"，至{until}", f", until {until}")
    text = f"{_listed([place], wording)}{wording.words.fact(fact)} {told}{reach}"
    return Sentence(text, marks=(wording.kind("forecast"),), told=wording.told([statement]))
