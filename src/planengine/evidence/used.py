"""The documents that people used: an incident needs them, whatever its hazards."""

from __future__ import annotations

from planengine.domain.ids import track_name
from planengine.evidence.journal import Journal


def documents_used(journal: Journal, instant: int) -> frozenset[str]:
    """The plans that people had put in force by then, and what they had issued levels for.

    A standard by its id, a plan by "<jurisdiction>/<id>"; a track that was named stands
    beside its plan, as "<jurisdiction>/<id>/<track>".
    """
    past = journal.time_of
    named = [(put.plan, put.track) for put in journal.put_in_force if past(put) <= instant]
    named += [
        (issue.document, issue.track)
        for issue in journal.issued
        if min(past(issue), journal.period_of(issue)[0]) <= instant
    ]
    tracks = [track_name(document, track) for document, track in named]
    return frozenset((*(document for document, _ in named), *tracks))
