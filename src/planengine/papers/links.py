"""Other plans that a response brings with it, and how they stand."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.domain.documents import Link, Plan
from planengine.domain.ids import plan_key
from planengine.domain.plan_names import plans_named
from planengine.papers.parts import Sentence
from planengine.papers.wording import Wording


def links_said(
    item: Decision, plan: Plan, assessment: Assessment, wording: Wording
) -> Iterator[Sentence]:
    """The links that work at the level of a response, of several to one plan the most severe."""
    unit = assessment.situation.outline.unit(item.key)
    rank = assessment.situation.response(unit)
    worst: dict[object, Link] = {}
    for link in plan.links:
        if link.track in {None, item.track} and (link.rank or 0) <= rank and link.when is None:
            key = link.kind, link.target, link.target_track
            kept = worst.get(key)
            if kept is None or (link.target_rank or 0) > (kept.target_rank or 0):
                worst[key] = link
    for link in worst.values():
        text = _link(link, plan, assessment, wording)
        if text is not None:
            clauses = wording.clauses(link.basis, item.plan or "")
            yield Sentence(text[0], clauses, text[1])


def _link(
    link: Link, plan: Plan, assessment: Assessment, wording: Wording
) -> tuple[str, tuple[str, ...]] | None:
    if link.kind == "match-below":
        return "下级同类预案的响应级别不低于本级。", ()
    if link.kind == "match-above":
        return "上级启动同类预案时，本级响应级别不低于上级要求。", ()
    if link.kind != "activate" or link.target is None:
        return None
    keys = plans_named(wording.entities.names, link.target)
    own = plan_key(plan.jurisdiction, link.target_plan or "")
    key = own if own in keys else next(iter(keys), link.target)
    found = [
        one
        for one in assessment.decisions
        if one.plan == key and one.purpose == "level" and link.target_track in {None, one.track}
    ]
    name = wording.document(key)
    level = ""
    states: list[str] = []
    for one in found:
        scale = wording.entities.scales[one.scale]
        target = scale.by_rank(link.target_rank) if link.target_rank else None
        level = wording.level(one.scale, target.id) if target is not None else ""
        if one.in_force and scale.rank(one.in_force) >= (link.target_rank or 0):
            states.append(f"已启动{wording.level(one.scale, one.in_force)}")
        else:
            states.append("尚未启动")
    state = "、".join(dict.fromkeys(states)) or "尚未启动"
    waits = "尚未启动" in state
    verb = wording.words.verb(link.verb) if link.verb else ""
    word = "建议" if waits else ""
    return f"{word}{verb}联动启动{name}{level}（{state}）。", ("建议",) if waits else ()
