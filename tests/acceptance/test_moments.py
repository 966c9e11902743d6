"""Between what is told, an answer changes only at the moment that it names (SEMANTICS 14)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import planengine
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.small import HALF_HOUR, TICKS, clock
from tests.worlds.telling import stories

LONG = 40 * HALF_HOUR


def answer(found: planengine.Assessment) -> object:
    """What people are told, but for times and amounts that count as time passes."""
    return {
        "decisions": [
            (d.id, d.level, d.could_reach, d.obliged, d.exact, d.in_force, d.proposal, d.verb)
            for d in found.decisions
        ],
        "why": [[(r.text, [h.written for h in r.held]) for r in d.why] for d in found.decisions],
        "ask": [(str(q.cell), q.observed, q.could_give, q.alone) for q in found.ask],
        "assumed": found.assumed,
        "invoke": found.may_invoke,
        "conflicts": found.conflicts,
    }


@law(0.6)
@given(st.data())
def test_nothing_changes_before_the_moment_to_look_again(data: st.DataObject) -> None:
    drawn = data.draw(libraries())
    tick = data.draw(st.integers(0, TICKS))
    story = data.draw(stories(drawn, (tick,)))
    seconds = data.draw(st.sampled_from([0, 1, 600]))
    engine = made.load(drawn, story.stated).compile()
    incident = engine.library.read_incident(story.incident())
    now = engine.assess(incident, at=clock(tick, seconds))
    news = [time for e in incident.events for time in (e.stamp.at, e.stamp.received)]
    later = [time for time in news if time > now.at]
    until = min([*later, now.recheck_at or now.at + LONG, now.at + LONG])
    for at in {until - 1, (now.at + until) // 2}:
        if at > now.at:
            assert answer(engine.assess(incident, at=at)) == answer(now), at - now.at
