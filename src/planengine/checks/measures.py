"""Measures of a milder colour that a worse one leaves out, and nothing says that it may."""

from __future__ import annotations

from collections.abc import Iterator

from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import LevelDuties, Track
from planengine.domain.entities import Entities

_MILDER = Text("the milder level", "较轻的级别")


def measures_dropped(checked: Checked) -> Iterator[Diagnostic]:
    """`measure-dropped`: a level without the measures of the next milder one that has any."""
    for document in checked.documents:
        for track in (*document.tracks, *document.warnings):
            yield from _dropped(track, checked.entities)


def _dropped(track: Track, entities: Entities) -> Iterator[Diagnostic]:
    scale = entities.scales[track.scale]
    for entry in track.duties:
        milder = _next_milder(entry, track)
        if entry.milder is not None or not milder:
            continue
        asked = dict.fromkeys(text for one in milder for text in one.every_measure)
        missing = tuple(text for text in asked if text not in entry.every_measure)
        level, other = scale.by_rank(entry.rank), scale.by_rank(milder[0].rank)
        if missing and level is not None and other is not None:
            spans = (one.span for one in milder)
            yield finding(
                "measure-dropped",
                entry.span,
                related=[(_MILDER, span) for span in spans if span is not None],
                level=level.id,
                milder=other.id,
                measures=missing,
            )


def _next_milder(entry: LevelDuties, track: Track) -> tuple[LevelDuties, ...]:
    """The entries of the next milder level that asks for anything."""
    below = [one for one in track.duties if one.rank < entry.rank and one.every_measure]
    nearest = max((one.rank for one in below), default=0)
    return tuple(one for one in below if one.rank == nearest)
