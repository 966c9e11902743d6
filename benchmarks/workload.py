"""The common work: plans of four levels over eleven fields, and events that reach them.

The same thresholds are written once, as data, and turned into each contestant's own form.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

Event: TypeAlias = dict[str, Any]

RANKS = {4: "I", 3: "II", 2: "III", 1: "IV"}
AT = "2026-07-20T08:00:00+08:00"  # of every event
CLASSES = ("sparse", "fairly-dense", "dense")
PER_HAZARD = {40: 1, 400: 2, 2000: 3}  # more plans: more hazards, and more plans per hazard

# field: (type, unit, the least figure of level IV, factor from level to level)
NUMBERS: dict[str, tuple[str, str, float, float]] = {
    "deaths": ("count", "人", 1, 3),
    "seriously-injured": ("count", "人", 5, 3),
    "evacuated": ("count", "人", 200, 5),
    "houses": ("count", "间", 20, 5),
    "loss": ("quantity", "万元", 500, 4),
    "rainfall": ("quantity", "mm", 50, 1.5),
    "water-level": ("quantity", "m", 20, 1.1),
    "wind": ("quantity", "m/s", 10, 1.5),
    "magnitude": ("quantity", "", 4, 1.2),
}
FIELDS = (*NUMBERS, "breach", "density")


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: `field >= value` for numbers, equality for the rest."""

    field: str
    value: float | bool | str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan's rules: for each rank the alternatives, each a conjunction of tests."""

    id: str
    hazard: str
    levels: dict[int, list[list[Test]]]


def plans(count: int, seed: int = 7) -> list[Plan]:
    """`count` plans, `PER_HAZARD` of them to a hazard."""
    chance = random.Random(seed)
    per_hazard = PER_HAZARD.get(count, 2)
    made: list[Plan] = []
    for number in range(count):
        fields = chance.sample([*NUMBERS], 6)
        levels: dict[int, list[list[Test]]] = {}
        for rank in (4, 3, 2, 1):
            limits = {name: _limit(name, rank, chance) for name in fields}
            levels[rank] = [
                [Test(fields[0], limits[fields[0]])],
                [Test(fields[1], limits[fields[1]])],
                [Test(fields[2], limits[fields[2]]), Test(fields[3], limits[fields[3]])],
                [Test(fields[4], limits[fields[4]]), Test("density", "dense")],
                [Test(fields[5], limits[fields[5]]), Test("breach", True)],
            ]
        made.append(Plan(f"plan-{number:04}", f"hazard-{number // per_hazard}", levels))
    return made


def _limit(field: str, rank: int, chance: random.Random) -> float:
    kind, _, least, factor = NUMBERS[field]
    value = least * factor ** (rank - 1) * chance.uniform(0.8, 1.25)
    return max(round(value), rank) if kind == "count" else round(value, 1)


def events(made: Sequence[Plan], count: int = 200, seed: int = 11) -> list[Event]:
    """Events of all eleven fields, each of one hazard; most of them reach some level."""
    chance = random.Random(seed)
    hazards = sorted({plan.hazard for plan in made})
    listed: list[Event] = []
    for _ in range(count):
        event: Event = {"hazard": chance.choice(hazards)}
        for field, (kind, _, least, factor) in NUMBERS.items():
            value = least * factor ** chance.uniform(-2, 2.5)
            event[field] = round(value) if kind == "count" else round(value, 1)
        event["breach"] = chance.random() < 0.2
        event["density"] = chance.choice(CLASSES)
        listed.append(event)
    return listed


def write_library(made: Sequence[Plan], folder: Path) -> Path:
    """The plans as a planengine library: one YAML file each, as an author would write them."""
    (folder / "plans").mkdir(parents=True)
    (folder / "planengine.yaml").write_text(
        "library: bench\nlabel: {en: benchmark}\ninclude: [base.yaml, registry.yaml, sources.yaml,"
        " plans]\nhome: city\ntime-zone: Asia/Shanghai\n",
        encoding="utf-8",
    )
    (folder / "base.yaml").write_text(_vocabulary(made), encoding="utf-8")
    (folder / "registry.yaml").write_text(_REGISTRY, encoding="utf-8")
    (folder / "sources.yaml").write_text(_SOURCES, encoding="utf-8")
    for plan in made:
        (folder / "plans" / f"{plan.id}.yaml").write_text(_plan(plan), encoding="utf-8")
    return folder


def _vocabulary(made: Sequence[Plan]) -> str:
    facts: dict[str, Any] = {}
    for name, (kind, unit, _, _) in NUMBERS.items():
        facts[name] = {"label": {"en": name}, "type": kind, "subject": "area", "direction": "up",
                       "roll-up": "max"}  # fmt: skip
        if unit:
            facts[name]["unit"] = unit
    facts["breach"] = {"label": {"en": "breach"}, "type": "flag", "subject": "area",
                       "direction": "up", "roll-up": "any"}  # fmt: skip
    facts["density"] = {
        "label": {"en": "density"}, "type": "category", "subject": "area", "direction": "up",
        "roll-up": "max", "values": [{"id": name, "label": {"en": name}} for name in CLASSES],
    }  # fmt: skip
    named = {"label": {"en": "x"}}
    document = {
        "vocabulary": "bench",
        "facts": facts,
        "scales": {
            "response": {
                "label": {"en": "response"},
                "levels": [
                    {"id": name, "label": {"en": f"level {name}"}} for name in RANKS.values()
                ],
            }
        },
        "hazards": {plan.hazard: {"label": {"en": plan.hazard}} for plan in made},
        "tiers": [{"id": "city", "label": {"en": "city"}}],
        "verbs": [{"id": "must", "label": {"en": "must"}, "is": "must"}],
        "ranks": [{"id": "plan", "label": {"en": "plan"}}],
        "plan-kinds": [{"id": "special", "label": {"en": "special"}}],
        "member-roles": [{"id": "lead", "label": {"en": "lead"}},
                         {"id": "support", "label": {"en": "support"}}],
        "moments": {name: {**named, "is": name} for name in ("met", "start")},
    }  # fmt: skip
    return json.dumps(document, ensure_ascii=False, indent=1)


_REGISTRY = """registry: bench
jurisdictions:
  city: {label: {en: city}, tier: city}
agencies:
  government: {label: {en: government}, in: city}
  emergency: {label: {en: emergency bureau}, in: city, reports-to: government}
  health: {label: {en: health commission}, in: city, reports-to: government}
  office: {label: {en: office}, in: city, reports-to: emergency}
"""

_SOURCES = """sources: bench
entries:
  benchmark: {label: {en: benchmark}, rank: plan}
"""


_ACTIONS = """
actions:
  - {id: watch, from: IV, executor: emergency, do: keep watch, within: 30 min, of: met}
  - {id: rescue, from: III, executor: emergency, do: send the rescue team, within: 1 h, of: met,
     after: [watch]}
  - {id: treat, from: III, executor: health, do: treat the injured, within: 1 h, of: met}
  - {id: command, from: II, executor: government, do: open the command post, within: 2 h, of: met}
reports:
  - {id: upward, from: IV, by: office, to: government, within: 30 min, of: met, means: phone}
"""


def _plan(plan: Plan) -> str:
    lines = [
        f"plan: {plan.id}",
        "kind: special",
        f"label: {{en: {plan.id}}}",
        "jurisdiction: city",
        "edition: {number: '1', in-force: 2020-01-01}",
        "basis: [{source: benchmark, own-choice: true}]",
        f"applies: {{hazards: [{plan.hazard}]}}",
        "command: {headquarters: government, office: office}",
        "members:",
        "  - {agency: emergency, role: lead, duties: [command]}",
        "  - {agency: health, role: support, duties: [treatment]}",
        "levels:",
    ]
    for rank, alternatives in plan.levels.items():
        lines += [f"  - level: {RANKS[rank]}", "    when:", "      any:"]
        for tests in alternatives:
            inner = ", ".join(f"{test.field}: {_bound(test)}" for test in tests)
            lines.append(f"        - {{{inner}}}")
    return "\n".join(lines) + _ACTIONS


def _bound(test: Test) -> str:
    if isinstance(test.value, bool):
        return "true" if test.value else "false"
    return test.value if isinstance(test.value, str) else f"≥ {test.value}"
