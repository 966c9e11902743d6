"""What the default screen shows of an assessment, chosen and put in order; no words yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.duties.merging import turn
from planengine.assessment.results import ActionItem, Held, Question, Reason, ReportItem
from planengine.domain.documents import Executor
from planengine.rules.conditions import ActCell, LevelCell
from planengine.values.sets import NumberSet

DutyItem: TypeAlias = ActionItem | ReportItem

MOST_NEXT = 5
MOST_LATE = 3
MOST_QUESTIONS = 3
MOST_HELD = 2
UNVERIFIED = "unverified"
_NONE_WORSE = 1_000
_PURPOSES = {"level": 0, "warning": 1, "standard": 2}


class Choice(Struct, frozen=True):
    """One who decides, with the decisions that wait for it."""

    by: Decision  # the first of them: whoever approves it approves all
    decisions: tuple[Decision, ...]


# Levels


def is_reached(assessment: Assessment, item: Decision) -> bool:
    """Whether a decision has a level that somebody or something gives.

    What was issued for all of home is not told again for each of its parts.
    """
    if item.level or item.in_force:
        return True
    return bool(item.issued) and not is_repeated(assessment, item)


def is_repeated(assessment: Assessment, item: Decision) -> bool:
    """Whether a level was issued for all of home, and so for the part that a decision is for."""
    home = assessment.situation.entities.home
    if not item.issued or item.area == home:
        return False
    own = item.plan, item.standard, item.track, item.purpose, item.issued
    return any(
        (one.plan, one.standard, one.track, one.purpose, one.issued) == own
        for one in assessment.decisions
        if one.area == home
    )


def is_shown(assessment: Assessment, item: Decision) -> bool:
    """Whether a decision has a row of its own: it is reached, or was reported to be."""
    return is_reached(assessment, item) or (bool(item.indicated) and not item.issued)


def level_rows(assessment: Assessment) -> list[Decision]:
    """The decisions that have a row, the most severe first."""
    shown = [item for item in assessment.decisions if is_shown(assessment, item)]
    return sorted(shown, key=lambda item: _severity(assessment, item))


def open_rows(assessment: Assessment) -> list[Decision]:
    """The decisions without a row whose level is only not excluded, the worst first."""
    found = [
        item
        for item in assessment.decisions
        if not is_shown(assessment, item) and item.could_reach and not item.issued
    ]
    judging = judges(assessment)

    def turn(item: Decision) -> tuple[bool, int, int]:
        worst = place_of(assessment, item.scale, item.could_reach)
        return _document(item) not in judging, worst, _PURPOSES[item.purpose]

    return sorted(found, key=turn)


def judges(assessment: Assessment) -> set[str]:
    """The documents that judge a hazard of the incident, not only what is read beside them."""
    return {judge.document for one in assessment.coverage for judge in one.judges}


def _document(item: Decision) -> str:
    return item.plan or item.standard or ""


def standing(assessment: Assessment, item: Decision) -> str | None:
    """The level that stands: what was issued, else the worse of the facts' and what is in force."""
    if item.issued:
        return item.issued
    return item.in_force if is_by_people(assessment, item) else item.level


def is_by_people(assessment: Assessment, item: Decision) -> bool:
    """Whether the level that stands was issued, or put in force beyond what the facts give."""
    given, in_force = (place_of(assessment, item.scale, one) for one in (item.level, item.in_force))
    return item.issued is not None or in_force < given


def _severity(assessment: Assessment, item: Decision) -> tuple[int, ...]:
    """A sort key: by the worst level that stands, then by what was reported and may be."""
    worst = _worst(assessment, item)
    indicated = place_of(assessment, item.scale, item.indicated)
    by_link = bool(item.why) and all(reason.kind == "link" for reason in item.why)
    far = item.area != assessment.situation.entities.home
    return worst, min(worst, indicated), by_link, _PURPOSES[item.purpose], far


def _worst(assessment: Assessment, item: Decision) -> int:
    """How far below the worst of its scale the worst level stands that a decision has."""
    levels = item.issued, item.level, item.in_force
    return min(place_of(assessment, item.scale, level) for level in levels)


def place_of(assessment: Assessment, scale: str, level: str | None) -> int:
    """How far below the worst of its scale a level stands; no level below all of them."""
    levels = assessment.situation.entities.scales[scale].levels
    found = next((one.rank for one in levels if one.id == level), None)
    return _NONE_WORSE if found is None else len(levels) - found


# Reasons


def reason_of(item: Decision) -> Reason | None:
    """The reason that says most: of figures that were verified, of what was observed."""

    def weight(reason: Reason) -> tuple[bool, bool]:
        return is_unverified(reason), reason.kind == "link"

    return min(item.why, key=weight, default=None)


def is_unverified(reason: Reason) -> bool:
    """Whether a figure of a reason was not checked against the published text."""
    return any(one.confidence == UNVERIFIED for one in reason.basis)


def held_in(reason: Reason) -> tuple[Held, ...]:
    """What of a reason people should hear: what somebody said, else another level, else all."""

    def is_silent(held: Held) -> bool:
        return held.assumed or (isinstance(held.cell, ActCell) and not held.statements)

    told = [held for held in reason.held if not is_silent(held)] or list(reason.held)
    levels = [held for held in told if isinstance(held.cell, LevelCell)]
    if levels:  # each of them counts by itself
        beside = [held for held in told if held not in levels and reason.kind != "mapping"]
        return tuple([max(levels, key=certain_rank), *beside][:MOST_HELD])
    figures = [held for held in told if isinstance(held.value, NumberSet)]
    return tuple([*figures, *(held for held in told if held not in figures)][:MOST_HELD])


def certain_rank(held: Held) -> int:
    """How severe the level of another decision certainly is."""
    value = held.value
    return int(value.intervals[0].low) if isinstance(value, NumberSet) and value.intervals else 0


# What to decide


def choices(assessment: Assessment, rows: Iterable[Decision]) -> list[Choice]:
    """What is to be started, raised, lowered, ended or issued, by whoever decides it."""
    found: dict[object, list[Decision]] = {}
    for item in rows:
        if item.proposal in {"start", "raise", "lower", "end"} or is_to_issue(assessment, item):
            by = (item.decided_by, item.meanwhile) if item.decided_by else approver(item)
            found.setdefault(by, []).append(item)
    return [Choice(items[0], tuple(items)) for items in found.values()]


def is_to_issue(assessment: Assessment, item: Decision) -> bool:
    """Whether a plan's own warning is due that nobody has issued, or not so severe."""
    level, issued = (place_of(assessment, item.scale, one) for one in (item.level, item.issued))
    return item.purpose == "warning" and level < issued


def approver(item: Decision) -> Executor | None:
    """Who approves; of a warning that names nobody whoever issues it."""
    return item.approve or (item.propose if item.purpose == "warning" else None)


# Duties


def is_overdue(item: DutyItem) -> bool:
    return item.deadline is not None and item.deadline.overdue


def is_finished(item: DutyItem) -> bool:
    """Whether it is done or made, and not to be done again."""
    repeated = item.deadline is not None and item.deadline.timing.repeat
    return item.done_at is not None and not repeated


def is_over(item: DutyItem) -> bool:
    """Whether nothing of it is left to be done."""
    return is_finished(item) or (item.deadline is not None and item.deadline.ended is not None)


def duty_rows(assessment: Assessment) -> tuple[list[DutyItem], list[DutyItem]]:
    """What is next, at once first and then by time; and what is overdue, the newest first.

    Of what is due at once, what bodies above home owe comes last: they have duty officers of their
    own. Of what is due at one time, what the most severe level asks comes first. What may be owed
    comes after what surely is or was reported to be; of a hazard that has not joined it is left
    out.
    """
    every: list[DutyItem] = [*assessment.actions, *assessment.reports]
    severe = _by_document(assessment)
    judging = judges(assessment)

    def severity(item: DutyItem) -> int:
        return min((severe.get(one, _NONE_WORSE) for one in _documents(item)), default=_NONE_WORSE)

    def has_joined(item: DutyItem) -> bool:
        return item.certainty != "possible" or not judging.isdisjoint(_documents(item))

    def soonest(item: DutyItem) -> tuple[int, ...]:
        certainty, group, time = turn(item.certainty, item.deadline, is_met=False)
        governs = isinstance(item, ActionItem) or item.governs
        at_once = group == 0
        above = int(at_once and not is_within_reach(assessment, item))
        return int(certainty == 2), group, above, time, severity(item), int(not governs)

    open_ones = [item for item in every if not is_overdue(item) and not is_over(item)]
    following = [item for item in open_ones if has_joined(item)]
    late = [item for item in every if is_overdue(item)]
    following.sort(key=soonest)
    late.sort(key=lambda item: (-_due(item), severity(item)))
    return following, late


def unlike(rows: Sequence[DutyItem]) -> list[DutyItem]:
    """Each row once: several clauses of one document may ask one body for the same report."""
    found: dict[object, DutyItem] = {}
    for row in rows:
        found.setdefault(_look(row) if isinstance(row, ReportItem) else id(row), row)
    return list(found.values())


def _look(row: ReportItem) -> tuple[object, ...]:
    limit = row.deadline and (row.deadline.due, row.deadline.timing.anchor)
    told = row.kind, row.document, row.means, row.content, row.level
    return (*told, row.by, row.to, row.to_label, row.certainty, limit)


def is_within_reach(assessment: Assessment, item: DutyItem) -> bool:
    """Whether somebody who owes a duty is of home or below, or is not named as a body."""
    entities, registry = assessment.situation.entities, assessment.situation.registry
    bodies = item.bodies if isinstance(item, ActionItem) else item.by
    above = set(registry.ancestors(entities.home))
    areas = [entities.agencies[one].area for one in bodies if one in entities.agencies]
    return not areas or not above.issuperset(areas)


def _by_document(assessment: Assessment) -> dict[str, int]:
    """How severe the worst level that stands by each document is."""
    found: dict[str, int] = {}
    for item in assessment.decisions:
        document = _document(item)
        place = _worst(assessment, item)
        found[document] = min(place, found.get(document, _NONE_WORSE))
    return found


def _documents(item: DutyItem) -> list[str]:
    """The documents that ask a duty."""
    if isinstance(item, ReportItem):
        return [item.document]
    return [one.plan for one in item.asked]


def _due(item: DutyItem) -> int:
    deadline = item.deadline
    if deadline is None:
        return 0
    return deadline.earliest if deadline.due is None else deadline.due


# Questions


def question_rows(assessment: Assessment, rows: Sequence[Decision] = ()) -> list[Question]:
    """The facts to ask for, without those that could only give what was issued already.

    Those that could settle one of these `rows` come first, then those that could give a level by a
    document that judges the incident; of both what is asked of home before what of the areas around
    it. Before a body is asked another fact of one place that could
    settle the same, others are asked theirs.
    """
    names = {item.id for item in rows}
    judging = judges(assessment)
    own = {item.id for item in assessment.decisions if _document(item) in judging}
    decisions = {item.id: item for item in assessment.decisions}

    def is_answered(unit: str, level: str | None) -> bool:
        item = decisions[unit]
        return item.issued is not None and place_of(
            assessment, item.scale, item.issued
        ) <= place_of(assessment, item.scale, level)

    found = [
        row
        for row in assessment.ask
        if not row.could_give or not all(is_answered(*gives) for gives in row.could_give)
    ]

    around = set(assessment.situation.registry.ancestors(assessment.situation.entities.home))

    def turn(row: Question) -> tuple[bool, bool, bool]:
        gives = dict(row.could_give)
        beyond = getattr(row.cell, "place", None) in around
        return names.isdisjoint(gives), own.isdisjoint(gives), beyond

    found.sort(key=turn)
    first = {_asks(row): row.cell for row in reversed(found)}
    return sorted(found, key=lambda row: (turn(row), first[_asks(row)] != row.cell))


def _asks(row: Question) -> tuple[object, ...]:
    """What one question is to whoever answers: of one place, with one effect."""
    if not row.provider:
        return (row.cell,)
    return row.provider, getattr(row.cell, "place", None), row.could_give


def leads(assessment: Assessment, rows: Sequence[Decision]) -> tuple[str | None, list[str]]:
    """The plan of the most severe response, and the bodies that lead by it."""
    roles = assessment.situation.entities.member_roles
    lead = roles[0].id if roles else "lead"
    plan = next((item.plan for item in rows if item.plan and item.purpose == "level"), None)
    bodies = [
        item.agency for item in assessment.agencies if dict(item.plans).get(plan or "") == lead
    ]
    return plan, bodies
