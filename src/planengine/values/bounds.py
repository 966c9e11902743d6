"""Bounds and values as authors write them: the law's words, symbols, FEEL intervals, choices.

Every spelling of the same limits gives the same set, restricted to the domain. Nothing here
raises for a bad text: the answer is then a `BoundError`, which becomes a finding at a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from fractions import Fraction
from math import inf
from typing import Protocol, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.values.amounts import (
    Amount,
    Measure,
    example,
    measured,
    read_amount,
    refuse_shared_multiple,
    share_unit,
)
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.english_numbers import numbers_in_digits
from planengine.values.languages import Relation
from planengine.values.numbers import plain_text
from planengine.values.sets import (
    Choice,
    ChoiceDomain,
    ChoiceSet,
    Domain,
    Interval,
    Number,
    NumberDomain,
    NumberSet,
    ValueSet,
    above,
    at_least,
    at_most,
    below,
    number,
)
from planengine.values.wording import (
    FeelInterval,
    Half,
    NotABoundError,
    lone_sides,
    read_halves,
    read_interval,
    unreadable,
)

MOST_CHARACTERS = 200  # of a bound or value: reading one takes longer than its length tells
_NOT_APPLICABLE = frozenset({"n/a", "不适用"})
_UNKNOWN = frozenset({"unknown", "null", "~", "未知", "不明", "不详", "未明", "待查"})
_FLAGS = {
    **dict.fromkeys(("true", "yes", "是", "有"), True),
    **dict.fromkeys(("false", "no", "否", "无", "没有"), False),
}
_FLAG_SLIPS = {
    **dict.fromkeys(("y", "on", "1", "对", "已", "发生"), "true"),
    **dict.fromkeys(("n", "off", "0", "不", "不是", "未", "未发生"), "false"),
}
_ATTRIBUTE = re.compile(
    r"@\s*(?P<name>[^\s@+]+)\s*(?:(?:(?P<plus>\+)|(?<=\s)(?P<minus>-))\s*(?P<amount>.+))?"
)


class Choices(Protocol):
    """The spellings of a category's values."""

    def find(self, text: str) -> Choice | None:
        """The value that `text` means, or None."""
        ...

    def suggest(self, text: str) -> str | None:
        """The nearest spelling to a mistyped one, or None."""
        ...


class AttributeMargin(Struct, frozen=True):
    """A test against an attribute, by its name as written: fact − attribute lies in `margin`."""

    attribute: str
    margin: NumberSet


class BoundError(Struct, frozen=True):
    """Why a text is no bound (or no value) here."""

    diagnostic: Diagnostic

    def at(self, span: Span | None) -> Diagnostic:
        """The finding, at the place where the text is written."""
        return replace(self.diagnostic, span=span)


ParsedBound: TypeAlias = NumberSet | ChoiceSet | AttributeMargin


def parse_bound(
    text: str,
    *,
    domain: Domain,
    unit: str | None,
    choices: Choices | None = None,
    explicit_unit: bool = False,
    difference: bool = False,
    dialect: Dialect = PLAIN,
) -> ParsedBound | BoundError:
    """The test that `text` writes, restricted to `domain`; numbers are given in `unit`.

    `choices` reads category values (default: the domain's own ids); `explicit_unit` refuses
    numbers without a unit; `difference` converts units as a margin; `dialect` is how the library
    writes. A test that no value can meet is an error.
    """
    if len(text) > MOST_CHARACTERS:
        return _too_long(text)
    try:
        measure = Measure(unit, explicit_unit, difference, dialect)
        parsed = _parse(text, domain, measure, choices)
    except NotABoundError as problem:
        return BoundError(problem.diagnostic)
    if isinstance(parsed, AttributeMargin) or parsed:
        return parsed
    return BoundError(finding("never-true", None, text=text, domain=_shown(domain)))


def parse_value(
    text: str,
    *,
    domain: Domain,
    unit: str | None,
    choices: Choices | None = None,
    difference: bool = False,
    dialect: Dialect = PLAIN,
) -> ValueSet | BoundError | None:
    """What a stated value says a fact can be, in `unit`; None for an explicit `unknown`.

    A value is a number, an interval or any bound (`"[0..4]"`, `≥ 5`), a choice, or `n/a`.
    """
    if len(text) > MOST_CHARACTERS:
        return _too_long(text)
    if plain_text(text).casefold() in _UNKNOWN:
        return None
    try:
        measure = Measure(unit, difference=difference, dialect=dialect)
        parsed = _parse(text, domain, measure, choices)
    except NotABoundError as problem:
        return BoundError(problem.diagnostic)
    if isinstance(parsed, AttributeMargin):
        return BoundError(finding("attribute-not-here", None, text=text))
    if not parsed:
        return BoundError(finding("outside-domain", None, text=text, domain=_shown(domain)))
    return parsed


def is_always_true(test: ValueSet, domain: Domain) -> bool:
    """Whether every value of the domain (n/a apart) meets the test."""
    if isinstance(domain, NumberDomain) and isinstance(test, NumberSet):
        return domain.restrict(domain.whole).issubset(NumberSet(test.intervals, True))
    if isinstance(domain, ChoiceDomain) and isinstance(test, ChoiceSet):
        return frozenset(domain.values) <= test.members
    return False


def join_tests(tests: Iterable[ValueSet]) -> ValueSet | None:
    """The union of tests of one kind, for a list of values; None for no tests."""
    joined: ValueSet | None = None
    for test in tests:
        if joined is None:
            joined = test
        elif isinstance(joined, NumberSet):
            joined = joined | test if isinstance(test, NumberSet) else joined
        elif isinstance(test, ChoiceSet):
            joined = joined | test
    return joined


def _too_long(text: str) -> BoundError:
    start = f"{text[:20]}…"
    return BoundError(finding("bound-too-long", None, text=start, limit=MOST_CHARACTERS))


def _shown(domain: Domain) -> Text:
    if isinstance(domain, ChoiceDomain):
        values = ", ".join(str(value) for value in domain.values)
        return Text(values, values)
    whole = str(domain.restrict(domain.whole))
    if domain.integer:
        return Text(f"the whole numbers of {whole}", f"{whole} 内的整数")
    return Text(whole, whole)


def _parse(text: str, domain: Domain, measure: Measure, choices: Choices | None) -> ParsedBound:
    plain = plain_text(text)
    if plain.casefold() in _NOT_APPLICABLE:
        return NumberSet((), True) if isinstance(domain, NumberDomain) else ChoiceSet(na=True)
    if plain.casefold() in _UNKNOWN:
        raise NotABoundError(finding("untestable-unknown", None, text=text))
    if isinstance(domain, ChoiceDomain):
        return _choice_test(plain, domain, choices or _OwnChoices(domain), measure)
    if not plain:
        raise measure.unreadable(text)
    interval = read_interval(plain)
    if interval is not None:
        return domain.restrict(_interval_set(interval, plain, measure))
    if "en" in measure.dialect.languages:
        plain = numbers_in_digits(plain)
    halves = _halves(plain, measure)
    if any(half.operand.startswith("@") for half in halves):
        return _attribute_margin(halves, plain, measure)
    return domain.restrict(_halves_set(halves, plain, measure))


def _relation_set(relation: Relation, limit: int | Fraction) -> NumberSet:
    if relation == "≥":
        return at_least(limit)
    if relation == ">":
        return above(limit)
    if relation == "≤":
        return at_most(limit)
    if relation == "<":
        return below(limit)
    only = number(limit)
    return only if relation == "=" else NumberSet(only.complement().intervals)


def _halves_set(halves: tuple[Half, ...], text: str, measure: Measure) -> NumberSet:
    amounts = [read_amount(half.operand, text, measure) for half in halves]
    if len(amounts) == 2:
        amounts = list(share_unit(amounts[0], amounts[1], text))
    sides = [
        _relation_set(half.relation, measured(amount, measure))
        for half, amount in zip(halves, amounts, strict=True)
    ]
    result = sides[0] if len(sides) == 1 else sides[0] & sides[1]
    if not result:
        raise NotABoundError(finding("inverted-bound", None, text=text))
    return result


def _interval_set(interval: FeelInterval, text: str, measure: Measure) -> NumberSet:
    low: Number = _end(interval.low, interval.unit, text, measure, -inf)
    high: Number = _end(interval.high, interval.unit, text, measure, inf)
    if -inf < low and high < inf:
        first, second = (read_amount(end, text, measure) for end in (interval.low, interval.high))
        refuse_shared_multiple(first, second, text)
    if (low, high) == (-inf, inf) and interval.unit:  # which no end has read
        _end("0", interval.unit, text, measure, inf)
    low_closed = interval.low_closed and low != -inf
    high_closed = interval.high_closed and high != inf
    if low > high or (low == high and not (low_closed and high_closed)):
        raise NotABoundError(finding("inverted-bound", None, text=text))
    return NumberSet((Interval(low, high, low_closed, high_closed),))


def _end(text: str, unit: str, whole: str, measure: Measure, none: float) -> Number:
    if text.lstrip("+-") in ("", "∞"):
        return none
    amount = read_amount(text, whole, measure)
    if unit:
        if amount.unit:
            raise measure.unreadable(whole)
        amount = read_amount(f"{text} {unit}", whole, measure)
    return measured(amount, measure)


def _attribute_margin(halves: tuple[Half, ...], text: str, measure: Measure) -> AttributeMargin:
    match = _ATTRIBUTE.fullmatch(halves[0].operand)
    if len(halves) > 1:
        raise NotABoundError(finding("two-sided-attribute", None, text=text))
    if match is None:
        raise unreadable(text, "≥ @warning-stage + 0.5 m", measure.dialect.languages)
    margin: int | Fraction = 0
    if match["amount"]:
        margin_measure = replace(measure, difference=True)
        amount: Amount = read_amount(match["amount"], text, margin_measure)
        margin = measured(amount, margin_measure)
        if match["minus"]:
            margin = -margin
    return AttributeMargin(match["name"], _relation_set(halves[0].relation, margin))


def _halves(text: str, measure: Measure) -> tuple[Half, ...]:
    return read_halves(text, example(measure.unit, measure.explicit), measure.dialect.languages)


def _choice_test(text: str, domain: ChoiceDomain, choices: Choices, measure: Measure) -> ChoiceSet:
    whole = _choice(text, domain, choices)
    if whole is not None:
        return ChoiceSet(frozenset({whole}))
    lone = next(
        (
            half
            for half in lone_sides(text, measure.dialect.languages)
            if _choice(half.operand, domain, choices) is not None
        ),
        None,
    )
    halves = _halves(text, measure) if lone is None else (lone,)
    members = frozenset(domain.values)
    for half in halves:
        value = _choice(half.operand, domain, choices)
        if value is None:
            raise NotABoundError(_unknown_choice(half.operand, domain, choices))
        if half.relation not in ("=", "≠") and not domain.ordered:
            raise NotABoundError(finding("unordered-choice", None, text=text))
        members &= _related(half.relation, value, domain)
    return ChoiceSet(members)


def _related(relation: Relation, value: Choice, domain: ChoiceDomain) -> frozenset[Choice]:
    place = domain.values.index(value)
    chosen: tuple[Choice, ...]
    if relation in ("≥", ">"):
        chosen = domain.values[place + (relation == ">") :]
    elif relation in ("≤", "<"):
        chosen = domain.values[: place + (relation == "≤")]
    elif relation == "=":
        chosen = (value,)
    else:
        chosen = tuple(other for other in domain.values if other != value)
    return frozenset(chosen)


def _choice(text: str, domain: ChoiceDomain, choices: Choices) -> Choice | None:
    if _is_flag(domain):
        return _FLAGS.get(text.casefold())
    found = choices.find(text)
    return found if found in domain.values else None


def _is_flag(domain: ChoiceDomain) -> bool:
    return all(isinstance(value, bool) for value in domain.values)


def _unknown_choice(text: str, domain: ChoiceDomain, choices: Choices) -> Diagnostic:
    if _is_flag(domain):
        slip = _FLAG_SLIPS.get(text.casefold())
        spelled = ("true", "false", "yes", "no", "是", "否")
        return finding("unknown-choice", None, text=text, known=spelled, suggestion=slip)
    known = tuple(str(value) for value in domain.values)
    return finding("unknown-choice", None, text=text, known=known, suggestion=choices.suggest(text))


class _OwnChoices(Struct, frozen=True):
    """A domain's values by their ids alone."""

    domain: ChoiceDomain

    def find(self, text: str) -> Choice | None:
        return text if text in self.domain.values else None

    def suggest(self, text: str) -> str | None:
        near = get_close_matches(text, [str(v) for v in self.domain.values], n=1, cutoff=0.5)
        return near[0] if near else None
