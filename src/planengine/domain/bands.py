"""Whether the bands of one indicator fit together: no gaps, no overlaps, worse is narrower."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import Literal

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.diagnostics.diagnostic import Related
from planengine.values.sets import Interval, NumberDomain, NumberSet


class Band(Struct, frozen=True):
    """One level's test of a number, as written; `row` tells which row of a table it is of."""

    rank: int
    level: str
    test: NumberSet
    text: str
    span: Span | None
    domain: NumberDomain
    direction: Literal["up", "down", "none"]  # in which the fact is declared to be worse
    row: object = None


def check_bands(bands: Sequence[Band], findings: list[Diagnostic]) -> None:
    """Warn of bands of one row that overlap, leave a gap, or are the wrong way round.

    Nested bands (≥ 10 beside ≥ 30) are fine: the worse level wins.
    """
    ordered = sorted((band for band in bands if band.test.intervals), key=lambda b: b.rank)
    pairs = [*_overlapping(ordered), *_disordered(ordered)]
    findings += [_wrong(code, mild, severe) for code, mild, severe in pairs]
    findings += [_left_out(lower, upper) for lower, upper in _gaps(ordered)]


def check_rows(bands: Sequence[Band], *, gaps: bool) -> Iterator[Diagnostic]:
    """The same of bands that stand in different rows of a table, or entries of `levels`.

    `gaps` tells whether what lies between them is to be told too.
    """
    ordered = sorted((band for band in bands if band.test.intervals), key=lambda b: b.rank)
    for code, mild, severe in (*_overlapping(ordered), *_disordered(ordered)):
        if mild.row != severe.row:
            yield _wrong(code, mild, severe)
    for lower, upper in _gaps(ordered) if gaps else ():
        if lower.row != upper.row:
            yield _left_out(lower, upper)


def is_disordered(bands: Sequence[Band]) -> bool:
    """Whether a milder level stands for worse values than a worse one does."""
    ordered = sorted((band for band in bands if band.test.intervals), key=lambda b: b.rank)
    shadowed = (code == "band-shadowed" for code, _, _ in _overlapping(ordered))
    return any(shadowed) or any(_disordered(ordered))


def _overlapping(ordered: Sequence[Band]) -> Iterator[tuple[str, Band, Band]]:
    for mild, severe in combinations(ordered, 2):
        if mild.rank == severe.rank or not (mild.test & severe.test).intervals:
            continue
        if mild.test.issubset(severe.test):
            yield "band-shadowed", mild, severe
        elif not severe.test.issubset(mild.test):
            yield "band-overlap", mild, severe


def _disordered(ordered: Sequence[Band]) -> Iterator[tuple[str, Band, Band]]:
    """Bands that lie apart must all go the same way: the one that the fact's direction says."""
    apart = [
        (mild, severe)
        for mild, severe in pairwise(ordered)
        if mild.rank < severe.rank and not mild.test & severe.test
    ]
    rising = [mild.test.low < severe.test.low for mild, severe in apart]
    direction = ordered[0].direction if ordered else "none"
    most_rise = 2 * sum(rising) >= len(rising)
    upwards = most_rise if direction == "none" else direction == "up"
    for (mild, severe), rises in zip(apart, rising, strict=True):
        if rises != upwards:
            yield "band-order", mild, severe


def _wrong(code: str, mild: Band, severe: Band) -> Diagnostic:
    if code == "band-overlap":
        return finding(
            "band-overlap",
            mild.span,
            related=_beside(Text("the other band", "另一区间"), severe),
            text=mild.text,
            other=severe.text,
            shared=str(mild.test & severe.test),
        )
    return finding(
        code,
        mild.span,
        related=_beside(Text("the worse level", "更严重的级别"), severe),
        level=mild.level,
        text=mild.text,
        worse=severe.level,
        other=severe.text,
    )


def _beside(words: Text, band: Band) -> tuple[Related, ...]:
    return ((words, band.span),) if band.span is not None else ()


def _gaps(bands: Sequence[Band]) -> Iterator[tuple[Band, Band]]:
    spread = sorted(bands, key=lambda b: (b.test.low, b.test.high))
    return (pair for pair in pairwise(spread) if _gap(*pair) is not None)


def _left_out(lower: Band, upper: Band) -> Diagnostic:
    gap = _gap(lower, upper)
    assert gap is not None
    related = _beside(Text("the next band", "下一区间"), upper)
    text, other = lower.text, upper.text
    if "以下" in text and "及以下" not in text and _is_one_step(gap, lower):
        return finding(
            "excluded-limit",
            lower.span,
            related=related,
            text=text,
            other=other,
            gap=str(gap),
            repair=text.replace("以下", "及以下"),
        )
    return finding("band-gap", lower.span, related=related, text=text, other=other, gap=str(gap))


def _gap(lower: Band, upper: Band) -> NumberSet | None:
    """What lies between two neighbouring bands; None where nothing does."""
    end, start = lower.test.intervals[-1], upper.test.intervals[0]
    if end.high > start.low or (end.high == start.low and (end.high_closed or start.low_closed)):
        return None
    between = Interval(end.high, start.low, not end.high_closed, not start.low_closed)
    gap = lower.domain.restrict(NumberSet((between,)))
    return gap or None


def _is_one_step(gap: NumberSet, lower: Band) -> bool:
    """Whether a gap is what an author leaves who thinks that 以下 includes its limit."""
    if lower.domain.integer:
        return gap.point is not None
    only = gap.intervals[0]
    return only.low_closed and only.high - only.low <= 1
