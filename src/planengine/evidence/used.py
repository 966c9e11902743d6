"""The documents that people used: an incident needs them, whatever its hazards."""

from __future__ import annotations

from planengine.evidence.journal import Journal


def documents_used(journal: Journal) -> frozenset[str]:
    """The plans that people put in force, and the documents that they issued levels for.

    A standard by its id, a plan by "<jurisdiction>/<id>"; a track that was named stands
    beside its plan, as "<jurisdiction>/<id>/<track>".
    """
    named = [(put.plan, put.track) for put in journal.put_in_force]
    named += [(issue.document, issue.track) for issue in journal.issued]
    tracks = [f"{document}/{track}" for document, track in named if track is not None]
    return frozenset((*(document for document, _ in named), *tracks))
