"""Amounts: a number with a unit, converted exactly to the unit that a fact is declared in."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.durations import parse_duration
from planengine.values.numbers import LARGEST, NUMBER_CHARACTERS, is_exact, parse_number
from planengine.values.unit_table import MONEY
from planengine.values.units import ANY_COUNTER, UnitError, convert, is_unit, same_dimension
from planengine.values.wording import NotABoundError, is_vague, multiplied, unreadable

_LEADING = re.compile(rf"(?P<sign>[+-]|零下)?\s*(?P<digits>[{NUMBER_CHARACTERS}eE+-]*)")
_SHARE = re.compile(rf"(?P<sign>负)?(?P<base>[百千])分之(?P<digits>[{NUMBER_CHARACTERS}]+)")
_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
_MULTIPLES = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "億": 10**8}
_MULTIPLES |= {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_MULTIPLIED = re.compile(f"(?:{'|'.join(_MULTIPLES)})$", re.IGNORECASE)


class Measure(Struct, frozen=True):
    """What amounts are converted to.

    `unit` is the target (None: pure numbers); `explicit` refuses a bare number, as times do;
    `difference` is for margins and changes; `dialect` is how the library writes.
    """

    unit: str | None
    explicit: bool = False
    difference: bool = False
    dialect: Dialect = PLAIN

    def unreadable(self, text: str) -> NotABoundError:
        """The problem with a text that is no bound here."""
        return unreadable(text, example(self.unit, self.explicit), self.dialect.languages)


class Amount(Struct, frozen=True):
    """A number as written and its unit ('' for none), not yet converted."""

    number: int | Fraction
    unit: str
    text: str

    @property
    def multiplied(self) -> bool:
        """Whether the number ends in 万, 亿 …, which may be half of a unit."""
        return self.multiple > 1

    @property
    def multiple(self) -> int:
        """The 万, 亿 … that the number ends in; 1 for none."""
        digits = self.text.removesuffix(self.unit).rstrip() if self.unit else self.text
        found = _MULTIPLIED.search(digits)
        return _MULTIPLES[found[0].casefold()] if found is not None else 1


def read_amount(text: str, whole: str, measure: Measure) -> Amount:
    """The number and unit that `text`, a part of the bound `whole`, writes.

    Raises NotABoundError for what is no amount.
    """
    share = _SHARE.fullmatch(text)
    if share is not None:
        number = parse_number(share["digits"])
        if number is not None:
            unit = "%" if share["base"] == "百" else "‰"
            return Amount(-number if share["sign"] else number, unit, text)
    before = _money_before(text, measure)
    if before is not None:
        money = read_amount(before[1], whole, measure)
        if money.unit:
            raise measure.unreadable(whole)
        return Amount(money.number, before[0], text)
    lead = _LEADING.match(text)
    sign, digits = (lead["sign"], lead["digits"]) if lead else (None, "")
    start = lead.start("digits") if lead else 0
    first: Amount | None = None
    for length in range(len(digits), 0, -1):
        number = parse_number(digits[:length])
        if number is None:
            continue
        unit = text[start + length :].strip()
        times = multiplied(unit, measure.dialect.languages)
        if times is not None:
            number, unit = number * times[0], times[1]
        amount = Amount(-number if sign in ("-", "零下") else number, unit, text)
        if not unit or is_unit(unit, measure.dialect.units):
            return amount
        first = first or amount
    if measure.unit is not None and same_dimension(measure.unit, "s", measure.dialect.units):
        seconds = parse_duration(text)
        if seconds is not None:
            return Amount(seconds, "s", text)
    if first is not None and first.unit[0] in _NUMERALS:  # 一百五: 150 or 105?
        raise NotABoundError(finding("ambiguous-number", None, text=whole, part=text))
    vague = is_vague(text, measure.dialect.languages)
    if first is None or vague or not _could_be_unit(first.unit):
        raise measure.unreadable(whole)
    return first


def _money_before(text: str, measure: Measure) -> tuple[str, str] | None:
    """A declared currency before its amount: `USD 5 million`, `$5`."""
    for spelling, unit in measure.dialect.units.items():
        if unit.dimension.startswith(MONEY) and text.startswith(spelling):
            rest = text[len(spelling) :].lstrip()
            if rest[:1].isdigit():
                return spelling, rest
    return None


def share_unit(first: Amount, second: Amount, whole: str) -> tuple[Amount, Amount]:
    """Both amounts of a bound with the unit that only one writes: `3以上10人以下`.

    Raises NotABoundError where 万 or 亿 of the other may have been meant too.
    """
    refuse_shared_multiple(first, second, whole)
    bare, full = (first, second) if not first.unit else (second, first)
    if bool(first.unit) == bool(second.unit):
        return first, second
    if full.multiplied and not bare.multiplied:
        raise NotABoundError(finding("ambiguous-number", None, text=whole, part=bare.text))
    taken = Amount(bare.number, full.unit, bare.text + full.unit)
    return (taken, second) if bare is first else (first, taken)


def refuse_shared_multiple(first: Amount, second: Amount, whole: str) -> None:
    """Refuse `1 to 10 million`, where neither has a unit and 1 million may be meant.

    In `1000 to 1 million` it cannot: 1000 million is more.
    """
    if first.unit or second.unit:
        return
    for bare, full in ((first, second), (second, first)):
        may_share = full.multiplied and not bare.multiplied
        if may_share and 0 < bare.number * full.multiple < full.number:
            raise NotABoundError(finding("ambiguous-number", None, text=whole, part=bare.text))


def measured(amount: Amount, measure: Measure) -> int | Fraction:
    """The amount in the measure's unit. Raises NotABoundError."""
    target = measure.unit
    if not amount.unit:
        if measure.explicit:
            raise NotABoundError(
                finding(
                    "missing-unit",
                    None,
                    text=amount.text,
                    example=example(measure.unit, measure.explicit),
                )
            )
        if target and amount.multiplied and _is_multiple(target, measure.dialect):
            raise NotABoundError(
                finding("ambiguous-number", None, text=amount.text, part=amount.text)
            )
    if not is_exact(amount.number):
        raise NotABoundError(finding("inexact-number", None, text=amount.text))
    try:
        number = convert(
            amount.number,
            amount.unit,
            target,
            difference=measure.difference,
            declared=measure.dialect.units,
        )
    except UnitError as error:
        raise NotABoundError(_unit_finding(error, amount.text)) from error
    if not -LARGEST < number < LARGEST:
        raise NotABoundError(finding("inexact-number", None, text=amount.text))
    return number


def _is_multiple(unit: str, dialect: Dialect) -> bool:
    """Whether a unit is so many of another, as 万元 is of 元: its numbers end in no 万 besides."""
    declared = dialect.units.get(unit)
    return unit[0] in "十百千万亿" or (declared is not None and declared.factor > 1)


def _unit_finding(error: UnitError, text: str) -> Diagnostic:
    if error.problem == "unknown":
        return finding(
            "unknown-unit", None, unit=error.unit, text=text, suggestion=error.suggestion
        )
    expected: str | Text = error.expected or Text("no unit", "无单位")
    if error.expected == ANY_COUNTER:
        expected = Text("a counter such as 个", "个、座等量词")
    return finding("wrong-unit", None, text=text, unit=error.unit, expected=expected)


def _could_be_unit(text: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{1,12}(?:/[^\W\d_]{1,6})?[²³23]?|[%‰°℃][A-Z]?", text) is not None


@lru_cache(maxsize=512)
def example(unit: str | None, explicit: bool) -> str:
    """Bounds that could be written here, for a hint."""
    if unit is None or unit == ANY_COUNTER:
        return '≥ 3, < 10, "[3..10)"'
    if re.fullmatch("[\u4e00-\u9fff]+", unit):
        return f'30{unit}以上, ≥ 30 {unit}, "[10..30) {unit}"'
    if explicit:
        return "≥ 24 h, 24小时以上, ≥ 30 min, 3天以上"
    return f'≥ 30 {unit}, < 30 {unit}, "[10..30) {unit}"'
