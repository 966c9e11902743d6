"""What names mean, and where each thing is used."""

from __future__ import annotations

import pytest

from planengine.impact.things import Thing
from tests.impact.conftest import Bench


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("deaths", ["fact:deaths"]),
        ("死亡", ["fact:deaths"]),
        ("Dyke Breach", ["fact:dyke-breach"]),
        ("flood", ["hazard:flood", "plan:river-city/flood", "track:plan/flood:flood"]),
        ("plan:hill-province/flood", ["plan:hill-province/flood"]),
        ("河市防汛抗旱预案", ["plan:river-city/flood"]),
        ("应急局", ["agency:emergency-bureau", "agency:lake-bureau"]),
        ("warning-stage", ["attribute:station:warning-stage"]),
        ("Ⅲ级", ["level:response:III"]),
        ("decree 第三条", ["clause:decree:第三条"]),
        ("事故条例 第三条", ["clause:decree:第三条"]),
        ("认定需要启动", ["clause:flood.I.judged-1"]),
        ("巡堤", ["action:river-city/flood:patrol"]),
        ("rescue", ["group:river-city/flood:rescue"]),
        ("dense", ["value:density:dense"]),
        ("nobody-knows", []),
    ],
)
def test_a_name_means_every_thing_that_it_can(bench: Bench, text: str, things: list[str]) -> None:
    assert sorted(map(str, bench.things.find(text))) == things


def test_a_name_that_is_not_there_is_told_the_nearest(bench: Bench) -> None:
    assert bench.things.nearest("emergency-burea") == ("emergency-bureau",)
    assert bench.things.nearest("zzzzzz") == ()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("deaths", ["vocabulary.yaml:5:116", "accident.yaml:10:3", "quake.yaml:9:7"]),
        ("water-level", ["high-water.yaml:9:20", "high-water.yaml:9:78", "high-water.yaml:9:121", "flood.yaml:17:16"]),
        ("bridge-station", ["flood.yaml:17:16"]),
        ("decree", ["sources.yaml:4:86", "accident.yaml:7:17", "quake.yaml:7:17", "flood.yaml:38:144",
                    "management.yaml:5:71", "management.yaml:6:72", "management.yaml:7:70",
                    "management.yaml:8:43", "management.yaml:9:60", "management.yaml:10:67",
                    "management.yaml:11:57", "management.yaml:12:65", "management.yaml:14:80"]),
        ("decree 第三条", ["accident.yaml:7:33", "management.yaml:7:86"]),
        ("danger", ["flood.yaml:28:22"]),
        ("accident-response", ["flood.yaml:7:82", "flood.yaml:45:40"]),
        ("festival", ["flood.yaml:30:31"]),
        ("clause:flood.I.judged-1", []),
    ],
)  # fmt: skip
def test_every_place_that_names_a_thing_and_no_other(
    bench: Bench, text: str, places: list[str]
) -> None:
    assert bench.places(text) == places


def test_the_declaration_is_no_use(bench: Bench) -> None:
    impact = bench.impact("deaths")
    assert [(one.span.line, one.span.column) for one in impact.declared] == [(3, 3)]
    assert all(not use.mention.declares for use in impact.uses)


def owned(bench: Bench, text: str) -> list[list[str]]:
    return [
        [str(one) if isinstance(one, Thing) else one.id for one in use.owners]
        for use in bench.impact(text).uses
    ]


def test_a_use_belongs_to_its_rules_or_its_declaration(bench: Bench) -> None:
    fact, row, cells = owned(bench, "deaths")
    assert fact == ["fact:dead-and-missing"]
    assert [one.partition(".deaths")[0] for one in row] == [
        "accident@2007#level.main.serious",
        "accident@2007#level.main.large",
        "accident@2007#level.main.ordinary",
    ]
    assert [one.partition(".deaths")[0] for one in cells] == [
        "quake@1#level.main.serious",
        "quake@1#level.main.large",
    ]
    assert owned(bench, "festival") == [["river-city/flood@2026-1#level.flood.raise"]]
    assert owned(bench, "danger") == [["river-city/flood@2026-1#level.flood.I.must"]]
    assert owned(bench, "hospital") == [[], ["group:river-city/flood:rescue"]]
    assert owned(bench, "rainfall")[-2:] == [
        ["river-city/flood@2026-1#level.flood.lower"],
        ["river-city/flood@2026-1#level.flood.end"],
    ]
