"""Acts that people may still make, and what making them would change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from msgspec import Struct

from planengine.assessment.duties.items import Catalogue
from planengine.assessment.outline import Outline
from planengine.assessment.results import Change, Invocable
from planengine.assessment.situation import Situation
from planengine.rules.conditions import ActCell, Cell, Condition, LastingCell
from planengine.rules.ruleset import APPLIES, PARTS, Act, Unit
from planengine.rules.shadows import of_test, shadows
from planengine.rules.walk import tests_of
from planengine.values.sets import TRUE, ValueSet


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
    rank = _rank_with(situation, act)
    if rank > before[0]:
        return "gives", rank
    if _eases(situation, unit, act):
        return "eases", 0
    if _owes(situation, unit, act):
        return "owes", 0
    gate = situation.outline.condition(unit.document, APPLIES, 0, "when", unit.area)
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


def _rank_with(situation: Situation, act: Act) -> int:
    """The worst rank of which a rule asks for an act and may hold once it is made."""
    asking = situation.outline.kept(_Asking).of(act).rules
    ranks = (rank for rank, condition in asking if _may_hold(situation, condition, act))
    return max(ranks, default=0)


def _eases(situation: Situation, unit: Unit, act: Act) -> bool:
    """Whether the response is in force and may be lowered or ended once an act is made."""
    endings = situation.outline.kept(_Asking).of(act).endings
    return situation.in_force(unit) > 0 and any(_may_hold(situation, e, act) for e in endings)


def _owes(situation: Situation, unit: Unit, act: Act) -> bool:
    """Whether a duty of this decision asks for an act and may be owed once it is made."""
    for ranks, asked in situation.outline.kept(_Asking).of(act).duties:
        if ranks is None or situation.response(unit) in ranks:
            return all(_may_hold(situation, part, act) for part in asked)
    return False


class _Asked(Struct, frozen=True):
    """What asks for an act: rules of its decision by their ranks, endings, and duties.

    Of a duty the ranks at which it is owed, if it hangs on any, and all that it asks.
    """

    rules: tuple[tuple[int, Condition], ...]
    endings: tuple[Condition, ...]
    duties: tuple[tuple[frozenset[int] | None, tuple[Condition, ...]], ...]


class _Asking:
    """What asks for each act of an outline."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self.of = cache(self._find)

    def _find(self, act: Act) -> _Asked:
        unit = self._outline.unit(act.unit)
        rules = ((rule.rank, rule.condition) for rule in unit.rules)
        return _Asked(
            tuple((rank, one) for rank, one in rules if _asks_for(one, act)),
            tuple(one for one in (unit.lower, unit.end) if one is not None and _asks_for(one, act)),
            tuple(self._duties(act)),
        )

    def _duties(self, act: Act) -> Iterator[tuple[frozenset[int] | None, tuple[Condition, ...]]]:
        catalogue = self._outline.kept(Catalogue)
        for place in catalogue.places:
            if act.unit not in place.units:
                continue
            for item in catalogue.items[place.name]:
                where = item.document, item.condition, item.order
                parts = [self._outline.condition(*where, part, place.area) for part in PARTS]
                asked = tuple(part for part in parts if part is not None)
                if any(_asks_for(part, act) for part in asked):
                    yield item.ranks, asked


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
