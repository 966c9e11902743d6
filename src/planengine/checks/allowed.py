"""Findings that authors let stand, for a reason and a time; and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.diagnostics.allowance import Allowance
from planengine.diagnostics.codes import CODES
from planengine.diagnostics.offered import offered_codes
from planengine.diagnostics.suggest import did_you_mean
from planengine.values.times import parse_date

_FORM = "# planengine: allow CODE until 2027-01-01 because …"
_UNREAD = Text("it begins with no `allow CODE`", "没有以 allow CODE 开头")
_NO_DATE = Text("it does not say until when", "没有写明到何时")
_BAD_DATE = Text("its date cannot be read", "日期无法读取")
_NO_REASON = Text("it gives no reason", "没有写明理由")


def without_allowed(
    findings: Iterable[Diagnostic], allowances: Sequence[Allowance], zone: str, at: int | None
) -> list[Diagnostic]:
    """The findings that nobody let stand, and what is wrong with the comments that do so.

    An error cannot be let stand. Without a time nothing has expired.
    """
    every = list(findings)
    if not allowances:
        return every
    kept: list[Diagnostic] = []
    open_ones: dict[tuple[str, int, str], list[Allowance]] = {}
    for one in allowances:
        wrong = _wrong(one, zone, at)
        if wrong is not None:
            kept.append(wrong)
        elif one.code is not None:
            open_ones.setdefault((one.span.file, one.line, one.code), []).append(one)
    used: set[Allowance] = set()
    for found in every:
        span = found.span
        letting = open_ones.get((span.file, span.line, found.code), []) if span is not None else []
        if letting and found.severity != "error":
            used.update(letting)
        else:
            kept.append(found)
    unused = (one for letting in open_ones.values() for one in letting if one not in used)
    kept += [finding("allow-unused", one.span, code=one.code) for one in unused]
    return kept


def _wrong(one: Allowance, zone: str, at: int | None) -> Diagnostic | None:
    """What is wrong with a comment by itself."""
    if one.code is None:
        return finding("allow-unclear", one.span, why=_UNREAD, form=_FORM)
    if one.code not in CODES and one.code not in offered_codes():
        nearest = did_you_mean(one.code, CODES)
        return finding("allow-unknown", one.span, code=one.code, nearest=nearest)
    if one.until is None or one.reason is None:
        why = _NO_DATE if one.until is None else _NO_REASON
        return finding("allow-unclear", one.span, why=why, form=_FORM)
    until = parse_date(one.until, zone)
    if until is None:
        return finding("allow-unclear", one.span, why=_BAD_DATE, form=_FORM)
    if at is not None and until <= at:
        return finding("allow-expired", one.span, code=one.code, date=one.until)
    return None
