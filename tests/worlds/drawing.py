"""Strategies for whole libraries: a few standards and plans that read and lift each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from tests.worlds.asked import any_test
from tests.worlds.bounds import fact_bounds
from tests.worlds.documents import Drawn, Link, Plan, Row, Rule, Standard, Track
from tests.worlds.draws import coin, pick, rarely, some_of, upto
from tests.worlds.small import FACTS, INCIDENT, LEVELS
from tests.worlds.written import Context, Readable, Written, conditions, denied, every, first_match

VERBS = ("must", "must", "should", "may")
PLANS = ("alpha", "beta", "gamma")
RISING = ("alarm", "breach", "damage", "deaths", "lost", "magnitude", "missing", "rain", "trapped")
NEVER = Written({}, lambda scene: False)
RANKS = (1, 2, 3)


def _maybe(draw: st.DrawFn, context: Context, leaves: int, one_in: int) -> Written | None:
    return conditions(draw, context, leaves) if rarely(draw, one_in) else None


def _bands(draw: st.DrawFn, name: str, *, upward: bool) -> dict[int, tuple[object, Written]]:
    """Bounds of one fact by rank, each with its meaning at the deciding place."""
    found: dict[int, tuple[object, Written]] = {}
    for rank in some_of(draw, RANKS, 1, 2):
        bound = fact_bounds(draw, name, upward=upward)
        meets = bound.meets
        when = Written({name: bound.written}, lambda s, meets=meets: meets(s.value(name)))
        found[rank] = (bound.written, when)
    return found


def _columns(bands: dict[int, tuple[object, Written]], scale: str) -> dict[str, object]:
    return {LEVELS[scale][rank - 1]: written for rank, (written, _) in bands.items()}


def rows(draw: st.DrawFn, context: Context, scale: str) -> Row:
    """A row of a graded table: an indicator, a guarded one, conditions, or variants."""
    named = [name for name in context.facts if FACTS[name].subject in ("area", INCIDENT)]
    kinds = ["conditions", *(["indicator", "guarded"] if named else [])]
    kind = pick(draw, kinds if context.upward or not named else [*kinds, "variants"])
    if kind == "conditions":
        whens = {rank: conditions(draw, context, 3) for rank in some_of(draw, RANKS, 1, 2)}
        written = {LEVELS[scale][rank - 1]: when.yaml for rank, when in whens.items()}
        made = tuple(Rule(rank, when) for rank, when in whens.items())
        return Row({"row": "a row", **written}, made)
    name = pick(draw, named)
    bands = _bands(draw, name, upward=context.upward)
    if kind == "indicator":
        return Row({name: _columns(bands, scale)}, tuple(Rule(r, w) for r, (_, w) in bands.items()))
    if kind == "guarded":
        guard = any_test(draw, context)
        made = tuple(Rule(rank, every([guard, when])) for rank, (_, when) in bands.items())
        return Row({"when": guard.yaml, name: _columns(bands, scale)}, made)
    guard, others = any_test(draw, context.barred()), _bands(draw, name, upward=False)
    variants = [
        {"when": guard.yaml, name: _columns(bands, scale)},
        {"otherwise": True, name: _columns(others, scale)},
    ]
    none = (None, NEVER)
    return Row(
        {"variants": variants},
        tuple(
            Rule(rank, first_match([(guard, bands.get(rank, none)[1])], others.get(rank, none)[1]))
            for rank in sorted({*bands, *others})
        ),
    )


def tracks(
    draw: st.DrawFn, context: Context, scale: str, *, name: str | None = None, acts: str = ""
) -> Track:
    """A set of levels; `acts` is the stem of the clauses that people may invoke for them."""
    ranks = some_of(draw, RANKS, 0, 3)
    made = tuple(rows(draw, context, scale) for _ in range(upto(draw, 2, 0 if ranks else 1)))
    levels = tuple(Rule(rank, conditions(draw, context, 4), pick(draw, VERBS)) for rank in ranks)
    return Track(
        scale,
        name,
        made,
        levels,
        otherwise=bool(made) and rarely(draw, 6),
        provided=_maybe(draw, context, 2, 5),
        acts=tuple((rank, f"{acts}-{rank}") for rank in ranks if acts and rarely(draw, 4)),
    )


def plan_tracks(
    draw: st.DrawFn, context: Context, *, name: str | None = None, acts: str = ""
) -> Track:
    """The levels of a plan, with what only plans have."""
    track = tracks(draw, context, "response", name=name, acts=acts)
    sources = [one for one in context.decisions if one.scale != "response"]
    mapping = None
    if sources and rarely(draw, 4):
        source = pick(draw, sources)
        theirs = sorted(some_of(draw, RANKS, 1, 3))
        ours = [pick(draw, RANKS) for _ in theirs]
        pairs = tuple(zip(theirs, sorted(ours) if context.upward else ours, strict=True))
        mapping = (source.scale, source.document, pairs)
    raising = _maybe(draw, context, 2, 4)
    return replace(
        track,
        mapping=mapping,
        raise_by=(raising, upto(draw, 2, 1)) if raising else None,
        lower=_maybe(draw, context.barred(), 2, 3),
        end=_maybe(draw, context.barred(), 2, 3),
    )


def links(draw: st.DrawFn, context: Context, others: Sequence[str], *, cascades: bool) -> Link:
    """A link that lifts another plan, or lets the fire join."""
    rank = pick(draw, [None, *RANKS])
    when = conditions(draw, context, 2) if rank is None else _maybe(draw, context, 2, 3)
    if not others or (cascades and rarely(draw, 3)):
        return Link("cascade", "fire", rank, None, when)
    return Link("activate", pick(draw, others), rank, pick(draw, RANKS), when)


@st.composite
def denials(draw: st.DrawFn) -> Drawn:
    """Two standards of one level: the one on a condition, the other on its denial."""
    pool = tuple(some_of(draw, sorted(FACTS), 1, 3))
    when = conditions(draw, Context(pool), 6)
    standards = (
        Standard("plain", Track("grade", levels=(Rule(1, when),))),
        Standard("denied", Track("grade", levels=(Rule(1, denied(when)),))),
    )
    return Drawn(standards, (), _to_ask(pool))


@st.composite
def rising(draw: st.DrawFn) -> Drawn:
    """A library of which every rule can only be helped by worse facts, and by worse levels."""
    return draw(libraries(timed=False, simple=True, facts=RISING, upward=True))


@st.composite
def libraries(
    draw: st.DrawFn,
    *,
    timed: bool = True,
    simple: bool = False,
    facts: Sequence[str] = tuple(sorted(FACTS)),
    most: int = 4,
    upward: bool = False,
) -> Drawn:
    """One or two standards and up to three plans, over at most so many of some facts.

    `simple` ones ask the city's facts alone; `upward` ones have no rule that worse facts hurt.
    """
    pool = tuple(some_of(draw, facts, 2, most))
    context = Context(pool, timed=timed, upward=upward, places=not simple, counts=not simple)
    return _library(draw, context, simple)


def _library(draw: st.DrawFn, facts: Context, simple: bool) -> Drawn:
    standards = [Standard("harm", tracks(draw, facts, "grade"))]
    readable = [Readable("grade", "harm")]
    if coin(draw):
        own = replace(facts, decisions=tuple(readable))
        standards.append(Standard("signal", tracks(draw, own, "warning")))
        readable.append(Readable("warning", "signal"))
    if not simple and rarely(draw, 4):
        last = standards[-1]
        standards[-1] = replace(last, track=replace(last.track, per="county"))
    names = PLANS[: upto(draw, 3, 1)]
    split = names[-1] if not simple and rarely(draw, 4) else None  # has two tracks
    readable += [Readable("response", name) for name in names]
    readable += [Readable("response", split, track) for track in ("one", "two") if split]
    context = replace(facts, decisions=tuple(readable))
    plans = [_plan(draw, context, name, names, name == split, simple) for name in names]
    if not simple and rarely(draw, 4):
        plans = _with_county(draw, facts, plans)
    elif not simple and rarely(draw, 4):
        own_tracks = plans[-1].tracks
        first = replace(own_tracks[0], per="county")
        plans[-1] = replace(plans[-1], tracks=(first, *own_tracks[1:]))
    return Drawn(tuple(standards), tuple(plans), _to_ask(facts.facts))


def _to_ask(pool: Sequence[str]) -> frozenset[str]:
    """The facts with values of their own that conditions over some facts rest on."""
    asked = {operand for name in pool for operand in (FACTS[name].derived[1:] or (name,))}
    return frozenset(asked | {"leak"})  # counts of dams ask of it whatever the facts


def _plan(
    draw: st.DrawFn, context: Context, name: str, names: Sequence[str], split: bool, simple: bool
) -> Plan:
    made = tuple(
        plan_tracks(draw, context, name=one, acts=f"{name}.{one or 'all'}")
        for one in (("one", "two") if split else (None,))
    )
    others = [one for one in names if one != name]
    count = upto(draw, 2) if others or not simple else 0
    facts = replace(context, decisions=())
    fire = bool(others) and name != names[0] and rarely(draw, 3)
    return Plan(
        name,
        made,
        hazards=("fire",) if fire else ("flood",),
        links=tuple(links(draw, context, others, cascades=not simple) for _ in range(count)),
        applies_when=_maybe(draw, facts, 2, 4),
        exclusion=None if context.upward else _maybe(draw, facts, 1, 5),
    )


def _with_county(draw: st.DrawFn, facts: Context, plans: list[Plan]) -> list[Plan]:
    """With a county's plan of the same name as the first, lifted with it or by it."""
    first = plans[0]
    below = Link("below", rank=pick(draw, RANKS), when=_maybe(draw, facts, 2, 3))
    above = Link("above", rank=pick(draw, [None, *RANKS]))
    own = plan_tracks(draw, facts, name=first.tracks[0].id)
    county = Plan(first.id, (own,), jurisdiction="north", links=(above,) if coin(draw) else ())
    return [replace(first, links=(*first.links, below)), *plans[1:], county]
