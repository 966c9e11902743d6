"""Where an incident and its responses stand, as text."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from planengine.cli.language import Language
from planengine.cli.session_telling import PROPOSALS, STAGES, Telling
from planengine.screens.screen import BOLD, CYAN, DIM, YELLOW, Line

if TYPE_CHECKING:
    from planengine.assessment.assessment import Assessment
    from planengine.sessions.standing import Course, Standing

MOST_STANDINGS = 3


def course_text(
    found: Course, assessment: Assessment, language: Language, *, everything: bool = False
) -> str:
    """Where the incident stands, and where recommendation and force differ, and for how long."""
    telling = Telling(assessment, language, everything=everything)
    say = telling.say
    telling.banner()
    stage = say(*STAGES[found.stage]) if found.stage else say("尚无信息", "nothing told")
    telling.screen.line((say(f"阶段：{stage}", f"stage: {stage}"), BOLD))
    rows = [
        one for one in found.standings if one.differ_since or one.in_force or one.stage == "ended"
    ]
    rows.sort(key=lambda one: (one.in_force is None, one.stage == "ended"))
    shown = rows if everything else rows[:MOST_STANDINGS]
    for one in shown:
        telling.screen.line(*_standing(telling, one, found.at), indent=1, hang=3)
    if len(rows) > len(shown):
        more = len(rows) - len(shown)
        telling.screen.line((say(f"另 {more} 项", f"{more} more"), DIM), indent=1)
    telling.screen.blank()
    return telling.screen.text()


def _standing(telling: Telling, one: Standing, at: datetime) -> Line:
    say, words = telling.say, telling.words
    line: Line = [(f"{telling.decision(one.decision, one.label)}  ", "")]
    force = words.level(one.scale, one.in_force) if one.in_force else say("未启动", "not started")
    if one.stage == "ended":
        force = say("已终止", "ended")
    line.append((say(f"现行 {force}", f"in force: {force}"), BOLD))
    if one.differ_since is not None:
        facts = words.level(one.scale, one.recommended)
        length = telling.length((at - one.differ_since).total_seconds())
        line.append((say(f"，研判 {facts}", f", facts: {facts}"), ""))
        line.append((say(f"，已相差{length}", f", differing for {length}"), YELLOW))
    if one.reason is not None and one.differ_since is not None:
        line.append((say(f"，理由：{one.reason}", f", because: {one.reason}"), DIM))
    if one.command is not None:
        to = words.named(one.command.to)
        line.append((say(f"，由{to}指挥", f", commanded by {to}"), CYAN))
    if one.declined is not None:
        why = one.declined.reason
        line.append((say(f"，建议已否决：{why}", f", declined: {why}"), YELLOW))
    if one.proposal in PROPOSALS:
        line.append(
            (
                say(f"，建议{say(*PROPOSALS[one.proposal])}", f", to {PROPOSALS[one.proposal][1]}"),
                CYAN,
            )
        )
        line += telling.by(one.approve, one.decided_by)
    return line
