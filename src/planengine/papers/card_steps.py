"""The steps of a card: what is to be done and reported, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable

from planengine.assessment.assessment import Assessment
from planengine.assessment.command import acting
from planengine.assessment.terms_in_words import told
from planengine.domain.documents import Action, Report, Timing
from planengine.domain.terms import Term
from planengine.papers.parts import Step
from planengine.papers.wording import Wording

_NO_LIMIT = 10**9


def steps_of(
    actions: Iterable[Action],
    reports: Iterable[Report],
    key: str,
    assessment: Assessment,
    wording: Wording,
) -> tuple[Step, ...]:
    rows = [(_wait(one.timing), _action(one, key, assessment, wording)) for one in actions]
    rows += [(_wait(one.timing), _report(one, key, assessment, wording)) for one in reports]
    return tuple(step for _, step in sorted(rows, key=lambda row: row[0]))


def _wait(timing: Timing | None) -> int:
    """Seconds until it is due; what has no limit last."""
    if timing is None or timing.kind == "times":
        return _NO_LIMIT
    return timing.seconds if timing.kind != "clock" else _NO_LIMIT - 1


def _action(one: Action, key: str, assessment: Assessment, wording: Wording) -> Step:
    words, situation = wording.words, assessment.situation
    do = wording.original(words.label(one.do)) + wording.aside(wording.original(one.object or ""))
    say = wording.say
    after = wording.joined(wording.original(words.action(key, name)) for name in one.after)
    approver = "" if one.approve is None else wording.executor(acting(situation, one.approve))
    to = wording.joined(words.executor(acting(situation, each)) for each in one.to)
    verb = words.verb(one.verb)
    known = wording.entities.verbs.get(one.verb)
    marks = () if known is not None and known.obliges else (verb,)
    details = [
        _occasion(one.on, one.when, wording),
        say(f"须先完成：{after}", f"after {after}") if after else "",
        say(f"须经{approver}批准", f"approved by {approver}") if approver else "",
        say(f"报{to}", f"to {to}") if to else "",
        say("完成标志：", "done when: ") + wording.original(one.done_when) if one.done_when else "",
    ]
    limit = words.timing(one.timing) if one.timing is not None else wording.no_limit
    clauses = wording.clauses(one.basis, key)
    return Step(do, limit, tuple(filter(None, details)), clauses, marks)


def _report(one: Report, key: str, assessment: Assessment, wording: Wording) -> Step:
    say, situation = wording.say, assessment.situation
    to = wording.joined(wording.words.executor(acting(situation, each)) for each in one.to)
    told_of = wording.joined(map(wording.original, one.content))
    content = say(f"：{told_of}", f": {told_of}") if told_of else ""
    details = [
        _occasion(one.on, one.when, wording),
        say("方式：", "by ") + wording.original(one.means) if one.means else "",
        say("据报可达该级即报", "as soon as reports allow that level") if one.indicated else "",
    ]
    limit = wording.words.timing(one.timing) if one.timing is not None else wording.no_limit
    clauses = wording.clauses(one.basis, key)
    return Step(
        say(f"向{to}报告{content}", f"report to {to}{content}"),
        limit,
        tuple(filter(None, details)),
        clauses,
    )


def _occasion(on: Term | None, when: Term | None, wording: Wording) -> str:
    parts = [told(one, wording.words) for one in (on, when) if one is not None]
    told_of = wording.say("；且", "; and ").join(parts)
    return wording.say(f"情形：{told_of}", f"where {told_of}") if parts else ""
