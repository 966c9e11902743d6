"""A small linked library, built without YAML, for tests of the rules room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planengine.diagnostics import Diagnostic, Span
from planengine.domain.documents import (
    Edition,
    Exclusion,
    LevelRule,
    Link,
    Plan,
    Standard,
    Track,
)
from planengine.domain.entities import Entities
from planengine.domain.ids import NO_RULE, Origin
from planengine.domain.parts import Label, Named, Period
from planengine.domain.places import DatedValue, Jurisdiction, PlanObject
from planengine.domain.registry import Registry
from planengine.domain.terms import (
    ALWAYS_TERM,
    HERE,
    FactTerm,
    LevelTerm,
    Place,
    Term,
)
from planengine.domain.vocabulary import (
    Attribute,
    Derivation,
    Fact,
    Hazard,
    Level,
    ObjectKind,
    Scale,
    Verb,
)
from planengine.rules.compile import compile_rules
from planengine.rules.ruleset import RuleSet, Unit
from planengine.values.sets import COUNT, FLAG, TRUE, NumberDomain, ValueSet, at_least, number

LABEL = Label()
AT = 1000


def span(line: int) -> Span:
    return Span("plan.yaml", line, 1, line, 9)


def origin(text: str, line: int = 1) -> Origin:
    return Origin(text, span(line))


def scale(name: str, *levels: str) -> Scale:
    top = len(levels)
    return Scale(name, LABEL, tuple(Level(each, top - n, LABEL) for n, each in enumerate(levels)))


SCALES = {
    "response": scale("response", "I", "II", "III", "IV"),
    "grade": scale("grade", "especially-serious", "serious", "large", "ordinary"),
    "warning": scale("warning", "red", "orange", "yellow", "blue"),
}


def fact(name: str, **changes: Any) -> Fact:
    given: dict[str, Any] = {
        "label": LABEL,
        "type": "count",
        "domain": COUNT,
        "unit": None,
        "subject": "area",
        "direction": "up",
        "roll_up": "sum",
        "cumulative": False,
        "by_exception": False,
        "provider": None,
        "holds": None,
        "derived": None,
    }
    return Fact(name, **(given | changes))


FACTS = {
    item.id: item
    for item in (
        fact("deaths"),
        fact("missing"),
        fact("dead-and-missing", derived=Derivation("sum", (("deaths", 1), ("missing", 1)))),
        fact("evacuated"),
        fact("still-there", derived=Derivation("sum", (("deaths", 1), ("evacuated", -1)))),
        fact("occurred", type="flag", domain=FLAG, roll_up="any"),
        fact("visibility", type="quantity", domain=NumberDomain(at_least(0)), direction="down"),
        fact("magnitude", type="quantity", domain=NumberDomain(), subject="incident"),
        fact(
            "water-level", type="quantity", domain=NumberDomain(), subject="station", roll_up="max"
        ),
        fact("breach", type="flag", domain=FLAG, subject="station", roll_up="any"),
    )
}


def has(name: str, bound: ValueSet, place: Place = HERE, line: int = 1) -> FactTerm:
    return FactTerm(name, place, bound, origin(f"{name}: {bound}", line))


OCCURRED = has("occurred", TRUE)


def reads(read: Any, target: str, lowest: int, place: Place = HERE, **changes: Any) -> LevelTerm:
    given: dict[str, Any] = {
        "track": None,
        "scale": "response" if read in {"response", "active"} else "grade",
        "ranks": frozenset(range(lowest, 5)),
        "origin": origin(f"{read}.{target}: {lowest}", 7),
    }
    return LevelTerm(read, target, place=place, **(given | changes))


def rule(rank: int, when: Term, verb: str = "must", line: int = 1) -> LevelRule:
    return LevelRule(rank, when, verb, (), span(line), str(rank))


def track(
    rules: Iterable[LevelRule] = (),
    *,
    name: str | None = None,
    on: str = "response",
    **changes: Any,
) -> Track:
    given: dict[str, Any] = {"per": None, "provided": ALWAYS_TERM, "duties": (), "span": span(50)}
    return Track(name, LABEL, on, rules=tuple(rules), **(given | changes))


def bands(name: str, *thresholds: int, verb: str = "must") -> list[LevelRule]:
    """A table row: the most severe level first, every band bounded by the one above."""
    found = [rule(len(thresholds), has(name, at_least(thresholds[0])), verb)]
    for rank in range(len(thresholds) - 1, 0, -1):
        place = len(thresholds) - rank
        low, high = thresholds[place], thresholds[place - 1]
        found.append(rule(rank, has(name, at_least(low) & _below(high)), verb))
    return found


def _below(value: int) -> Any:
    from planengine.values.sets import below

    return below(value)


def edition(number: str = "1", since: int | None = None, until: int | None = None) -> Edition:
    return Edition(number, Period(since, until))


def plan(
    name: str, jurisdiction: str = "city", tracks: Iterable[Track] = (), **changes: Any
) -> Plan:
    given: dict[str, Any] = {
        "label": LABEL,
        "edition": edition(),
        "hazards": ("flood",),
        "basis": (),
        "warnings": (),
        "reports": (),
        "span": span(1),
        "rule_id": NO_RULE,
        "kind": "special",
        "external": False,
        "monotone": False,
        "applies_when": None,
        "exclusions": (),
        "headquarters": None,
        "office": None,
        "groups": (),
        "members": (),
        "actions": (),
        "links": (),
        "information": (),
        "resources": (),
    }
    return Plan(name, tracks=tuple(tracks), jurisdiction=jurisdiction, **(given | changes))


def standard(name: str, *tracks: Track, **changes: Any) -> Standard:
    given: dict[str, Any] = {
        "label": LABEL,
        "edition": edition(),
        "hazards": ("flood",),
        "basis": (),
        "warnings": (),
        "reports": (),
        "span": span(1),
        "rule_id": NO_RULE,
        "authority": "province",
        "per": None,
        "monotone": False,
    }
    return Standard(name, tracks=tuple(tracks), **(given | changes))


def link(kind: Any, rank: int | None = None, target: str | None = None, **changes: Any) -> Link:
    given: dict[str, Any] = {
        "track": None,
        "when": None,
        "target_rank": None,
        "target_track": None,
        "matter": None,
        "timing": None,
        "basis": (),
        "span": span(9),
    }
    if kind == "activate" and target is not None:
        area, _, given["target_plan"] = target.rpartition("/")
        given["target_area"] = area or None
    return Link(kind, rank=rank, target=target, **(given | changes))


def _area(name: str, tier: str, parent: str | None, **attributes: ValueSet) -> Jurisdiction:
    dated = {
        key.replace("_", "-"): (DatedValue(Period(), value),) for key, value in attributes.items()
    }
    return Jurisdiction(name, LABEL, tier, parent, dated)


def _station(name: str, area: str, stage: int | None) -> PlanObject:
    dated = {} if stage is None else {"warning-stage": (DatedValue(Period(), number(stage)),)}
    return PlanObject(name, LABEL, "station", area, dated)


AREAS = {
    item.id: item
    for item in (
        _area("province", "province", None),
        _area("city", "city", "province", city_size=number(3)),
        _area("other-city", "city", "province"),
        _area("north", "county", "city"),
        _area("south", "county", "city"),
    )
}
OBJECTS = {
    item.id: item for item in (_station("upper", "north", 25), _station("lower", "south", None))
}


def library(
    *,
    plans: Iterable[Plan] = (),
    standards: Iterable[Standard] = (),
    **changes: Any,
) -> Entities:
    by_key: dict[str, tuple[Plan, ...]] = {}
    for item in plans:
        key = f"{item.jurisdiction}/{item.id}"
        by_key[key] = (*by_key.get(key, ()), item)
    by_id: dict[str, tuple[Standard, ...]] = {}
    for graded in standards:
        by_id[graded.id] = (*by_id.get(graded.id, ()), graded)
    stage = Attribute("warning-stage", LABEL, NumberDomain(), "m")
    size = Attribute("city-size", LABEL, NumberDomain(at_least(0), integer=True), None)
    given: dict[str, Any] = {
        "home": "city",
        "label": LABEL,
        "facts": FACTS,
        "scales": SCALES,
        "hazards": {
            "natural": Hazard("natural", LABEL),
            "flood": Hazard("flood", LABEL, "natural"),
            "fire": Hazard("fire", LABEL),
            "pollution": Hazard("pollution", LABEL),
        },
        "tiers": tuple(Named(name, LABEL) for name in ("province", "city", "county")),
        "object_kinds": {"station": ObjectKind("station", LABEL, {"warning-stage": stage})},
        "area_attributes": {"city-size": size},
        "verbs": {"must": Verb("must", LABEL, True), "may": Verb("may", LABEL, False)},
        "ranks": (),
        "plan_kinds": (),
        "member_roles": (),
        "moments": {},
        "calendars": {},
        "sources": {},
        "jurisdictions": AREAS,
        "objects": OBJECTS,
        "open_kinds": frozenset(),
        "agencies": {},
        "posts": {},
        "roles": {},
        "relations": (),
        "standards": by_id,
        "plans": by_key,
    }
    return Entities(**(given | changes))


def compiled(entities: Entities, **options: Any) -> tuple[RuleSet, list[Diagnostic]]:
    findings: list[Diagnostic] = []
    return compile_rules(entities, Registry(entities, AT), findings, **options), findings


def clean(entities: Entities, **options: Any) -> RuleSet:
    ruleset, findings = compiled(entities, **options)
    assert [str(item) for item in findings] == []
    return ruleset


def units(ruleset: RuleSet) -> Mapping[str, Unit]:
    return {str(unit.id): unit for unit in ruleset.units}


__all__ = [name for name in globals() if not name.startswith("_")]
__all__ += ["ALWAYS_TERM", "Exclusion"]
