"""What the plans expected of players: decisions by the levels, duties by what was owed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile

from planengine.assessment.assessment import Assessment
from planengine.assessment.duties.clock import next_clock
from planengine.assessment.entitled import may_start
from planengine.assessment.results import Deadline
from planengine.assessment.situation import Situation
from planengine.domain.documents import Timing
from planengine.domain.entities import Entities
from planengine.domain.statements import Declined, PutInForce
from planengine.exercises.courses import Advice, At
from planengine.exercises.deeds import ids_of
from planengine.exercises.drafts import Draft
from planengine.exercises.duties import Owed, owed_in
from planengine.exercises.script import Exercise
from planengine.rules.ruleset import Unit
from planengine.rules.verbs import binds

Courses = Sequence[tuple[Unit, tuple[At, ...]]]
_UP: frozenset[Advice] = frozenset({"start", "raise"})


def opened_at(courses: Courses, start: int) -> Iterator[int]:
    """When something was first advised: there its approver is to be looked up."""
    for unit, course in courses:
        yield from (max(draft.since, start) for draft in _drafts(unit, course, 0))


def decisions_asked(
    courses: Courses, seen: Mapping[int, Assessment], exercise: Exercise
) -> Iterator[Draft]:
    """The decisions that plans advised: each level once, from when it was advised."""
    last = seen[exercise.end]
    for unit, course in courses:
        people = last.situation.evidence.people
        decided = people.decisions(unit.document, unit.track, unit.area)
        declined = people.declined(unit.document, unit.track, unit.area)
        for draft in _drafts(unit, course, exercise.end):
            _complete(draft, seen[max(draft.since, exercise.start)])
            _decided(draft, decided, last.situation, unit)
            _declined(draft, declined)
            if exercise.allowed_decisions is not None:
                draft.due, draft.limit = draft.since + exercise.allowed_decisions, "exercise"
            yield draft


def _drafts(unit: Unit, course: Sequence[At], end: int) -> Iterator[Draft]:
    made: list[Draft] = []
    up: dict[int, Draft] = {}  # by the rank that was advised
    ease: Draft | None = None
    before: At | None = None
    for at in course:
        was = before.in_force if before is not None else 0
        at_once = min(at.in_force, at.certain)
        if at_once > was and not any(at.in_force >= rank for rank in up):
            # It was put in force in the second in which it was advised.
            what: Advice = "raise" if was else "start"
            made.append(_draft(unit, at, at_once, at.since, what))
            made[-1].done_at = at.since
        eased = at.in_force < was and before is not None and before.advice in {"lower", "end"}
        for rank, draft in [*up.items()]:
            if at.in_force >= rank:
                draft.done_at = draft.closed = at.since
            elif at.certain < rank or eased:
                draft.closed, draft.ceased = at.since, True
            else:
                draft.milder |= at.in_force > was
                continue
            del up[rank]
        if ease is not None and (at.in_force < ease.rank or at.advice != ease.what):
            ease.closed, ease.ceased = at.since, True
            ease.done_at = at.since if at.in_force < ease.rank else None
            ease = None
        if at.advice in _UP and at.recommended not in up:
            up[at.recommended] = _draft(unit, at, at.recommended, end)
            made.append(up[at.recommended])
        elif at.advice is not None and at.advice not in _UP and ease is None:
            ease = _draft(unit, at, at.in_force, end)
            made.append(ease)
        before = at
    return iter(made)


def _draft(unit: Unit, at: At, rank: int, end: int, what: Advice | None = None) -> Draft:
    advice = what or at.advice
    assert advice is not None
    return Draft(
        what=advice,
        document=unit.document,
        track=unit.track,
        item=None,
        area=unit.area,
        since=at.since,
        closed=end,
        ceased=False,
        unit=unit.id,
        scale=unit.scale.id,
        rank=rank,
    )


def _complete(draft: Draft, then: Assessment) -> None:
    """What the plan says of a decision when it is first advised: who approves it, by which rule."""
    entities = then.situation.entities
    for item in then.decisions:
        if item.key != draft.unit:
            continue
        draft.by = tuple(ids_of(item.approve))
        draft.met_at = item.met_at if draft.what in {"start", "raise"} else None
        draft.basis = item.basis
        verb = item.verb
        draft.binding = draft.what in _UP and (verb is None or binds(verb, entities))
        draft.rule = item.why[0].rules[0] if item.why and item.why[0].rules else ""


def _decided(draft: Draft, decided: Iterable[PutInForce], situation: Situation, unit: Unit) -> None:
    """Who made the decision that answered it, and whether they may."""
    for one in decided:
        if draft.done_at == one.stamp.received:
            draft.done_by = one.by
            draft.wrong_approver = bool(one.rank) and not may_start(situation, unit, one)


def _declined(draft: Draft, declined: Iterable[Declined]) -> None:
    """Who declined it with a reason, where nobody put it in force."""
    move = "raise" if draft.what in _UP else draft.what
    for one in declined:
        in_time = draft.since <= one.stamp.received <= draft.closed
        is_meant = one.move == move and (move != "raise" or draft.rank <= one.rank)
        if draft.done_at is None and in_time and is_meant:
            draft.declined_by, draft.reason = one.by, one.reason


# Duties


def duties_asked(seen: Mapping[int, Assessment], exercise: Exercise) -> Iterator[Draft]:
    """What was owed, each run of a duty once, as it stood when it was owed last."""
    found: dict[tuple[object, ...], tuple[int, Owed]] = {}
    for at, assessment in sorted(seen.items()):
        for one in owed_in(assessment):
            found[*one.key, one.known] = at, one
    entities = seen[exercise.end].situation.entities
    for at, one in found.values():
        yield _of_duty(one, at, exercise, entities)


def _of_duty(one: Owed, at: int, exercise: Exercise, entities: Entities) -> Draft:
    since = one.known if one.known is not None else at
    ceased = at < exercise.end
    draft = Draft(
        what=one.kind,
        document=one.document,
        track=one.track,
        item=one.item,
        area=one.area,
        object=one.object,
        since=since,
        closed=at + 1 if ceased else at,
        ceased=ceased,
        by=one.by,
        to=one.to,
        binding=one.verb is None or binds(one.verb, entities),
        met_at=one.met,
        done_at=one.done_at if one.done_at is not None else max(one.done, default=None),
        basis=one.basis,
        rule=one.rule,
    )
    if one.times > 1 and one.done_at is None and one.repeat is None:
        draft.done_at = None
        draft.times_due, draft.times_met = one.times, len(one.done)
    deadline = one.deadline
    if deadline is not None and deadline.due is not None:
        draft.due, draft.limit = deadline.due, "plan"
        draft.at_once = deadline.at_once or deadline.due <= since
    if one.repeat is not None and deadline is not None:
        zone = entities.zone_of(one.area)
        draft.times_due, draft.times_met = _times(one, since, at, zone)
    elif draft.due is None and exercise.allowed_duties is not None:
        draft.due, draft.limit = since + exercise.allowed_duties, "exercise"
    return draft


def _times(one: Owed, since: int, at: int, zone: str) -> tuple[int, int]:
    """How often what is repeated was due while it was owed, and how often it was met in time."""
    deadline = one.deadline
    if deadline is None or deadline.counted_from is None:
        return 0, 0
    until = at if deadline.ended is None else min(at, deadline.ended)
    due = met = 0
    before = 0
    for limit in takewhile(lambda limit: limit <= until, _limits(deadline, zone)):
        if limit >= since:
            due += 1
            met += any(before < done <= limit for done in one.done)
        before = limit
    return due, met


def _limits(deadline: Deadline, zone: str) -> Iterator[int]:
    """The times at which something repeated is due, from the first on."""
    timing, base = deadline.timing, deadline.counted_from
    assert base is not None, "it has been counted from something"
    limit = next_clock(zone, timing.clock, base) if timing.clock else base + timing.seconds
    while True:
        yield limit
        limit = next_clock(zone, timing.clock, limit) if timing.clock else limit + _interval(timing)


def _interval(timing: Timing) -> int:
    assert timing.repeat, "only what is repeated is due again"
    return timing.repeat
