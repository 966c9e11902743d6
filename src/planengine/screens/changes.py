"""What changed between two assessments of one incident."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import Question
from planengine.screens.brief_rows import (
    DutyItem,
    is_over,
    is_overdue,
    is_repeated,
    question_rows,
)

Key: TypeAlias = tuple[str, ...]
Levels: TypeAlias = tuple[Decision, str | None, str | None]
"""A decision, with a level of it then and now."""


class Changes(Struct, frozen=True):
    """What is otherwise than it was; `ended` duties are owed no more, `done` ones were done.

    Duties that only may be owed are left out.
    """

    levels: tuple[Levels, ...]
    in_force: tuple[Levels, ...]  # of what is put in force or issued
    new: tuple[DutyItem, ...]
    done: tuple[DutyItem, ...]
    ended: tuple[DutyItem, ...]
    overdue: tuple[DutyItem, ...]
    questions: tuple[Question, ...]


def changes(before: Assessment, now: Assessment) -> Changes:
    """What changed from one assessment to a later one, in the order of each."""
    was = {item.id: item for item in before.decisions}
    is_ = {item.id: item for item in now.decisions}
    every = {**was, **is_}.keys()
    newest = [(is_.get(name) or was[name], was.get(name), is_.get(name)) for name in every]
    levels = [
        (item, then.level if then else None, after.level if after else None)
        for item, then, after in newest
    ]
    in_force = [
        (item, _put(then), _put(after))
        for item, then, after in newest
        if not (_is_of_home(before, then) and _is_of_home(now, after))
    ]
    old, new = _owed(before), _owed(now)
    asked = {row.cell for row in question_rows(before)}
    return Changes(
        levels=tuple(row for row in levels if row[1] != row[2]),
        in_force=tuple(row for row in in_force if row[1] != row[2]),
        new=_each(item for key, item in new.items() if key not in old),
        done=_each(
            item
            for key, item in new.items()
            if item.done_at is not None and key in old and old[key].done_at != item.done_at
        ),
        ended=_each(
            item
            for key, item in old.items()
            if not is_over(item) and (key not in new or (is_over(new[key]) and not _done(new[key])))
        ),
        overdue=_each(
            item
            for key, item in new.items()
            if is_overdue(item) and not (key in old and is_overdue(old[key]))
        ),
        questions=tuple(row for row in question_rows(now) if row.cell not in asked),
    )


def _put(item: Decision | None) -> str | None:
    return (item.issued or item.in_force) if item else None


def _is_of_home(assessment: Assessment, item: Decision | None) -> bool:
    """Whether nothing is put in force or issued but what was issued for all of home."""
    return item is None or _put(item) is None or is_repeated(assessment, item)


def _done(item: DutyItem) -> bool:
    return item.done_at is not None


def _owed(assessment: Assessment) -> dict[Key, DutyItem]:
    """What is owed or was reported to be, by what asks it and where."""
    found: dict[Key, DutyItem] = {}
    for action in assessment.actions:
        if action.certainty != "possible":
            for one in action.asked:
                found[("action", one.plan, one.action, one.area)] = action
    for report in assessment.reports:
        if report.certainty != "possible":
            key = (report.kind, report.document, report.report, report.area)
            found[(*key, *report.by, "→", *report.to)] = report
    return found


def _each(items: Iterable[DutyItem]) -> tuple[DutyItem, ...]:
    """Each row once: one may be asked by several plans."""
    return tuple({id(item): item for item in items}.values())
