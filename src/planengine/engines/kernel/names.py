"""Facts by name: which names mean which cell, and what a cell is that nobody named."""

from __future__ import annotations

from collections.abc import Mapping

from planengine.diagnostics import ArgumentError
from planengine.engines.contract import Value
from planengine.rules.conditions import (
    ActCell,
    Cell,
    DoneCell,
    FactCell,
    HazardCell,
    LevelCell,
    OverdueCell,
)
from planengine.rules.ruleset import RuleSet


class Names:
    """The names of the cells of a rule set.

    A cell goes by its full text (`deaths@linjiang`); a fact also by its own name, which means
    the fact at home, or at the only place where it is read, and goes before the full text.
    Without `home` that is the authority that all units share, if there is one.
    """

    def __init__(self, ruleset: RuleSet, home: str | None) -> None:
        authorities = {unit.authority for unit in ruleset.units}
        if home is None and len(authorities) == 1:
            (home,) = authorities
        places: dict[str, list[str]] = {}
        for cell in ruleset.cells:
            if isinstance(cell, FactCell):
                places.setdefault(cell.fact, []).append(cell.place)
        meant = {
            fact: home if home in there else there[0]
            for fact, there in places.items()
            if home in there or len(there) == 1
        }
        self.first = tuple(_first_name(cell, meant) for cell in ruleset.cells)
        self.default = tuple(map(_default, ruleset.cells))
        self._unsaid = dict(zip(self.first, self.default, strict=True))
        texts = zip(map(str, ruleset.cells), self.first, strict=True)
        self._second = {full: first for full, first in texts if full != first}
        self.ambiguous = {fact: there for fact, there in places.items() if fact not in meant}

    def complete(self, facts: Mapping[str, Value]) -> dict[str, Value]:
        """The facts, with every cell under the first of its names.

        Raises ArgumentError for what is no mapping.
        """
        if not isinstance(facts, Mapping):
            raise ArgumentError(f"expected facts by name, not {facts!r}")
        found = {**self._unsaid, **facts}
        if not self._second.keys().isdisjoint(facts):
            for full, first in self._second.items():
                if full in facts and first not in facts:
                    found[first] = facts[full]
        return found

    def values(self, facts: Mapping[str, Value]) -> list[Value]:
        """The value of each cell.

        Raises ArgumentError for what is no mapping, and for a name that needs its place.
        """
        found = self.complete(facts)
        for name, places in self.ambiguous.items():
            if name in facts:
                raise ArgumentError(
                    f"{name} is read at {', '.join(places)}: write {name}@{places[0]}"
                )
        return [found[name] for name in self.first]


def _first_name(cell: Cell, meant: Mapping[str, str]) -> str:
    """A fact's own name where it means this cell, else the full text."""
    if isinstance(cell, FactCell) and meant.get(cell.fact) == cell.place:
        return cell.fact
    return str(cell)


def _default(cell: Cell) -> Value:
    """What a cell is when no fact is given: None is unknown."""
    if isinstance(cell, ActCell | DoneCell | HazardCell | OverdueCell):
        return False
    return 0 if isinstance(cell, LevelCell) else None
