"""The words and places that every drawn library shares, as YAML and as the oracle knows them."""

from __future__ import annotations

from dataclasses import dataclass

HALF_HOUR = 1800
TICKS = 12  # half hours, from 08:00 on; before the first all is as at the first
DAY = "2026-07-01T"


@dataclass(frozen=True)
class Fact:
    """A fact as the oracle reads it; `unit` is written after numbers."""

    type: str
    roll_up: str = "sum"
    unit: str = ""
    zh: str = ""
    subject: str = "area"
    values: tuple[str, ...] = ()
    ordered: bool = True
    cumulative: bool = False
    by_exception: bool = False
    holds: int | None = None  # half hours
    derived: tuple[str, ...] = ()  # "sum" or "ratio", then the operands


FACTS: dict[str, Fact] = {
    "deaths": Fact("count", unit="人", zh="死亡", cumulative=True),
    "missing": Fact("count", unit="人", zh="失踪"),
    "lost": Fact("count", unit="人", zh="死亡失踪", derived=("sum", "deaths", "missing")),
    "trapped": Fact("count", unit="人", zh="被困", holds=4),
    "rain": Fact("quantity", "max", "mm", "雨量", holds=5),
    "sight": Fact("quantity", "min", "m", "能见度"),
    "moved": Fact("count", unit="人", zh="转移"),
    "people": Fact("count", unit="人", zh="人口"),
    "share": Fact("quantity", "none", "%", "转移比例", derived=("ratio", "moved", "people")),
    "breach": Fact("flag", "any", zh="决口", by_exception=True),
    "fires": Fact("count", unit="起", zh="火点", by_exception=True),
    "alarm": Fact("flag", "any", zh="报警"),
    "damage": Fact("category", "max", zh="损毁", values=("mild", "middling", "severe")),
    "ground": Fact("category", "none", zh="地面", values=("clay", "rock", "sand"), ordered=False),
    "magnitude": Fact("quantity", "none", "级", "震级", subject="incident"),
    "stage": Fact("quantity", "max", "m", "水位", subject="station"),
    "leak": Fact("flag", "any", zh="渗漏", subject="dam"),
}
PROVIDER = "watch"
AREAS: dict[str, str | None] = {
    "province": None,
    "city": "province",
    "other": "province",
    "north": "city",
    "south": "city",
}
TIERS = {
    "province": "province",
    "city": "city",
    "other": "city",
    "north": "county",
    "south": "county",
}
OBJECTS = {"n1": ("station", "north"), "s1": ("station", "south"), "c1": ("station", "city")}
OBJECTS["d1"] = ("dam", "north")
INCIDENT = "incident"
HOME = "city"

# (owner, attribute): the values it can have; a number or a category
ATTRIBUTES: dict[tuple[str, str], tuple[object, ...]] = {
    **{(one, "mark"): (1, 2, 3, 4) for one in ("n1", "s1", "c1")},
    **{(one, "size"): ("small", "large") for one in ("n1", "s1", "c1")},
    **{(one, "class"): ("plain", "hilly") for one in ("province", "city", "north", "south")},
}

LEVELS = {
    "response": ("III", "II", "I"),  # mild to severe: the rank is the place, from 1
    "grade": ("ordinary", "large", "serious"),
    "warning": ("blue", "yellow", "red"),
}


def children(area: str) -> list[str]:
    return [one for one, parent in AREAS.items() if parent == area]


def around(place: str) -> list[str]:
    """A place's own area and all areas around it, the nearest first."""
    area: str | None = OBJECTS[place][1] if place in OBJECTS else place
    found = []
    while area is not None:
        found.append(area)
        area = AREAS[area]
    return found


def within(place: str, area: str) -> bool:
    return area in around(place)


def members(over: str, area: str) -> list[str]:
    """The objects of a kind, or areas of a tier, in an area."""
    if over in TIERS.values():
        return [one for one, tier in TIERS.items() if tier == over and within(one, area)]
    return [one for one, (kind, _) in OBJECTS.items() if kind == over and within(one, area)]


def leaves(name: str) -> list[str]:
    """Where a fact has values of its own; everywhere else it follows from those."""
    fact = FACTS[name]
    if fact.subject == INCIDENT:
        return [INCIDENT]
    if fact.subject != "area":
        return [one for one, (kind, _) in OBJECTS.items() if kind == fact.subject]
    if fact.roll_up == "none":
        return ["city", "north", "south"]
    return ["north", "south", "other"]


def clock(tick: int, seconds: int = 0) -> str:
    """The time of a tick; ticks may be negative."""
    minutes, rest = divmod((8 * 60 + tick * 30) * 60 + seconds, 60)
    day, minutes = divmod(minutes, 24 * 60)
    hour, minute = divmod(minutes, 60)
    date = f"2026-07-0{1 + day}T" if day >= 0 else f"2026-06-{31 + day}T"
    return f"{date}{hour:02}:{minute:02}:{rest:02}+08:00"


def _fact_line(name: str, fact: Fact) -> str:
    parts = [f"label: {{zh: {fact.zh}, en: {name}}}", f"type: {fact.type}"]
    if fact.unit:
        parts.append(f"unit: '{fact.unit}'")
    if fact.type == "quantity":
        parts.append('range: "≥ 0"')
    if fact.values:
        listed = ", ".join(f"{{id: {one}, label: {{en: {one}}}}}" for one in fact.values)
        parts.append(f"values: [{listed}]")
    directed = fact.ordered and name not in ("people", "sight")
    parts.append(f"direction: {'up' if directed else 'down' if name == 'sight' else 'none'}")
    parts += [f"subject: {fact.subject}", f"roll-up: {fact.roll_up}", f"provider: {PROVIDER}"]
    if fact.cumulative:
        parts.append("cumulative: true")
    if fact.by_exception:
        parts.append("reported: by-exception")
    if fact.holds is not None:
        parts.append(f"holds: {fact.holds * 30} min")
    if fact.derived:
        parts.append(f"derived: {{{fact.derived[0]}: [{', '.join(fact.derived[1:])}]}}")
    return f"  {name}: {{{', '.join(parts)}}}"


def vocabulary() -> str:
    scales = "".join(
        f"  {scale}: {{label: {{en: {scale}}}, levels: ["
        + ", ".join(f"{{id: {one}, label: {{en: level {one}}}}}" for one in reversed(levels))
        + "]}\n"
        for scale, levels in LEVELS.items()
    )
    facts = "\n".join(_fact_line(name, fact) for name, fact in FACTS.items())
    return f"""vocabulary: words
facts:
{facts}
scales:
{scales}hazards: {{flood: {{label: {{en: flood}}}}, fire: {{label: {{en: fire}}}}}}
tiers: [{{id: province, label: {{en: province tier}}}}, {{id: city, label: {{en: city tier}}}}, {{id: county, label: {{en: county tier}}}}]
object-kinds:
  station:
    label: {{en: station}}
    attributes:
      mark: {{label: {{en: mark}}, type: quantity, unit: m}}
      size: {{label: {{en: size}}, type: category, values: [{{id: small, label: {{en: small}}}}, {{id: large, label: {{en: large}}}}]}}
  dam: {{label: {{en: dam}}}}
jurisdiction-attributes:
  class: {{label: {{en: class}}, type: category, values: [{{id: plain, label: {{en: plain}}}}, {{id: hilly, label: {{en: hilly}}}}]}}
verbs: [{{id: must, label: {{en: must}}, is: must}}, {{id: should, label: {{en: should}}, is: should}}, {{id: may, label: {{en: may}}, is: may}}]
ranks: [{{id: plan, label: {{en: a plan}}}}]
plan-kinds: [{{id: special, label: {{en: special}}}}]
member-roles: [{{id: lead, label: {{en: lead}}}}]
moments: {{occurrence: {{label: {{en: occurrence}}, is: occurrence}}, met: {{label: {{en: met}}, is: met}}, start: {{label: {{en: start}}, is: start}}}}
calendars:
  morning: {{label: {{en: morning}}, clock: [{{from: "09:00", until: "11:30"}}]}}
  fair: {{label: {{en: fair}}, dates: [{{from: 2026-06-20, until: 2026-06-25}}]}}
"""


def registry(attributes: dict[tuple[str, str], object], *, open_kinds: bool) -> str:
    """The places; only the given attributes are stated."""

    def stated(owner: str) -> str:
        own = [(name, value) for (one, name), value in attributes.items() if one == owner]
        shown = ", ".join(f"{n}: {v if n != 'mark' else f'{v} m'}" for n, v in own)
        return f", attributes: {{{shown}}}" if own else ""

    areas = "".join(
        f"  {one}: {{label: {{en: the {one}}}, tier: {TIERS[one]}"
        + (f", in: {parent}" if parent else "")
        + stated(one)
        + "}\n"
        for one, parent in AREAS.items()
    )
    objects = "".join(
        f"  {one}: {{label: {{en: the {one}}}, kind: {kind}, in: {area}{stated(one)}}}\n"
        for one, (kind, area) in OBJECTS.items()
    )
    opened = "open-kinds: [dam]\n" if open_kinds else ""
    return f"""registry: places
jurisdictions:
{areas}objects:
{objects}{opened}agencies:
  {PROVIDER}: {{label: {{en: the watch}}, in: city}}
  office: {{label: {{en: the office}}, in: city}}
posts: {{chief: {{label: {{en: the chief}}, in: office}}}}
"""


SOURCES = "sources: laws\nentries: {law: {label: {en: the law}, rank: plan}}\n"
MANIFEST = "library: drawn\nlabel: {en: drawn}\ninclude: [vocabulary.yaml, registry.yaml, sources.yaml, documents]\nhome: city\ntime-zone: Asia/Shanghai\n"
