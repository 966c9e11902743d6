"""More ways to tell a world: all of it, more precisely, or with what nobody should believe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tests.oracle import NotApplicable, Point
from tests.worlds.bounds import shown
from tests.worlds.documents import Drawn
from tests.worlds.draws import pick, rarely, upto
from tests.worlds.small import ATTRIBUTES, FACTS, HALF_HOUR, TICKS, clock, leaves
from tests.worlds.telling import happenings, history, point, stories, told_value, true_values
from tests.worlds.told import Act, Observation, Said, Story, live
from tests.worlds.world import World

BEFORE = -40  # half hours: long before anything that a library looks at


def exactly(value: Point) -> object:
    """A point as an observation states it."""
    if isinstance(value, NotApplicable):
        return "n/a"
    return (
        shown(value) if isinstance(value, int | Fraction) and value not in (True, False) else value
    )


@st.composite
def worlds(draw: st.DrawFn, drawn: Drawn) -> World:
    """A world in which nothing is unlisted; facts change once at most."""
    every = set(range(TICKS + 1))
    values: dict[tuple[str, str], list[Point]] = {}
    forecasts: dict[tuple[str, str], Point] = {}
    for name in sorted(drawn.facts):
        for leaf in leaves(name):
            values[name, leaf] = history(draw, name, every, ())
            forecasts[name, leaf] = point(draw, name)
    attributes = {key: pick(draw, options) for key, options in ATTRIBUTES.items()}
    return World(values, attributes, forecasts, {}, upto(draw, TICKS, -4) * HALF_HOUR)


@st.composite
def everything_told(draw: st.DrawFn, drawn: Drawn) -> Story:
    """A world of which all is told from 08:30 on, exactly and as it changes."""
    world = draw(worlds(drawn))
    said: list[Said] = []
    for (name, leaf), points in world.values.items():
        holds = FACTS[name].holds or TICKS
        for tick in range(1, TICKS):
            if (tick - 1) % holds == 0 or points[tick] != points[tick - 1]:
                value = exactly(points[tick])
                said.append(Said(f"s{len(said)}", tick, tick, name, leaf, value=value))
        foreseen = exactly(world.forecasts[name, leaf])
        said.append(
            Said(f"s{len(said)}", 0, 0, name, leaf, "forecast", until=TICKS * 2, value=foreseen)
        )
    # nothing says that a county without a dam has none: a fact of its dams is unknown till then
    said.append(Said("none", 0, 0, "leak", "south", since=BEFORE, value="n/a"))
    said.append(Said("none-to-come", 0, 0, "leak", "south", "forecast", value="n/a"))
    moment = Act("moment", 0, {"moments": {"occurrence": clock(0, world.occurred)}})
    acts = tuple(
        act for act in happenings(draw, drawn) if not {"on-watch", "off-watch"} & set(act.content)
    )
    return Story(world, tuple(said), {}, {}, (*acts, moment), world.attributes)


@st.composite
def steady(draw: st.DrawFn, drawn: Drawn, tick: int) -> Story:
    """A world in which no fact ever changes, and part of which is told."""
    story = draw(stories(drawn, (tick,), open_kinds=False, constant=True))
    return replace(story, stated=story.world.attributes)


@st.composite
def refined(draw: st.DrawFn, story: Story, ticks: Sequence[int]) -> Story:
    """The same story with some statements more precise, and still true wherever they count."""
    known_at = {now: live(story.said, story.fixes, story.withdrawn, now) for now in ticks}

    def sharper(one: Said) -> Said:
        true = true_values(story.world, one, known_at)
        return replace(one, value=_narrower(draw, one, true)) if rarely(draw, 2) else one

    return replace(story, said=tuple(map(sharper, story.said)))


def _narrower(draw: st.DrawFn, one: Said, true: set[Point]) -> object:
    value = one.value
    if value == "unknown":
        return told_value(draw, one.name, true or {point(draw, one.name)})
    if isinstance(value, list):
        kept = [option for option in value if option in true or rarely(draw, 3)] or value[:1]
        return kept[0] if len(kept) == 1 else kept
    if not isinstance(value, str) or value[0] not in "≥[":
        return value
    numbers = [known for known in true if isinstance(known, int | Fraction)]
    low, high = _limits(value)
    step = 1 if FACTS[one.name].type == "count" else Fraction(1, 2)
    least = low + upto(draw, 3) * step
    most = least + upto(draw, 3) * step
    if numbers:
        least, most = min(least, *numbers), max(most, *numbers)
    if high is not None:
        least, most = min(least, high), min(most, high)
    return f"[{shown(least)}..{shown(most)}]"


def _limits(value: str) -> tuple[Fraction, Fraction | None]:
    """The ends of an interval as it is told here."""
    if value[0] == "≥":
        return Fraction(value[2:]), None
    low, _, high = value[1:-1].partition("..")
    return Fraction(low), Fraction(high)


def unbelievable(draw: st.DrawFn, drawn: Drawn, story: Story) -> list[Observation]:
    """Events of an exercise or a test, of every kind, about the same places and plans."""
    found: list[Observation] = [act.observation() for act in happenings(draw, drawn)]
    for number in range(upto(draw, 4, 1)):
        name = pick(draw, sorted(drawn.facts))
        at = upto(draw, TICKS)
        value = told_value(draw, name, {point(draw, name)})
        one = Said(f"e{number}", at, at, name, pick(draw, leaves(name)), value=value)
        found.append(one.observation({}))
        if rarely(draw, 3):
            found[-1]["kind"] = "forecast"
        if story.said and rarely(draw, 3):
            found[-1]["correct"] = pick(draw, story.said).id
    if story.said and rarely(draw, 3):
        found.append({"at": clock(upto(draw, TICKS)), "withdraw": pick(draw, story.said).id})
    if rarely(draw, 3):
        at = clock(upto(draw, TICKS))
        found.append({"at": at, "moments": {"occurrence": clock(upto(draw, 6))}})
    for number, one in enumerate(found):
        one["id"] = f"x{number}"
        one["status"] = pick(draw, ["exercise", "test"])
    return found
