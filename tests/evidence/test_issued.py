"""Issued levels stand for their period, by issuer and area, and what is over does not come back."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planengine.domain.statements import Issue
from tests.evidence.build import CITY, EAST, HOUR, WEST, evidence, stamp, withdrawn

PLAN, BUREAU, OFFICE = "rainstorm", "weather-bureau", "flood-office"


def issue(at, rank, since=None, until=None, area=CITY, by=BUREAU, name=None, **more) -> Issue:
    period = {
        "valid_from": None if since is None else since * HOUR,
        "valid_until": None if until is None else until * HOUR,
    }
    return Issue(stamp(at, name), "warning", PLAN, area, rank, by, **period, **more)


def ranks(*events, hours: Sequence[float], area: str = CITY) -> list[int | None]:
    """What an assessment at each hour reads as issued."""
    found = (evidence(*events, at=hour) for hour in hours)
    return [one.issued("warning", PLAN, area) for one in found]


@pytest.mark.parametrize(
    ("events", "expected"),  # read at 1, 2, … 6 h
    [
        ((issue(1, 4, until=3),), [4, 4, None, None, None, None]),
        ((issue(1, 4, since=3),), [None, None, 4, 4, 4, 4]),
        ((issue(1, 4, since=3, until=5),), [None, None, 4, 4, None, None]),
        # An update that is over does not bring back what it replaced.
        ((issue(1, 2), issue(2, 4, until=4)), [2, 4, 4, None, None, None]),
        # One for later leaves what stands until then.
        ((issue(1, 2), issue(2, 4, since=4)), [2, 2, 2, 4, 4, 4]),
        # A lifting ends what stands and what is pending; so does an update that comes after it.
        ((issue(1, 2), issue(2, 4, since=5), issue(3, 0)), [2, 2, None, None, None, None]),
        ((issue(1, 4, since=5), issue(3, 1)), [None, None, 1, 1, 1, 1]),
        ((issue(1, 4, since=5), issue(3, 1, until=4)), [None, None, 1, None, None, None]),
        # At one time the more severe.
        ((issue(1, 2), issue(1, 3)), [3, 3, 3, 3, 3, 3]),
        # Each issuer's own; without an issuer everyone's is lifted.
        ((issue(1, 2), issue(2, 4, by=OFFICE), issue(4, 0, by=OFFICE)), [2, 4, 4, 2, 2, 2]),
        ((issue(1, 2), issue(2, 4, by=OFFICE), issue(4, 0)), [2, 4, 4, 4, 4, 4]),
        ((issue(1, 2), issue(2, 4, by=OFFICE), issue(4, 0, by=None)), [2, 4, 4, None, None, None]),
        ((issue(1, 4, by=None), issue(3, 0)), [4, 4, 4, 4, 4, 4]),
        # Taken back, it was never issued; corrected, it stands in the first one's place and time.
        ((issue(1, 2), issue(2, 4, name="a"), withdrawn(4, "a")), [2, 4, 4, 2, 2, 2]),
        (
            (issue(1, 4, until=5, name="a"), issue(3, 2, corrects="a", name="b")),
            [4, 4, 2, 2, None, None],
        ),
    ],
)
def test_a_level_stands_from_its_beginning_until_its_end(events, expected) -> None:
    assert ranks(*events, hours=range(1, 7)) == expected


def test_a_place_reads_the_most_severe_around_it() -> None:
    events = issue(1, 2), issue(2, 4, area=WEST), issue(3, 1, area=EAST)
    assert ranks(*events, hours=[3], area=CITY) == [2]
    assert ranks(*events, hours=[3], area=WEST) == [4]
    assert ranks(*events, hours=[3], area=EAST) == [2]  # the city's is more severe than its own
    assert ranks(*events, issue(4, 0, area=WEST), hours=[4], area=WEST) == [2]


def test_tracks_are_issued_apart() -> None:
    river, every = issue(1, 4, track="river"), issue(2, 2)
    found = evidence(river, every, at=3)
    assert found.issued("warning", PLAN, CITY, "river") == 2
    assert found.issued("warning", PLAN, CITY, "drought") == 2
    lifted = evidence(river, every, issue(3, 0, track="river"), at=4)
    assert lifted.issued("warning", PLAN, CITY, "river") is None
    assert lifted.issued("warning", PLAN, CITY, "drought") == 2
    assert lifted.issued("warning", PLAN, CITY) == 2


# An independent plain computation


def plain(issues: Sequence[Issue], place: str, at: int) -> int | None:
    """The most severe of what stands, by walking through time second by second of change."""
    worst = 0
    for area in (place, CITY) if place != CITY else (CITY,):
        for by in {one.by for one in issues}:
            standing = over = None
            for one in sorted(issues, key=lambda one: (one.stamp.at, one.rank)):
                begins = one.stamp.at if one.valid_from is None else one.valid_from
                lifts = one.rank == 0 and one.by is None
                if one.area != area or begins > at or one.stamp.at > at:
                    continue
                if one.by == by or lifts:
                    standing, over = one, one.valid_until
            if standing is not None and (over is None or at < over):
                worst = max(worst, standing.rank)
    return worst or None


hours = st.integers(0, 8)
periods = st.tuples(st.none() | hours, st.none() | st.integers(1, 8))


@st.composite
def issues(draw) -> list[Issue]:
    numbers = count(1)
    found: list[Issue] = []
    for _ in range(draw(st.integers(1, 6))):
        at, (since, length) = draw(hours), draw(periods)
        begins = at if since is None else since
        until = None if length is None else begins + length
        area, by = (
            draw(st.sampled_from([CITY, WEST])),
            draw(st.sampled_from([BUREAU, OFFICE, None])),
        )
        # Ranks of one time differ, so that nothing hangs on the ids.
        rank = draw(st.integers(0, 4))
        if any(one.stamp.at == at * HOUR and one.rank == rank for one in found):
            continue
        found.append(issue(at, rank, since, until, area, by, name=f"i{next(numbers)}"))
    return found


@given(issues(), hours, st.sampled_from([CITY, WEST]), st.randoms())
def test_it_is_what_a_plain_computation_gives(made, hour, place, random) -> None:
    expected = plain(made, place, hour * HOUR)
    random.shuffle(made)
    assert evidence(*made, at=hour).issued("warning", PLAN, place) == expected
