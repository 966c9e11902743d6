"""When to look again, and when to have looked: moments at which answers really change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from planengine.domain.statements import Withdrawal
from planengine.evidence.behind import assumed_cells
from planengine.evidence.changes import (
    Thresholds,
    condition_moments,
    event_moments,
    fact_edges,
    issued_edges,
    moments,
    read_by,
)
from planengine.evidence.known import Known
from planengine.evidence.temporal import change, held_since, kept_extremes
from planengine.rules.conditions import (
    CalendarCell,
    Cell,
    ChangeCell,
    ElapsedCell,
    LastingCell,
    LevelCell,
)
from planengine.rules.shadows import shadows
from planengine.rules.walk import cells_of
from planengine.values.sets import TRUE, NumberDomain, ValueSet

if TYPE_CHECKING:
    from planengine.evidence.evidence import Evidence

HORIZON = 3 * 86_400  # how far to look for the turns of calendars within a lasting condition


def next_change(
    evidence: Evidence, cells: Iterable[Cell], thresholds: Thresholds, before: int | None = None
) -> int | None:
    """The earliest later moment at which any cell changes without new statements.

    `before` where none does before that.
    """
    best = before
    for cell in cells:
        found = _changes_at(evidence, cell, best, thresholds)
        best = found if found is not None else best
    return best


def next_decision(evidence: Evidence) -> int | None:
    """The earliest later moment at which what people decided begins or ends by itself."""
    edges = (*issued_edges(evidence), *evidence.people.expiries())
    return min((edge for edge in edges if edge > evidence.at), default=None)


def _changes_at(
    evidence: Evidence, cell: Cell, before: int | None, thresholds: Thresholds
) -> int | None:
    """The first moment after now, and before another, at which a cell changes.

    A computed level changes only with the cells that it is computed from.
    """
    if isinstance(cell, LevelCell) and cell.read != "active":
        return None
    if isinstance(cell, LastingCell):
        found = _lasting_changes_at(evidence, cell)
    elif isinstance(cell, ChangeCell):
        found = _change_changes_at(evidence, cell)
    else:
        found = _tried(evidence, cell, before, thresholds)
    return found if found is not None and (before is None or found < before) else None


def _tried(
    evidence: Evidence, cell: Cell, before: int | None, thresholds: Thresholds
) -> int | None:
    """The first candidate at which a cell is not what it is now."""
    later = sorted(
        moment
        for moment in set(moments(evidence, cell, evidence.at, None, thresholds))
        if moment > evidence.at and (before is None or moment < before)
    )
    # Of those the first counts, whatever is so then: an elapsed time never stands still, of a
    # calendar only the next turn is given, and a level in force becomes overdue.
    if not later or isinstance(cell, ElapsedCell | CalendarCell | LevelCell):
        return later[0] if later else None
    now = _told(evidence.known(cell))
    for moment in later:
        if _told(evidence.at_time(moment).known(cell)) != now:
            return moment
    return None


Told: TypeAlias = tuple[object, ...]


def _told(known: Known) -> Told:
    """What an answer tells of a cell: its value, and what that value is worth."""
    observed = bool(known.statements)
    return known.value, known.assumed, known.conflict, known.estimated, observed


def _lasting_changes_at(evidence: Evidence, cell: LastingCell) -> int | None:
    """The first later moment at which a lasting condition, or what it assumes, changes.

    Each stretch of the body is judged once. It has held in a stretch since some moment; so
    the answer turns at the start of a stretch, and when it has held long enough.
    """
    reach = cell.duration + cell.gaps_under
    start = evidence.at - reach
    instants, last = body_instants(evidence, cell, start)
    states = [shadows(cell.body, evidence.at_time(t).value_of) for t in instants]
    certain, possible = (
        held_since(instants, [state[shadow] for state in states], cell.gaps_under)
        for shadow in (0, 1)
    )

    def answer(place: int, instant: int) -> int:
        held = (certain[place], possible[place])
        return sum(since is not None and since <= instant - cell.duration for since in held)

    now = max(place for place, t in enumerate(instants) if t <= evidence.at)
    before = answer(now, evidence.at)
    found: int | None = None
    for place in range(now, len(instants)):
        following = instants[place + 1] if place + 1 < len(instants) else None
        held = (certain[place], possible[place])
        completed = (since + cell.duration for since in held if since is not None)
        turns = sorted(
            moment
            for moment in (instants[place], *completed)
            if moment > evidence.at and (following is None or moment < following)
        )
        found = next((turn for turn in turns if answer(place, turn) != before), None)
        if found is not None:
            break
    leaves = _assumption_leaves(evidence, cell, instants, reach)
    return min((m for m in (found, leaves, last) if m is not None), default=None)


def body_instants(
    evidence: Evidence, cell: LastingCell, start: int
) -> tuple[list[int], int | None]:
    """A start, and every later moment at which a lasting body may change.

    Of calendars, which turn for ever, only as far as needed; then also where that ends.
    """
    last: int | None = None
    if any(isinstance(inner, CalendarCell) for inner in _within(cell)):
        last = evidence.at + cell.duration + cell.gaps_under + HORIZON
    found = condition_moments(evidence, cell.body, start, last)
    return sorted({start, *(m for m in found if m > start and (last is None or m <= last))}), last


def _within(cell: LastingCell) -> Iterator[Cell]:
    for inner in cells_of(cell.body):
        yield inner
        if isinstance(inner, LastingCell):
            yield from _within(inner)


def _assumption_leaves(
    evidence: Evidence, cell: LastingCell, instants: Sequence[int], reach: int
) -> int | None:
    """The first later moment at which the window holds other assumptions than now."""
    assumed = [
        frozenset(assumed_cells(evidence.at_time(instant), cell).items()) for instant in instants
    ]
    if not any(assumed):
        return None
    events = [(instant, 1, items) for instant, items in zip(instants, assumed, strict=True)]
    events += [
        (later + reach, -1, items)
        for (_, later), items in zip(pairwise(instants), assumed, strict=False)
    ]
    events.sort(key=lambda event: event[:2])
    held: Counter[object] = Counter()
    base: set[object] | None = None
    for place, (moment, step, items) in enumerate(events):
        if moment > evidence.at and base is None:
            base = {item for item, count in held.items() if count}
        for item in items:
            held[item] += step
        following = events[place + 1][0] if place + 1 < len(events) else None
        if base is None or following == moment:
            continue
        if {item for item, count in held.items() if count} != base:
            return moment
    return None


def _change_changes_at(evidence: Evidence, cell: ChangeCell) -> int | None:
    """The first later moment at which a change is another one.

    Between two changes of the fact itself only older values leave the window: what is left
    is gathered from its end, so that each value is looked at once.
    """
    domain = cell.domain
    assert isinstance(domain, NumberDomain)
    if cell.fact not in evidence.world.facts:
        return None
    read, start = read_by(evidence, cell), evidence.at - cell.within
    edges = [start, *(edge for edge in fact_edges(evidence, read) if edge > start)]
    course: list[tuple[int, Known]] = []
    for edge in edges:
        known = evidence.at_time(edge).known(read)
        if not course or _told(known) != _told(course[-1][1]):
            course.append((edge, known))
    now = _told(evidence.known(cell))
    first = max(place for place, (edge, _) in enumerate(course) if edge <= evidence.at)
    for place in range(first, len(course)):
        following = course[place + 1][0] if place + 1 < len(course) else None
        begins = max(course[place][0], evidence.at)
        # What the window holds once it starts in each of the stretches up to this one.
        kept: tuple[ValueSet, ...] = ()
        worth = (False, False, False, False)
        told: list[tuple[int, Told]] = []
        for position in range(place, -1, -1):
            edge, known = course[position]
            kept = kept_extremes(kept, known.value, cell.falling)
            _, *flags = _told(known)
            worth = tuple(a or bool(b) for a, b in zip(worth, flags, strict=True))  # type: ignore[assignment]
            value = change(course[place][1].value, kept, cell.falling, domain)
            told.append((edge + cell.within, (value, *worth)))
            if edge + cell.within <= begins:
                break
        for leaves, what in reversed(told):
            moment = max(leaves, begins)
            if following is not None and moment >= following:
                break
            if what != now and moment > evidence.at:
                return moment
    return None


def moments_of_change(
    evidence: Evidence, cells: Sequence[Cell], thresholds: Thresholds
) -> tuple[int, ...]:
    """Every moment up to now at which anything was stated, received, or could change.

    What was removed since is included: it counted until then.
    """
    stamps = evidence.incident.stamps_for(evidence.status)
    found = {moment for stamp in stamps for moment in (stamp.at, stamp.received)}
    first = min(found, default=evidence.at)
    for each in (evidence, _unrevised(evidence)):
        found.update(event_moments(each))
        for cell in cells:
            found.update(moments(each, cell, first, evidence.at, thresholds))
    return tuple(sorted(moment for moment in found if moment <= evidence.at))


def _unrevised(evidence: Evidence) -> Evidence:
    """The same incident as if nothing had ever been corrected or withdrawn."""
    events = tuple(
        event if event.corrects is None else replace(event, corrects=None)
        for event in evidence.incident.events
        if not isinstance(event, Withdrawal)
    )
    return type(evidence)(
        evidence.world,
        replace(evidence.incident, events=events),
        evidence.at,
        evidence.known_at,
        evidence.status,
    )


def lasting_completes(evidence: Evidence, cell: LastingCell) -> int | None:
    """The first moment from now on at which a lasting condition is certain; None if none."""
    if evidence.known(cell).value == TRUE:
        return evidence.at
    start = evidence.at - cell.duration - cell.gaps_under
    instants, _ = body_instants(evidence, cell, start)
    certain = [shadows(cell.body, evidence.at_time(t).value_of)[0] for t in instants]
    held = held_since(instants, certain, cell.gaps_under)
    for place, since in enumerate(held):
        following = instants[place + 1] if place + 1 < len(instants) else None
        if since is None:
            continue
        moment = max(since + cell.duration, instants[place], evidence.at)
        if following is None or moment < following:
            return moment
    return None
