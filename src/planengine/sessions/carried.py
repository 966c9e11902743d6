"""What a correction keeps of what it corrects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from planengine.domain.revisions import FOR_EVER, revise
from planengine.domain.statements import STATUS_RANKS, Incident
from planengine.sessions.ledger import Ledger

_KINDS = {"facts": "fact", "moments": "moment", "issued": "decision"}
"""What is said of several things at a time, and what kind of thing each is."""


class Naming(Protocol):
    """Knows what names mean."""

    def named(self, kind: str, text: str) -> str:
        """The id of a thing, in whatever words; the words themselves where they are none."""
        ...


def carried(
    given: Mapping[str, Any], ledger: Ledger, incident: Incident, naming: Naming
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A correction with what it does not name of the newest version, and the names of that.

    A correction stands in the place of all that it corrects: a figure that is not said again
    would be unknown.
    """
    target = given.get("correct")
    key = next((key for key in _KINDS if isinstance(given.get(key), Mapping)), None)
    if target is None or key is None or str(target) not in ledger.taken:
        return dict(given), ()
    newest = _newest(ledger.versions(str(target)), incident)
    before = ledger.data(newest).get(key) if newest is not None else None
    if not isinstance(before, Mapping):
        return dict(given), ()
    kind = _KINDS[key]
    said = {naming.named(kind, str(name)) for name in given[key]}
    rest = {name: one for name, one in before.items() if naming.named(kind, str(name)) not in said}
    return {**given, key: {**rest, **given[key]}}, tuple(map(str, rest))


def _newest(versions: frozenset[str], incident: Incident) -> str | None:
    """The version that counts now; None where all were withdrawn."""
    most = max(STATUS_RANKS.values())
    live = revise(incident.events, FOR_EVER, FOR_EVER, most).live
    found = (event.stamp.observation for event in live)
    return next((name for name in found if name in versions), None)
