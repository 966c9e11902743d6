"""Whatever is told truly of a world, the answer fits that world; and both engines give it.

The world's own levels come from `tests/worlds`, which reads what was drawn and never what
planengine made of it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import planengine
from tests.worlds import made
from tests.worlds.drawing import denials, libraries
from tests.worlds.laws import law
from tests.worlds.levels import Ranks
from tests.worlds.small import clock
from tests.worlds.telling import stories
from tests.worlds.told import Story
from tests.worlds.whole import everything_told, refined

TICKS = (5, 9)  # half hours after 08:00 at which the story is looked at


@law(0.6)
@given(st.data())
def test_no_level_is_too_severe_and_no_could_reach_too_mild(data: st.DataObject) -> None:
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    engine = made.load(drawn, story.stated).compile()
    for tick in TICKS:
        people = story.people(tick)
        true = Ranks(drawn, story.world, tick, people=people).by_name()
        binding = Ranks(drawn, story.world, tick, people=people, binding=True).by_name()
        found = made.ranks(engine.assess(story.incident(), at=clock(tick)))
        for unit, (level, could_reach, obliged) in found.items():
            assert level <= true[unit] <= could_reach, (unit, tick, true[unit])
            assert obliged <= min(level, binding[unit]), (unit, tick)


def _readable(engine: planengine.Engine, story: Story) -> planengine.Incident:
    """Where nothing reads whether a county has dams, that it has none is not said."""
    try:
        return engine.library.read_incident(story.incident())
    except planengine.PlanError as error:
        assert {found.code for found in error.diagnostics} == {"object-unsaid"}
        said = tuple(one for one in story.said if not one.id.startswith("none"))
        return engine.library.read_incident(replace(story, said=said).incident())


@law(0.6)
@given(st.data())
def test_when_all_is_told_the_answer_is_the_world(data: st.DataObject) -> None:
    """Level, could_reach and the obliged level are those of the plain reading, none milder."""
    drawn = data.draw(libraries())
    story = data.draw(everything_told(drawn))
    engine = made.load(drawn, story.stated, open_kinds=False).compile()
    people = story.people(9)
    true = Ranks(drawn, story.world, 9, people=people).by_name()
    binding = Ranks(drawn, story.world, 9, people=people, binding=True).by_name()
    assessment = engine.assess(_readable(engine, story), at=clock(9))
    for unit, found in made.ranks(assessment).items():
        assert (unit, *found) == (unit, true[unit], true[unit], min(binding[unit], true[unit]))
    assert assessment.ask == ()
    assert assessment.conflicts == () or all(c.kind != "evidence" for c in assessment.conflicts)


@pytest.mark.slow
@law(0.3)
@given(st.data())
def test_both_engines_give_one_answer(data: st.DataObject) -> None:
    pytest.importorskip("durable_rules_engine")
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    library = made.load(drawn, story.stated)
    found = []
    for engine in (library.compile(), library.compile(engine="durable")):
        assessments = [engine.assess(story.incident(), at=clock(tick)) for tick in TICKS]
        found.append([_answer(assessment) for assessment in assessments])
    assert found[0] == found[1]


def _answer(assessment: planengine.Assessment) -> object:
    """What an engine has a part in."""
    return [
        *(
            (one.id, one.level, one.could_reach, one.obliged, one.exact)
            for one in assessment.decisions
        ),
        *assessment.ask,
    ]


@pytest.mark.slow
@law(0.3)
@given(st.data())
def test_a_more_precise_fact_never_takes_a_certain_answer_back(data: st.DataObject) -> None:
    """The range from level to could_reach only narrows when a true statement does."""
    drawn = data.draw(libraries())
    story = data.draw(stories(drawn, TICKS))
    tick = data.draw(st.sampled_from(TICKS))
    sharper = data.draw(refined(story, TICKS))
    engine = made.load(drawn, story.stated).compile()
    before = made.ranks(engine.assess(story.incident(), at=clock(tick)))
    after = made.ranks(engine.assess(sharper.incident(), at=clock(tick)))
    for unit, (level, could_reach, obliged) in before.items():
        assert level <= after[unit][0] <= after[unit][1] <= could_reach, unit
        assert obliged <= after[unit][2], unit


@law(0.3)
@given(st.data())
def test_what_is_not_so_is_certain_when_it_is_impossible(data: st.DataObject) -> None:
    """`not` swaps the two shadows, through files, evidence and engine."""
    drawn = data.draw(denials())
    story = data.draw(stories(drawn, TICKS))
    engine = made.load(drawn, story.stated).compile()
    found = made.ranks(engine.assess(story.incident(), at=clock(TICKS[1])))
    certain, possible, _ = found["plain@city"]
    assert found["denied@city"][:2] == (1 - possible, 1 - certain)
