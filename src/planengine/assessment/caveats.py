"""What an answer rests on besides observed facts, and when to look again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import isinf

from msgspec import Struct

from planengine.answers import Gap
from planengine.assessment.results import Assumption, Change, Invocable
from planengine.assessment.situation import Situation
from planengine.evidence.behind import assumed_behind
from planengine.rules.conditions import ActCell, Cell, Condition, ElapsedCell, LastingCell
from planengine.rules.ruleset import APPLIES, PARTS, Act, Unit
from planengine.rules.shadows import of_test, shadows
from planengine.rules.walk import tests_of
from planengine.values.sets import TRUE, NumberSet, ValueSet


def assumptions(situation: Situation) -> tuple[Assumption, ...]:
    """Every by-exception fact that the rules read and nobody has reported.

    What must have lasted may also rest on one for the time before it was reported.
    """
    found: dict[Cell, ValueSet] = {}
    for cell in situation.backend.cells:
        known = situation.known(cell)
        if known.assumed:
            found.setdefault(cell, known.value)
        if isinstance(cell, LastingCell):
            for inner, value in assumed_behind(situation.evidence, cell).items():
                found.setdefault(inner, value)
    return tuple(
        Assumption(cell, value, earlier=not situation.known(cell).assumed)
        for cell, value in found.items()
    )


def declared_gaps(situation: Situation, unit: Unit) -> tuple[Gap, ...]:
    """The levels that the document declares not to have and that the decision may stand below.

    The facts may be as bad as such a level and still give only the next milder one there is,
    or none: the source leaves that case out.
    """
    level, could_reach, _ = situation.outcome(unit.id)
    missing = situation.outline.track(unit).gaps
    found: list[Gap] = []
    for rank in sorted(missing):
        below = max(set(range(rank)) - set(missing))
        named = unit.scale.by_rank(rank)
        if level <= below <= could_reach and named is not None:
            found.append(Gap(named.id, situation.outline.document(unit).basis))
    return tuple(found)


def invocables(situation: Situation) -> tuple[Invocable, ...]:
    """Acts not made that would, or may, change a level or what is done of a response in force.

    Those that stand under `not` come last: making them takes a level away, or the whole plan.
    """
    found: list[Invocable] = []
    for act in situation.rules.acts:
        position = situation.index.get(act.unit)
        if position is None or situation.evidence.invoked(act.clause, act.place):
            continue
        unit = situation.rules.units[position]
        change = _change_by(situation, unit, act)
        if change is not None:
            changes, rank = change
            level = unit.scale.by_rank(rank) if rank else None
            name = level.id if level is not None else None
            about = (
                act.clause,
                act.kind,
                act.what,
                next(iter(act.by), None),
                str(unit.id),
                name,
                act.span,
            )
            found.append(Invocable(*about, act.place, changes=changes, alternates=act.by[1:]))
    return tuple(sorted(found, key=lambda item: item.changes not in {"gives", "eases", "owes"}))


def _change_by(situation: Situation, unit: Unit, act: Act) -> tuple[Change, int] | None:
    """What making an act would change, and the rank that it gives or leaves."""
    before = situation.outcome(unit.id)
    rank = _rank_with(situation, unit, act)
    if rank > before[0]:
        return "gives", rank
    if _eases(situation, unit, act):
        return "eases", 0
    if _owes(situation, unit, act):
        return "owes", 0
    gate = situation.condition(unit.document, APPLIES, 0, "when", unit.area)
    if gate is not None and _denied(situation, gate, act):
        return "excluded", 0
    cell = ActCell(act.clause, act.place)
    if cell in situation.backend.cells:
        after = situation.outcomes_with({cell: TRUE})[situation.index[unit.id]]
        if after[:2] < before[:2]:
            return "lost", after[0]
    endings = [ending for ending in (unit.lower, unit.end) if ending is not None]
    if situation.in_force(unit) and any(_denied(situation, one, act) for one in endings):
        return "keeps", situation.in_force(unit)
    return None


def _denied(situation: Situation, condition: Condition, act: Act) -> bool:
    """Whether a condition may hold, and cannot once an act is made."""

    def value_of(cell: Cell) -> ValueSet:
        made = isinstance(cell, ActCell) and (cell.clause, cell.place) == (act.clause, act.place)
        return TRUE if made else situation.value_of(cell)

    return shadows(condition, situation.value_of)[1] and not shadows(condition, value_of)[1]


def _rank_with(situation: Situation, unit: Unit, act: Act) -> int:
    """The worst rank of which a rule asks for an act and may hold once it is made."""
    ranks = (rule.rank for rule in unit.rules if _helps(situation, rule.condition, act))
    return max(ranks, default=0)


def _eases(situation: Situation, unit: Unit, act: Act) -> bool:
    """Whether the response is in force and may be lowered or ended once an act is made."""
    endings = [ending for ending in (unit.lower, unit.end) if ending is not None]
    return situation.in_force(unit) > 0 and any(_helps(situation, e, act) for e in endings)


def _owes(situation: Situation, unit: Unit, act: Act) -> bool:
    """Whether a duty of this decision asks for an act and may be owed once it is made."""
    catalogue = situation.owed.catalogue
    for place in catalogue.places:
        if unit.id not in place.units:
            continue
        for item in catalogue.items[place.name]:
            if item.ranks is not None and situation.response(unit) not in item.ranks:
                continue
            where = item.document, item.condition, item.order
            parts = [situation.condition(*where, part, place.area) for part in PARTS]
            asked = [part for part in parts if part is not None]
            if any(_asks_for(part, act) for part in asked):
                return all(_may_hold(situation, part, act) for part in asked)
    return False


def _helps(situation: Situation, condition: Condition, act: Act) -> bool:
    """Whether a condition asks for an act and may hold once it is made, others perhaps as well."""
    return _asks_for(condition, act) and _may_hold(situation, condition, act)


def _may_hold(situation: Situation, condition: Condition, act: Act) -> bool:
    """Whether a condition may hold once an act is made, others perhaps as well."""

    def value_of(cell: Cell) -> ValueSet:
        if not isinstance(cell, ActCell) or situation.evidence.invoked(cell.clause, cell.place):
            return situation.value_of(cell)
        return (
            TRUE if (cell.clause, cell.place) == (act.clause, act.place) else cell.domain.everything
        )

    return shadows(condition, value_of)[1]


def _asks_for(condition: Condition, act: Act) -> bool:
    for test in tests_of(condition):
        cell = test.cell
        if isinstance(cell, LastingCell) and _asks_for(cell.body, act):
            return True
        if isinstance(cell, ActCell) and (cell.clause, cell.place) == (act.clause, act.place):
            return of_test(TRUE, test.accepts)[0]
    return False


class Turn(Struct, frozen=True):
    """When something next turns by itself; of all cells which is the first to, and when."""

    at: int | None
    cell: Cell | None
    cell_at: int | None


def next_turn(situation: Situation) -> Turn:
    """The next moment at which an answer may change by itself (SEMANTICS 14)."""
    thresholds: dict[Cell, tuple[int, ...]] = {}
    for condition in _all_conditions(situation):
        for test in tests_of(condition):
            if isinstance(test.cell, ElapsedCell) and isinstance(test.accepts, NumberSet):
                ends = (
                    int(end)
                    for item in test.accepts.intervals
                    for end in (item.low, item.high)
                    if not isinf(end)
                )
                thresholds[test.cell] = (*thresholds.get(test.cell, ()), *ends)
    cells = dict.fromkeys(t.cell for c in _all_conditions(situation) for t in tests_of(c))
    first, own, again = _first_of_before(situation, cells)
    for cell in again:
        found = situation.evidence.next_change((cell,), thresholds, own)
        if found != own:
            first, own = cell, found
    boundary = situation.rules.period.until
    decided = situation.evidence.next_decision()
    at = min((m for m in (own, boundary, decided) if m is not None), default=None)
    return Turn(at, first, own)


def _first_of_before(
    situation: Situation, cells: Iterable[Cell]
) -> tuple[Cell | None, int | None, Iterable[Cell]]:
    """The cell that was to turn first, if it still is, when, and which others may before it.

    How far lasting conditions look ahead moves with time, so they are looked at again.
    """
    before = situation.turn_before
    if before is None or isinstance(before.cell, LastingCell):
        return None, None, cells
    if before.cell is not None and situation.is_touched(before.cell):
        return None, None, cells
    again = [c for c in cells if isinstance(c, LastingCell) or situation.is_touched(c)]
    return before.cell, before.cell_at, again


def _all_conditions(situation: Situation) -> Iterator[Condition]:
    """Every condition that an answer rests on: also rules that a level does not hang on now.

    Which rules hold is part of the answer, and the obliged level asks some of them alone.
    """
    for unit in situation.rules.units:
        yield from (rule.condition for rule in unit.rules)
        yield from (part for part in (unit.lower, unit.end) if part is not None)
    yield from situation.rules.conditions.values()
