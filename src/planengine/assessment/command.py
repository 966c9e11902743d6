"""Who decides and directs, after people handed command over or somebody acts for a post."""

from __future__ import annotations

from msgspec.structs import replace

from planengine.assessment.results import Command
from planengine.assessment.situation import Situation
from planengine.domain.documents import Executor
from planengine.domain.entities import Entities
from planengine.domain.statements import HandedOver
from planengine.evidence.people import People
from planengine.rules.ruleset import Unit


def commander(situation: Situation, unit: Unit, until: int | None = None) -> HandedOver | None:
    """By what somebody else commands a response; None where it is as the plan says."""
    if unit.purpose != "level":
        return None
    people = situation.evidence.people
    return people.commander(unit.document, unit.track, unit.area, until)


def approver(situation: Situation, unit: Unit, named: Executor | None) -> Executor | None:
    """Who approves what a plan wants approved by somebody: whoever commands, else who is named."""
    handed = commander(situation, unit)
    if handed is not None and handed.to is not None:
        return acting(situation, executor_of(handed.to, situation.entities))
    return None if named is None else acting(situation, named)


def acting(situation: Situation, named: Executor) -> Executor:
    """An executor as it acts now: whoever acts for a post in its place, alternates too."""
    if not situation.evidence.journal.handed_over:
        return named
    people = situation.evidence.people
    return _acting(people, situation.entities, named) if _is_handed(people, named) else named


def handed_over(situation: Situation) -> object:
    """The same as long as nothing is told of who commands or acts for another."""
    return situation.findings.of(
        "handed over", None, object, anew=not situation.is_silent_on(HandedOver)
    )


def all_acting(situation: Situation) -> tuple[Command, ...]:
    """Whoever acts for a post, by the post."""
    people = situation.evidence.people
    handed = situation.evidence.journal.handed_over
    posts = sorted({one.post for one in handed if one.post is not None})
    found = ((post, people.acting_for(post)) for post in posts)
    return tuple(
        replace(as_command(situation, one), post=post) for post, one in found if one is not None
    )


def as_command(situation: Situation, handed: HandedOver) -> Command:
    """What somebody said when handing over, as a result."""
    assert handed.to is not None
    return Command(
        id=handed.stamp.observation,
        at=situation.evidence.journal.time_of(handed),
        to=handed.to,
        by=handed.by,
        reason=handed.reason,
    )


def executor_of(name: str, entities: Entities) -> Executor:
    """A post or body as one who acts."""
    return Executor("post" if name in entities.posts else "agency", name)


def _is_handed(people: People, named: Executor) -> bool:
    own = named.kind == "post" and people.acting_for(named.id) is not None
    return own or any(_is_handed(people, one) for one in named.alternates)


def _acting(people: People, entities: Entities, named: Executor) -> Executor:
    others = tuple(_acting(people, entities, one) for one in named.alternates)
    handed = people.acting_for(named.id) if named.kind == "post" else None
    if handed is None or handed.to is None:
        return replace(named, alternates=others)
    own = executor_of(handed.to, entities)
    rest = tuple(one for one in others if (one.kind, one.id) != (own.kind, own.id))
    return replace(own, alternates=rest, jointly=named.jointly and bool(rest), note=named.note)
