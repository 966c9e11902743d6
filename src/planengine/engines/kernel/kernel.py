"""The kernel: the reference engine, which compiles a rule set to Python and runs it."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import inf
from typing import Any, Protocol, TypeAlias, cast

from planengine.engines.contract import (
    Decision,
    Value,
    check_issued,
    finite_bounds,
    layout_of,
)
from planengine.engines.kernel.codes import Encoder, encoder
from planengine.engines.kernel.constants import Constants
from planengine.engines.kernel.program import Program, point_program, shadow_program
from planengine.rules.conditions import ActCell, Cell, FactCell, HazardCell, LevelCell
from planengine.rules.ruleset import RuleSet
from planengine.values.sets import ChoiceSet, Interval, NumberSet

Decisions: TypeAlias = tuple[Decision, ...]


class Programs(Protocol):
    """Where compiled programs of exactly this rule set are kept between processes."""

    def get(self, name: str) -> Any | None: ...  # noqa: ANN401  # whatever was put

    def put(self, name: str, value: object) -> None: ...


class Divert(Exception):  # noqa: N818  # not an error
    """Raised in the point program: something that was read is not a valid point."""


def _divert(*_read: object) -> bool:
    raise Divert


_NOTHING_ISSUED: Mapping[int, int] = {}


class Kernel:
    """One compiled rule set.

    `ruleset` is compiled when first used. Bare fact names in `decide_facts` mean the fact
    at `home`; without it, at the authority that all units share. The generated source is
    in `source`; `programs` may keep it compiled. Raises ValueError for a rule set that has no
    answer (see `layout_of`).
    """

    def __init__(
        self, ruleset: RuleSet, *, home: str | None = None, programs: Programs | None = None
    ) -> None:
        self.ruleset = ruleset
        self._kept = programs
        self.cells: tuple[Cell, ...] = ruleset.cells
        self._layout = layout_of(ruleset)
        self._names, self._ambiguous = _fact_names(ruleset, home)
        self._programs: dict[str, str] = {}
        self._points: Callable[[Sequence[Value]], Decisions] = self._first_points
        self._facts: Callable[[Mapping[str, Value]], Decisions] = self._first_facts
        self._shadows: Callable[..., Decisions] | None = None
        self._encoders: tuple[Encoder, ...] = ()

    def decide(
        self, values: Sequence[Value], issued: Mapping[int, int] = _NOTHING_ISSUED
    ) -> Decisions:
        """The ranks (level, could_reach, obliged) of every unit, in the rule set's order.

        `values` stand in the order of `cells`: each a set, a known point, or None for
        "nothing is known". `issued` gives the issued ranks by unit index. Raises ValueError
        naming the cell for a value it cannot have.
        """
        if len(values) != len(self.cells):
            raise ValueError(f"expected {len(self.cells)} values, not {len(values)}")
        if not issued:
            try:
                return self._points(values)
            except (Divert, TypeError):
                pass
        return self._two_shadows(values, issued)

    def decide_facts(self, facts: Mapping[str, Value]) -> Decisions:
        """The same from facts by name, where nothing is issued.

        A key is a cell's full text (`deaths@linjiang`) or a bare fact name, which means the
        fact at home and goes before the full text. What is missing is unknown, but acts are
        not made, nothing is in force, and other hazards are not declared. Keys that no rule
        reads are ignored.
        """
        try:
            return self._facts(facts)
        except (Divert, KeyError, TypeError):
            return self._two_shadows(self._values(facts), _NOTHING_ISSUED)

    @property
    def source(self) -> str:
        """The generated Python of both paths, for inspection."""
        if "points" not in self._programs:
            self._compile("points", lambda: self._point_program(_fetch_value))
        if self._shadows is None:
            self._compile_shadows()
        return f"{self._programs['points']}\n\n{self._programs['two shadows']}"

    def _first_points(self, values: Sequence[Value]) -> Decisions:
        self._points = self._compile("points", lambda: self._point_program(_fetch_value))
        return self._points(values)

    def _first_facts(self, facts: Mapping[str, Value]) -> Decisions:
        self._facts = self._compile("facts", lambda: self._point_program(self._fetch_fact))
        return self._facts(facts)

    def _point_program(self, fetch: Callable[[Constants, int], str]) -> Program:
        return point_program(self.ruleset, self._layout, fetch)

    def _compile_shadows(self) -> Callable[..., Decisions]:
        bounds = finite_bounds(self.ruleset)
        self._encoders = tuple(encoder(cell, bounds.get(cell, frozenset())) for cell in self.cells)
        self._shadows = self._compile(
            "two shadows", lambda: shadow_program(self.ruleset, self._layout)
        )
        return self._shadows

    def _compile(self, name: str, make: Callable[[], Program]) -> Callable[..., Decisions]:
        kept = self._kept.get(name) if self._kept is not None else None
        if kept is None:
            source = make().source(self.cells)
            file = f"<planengine kernel: {name} of {len(self.ruleset.units)} units>"
            kept = source, marshal.dumps(compile(source, file, "exec"))
            if self._kept is not None:
                self._kept.put(name, kept)
        self._programs[name], code = kept
        scope: dict[str, object] = {
            "divert": _divert,
            "inf": inf,
            "Fraction": Fraction,
            "Interval": Interval,
            "NumberSet": NumberSet,
            "ChoiceSet": ChoiceSet,
        }
        exec(marshal.loads(code), scope)  # noqa: S102, S302  # our own text, see constants.py
        return cast("Callable[..., Decisions]", scope["decide"])

    def _two_shadows(self, values: Sequence[Value], issued: Mapping[int, int]) -> Decisions:
        run = self._shadows or self._compile_shadows()
        if issued:
            check_issued(self.ruleset, issued)
        codes = [encode(value) for encode, value in zip(self._encoders, values, strict=True)]
        return run(codes, {index: (rank, rank, rank) for index, rank in issued.items()})

    def _fetch_fact(self, constants: Constants, index: int) -> str:
        cell = self.cells[index]
        name = constants.choice(self._names[index] or str(cell))
        default = _default(cell)
        return f"v[{name}]" if default is None else f"v.get({name}, {default!r})"

    def _values(self, facts: Mapping[str, Value]) -> list[Value]:
        if not isinstance(facts, Mapping):
            raise ValueError(f"expected facts by name, not {facts!r}")  # noqa: TRY004  # bad content
        for name, places in self._ambiguous.items():
            if name in facts:
                raise ValueError(f"{name} is read at {', '.join(places)}: write {name}@{places[0]}")
        found: list[Value] = []
        for cell, bare in zip(self.cells, self._names, strict=True):
            if bare is not None and bare in facts:
                found.append(facts[bare])
            else:
                found.append(facts.get(str(cell), _default(cell)))
        return found


def _fetch_value(_constants: Constants, index: int) -> str:
    return f"v[{index}]"


def _default(cell: Cell) -> Value:
    """What a cell is when no fact is given: None is unknown."""
    if isinstance(cell, ActCell | HazardCell):
        return False
    return 0 if isinstance(cell, LevelCell) else None


def _fact_names(
    ruleset: RuleSet, home: str | None
) -> tuple[tuple[str | None, ...], Mapping[str, tuple[str, ...]]]:
    """The bare name of each cell that has one, and the names that need a place."""
    authorities = {unit.authority for unit in ruleset.units}
    if home is None and len(authorities) == 1:
        (home,) = authorities
    places: dict[str, list[str]] = {}
    for cell in ruleset.cells:
        if isinstance(cell, FactCell):
            places.setdefault(cell.fact, []).append(cell.place)
    bare = {
        fact: home if home in there else there[0]
        for fact, there in places.items()
        if home in there or len(there) == 1
    }
    names = tuple(
        cell.fact if isinstance(cell, FactCell) and bare.get(cell.fact) == cell.place else None
        for cell in ruleset.cells
    )
    return names, {fact: tuple(there) for fact, there in places.items() if fact not in bare}
