"""What people did: levels put in force, warnings issued, acts, moments, watches, actions done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from planengine.domain.ids import DoneOf, MomentKey
from planengine.domain.statements import (
    Acknowledged,
    Declined,
    DutyKind,
    Event,
    HandedOver,
    Invocation,
    Issue,
    PutInForce,
)
from planengine.evidence.journal import Journal
from planengine.values.sets import ALL_NUMBERS, NOT_APPLICABLE_NUMBER, NumberSet, number


class People:
    """Human decisions up to one instant, the newest of each first to count."""

    __slots__ = ("_home", "_instant", "_journal", "off_watch")

    def __init__(self, journal: Journal, instant: int, home: str) -> None:
        self._journal = journal
        self._instant = instant
        self._home = home
        self.off_watch: frozenset[str] = self._off_watch() if journal.watch else frozenset()

    def _past(self, event: Event) -> bool:
        return self._journal.time_of(event) <= self._instant

    def _off_watch(self) -> frozenset[str]:
        state: dict[str, bool] = {}
        for change in sorted(filter(self._past, self._journal.watch), key=self._journal.order_of):
            state[change.agency] = change.on_watch
        return frozenset(agency for agency, on_watch in state.items() if not on_watch)

    def decisions(
        self, plan: str, track: str | None, area: str | None = None
    ) -> Sequence[PutInForce]:
        """What was put in force for a plan's track in an area, the oldest first.

        At one time the more severe comes last. A decision that names no track is about all
        tracks of its plan, and so is a question that names none; of areas likewise.
        """
        found = [
            put
            for put in self._journal.put_in_force
            if put.plan == plan
            and (put.track is None or track is None or put.track == track)
            and (area is None or self._journal.area_of(put) in {None, area})
            and self._past(put)
        ]
        if len(found) > 1:
            found.sort(key=lambda put: (self._journal.time_of(put), put.rank, put.stamp.id))
        return found

    def in_force(self, plan: str, track: str | None, area: str | None = None) -> int:
        """The rank in force for "<jurisdiction>/<plan>" and its track; 0 when none is."""
        found = self.decisions(plan, track, area)
        return found[-1].rank if found else 0

    def started(
        self, plan: str, track: str | None, area: str | None = None, rank: int = 1
    ) -> int | None:
        """Since when at least a rank (from 1) has been in force without a break; None if none."""
        since: int | None = None
        for put in self.decisions(plan, track, area):
            if put.rank < rank:
                since = None
            elif since is None:
                since = self._journal.time_of(put)
        return since

    def level_changed(self, plan: str, track: str | None, area: str | None = None) -> int | None:
        """When the level in force last changed, its start and end included; None if never."""
        changed: int | None = None
        rank = 0
        for put in self.decisions(plan, track, area):
            if put.rank != rank:
                rank, changed = put.rank, self._journal.time_of(put)
        return changed

    def eased_at(self, plan: str, track: str | None, area: str | None = None) -> int | None:
        """When people lowered or ended the level in force, if that was its last change."""
        eased: int | None = None
        rank = 0
        for put in self.decisions(plan, track, area):
            if put.rank != rank:
                eased = self._journal.time_of(put) if put.rank < rank else None
                rank = put.rank
        return eased

    def declined(
        self, plan: str, track: str | None, area: str | None = None
    ) -> tuple[Declined, ...]:
        """What was declined of a plan's track in an area, the oldest first."""
        return tuple(
            one
            for one in self._journal.declined
            if one.plan == plan
            and one.track in {None, track}
            and (area is None or self._journal.area_of(one) in {None, area})
            and self._past(one)
        )

    def commander(
        self, plan: str, track: str | None, area: str | None = None, until: int | None = None
    ) -> HandedOver | None:
        """By what somebody else commands a plan's track in an area; None: as the plan says.

        Of what was handed over up to `until` (default: now).
        """
        newest: HandedOver | None = None
        for one in self._journal.handed_over:
            if (
                one.plan == plan
                and one.track in {None, track}
                and (area is None or self._journal.area_of(one) in {None, area})
                and self._past(one)
                and (until is None or self._journal.time_of(one) <= until)
            ):
                newest = one
        return newest if newest is not None and newest.to is not None else None

    def acting_for(self, post: str, until: int | None = None) -> HandedOver | None:
        """By what somebody else acts for a post, the last in a row; None where it acts itself."""
        newest: dict[str, HandedOver] = {}
        for one in self._journal.handed_over:
            is_before = until is None or self._journal.time_of(one) <= until
            if one.post is not None and is_before and self._past(one):
                newest[one.post] = one
        found: HandedOver | None = None
        seen: set[str] = set()
        current: str | None = post
        while current in newest and current not in seen and newest[current].to is not None:
            seen.add(current)
            found = newest[current]
            current = found.to
        return None if current == post else found

    def expiries(self) -> list[int]:
        """When the durations of what was put in force pass."""
        return [
            self._journal.time_of(put) + put.duration
            for put in self._journal.put_in_force
            if put.duration is not None
        ]

    def standing(
        self, scale: str | None, document: str, area: str, track: str | None = None
    ) -> tuple[Issue, ...]:
        """The issued warnings or grades that stand for just this area, one to each issuer.

        `document` is a standard's id or "<jurisdiction>/<plan id>"; an issue that names no area
        is for the home area, one that names no track for all of them. Of each issuer (and
        track, where none is asked for) the newest counts whose period has begun, at one time
        the more severe; nothing stands where that one is over or a lifting. A lifting without
        an issuer is everyone's.
        """
        groups: dict[tuple[str | None, str | None], list[Issue]] = {}
        lifted: list[Issue] = []  # for everyone
        for issue in self._journal.issued:
            if (
                issue.document == document
                and (scale is None or issue.scale == scale)
                and (issue.track is None or track is None or issue.track == track)
                and (self._journal.area_of(issue) or self._home) == area
                and self._journal.period_of(issue)[0] <= self._instant
            ):
                if issue.rank == 0 and issue.by is None:
                    lifted.append(issue)
                of = issue.track if track is None else None
                groups.setdefault((issue.by, of), []).append(issue)
        found: list[Issue] = []
        for (by, of), own in groups.items():
            others = groups.get((by, None), []) if of is not None else []
            everyone = [one for one in lifted if track is not None or one.track in {None, of}]
            newest = max((*own, *others, *everyone), key=self._counts)
            if newest in own and self._journal.period_of(newest)[1] > self._instant:
                found.append(newest)
        return tuple(issue for issue in found if issue.rank)

    def _counts(self, issue: Issue) -> tuple[int, int, str]:
        return self._journal.time_of(issue), issue.rank, issue.stamp.id

    def issued(
        self, scale: str | None, document: str, area: str, track: str | None = None
    ) -> int | None:
        """The most severe rank that stands as issued for just this area; None where none does."""
        return max((one.rank for one in self.standing(scale, document, area, track)), default=None)

    def invoked(self, clause: str, area: str | None = None) -> tuple[Invocation, ...]:
        """Each time a judged, recognised or on-order act was made for an area or object."""
        return tuple(
            act
            for act in self._journal.acts
            if act.clause == clause and act.area in {None, area} and self._past(act)
        )

    def done(
        self, document: str, item: str, area: str | None = None, kind: DutyKind = "action"
    ) -> int | None:
        """When an action was last reported done there, or anywhere; None if it was not.

        Or of another `kind`: when a report or a release was last reported made.
        """
        return max(self.done_times(kind, document, item, area), default=None)

    def done_times(
        self, kind: DutyKind, document: str, item: str, area: str | None = None
    ) -> tuple[int, ...]:
        """Each time at which it was reported done or made there, or anywhere, ascending."""
        return tuple(
            sorted(
                self._journal.time_of(done)
                for done in self._journal.done
                if (done.kind, done.document, done.item) == (kind, document, item)
                and (done.area is None or area is None or done.area == area)
                and self._past(done)
            )
        )

    def acknowledged(
        self, kind: DutyKind, document: str, item: str, area: str | None = None
    ) -> tuple[Acknowledged, ...]:
        """Each time that somebody said to have received a duty there, or anywhere."""
        return tuple(
            one
            for one in self._journal.acknowledged
            if (one.kind, one.document, one.item) == (kind, document, item)
            and (one.area is None or area is None or one.area == area)
            and self._past(one)
        )

    def moment(self, name: MomentKey, area: str | None = None) -> tuple[NumberSet, bool]:
        """A moment in epoch seconds (all numbers while unknown), and whether it is disputed.

        The newest statement counts; several at one time that differ leave it between them.
        An action done (in an area, or in any) is the newest time that it was
        reported done, and *n/a* as long as it was not: an act not made.
        """
        if isinstance(name, DoneOf):
            times = [
                self._journal.time_of(done)
                for done in self._journal.done
                if (done.kind, done.document, done.item) == ("action", name.plan, name.action)
                and (done.area is None or area is None or done.area == area)
                and self._past(done)
            ]
            return (number(max(times)) if times else NOT_APPLICABLE_NUMBER), False
        newest: int | None = None
        values: set[int] = set()
        for event in self._journal.moments:
            value = event.moments.get(name)
            if value is None:
                continue
            at = self._journal.time_of(event)
            if newest is None or at > newest:
                newest, values = at, {value}
            elif at == newest:
                values.add(value)
        if not values:
            return ALL_NUMBERS, False
        return reduce(or_, map(number, sorted(values))), len(values) > 1
