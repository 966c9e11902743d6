"""Every duty of generated plans and time lines is as a plain computation finds it (SEMANTICS 32)."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.assessment.duty_oracle import Case, Plan, expected
from tests.assessment.duty_stories import incident, library, lines, plans, shown, written


@st.composite
def stories(draw: st.DrawFn) -> tuple[tuple[Plan, ...], list[Case]]:
    """Plans, and several time lines that are told of them."""
    drawn = draw(plans())
    keys = tuple(dict.fromkeys(item.key for plan in drawn for item in plan.items))
    told = draw(st.lists(lines(keys), min_size=4, max_size=4))
    return drawn, [Case(drawn, *line) for line in told]


@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
@given(story=stories())
def test_every_duty_is_as_a_plain_computation_finds_it(
    story: tuple[tuple[Plan, ...], list[Case]],
) -> None:
    drawn, cases = story
    with tempfile.TemporaryDirectory() as folder:
        engine = library(Path(folder), drawn)
    for case in cases:
        if not any(e.at <= case.at and e.received <= case.at for e in case.events):
            continue
        theirs = shown(engine.assess(incident(case), at=written(case.at)))
        for one in theirs.values():
            if one.overdue:  # nothing is born overdue, nor overdue while it hangs on something open
                assert one.certainty == "certain"
                assert one.known is not None
                assert one.due is not None
                assert one.known <= one.due < case.at
        assert theirs == expected(case), case
