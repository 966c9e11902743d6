"""Single tests: of facts, attributes, levels, moments and stretches of time, and counts."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.oracle import NotApplicable
from tests.worlds.bounds import fact_bounds, level_bounds
from tests.worlds.draws import coin, pick, rarely, upto
from tests.worlds.small import ATTRIBUTES, FACTS, HALF_HOUR, INCIDENT, OBJECTS, members
from tests.worlds.world import Scene, lasted, rise
from tests.worlds.written import Context, Written, conditions

NUMBERS = tuple(
    name
    for name, fact in FACTS.items()
    if fact.type in ("count", "quantity") and fact.subject == "area" and not fact.derived
)


def any_test(draw: st.DrawFn, context: Context) -> Written:
    """One test of any kind that the context allows."""
    kinds = ["fact", "fact", "fact"]
    if context.timed:
        kinds += ["lasting", "change", "elapsed", "during", "expected"]
    if context.counts:
        kinds += ["count", "count"]
    if context.decisions:
        kinds += ["level", "level", "level"]
    if not context.upward and context.places:
        kinds += ["attribute", "mark"] if "stage" in context.facts else ["attribute"]
    kind = pick(draw, kinds)
    if kind == "fact":
        return fact_test(draw, context)
    if kind == "level":
        return level_test(draw, context)
    if kind == "count":
        return count(draw, context)
    if kind == "attribute":
        return attribute_test(draw)
    if kind == "mark":
        return mark(draw)
    return timed(draw, context, kind)


def _own(scene: Scene, place: str | None, subject: str) -> str:
    """Where a fact is read: at the place that is named, else at (the area of) the deciding one."""
    where = place or scene.place
    return OBJECTS[where][1] if where in OBJECTS and OBJECTS[where][0] != subject else where


def fact_test(draw: st.DrawFn, context: Context, *, forecast: bool = False) -> Written:
    """`<fact>[@<place>]: <bound>`, of the deciding place or of one that is named."""
    name = pick(draw, context.facts)
    fact = FACTS[name]
    bound = fact_bounds(draw, name, upward=context.upward)
    key = pick(draw, [name, name, fact.zh])
    place: str | None = None
    if context.places and fact.subject != INCIDENT and rarely(draw, 4):
        choices = ["north", "city"] if fact.roll_up == "none" else ["north", "city", "province"]
        place = pick(draw, ["n1", "s1", "north"] if fact.subject == "station" else choices)
        key = f"{key}@{place}"

    def holds(scene: Scene) -> bool:
        where = _own(scene, place, fact.subject)
        if forecast:
            return bound.meets(scene.world.forecast(name, where))
        return bound.meets(scene.value(name, where))

    return Written({key: bound.written}, holds)


def mark(draw: st.DrawFn) -> Written:
    """`stage: ≥ @mark`: of one station, or of any in the deciding area."""
    above, over = pick(draw, [0, 1, -1]), coin(draw)
    place = pick(draw, [None, "n1", "s1"])

    def one(scene: Scene, station: str) -> bool:
        stage, own = scene.value("stage", station), scene.world.attributes[station, "mark"]
        if isinstance(stage, NotApplicable | str) or not isinstance(own, int):
            return False
        return stage - own >= above if over else stage - own < above

    def holds(scene: Scene) -> bool:
        where = place or scene.place
        stations = [where] if where in OBJECTS else members("station", where)
        return any(one(scene, station) for station in stations)

    margin = {0: "", 1: " + 1 m", -1: " - 1 m"}[above]
    key = "stage" if place is None else f"stage@{place}"
    return Written({key: f"{'≥' if over else '<'} @mark{margin}"}, holds)


def attribute_test(draw: st.DrawFn) -> Written:
    """An attribute of a named place, which the registry may not state."""
    place, name = pick(draw, sorted(ATTRIBUTES))
    value = pick(draw, ATTRIBUTES[place, name])

    def holds(scene: Scene) -> bool:
        own = scene.world.attributes[place, name]
        if isinstance(own, int) and isinstance(value, int):
            return own >= value
        return own == value

    return Written({f"@{name}@{place}": f"≥ {value} m" if name == "mark" else value}, holds)


def level_test(draw: st.DrawFn, context: Context) -> Written:
    """A test of a decision's level; of a response only that level or worse."""
    read = pick(draw, context.decisions)
    active = read.scale == "response" and (not context.positive or coin(draw))
    upward = context.upward or (read.scale == "response" and not active)
    bound, meets = level_bounds(draw, read.scale, upward=upward)

    def holds(scene: Scene) -> bool:
        levels, place = scene.levels, scene.place
        if active:
            ranks = levels.active(read.document, read.track, place)
        elif read.scale == "response":
            ranks = levels.response(read.document, read.track, place)
        else:
            ranks = levels.computed(read.scale, read.document, place)
        return any(meets(rank) for rank in ranks)

    return Written({f"{'active' if active else read.scale}.{read.key}": bound}, holds)


def count(draw: st.DrawFn, context: Context) -> Written:
    """`count`: over areas of a tier, over stations, or over dams, of which some are unlisted."""
    over = pick(draw, ["station", "county", "dam"])
    upper = not context.upward and rarely(draw, 3)
    facts = [name for name in context.facts if FACTS[name].subject in ("area", over)]
    facts = ["leak"] if over == "dam" else facts
    if not facts:
        return fact_test(draw, context)
    body = conditions(draw, context.inside(*facts, places=False), leaves=2)
    place = pick(draw, [None, "city", "north"])
    limit = upto(draw, 2, 0 if upper else 1)

    def holds(scene: Scene) -> bool:
        where = place or _own(scene, None, INCIDENT)
        inside = [one for one in members(over, where) if scene.world.in_scope(one)]
        found = sum(body.holds(scene.moved(one)) for one in inside)
        found += scene.world.unlisted.get(over, 0)
        return found <= limit if upper else found >= limit

    fields = {"over": over, "where": body.yaml, "is": f"{'≤' if upper else '≥'} {limit}"}
    if place is not None:
        fields["in"] = place
    return Written({"count": fields}, holds)


# Time


def timed(draw: st.DrawFn, context: Context, kind: str) -> Written:
    """`lasting`, `change`, `elapsed`, `during` or `expected`."""
    ticks = upto(draw, 5, 1)
    if kind == "lasting":
        return _lasting(draw, context, ticks)
    if kind == "during":
        calendar = pick(draw, ["morning", "fair"])
        return Written({"during": calendar}, lambda s: calendar == "morning" and _morning(s))
    if kind == "elapsed":
        return _elapsed(ticks, least=coin(draw))
    if kind == "expected":
        body = fact_test(draw, context, forecast=True)
        assert isinstance(body.yaml, dict)
        written = {"expected": {"within": f"{ticks * 30} min", **body.yaml}}
        return Written(written, body.holds)
    numbers = [name for name in context.facts if name in NUMBERS]
    if not numbers:
        return fact_test(draw, context)
    return _change(draw, pick(draw, numbers), ticks)


def _lasting(draw: st.DrawFn, context: Context, ticks: int) -> Written:
    body = conditions(draw, context.inside(), leaves=2)
    gaps = pick(draw, [0, 0, 1, 2])
    fields = {"where": body.yaml, "is": f"≥ {ticks * 30} min"}
    if gaps:
        fields["gaps-under"] = f"{gaps * 30} min"
    return Written({"lasting": fields}, lambda s: lasted(s, body.holds, ticks, gaps))


def _elapsed(ticks: int, *, least: bool) -> Written:
    due = ticks * HALF_HOUR

    def passed(scene: Scene) -> bool:
        since = scene.now - scene.world.occurred
        return since >= 0 and ((since >= due) is least)

    is_ = f"{'≥' if least else '<'} {ticks * 30} min"
    return Written({"elapsed": {"since": "occurrence", "is": is_}}, passed)


def _morning(scene: Scene) -> bool:
    """The calendar `morning`: from 09:00 until 11:30, every day."""
    return 2 * HALF_HOUR <= scene.now % 86_400 < 7 * HALF_HOUR


def _change(draw: st.DrawFn, name: str, ticks: int) -> Written:
    falling, by = coin(draw), upto(draw, 3, 1)

    def changed(scene: Scene) -> bool:
        found = rise(scene, name, _own(scene, None, "area"), ticks, falling=falling)
        if isinstance(found, NotApplicable | str):
            return False
        return found <= -by if falling else found >= by

    unit = FACTS[name].unit
    bound = f"≤ -{by} {unit}" if falling else f"≥ {by} {unit}"
    return Written({"change": {"of": name, "is": bound, "within": f"{ticks * 30} min"}}, changed)
