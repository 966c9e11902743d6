"""What is wrong with the thresholds of a set of levels: open at the worst end, upside down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planengine.checks.checked import Checked
from planengine.checks.thresholds import (
    Question,
    Threshold,
    Way,
    beyond,
    mildest_end,
    shown,
    thresholds_of,
    worst_end,
)
from planengine.diagnostics import Diagnostic, Span, Text, finding
from planengine.domain.bands import Band, check_bands, check_rows, is_disordered
from planengine.domain.documents import Plan, Track
from planengine.domain.terms import ALWAYS_TERM
from planengine.values.sets import NumberSet

_NO_LEVEL = Text("no level", "不属于任何级别")


def thresholds_not_meant(checked: Checked) -> Iterator[Diagnostic]:
    """What is wrong with the thresholds of every standard and plan."""
    for document in checked.documents:
        gated = isinstance(document, Plan) and document.applies_when is not None
        for track in (*document.tracks, *document.warnings):
            for about, tests in thresholds_of(track, checked.entities).items():
                zero = () if gated else tuple(with_zero(track, about, tests))
                yield from zero
                yield from upside_down(tests, gaps=isinstance(document, Plan))
                told = {found.span for found in zero}
                closed = closed_at_the_worst(track, about, tests)
                yield from (one for one in closed if one.span not in told)


def closed_at_the_worst(
    track: Track, about: Question, tests: Sequence[Threshold]
) -> Iterator[Diagnostic]:
    """`band-closed`: the worst band ends, and what is worse than it gets a milder level or none.

    Bands that stand the wrong way round are told by `upside_down`, a worse level that is
    described but has no rule by `level-without-rule`; this would be their echo.
    """
    ruled = {rule.rank for rule in track.rules}
    ruled.update(ours for _, ours in (track.mapping.ranks if track.mapping is not None else ()))
    unruled = max((duty.rank for duty in track.duties if duty.rank not in ruled), default=0)
    way = _way(about, tests)
    if way == "none" or is_disordered(_bands(tests)):
        return
    whole = about.domain.restrict(about.domain.whole)
    told: set[tuple[float, bool]] = set()
    for test in tests:
        end = worst_end(test.accepts, way)
        open_below = mildest_end(test.accepts, way) == mildest_end(whole, way)
        left_out = beyond(test.accepts, way, about.domain)
        if not left_out or end in told or (open_below and not test.alone):
            continue
        if test.accepts.point is not None and not about.names:
            continue  # `equality` asks about one number
        worse = (u for u in tests if u.rank >= test.rank and worst_end(u.accepts, way) > end)
        if unruled > test.rank or any(worse):
            continue
        told.add(end)
        milder = (u for u in tests if u.rank < test.rank and u.accepts.intersects(left_out))
        instead = next((u.level for u in milder), None)
        yield finding(
            "band-closed",
            test.span,
            text=test.text,
            level=test.level,
            beyond=shown(left_out, about),
            instead=Text(f"only {instead}", f"只得 {instead}") if instead else _NO_LEVEL,
        )


def upside_down(tests: Sequence[Threshold], *, gaps: bool) -> Iterator[Diagnostic]:
    """The findings about bands, for those that stand in different entries of `levels` or rows.

    Within one row of a table they are found when it is read. Gaps between rows are told of
    plans only: a standard repeats those of the text that it gives.
    """
    for binding in (True, False):  # 应 from one number and 可 from another is no contradiction
        alike = [test for test in tests if test.binding is binding]
        told: set[Span | None] = set()
        for found in check_rows(_bands(alike), gaps=gaps):
            if found.span not in told:  # a band may stand wrong to several others
                told.add(found.span)
                yield found


def with_zero(track: Track, about: Question, tests: Sequence[Threshold]) -> Iterator[Diagnostic]:
    """`band-includes-zero`: a count alone gives a level when nothing has happened.

    Where the bands together leave nothing out, `level-always-true` says so.
    """
    if track.provided != ALWAYS_TERM or not about.is_count or about.direction != "up":
        return
    alone = [test for test in tests if test.alone]
    whole = about.domain.restrict(about.domain.whole)
    joined = NumberSet()
    for test in alone:
        joined = about.domain.restrict(joined | test.accepts)
    if whole.issubset(joined):
        return
    for test in alone:
        if mildest_end(test.accepts, "up") == mildest_end(whole, "up"):
            yield finding("band-includes-zero", test.span, text=test.text, level=test.level)


def is_sound(tests: Sequence[Threshold]) -> bool:
    """Whether the bands fit together: what they say may be compared with other plans."""
    found: list[Diagnostic] = []
    check_bands(_bands(tests), found)
    return not found


def _way(about: Question, tests: Sequence[Threshold]) -> Way:
    """Which way is worse: as declared, else as the bands of several levels go."""
    if about.direction != "none":
        return about.direction
    alone = sorted((test for test in tests if test.alone), key=lambda test: test.rank)
    lows = [worst_end(test.accepts, "up") for test in alone]
    if len({test.rank for test in alone}) < 2:
        return "none"
    if lows == sorted(lows):
        return "up"
    return "down" if lows == sorted(lows, reverse=True) else "none"


def _bands(tests: Sequence[Threshold]) -> list[Band]:
    """The tests of numbers that stand alone."""
    return [
        Band(
            test.rank,
            test.level,
            test.accepts,
            test.text,
            test.span,
            test.about.domain,
            test.about.direction,
            test.row,
        )
        for test in tests
        if test.alone and not test.about.names and test.accepts.point is None
    ]
