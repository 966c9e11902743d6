"""What contradicts what: evidence itself, people and the facts, people and the plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from planengine.assessment.coverage import coverage
from planengine.assessment.entries import duties_in_force
from planengine.assessment.phrases import Language
from planengine.assessment.results import Conflict, Outdated
from planengine.assessment.situation import Situation
from planengine.assessment.words import Words
from planengine.diagnostics import Text
from planengine.domain.documents import Edition
from planengine.domain.ids import UnitKey
from planengine.domain.statements import Issue, PutInForce
from planengine.rules.ruleset import Unit


def conflicts(situation: Situation) -> tuple[Conflict, ...]:
    """Conflicting evidence among the facts read, contradicted issues, and what people did amiss."""
    found = list(_uncovered(situation))
    text = Text("statements cannot all be true", "各项陈述不可能都为真")
    found += [
        Conflict("evidence", str(cell), text, statements)
        for cell, statements in situation.evidence.conflicts
    ]
    found.extend(_contradicted_issues(situation))
    found.extend(_differing_issues(situation))
    found.extend(_unheard_issues(situation))
    found.extend(_unentitled(situation))
    found.extend(_unentitled_acts(situation))
    found.extend(_overrun(situation))
    found.extend(_past_edition(situation))
    found.extend(_without_decision(situation))
    return tuple(found)


def outdated(situation: Situation) -> tuple[Outdated, ...]:
    """What gave way to newer evidence, by the fact and place that it was stated of."""
    return tuple(Outdated(cell, statements) for cell, statements in situation.evidence.outdated)


def _uncovered(situation: Situation) -> Iterator[Conflict]:
    """Hazards that no standard or plan in force is for: that nothing is reached says nothing."""
    for item in coverage(situation):
        if item.covered:
            continue
        hazard = _named(situation, item.hazard)
        text = Text(
            f"no standard or plan in force then is for {hazard.en}: it was not judged",
            f"当时没有针对{hazard.zh}的有效标准或预案：未予研判",
        )
        if item.judges:
            en = ", ".join(one.label.text("en") for one in item.judges)
            zh = "、".join(one.label.text("zh") for one in item.judges)
            text = Text(
                f"no standard or plan in force then is for {hazard.en} itself: only its "
                f"consequences were judged, by {en}",
                f"当时没有专门针对{hazard.zh}的有效标准或预案：仅由{zh}研判其后果",
            )
        yield Conflict("not-covered", item.hazard, text)


def _differing_issues(situation: Situation) -> Iterator[Conflict]:
    """Different levels that several have issued for one area: the most severe counts."""
    for unit in situation.rules.units:
        people = situation.evidence.people
        own = people.standing(unit.scale.id, unit.document, unit.area, unit.track)
        if len({issue.rank for issue in own}) < 2:
            continue
        said = [(_level(situation, unit, one.rank), _issuer(situation, one)) for one in own]
        yield _about_decision(
            "issued",
            unit.id,
            Text(
                "issued differently: " + ", ".join(f"{level.en} by {by.en}" for level, by in said),
                "发布的级别不一致：" + "、".join(f"{by.zh}发布{level.zh}" for level, by in said),
            ),
        )


def _issuer(situation: Situation, issue: Issue) -> Text:
    by = issue.by or issue.stamp.source
    return _named(situation, by) if by is not None else Text("somebody", "未具名者")


def _past_edition(situation: Situation) -> Iterator[Conflict]:
    """Responses in force that were started under an edition which is over."""
    for unit, put in _running(situation):
        started = situation.evidence.started(unit.document, unit.track, unit.area)
        then = _edition_at(situation, unit, started)
        now = situation.outline.document(unit).edition
        if not unit.over and (then is None or then == now):
            continue
        level = _level(situation, unit, put.rank)
        if unit.over:
            text = Text(
                f"{level.en} is in force by edition {now.number}, which is over and has no "
                "successor: its duties stand, it can be lowered or ended, and nothing else of it",
                f"{level.zh}依据的{now.number}版已失效且无后续版本：其任务仍在，可降级或终止，不再给出新级别",
            )
        else:
            assert then is not None
            text = Text(
                f"{level.en} was started by edition {then.number}, which is over; edition "
                f"{now.number} judges now",
                f"{level.zh}依据{then.number}版启动，该版已失效；现由{now.number}版研判",
            )
        yield _about_decision("edition", unit.id, text)


def _without_decision(situation: Situation) -> Iterator[Conflict]:
    """Levels in force for which nothing is decided any more: the edition in force lacks them."""
    evidence, entities = situation.evidence, situation.entities
    seen: set[tuple[str, str | None, str | None]] = set()
    for put in evidence.journal.put_in_force:
        key = put.plan, put.track, evidence.journal.area_of(put)
        editions = entities.plans.get(put.plan, ())
        if key in seen or not editions or editions[-1].external:
            continue
        seen.add(key)
        decided = any(
            unit.document == put.plan
            and unit.purpose == "level"
            and key[1] in {None, unit.track}
            and key[2] in {None, unit.area}
            for unit in situation.rules.units
        )
        standing = evidence.people.decisions(*key)
        if decided or not standing or not standing[-1].rank:
            continue
        plan = _named(situation, put.plan)
        text = Text(
            f"a level of {plan.en} is in force; the edition in force decides nothing like it",
            f"{plan.zh}有级别处于启动状态，但现行版本没有与之对应的研判",
        )
        yield Conflict("edition", put.plan, text)


def _edition_at(situation: Situation, unit: Unit, at: int | None) -> Edition | None:
    if at is None:
        return None
    editions = situation.entities.plans[unit.document]
    return next(
        (one.edition for one in reversed(editions) if one.edition.period.contains(at)), None
    )


def _contradicted_issues(situation: Situation) -> Iterator[Conflict]:
    """Issued levels that the facts do not allow."""
    for position, rank in situation.issued.items():
        unit = situation.rules.units[position]
        level, could_reach, _ = situation.outcomes[position]
        if level <= rank <= could_reach:
            continue
        issued, at_least = _level(situation, unit, rank), _level(situation, unit, level)
        text = Text(
            f"issued {issued.en}, but the facts give {at_least.en}",
            f"已发布{issued.zh}，但事实支持{at_least.zh}",
        )
        if could_reach != level:
            most = _level(situation, unit, could_reach)
            text = Text(f"{text.en} to {most.en}", f"{text.zh}至{most.zh}")
        yield _about_decision("issued", unit.id, text)


def _unheard_issues(situation: Situation) -> Iterator[Conflict]:
    """Levels issued for an area for which nothing is decided: they change no answer."""
    journal, within = situation.evidence.journal, situation.registry.is_within
    home = situation.entities.home
    for issue in journal.issued:
        place = journal.area_of(issue) or home
        units = [one for one in situation.rules.units if one.document == issue.document]
        fitting = [one for one in units if one.scale.id == issue.scale]
        heard = any(
            (one.area == place or within(one.area, place)) and issue.track in {None, one.track}
            for one in fitting
        )
        since, until = journal.period_of(issue)
        stands = since <= situation.evidence.at < until
        if heard or not fitting or not issue.rank or not stands:
            continue
        level, area = _level(situation, fitting[0], issue.rank), _named(situation, place)
        meant = _named(situation, *dict.fromkeys(one.area for one in fitting))
        text = Text(
            f"{level.en} was issued for {area.en}; it is decided for {meant.en}: nothing changes",
            f"已对{area.zh}发布{level.zh}；该级别按{meant.zh}研判，未影响任何结论",
        )
        yield _about_decision("unheard", UnitKey(issue.document, None, place), text)


def _unentitled(situation: Situation) -> Iterator[Conflict]:
    """Levels that somebody started whom the plan names for no level as severe."""
    entities = situation.entities
    for unit, put in _running(situation):
        approvals = [
            duties.approve
            for duties in situation.outline.track(unit).duties
            if duties.rank >= put.rank and duties.approve is not None
        ]
        named = {one.id for first in approvals for one in (first, *first.alternates)}
        bodies = {entities.posts[name].body for name in named if name in entities.posts}
        own = situation.duties(unit, put.rank)
        if put.by is None or not named or put.by in named | bodies:
            continue
        if own and put.by not in {duties.decided_by for duties in own}:
            level, by = _level(situation, unit, put.rank), _named(situation, put.by)
            meant = _named(situation, *sorted(named))
            text = Text(
                f"{level.en} was started by {by.en}; the plan names {meant.en}",
                f"{level.zh}由{by.zh}启动；预案规定的是{meant.zh}",
            )
            yield _about_decision("authority", unit.id, text)


def _unentitled_acts(situation: Situation) -> Iterator[Conflict]:
    """Acts that somebody made whom the clause does not name."""
    for act in situation.rules.acts:
        for made in situation.evidence.invoked(act.clause, act.place):
            if not act.by or made.by is None:
                continue
            if any(_is_same(situation, holder, made.by) for holder in act.by):
                continue
            by, meant = _named(situation, made.by), _named(situation, *act.by)
            text = Text(
                f"“{act.what}” was said by {by.en}; the clause names {meant.en}",
                f"“{act.what}”由{by.zh}作出；条款规定的是{meant.zh}",
            )
            yield _about_decision("authority", act.unit, text)


def _is_same(situation: Situation, one: str, other: str) -> bool:
    """Whether two names are one, or a post and the body that it is held in."""
    posts = situation.entities.posts
    bodies = {posts[name].body for name in (one, other) if name in posts}
    return one == other or one in bodies or other in bodies


def _overrun(situation: Situation) -> Iterator[Conflict]:
    """Levels in force for longer than was stated or than the plan foresees; they stay in force."""
    for unit, put in _running(situation):
        own = duties_in_force(situation, unit, put)
        duration = put.duration or (own.duration if own is not None else None)
        since = situation.evidence.journal.time_of(put)
        if duration is not None and since + duration <= situation.evidence.at:
            level = _level(situation, unit, put.rank)
            text = Text(
                f"the duration of {level.en} has passed; it stays in force",
                f"{level.zh}的期限已过，仍然有效",
            )
            yield _about_decision("overdue", unit.id, text)


def _running(situation: Situation) -> Iterator[tuple[Unit, PutInForce]]:
    for unit in situation.rules.units:
        put = situation.running(unit)
        if put is not None:
            yield unit, put


def _level(situation: Situation, unit: Unit, rank: int) -> Text:
    found = unit.scale.by_rank(rank)

    def said(language: Language) -> str:
        words = Words(situation.entities, language, at=situation.evidence.at)
        return words.level(unit.scale.id, found.id if found else None)

    return Text(said("en"), said("zh"))


def _named(situation: Situation, *names: str) -> Text:
    def said(language: Language, between: str) -> str:
        words = Words(situation.entities, language, at=situation.evidence.at)
        return between.join(words.named(name) for name in names)

    return Text(said("en", ", "), said("zh", "、"))


def _about_decision(
    kind: Literal["edition", "issued", "unheard", "authority", "overdue"], unit: UnitKey, text: Text
) -> Conflict:
    return Conflict(kind, str(unit), text, decision=unit)
