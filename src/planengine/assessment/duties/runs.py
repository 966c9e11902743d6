"""Since when a duty has held, and when one of its name last ended (SEMANTICS 32).

A duty holds while its item is owed for sure, or for what its author hangs on what is indicated,
while what was reported allows it. It ends when that is no longer so, or when another item of its
name replaces it. Where only time made it open (what was said has lapsed), it is set
apart and goes on: what is said later continues it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal

from msgspec.structs import replace

from planengine.assessment.courses import Span
from planengine.assessment.duties.items import Catalogue, Place, Substance
from planengine.assessment.duties.standing import Owed, Standing, Standings, items_of, shape_of
from planengine.assessment.history import History, alone
from planengine.assessment.situation import Situation
from planengine.assessment.stretch import Stretch
from planengine.assessment.then import Then
from planengine.domain.statements import Event, Statement, Withdrawal
from planengine.evidence.evidence import Evidence
from planengine.evidence.told import told_moments


class Runs:
    """Looks back at the duties of one situation."""

    def __init__(self, history: History, standing: Standing) -> None:
        self._history = history
        self._standing = standing
        self._quiet: dict[tuple[int, bool], Then] = {}
        self._begun: dict[object, int | None] = {}
        self._looked_in: dict[bool, Sequence[Stretch]] = {}

    def begun(self, place: Place, number: int, *, known: bool) -> int | None:
        """Since when the duty of an item of a place has been owed without an end.

        None where it is not, and is no such duty set apart. Alike for all whose items ask alike.
        """
        now, *others = self._stretches(known)
        catalogue = now.outline.kept(Catalogue)
        alike = {id(now): catalogue.alike(place, number)}
        if others:
            what = items_of(now.outline, place)[number].substance
            for one in others:
                alike[id(one)] = one.outline.kept(Catalogue).that_are(place, what)
        shapes = (shape_of(one.outline, place) for one in (now, *others))
        key = known, *zip(shapes, alike.values(), strict=True)
        if key not in self._begun:
            self._begun[key] = self._find_begun(place, alike, known)
        return self._begun[key]

    def _find_begun(
        self, place: Place, alike: Mapping[int, tuple[int, ...]], known: bool
    ) -> int | None:
        begun: int | None = None
        opened: int | None = None  # since when it has been open, of what was looked at
        for since, stretch, owed in self._standing.back(place, known=known):
            state = _state(owed, alike[id(stretch)])
            if state is None:
                break
            if state == "open":
                opened = since
                continue
            if opened is not None and not self._lapsed(opened, place, alike, known):
                break
            begun, opened = since, None
        return begun

    def _stretches(self, known: bool) -> Sequence[Stretch]:
        """All that duties may be looked for in, the newest first."""
        found = self._looked_in.get(known)
        if found is None:
            found = self._looked_in[known] = tuple(self._history.stretches(known=known))
        return found

    def last_end(self, place: Place, before: int) -> int | None:
        """When a duty of this name last ended, by `before`; None where none has."""
        ended: int | None = None
        running: set[Substance] = set()
        apart: set[Substance] = set()
        for since, stretch, owed in reversed(tuple(self._standing.back(place, known=False))):
            if since > before:
                break
            items = items_of(stretch.outline, place)
            for what in tuple(running):
                alike = {id(stretch): stretch.outline.kept(Catalogue).that_are(place, what)}
                state = _state(owed, alike[id(stretch)])
                if state == "held":
                    apart.discard(what)
                elif state == "open" and (
                    what in apart or self._lapsed(since, place, alike, known=False)
                ):
                    apart.add(what)
                else:
                    running.discard(what)
                    apart.discard(what)
                    ended = since
            running.update(items[one.number].substance for one in owed if one.holds)
        return ended

    def _lapsed(
        self, moment: int, place: Place, alike: Mapping[int, tuple[int, ...]], known: bool
    ) -> bool:
        """Whether a duty would be as open at a moment without what was said at that moment."""
        then = self._history.at(moment, known=known)
        key = "quiet", shape_of(then.outline, place)
        owed = then.kept(key, lambda then: self._quietly_owed(then, place, known))
        return _state(owed, alike[id(then.stretch)]) == "open"

    def _quietly_owed(self, then: Then, place: Place, known: bool) -> Standings:
        then.stays(Span(then.at, then.at))
        quiet = self._quiet.get((then.at, known))
        if quiet is None:
            situation = then.situation
            without = Situation(situation.era, _quiet(situation.evidence, known), situation.eras)
            quiet = self._quiet[then.at, known] = alone(without)
        return self._standing.judge(quiet, place)


def _state(owed: Iterable[Owed], alike: Container[int]) -> Literal["held", "open"] | None:
    """Whether a duty of some items is owed, or only open; None where it cannot be owed."""
    holds = {one.holds for one in owed if one.number in alike}
    return "held" if True in holds else "open" if holds else None


def _quiet(evidence: Evidence, known: bool) -> Evidence:
    """The evidence of an instant without what was said then, or by `known` received then."""
    incident, at, journal = evidence.incident, evidence.at, evidence.journal
    said = {event.stamp.id for event in journal.events if journal.time_of(event) == at}

    def is_said(event: Event) -> bool:
        return (
            event.stamp.id in said
            or (event.stamp.at == at and (known or not isinstance(event, Withdrawal)))
            or (known and event.stamp.received == at)
        )

    left_out = [event for event in incident.events if is_said(event)]
    events = tuple(event for event in incident.events if not is_said(event))
    found = Evidence(
        evidence.world,
        replace(incident, events=events),
        journal.at,
        evidence.known_at,
        evidence.status,
    )
    if all(_states_no_time_before(at, event) for event in left_out):
        found.rest_on(evidence, at)
    return found.at_time(at)


def _states_no_time_before(moment: int, event: Event) -> bool:
    """Whether an event states facts, and of no time before a moment."""
    is_plain = isinstance(event, Statement) and event.corrects is None
    return is_plain and min(told_moments(event)) >= moment
