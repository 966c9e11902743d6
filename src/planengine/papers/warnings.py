"""The notices that a warning is issued, changed or lifted, or that the facts call for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.domain.documents import LevelDuties, Plan
from planengine.papers.bound_tasks import bound_tasks
from planengine.papers.command import duties_now
from planengine.papers.heads import head
from planengine.papers.issues import Announced, announced
from planengine.papers.law import of_law
from planengine.papers.levels import facts_give, reasons_said
from planengine.papers.matter import matter_of
from planengine.papers.offices import members_of
from planengine.papers.parts import BLANK, Sentence, Signature, Task, WarningNotice
from planengine.papers.warning_law import required
from planengine.papers.wording import Wording


def warning_notices(
    assessment: Assessment, wording: Wording
) -> Iterator[tuple[Decision, tuple[str, ...], WarningNotice]]:
    """Each warning that was issued, changed or lifted or is called for; by whom, and its notice."""
    entities = assessment.situation.entities
    for item in assessment.decisions:
        of_warnings = entities.scales[item.scale].meaning == "warning"
        if item.purpose == "level" or (item.purpose == "standard" and not of_warnings):
            continue
        for one in announced(item, assessment):
            duties = _duties(item, one, assessment)
            yield item, tuple(_people(one, duties)), _notice(item, one, assessment, wording)


def _duties(item: Decision, one: Announced, assessment: Assessment) -> LevelDuties | None:
    """What the plan says of the level: of a lifting, of the one that stood."""
    situation = assessment.situation
    unit = situation.outline.unit(item.key)
    level = one.level or one.before
    entries = situation.duties(unit, unit.scale.rank(level)) if level else ()
    return next((duties_now(situation, unit, one) for one in entries), None)


def _people(one: Announced, duties: LevelDuties | None) -> Iterator[str]:
    if one.issue is not None and one.issue.by is not None:
        yield one.issue.by
    if duties is not None:
        for each in (duties.propose, duties.approve):
            if each is not None:
                yield each.id
                yield from (other.id for other in each.alternates)


def _notice(
    item: Decision, one: Announced, assessment: Assessment, wording: Wording
) -> WarningNotice:
    say = wording.say
    duties = _duties(item, one, assessment)
    drafted = one.issue is None
    document = item.plan or item.standard or ""
    clauses = wording.clauses(duties.basis if duties is not None else item.basis, document)
    name, level = _name(item, assessment, wording), wording.level(item.scale, one.level)
    before = wording.level(item.scale, one.before) if one.before else ""
    to_choose = BLANK if one.act == "change" and one.level is None else level
    title = {
        "issue": say(f"关于发布{name}（{level}）的通知", f"Notice: {name} issued ({level})"),
        "change": say(
            f"关于将{name}由{before}调整为{to_choose}的通知",
            f"Notice: {name} changed from {before} to {to_choose}",
        ),
        "lift": say(f"关于解除{name}（{before}）的通知", f"Notice: {name} lifted (was {before})"),
    }[one.act]
    state, word = _state(one, wording)
    colour = next(
        (
            each.colour
            for each in assessment.situation.entities.scales[item.scale].levels
            if each.id == one.level
        ),
        None,
    )
    issuer = _issuer(one, duties, wording)
    tasks = () if one.act == "lift" else tuple(bound_tasks(item, one.level, assessment, wording))
    reasons = reasons_said(item, wording) if item.why else ()
    facts = Sentence(f"{say('；', '; ').join(facts_give(item, wording))}{say('。', '.')}")
    asked = required(one.act, colour, wording) if item.purpose == "warning" else ()
    rows = [row for row in tasks if not row.unsure]
    settled = duties is not None and (one.act == "lift" or one.level is not None)
    measures = tuple(
        Sentence(wording.original(text), clauses)
        for text in (duties.every_measure if duties is not None and settled else ())
    )
    return WarningNotice(
        head=head(
            assessment,
            wording,
            "warning",
            title + (say("（拟发布稿）", " (draft)") if drafted else ""),
            state=state,
            file=say(
                f"预警{word}-{name}{to_choose if one.act != 'lift' else before}".replace(BLANK, ""),
                f"warning-{word}-{name}-{to_choose if one.act != 'lift' else before}",
            ),
            addressees=_addressees(item, rows, assessment, wording),
            sender=issuer,
            body=(clauses, reasons, tasks, asked),
        ),
        act=one.act,
        drafted=drafted,
        form=_form(item, wording),
        kind=Sentence(_kind(item, assessment, wording)),
        level=tuple(_level(one, item, duties, wording)),
        area=Sentence(wording.words.place(item.area)),
        since=_since(one, wording),
        until=_until(one, item, assessment, wording),
        reasons=reasons,
        supported=facts,
        cautions=Sentence(BLANK, marks=(wording.to_fill_in,)),
        measures=measures,
        tasks=tuple(rows),
        open_tasks=tuple(row for row in tasks if row.unsure),
        issuer=Sentence(issuer, clauses if duties is not None else ()),
        issued_at=wording.time(one.issue.stamp.at, year=True) if one.issue is not None else BLANK,
        required=asked,
        matter=matter_of(assessment, wording, only=item.id),
        signatures=tuple(_signatures(one, duties, wording)),
        calls=wording.calls(_called(one, duties)),
    )


def _name(item: Decision, assessment: Assessment, wording: Wording) -> str:
    """What the warning is called: a signal by its standard, a plan's by the hazards it is for."""
    where = "" if item.area == wording.entities.home else wording.words.place(item.area)
    text = _kind(item, assessment, wording)
    if item.purpose == "warning":
        text = wording.say(f"{text}预警", f"{text} warning")
    return wording.say(f"{where}{text}", f"{text} for {where}" if where else text)


def _kind(item: Decision, assessment: Assessment, wording: Wording) -> str:
    """What it warns of: the hazards of the plan's track, or the signal's own name."""
    if item.purpose == "standard":
        return wording.words.label(item.label)
    situation = assessment.situation
    unit = situation.outline.unit(item.key)
    plan = situation.outline.document(unit)
    of_track = situation.outline.track(unit).hazards
    hazards = of_track or (plan.hazards if isinstance(plan, Plan) else ())
    return wording.joined(map(wording.words.hazard, hazards))


def _addressees(
    item: Decision, rows: Iterable[Task], assessment: Assessment, wording: Wording
) -> Iterator[str]:
    """Whoever has a task by it, then the members of the plan."""
    for row in rows:
        yield from row.bodies
    plan = assessment.situation.outline.plans.get(item.plan or "")
    if plan is not None:
        yield from wording.names(members_of(assessment, plan))


def _word(one: Announced, wording: Wording) -> str:
    say = wording.say
    return {
        "issue": say("发布", "issue"),
        "change": say("调整", "change"),
        "lift": say("解除", "lift"),
    }[one.act]


def _drafted(one: Announced, wording: Wording) -> str:
    word = _word(one, wording)
    return wording.say(f"拟{word}", f"DRAFT to {word}")


def _state(one: Announced, wording: Wording) -> tuple[str, str]:
    """How a notice says whether it was issued; and the word for its file's name."""
    say, word = wording.say, _word(one, wording)
    if one.issue is not None:
        done = {"issue": "issued", "change": "changed", "lift": "lifted"}[one.act]
        return say(f"已{word}", done), say(f"已{word}", done)
    force = say("　未经签发，不得印发，不具效力", ": no force before it is signed")
    return _drafted(one, wording) + force, say(f"拟{word}", f"draft-{word}")


def _form(item: Decision, wording: Wording) -> Sentence:
    if item.purpose == "warning":
        text = wording.say(
            "发布预警，应当写明事件类别、预警级别、起始时间、可能影响范围、警示事项、应当采取的措施、"
            "发布单位和发布时间。",
            "A warning states the kind of event, the level, from when it stands, the area, what to "
            "beware of, what to do, who issues it and when.",
        )
        return of_law("第六十四条", text, wording)
    text = wording.say(
        "本件为监测机构的预警信号；县级以上人民政府依法发布的预警另行办理。",
        "This is a signal of a monitoring body; a warning by a government is another paper.",
    )
    return of_law("第六十三条、第六十四条", text, wording)


def _level(
    one: Announced, item: Decision, duties: LevelDuties | None, wording: Wording
) -> Iterator[Sentence]:
    say = wording.say
    before = wording.level(item.scale, one.before) if one.before else ""
    level = wording.level(item.scale, one.level) if one.level else ""
    clauses = wording.clauses(
        duties.basis if duties is not None else item.basis, item.plan or item.standard or ""
    )
    if one.issue is not None:
        by = wording.issued_by(one.issue.by)
        at = wording.time(one.issue.stamp.at, year=True)
        text = {
            "issue": say(f"{level}，{by}于{at}发布。", f"{level}, issued by {by} at {at}."),
            "change": say(
                f"由{before}调整为{level}，{by}于{at}发布。",
                f"Changed from {before} to {level} by {by} at {at}.",
            ),
            "lift": say(f"{before}解除，{by}于{at}宣布。", f"{before} lifted by {by} at {at}."),
        }[one.act]
        yield Sentence(text, clauses, (_state(one, wording)[1],))
        return
    mark = _drafted(one, wording)
    if one.act == "issue":
        text = say(f"{level}，尚未发布。", f"{level}, not issued yet.")
    elif one.act == "lift":
        text = say(
            f"{before}仍在发布中；据现有事实已不可能达到任何级别，尚未解除。",
            f"{before} still stands; on what is known no level can be reached; not lifted yet.",
        )
    elif one.level is not None:
        text = say(
            f"由{before}调整为{level}，尚未调整。", f"From {before} to {level}, not changed yet."
        )
    else:
        text = say(
            f"现为{before}，据现有事实已不能达到该级；调整为何级由签发人确定：{BLANK}。",
            f"{before} now, which the facts cannot reach any more; to which level is for the "
            f"signer: {BLANK}.",
        )
    yield Sentence(text, clauses, (mark,))


def _since(one: Announced, wording: Wording) -> Sentence:
    say = wording.say
    if one.issue is None:
        return Sentence(say("自签发之时起。", "From the moment of signing."))
    since = one.issue.valid_from if one.issue.valid_from is not None else one.issue.stamp.at
    return Sentence(wording.time(since, year=True))


def _until(one: Announced, item: Decision, assessment: Assessment, wording: Wording) -> Sentence:
    """How long it stands; a blank where nobody said, beside how far the forecasts reach."""
    say = wording.say
    if one.act == "lift":
        return Sentence(say("预警期随之结束。", "The warning period ends with it."))
    if one.issue is not None and one.issue.valid_until is not None:
        until = wording.time(one.issue.valid_until, year=True)
        return Sentence(say(f"至{until}（发布时载明）。", f"Until {until} (as issued)."))
    reach = [
        held.forecast_until
        for why in item.why
        for held in why.held
        if held.forecast_until is not None and held.forecast_until > assessment.at
    ]
    told = ""
    if reach:
        end = wording.time(max(reach))
        told = say(f"；所据预报至{end}", f"; the forecasts reach to {end}")
    if one.issue is not None:
        text = say(
            f"发布时未载明，至调整或者解除为止{told}。",
            f"Not told with the issue: until it is changed or lifted{told}.",
        )
        return Sentence(text)
    text = say(f"{BLANK}（由签发人填写{told}）", f"{BLANK} (for the signer to fill in{told})")
    return Sentence(text, marks=(wording.to_fill_in,))


def _issuer(one: Announced, duties: LevelDuties | None, wording: Wording) -> str:
    if one.issue is not None and one.issue.by is not None:
        return wording.words.named(one.issue.by)
    return wording.executor(duties.propose if duties is not None else None)


def _signatures(
    one: Announced, duties: LevelDuties | None, wording: Wording
) -> Iterator[Signature]:
    yield Signature(wording.say("发布", "issued by"), _issuer(one, duties, wording))
    if duties is not None and duties.approve is not None:
        yield Signature(wording.say("批准", "approved by"), wording.executor(duties.approve))


def _called(one: Announced, duties: LevelDuties | None) -> Iterator[tuple[str, str]]:
    if one.issue is not None and one.issue.by is not None:
        yield "agency", one.issue.by
    for each in (duties.propose, duties.approve) if duties is not None else ():
        if each is not None:
            yield ("post" if each.kind == "post" else "agency"), each.id
