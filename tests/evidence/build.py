"""A tiny library built in Python: a city of two counties, a few facts, stations, a provider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import count

from msgspec.structs import replace

from planengine.domain.entities import Entities
from planengine.domain.parts import Label, Named, Period
from planengine.domain.places import Agency, Jurisdiction, PlanObject, Role
from planengine.domain.registry import Registry
from planengine.domain.statements import Event, Incident, Stamp, Statement, Withdrawal
from planengine.domain.vocabulary import Calendar, Derivation, Fact, Hazard, ObjectKind
from planengine.evidence.evidence import Evidence
from planengine.evidence.world import World
from planengine.rules.conditions import FactCell
from planengine.values.sets import (
    COUNT,
    FLAG,
    ChoiceDomain,
    ChoiceSet,
    Interval,
    NumberDomain,
    NumberSet,
    ValueSet,
    at_least,
    number,
)

LABEL = Label((("en", "x"),))
HOUR = 3600
CITY, WEST, EAST, PROVINCE, OTHER = "city", "west", "east", "province", "other-city"


def fact(name: str, kind: str = "count", **more) -> Fact:
    domain = {
        "count": COUNT,
        "quantity": NumberDomain(at_least(0)),
        "flag": FLAG,
        "category": ChoiceDomain(("mild", "middling", "severe"), ordered=True),
    }[kind]
    fields = {
        "label": LABEL,
        "domain": domain,
        "unit": None,
        "subject": "area",
        "direction": "up",
        "roll_up": {"flag": "any", "category": "max"}.get(kind, "sum"),
        "cumulative": False,
        "by_exception": False,
        "provider": None,
        "holds": None,
        "derived": None,
    }
    return Fact(id=name, type=kind, **{**fields, **more})


def sums(**coefficients: int) -> Derivation:
    return Derivation("sum", tuple((k.replace("_", "-"), v) for k, v in coefficients.items()))


FACTS = (
    fact("deaths", cumulative=True),
    fact("missing"),
    fact("trapped"),
    fact("killed", may_rise_by="trapped"),
    fact("killed-or-hurt", derived=sums(killed=1, assessed=1)),
    fact("dead-and-missing", derived=sums(deaths=1, missing=1)),
    fact("missing-again", derived=Derivation("sum", (("dead-and-missing", 1), ("deaths", -1)))),
    fact(
        "nothing-left",
        domain=NumberDomain(),
        derived=Derivation("sum", (("dead-and-missing", 1), ("deaths", -1), ("missing", -1))),
    ),
    fact("twice", derived=Derivation("sum", (("missing", 1), ("missing", 1)))),
    fact("balance", domain=NumberDomain(), derived=sums(deaths=1, missing=-1)),
    fact("evacuated", "quantity"),
    fact("population", "quantity"),
    fact(
        "share",
        "quantity",
        unit="%",
        derived=Derivation("ratio", (("evacuated", 1), ("population", 1))),
    ),
    fact("rainfall", "quantity", roll_up="max", holds=6 * HOUR),
    fact("visibility", "quantity", roll_up="min"),
    fact("temperature", "quantity", domain=NumberDomain(), roll_up="none"),
    fact("signal", "quantity", roll_up="latest"),
    fact("damage", "category"),
    fact("alarm", "flag"),
    fact("breach", "flag", by_exception=True, provider="water-bureau"),
    fact("fires", by_exception=True, provider="fire-station"),
    fact("monitored"),
    fact("assessed"),
    fact(
        "affected",
        derived=Derivation("first-known", (("assessed", 1), ("monitored", 1))),
    ),
    fact("magnitude", "quantity", subject="incident", roll_up="none"),
    fact("controlled", "flag", subject="incident", roll_up="none"),
    fact("water-level", "quantity", subject="station", roll_up="max"),
    fact("stage", "flag", subject="plant", roll_up="any"),
)


def area(name: str, parent: str | None, tier: str) -> Jurisdiction:
    return Jurisdiction(name, LABEL, tier, parent)


def entities(**changes) -> Entities:
    everything = {
        "home": CITY,
        "time_zone": "Asia/Shanghai",
        "label": LABEL,
        "facts": {one.id: replace(one, order=i) for i, one in enumerate(FACTS)},
        "scales": {},
        "hazards": {
            "natural": Hazard("natural", LABEL),
            "flood": Hazard("flood", LABEL, "natural"),
            "fire": Hazard("fire", LABEL),
        },
        "tiers": tuple(Named(t, LABEL) for t in ("province", "city", "county")),
        "object_kinds": {kind: ObjectKind(kind, LABEL, {}) for kind in ("station", "plant")},
        "area_attributes": {},
        "verbs": {},
        "ranks": (),
        "plan_kinds": (),
        "member_roles": (),
        "moments": {"occurrence": Named("occurrence", LABEL)},
        "calendars": {
            "flood-season": Calendar("flood-season", LABEL, yearly=(((5, 1), (10, 15)),)),
            "winter": Calendar("winter", LABEL, yearly=(((11, 15), (2, 29)),)),
            "night": Calendar("night", LABEL, clock=((22 * 60, 6 * 60),)),
            "fair": Calendar("fair", LABEL, dates=(Period(100 * HOUR, 110 * HOUR),)),
            "summer-night": Calendar(
                "summer-night", LABEL, yearly=(((5, 1), (10, 15)),), clock=((22 * 60, 1440),)
            ),
        },
        "sources": {},
        "jurisdictions": {
            one.id: one
            for one in (
                area(PROVINCE, None, "province"),
                area(CITY, PROVINCE, "city"),
                area(WEST, CITY, "county"),
                area(EAST, CITY, "county"),
                area(OTHER, PROVINCE, "city"),
            )
        },
        "objects": {
            name: PlanObject(name, LABEL, kind, where)
            for name, kind, where in (
                ("gauge", "station", CITY),
                ("gauge-west", "station", WEST),
                ("mill", "plant", WEST),
            )
        },
        "open_kinds": frozenset({"plant"}),
        "agencies": {
            name: Agency(name, LABEL, where, Period(), function=function)
            for name, where, function in (
                ("water-bureau", CITY, "water"),
                ("fire-west", WEST, "fire"),
                ("fire-east", EAST, "fire"),
            )
        },
        "posts": {},
        "roles": {"fire-station": Role("fire-station", LABEL, "fire", "county")},
        "relations": (),
        "standards": {},
        "plans": {},
    }
    return Entities(**{**everything, **changes})


ENTITIES = entities()
REGISTRY = Registry(ENTITIES, 0)
_numbers = count(1)


def stamp(at: float, name: str | None = None, status: str = "actual", received=None) -> Stamp:
    """`at` and `received` in hours."""
    seconds = int(at * HOUR)
    arrived = seconds if received is None else int(received * HOUR)
    return Stamp(name or f"o{next(_numbers)}", seconds, arrived, status)


def value(stated) -> ValueSet | None:
    """A number, flag or category; a pair is an interval, a set several; None unknown."""
    if stated is None or isinstance(stated, NumberSet | ChoiceSet):
        return stated
    if isinstance(stated, bool | str):
        return ChoiceSet(frozenset({stated}))
    if isinstance(stated, set):
        return ChoiceSet(frozenset(stated))
    if isinstance(stated, tuple):
        return NumberSet((Interval(*stated),))
    return number(stated)


def said(
    at: float,
    place: str | None = None,
    *,
    name: str | None = None,
    kind: str = "observed",
    status: str = "actual",
    received: float | None = None,
    incident: str = "it",
    valid: tuple[float | None, float | None] = (None, None),
    began: float | None = None,
    corrects: str | None = None,
    **facts,
) -> Statement:
    """A statement; times in hours; `dead_and_missing=3` states dead-and-missing."""
    start, end = (None if one is None else int(one * HOUR) for one in valid)
    return Statement(
        stamp(at, name, status, received),
        place,
        incident,
        kind,
        {name.replace("_", "-"): value(stated) for name, stated in facts.items()},
        start,
        end,
        None if began is None else int(began * HOUR),
        corrects,
    )


def withdrawn(at: float, target: str, **more) -> Withdrawal:
    return Withdrawal(stamp(at, **more), target)


def incident(
    *events: Event,
    scope: Iterable[str] | None = None,
    status: str = "actual",
    hazards: Iterable[str] = ("flood",),
) -> Incident:
    limits = None if scope is None else frozenset(scope)
    return Incident("it", LABEL, frozenset(hazards), limits, status, events)


def evidence(
    *events: Event,
    at: float | None = None,
    known_at: float | None = None,
    status: str | None = None,
    scope: Iterable[str] | None = None,
    library: Entities = ENTITIES,
    hazards: Iterable[str] = ("flood",),
) -> Evidence:
    found = incident(*events, scope=scope, hazards=hazards)
    seen = status or found.status
    instant = int(at * HOUR) if at is not None else found.newest_for(seen) or 0
    knowledge = None if known_at is None else int(known_at * HOUR)
    registry = REGISTRY if library is ENTITIES else Registry(library, instant)
    return Evidence(World(library, registry, found.scope), found, instant, knowledge, status)


def cell(name: str, place: str = CITY, facts: Mapping[str, Fact] = ENTITIES.facts) -> FactCell:
    name = name.replace("_", "-")
    return FactCell(name, place, facts[name].domain)


def shown(found: Evidence, name: str, place: str = CITY) -> str:
    """What is known of a fact, as text."""
    return str(found.known(cell(name, place)).value)
