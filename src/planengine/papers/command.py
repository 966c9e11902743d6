"""Who commands now, where that is not as the plan says; what people declined of a response."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.command import acting, approver, commander
from planengine.assessment.decisions import Decision
from planengine.assessment.results import Command
from planengine.assessment.situation import Situation
from planengine.domain.documents import LevelDuties
from planengine.domain.statements import PutInForce
from planengine.papers.parts import Sentence
from planengine.papers.wording import Wording
from planengine.rules.ruleset import Unit


def duties_now(situation: Situation, unit: Unit, duties: LevelDuties) -> LevelDuties:
    """What a plan has for a level, with those who propose and approve now in their places."""
    propose = None if duties.propose is None else acting(situation, duties.propose)
    return replace(duties, propose=propose, approve=approver(situation, unit, duties.approve))


def signer(put: PutInForce, item: Decision, assessment: Assessment) -> str | None:
    """Who signs for a level in force: whoever decided it, or who has taken their place since."""
    situation = assessment.situation
    handed = commander(situation, situation.outline.unit(item.key))
    if handed is not None and situation.evidence.journal.time_of(handed) > put.stamp.at:
        return handed.to
    acts = situation.evidence.people.acting_for(put.by) if put.by is not None else None
    return put.by if acts is None else acts.to


def commanded(item: Decision, wording: Wording) -> str:
    """By whom else a response is commanded, since when and why; '' as the plan says."""
    if item.command is None:
        return ""
    to = wording.words.named(item.command.to)
    return _since(item.command, f"由{to}指挥", f"commanded by {to}", wording)


def declined(item: Decision, wording: Wording) -> str:
    """What was declined of a response, when, by whom and why; '' where nothing was."""
    said = item.declined
    if said is None:
        return ""
    at, by = wording.time(said.at), wording.decided_by(said.by)
    what = wording.say(
        *not_done(said.move, wording.level(item.scale, said.level), started=bool(item.in_force))
    )
    return wording.say(
        f"{by}于{at}决定{what}，理由：{said.reason}",
        f"{by} decided on {at} {what}, because: {wording.original(said.reason)}",
    )


def not_done(move: str, level: str, *, started: bool) -> tuple[str, str]:
    """What people do not do who decline it."""
    match move:
        case "lower":
            return "不降级", "not to lower it"
        case "end":
            return "不终止响应", "not to end it"
        case _ if started:
            return f"不提升为{level}", f"not to raise it to {level}"
        case _:
            return f"不启动{level}", f"not to start {level}"


def acting_said(assessment: Assessment, wording: Wording, name: str) -> Iterator[Sentence]:
    """That somebody acts for a post, to that post and to whoever acts for it."""
    for one in assessment.acting:
        if name in {one.post, one.to} and one.post is not None:
            to, post = (wording.words.named(each) for each in (one.to, one.post))
            yield Sentence(_since(one, f"{to}代行{post}职责", f"{to} acts for {post}", wording))


def _since(one: Command, zh: str, en: str, wording: Wording) -> str:
    at, why = wording.time(one.at), wording.original(one.reason or "")
    because = wording.say(f"（{why}）", f" ({why})") if why else ""
    return wording.say(f"自{at}起{zh}{because}", f"{en} since {at}{because}")
