"""What contradicts what: evidence itself, people and the facts, people and the plans."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.entries import duties_in_force
from planengine.assessment.results import Conflict, Outdated
from planengine.assessment.situation import Situation
from planengine.assessment.words import Language, Words
from planengine.diagnostics import Text
from planengine.library.statements import PutInForce
from planengine.rules.ruleset import Unit


def conflicts(situation: Situation) -> tuple[Conflict, ...]:
    """Conflicting evidence among the facts read, contradicted issues, and what people did amiss."""
    text = Text("statements cannot all be true", "各项陈述不可能都为真")
    found = [
        Conflict("evidence", str(cell), text, statements)
        for cell, statements in situation.evidence.conflicts
    ]
    found.extend(_contradicted_issues(situation))
    found.extend(_unheard_issues(situation))
    found.extend(_unentitled(situation))
    found.extend(_unentitled_acts(situation))
    found.extend(_overrun(situation))
    return tuple(found)


def outdated(situation: Situation) -> tuple[Outdated, ...]:
    """What gave way to newer evidence, by the fact and place that it was stated of."""
    return tuple(Outdated(cell, statements) for cell, statements in situation.evidence.outdated)


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
        yield Conflict("issued", unit.id, text)


def _unheard_issues(situation: Situation) -> Iterator[Conflict]:
    """Levels issued for an area for which nothing is decided: they change no answer."""
    journal, within = situation.evidence.journal, situation.registry.is_within
    home = situation.entities.home
    for issue in journal.issued:
        place = issue.area or home
        units = [one for one in situation.rules.units if one.document == issue.document]
        fitting = [one for one in units if one.scale.id == issue.scale]
        heard = any(
            (one.area == place or within(one.area, place)) and issue.track in {None, one.track}
            for one in fitting
        )
        if heard or not fitting or not issue.rank or journal.time_of(issue) > situation.evidence.at:
            continue
        level, area = _level(situation, fitting[0], issue.rank), _named(situation, place)
        meant = _named(situation, *dict.fromkeys(one.area for one in fitting))
        text = Text(
            f"{level.en} was issued for {area.en}; it is decided for {meant.en}: nothing changes",
            f"已对{area.zh}发布{level.zh}；该级别按{meant.zh}研判，未影响任何结论",
        )
        yield Conflict("unheard", f"{issue.document}@{place}", text)


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
            yield Conflict("authority", unit.id, text)


def _unentitled_acts(situation: Situation) -> Iterator[Conflict]:
    """Acts that somebody made whom the clause does not name."""
    for act in situation.rules.acts:
        for made in situation.evidence.invoked(act.clause, act.place):
            if act.by is None or made.by is None or _is_same(situation, act.by, made.by):
                continue
            by, meant = _named(situation, made.by), _named(situation, act.by)
            text = Text(
                f"{act.clause} was made by {by.en}; the clause names {meant.en}",
                f"{act.clause} 由{by.zh}作出；条款规定的是{meant.zh}",
            )
            yield Conflict("authority", act.unit, text)


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
            yield Conflict("overdue", unit.id, text)


def _running(situation: Situation) -> Iterator[tuple[Unit, PutInForce]]:
    for unit in situation.rules.units:
        put = situation.running(unit)
        if put is not None:
            yield unit, put


def _level(situation: Situation, unit: Unit, rank: int) -> Text:
    found = unit.scale.by_rank(rank)

    def said(language: Language) -> str:
        words = Words(situation.entities, language)
        return words.level(unit.scale.id, found.id if found else None)

    return Text(said("en"), said("zh"))


def _named(situation: Situation, *names: str) -> Text:
    def said(language: Language, between: str) -> str:
        words = Words(situation.entities, language)
        return between.join(words.named(name) for name in names)

    return Text(said("en", ", "), said("zh", "、"))
