"""What several documents ask of the same bodies: whose deed counts for whom, and what governs."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from msgspec import Struct

from planengine.assessment.bodies import Bodies, Party
from planengine.assessment.duties.duties import Duties, Duty
from planengine.assessment.duties.limits import is_met, is_repeated
from planengine.assessment.results import Actor, Certainty, Deadline
from planengine.domain.documents import Plan

ORDER: dict[Certainty, int] = {"certain": 0, "indicated": 1, "possible": 2}

T = TypeVar("T")


class Bound(Struct, frozen=True):
    """A duty with those who owe it and whom it is owed to."""

    duty: Duty
    by: Party
    to: Party

    @property
    def bodies(self) -> tuple[str, ...]:
        """Every body that must act, each once."""
        return self.by.bodies

    @property
    def parties(self) -> tuple[object, ...]:
        """Who does it to whom: a deed counts for every duty with the same."""
        return self.by.names, self.to.names


class Stated(Struct, frozen=True):
    """A bound duty with its limit, counting what was done by the same for another document."""

    bound: Bound
    done: tuple[int, ...]
    is_met: bool
    deadline: Deadline | None

    @property
    def duty(self) -> Duty:
        return self.bound.duty

    @property
    def done_at(self) -> int | None:
        """When it was met for good, or last done of what is repeated; None till then."""
        told = self.is_met or is_repeated(self.duty.item.timing)
        return max(self.done, default=None) if told else None

    @property
    def urgency(self) -> tuple[int, int, int]:
        """A sort key: the surest first, of those the overdue and what is due first."""
        return ORDER[self.duty.certainty], *urgency(self.deadline, is_met=self.is_met)


def bind(bodies: Bodies, duty: Duty) -> Bound:
    """A duty with the bodies that its executors and addressees stand for."""
    plan = duty.document if isinstance(duty.document, Plan) else None
    item, area = duty.item, duty.place.area
    own = item.document, item.condition, item.order
    by, to = (bodies.party(who, area, plan, own) for who in (item.by, item.to))
    return Bound(duty, by, to)


def grouped(
    bodies: Bodies, duties: Iterable[Duty], work: Callable[[Bound], Hashable]
) -> dict[Hashable, list[Bound]]:
    """Duties by the work that they ask."""
    groups: dict[Hashable, list[Bound]] = {}
    for duty in duties:
        bound = bind(bodies, duty)
        groups.setdefault(work(bound), []).append(bound)
    return groups


def stated(duties: Duties, group: Sequence[Bound], past: Sequence[Bound] = ()) -> list[Stated]:
    """Duties that ask one work, each with its limit; done for one is done for all alike.

    Also what was done for one that is `past`.
    """
    found: list[Stated] = []
    done = [other for other in (*group, *past) if other.duty.told]
    for one in group:
        told = {time for other in done if _alike(one, other) for time in other.duty.told}
        times = duties.since_its_end(one.duty, told)
        found.append(
            Stated(
                one, times, is_met(one.duty.item.timing, times), duties.deadline(one.duty, times)
            )
        )
    return found


def _alike(one: Bound, other: Bound) -> bool:
    """Whether what was done of another counts for one: by the same to the same, for one place.

    Of reports and releases only what another document asks: two of one document are two.
    """
    own, item = one.duty.item, other.duty.item
    if one.duty.place.area != other.duty.place.area or one.parties != other.parties:
        return False
    return own.name == item.name or own.kind == "action" or own.document != item.document


def urgency(deadline: Deadline | None, *, is_met: bool = False) -> tuple[int, int]:
    """A sort key: overdue, due at once, due; what has no limit, has ended or is met comes last."""
    if deadline is None or deadline.ended is not None or is_met:
        return 3, 0
    if deadline.overdue:
        return 0, deadline.earliest
    return (1 if deadline.at_once else 2), deadline.earliest


def turn(certainty: Certainty, deadline: Deadline | None, *, is_met: bool) -> tuple[int, int, int]:
    """When a row is shown: what is sure, of that what is due at once, then by time."""
    group, time = urgency(deadline, is_met=is_met)
    return ORDER[certainty], {1: 0, 0: 1}.get(group, group), time


def surest(items: Iterable[Stated]) -> list[Stated]:
    """Those that are as sure as the surest of them."""
    every = list(items)
    least = min(ORDER[one.duty.certainty] for one in every)
    return [one for one in every if ORDER[one.duty.certainty] == least]


def all_actors(parties: Sequence[Party]) -> tuple[Actor, ...]:
    """Those of several, each once."""
    if len(parties) == 1:
        return parties[0].each
    return once(actor for party in parties for actor in party.each)


def bodies_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Every body that must act, each once; alternates are left out."""
    return tuple(dict.fromkeys(body for actor in actors for body in actor.together))


def once(items: Iterable[T]) -> tuple[T, ...]:
    """Each of some things once, in their order."""
    return tuple(dict.fromkeys(items))
