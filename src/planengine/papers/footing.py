"""What a duty stands on: only what people put in force stands as decided."""

from __future__ import annotations

from planengine.assessment.assessment import Assessment
from planengine.assessment.duties.items import Item
from planengine.assessment.results import Asked, Deadline, ReportItem
from planengine.domain.documents import Action
from planengine.domain.statements import DutyKind
from planengine.papers.parts import Footing
from planengine.papers.wording import Wording

_STRENGTH: tuple[Footing, ...] = ("in-force", "law", "first-response", "condition", "recommended")
_BY_PEOPLE = {"start", "level-change"}


def of_action(assessment: Assessment, asked: Asked, wording: Wording) -> tuple[Footing, str]:
    """What one plan's request stands on, and that in words."""
    written = written_action(assessment, asked)
    if written is not None and written.mode == "first-response":
        return "first-response", wording.say("不待启动", "does not wait for a start")
    ranks = written.ranks if written is not None else None
    where = asked.plan, asked.track, asked.area
    return _of(assessment, where, ranks, asked.level, asked.deadline, wording)


def of_report(assessment: Assessment, item: ReportItem, wording: Wording) -> tuple[Footing, str]:
    """What a report, request or release stands on, and that in words.

    A report whose limit runs does not wait for a response to be started: late is not allowed.
    """
    if item.document in assessment.situation.entities.standards:
        text = wording.say("依法依规报告，不待启动", "by law, does not wait for a start")
        return "law", text
    own = written_report(assessment, item)
    where = item.document, own.track if own is not None else None, item.area
    ranks = own.ranks if own is not None else None
    found = _of(assessment, where, ranks, item.level, item.deadline, wording)
    if found[0] == "recommended" and item.kind != "request" and _runs(item.deadline):
        text = wording.say(
            "级别条件已达到，时限已起算，不待启动",
            "the level's conditions are met and the limit runs: does not wait for a start",
        )
        return "condition", text
    return found


def written_report(assessment: Assessment, item: ReportItem) -> Item | None:
    """What a document asks that a report, request or release comes from."""
    kind: DutyKind = "release" if item.kind == "information" else "report"
    catalogue = assessment.situation.owed.catalogue
    rank = _ranks_of(assessment, item.document).get(item.level or "", 0)
    found = catalogue.items.get((kind, item.document, item.report), ())
    return next((one for one in found if one.ranks is None or rank in one.ranks), None)


def strongest(footings: list[tuple[Footing, str]]) -> tuple[Footing, str]:
    """Of what several ask: that which is most surely decided."""
    return min(footings, key=lambda one: _STRENGTH.index(one[0]))


def written_action(assessment: Assessment, asked: Asked) -> Action | None:
    """The action of the plan's edition that a request comes from."""
    plan = assessment.situation.outline.plans.get(asked.plan)
    return next(
        (
            one
            for one in (plan.actions if plan is not None else ())
            if one.id == asked.action and one.span == asked.span
        ),
        None,
    )


def _of(
    assessment: Assessment,
    where: tuple[str, str | None, str],
    ranks: frozenset[int] | None,
    level: str | None,
    deadline: Deadline | None,
    wording: Wording,
) -> tuple[Footing, str]:
    if ranks is None:
        return "condition", wording.say("预案所定情形已出现", "what the plan asks for has come")
    document, track, area = where
    situation = assessment.situation
    for unit in situation.outline.responses(document, track):
        rank = situation.in_force(unit)
        if unit.area == area and rank in ranks:
            found = unit.scale.by_rank(rank)
            name = wording.level(unit.scale.id, found.id if found is not None else None)
            return "in-force", wording.say(f"已启动{name}", f"{name} is in force")
    scale = next((unit.scale.id for unit in situation.outline.responses(document, track)), None)
    name = wording.level(scale, level) if scale is not None and level is not None else ""
    name = name or wording.say("响应", "the response")
    runs = wording.say("，时限已起算", ", the limit runs") if _runs(deadline) else ""
    return "recommended", wording.say(
        f"建议：{name}尚未启动{runs}", f"ADVICE: {name} is not started{runs}"
    )


def _runs(deadline: Deadline | None) -> bool:
    """Whether a limit runs that does not count from what people decide."""
    if deadline is None or deadline.timing.meaning in _BY_PEOPLE:
        return False
    return deadline.due is not None


def _ranks_of(assessment: Assessment, document: str) -> dict[str, int]:
    """The ranks of a plan's levels."""
    responses = assessment.situation.outline.responses(document, None)
    return {one.id: one.rank for unit in responses for one in unit.scale.levels}
