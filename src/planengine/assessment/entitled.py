"""What people did that they may not do: nothing is refused, and all of it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from planengine.assessment.bodies import Bodies
from planengine.assessment.command import commander
from planengine.assessment.conflict_words import about_decision, level_of, named, running_units
from planengine.assessment.results import Conflict
from planengine.assessment.situation import Situation
from planengine.diagnostics import Text
from planengine.domain.documents import Executor
from planengine.domain.statements import HandedOver, PutInForce
from planengine.rules.ruleset import Unit


def unentitled(situation: Situation) -> Iterator[Conflict]:
    """Levels started or eased, proposals declined, acts and hand-overs by others than may."""
    yield from _starts(situation)
    yield from _easings(situation)
    yield from _refusals(situation)
    yield from _acts(situation)
    yield from _hand_overs(situation)
    yield from _receipts(situation)


def _starts(situation: Situation) -> Iterator[Conflict]:
    """Levels that somebody started whom the plan names for no level as severe."""
    for unit, put in running_units(situation):
        if put.by is not None and not may_start(situation, unit, put):
            may = _approvers(situation, unit, put.rank, situation.evidence.journal.time_of(put))
            level, by = level_of(situation, unit, put.rank), named(situation, put.by)
            meant = named(situation, *sorted(may))
            text = Text(
                f"{level.en} was started by {by.en}; the plan names {meant.en}",
                f"{level.zh}由{by.zh}启动；预案规定的是{meant.zh}",
            )
            yield about_decision("authority", unit.id, text)


def may_start(situation: Situation, unit: Unit, put: PutInForce) -> bool:
    """Whether whoever started a level may, as far as that is told and the plan names somebody."""
    may = _approvers(situation, unit, put.rank, situation.evidence.journal.time_of(put))
    own = situation.duties(unit, put.rank)
    if put.by is None or not own or not may or _is_any(situation, put.by, may):
        return True
    return put.by in {duties.decided_by for duties in own}


def _easings(situation: Situation) -> Iterator[Conflict]:
    """Responses that somebody lowered or ended last who neither started them nor may."""
    people, time_of = situation.evidence.people, situation.evidence.journal.time_of
    for unit in situation.rules.units:
        if unit.purpose != "level":
            continue
        decided = people.decisions(unit.document, unit.track, unit.area)
        if len(decided) < 2 or decided[-1].rank >= decided[-2].rank:
            continue
        put, before = decided[-1], decided[-2]
        may = _may_ease(situation, unit, put, before.rank, time_of(put))
        started = {one.by for one in decided[:-1] if one.by is not None}
        if put.by is None or not may or _is_any(situation, put.by, may | started):
            continue
        by, meant = named(situation, put.by), named(situation, *sorted(may))
        level = level_of(situation, unit, before.rank)
        zh, en = ("终止", "ended") if not put.rank else ("下调", "lowered")
        text = Text(
            f"{level.en} was {en} by {by.en}; the plan names {meant.en}",
            f"{level.zh}由{by.zh}{zh}；预案规定的是{meant.zh}",
        )
        yield about_decision("authority", unit.id, text)


def _may_ease(
    situation: Situation, unit: Unit, put: PutInForce, rank: int, at: int
) -> frozenset[str]:
    track = situation.outline.track(unit)
    own = track.lower_approve if put.rank else track.end_approve
    may = _approvers(situation, unit, rank, at)
    higher = {one.decided_by for one in situation.duties(unit, rank) if one.decided_by is not None}
    return may | higher | (_named_in(own) if own is not None else frozenset())


def _refusals(situation: Situation) -> Iterator[Conflict]:
    """Proposals that somebody declined who neither proposes nor approves as severe a level."""
    people, time_of = situation.evidence.people, situation.evidence.journal.time_of
    for unit in situation.rules.units:
        if unit.purpose != "level":
            continue
        for one in people.declined(unit.document, unit.track, unit.area):
            may = _approvers(situation, unit, one.rank or 1, time_of(one))
            propose = (duties.propose for duties in situation.outline.track(unit).duties)
            may |= {name for who in propose if who is not None for name in _named_in(who)}
            may |= {d.decided_by for d in situation.duties(unit, one.rank) if d.decided_by}
            if one.by is None or not may or _is_any(situation, one.by, may):
                continue
            by, meant = named(situation, one.by), named(situation, *sorted(may))
            text = Text(
                f"what was proposed was declined by {by.en}; the plan names {meant.en}",
                f"建议由{by.zh}否决；预案规定的是{meant.zh}",
            )
            yield about_decision("authority", unit.id, text)


def _acts(situation: Situation) -> Iterator[Conflict]:
    """Acts that somebody made whom the clause does not name."""
    for act in situation.rules.acts:
        for made in situation.evidence.invoked(act.clause, act.place):
            if not act.by or made.by is None or _is_any(situation, made.by, act.by):
                continue
            by, meant = named(situation, made.by), named(situation, *act.by)
            text = Text(
                f"“{act.what}” was said by {by.en}; the clause names {meant.en}",
                f"“{act.what}”由{by.zh}作出；条款规定的是{meant.zh}",
            )
            yield about_decision("authority", act.unit, text)


def _hand_overs(situation: Situation) -> Iterator[Conflict]:
    """Command that somebody gave away who neither had it nor is above those who had."""
    evidence = situation.evidence
    units = {unit.document: unit for unit in reversed(situation.rules.units)}
    for one in evidence.journal.handed_over:
        if one.by is None or evidence.journal.time_of(one) > evidence.at:
            continue
        unit = units.get(one.plan or "")
        had = _had(situation, one, unit)
        if not had or _is_any(situation, one.by, had) or _is_above(situation, one.by, had):
            continue
        by, meant = named(situation, one.by), named(situation, *sorted(had))
        text = Text(
            f"command was handed over by {by.en}; it was with {meant.en}",
            f"指挥权由{by.zh}移交；此前指挥的是{meant.zh}",
        )
        subject = one.post or one.plan or ""
        if unit is None:
            yield Conflict("authority", subject, text)
        else:
            yield about_decision("authority", unit.id, text)


def _had(situation: Situation, one: HandedOver, unit: Unit | None) -> frozenset[str]:
    """Who commanded before: whoever it was handed to, and those whom the plan or post names."""
    if one.post is not None:
        acting = situation.evidence.people.acting_for(
            one.post, situation.evidence.journal.time_of(one) - 1
        )
        other = None if acting is None else acting.to
        return frozenset({one.post} if other is None else {one.post, other})
    if unit is None:
        return frozenset()
    plan = situation.outline.plans.get(unit.document)
    before = situation.evidence.journal.time_of(one) - 1
    named_there = (plan.headquarters, plan.office) if plan is not None else ()
    own = {name for name in named_there if name is not None}
    return _approvers(situation, unit, 1, before) | own


def _is_above(situation: Situation, one: str, others: Iterable[str]) -> bool:
    """Whether a body, or that of a post, is above one of others."""
    giver = _body(situation, one)
    return any(situation.registry.is_above(giver, _body(situation, other)) for other in others)


def _receipts(situation: Situation) -> Iterator[Conflict]:
    """What somebody acknowledged whom nothing of it names."""
    people, bodies = situation.evidence.people, Bodies(situation)
    journal = situation.evidence.journal
    if not journal.acknowledged:
        return
    for place in situation.owed.catalogue.places:
        told = people.acknowledged(*place.name, place.area)
        unit = situation.outline.unit(place.unit)
        plan = situation.outline.plans.get(unit.document)
        for one in told:
            items = situation.owed.catalogue.items[place.name]
            asked = tuple(who for item in items for who in (*item.by, *item.to))
            actors = bodies.actors(asked, place.area, plan)
            may = {name for actor in actors for name in (*actor.together, *actor.instead)}
            may |= {actor.post for actor in actors if actor.post is not None}
            if one.by is None or not may or _is_any(situation, one.by, may):
                continue
            by, meant = named(situation, one.by), named(situation, *sorted(may))
            text = Text(
                f"{one.item} was acknowledged by {by.en}; it names {meant.en}",
                f"{one.item}由{by.zh}签收；其所涉单位是{meant.zh}",
            )
            yield about_decision("authority", place.unit, text)


def _approvers(situation: Situation, unit: Unit, rank: int, at: int) -> frozenset[str]:
    """Who may start a level as severe at a time: whom the plan names, and who acted for them."""
    people = situation.evidence.people
    found = {
        name
        for duties in situation.outline.track(unit).duties
        if duties.rank >= rank and duties.approve is not None
        for name in _named_in(duties.approve)
    }
    acting = (people.acting_for(name, at) for name in sorted(found))
    found |= {one.to for one in acting if one is not None and one.to is not None}
    handed = commander(situation, unit, at)
    if handed is not None and handed.to is not None:
        found.add(handed.to)
    return frozenset(found)


def _named_in(who: Executor) -> frozenset[str]:
    return frozenset({who.id}.union(*(_named_in(one) for one in who.alternates)))


def _is_any(situation: Situation, one: str, others: Iterable[str]) -> bool:
    """Whether a name is one of others, or a post and the body that it is held in are."""
    posts = situation.entities.posts
    for other in others:
        bodies = {posts[name].body for name in (one, other) if name in posts}
        if one == other or one in bodies or other in bodies:
            return True
    return False


def _body(situation: Situation, name: str) -> str:
    post = situation.entities.posts.get(name)
    return name if post is None else post.body
