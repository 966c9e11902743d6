"""What each body owed and did, and how much of it at one time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from planengine.assessment.plain.parts import Teller
from planengine.domain.entities import Entities
from planengine.exercises.drafts import Draft
from planengine.exercises.report import Expected, Load

MANY = 5
"""So many things open at a body at one time make being late overload."""


def loads(
    drafts: Sequence[Draft], expected: Sequence[Expected], entities: Entities, tell: Teller
) -> tuple[Load, ...]:
    """Each body that owed a duty, those that missed most first."""
    by_body: dict[str, list[tuple[Draft, Expected]]] = {}
    for draft, one in zip(drafts, expected, strict=True):
        for body in draft.by if not draft.is_decision else ():
            by_body.setdefault(body, []).append((draft, one))
    found = [_load(body, owed, entities, tell) for body, owed in by_body.items()]
    return tuple(sorted(found, key=lambda one: (-one.missed, -one.late, one.body)))


def _load(body: str, owed: list[tuple[Draft, Expected]], entities: Entities, tell: Teller) -> Load:
    outcomes = [one.outcome for _, one in owed]
    most, at = _most_at_once([draft for draft, _ in owed])
    behind = any(one in {"late", "partial", "missed"} for one in outcomes)
    did = any(draft.done_at is not None for draft, _ in owed)
    rated = any(one != "open" for one in outcomes)
    state: Literal["idle", "overloaded", "as-expected"] = "as-expected"
    if rated and not did:
        state = "idle"
    elif behind and most >= MANY:
        state = "overloaded"
    agency = entities.agencies.get(body)
    return Load(
        body=body,
        label=dict(agency.label.texts) if agency is not None else {},
        owed=len(owed),
        met=outcomes.count("met"),
        late=outcomes.count("late"),
        partial=outcomes.count("partial"),
        missed=outcomes.count("missed"),
        open=outcomes.count("open"),
        most=most,
        most_at=tell.moment(at),
        state=state,
    )


def _most_at_once(owed: Sequence[Draft]) -> tuple[int, int | None]:
    """The most that was open at one time, and when that was first so."""
    edges: list[tuple[int, int]] = []
    for one in owed:
        until = one.closed if one.done_at is None else min(one.done_at, one.closed)
        if until > one.since:
            edges += [(one.since, 1), (until, -1)]
    most, at, count = 0, None, 0
    for moment, step in sorted(edges):
        count += step
        if count > most:
            most, at = count, moment
    return most, at
