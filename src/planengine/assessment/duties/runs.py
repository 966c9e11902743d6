"""Since when a duty has held, and when one of its name last ended (SEMANTICS 32).

A duty holds while its item is owed for sure. It ends when that is no longer so, or when another
item of its name replaces it. Where only time made it open (what was said has lapsed), it is set
apart and goes on: what is said later continues it.
"""

from __future__ import annotations

from msgspec.structs import replace

from planengine.assessment.duties.items import Place
from planengine.assessment.duties.standing import STRENGTH, Standing
from planengine.assessment.history import History, Then
from planengine.assessment.results import Certainty
from planengine.evidence.evidence import Evidence
from planengine.library.statements import Withdrawal


class Runs:
    """Looks back at the duties of one situation."""

    def __init__(self, history: History, standing: Standing) -> None:
        self._history = history
        self._standing = standing

    def begun(
        self, place: Place, substance: tuple[object, ...], least: Certainty, *, known: bool
    ) -> int | None:
        """Since when a duty has been owed without an end, at least as surely as `least`.

        None where it is not, and is no such duty set apart.
        """
        begun: int | None = None
        opened: Then | None = None  # the earliest moment of an open stretch
        for then in self._history.back(known=known):
            strength = self._strength(then, place, substance)
            if strength == 0:
                break
            if strength < STRENGTH[least]:
                opened = then
                continue
            if opened is not None and not self._lapsed(opened, place, substance, least, known):
                break
            begun, opened = then.at, None
        return begun

    def last_end(self, place: Place, before: int) -> int | None:
        """When a duty of this name last ended, by `before`; None where none has."""
        ended: int | None = None
        running: set[tuple[object, ...]] = set()
        lapsed: set[tuple[object, ...]] = set()
        thens = tuple(self._history.back(known=False))
        for then in reversed(thens):
            if then.at > before:
                break
            owed = {one.item.substance: one for one in self._standing.at(then, place)}
            for substance in tuple(running):
                one = owed.get(substance)
                if one is not None and one.certainty == "certain":
                    lapsed.discard(substance)
                    continue
                if one is not None and (
                    substance in lapsed
                    or self._lapsed(then, place, substance, "certain", known=False)
                ):
                    lapsed.add(substance)
                    continue
                running.discard(substance)
                lapsed.discard(substance)
                ended = then.at
            running.update(s for s, one in owed.items() if one.certainty == "certain")
        return ended

    def _strength(self, then: Then, place: Place, substance: tuple[object, ...]) -> int:
        owed = self._standing.at(then, place)
        return max(
            (STRENGTH[o.certainty] for o in owed if o.item.substance == substance), default=0
        )

    def _lapsed(
        self,
        then: Then,
        place: Place,
        substance: tuple[object, ...],
        least: Certainty,
        known: bool,
    ) -> bool:
        """Whether a duty would be as open at a moment without what was said at that moment."""
        quiet = Then(then.situation.with_evidence(_quiet(then.situation.evidence, known)))
        owed = self._standing.judge(quiet, place)
        found = (STRENGTH[one.certainty] for one in owed if one.item.substance == substance)
        return 0 < max(found, default=0) < STRENGTH[least]


def _quiet(evidence: Evidence, known: bool) -> Evidence:
    """The evidence of an instant without what was said then, or by `known` received then."""
    incident, at, journal = evidence.incident, evidence.at, evidence.journal
    said = {event.stamp.id for event in journal.events if journal.time_of(event) == at}
    events = tuple(
        event
        for event in incident.events
        if event.stamp.id not in said
        and (event.stamp.at != at or (isinstance(event, Withdrawal) and not known))
        and not (known and event.stamp.received == at)
    )
    found = Evidence(
        evidence.world,
        replace(incident, events=events),
        journal.at,
        evidence.known_at,
        evidence.status,
    )
    return found.at_time(at)
