"""What conditions read of each other, and the order in which units can be decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from planengine.domain.ids import UnitKey
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Cell,
    Condition,
    LastingCell,
    LevelCell,
    Not,
    OverdueCell,
    Test,
)
from planengine.rules.ruleset import RuleSet, Unit


def level_reads(condition: Condition) -> Iterator[LevelCell]:
    """The decisions that a condition reads, also within `lasting`."""
    for cell in cells_of((condition,)):
        if isinstance(cell, LevelCell):
            yield cell
        elif isinstance(cell, LastingCell):
            yield from level_reads(cell.body)


def cells_of(conditions: Iterable[Condition]) -> list[Cell]:
    """The cells that conditions test in the author's order, as often as they do."""
    found: list[Cell] = []
    for condition in conditions:
        _gather(condition, found)
    return found


def _gather(condition: Condition, found: list[Cell]) -> None:
    if isinstance(condition, Test):
        found.append(condition.cell)
    elif isinstance(condition, All | Any | AtLeast):
        for part in condition.of:
            _gather(part, found)
    elif isinstance(condition, Case):
        for guard, body in condition.branches:
            _gather(guard, found)
            _gather(body, found)
        _gather(condition.otherwise, found)
    elif isinstance(condition, Not):
        _gather(condition.of, found)


def conditions_of(unit: Unit) -> Iterator[Condition]:
    """Every condition of a unit that an engine or an assessment evaluates."""
    yield from unit.at_least
    if unit.obliged_at_least is not unit.at_least:
        yield from unit.obliged_at_least
    if unit.lower is not None:
        yield unit.lower
    if unit.end is not None:
        yield unit.end


def given_cells(units: Iterable[Unit], others: Iterable[Condition]) -> tuple[Cell, ...]:
    """The cells that engines must be given, each once, in order of appearance."""
    conditions = [condition for unit in units for condition in conditions_of(unit)]
    found = dict.fromkeys(cells_of((*conditions, *others)))
    return tuple(cell for cell in found if _is_given(cell))


def _is_given(cell: Cell) -> bool:
    """Whether a cell is known before anything is decided; what is overdue follows from levels."""
    if isinstance(cell, LevelCell):
        return cell.read == "active"
    return not isinstance(cell, OverdueCell)


def decided_reads(unit: Unit) -> dict[UnitKey, None]:
    """The units whose decisions this unit's levels depend on, in order, each once.

    What binding rules read counts too: where another rule always holds, only they read it.
    """
    found: dict[UnitKey, None] = {}
    conditions = unit.at_least
    if unit.obliged_at_least is not unit.at_least:
        conditions += unit.obliged_at_least
    for condition in conditions:
        for cell in level_reads(condition):
            if cell.read != "active":
                found[cell.unit] = None
    return found


class Order(Struct, frozen=True):
    """Units, each after what it reads; their components; what depends on itself."""

    units: tuple[Unit, ...]
    components: tuple[tuple[int, ...], ...]
    circles: tuple[tuple[int, ...], ...]


def in_order(units: Sequence[Unit]) -> Order:
    """The units in an order in which each comes after what it reads, where that can be."""
    places = {unit.id: place for place, unit in enumerate(units)}
    reads = [[places[read] for read in decided_reads(unit) if read in places] for unit in units]
    ordered: list[Unit] = []
    groups: list[tuple[int, ...]] = []
    circles: list[tuple[int, ...]] = []
    for group in components(len(units), reads.__getitem__):
        groups.append(tuple(range(len(ordered), len(ordered) + len(group))))
        if len(group) > 1 or group[0] in reads[group[0]]:
            circles.append(groups[-1])
        ordered.extend(units[place] for place in group)
    return Order(tuple(ordered), tuple(groups), tuple(circles))


def components(count: int, reads: Callable[[int], Sequence[int]]) -> list[list[int]]:
    """Strongly connected components of the nodes 0..count-1, each after those it reads.

    Tarjan's algorithm without recursion; written out because importing networkx costs more
    than the rest of an assessment.
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    open_nodes: list[int] = []
    is_open: set[int] = set()
    found: list[list[int]] = []
    for root in range(count):
        if root in index:
            continue
        index[root] = low[root] = len(index)
        open_nodes.append(root)
        is_open.add(root)
        path = [(root, iter(reads(root)))]
        while path:
            node, rest = path[-1]
            following = next(rest, None)
            if following is None:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    at = open_nodes.index(node)
                    found.append(sorted(open_nodes[at:]))
                    is_open.difference_update(open_nodes[at:])
                    del open_nodes[at:]
            elif following not in index:
                index[following] = low[following] = len(index)
                open_nodes.append(following)
                is_open.add(following)
                path.append((following, iter(reads(following))))
            elif following in is_open:
                low[node] = min(low[node], index[following])
    return found


def rule_set_of(units: Sequence[Unit], base: RuleSet) -> RuleSet:
    """`base` with other units: put in order, with the cells that they need."""
    order = in_order(units)
    known = {unit.id for unit in order.units}
    return RuleSet(
        period=base.period,
        units=order.units,
        components=order.components,
        conditions=base.conditions,
        acts=tuple(act for act in base.acts if act.unit in known),
        cells=given_cells(order.units, base.conditions.values()),
        cascades=base.cascades,
        documents=base.documents,
        above=base.above,
    )
