"""The documents that people used: an incident needs them, whatever its hazards."""

from __future__ import annotations

from planengine.evidence.journal import Journal
from planengine.evidence.world import World
from planengine.library.statements import Issue


def documents_used(journal: Journal, world: World) -> frozenset[str]:
    """The plans that people put in force, and the documents that they issued levels for.

    A standard by its id, a plan by "<jurisdiction>/<id>"; a track that was named stands
    beside its plan, as "<jurisdiction>/<id>/<track>".
    """
    named = [(put.plan, put.track) for put in journal.put_in_force]
    named += [(_issued_for(issue, world), issue.track) for issue in journal.issued]
    tracks = [f"{document}/{track}" for document, track in named if track is not None]
    return frozenset((*(document for document, _ in named), *tracks))


def _issued_for(issue: Issue, world: World) -> str:
    """The document of an issued level: of plans alike, that of the area or the nearest around."""
    area = world.registry.area_of(issue.area or world.home) or world.home
    keys = (f"{place}/{issue.document}" for place in (area, *world.registry.ancestors(area)))
    return next((key for key in keys if key in world.entities.plans), issue.document)
