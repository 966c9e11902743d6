"""The two-shadow program: every value is a set, written as a few floats or one bit mask.

A number is `cl ch pl ph na ns`: its ends as closed floats for what must be certain (not a
number when it may be n/a, so that every comparison fails), its ends for what is possible
(not a number when there are no numbers), whether it may be n/a, and the set itself where
it has holes. A choice is a bit mask, n/a being one more bit. A level is its two ranks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from planengine.engines.kernel.chains import chain
from planengine.engines.kernel.codes import masks
from planengine.engines.kernel.constants import (
    Constants,
    high_code,
    low_code,
    number_literal,
    whole_of,
)
from planengine.engines.kernel.points import DEEPEST
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Condition,
    Constant,
    Test,
)
from planengine.rules.worlds import Split, Worlds, worlds_of
from planengine.values.sets import (
    ChoiceDomain,
    ChoiceSet,
    Domain,
    Interval,
    NumberDomain,
    NumberSet,
)

Shadow: TypeAlias = Literal["certain", "possible"]


class Given(Struct, frozen=True):
    """A cell that the caller gives."""

    index: int
    domain: Domain


class Own(Struct, frozen=True):
    """A level of a unit: the expressions for its least and greatest rank."""

    low: str
    high: str
    domain: NumberDomain


Locate: TypeAlias = Callable[[Test], Given | Own]


class ShadowEmitter:
    """Writes one shadow of a condition, split into its worlds, as an expression.

    `prelude` collects the statements that must stand before the next expression is used,
    `used` the cells whose variables it needs.
    """

    def __init__(self, constants: Constants, locate: Locate) -> None:
        self._constants = constants
        self._locate = locate
        self._temporaries = 0
        self.prelude: list[str] = []
        self.used: dict[int, Domain] = {}
        # the levels of a unit ask the same tests again and again:
        self._written: dict[tuple[int, Shadow], tuple[Test, str]] = {}

    def chain(self, name: str, conditions: Sequence[Condition], shadow: Shadow) -> list[str]:
        """The statements that put the worst rank whose condition holds into a variable."""
        self.prelude.clear()
        split = [worlds_of(condition) for condition in conditions]
        lines = chain(name, split, lambda part: self.emit(part, shadow))
        return [*self.prelude, *lines]

    def emit(self, split: Split, shadow: Shadow, depth: int = 0) -> str:
        """The expression that is true when the condition is certain, or possible."""
        if isinstance(split, Test):
            return self._test(split, shadow)
        if isinstance(split, Constant):
            return repr(split.value)
        if depth >= DEEPEST:
            inner = self.emit(split, shadow)
            name = f"t{self._temporaries}"
            self._temporaries += 1
            self.prelude.append(f"{name} = {inner}")
            return name
        if isinstance(split, Worlds):
            return self._worlds(split, shadow, depth + 1)
        if isinstance(split, All | Any | AtLeast):
            parts = [self.emit(part, shadow, depth + 1) for part in split.of]
            if isinstance(split, AtLeast):
                return f"(sum(({', '.join(parts)},)) >= {number_literal(split.count)})"
            return f"({(' and ' if isinstance(split, All) else ' or ').join(parts)})"
        raise ValueError(f"a condition is not in the normal form: {split}")

    def _worlds(self, worlds: Worlds, shadow: Shadow, depth: int) -> str:
        """A branch matters where its guard is possible; certain is what all of those are."""
        certain = shadow == "certain"
        parts = [
            f"(not {self.emit(guard, 'possible', depth)} or {self.emit(body, shadow, depth)})"
            if certain
            else f"({self.emit(guard, 'possible', depth)} and {self.emit(body, shadow, depth)})"
            for guard, body in worlds.branches
        ]
        return f"({(' and ' if certain else ' or ').join(parts)})"

    def _test(self, test: Test, shadow: Shadow) -> str:
        known = self._written.get((id(test), shadow))
        if known is None:
            known = self._written[id(test), shadow] = test, self._fresh(test, shadow)
        return known[1]

    def _fresh(self, test: Test, shadow: Shadow) -> str:
        place = self._locate(test)
        if isinstance(place, Own):
            assert isinstance(test.accepts, NumberSet)
            return level_test(place, test.accepts, shadow)
        self.used[place.index] = place.domain
        if isinstance(test.accepts, NumberSet):
            assert isinstance(place.domain, NumberDomain)
            return self._number_test(place.index, place.domain, test.accepts, shadow)
        assert isinstance(place.domain, ChoiceDomain)
        return _choice_test(place.index, place.domain, test.accepts, shadow)

    def _number_test(
        self, index: int, domain: NumberDomain, accepts: NumberSet, shadow: Shadow
    ) -> str:
        accepts = domain.restrict(accepts)
        whole = whole_of(domain)
        bounds = [_bounds(item, whole) for item in accepts.intervals]
        if shadow == "certain":
            low, high, there = f"cl{index}", f"ch{index}", f"cl{index} == cl{index}"
            if accepts.na:  # n/a is welcome: only the numbers must lie inside
                low, high = f"pl{index}", f"ph{index}"
        else:
            # A value meets [a..b] when its upper end is over a and its lower end under b.
            low, high, there = f"ph{index}", f"pl{index}", f"pl{index} == pl{index}"
        texts = [_inside(low, high, there, *bound) for bound in bounds]
        if accepts.na:
            texts.insert(0, f"pl{index} != pl{index}" if shadow == "certain" else f"na{index}")
        text = " or ".join(texts) or "False"
        two_sided = any(bound[0] and bound[1] for bound in bounds)
        if len(bounds) > 1 or (shadow == "possible" and two_sided):
            ask = "issubset" if shadow == "certain" else "intersects"
            name = self._constants.number_set(accepts)
            text = f"{text} if ns{index} is None else ns{index}.{ask}({name})"
        return f"({text})"


Bound: TypeAlias = tuple[str, str]


def _bounds(item: Interval, whole: tuple[Interval, ...]) -> Bound:
    """The ends of a test as texts, '' where every value of the domain is within."""
    first, last = whole[0], whole[-1]
    low = (
        ""
        if (item.low, item.low_closed) == (first.low, first.low_closed)
        else (number_literal(low_code(item)))
    )
    high = (
        ""
        if (item.high, item.high_closed) == (last.high, last.high_closed)
        else (number_literal(high_code(item)))
    )
    return low, high


def _inside(low_name: str, high_name: str, there: str, low: str, high: str) -> str:
    parts = [f"{low_name} >= {low}"] if low else []
    if high:
        parts.append(f"{high_name} <= {high}")
    return f"({' and '.join(parts)})" if len(parts) > 1 else (parts or [there])[0]


def _choice_test(index: int, domain: ChoiceDomain, accepts: ChoiceSet, shadow: Shadow) -> str:
    bits: Mapping[object, int] = masks(domain)
    everything = (1 << len(bits)) - 1
    inside = sum(bits[choice] for choice in domain.restrict(accepts).members)
    if accepts.na:
        inside |= bits[None]
    if shadow == "certain":
        return f"(m{index} & {number_literal(everything & ~inside)} == 0)"
    return f"(m{index} & {number_literal(inside)} != 0)"


def level_test(place: Own, accepts: NumberSet, shadow: Shadow) -> str:
    """The expression for a test of a unit's level."""
    whole = place.domain.whole.intervals
    low, high = (place.low, place.high) if shadow == "certain" else (place.high, place.low)
    accepts = place.domain.restrict(accepts)
    texts: list[str] = []
    for item in accepts.intervals:
        bottom = "" if item.low == whole[0].low else number_literal(item.low)
        top = "" if item.high == whole[-1].high else number_literal(item.high)
        texts.append(_inside(low, high, "True", bottom, top))
    return f"({' or '.join(texts) or 'False'})"
