"""What contradicts what: evidence itself, people and the facts, people and the plans."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.assessment.conflict_words import (
    about_decision,
    level_of,
    named,
    running_units,
)
from planengine.assessment.coverage import coverage
from planengine.assessment.entitled import unentitled
from planengine.assessment.entries import duties_in_force
from planengine.assessment.results import Conflict, Outdated
from planengine.assessment.situation import Situation
from planengine.diagnostics import Text
from planengine.domain.documents import Edition
from planengine.domain.ids import UnitKey
from planengine.domain.statements import Issue
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
    found.extend(unentitled(situation))
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
        hazard = named(situation, item.hazard)
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
        said = [(level_of(situation, unit, one.rank), _issuer(situation, one)) for one in own]
        yield about_decision(
            "issued",
            unit.id,
            Text(
                "issued differently: " + ", ".join(f"{level.en} by {by.en}" for level, by in said),
                "发布的级别不一致：" + "、".join(f"{by.zh}发布{level.zh}" for level, by in said),
            ),
        )


def _issuer(situation: Situation, issue: Issue) -> Text:
    by = issue.by or issue.stamp.source
    return named(situation, by) if by is not None else Text("somebody", "未具名者")


def _past_edition(situation: Situation) -> Iterator[Conflict]:
    """Responses in force that were started under an edition which is over."""
    for unit, put in running_units(situation):
        started = situation.evidence.started(unit.document, unit.track, unit.area)
        then = _edition_at(situation, unit, started)
        now = situation.outline.document(unit).edition
        if not unit.over and (then is None or then == now):
            continue
        level = level_of(situation, unit, put.rank)
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
        yield about_decision("edition", unit.id, text)


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
        plan = named(situation, put.plan)
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
        issued, at_least = level_of(situation, unit, rank), level_of(situation, unit, level)
        text = Text(
            f"issued {issued.en}, but the facts give {at_least.en}",
            f"已发布{issued.zh}，但事实支持{at_least.zh}",
        )
        if could_reach != level:
            most = level_of(situation, unit, could_reach)
            text = Text(f"{text.en} to {most.en}", f"{text.zh}至{most.zh}")
        yield about_decision("issued", unit.id, text)


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
        level, area = level_of(situation, fitting[0], issue.rank), named(situation, place)
        meant = named(situation, *dict.fromkeys(one.area for one in fitting))
        text = Text(
            f"{level.en} was issued for {area.en}; it is decided for {meant.en}: nothing changes",
            f"已对{area.zh}发布{level.zh}；该级别按{meant.zh}研判，未影响任何结论",
        )
        yield about_decision("unheard", UnitKey(issue.document, None, place), text)


def _overrun(situation: Situation) -> Iterator[Conflict]:
    """Levels in force for longer than was stated or than the plan foresees; they stay in force."""
    for unit, put in running_units(situation):
        own = duties_in_force(situation, unit, put)
        duration = put.duration or (own.duration if own is not None else None)
        since = situation.evidence.journal.time_of(put)
        if duration is not None and since + duration <= situation.evidence.at:
            level = level_of(situation, unit, put.rank)
            text = Text(
                f"the duration of {level.en} has passed; it stays in force",
                f"{level.zh}的期限已过，仍然有效",
            )
            yield about_decision("overdue", unit.id, text)
