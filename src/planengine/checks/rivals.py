"""Plans for one hazard in one place that give the same level at different numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from msgspec import Struct

from planengine.checks.checked import Checked
from planengine.checks.levels import is_sound
from planengine.checks.thresholds import Question, Threshold, mildest_end, thresholds_of
from planengine.diagnostics import Diagnostic, Text, finding
from planengine.domain.documents import Plan, Track

_OTHER = Text("the other plan", "另一预案")


class _Claim(Struct, frozen=True):
    """From where on a plan gives a level (or a worse one) by one number alone."""

    plan: Plan
    track: Track
    test: Threshold


def contradicting_plans(checked: Checked) -> Iterator[Diagnostic]:
    """`plans-disagree`: two plans of one area, hazard and scale draw the same line elsewhere."""
    claims: dict[tuple[str, str, Question, int], list[_Claim]] = {}
    entities = checked.entities
    for plan in checked.plans:
        for track in plan.tracks:
            for about, tests in thresholds_of(track, entities).items():
                for test in _first(about, tests):
                    key = (plan.jurisdiction, track.scale, about, test.rank)
                    claims.setdefault(key, []).append(_Claim(plan, track, test))
    for (_, _, about, _), rivals in claims.items():
        for one, other in combinations(rivals, 2):
            if _share(one, other) and _begins(about, one) != _begins(about, other):
                span = one.test.span
                yield finding(
                    "plans-disagree",
                    other.test.span,
                    related=((_OTHER, span),) if span is not None else (),
                    level=other.test.level,
                    text=other.test.text,
                    name=one.plan.id,
                    other=one.test.text,
                )


def _first(about: Question, tests: Sequence[Threshold]) -> Iterator[Threshold]:
    """Of each level the test that begins first, of those that stand alone and open a band."""
    if about.direction == "none" or about.names:
        return
    if not is_sound(tests):
        return  # a slip in the one plan, which is told there
    whole = about.domain.restrict(about.domain.whole)
    mildest: dict[int, Threshold] = {}
    for test in tests:
        begins = mildest_end(test.accepts, about.direction)
        opens = begins != mildest_end(whole, about.direction) and test.accepts.point is None
        known = mildest.get(test.rank)
        if not test.alone or not opens:
            continue
        if known is None or begins > mildest_end(known.accepts, about.direction):
            mildest[test.rank] = test
    yield from mildest.values()


def _begins(about: Question, claim: _Claim) -> tuple[float, bool]:
    return mildest_end(claim.test.accepts, about.direction)


def _share(one: _Claim, other: _Claim) -> bool:
    """Whether two plans are different ones, of one hazard, and in force at one time."""
    if one.plan.id == other.plan.id:
        return False
    hazards = set(one.track.hazards or one.plan.hazards)
    shared = hazards & set(other.track.hazards or other.plan.hazards)
    return bool(shared) and one.plan.edition.period.meets(other.plan.edition.period)
