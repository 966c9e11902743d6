"""What is asked is enough: once all of it is answered, every level is known (SEMANTICS 30)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from planengine.rules.conditions import (
    AttributeCell,
    Cell,
    ChangeCell,
    ElapsedCell,
    FactCell,
    ForecastCell,
    LastingCell,
)
from planengine.rules.walk import cells_of
from tests.worlds import made
from tests.worlds.drawing import libraries
from tests.worlds.laws import law
from tests.worlds.levels import Ranks
from tests.worlds.small import FACTS, clock
from tests.worlds.told import Act, Said, Story
from tests.worlds.whole import BEFORE, exactly, steady

TICK = 9


@law(0.6)
@given(st.data())
def test_answering_all_that_is_asked_settles_every_level(data: st.DataObject) -> None:
    drawn = data.draw(libraries())
    story = data.draw(steady(drawn, TICK))
    engine = made.load(drawn, story.stated, open_kinds=False).compile()
    asked: set[Cell] = set()
    for _ in range(9):
        found = engine.assess(story.incident(), at=clock(TICK))
        issued = {one.id for one in found.decisions if one.issued}  # people have answered those
        open_units = [
            one.id
            for one in found.decisions
            if one.level != one.could_reach and one.id not in issued
        ]
        assert bool(found.ask) == bool(open_units), open_units
        if not found.ask:
            break
        cells = [question.cell for question in found.ask]
        assert asked.isdisjoint(cells), "an answered question is asked again"
        asked.update(cells)
        story = _answered(story, cells)
    true = Ranks(drawn, story.world, TICK, people=story.people(TICK)).by_name()
    for unit, (level, could_reach, _) in made.ranks(found).items():
        assert level == could_reach == true[unit] or unit in issued, unit


def _answered(story: Story, cells: Sequence[Cell]) -> Story:
    """The story with the truth told of each cell, for as long as it can matter."""
    said, acts = list(story.said), list(story.acts)
    for cell in _single(cells):
        match cell:
            case ForecastCell(fact=name, place=place):
                value = exactly(story.world.forecast(name, place))
                one = Said(f"f{len(said)}", TICK, TICK, name, place, "forecast", value=value)
                said.append(replace(one, until=TICK + 40))
            case ElapsedCell():
                moments = {"occurrence": clock(0, story.world.occurred)}
                acts.append(Act(f"m{len(acts)}", TICK, {"moments": moments}))
            case FactCell() | ChangeCell() | AttributeCell(fact=str()):
                said += _told(story, str(cell.fact), cell.place, len(said))
            case _:
                raise AssertionError(f"nobody can answer {cell}")
    return replace(story, said=tuple(said), acts=tuple(acts))


def _single(cells: Iterable[Cell]) -> Iterator[Cell]:
    """The cells, with those that a lasting condition asks of in its place."""
    for cell in cells:
        if isinstance(cell, LastingCell):
            yield from _single(cells_of(cell.body))
        else:
            yield cell


def _told(story: Story, name: str, place: str, number: int) -> list[Said]:
    """The truth about a fact that never changes, now and for all the time before."""
    value = exactly(story.world.value(name, place, TICK))
    holds = FACTS[name].holds or TICK - BEFORE
    starts = range(BEFORE, TICK + 1, holds)
    return [
        Said(f"t{number}-{start}", TICK, TICK, name, place, since=start, value=value)
        for start in starts
    ]
