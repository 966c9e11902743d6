"""The durable engine: the rule set lowered to durable_rules, decided by forward chaining."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from fractions import Fraction
from threading import Lock
from types import TracebackType
from typing import Self

from msgspec import Struct

from planengine.diagnostics.diagnostic import Span
from planengine.engines.contract import (
    Decision,
    Layout,
    Value,
    check_issued,
    finite_bounds,
    layout_of,
    value_set,
)
from planengine.engines.durable.adapter import Rules, Session, extension
from planengine.engines.durable.atoms import Activation, End, Quantity, activation
from planengine.engines.durable.numbers import Scale, end_number, member_number
from planengine.engines.durable.packs import Pack, packs_of
from planengine.engines.durable.rules import Claim, Flattening, claims_of
from planengine.rules.conditions import Cell, Condition, Read, is_computed
from planengine.rules.lowered import Member, Reading, bands
from planengine.rules.ruleset import RuleSet, Unit
from planengine.rules.walk import tests_of
from planengine.values.sets import ValueSet

_NOTHING_ISSUED: Mapping[int, int] = {}


class _Component(Struct, frozen=True):
    """The lowered rules of one component, and the numbers of the claims they exchange."""

    members: tuple[int, ...]
    packs: tuple[Pack, ...]
    numbers: Mapping[Claim, int]


class DurableEngine:
    """One rule set lowered to durable_rules; answers as the kernel does.

    Use it as a context manager, or `close` it, to free the extension's memory. It may be
    used from several threads, one at a time, in the process that made it. Raises
    DurableUnavailable where the extension is missing, CannotExpress for rules that are
    beyond it, ValueError for a rule set that has no answer.
    """

    def __init__(self, ruleset: RuleSet) -> None:
        extension()
        self.ruleset = ruleset
        self.cells: tuple[Cell, ...] = ruleset.cells
        self._layout = layout_of(ruleset)
        bounds = finite_bounds(ruleset)
        self._scales = {
            cell: Scale(sorted(map(Fraction, bounds.get(cell, ())))) for cell in self.cells
        }
        self._lock = Lock()
        self._lowered: dict[bool, list[_Component]] = {}
        self._rules: dict[tuple[bool, int, int], Rules] = {}
        self._prepare(indicating=False)

    def _prepare(self, *, indicating: bool) -> list[_Component]:
        """The components, lowered for the two shadows or for what is indicated, once."""
        if indicating not in self._lowered:
            components = [
                _lowered(self.ruleset, self._layout, members, indicating)
                for members in self.ruleset.components
            ]
            head = "i" if indicating else "u"
            try:
                for place, component in enumerate(components):
                    for number, pack in enumerate(component.packs):
                        name = f"{head}{place}_{number}"
                        self._rules[indicating, place, number] = Rules(name, pack.definition)
            except BaseException:
                self.close()
                raise
            self._lowered[indicating] = components
        return self._lowered[indicating]

    def decide(
        self, values: Sequence[Value], issued: Mapping[int, int] = _NOTHING_ISSUED
    ) -> tuple[Decision, ...]:
        """The ranks (level, could_reach, obliged) of every unit, in the rule set's order.

        `values` stand in the order of `cells`: each a set, a known point, or None for
        "nothing is known". `issued` gives the issued ranks by unit index. Raises ValueError
        naming the cell for a value it cannot have.
        """
        if len(values) != len(self.cells):
            raise ValueError(f"expected {len(self.cells)} values, not {len(values)}")
        check_issued(self.ruleset, issued)
        extension()  # the locale may have changed
        sets = [value_set(cell, value) for cell, value in zip(self.cells, values, strict=True)]
        world = _World(self._layout, sets, self._scales, issued)
        with self._lock:
            for place, component in enumerate(self._prepare(indicating=False)):
                self._decide(place, component, world, indicating=False)
        return tuple(world.decision(index) for index in range(len(self.ruleset.units)))

    def indicate(
        self,
        values: Sequence[Value],
        reported: Sequence[ValueSet | None],
        decided: Sequence[Decision],
        issued: Mapping[int, int] = _NOTHING_ISSUED,
    ) -> tuple[int, ...]:
        """The worst rank of every unit that what was reported allows (see `Kernel.indicate`)."""
        extension()
        sets = [value_set(cell, value) for cell, value in zip(self.cells, values, strict=True)]
        world = _World(self._layout, sets, self._scales, issued, reported, decided)
        with self._lock:
            for place, component in enumerate(self._prepare(indicating=True)):
                self._decide(place, component, world, indicating=True)
        return tuple(world.indicated)

    def close(self) -> None:
        """Frees the extension's memory; the engine cannot decide any more."""
        for rules in self._rules.values():
            rules.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_rules"):
            self.close()

    def _decide(
        self, place: int, component: _Component, world: _World, *, indicating: bool
    ) -> None:
        with ExitStack() as stack:
            sessions = [
                stack.enter_context(self._rules[indicating, place, number].session())
                for number in range(len(component.packs))
            ]
            _chain(component, sessions, world)
        world.settle(component.members)


class _World:
    """What is known, and what has been decided so far."""

    def __init__(
        self,
        layout: Layout,
        values: Sequence[ValueSet],
        scales: Mapping[Cell, Scale],
        issued: Mapping[int, int],
        reported: Sequence[ValueSet | None] = (),
        decided: Sequence[Decision] = (),
    ) -> None:
        units = len(layout.units)
        self._layout = layout
        self._reported = reported
        self.indicated = [0] * units
        self._values = values
        self._scales = scales
        self._issued = issued
        self._numbers: dict[Quantity, float] = {}
        self._decisions: list[Decision] = [*decided] or [(0, 0, 0)] * units

    def decision(self, index: int) -> Decision:
        return self._decisions[index]

    def number(self, quantity: Quantity) -> float:
        """What a formula's quantity is now; ranks of earlier components do not change."""
        found = self._numbers.get(quantity)
        if found is None:
            found = self._numbers[quantity] = self._computed(quantity)
        return found

    def _computed(self, quantity: Quantity) -> float:
        cell = quantity.cell
        if isinstance(quantity, End) and is_computed(cell):
            return self.rank(activation(cell, quantity.side, self._layout))
        place = self._layout.cells[cell]
        if isinstance(quantity, End):
            return end_number(quantity, self._values[place], self._scales[cell])
        told = self._reported[place] if self._reported else None
        if isinstance(quantity, Member):
            return member_number(quantity, self._values[place], told)
        return int(told is None)

    def rank(self, what: Activation) -> int:
        """The rank that others read: the issued one where one is issued."""
        if what.read != "recommended" and what.unit in self._issued:
            return self._issued[what.unit]
        level, could_reach, obliged = self._decisions[what.unit]
        if what.shadow == "possible":
            return could_reach
        if what.shadow == "indicated":
            return self.indicated[what.unit]
        return obliged if what.read == "obliged" else level

    def settle(self, members: Iterable[int]) -> None:
        """Closes a component: an obligation never goes beyond the level.

        What is indicated stands between the level and what could be reached.
        """
        for index in members:
            level, could_reach, obliged = self._decisions[index]
            self.indicated[index] = min(could_reach, max(level, self.indicated[index]))
            self._decisions[index] = (level, could_reach, min(level, obliged))

    def raised(self, claim: Activation, rank: int) -> list[Activation]:
        """Takes note that a unit got to a rank; the activations that this makes true."""
        level, could_reach, obliged = self._decisions[claim.unit]
        if claim.shadow == "indicated":
            if rank <= self.indicated[claim.unit]:
                return []
            self.indicated[claim.unit] = rank
            return self._read(claim, ("recommended", "computed"))
        if claim.read == "obliged":
            obliged = max(rank, obliged)
        elif claim.shadow == "certain":
            level = max(rank, level)
        else:
            could_reach = max(rank, could_reach)
        before, self._decisions[claim.unit] = (
            self._decisions[claim.unit],
            (level, could_reach, obliged),
        )
        if before == self._decisions[claim.unit]:
            return []
        reads: tuple[Read, ...] = ("obliged",)
        if claim.read != "obliged":
            reads = ("recommended", "computed")
        return self._read(claim, reads)

    def _read(self, claim: Activation, reads: Iterable[Read]) -> list[Activation]:
        """What others read of a unit that got further; of an issued level nothing."""
        return [
            Activation(claim.unit, read, claim.shadow)
            for read in reads
            if read == "recommended" or claim.unit not in self._issued
        ]


def _chain(component: _Component, sessions: Sequence[Session], world: _World) -> None:
    """Asserts what is known, then every activation that follows, until nothing new does."""
    steps: set[Claim] = set()
    waiting: deque[tuple[Claim, int]] = deque()

    def note(pack: Pack, names: Iterable[str]) -> None:
        best: dict[Claim, int] = {}
        for name in names:
            rule = pack.rules[name]
            best[rule.claim] = max(rule.rank, best.get(rule.claim, 0))
        for claim, rank in best.items():
            if isinstance(claim, Activation):
                waiting.extend((made, rank) for made in world.raised(claim, rank))
            elif claim not in steps:
                steps.add(claim)
                waiting.append((claim, 1))

    for claim in component.numbers:
        if isinstance(claim, Activation) and world.rank(claim):
            waiting.append((claim, world.rank(claim)))
    for pack, session in zip(component.packs, sessions, strict=True):
        message = {name: world.number(what) for what, name in pack.quantities.items()}
        note(pack, session.fired({"known": 1, **message}))
    while waiting:
        claim, rank = waiting.popleft()
        number = component.numbers.get(claim)
        for pack, session in zip(component.packs, sessions, strict=True):
            if number is not None and claim in pack.claims:
                note(pack, session.fired({"claim": number, "rank": rank}))


def _lowered(
    ruleset: RuleSet, layout: Layout, members: tuple[int, ...], indicating: bool = False
) -> _Component:
    flat = Flattening(layout)
    for index in members:
        unit = ruleset.units[index]
        flat.unit = str(unit.id)
        todo: list[tuple[Read, Reading, Sequence[Condition]]] = [
            ("recommended", "certain", unit.at_least),
            ("recommended", "possible", unit.at_least),
            ("obliged", "certain", unit.obliged_at_least),
        ]
        if indicating:
            todo = [("recommended", "indicated", unit.at_least)]
        for read, shadow, conditions in todo:
            claim = Activation(index, read, shadow)
            formulas = bands(conditions, shadow)
            for rank in range(len(conditions), 0, -1):
                flat.span = _span(unit, rank, conditions[rank - 1])
                flat.add(claim, rank, formulas[rank - 1])
    numbers = {claim: number for number, claim in enumerate(claims_of(flat.rules), 1)}
    return _Component(members, tuple(packs_of(flat.rules, numbers)), numbers)


def _span(unit: Unit, rank: int, condition: Condition) -> Span | None:
    """Where a condition was written: its first test, or a rule that asks for it."""
    for test in tests_of(condition):
        for origin in test.origins:
            if origin.span is not None:
                return origin.span
    return next((rule.span for rule in unit.rules if rule.rank >= rank and rule.span), None)
