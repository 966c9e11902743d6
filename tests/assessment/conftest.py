"""A small library that shows one thing at a time: a dam, two counties, two plans."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import planengine

VOCABULARY = """
vocabulary: small
facts:
  deaths: {label: {en: deaths}, type: count, unit: 人, subject: area, direction: up, roll-up: sum, cumulative: true, provider: health}
  level: {label: {en: water level}, type: quantity, unit: m, subject: area, direction: up, roll-up: max, provider: office}
  breach: {label: {en: breach}, type: flag, subject: area, direction: up, roll-up: any, reported: by-exception, provider: office}
  calm: {label: {en: calm}, type: flag, subject: area, direction: none, roll-up: none}
  unrelated: {label: {en: unrelated}, type: count, unit: 人, subject: area, direction: up, roll-up: sum}
scales:
  response: {label: {en: response}, levels: [{id: I, label: {zh: 一级, en: level I}}, {id: II, label: {zh: 二级, en: level II}}, {id: III, label: {zh: 三级, en: level III}}]}
  warning: {label: {en: warning}, levels: [{id: red, label: {en: red}, colour: red}, {id: blue, label: {en: blue}, colour: blue}]}
hazards: {flood: {label: {en: flood}}}
tiers: [{id: city, label: {en: city}}, {id: county, label: {en: county}}]
verbs: [{id: must, label: {en: must}, is: must}, {id: should, label: {en: should}, is: should}, {id: may, label: {en: may}, is: may}]
ranks: [{id: plan, label: {en: plan}}]
plan-kinds: [{id: special, label: {en: special}}]
member-roles: [{id: lead, label: {en: lead}}, {id: support, label: {en: support}}]
moments: {occurrence: {label: {en: occurrence}, is: occurrence}, receipt: {label: {en: receipt}, is: receipt}, met: {label: {en: condition met}, is: met}, start: {label: {en: start}, is: start}, level-change: {label: {en: level change}, is: level-change}, proposal: {label: {en: proposal}, is: proposal}, stable: {label: {en: stable}, is: told}}
"""

REGISTRY = """
registry: small
jurisdictions:
  city: {label: {en: City}, tier: city}
  north: {label: {en: North}, tier: county, in: city}
  south: {label: {en: South}, tier: county, in: city}
agencies:
  government: {label: {en: government}, in: city}
  office: {label: {en: office}, in: city, reports-to: government}
  health: {label: {en: health}, in: city, reports-to: government}
  power: {label: {en: power company}, in: city, vertical: true}
  old-office: {label: {en: old office}, in: city, until: 2019-01-01, successors: [office]}
  north-hq: {label: {en: north headquarters}, in: north, function: hq}
  south-hq: {label: {en: south headquarters}, in: south, function: hq}
posts: {chief: {label: {en: chief}, in: office}, deputy: {label: {en: deputy}, in: office}, clerk: {label: {en: clerk}, in: health}}
roles: {county-hq: {label: {en: county headquarters}, function: hq, tier: county}}
"""

SOURCES = "sources: small\nentries: {law: {label: {en: the law}, rank: plan}}\n"

HEAD = """plan: {id}
kind: special
label: {{en: {id} plan}}
jurisdiction: city
edition: {{number: "1", in-force: 2020-01-01}}
basis: [{{source: law, clause: "1"}}]
applies: {{hazards: [flood]}}
command: {{headquarters: government, office: office}}
"""

Assess = Callable[..., planengine.Assessment]


class Small:
    """Writes plans into the small library and assesses observations with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "planengine.yaml").write_text(
            "library: small\nlabel: {en: small}\ninclude: [vocabulary.yaml, registry.yaml,"
            " sources.yaml, plans]\nhome: city\ntime-zone: Asia/Shanghai\n"
        )
        (folder / "vocabulary.yaml").write_text(VOCABULARY.strip() + "\n")
        (folder / "registry.yaml").write_text(REGISTRY.strip() + "\n")
        (folder / "sources.yaml").write_text(SOURCES)
        (folder / "plans").mkdir()

    def plan(self, name: str, body: str) -> Small:
        (self.folder / "plans" / f"{name}.yaml").write_text(HEAD.format(id=name) + body)
        return self

    def engine(self) -> planengine.Engine:
        return planengine.load(self.folder).compile()

    def assess(
        self, *observations: dict[str, Any], at: str, **header: Any
    ) -> planengine.Assessment:
        incident = {"incident": "x", "hazards": ["flood"], "observations": list(observations)}
        return self.engine().assess({**incident, **header}, at=day(at))


def day(clock: str) -> str:
    return f"2026-07-01T{clock}:00+08:00"


def stated(clock: str, **facts: Any) -> dict[str, Any]:
    return {"at": day(clock), "facts": facts}


def in_force(clock: str, level: str, plan: str = "dam") -> dict[str, Any]:
    return {"at": day(clock), "decide": {"plan": plan, "level": level, "by": "chief"}}


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)
