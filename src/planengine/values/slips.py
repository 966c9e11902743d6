"""Numbers that can be read, but probably say something else than was meant."""

from __future__ import annotations

from planengine.diagnostics import Diagnostic, finding
from planengine.values.amounts import Measure, read_amount
from planengine.values.dialect import PLAIN, Dialect
from planengine.values.numbers import plain_text
from planengine.values.sets import NumberDomain, NumberSet
from planengine.values.wording import NotABoundError, read_halves, read_interval

_PERCENT = "%"
_MULTIPLES = "十百千万亿"
_INFINITE = float("inf")


def equality_meant(
    text: str, test: NumberSet, domain: NumberDomain, dialect: Dialect = PLAIN
) -> Diagnostic | None:
    """`equality`: a test that is a bare number, and so holds for that one number only.

    None and all (0, 100 %) are asked for as they are; `= 3` says what it means.
    """
    whole = domain.restrict(domain.whole)
    if test.point is None or test.point in (whole.low, whole.high):
        return None
    plain = plain_text(text)
    if read_interval(plain) is not None or _operands(plain, dialect) != [plain]:
        return None
    return finding("equality", None, text=text)


def unit_meant(
    text: str, values: NumberSet, unit: str | None, dialect: Dialect = PLAIN
) -> Diagnostic | None:
    """`percent-below-one`, `bare-multiple`: numbers without a unit that may have another."""
    if unit is None or not values.intervals:
        return None
    ends = [end for one in values.intervals for end in (one.low, one.high) if abs(end) != _INFINITE]
    if unit == _PERCENT and any(0 < end < 1 for end in ends) and _is_bare(text, dialect):
        return finding("percent-below-one", None, text=text)
    if unit[0] in _MULTIPLES and any(ends) and _is_bare(text, dialect):
        return finding("bare-multiple", None, text=text, unit=unit)
    return None


def _is_bare(text: str, dialect: Dialect) -> bool:
    """Whether a number, or each number of a bound, is written without a unit."""
    plain = plain_text(text)
    interval = read_interval(plain)
    if interval is not None:
        if interval.unit:
            return False
        operands = [
            end for end in (interval.low, interval.high) if end.lstrip("+-") not in ("", "∞")
        ]
    else:
        operands = _operands(plain, dialect)
    try:
        measure = Measure(None, dialect=dialect)
        return not any(read_amount(operand, plain, measure).unit for operand in operands)
    except NotABoundError:
        return False


def _operands(plain: str, dialect: Dialect) -> list[str]:
    try:
        return [half.operand for half in read_halves(plain, None, dialect.languages)]
    except NotABoundError:
        return []
