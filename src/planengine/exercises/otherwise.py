"""What those who hold an exercise expect otherwise than the plans do, or besides."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.assessment import Assessment
from planengine.exercises.asked import Courses
from planengine.exercises.drafts import Draft
from planengine.exercises.script import Exercise, Otherwise
from planengine.expectations.refs import DecisionRef, DutyRef

_KINDS = {"action": "action", "report": "report", "request": "report", "information": "release"}


def with_otherwise(
    drafts: Iterable[Draft], exercise: Exercise, last: Assessment, courses: Courses
) -> list[Draft]:
    """The expectations with the words of the staff: other limits, none, or something more."""
    found = [*drafts]
    for one in exercise.otherwise:
        meant = [draft for draft in found if _is_meant(one, draft)]
        for draft in meant:
            draft.because, draft.waived = one.because, one.waived
            if one.by is not None:
                draft.due, draft.limit, draft.at_once = one.by, "staff", False
                draft.binding, draft.ceased = True, False
        if not meant and not one.waived:
            added = _added(one, exercise, last, courses)
            if added is not None:
                found.append(added)
    return found


def _is_meant(one: Otherwise, draft: Draft) -> bool:
    about = one.about
    if about.document != draft.document or about.place not in {None, draft.area}:
        return False
    if isinstance(about, DecisionRef):
        same = draft.what in {"start", "raise"} and about.track in {None, draft.track}
        return same and one.rank in {None, draft.rank}
    return (about.kind, about.item) == (_KINDS.get(draft.what), draft.item)


def _added(one: Otherwise, exercise: Exercise, last: Assessment, courses: Courses) -> Draft | None:
    """Something that no plan asked in this exercise."""
    about, end = one.about, exercise.end
    home = last.situation.entities.home
    draft = Draft(
        what="start",
        document=about.document,
        track=None,
        item=None,
        area=about.place or home,
        since=exercise.start,
        closed=end,
        ceased=False,
        due=one.by,
        limit="staff",
        because=one.because,
    )
    if isinstance(about, DutyRef):
        draft.what = "information" if about.kind == "release" else about.kind
        draft.item = about.item
        people = last.situation.evidence.people
        draft.done_at = min(
            people.done_times(about.kind, about.document, about.item, about.place), default=None
        )
        return draft
    unit = next(
        (
            unit
            for unit in last.situation.rules.units
            if unit.purpose == "level"
            and unit.document == about.document
            and about.track in {None, unit.track}
            and unit.area == (about.place or home)
        ),
        None,
    )
    if unit is None or one.rank is None:
        return None
    draft.track, draft.unit, draft.scale, draft.rank = unit.track, unit.id, unit.scale.id, one.rank
    course = next((course for other, course in courses if other.id == unit.id), ())
    draft.done_at = next((at.since for at in course if at.in_force >= one.rank), None)
    draft.milder = any(at.in_force for at in course)
    return draft
