"""Since when a duty has held, and when one of its name last ended (SEMANTICS 32).

A duty holds while its item is owed for sure, or for what its author hangs on what is indicated,
while what was reported allows it. It ends when that is no longer so, or when another item of its
name replaces it. Where only time made it open (what was said has lapsed), it is set
apart and goes on: what is said later continues it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec.structs import replace

from planengine.assessment.duties.items import Place, Substance
from planengine.assessment.duties.standing import Owed, Standing
from planengine.assessment.history import History, Then, alone
from planengine.assessment.situation import Situation
from planengine.domain.statements import Withdrawal
from planengine.evidence.evidence import Evidence


class Runs:
    """Looks back at the duties of one situation."""

    def __init__(self, history: History, standing: Standing) -> None:
        self._history = history
        self._standing = standing
        self._quiet: dict[tuple[int, bool], Then] = {}

    def begun(self, place: Place, what: Substance, *, known: bool) -> int | None:
        """Since when a duty has been owed without an end.

        None where it is not, and is no such duty set apart.
        """
        begun: int | None = None
        opened: int | None = None  # since when it has been open, of what was looked at
        for since, owed in self._standing.back(place, known=known):
            state = _state(owed, what)
            if state is None:
                break
            if state == "open":
                opened = since
                continue
            if opened is not None and not self._lapsed(opened, place, what, known):
                break
            begun, opened = since, None
        return begun

    def last_end(self, place: Place, before: int) -> int | None:
        """When a duty of this name last ended, by `before`; None where none has."""
        ended: int | None = None
        running: set[Substance] = set()
        apart: set[Substance] = set()
        for since, owed in reversed(tuple(self._standing.back(place, known=False))):
            if since > before:
                break
            for what in tuple(running):
                state = _state(owed, what)
                if state == "held":
                    apart.discard(what)
                elif state == "open" and (
                    what in apart or self._lapsed(since, place, what, known=False)
                ):
                    apart.add(what)
                else:
                    running.discard(what)
                    apart.discard(what)
                    ended = since
            running.update(one.item.substance for one in owed if one.holds)
        return ended

    def _lapsed(self, moment: int, place: Place, what: Substance, known: bool) -> bool:
        """Whether a duty would be as open at a moment without what was said at that moment."""
        quiet = self._quiet.get((moment, known))
        if quiet is None:
            then = self._history.situation(moment, known=known)
            without = Situation(then.era, _quiet(then.evidence, known), then.eras)
            quiet = self._quiet[moment, known] = alone(without)
        return _state(self._standing.judge(quiet, place), what) == "open"


def _state(owed: Iterable[Owed], what: Substance) -> Literal["held", "open"] | None:
    """Whether a duty is owed, or only open; None where it cannot be owed."""
    holds = {one.holds for one in owed if one.item.substance == what}
    return "held" if True in holds else "open" if holds else None


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
