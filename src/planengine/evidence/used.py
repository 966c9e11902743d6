"""The documents that people used: an incident needs them, whatever its hazards."""

from __future__ import annotations

from typing import NamedTuple

from planengine.domain.ids import track_name
from planengine.evidence.journal import Journal
from planengine.evidence.standing import NEVER_ENDS


class Used(NamedTuple):
    """The plans that people had put in force, and what they had issued levels for.

    A standard by its id, a plan by "<jurisdiction>/<id>"; a track that was named stands
    beside its plan, as "<jurisdiction>/<id>/<track>". It is so until a moment, if nothing is told.
    """

    documents: frozenset[str]
    until: int


def documents_used(journal: Journal, instant: int) -> Used:
    """What people had used by an instant."""
    found: set[str] = set()
    until = NEVER_ENDS
    used = [(journal.time_of(put), put.plan, put.track) for put in journal.put_in_force]
    used += [
        (min(journal.time_of(one), journal.period_of(one)[0]), one.document, one.track)
        for one in journal.issued
    ]
    for since, document, track in used:
        if since <= instant:
            found.update((document, track_name(document, track)))
        else:
            until = min(until, since)
    return Used(frozenset(found), until)
