"""Levels as papers tell them: what is in force, what is advised, what is not settled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.results import Held, Reason
from planengine.domain.statements import PutInForce
from planengine.papers.command import commanded, declined
from planengine.papers.parts import BLANK, Sentence
from planengine.papers.wording import Wording
from planengine.rules.conditions import ActCell, LevelCell

MOST_REASONS = 4
PROPOSED = ("start", "raise", "lower", "end")


def running(assessment: Assessment, item: Decision) -> PutInForce | None:
    """What people put in force last for a decision; None where nothing is in force.

    It stands at the time of its first version: a correction changes what, not when.
    """
    situation = assessment.situation
    put = situation.running(situation.outline.unit(item.key))
    if put is None:
        return None
    return replace(put, stamp=replace(put.stamp, at=situation.evidence.journal.time_of(put)))


def who_when(put: PutInForce, wording: Wording) -> str:
    """Who put a level in force, and when."""
    by, at = wording.decided_by(put.by), wording.time(put.stamp.at, year=True)
    return wording.say(f"{by}于{at}决定", f"decided by {by} on {at}")


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
    names = wording.joined(map(wording.words.hazard, hazards))
    text = wording.say(
        f"{names}没有现行预案或者标准，未予研判",
        f"no plan or standard in force is for {names}: not judged",
    )
    return Sentence(text, marks=(wording.say("未研判", "NOT JUDGED"),))


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
        text = wording.say("没有预案或者标准达到任何级别。", "No plan or standard reaches a level.")
        found.append(Sentence(text))
    if rest:
        names = wording.say("；", "; ").join(
            wording.together(wording.decision(one), wording.level(one.scale, one.could_reach))
            for one in rest
        )
        text = wording.say(f"未达到但不能排除：{names}", f"not reached, and not excluded: {names}")
        found.append(Sentence(text, marks=(wording.to_verify,)))
    return tuple(found)


def decision_said(item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """One decision: what is in force or issued, what is advised, what the facts give."""
    put = running(assessment, item)
    parts: list[str] = []
    marks: list[str] = []
    if put is not None:
        now, decided = wording.level(item.scale, item.in_force), who_when(put, wording)
        parts.append(wording.say(f"已启动{now}（{decided}）", f"in force: {now} ({decided})"))
    parts += filter(None, (commanded(item, wording), declined(item, wording)))
    advice = advised(item, wording)
    if advice:
        parts.append(advice)
        marks.append(wording.advice)
    if item.issued:
        by = issuers(item, assessment, wording)
        issued = wording.level(item.scale, item.issued)
        parts.append(wording.say(f"已发布{issued}（{by}）", f"issued: {issued} ({by})"))
    own = list(facts_give(item, wording))
    if put is None and not advice and not item.issued and item.level:
        level = wording.level(item.scale, item.level)
        own[0] = wording.say(f"据现有事实初判为{level}", f"on what is known, at first {level}")
    elif item.level == item.in_force or advice:
        own = own[1:] if item.level else own
    marks += open_marks(item, wording)
    name, told_of = wording.decision(item), wording.say("；", "; ").join([*parts, *own])
    text = wording.say(f"{name}：{told_of}", f"{name}: {told_of}")
    told = bool(item.level or item.in_force)
    clauses = wording.clauses(item.basis, item.plan or item.standard or "") if told else ()
    return Sentence(text, clauses, tuple(marks))


def open_marks(item: Decision, wording: Wording) -> tuple[str, ...]:
    """What marks a decision whose facts leave more open than they give."""
    marks: tuple[str, ...] = ()
    if item.indicated != item.level:
        marks = (wording.say("据报可达", "BY WHAT WAS REPORTED"),)
    if item.could_reach not in {item.level, item.indicated}:
        marks += (wording.to_verify,)
    return marks


def planned_said(assessment: Assessment, wording: Wording) -> tuple[Sentence, ...]:
    """What is advised and not decided; the rest is for whoever drafts it."""
    found = []
    for one in assessment.decisions:
        advice = advised(one, wording)
        if advice and one.purpose == "level":
            name = wording.decision(one)
            text = wording.say(f"{name}：{advice}", f"{name}: {advice}")
            found.append(Sentence(text, marks=(wording.advice,)))
    text = wording.say(
        f"拟采取的其他措施和下一步工作：{BLANK}", f"What else is planned, and next: {BLANK}"
    )
    return (*found, Sentence(text, marks=(wording.to_fill_in,)))


def facts_give(item: Decision, wording: Wording) -> Iterator[str]:
    """What the facts surely give, what was reported allows, and what is not excluded."""
    say = wording.say
    if item.level:
        level = wording.level(item.scale, item.level)
        yield say(f"据现有事实研判为{level}", f"on what is known: {level}")
    else:
        yield say("据现有事实未达到任何级别", "on what is known no level is reached")
    if item.indicated != item.level:
        level = wording.level(item.scale, item.indicated)
        yield say(f"据报可达{level}", f"what was reported allows {level}")
    if item.could_reach not in {item.level, item.indicated}:
        loose = "" if item.exact else say("（上限估计）", " (an upper estimate)")
        level = wording.level(item.scale, item.could_reach)
        yield say(f"不能排除{level}{loose}", f"{level} is not excluded{loose}")


def advised(item: Decision, wording: Wording) -> str:
    """What people are advised to do about a response; '' for nothing."""
    say = wording.say
    level, now = (wording.level(item.scale, one) for one in (item.level, item.in_force))
    verb = wording.words.verb(item.verb) if item.verb else ""
    match item.proposal:
        case "start":
            return say(
                f"建议启动{level}（预案规定：{verb}启动），尚未启动",
                f"ADVICE: start {level} (the plan: {verb}), not started",
            )
        case "raise":
            return say(
                f"建议由{now}提升为{level}（预案规定：{verb}启动），尚未提升",
                f"ADVICE: raise {now} to {level} (the plan: {verb}), not raised",
            )
        case "lower":
            return say(
                f"建议降低级别（现为{now}），降至何级由批准人确定：{BLANK}",
                f"ADVICE: lower the level (now {now}); to which is for the approver: {BLANK}",
            )
        case "end":
            return say(f"建议终止（现为{now}），尚未终止", f"ADVICE: end it (now {now}), not ended")
        case _:
            return ""


def issuers(item: Decision, assessment: Assessment, wording: Wording) -> str:
    """Who issued the level that stands, and when."""
    unit = assessment.situation.outline.unit(item.key)
    journal = assessment.situation.evidence.journal
    standing = assessment.situation.evidence.standing(
        unit.scale.id, unit.document, unit.area, unit.track
    )
    told = dict.fromkeys(
        wording.together(wording.issued_by(one.by), wording.time(journal.time_of(one)))
        for one in standing
        if one.rank == unit.scale.rank(item.issued or "")
    )
    return wording.joined(told)


# Reasons


def reasons_said(item: Decision, wording: Wording) -> tuple[Sentence, ...]:
    """The rules that give a level with what held; past a few only how many more."""
    ordered = sorted(item.why, key=lambda one: one.kind == "link")
    found = [_reason(one, item, wording) for one in ordered[:MOST_REASONS]]
    more = len(ordered) - len(found)
    if more:
        found.append(
            Sentence(wording.say(f"另有{more}项依据同样成立", f"{more} more reasons hold"))
        )
    eased = [
        Sentence(
            wording.say("缓解条件：", "eased by: ") + _held(held, wording),
            told=wording.told(held.statements),
        )
        for held in item.why_eased
    ]
    return (*found, *eased)


def _reason(reason: Reason, item: Decision, wording: Wording) -> Sentence:
    told = [one for one in reason.held if not _is_silent(one)] or list(reason.held)
    text = wording.say("；", "; ").join(dict.fromkeys(_held(one, wording) for one in told))
    statements = tuple({one.stamp.id: one for held in told for one in held.statements}.values())
    marks: tuple[str, ...] = ()
    if any(one.estimated for one in told):
        marks += (wording.kind("estimated"),)
    if any(one.forecast_until is not None for one in told):
        marks += (wording.kind("forecast"),)
    document = item.plan or item.standard or ""
    bases = reason.basis or item.basis
    return Sentence(text, wording.clauses(bases, document), marks, wording.told(statements))


def _is_silent(held: Held) -> bool:
    return held.assumed or (isinstance(held.cell, ActCell) and not held.statements)


def _held(held: Held, wording: Wording) -> str:
    cell = held.cell
    if isinstance(cell, LevelCell):
        state = wording.say("已启动", "in force") if cell.read == "active" else ""
        return wording.together(
            wording.unit(cell.unit), state, wording.words.known(cell, held.value)
        )
    asked = wording.asked(cell, held.accepts)
    wanted = ""
    if asked and asked != wording.known(cell, held.value):
        wanted = wording.say(f"（条件：{asked}）", f" (asked: {asked})")
    assumed = wording.say("（推定）", " (assumed)") if held.assumed else ""
    return f"{wording.held(cell, held.value)}{wanted}{assumed}"
