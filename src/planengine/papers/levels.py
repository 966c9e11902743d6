"""Levels as papers tell them: what is in force, what is advised, what is not settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import Held, Reason
from planengine.domain.statements import PutInForce
from planengine.papers.parts import BLANK, Sentence
from planengine.papers.wording import Wording
from planengine.rules.conditions import ActCell, LevelCell

MOST_REASONS = 4
PROPOSED = ("start", "raise", "lower", "end")


def running(assessment: Assessment, item: Decision) -> PutInForce | None:
    """What people put in force last for a decision; None where nothing is in force."""
    situation = assessment.situation
    return situation.running(situation.outline.unit(item.key))


def who_when(put: PutInForce, wording: Wording) -> str:
    """Who put a level in force, and when."""
    by = wording.words.named(put.by) if put.by else "决定人未载明"
    return f"{by}于{wording.time(put.stamp.at, year=True)}决定"


def is_told(item: Decision) -> bool:
    """Whether a decision has a level that somebody or something gives or reported."""
    return bool(item.level or item.in_force or item.issued or item.indicated)


def is_repeated(assessment: Assessment, item: Decision) -> bool:
    """Whether a level was issued for all of home, and so for the part that a decision is for."""
    home = assessment.situation.entities.home
    own = item.plan, item.standard, item.track, item.purpose, item.issued
    return (
        bool(item.issued)
        and item.area != home
        and any(
            (one.plan, one.standard, one.track, one.purpose, one.issued) == own
            for one in assessment.decisions
            if one.area == home
        )
    )


def uncovered_said(hazards: Sequence[str], wording: Wording) -> Sentence:
    """That nothing in force is for some hazards: of them nothing can be said."""
    names = "、".join(map(wording.words.hazard, hazards))
    return Sentence(f"{names}没有现行预案或者标准，未予研判", marks=("未研判",))


def levels_said(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """Every decision that has a level, then those of which one is only not excluded.

    Of the latter those alone that judge a hazard of the incident.
    """
    own = [one for one in assessment.decisions if not is_repeated(assessment, one)]
    told = [one for one in own if is_told(one)]
    found = [decision_said(one, assessment, wording) for one in told]
    judging = {judge.document for one in assessment.coverage for judge in one.judges}
    rest = [
        one
        for one in own
        if not is_told(one) and one.could_reach and (one.plan or one.standard) in judging
    ]
    uncovered = [one.hazard for one in assessment.coverage if not one.covered]
    if uncovered:
        found.insert(0, uncovered_said(uncovered, wording))
    elif not told:
        found.append(Sentence("没有预案或者标准达到任何级别。"))
    if rest:
        names = "；".join(
            f"{wording.decision(one)}{wording.level(one.scale, one.could_reach)}" for one in rest
        )
        found.append(Sentence(f"未达到但不能排除：{names}", marks=("待核实",)))
    return tuple(found)


def decision_said(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """One decision: what is in force or issued, what is advised, what the facts give."""
    put = running(assessment, item)
    parts: list[str] = []
    marks: list[str] = []
    if put is not None:
        parts.append(
            f"已启动{wording.level(item.scale, item.in_force)}（{who_when(put, wording)}）"
        )
    advice = advised(item, wording)
    if advice:
        parts.append(advice)
        marks.append("建议")
    if item.issued:
        by = issuers(item, assessment, wording)
        parts.append(f"已发布{wording.level(item.scale, item.issued)}（{by}）")
    own = list(facts_give(item, wording))
    if put is None and not advice and not item.issued and item.level:
        own[0] = f"据现有事实初判为{wording.level(item.scale, item.level)}"
    elif item.level == item.in_force or advice:
        own = own[1:] if item.level else own
    marks += [mark for text, mark in _OPEN if any(part.startswith(text) for part in own)]
    text = f"{wording.decision(item)}：{'；'.join([*parts, *own])}"
    told = bool(item.level or item.in_force)
    clauses = wording.clauses(item.basis, item.plan or item.standard or "") if told else ()
    return Sentence(text, clauses, tuple(marks))


_OPEN = (("据报可达", "据报可达"), ("不能排除", "待核实"))


def facts_give(item: Decision, wording: Wording) -> Iterator[str]:
    """What the facts surely give, what was reported allows, and what is not excluded."""
    own = wording.level(item.scale, item.level) if item.level else "未达到任何级别"
    yield f"据现有事实研判为{own}"
    if item.indicated != item.level:
        yield f"据报可达{wording.level(item.scale, item.indicated)}"
    if item.could_reach not in {item.level, item.indicated}:
        loose = "" if item.exact else "（上限估计）"
        yield f"不能排除{wording.level(item.scale, item.could_reach)}{loose}"


def advised(item: Decision, wording: Wording) -> str:
    """What people are advised to do about a response; '' for nothing."""
    level, now = (wording.level(item.scale, one) for one in (item.level, item.in_force))
    verb = wording.words.verb(item.verb) if item.verb else ""
    match item.proposal:
        case "start":
            return f"建议启动{level}（预案规定：{verb}启动），尚未启动"
        case "raise":
            return f"建议由{now}提升为{level}（预案规定：{verb}启动），尚未提升"
        case "lower":
            return f"建议降低级别（现为{now}），降至何级由批准人确定：{BLANK}"
        case "end":
            return f"建议终止（现为{now}），尚未终止"
        case _:
            return ""


def issuers(item: Decision, assessment: Assessment, wording: Wording) -> str:
    """Who issued the level that stands, and when."""
    unit = assessment.situation.outline.unit(item.key)
    standing = assessment.situation.evidence.standing(
        unit.scale.id, unit.document, unit.area, unit.track
    )
    told = dict.fromkeys(
        f"{wording.words.named(one.by) if one.by else '发布单位未载明'}{wording.time(one.stamp.at)}"
        for one in standing
        if one.rank == unit.scale.rank(item.issued or "")
    )
    return "、".join(told)


# Reasons


def reasons_said(item: Decision, wording: Wording) -> tuple[Sentence, ...]:
    """The rules that give a level with what held; past a few only how many more."""
    ordered = sorted(item.why, key=lambda one: one.kind == "link")
    found = [_reason(one, item, wording) for one in ordered[:MOST_REASONS]]
    more = len(ordered) - len(found)
    if more:
        found.append(Sentence(f"另有{more}项依据同样成立"))
    eased = [
        Sentence(f"缓解条件：{_held(held, wording)}", told=wording.told(held.statements))
        for held in item.why_eased
    ]
    return (*found, *eased)


def _reason(reason: Reason, item: Decision, wording: Wording) -> Sentence:
    told = [one for one in reason.held if not _is_silent(one)] or list(reason.held)
    text = "；".join(dict.fromkeys(_held(one, wording) for one in told))
    statements = tuple({one.stamp.id: one for held in told for one in held.statements}.values())
    marks: tuple[str, ...] = ("估计",) if any(one.estimated for one in told) else ()
    if any(one.forecast_until is not None for one in told):
        marks += ("预报",)
    document = item.plan or item.standard or ""
    bases = reason.basis or item.basis
    return Sentence(text, wording.clauses(bases, document), marks, wording.told(statements))


def _is_silent(held: Held) -> bool:
    return held.assumed or (isinstance(held.cell, ActCell) and not held.statements)


def _held(held: Held, wording: Wording) -> str:
    cell = held.cell
    if isinstance(cell, LevelCell):
        state = "已启动" if cell.read == "active" else ""
        return f"{wording.unit(cell.unit)}{state}{wording.words.known(cell, held.value)}"
    asked = wording.asked(cell, held.accepts)
    wanted = f"（条件：{asked}）" if asked and asked != wording.known(cell, held.value) else ""
    assumed = "（推定）" if held.assumed else ""
    return f"{wording.held(cell, held.value)}{wanted}{assumed}"
