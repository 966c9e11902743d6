"""A small library to write in: a city with a plan, a standard and an incident, beside China's."""

from __future__ import annotations

import shutil
from pathlib import Path

MANIFEST = """\
library: haicheng
label: {zh: 海城市预案库, en: Haicheng library}
include: [planengine:cn, plans]
home: haicheng
time-zone: Asia/Shanghai
"""
REGISTRY = """\
registry: haicheng
jurisdictions:
  haiprovince: {label: {zh: 海省, en: Hai province}, tier: province, in: china}
  haicheng: {label: {zh: 海城市, en: Haicheng}, tier: city, in: haiprovince}
objects:
  north-gauge: {label: {zh: 北站, en: north gauge}, kind: station, in: haicheng, attributes: {warning-stage: 25.3 m}}
agencies:
  haicheng-government: {label: {zh: 海城市人民政府, en: Haicheng government}, in: haicheng, function: government}
  water-office: {label: {zh: 市水务局, en: water office}, in: haicheng}
posts:
  mayor: {label: {zh: 市长, en: mayor}, in: haicheng-government}
"""
PLAN = """\
plan: flood
kind: special
label: {zh: 海城市防汛预案, en: Haicheng flood plan}
jurisdiction: haicheng
edition: {number: "2026", in-force: 2026-01-01}
applies: {hazards: [flood]}
members:
  - {agency: water-office, role: lead, duties: [水情监测]}
levels:
  - level: II
    propose: water-office
    approve: {post: mayor}
    when: {any: [死亡人数: 10人以上, water-level@north-gauge: ≥ @warning-stage + 1 m]}
    basis: {source: emergency-response-law-2024, clause: 第十条, own-choice: true}
  - level: III
    approve: {post: mayor}
    when: {water-level@north-gauge: ≥ @warning-stage}
    basis: {source: emergency-response-law-2024, own-choice: true}
actions:
  - {id: patrol, from: III, executor: water-office, do: {zh: 巡堤, en: patrol}, within: 2 h, of: start}
  - {id: move, from: II, executor: haicheng-government, do: {zh: 转移群众, en: move people}, within: 4 h, of: done.patrol, after: [patrol]}
lower: {when: {water-level@north-gauge: < @warning-stage + 0.5 m}, approve: same}
end: {when: {water-level@north-gauge: < @warning-stage}, approve: same}
command: {groups: [{id: moving, label: {zh: 转移组, en: moving}, lead: haicheng-government, duties: [转移]}]}
reports: [{id: upward, from: III, to: state-council, within: 1 h, of: met}]
information: {body: water-office, approve: {agency: haicheng-government}, first-within: 5 h, conference-within: 24 h}
"""
INCIDENT = """\
incident: july
hazards: [flood]
observations:
  - {at: 2026-07-20T08:00+08:00, object: north-gauge, facts: {water-level: 25.9 m}}
  - {at: 2026-07-20T09:00+08:00, area: haicheng, facts: {死亡人数: 2}}
  - {at: 2026-07-20T09:30+08:00, done: {plan: flood, action: patrol}}
"""


def write_library(folder: Path) -> Path:
    """The folder of a library with these files."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "plans").mkdir(parents=True)
    (folder / "planengine.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "plans" / "registry.yaml").write_text(REGISTRY, encoding="utf-8")
    (folder / "plans" / "flood.yaml").write_text(PLAN, encoding="utf-8")
    (folder / "july.yaml").write_text(INCIDENT, encoding="utf-8")
    return folder
