"""The point program: every fact that is read is one known number or choice.

Facts are read when they are first needed and checked there; whatever is not a valid point
diverts to the two-shadow program. On points both shadows coincide, so a rank is one test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from planengine.engines.contract import LIMIT
from planengine.engines.kernel.constants import Constants, number_text
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
    NumberDomain,
    NumberSet,
)

Known: TypeAlias = frozenset[int]
"""The cells that are surely in local variables."""

_TRUTHS = frozenset({False, True})

DEEPEST = 12
"""How deep an expression may nest before its inner part becomes a statement of its own."""


@dataclass(frozen=True, slots=True)
class Emitted:
    """An expression for a truth value, and what is known after each outcome."""

    text: str
    if_true: Known
    if_false: Known


@dataclass(frozen=True, slots=True)
class Given:
    """A cell that the caller gives: its place, its domain, and the code that fetches it."""

    index: int
    domain: Domain
    fetch: str


@dataclass(frozen=True, slots=True)
class Own:
    """A level of a unit, computed here: the expression that holds its rank."""

    rank: str
    domain: NumberDomain


Locate: TypeAlias = Callable[[Test], Given | Own]


class PointEmitter:
    """Writes conditions as expressions over points.

    `prelude` collects the statements that must stand before the next expression is used.
    """

    def __init__(self, constants: Constants, locate: Locate) -> None:
        self._constants = constants
        self._locate = locate
        self._temporaries = 0
        self.prelude: list[str] = []

    def emit(self, condition: Condition, known: Known, depth: int = 0) -> Emitted:
        """The expression for a condition, where the cells in `known` are at hand."""
        if isinstance(condition, Test):
            return self._test(condition, known)
        if isinstance(condition, Constant):
            return Emitted(repr(condition.value), known, known)
        if depth >= DEEPEST:
            return self._hoisted(condition, known)
        if isinstance(condition, All | Any):
            return self._join(isinstance(condition, All), condition.of, known, depth)
        if isinstance(condition, AtLeast):
            return self._at_least(condition, known, depth)
        if isinstance(condition, Case):
            return self._case(condition, known, depth)
        raise ValueError(f"a condition is not in the normal form: {condition}")

    def _hoisted(self, condition: Condition, known: Known) -> Emitted:
        # Run before everything that reads on the way, so only what is known at its own
        # start may be assumed: nothing.
        inner = self.emit(condition, frozenset())
        name = f"t{self._temporaries}"
        self._temporaries += 1
        self.prelude.append(f"{name} = {inner.text}")
        return Emitted(name, known, known)

    def _join(
        self, conjunction: bool, parts: Sequence[Condition], known: Known, depth: int
    ) -> Emitted:
        texts: list[str] = []
        ended: Known | None = None
        for part in parts:
            item = self.emit(part, known, depth + 1)
            texts.append(item.text)
            stop, known = (
                (item.if_false, item.if_true) if conjunction else (item.if_true, item.if_false)
            )
            ended = stop if ended is None else ended & stop
        short = known if ended is None else ended
        text = f"({(' and ' if conjunction else ' or ').join(texts)})"
        return Emitted(text, *((known, short) if conjunction else (short, known)))

    def _at_least(self, condition: AtLeast, known: Known, depth: int) -> Emitted:
        texts: list[str] = []
        for part in condition.of:
            item = self.emit(part, known, depth + 1)
            texts.append(item.text)
            known = item.if_true & item.if_false
        text = f"(sum(({', '.join(texts)},)) >= {number_text(condition.count)})"
        return Emitted(text, known, known)

    def _case(self, condition: Case, known: Known, depth: int) -> Emitted:
        text = ""
        ended: Known | None = None
        for guard, body in condition.branches:
            test = self.emit(guard, known, depth + 1)
            item = self.emit(body, test.if_true, depth + 1)
            text += f"{item.text} if {test.text} else "
            after = item.if_true & item.if_false
            ended = after if ended is None else ended & after
            known = test.if_false
        last = self.emit(condition.otherwise, known, depth + 1)
        after = last.if_true & last.if_false
        ended = after if ended is None else ended & after
        return Emitted(f"({text}{last.text})", ended, ended)

    def _test(self, test: Test, known: Known) -> Emitted:
        place = self._locate(test)
        if isinstance(place, Own):
            assert isinstance(test.accepts, NumberSet)
            text = _number_test(place.rank, place.rank, test.accepts, place.domain)
            return Emitted(text, known, known)
        held = f"x{place.index}" if place.index in known else None
        known |= {place.index}
        if isinstance(test.accepts, NumberSet):
            assert isinstance(place.domain, NumberDomain)
            first = held or _checked_number(place, place.domain)
            text = _number_test(first, f"x{place.index}", test.accepts, place.domain)
        else:
            assert isinstance(place.domain, ChoiceDomain)
            text = self._choice_test(place, held, test.accepts, place.domain)
        return Emitted(text, known, known)

    def _choice_test(
        self, place: Given, held: str | None, accepts: ChoiceSet, domain: ChoiceDomain
    ) -> str:
        inside = accepts.members & frozenset(domain.values)
        outside = frozenset(domain.values) - inside
        name = f"x{place.index}"
        first = held or f"({name} := {place.fetch})"
        if frozenset(domain.values) != _TRUTHS and any(
            isinstance(choice, bool) for choice in domain.values
        ):
            return f"divert({place.fetch})"
        if frozenset(domain.values) == _TRUTHS:
            if len(inside) == 1:
                (wanted,) = inside
                text = f"{first} is {wanted!r}"
                return text if held else f"({text} or {name} is not {not wanted!r} and divert())"
            answer = repr(bool(inside))
            text = f"({first} is True or {name} is False or divert())"
            return answer if held else f"({text} is {answer})"
        if not inside:
            wrong = self._constants.choices(outside)
            return "False" if held else f"({first} not in {wrong} and divert())"
        if len(inside) == 1:
            text = f"{first} == {self._constants.choice(next(iter(inside)))}"
        else:
            text = f"{first} in {self._constants.choices(inside)}"
        if held:
            return text
        return f"({text} or {name} not in {self._constants.choices(outside)} and divert())"


def _checked_number(place: Given, domain: NumberDomain) -> str:
    """Reads a number and makes sure that it is one of its domain."""
    name = f"x{place.index}"
    if len(domain.whole.intervals) != 1:
        return f"divert({place.fetch})"
    (whole,) = domain.restrict(domain.whole).intervals
    low = max(whole.low, -LIMIT)
    high = min(whole.high, LIMIT)
    left = "<" if low == whole.low and not whole.low_closed else "<="
    right = "<" if high == whole.high and not whole.high_closed else "<="
    held = f"({name} := {place.fetch}).__class__ is int"
    if not domain.integer:
        held = f"({held} or {name}.__class__ is float)"
    inside = f"{number_text(low)} {left} {name} {right} {number_text(high)}"
    return f"({name} if {held} and {inside} else divert())"


def _number_test(first: str, again: str, accepts: NumberSet, domain: NumberDomain) -> str:
    """A test of a number; `first` is used once, `again` after that."""
    accepts = domain.restrict(accepts)
    whole = domain.restrict(domain.whole).intervals
    texts: list[str] = []
    for item in accepts.intervals:
        texts.append(_interval_test(first, item, whole))
        first = again
    if not texts:
        return f"({first} is None)"  # only n/a is accepted, and a point is not n/a
    return texts[0] if len(texts) == 1 else f"({' or '.join(texts)})"


def _interval_test(held: str, item: Interval, whole: Sequence[Interval]) -> str:
    need_low = (item.low, item.low_closed) != (whole[0].low, whole[0].low_closed)
    need_high = (item.high, item.high_closed) != (whole[-1].high, whole[-1].high_closed)
    low = number_text(item.low) if need_low else ""
    high = number_text(item.high) if need_high else ""
    if need_low and need_high:
        if item.low == item.high:
            return f"{held} == {low}"
        left = "<=" if item.low_closed else "<"
        right = "<=" if item.high_closed else "<"
        return f"{low} {left} {held} {right} {high}"
    if need_low:
        return f"{held} {'>=' if item.low_closed else '>'} {low}"
    if need_high:
        return f"{held} {'<=' if item.high_closed else '<'} {high}"
    return f"({held} is not None)"
