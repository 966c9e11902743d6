"""What plans bind to a warning: the actions that hang on its colour."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.domain.acts import terms_in
from planengine.domain.documents import Action
from planengine.domain.ids import plan_key
from planengine.domain.terms import LevelTerm
from planengine.papers.footing import written_action
from planengine.papers.parts import Task
from planengine.papers.tasks import Tasks
from planengine.papers.wording import Wording


def bound_tasks(
    item: Decision, level: str | None, assessment: Assessment, wording: Wording
) -> Iterator[Task]:
    """The actions that plans hang on this warning at this level, as owed now or as written."""
    rows = Tasks(assessment, wording)
    owed: dict[tuple[str, object], Task] = {}
    for row in assessment.actions:
        for asked in row.asked:
            written = written_action(assessment, asked)
            if written is not None:
                owed[asked.plan, written.span] = rows.action(row, plan=asked.plan)
    scale = assessment.situation.entities.scales[item.scale]
    rank = scale.rank(level) if level else 0
    told: set[int] = set()
    for key, plan in assessment.situation.outline.plans.items():
        for action in plan.actions:
            if _hangs_on(action, plan.jurisdiction, item, rank, assessment):
                found = owed.get((key, action.span)) or rows.written(action, key)
                if id(found) not in told:
                    told.add(id(found))
                    yield found


def _hangs_on(
    action: Action, acting: str, item: Decision, rank: int, assessment: Assessment
) -> bool:
    return any(
        term.track in {None, item.track}
        and term.scale == item.scale
        and rank in term.ranks
        and _means(term, acting, item, assessment)
        for term in terms_in((action.on, action.when), LevelTerm)
    )


def _means(term: LevelTerm, acting: str, item: Decision, assessment: Assessment) -> bool:
    """Whether a plan of an area means this decision; a plan's id is that of the nearest above."""
    if item.standard is not None:
        return term.target == item.standard
    registry = assessment.situation.registry
    keys = (plan_key(area, term.target) for area in (acting, *registry.ancestors(acting)))
    known = assessment.situation.entities.plans
    return next((key for key in keys if key in known), None) == item.plan
