"""Strategies for worlds and what is told of them: true wherever it counts, else perhaps a lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from tests.oracle import NA, NotApplicable, Point
from tests.worlds.bounds import shown
from tests.worlds.documents import Drawn
from tests.worlds.draws import coin, pick, rarely, some_of, upto
from tests.worlds.small import (
    ATTRIBUTES,
    FACTS,
    HALF_HOUR,
    INCIDENT,
    LEVELS,
    PROVIDER,
    TICKS,
    clock,
    leaves,
)
from tests.worlds.told import KINDS, Act, Observation, Said, Story, effective, live
from tests.worlds.world import World


@st.composite
def stories(
    draw: st.DrawFn,
    drawn: Drawn,
    ticks: Sequence[int],
    *,
    open_kinds: bool = True,
    constant: bool = False,
) -> Story:
    """A world for a library, and statements that hold in it at each of some half hours.

    In a `constant` one nothing changes, and the watch is always on.
    """
    scope = pick(draw, [None, None, None, ("city",), ("north",)])
    hazards = frozenset({"flood", "fire"} if rarely(draw, 3) else {"flood"})
    outline = World({}, scope=scope, hazards=hazards)
    said = _skeletons(draw, drawn, outline)
    fixes: dict[str, Said] = {}
    gone: dict[str, int] = {}
    for one in list(said):
        later = one.at + upto(draw, 3)
        if rarely(draw, 10):
            gone[one.id] = later
        elif rarely(draw, 10):
            arrives = max(later, one.received)
            fixed = replace(one, id=f"{one.id}-again", received=arrives, corrects=one.id)
            said.append(fixed)
            fixes[fixed.id] = replace(fixed, at=later)
    acts = happenings(draw, drawn, watch=not constant)
    values: dict[tuple[str, str], list[Point]] = {}
    forecasts: dict[tuple[str, str], Point] = {}
    known_at = {now: live(said, fixes, gone, now) for now in ticks}
    for name in sorted(drawn.facts):
        for leaf in leaves(name):
            told = {
                tick
                for tick in range(TICKS + 1)
                if all(effective(known_at[n], name, leaf, tick) for n in ticks if n >= tick)
            }
            own = history(draw, name, told, acts)
            values[name, leaf] = own[:1] * len(own) if constant else own
            forecasts[name, leaf] = point(draw, name)
    attributes = {key: pick(draw, options) for key, options in ATTRIBUTES.items()}
    unlisted = {"dam": upto(draw, 2)} if open_kinds else {}
    occurred = upto(draw, TICKS, -4) * HALF_HOUR
    if coin(draw):
        moment = {"moments": {"occurrence": clock(0, occurred)}}
        acts = (*acts, Act("moment", upto(draw, 6), moment))
    world = World(values, attributes, forecasts, unlisted, occurred, scope, hazards)
    known = {key: value for key, value in attributes.items() if not rarely(draw, 3)}
    true = []
    for one in said:
        needed = true_values(world, one, known_at) or {point(draw, one.name)}
        true.append(replace(one, value=told_value(draw, one.name, needed)))
    return Story(world, tuple(true), fixes, gone, acts, known)


def _skeletons(draw: st.DrawFn, drawn: Drawn, outline: World) -> list[Said]:
    """Who speaks of what and when; the values follow from the world."""
    derived = {n for n, f in FACTS.items() if f.derived and set(f.derived[1:]) <= drawn.facts}
    pool = sorted(drawn.facts | derived)
    found = []
    for number in range(upto(draw, 8)):
        name = pick(draw, pool)
        places = [one for one in _places(name) if one == INCIDENT or outline.in_scope(one)]
        if not places:
            continue
        at = upto(draw, TICKS - 2)
        one = Said(f"s{number}", at, at, name, pick(draw, places))
        if rarely(draw, 3):
            one = replace(
                one,
                received=at + upto(draw, 3),
                kind=pick(draw, [*KINDS, "forecast"]),
                since=pick(draw, [None, None, at - 4, at + 1]),
                began=pick(draw, [None, None, at - 5]),
            )
            until = pick(draw, [None, None, 2, 5])
            if until is not None:
                one = replace(one, until=(at if one.since is None else one.since) + until)
        found.append(one)
    return found


def _places(name: str) -> list[str]:
    """Where somebody may speak of a fact.

    Of what is reported by exception, of leaves alone; of a kind of object, of objects: said of an
    area it is an error where nothing reads it there.
    """
    fact = FACTS[name]
    if fact.subject == INCIDENT:
        return [INCIDENT]
    if fact.derived:
        return ["city", "north"]
    if fact.roll_up == "none" or fact.by_exception or fact.subject != "area":
        return leaves(name)
    return [*leaves(name), "city", "north", "city"]


def point(draw: st.DrawFn, name: str) -> Point:
    """Anything a fact may be."""
    fact = FACTS[name]
    if not fact.by_exception and rarely(draw, 15):
        return NA
    if fact.type == "flag":
        return coin(draw)
    if fact.type == "category":
        return pick(draw, fact.values)
    return upto(draw, 6) if fact.type == "count" else Fraction(upto(draw, 12), 2)


def history(draw: st.DrawFn, name: str, told: set[int], acts: Sequence[Act]) -> list[Point]:
    """A leaf's values over time: one change at most, never down where it is cumulative.

    What is reported by exception is nothing as long as the watch is on and nobody speaks.
    """
    fact = FACTS[name]
    first, change = point(draw, name), upto(draw, TICKS * 2, 1)
    second = point(draw, name) if change <= TICKS else first
    if fact.cumulative:
        if isinstance(first, NotApplicable | str) or isinstance(second, NotApplicable | str):
            second = first
        else:
            first, second = sorted((first, second))
    found = [first if tick < change else second for tick in range(TICKS + 1)]
    if not fact.by_exception:
        return found
    watch = sorted(
        (act.at, "on-watch" in act.content)
        for act in acts
        if "on-watch" in act.content or "off-watch" in act.content
    )
    for tick in range(TICKS + 1):
        past = [on for at, on in watch if at <= tick]
        if tick not in told and (not past or past[-1]):
            found[tick] = False if fact.type == "flag" else 0
    return found


def true_values(world: World, one: Said, known_at: Mapping[int, Sequence[Said]]) -> set[Point]:
    """What a statement must allow to be true wherever it counts."""
    if one.kind == "forecast":
        return {world.forecast(one.name, one.place)}
    needed = {
        tick
        for now, known in known_at.items()
        for tick in range(now + 1)
        if one in effective(known, one.name, one.place, tick)
    }
    if FACTS[one.name].cumulative:
        needed.add(max(one.start, 0))  # its lower bound stays
    return {world.value(one.name, one.place, tick) for tick in needed}


def told_value(draw: st.DrawFn, name: str, true: set[Point]) -> object:
    """A value to state that all of some points fit, as YAML has it."""
    fact = FACTS[name]
    known = [one for one in true if not isinstance(one, NotApplicable)]
    style = upto(draw, 9)
    if style == 9 or (known and len(known) < len(true)):
        return "unknown"
    if not known:
        return "n/a"
    if fact.type in ("flag", "category"):
        options = fact.values or (True, False)
        more = some_of(draw, options, 0, 1) if style > 5 else []
        listed = [one for one in options if one in known or one in more]
        return listed[0] if len(listed) == 1 else listed
    numbers = sorted(one for one in known if not isinstance(one, str))
    low, high = numbers[0], numbers[-1]
    if low == high and style < 5:
        return shown(low)
    least = max(low - upto(draw, 2), 0)
    if style == 8:
        return f"≥ {shown(least)}"
    return f"[{shown(least)}..{shown(high + upto(draw, 3))}]"


def happenings(draw: st.DrawFn, drawn: Drawn, *, watch: bool = True) -> tuple[Act, ...]:
    """Plans started, warnings and grades issued, acts made, and the watch going off and on."""
    found: list[Act] = []
    for number in range(upto(draw, 3)):
        content = _happening(draw, drawn, watch)
        if content is not None:
            found.append(Act(f"a{number}", upto(draw, TICKS - 2), content))
    return tuple(found)


def _happening(draw: st.DrawFn, drawn: Drawn, watch: bool) -> Observation | None:
    kind = pick(draw, ["decide", "decide", "decline", "hand-over", "issued", "invoke", "watch"])
    if kind == "hand-over" and drawn.plans:
        return {"hand-over": _handed_over(draw, drawn)}
    if kind in {"decide", "decline"} and drawn.plans:
        plan = pick(draw, drawn.plans)
        put = {"plan": plan.id, "jurisdiction": plan.jurisdiction, "by": "chief"}
        if plan.tracks[0].id is not None:
            put["track"] = str(pick(draw, [one.id for one in plan.tracks]))
        if kind == "decline":
            put["decline"] = pick(draw, ["lower", "end", *LEVELS["response"]])
            return {"decide": {**put, "reason": "we wait"}}
        put["level"] = pick(draw, ["none", *LEVELS["response"]])
        return {"decide": put}
    if kind == "issued":
        standard = pick(draw, drawn.standards)
        scale = standard.track.scale
        issued = {f"{scale}.{standard.id}": pick(draw, ["none", *LEVELS[scale]])}
        return {"issued": issued, "by": "office", "area": pick(draw, ["city", "city", "north"])}
    if kind == "invoke":
        clauses = [clause for p in drawn.plans for t in p.tracks for _, clause in t.acts]
        return {"invoke": {"clause": pick(draw, clauses), "by": "office"}} if clauses else None
    return {pick(draw, ["off-watch", "on-watch"]): PROVIDER} if watch else None


def _handed_over(draw: st.DrawFn, drawn: Drawn) -> Observation:
    if rarely(draw, 3):
        return {"post": "chief", "to": pick(draw, ["office", "none"]), "by": "office"}
    plan = pick(draw, drawn.plans)
    whose = {"plan": plan.id, "jurisdiction": plan.jurisdiction}
    return {**whose, "to": pick(draw, ["office", "chief", "none"]), "by": "office"}
