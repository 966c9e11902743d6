"""The kernel: the reference engine, which compiles a rule set to Python and runs it."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import compress
from math import inf
from operator import is_not
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, TypeVar, cast

from planengine.diagnostics import ArgumentError
from planengine.engines.contract import (
    Decision,
    Layout,
    Value,
    check_issued,
    finite_bounds,
    layout_of,
    value_set,
)
from planengine.engines.kernel.codes import Code, Encoder, encoder
from planengine.engines.kernel.divert import OPEN, Divert
from planengine.engines.kernel.steps import (
    Issued,
    Part,
    Readers,
    State,
    decide_again,
    decide_all,
    readers_of,
)
from planengine.rules.conditions import Cell
from planengine.rules.ruleset import RuleSet
from planengine.rules.shadows import of_reported
from planengine.values.sets import ChoiceDomain, Interval, NumberSet, ValueSet

if TYPE_CHECKING:
    from planengine.engines.kernel.indicated import Asked
    from planengine.engines.kernel.names import Names
    from planengine.engines.kernel.program import Program

Decisions: TypeAlias = tuple[Decision, ...]
Bounds: TypeAlias = tuple[frozenset[Fraction | int], ...]
T = TypeVar("T")


class Programs(Protocol):
    """Where compiled programs of exactly this rule set are kept between processes."""

    def get(self, name: str) -> Any | None: ...  # noqa: ANN401  # whatever was put

    def put(self, name: str, value: object) -> None: ...


_NOTHING_ISSUED: Mapping[int, int] = {}


class Kernel:
    """One compiled rule set.

    `ruleset` is compiled when first used. Bare fact names in `decide_facts` mean the fact
    at `home`; without it, at the authority that all units share. The generated source is
    in `source`; `programs` may keep it compiled, and what writes it is imported only where
    nothing is kept. Raises ValueError for a rule set that has no answer (see `layout_of`).
    """

    def __init__(
        self, ruleset: RuleSet, *, home: str | None = None, programs: Programs | None = None
    ) -> None:
        self.ruleset = ruleset
        self.cells: tuple[Cell, ...] = ruleset.cells
        self._kept = programs
        self._home = home
        self._last: tuple[Sequence[Value], State] | None = None
        self._sources: dict[str, str] = {}
        if programs is None:
            _ = self._layout  # what is kept was checked when it was made

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
        if issued:
            check_issued(self.ruleset, issued)
        ranks = {index: (rank, rank, rank) for index, rank in issued.items()}
        state = self._decided(tuple(values), ranks)
        return tuple(state.ranks)

    def _decided(self, values: tuple[Value, ...], issued: Issued) -> State:
        """A series of decisions mostly differs in a few cells: what reads others stays."""
        if self._last is None:
            codes: list[Code] = [e(value) for e, value in zip(self._encoders, values, strict=True)]
            state = decide_all(self._parts, len(self.ruleset.units), codes, issued)
            self._last = values, state
            return state
        known, before = self._last
        if values is known and issued == before.issued:
            return before
        codes, dirty = before.codes, set[int]()
        for place in compress(range(len(values)), map(is_not, values, known)):
            code = self._encoders[place](values[place])
            if code != codes[place]:
                codes = codes.copy() if codes is before.codes else codes
                codes[place] = code
                dirty.update(self._readers.of_cell[place])
        if issued != before.issued:
            dirty.update(
                self._component[index]
                for index in {*issued, *before.issued}
                if issued.get(index) != before.issued.get(index)
            )
        state = before._replace(codes=codes, issued=issued)
        if dirty:
            state = decide_again(self._parts, self.ruleset.components, self._readers, state, dirty)
        self._last = values, state
        return state

    def indicate(
        self,
        values: Sequence[Value],
        reported: Sequence[ValueSet | None],
        decided: Sequence[Decision],
        issued: Mapping[int, int] = _NOTHING_ISSUED,
    ) -> tuple[int, ...]:
        """The worst rank of every unit that what was reported allows (see `shadows.indicated`).

        `reported` says of each cell what people reported, None where nobody stated it; the rest is
        what `decide` was given, and `decided` what it answered.
        """
        decide, asked = self._indicating
        own = {index: (rank, rank, rank) for index, rank in issued.items()}
        codes = self._decided(tuple(values), own).codes
        told = [
            of_reported(value_set(self.cells[cell], values[cell]), reported[cell], accepts)
            for cell, accepts in asked
        ]
        read = list(decided)
        ranks = [0] * len(decided)
        for index, rank in issued.items():
            read[index] = rank, rank, rank
            ranks[index] = rank
        found: tuple[int, ...] = decide(
            codes,
            told,
            [value is None for value in reported],
            decided,
            read,
            [0] * len(decided),
            ranks,
            issued,
        )
        return found

    @cached_property
    def _indicating(self) -> tuple[Callable[..., tuple[int, ...]], tuple[Asked, ...]]:
        def make() -> tuple[str, bytes, tuple[Asked, ...]]:
            from planengine.engines.kernel.indicated import indicated_program

            program, asked = indicated_program(self.ruleset, self._layout)
            return *self._written("indicated", program), tuple(asked)

        # One entry: a program that is kept without what it asks would ask nothing.
        source, code, asked = self._once("indicated", make)
        decide = self._run("indicated", source, code)["decide"]
        return cast("Callable[..., tuple[int, ...]]", decide), asked

    @cached_property
    def decide_facts(self) -> Callable[[Mapping[str, Value]], Decisions]:
        """The function that does the same from facts by name, where nothing is issued.

        A key is a cell's full text (`deaths@linjiang`) or a bare fact name, which means the
        fact at home and goes before the full text. What is missing is unknown, but acts are
        not made, nothing is in force, and other hazards are not declared. Keys that no rule
        reads are ignored. Raises ValueError naming the cell for a value it cannot have, at least
        where an answer depends on it.
        """
        scope = self._point_scope()

        def partial(facts: Mapping[str, Value]) -> Decisions:
            scope["partial"] = self._partial  # written only where points do not do
            return self._partial(facts)

        scope["partial"] = partial
        return cast("Callable[[Mapping[str, Value]], Decisions]", scope["decide"])

    def _point_scope(self) -> dict[str, object]:
        def make() -> tuple[str, bytes]:
            from planengine.engines.kernel.program import point_program

            program = point_program(self.ruleset, self._layout, self._fetch, self._names)
            return self._written("facts", program)

        return self._run("facts", *self._once("facts", make))

    @cached_property
    def _partial(self) -> Callable[[Mapping[str, Value]], Decisions]:
        def make() -> tuple[str, bytes]:
            from planengine.engines.kernel.program import partial_program

            program = partial_program(self.ruleset, self._layout, self._names)
            return self._written("partial", program)

        scope = self._run("partial", *self._once("partial", make))
        for place, (cell, encode) in enumerate(zip(self.cells, self._encoders, strict=True)):
            scope[f"E{place}"], scope[f"U{place}"] = encode, encode(None)
            if isinstance(cell.domain, ChoiceDomain):
                scope[f"M{place}"] = {choice: encode(choice) for choice in cell.domain.values}
        return cast("Callable[[Mapping[str, Value]], Decisions]", scope["decide"])

    @property
    def source(self) -> str:
        """The generated Python of both paths, for inspection."""
        _ = self.decide_facts, self._partial, self._parts
        return "\n\n".join(self._sources.values())

    @cached_property
    def _parts(self) -> tuple[Part, ...]:
        def make() -> tuple[str, bytes]:
            from planengine.engines.kernel.program import shadow_program

            return self._written("two shadows", shadow_program(self.ruleset, self._layout))

        scope = self._run("two shadows", *self._once("two shadows", make))
        return cast("tuple[Part, ...]", scope["PARTS"])

    @cached_property
    def _readers(self) -> Readers:
        return self._once("readers", lambda: readers_of(self.ruleset, self._layout))

    @cached_property
    def _component(self) -> Mapping[int, int]:
        """The component of each unit."""
        components = enumerate(self.ruleset.components)
        return {index: place for place, members in components for index in members}

    @cached_property
    def _layout(self) -> Layout:
        return layout_of(self.ruleset)

    @cached_property
    def _names(self) -> Names:
        from planengine.engines.kernel.names import Names

        return Names(self.ruleset, self._home)

    @cached_property
    def _encoders(self) -> tuple[Encoder, ...]:
        bounds: Bounds = self._once("bounds", self._bounds)
        return tuple(encoder(cell, ends) for cell, ends in zip(self.cells, bounds, strict=True))

    def _bounds(self) -> Bounds:
        found = finite_bounds(self.ruleset)
        return tuple(found.get(cell, frozenset()) for cell in self.cells)

    def _once(self, name: str, make: Callable[[], T]) -> T:
        """What an earlier process kept under a name, or what is made now and kept."""
        kept: T | None = self._kept.get(name) if self._kept is not None else None
        if kept is None:
            kept = make()
            if self._kept is not None:
                self._kept.put(name, kept)
        return kept

    def _written(self, name: str, program: Program) -> tuple[str, bytes]:
        """A program as text, and as Python keeps it."""
        source = program.source(self.cells)
        file = f"<planengine kernel: {name} of {len(self.ruleset.units)} units>"
        return source, marshal.dumps(compile(source, file, "exec"))

    def _run(self, name: str, source: str, code: bytes) -> dict[str, object]:
        """What a program defines."""
        self._sources[name] = source
        scope: dict[str, object] = {
            "OPEN": OPEN,
            "Divert": Divert,
            "otherwise": self._otherwise,
            "ArgumentError": ArgumentError,
            "Mapping": Mapping,
            "inf": inf,
            "Fraction": Fraction,
            "Interval": Interval,
            "NumberSet": NumberSet,
        }
        exec(marshal.loads(code), scope)  # noqa: S102, S302  # our own text, see constants.py
        return scope

    def _otherwise(self, facts: Mapping[str, Value]) -> Decisions:
        """Decides facts of which one cannot be, if that is not needed; raises ArgumentError else.

        Likewise for what is no mapping, and names that need their place.
        """
        scope = self._point_scope()
        scope["partial"] = lambda given: self.decide(self._names.values(given))
        decide = cast("Callable[[Mapping[str, Value]], Decisions]", scope["decide"])
        return decide(self._names.complete(facts))

    def _fetch(self, index: int) -> str:
        from planengine.engines.kernel.constants import choice_literal

        name, default = choice_literal(self._names.first[index]), self._names.default[index]
        return f"v[{name}]" if default is None else f"v.get({name}, {default!r})"
