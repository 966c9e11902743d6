"""The point program's conditions: every fact is one known number or choice.

Each fact is read and checked once, before anything is decided, into a variable `x<cell>`.
What is not a valid point becomes OPEN there, which stops the program when a test needs it
(see `divert.py`). On points both shadows coincide, so a rank is one test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from planengine.engines.contract import LIMIT
from planengine.engines.kernel.constants import (
    choice_literal,
    choices_literal,
    float_literal,
    number_literal,
    whole_of,
)
from planengine.rules.conditions import (
    All,
    Any,
    AtLeast,
    Case,
    Condition,
    Constant,
    Test,
)
from planengine.values.sets import (
    ChoiceDomain,
    ChoiceSet,
    Domain,
    Interval,
    Number,
    NumberDomain,
    NumberSet,
)

_TRUTHS = frozenset({False, True})

DEEPEST = 12
"""How deep an expression may nest before its inner part becomes a statement of its own."""


class Given(Struct, frozen=True):
    """A cell that the caller gives."""

    index: int
    domain: Domain


class Own(Struct, frozen=True):
    """A level of a unit, computed here: the expression that holds its rank."""

    rank: str
    domain: NumberDomain


Locate: TypeAlias = Callable[[Test], Given | Own]


class PointEmitter:
    """Writes conditions as expressions over points.

    `prelude` collects the statements that must stand before the next expression is used,
    `used` the cells whose variables it needs.
    """

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._temporaries = 0
        self.prelude: list[str] = []
        self.used: dict[int, Domain] = {}

    def emit(self, condition: Condition, depth: int = 0) -> str:
        """The expression that is true when the condition holds."""
        if isinstance(condition, Test):
            return self._test(condition)
        if isinstance(condition, Constant):
            return repr(condition.value)
        if depth >= DEEPEST:
            name = f"t{self._temporaries}"
            self._temporaries += 1
            self.prelude.append(f"{name} = bool({self.emit(condition)})")
            return name
        if isinstance(condition, All | Any | AtLeast):
            parts = [self.emit(part, depth + 1) for part in condition.of]
            if isinstance(condition, AtLeast):
                return f"(sum(({', '.join(parts)},)) >= {number_literal(condition.count)})"
            return f"({(' and ' if isinstance(condition, All) else ' or ').join(parts)})"
        if isinstance(condition, Case):
            branches = [
                f"{self.emit(body, depth + 1)} if {self.emit(guard, depth + 1)} else "
                for guard, body in condition.branches
            ]
            return f"({''.join(branches)}{self.emit(condition.otherwise, depth + 1)})"
        raise ValueError(f"a condition is not in the normal form: {condition}")

    def _test(self, test: Test) -> str:
        place = self._locate(test)
        if isinstance(place, Own):
            assert isinstance(test.accepts, NumberSet)
            return _number_test(place.rank, test.accepts, place.domain)
        self.used[place.index] = place.domain
        name = variable(place.index)
        if isinstance(test.accepts, NumberSet):
            assert isinstance(place.domain, NumberDomain)
            return _number_test(name, test.accepts, place.domain)
        assert isinstance(place.domain, ChoiceDomain)
        return _choice_test(name, test.accepts, place.domain)


def variable(index: int) -> str:
    """What holds the value of a cell."""
    return f"x{index}"


def reading(index: int, domain: Domain, fetch: str) -> list[str]:
    """The statements that put a cell's value into its variable; `fetch` is how to get it."""
    name = variable(index)
    if isinstance(domain, NumberDomain):
        valid = is_number_of(name, domain)
    else:
        valid = is_choice_of(name, domain)
    if not valid:
        return [f"{name} = OPEN"]
    return [f"{name} = {fetch}", f"if not ({valid}): {name} = OPEN"]


def is_number_of(name: str, domain: NumberDomain) -> str:
    """The check of a number; '' where the domain is in pieces, which is left to the shadows."""
    pieces = whole_of(domain)
    if len(pieces) != 1:
        return ""
    write = number_literal if domain.integer else float_literal
    low = max(pieces[0].low, -LIMIT)
    high = min(pieces[0].high, LIMIT)
    above = ">" if low == pieces[0].low and not pieces[0].low_closed else ">="
    under = "<" if high == pieces[0].high and not pieces[0].high_closed else "<="
    kind = f"{name}.__class__ is int"
    if not domain.integer:
        kind = f"({name}.__class__ is float or {kind})"
    # Apart, the two comparisons are faster than `low <= x <= high`.
    return f"{kind} and {name} {above} {write(low)} and {name} {under} {write(high)}"


def is_choice_of(name: str, domain: ChoiceDomain) -> str:
    """The check of a choice; '' where truth values and texts are mixed, or there are none."""
    choices = frozenset(domain.values)
    if choices == _TRUTHS:
        return f"{name}.__class__ is bool"
    if not choices or any(isinstance(choice, bool) for choice in choices):
        return ""
    return f"{name}.__class__ is str and {name} in {choices_literal(choices)}"


def _choice_test(name: str, accepts: ChoiceSet, domain: ChoiceDomain) -> str:
    choices = frozenset(domain.values)
    inside = accepts.members & choices
    if not inside:
        return _never(name)
    if inside == choices:
        return _always(name)
    if choices == _TRUTHS:
        return name if True in inside else f"(not {name})"
    if len(inside) == 1:
        return f"{name} == {choice_literal(next(iter(inside)))}"
    return f"{name} in {choices_literal(inside)}"


def _number_test(name: str, accepts: NumberSet, domain: NumberDomain) -> str:
    whole = whole_of(domain)
    write = number_literal if domain.integer else float_literal
    texts = [
        _interval_test(name, item, whole, write) for item in domain.restrict(accepts).intervals
    ]
    if not texts:
        return _never(name)  # only n/a is accepted, and a point is not n/a
    return texts[0] if len(texts) == 1 else f"({' or '.join(texts)})"


def _interval_test(
    name: str, item: Interval, whole: Sequence[Interval], write: Callable[[Number], str]
) -> str:
    need_low = (item.low, item.low_closed) != (whole[0].low, whole[0].low_closed)
    need_high = (item.high, item.high_closed) != (whole[-1].high, whole[-1].high_closed)
    if need_low and need_high and item.low == item.high:
        return f"{name} == {write(item.low)}"
    above = f"{name} {'>=' if item.low_closed else '>'} {write(item.low)}" if need_low else ""
    under = f"{name} {'<=' if item.high_closed else '<'} {write(item.high)}" if need_high else ""
    if above and under:
        return f"({above} and {under})"
    return above or under or _always(name)


def _always(name: str) -> str:
    """True of every point; it still needs one."""
    return f"{name} == {name}"


def _never(name: str) -> str:
    """True of no point; it still needs one."""
    return f"{name} != {name}"
