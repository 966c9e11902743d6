"""Whether the bands of one indicator fit together: no gaps, no overlaps, worse is narrower."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import Literal

from msgspec import Struct

from planengine.diagnostics import Diagnostic, Text, finding
from planengine.library.written import written
from planengine.reading.nodes import Node
from planengine.values.sets import Interval, NumberDomain, NumberSet


class Band(Struct, frozen=True):
    """One level's test of a number, as written."""

    rank: int
    level: str
    test: NumberSet
    node: Node
    domain: NumberDomain
    direction: Literal["up", "down", "none"]  # in which the fact is declared to be worse


def check_bands(bands: Sequence[Band], findings: list[Diagnostic]) -> None:
    """Warn of bands of one indicator that overlap, leave a gap, or are the wrong way round.

    Nested bands (≥ 10 beside ≥ 30) are fine: the worse level wins.
    """
    ordered = sorted((band for band in bands if band.test.intervals), key=lambda b: b.rank)
    for mild, severe in combinations(ordered, 2):
        _check_overlap(mild, severe, findings)
    _check_order(ordered, findings)
    spread = sorted(ordered, key=lambda b: (b.test.low, b.test.high))
    for lower, upper in pairwise(spread):
        _check_gap(lower, upper, findings)


def _check_overlap(mild: Band, severe: Band, findings: list[Diagnostic]) -> None:
    shared = mild.test & severe.test
    if not shared.intervals:
        return
    if mild.test.issubset(severe.test):
        findings.append(_out_of_order("band-shadowed", mild, severe))
    elif not severe.test.issubset(mild.test):
        findings.append(
            finding(
                "band-overlap",
                mild.node.span,
                related=((Text("the other band", "另一区间"), severe.node.span),),
                text=written(mild.node),
                other=written(severe.node),
                shared=str(shared),
            )
        )


def _check_order(ordered: Sequence[Band], findings: list[Diagnostic]) -> None:
    """Bands that lie apart must all go the same way: the one that the fact's direction says."""
    apart = [pair for pair in pairwise(ordered) if not pair[0].test & pair[1].test]
    rising = [mild.test.low < severe.test.low for mild, severe in apart]
    direction = ordered[0].direction if ordered else "none"
    most_rise = 2 * sum(rising) >= len(rising)
    upwards = most_rise if direction == "none" else direction == "up"
    for (mild, severe), rises in zip(apart, rising, strict=True):
        if rises != upwards:
            findings.append(_out_of_order("band-order", mild, severe))


def _out_of_order(code: str, mild: Band, severe: Band) -> Diagnostic:
    return finding(
        code,
        mild.node.span,
        related=((Text("the worse level", "更严重的级别"), severe.node.span),),
        level=mild.level,
        text=written(mild.node),
        worse=severe.level,
        other=written(severe.node),
    )


def _check_gap(lower: Band, upper: Band, findings: list[Diagnostic]) -> None:
    gap = _gap(lower, upper)
    if gap is None:
        return
    related = ((Text("the next band", "下一区间"), upper.node.span),)
    text, other = written(lower.node), written(upper.node)
    if "以下" in text and "及以下" not in text and _is_one_step(gap, lower):
        findings.append(
            finding(
                "excluded-limit",
                lower.node.span,
                related=related,
                text=text,
                other=other,
                gap=str(gap),
                repair=text.replace("以下", "及以下"),
            )
        )
        return
    findings.append(
        finding("band-gap", lower.node.span, related=related, text=text, other=other, gap=str(gap))
    )


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
