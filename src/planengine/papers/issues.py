"""How a warning stands: what people issued, changed or lifted, and what the facts call for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.domain.statements import Issue
from planengine.evidence.journal import Journal
from planengine.evidence.standing import NEVER_ENDS

Act: TypeAlias = Literal["issue", "change", "lift"]


class Announced(Struct, frozen=True):
    """One act on a warning: done by people where `issue` is set, else only called for by the facts.

    `level` is what it makes the warning, None for a lifting and where whoever issues it must
    choose; `before` what stood until then.
    """

    act: Act
    level: str | None
    before: str | None
    issue: Issue | None = None


def announced(item: Decision, assessment: Assessment) -> Iterator[Announced]:
    """What was done last about a warning, then what the facts call for beyond that."""
    done = _done(item, assessment)
    if done is not None:
        yield done
    called_for = _called_for(item, assessment)
    if called_for is not None:
        yield called_for


def _done(item: Decision, assessment: Assessment) -> Announced | None:
    situation = assessment.situation
    unit = situation.outline.unit(item.key)
    journal = situation.evidence.journal
    own = [
        one
        for one in sorted(journal.issued, key=journal.order_of)
        if one.document == unit.document
        and one.scale == unit.scale.id
        and (one.track is None or unit.track is None or one.track == unit.track)
        and (journal.area_of(one) or situation.entities.home) == unit.area
        and journal.period_of(one)[0] <= assessment.at
    ]

    def named(rank: int) -> str | None:
        level = unit.scale.by_rank(rank)
        return level.id if level is not None else None

    standing = _standing(item, assessment)
    if standing:
        newest = max(standing, key=lambda one: (one.rank, journal.order_of(one)))
        order = journal.order_of(newest)
        earlier = [one for one in own if one.by == newest.by and journal.order_of(one) < order]
        last = earlier[-1] if earlier else None
        stood = (
            last is not None
            and last.rank not in {0, newest.rank}
            and journal.period_of(last)[1] >= journal.period_of(newest)[0]
        )
        before = named(last.rank) if last is not None and stood else None
        act: Act = "change" if before else "issue"
        return Announced(act, named(newest.rank), before, _as_first_said(newest, journal))
    if len(own) > 1 and own[-1].rank == 0 and any(one.rank for one in own):
        stood_last = next(one for one in reversed(own) if one.rank)
        lifted = _as_first_said(own[-1], journal)
        return Announced("lift", None, named(stood_last.rank), lifted)
    return None


def _as_first_said(issue: Issue, journal: Journal) -> Issue:
    """An issue at the time of its first version: a correction changes what, not when."""
    since, until = journal.period_of(issue)
    return replace(
        issue,
        stamp=replace(issue.stamp, at=journal.time_of(issue)),
        valid_from=since,
        valid_until=None if until == NEVER_ENDS else until,
    )


def _standing(item: Decision, assessment: Assessment) -> tuple[Issue, ...]:
    """What stands as issued for just the area of a decision, one of each issuer."""
    unit = assessment.situation.outline.unit(item.key)
    people = assessment.situation.evidence.people
    return people.standing(unit.scale.id, unit.document, unit.area, unit.track)


def _called_for(item: Decision, assessment: Assessment) -> Announced | None:
    """What is to be done about a warning of just this area; that of an area around it stands."""
    situation = assessment.situation
    unit = situation.outline.unit(item.key)
    own, reach, around = (
        unit.scale.rank(one) if one else 0 for one in (item.level, item.could_reach, item.issued)
    )
    issued = max((one.rank for one in _standing(item, assessment)), default=0)
    standing = unit.scale.by_rank(issued) if issued else None
    if standing is None:
        return Announced("issue", item.level, None) if own > around else None
    if own > issued:
        return Announced("change", item.level, standing.id)
    if reach == 0:
        return Announced("lift", None, standing.id)
    if reach < issued:
        level = item.level if own == reach else None
        return Announced("change", level, standing.id)
    return None
