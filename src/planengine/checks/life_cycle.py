"""How a response is raised, lowered and ended: what can hold when it should not, or is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.checks.alternatives import Leaf, alternatives, conjuncts, facts_in, leaf, meet, now
from planengine.checks.checked import Checked
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import Track
from planengine.domain.entities import Entities
from planengine.domain.ids import Origin
from planengine.domain.terms import FactTerm, Term
from planengine.domain.vocabulary import Scale

_LEVEL = Text("the condition of the level", "该级别的条件")


def raised_too_far(checked: Checked) -> Iterator[Diagnostic]:
    """`raise-too-far`: more levels up than the scale has above its mildest."""
    for plan in checked.plans:
        for track in plan.tracks:
            most = len(checked.entities.scales[track.scale].levels) - 1
            if track.raise_by > most:
                yield finding("raise-too-far", track.raise_span, count=track.raise_by, most=most)


def ends_missing(checked: Checked) -> Iterator[Diagnostic]:
    """`no-end` and `no-lower`: a plan's response that nothing ends, or lowers.

    What other plans activate is lowered with them.
    """
    activated = {
        link.target_plan
        for plan in checked.plans
        for link in plan.links
        if link.kind == "activate" and link.target_plan is not None
    }
    for plan in checked.plans:
        for track in plan.tracks:
            ranks = _own_ranks(track)
            if not ranks:
                continue
            span = track.span or plan.span
            name = track.id or plan.id
            if track.end is None:
                yield finding("no-end", span, name=name)
            elif track.lower is None and len(ranks) > 1 and plan.id not in activated:
                yield finding("no-lower", span, name=name)


def _own_ranks(track: Track) -> set[int]:
    """The levels that a track's own conditions give."""
    ranks = {rule.rank for rule in track.rules}
    return ranks | {ours for _, ours in (track.mapping.ranks if track.mapping else ())}


def ends_while_it_lasts(checked: Checked) -> Iterator[Diagnostic]:
    """`end-while-level`: `end` can hold by figures at which a level is reached.

    Or `lower` by figures at which the worst one is: it stops at the mildest by itself.
    """
    for plan in checked.plans:
        for track in plan.tracks:
            yield from _overlaps(track, checked.entities)


def _overlaps(track: Track, entities: Entities) -> Iterator[Diagnostic]:
    scale = entities.scales[track.scale]
    worst = max((rule.rank for rule in track.rules), default=0)
    for key, eased, from_rank in (("end", track.end, 1), ("lower", track.lower, worst)):
        if eased is None:
            continue
        told: set[Origin] = set()
        for end in alternatives(eased):
            parts = _parts(end)
            if _excluded(parts, _parts(track.provided)):
                continue  # it holds only where no level can
            for rank, way in _ways(track, from_rank):
                both = _common(parts, _parts(way), entities)
                if both is None or both[0] in told:
                    continue
                told.add(both[0])
                yield _told(key, *both, _level(scale, rank))


def _ways(track: Track, from_rank: int) -> Iterator[tuple[int, Term]]:
    """The alternatives of the levels, of the worst first."""
    for rule in sorted(track.rules, key=lambda rule: -rule.rank):
        if rule.rank >= from_rank:
            for way in alternatives(rule.when):
                yield rule.rank, way


def _parts(term: Term) -> Sequence[Leaf]:
    return tuple(leaf(part) for part in now(tuple(conjuncts(term))))


def _excluded(some: Sequence[Leaf], others: Sequence[Leaf]) -> bool:
    """Whether no figure meets a test of these and one of those of the same thing."""
    return any(one.key == other.key and not meet(one, other) for one in some for other in others)


def _common(
    end: Sequence[Leaf], level: Sequence[Leaf], entities: Entities
) -> tuple[Origin, Origin] | None:
    """The tests of one thing that some figure meets both of, where nothing else excludes it.

    A cumulative fact does not fall, so that what ends a response cannot wait for it.
    """
    shared = [(one, other) for one in end for other in level if one.key == other.key]
    if not shared or _excluded(end, level):
        return None
    of_level = frozenset().union(*(facts_in(part.term) for part in level))
    keys = {part.key for part in level}
    apart = (part for part in end if part.key not in keys)
    if any(facts_in(part.term) & of_level for part in apart):
        return None  # another test of the same fact may exclude it
    for one, other in shared:
        if isinstance(one.term, FactTerm) and not entities.facts[one.term.fact].cumulative:
            assert isinstance(other.term, FactTerm)
            return one.term.origin, other.term.origin
    return None


def _told(key: str, end: Origin, level: Origin, name: str) -> Diagnostic:
    related = ((_LEVEL, level.span),) if level.span is not None else ()
    return finding(
        "end-while-level",
        end.span,
        related=related,
        key=key,
        text=end.text,
        level=name,
        other=level.text,
    )


def _level(scale: Scale, rank: int) -> str:
    level = scale.by_rank(rank)
    return level.id if level is not None else ""
