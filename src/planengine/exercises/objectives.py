"""How each objective of an exercise was performed, by what was expected for it."""

from __future__ import annotations

from collections.abc import Sequence

from planengine.exercises.report import Expected, ObjectiveRated, Rating
from planengine.exercises.script import Objective

_KINDS = {"action": "action", "report": "report", "request": "report", "information": "release"}


def rated(objective: Objective, expected: Sequence[Expected]) -> ObjectiveRated:
    """An objective, rated by all that it names: by the plain rule of `rating`."""
    evidence = [one for one in expected if _shows(objective, one)]
    outcomes = [one.outcome for one in evidence]
    met, late, partial, missed, left = (
        outcomes.count(one) for one in ("met", "late", "partial", "missed", "open")
    )
    return ObjectiveRated(
        id=objective.id,
        label=dict(objective.label.texts),
        rating=rating(met, late, partial, missed),
        met=met,
        late=late,
        partial=partial,
        missed=missed,
        open=left,
        evidence=tuple(one.id for one in evidence),
    )


def rating(met: int, late: int, partial: int, missed: int) -> Rating | None:
    """All met: performed; nothing met: not performed; else by whether anything was missed."""
    if not met + late + partial + missed:
        return None
    if not late + partial + missed:
        return "performed"
    if not met + late + partial:
        return "not-performed"
    return "major-challenges" if missed else "some-challenges"


def _shows(objective: Objective, one: Expected) -> bool:
    if one.document in objective.plans or set(one.by) & set(objective.bodies):
        return True
    if one.scale is not None:
        return any(
            (ref.scale, ref.document) == (one.scale, one.document)
            and ref.track in {None, one.track}
            and ref.place in {None, one.area}
            for ref in objective.decisions
        )
    return any(
        (ref.kind, ref.document, ref.item) == (_KINDS[one.what], one.document, one.item)
        and ref.place in {None, one.area}
        for ref in objective.duties
    )
