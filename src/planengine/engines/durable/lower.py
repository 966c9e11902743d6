"""Conditions → formulas: the two shadows, over numbers that durable_rules can compare."""

from __future__ import annotations

from planengine.engines.contract import Layout, is_upward, rank_domain
from planengine.engines.durable.formulas import (
    FALSE,
    TRUE,
    Activation,
    Atom,
    End,
    Formula,
    Member,
    Operator,
    Quantity,
    Rank,
    Reach,
    Shadow,
    Side,
    Silent,
    all_of,
    any_of,
    negated,
    threshold,
)
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Constant,
    LevelCell,
    Test,
)
from planengine.rules.ruleset import RuleSet
from planengine.rules.worlds import Split, Worlds
from planengine.values.sets import Interval, NumberDomain, NumberSet


class Lowering:
    """Lowers the conditions of one rule set."""

    def __init__(self, ruleset: RuleSet, layout: Layout) -> None:
        self._ruleset = ruleset
        self._layout = layout

    def formula(self, split: Split, shadow: Shadow, *, chained: bool = True) -> Formula:
        """One shadow of a condition that is split into its worlds.

        Upward tests of levels become activations where `chained`, and numbers elsewhere
        (in guards, which are also asked the other way round).
        """
        match split:
            case Constant():
                return TRUE if split.value else FALSE
            case Test():
                return self._test(split, shadow, chained)
            case All():
                return all_of(self.formula(part, shadow, chained=chained) for part in split.of)
            case Any():
                return any_of(self.formula(part, shadow, chained=chained) for part in split.of)
            case AtLeast():
                parts = [self.formula(part, shadow, chained=chained) for part in split.of]
                return threshold(split.count, parts)
            case Worlds():
                return self._worlds(split, shadow, chained)
        raise ValueError(f"a condition is not in the normal form: {split}")

    def _worlds(self, worlds: Worlds, shadow: Shadow, chained: bool) -> Formula:
        """The body of each branch must (or may) hold where its guard may."""
        parts: list[Formula] = []
        if shadow == "indicated":
            for guard, body in worlds.branches:
                parts += [
                    all_of(
                        self.formula(part, shadow, chained=chained and part is body)
                        for part in (guard, body)
                    )
                ]
            parts.append(self._worlds(worlds, "certain", chained=False))
            if worlds.cell is not None:
                nobody = Atom(Silent(self._layout.cells[worlds.cell]), "$gte", 1)
                silent = self.formula(worlds.silent, shadow, chained=chained)
                parts.append(all_of((nobody, silent)))
            return any_of(parts)
        for guard, body in worlds.branches:
            maybe = self.formula(guard, "possible", chained=False)
            inner = self.formula(body, shadow, chained=chained)
            certain = shadow == "certain"
            parts.append(any_of((negated(maybe), inner)) if certain else all_of((maybe, inner)))
        return all_of(parts) if shadow == "certain" else any_of(parts)

    def _test(self, test: Test, shadow: Shadow, chained: bool) -> Formula:
        cell = test.cell
        if isinstance(cell, LevelCell) and cell.read != "active":
            return self._level(test, cell, shadow, chained)
        index = self._layout.cells[cell]
        accepts = test.accepts
        if shadow == "indicated":
            return Atom(Member(index, accepts, shadow), "$gte", 1)
        if isinstance(accepts, NumberSet) and isinstance(cell.domain, NumberDomain):
            accepts = cell.domain.restrict(accepts)
            whole = cell.domain.restrict(cell.domain.whole)
            if len(accepts.intervals) == 1 and not accepts.na:
                (item,) = accepts.intervals
                low, high = _ends(item, whole)
                if shadow == "certain" or not (low and high):
                    return _within(index, item, shadow, low=low, high=high)
        return Atom(Member(index, accepts, shadow), "$gte", 1)

    def _level(self, test: Test, cell: LevelCell, shadow: Shadow, chained: bool) -> Formula:
        index = self._layout.units[cell.unit]
        unit = self._ruleset.units[index]
        assert isinstance(test.accepts, NumberSet)
        domain = rank_domain(unit)
        intervals = domain.restrict(NumberSet(test.accepts.intervals)).intervals
        if chained and is_upward(test, unit):
            least = int(intervals[0].low)
            if least <= 0:
                return TRUE
            # Nobody knows how far an obligation could reach, but not beyond the level.
            read = "computed" if cell.read == "obliged" and shadow != "certain" else cell.read
            return Reach(Activation(index, read, shadow), least)
        top = len(unit.scale.levels)
        bottom_side, top_side = _sides(shadow)
        found: list[Formula] = []
        for item in intervals:
            parts: list[Formula] = []
            if item.low > 0:
                parts.append(Atom(Rank(index, cell.read, bottom_side), "$gte", int(item.low)))
            if item.high < top:
                parts.append(Atom(Rank(index, cell.read, top_side), "$lte", int(item.high)))
            found.append(all_of(parts))
        return any_of(found)


def _sides(shadow: Shadow) -> tuple[Side, Side]:
    """Which end a test's lower bound is compared with, and which its upper bound."""
    if shadow == "indicated":
        return "told", "low"
    return ("low", "high") if shadow == "certain" else ("high", "low")


def _ends(item: Interval, whole: NumberSet) -> tuple[bool, bool]:
    """Whether the ends of a test exclude anything of the domain."""
    first, last = whole.intervals[0], whole.intervals[-1]
    low = (item.low, item.low_closed) != (first.low, first.low_closed)
    high = (item.high, item.high_closed) != (last.high, last.high_closed)
    return low, high


def _within(cell: int, item: Interval, shadow: Shadow, *, low: bool, high: bool) -> Formula:
    bottom_side, top_side = _sides(shadow)
    parts: list[Formula] = []
    if low:
        operator: Operator = "$gte" if item.low_closed else "$gt"
        quantity: Quantity = End(cell, bottom_side, shadow)
        parts.append(Atom(quantity, operator, float(item.low)))
    if high:
        operator = "$lte" if item.high_closed else "$lt"
        parts.append(Atom(End(cell, top_side, shadow), operator, float(item.high)))
    if not parts:  # every number will do, and n/a will not
        return Atom(Member(cell, NumberSet((item,)), shadow), "$gte", 1)
    return all_of(parts)
