"""What confirmed tests cover: only what decided an asserted answer, both ways and at its bound."""

from __future__ import annotations

from functools import cache

import pytest

import planengine
from planengine.scenarios.coverage import Coverage, Covered, Mark, coverage, times_of_editions
from planengine.scenarios.recorder import Recorder
from planengine.scenarios.run import run
from tests.linking.libraries import BASE
from tests.scenarios.conftest import suite_of

JULY_2026 = 1784505600


@cache
def library() -> planengine.Library:
    return planengine.load(BASE)


@cache
def compiled() -> planengine.Engine:
    return library().compile()


def covered(text: str, engine: planengine.Engine | None = None) -> Coverage:
    """What a text of tests covers of a library, the base one by default."""
    engine = engine or compiled()
    entities = engine.library.entities
    recorder = Recorder(entities)
    for _ in run([suite_of(text, engine.library)], engine, recorder):
        pass
    files = {one.span.file for one in entities.written.values() if one.span is not None}
    rules = [engine.rules_at(at) for at in times_of_editions(entities)]
    return coverage(entities, recorder.made, rules, files)


def made(found: Coverage, document: str) -> dict[str, set[str]]:
    """The marks that were made of each thing of a document, by its kind and text."""
    return {
        f"{one.written.kind} {one.written.level}: {one.written.text}": {
            f"{mark.side}{mark.number or ''}" for mark in one.made
        }
        for one in found.items
        if one.written.document == document and one.made
    }


def table(rows: str, decision: str = "grade.accident", hazard: str = "accident") -> str:
    return (
        f"test: x\nhazards: [{hazard}]\nat: 2026-07-20T08:00\n"
        f"tables: [{{table: t, decision: {decision}, rows: [{rows}]}}]\n"
    )


LARGE = "cell large: 死亡 3人以上10人以下"
LARGE_LEAF = "leaf large: 死亡: 3人以上10人以下"


def test_a_bound_is_covered_where_it_is_hit_and_just_missed() -> None:
    found = made(
        covered(table("{deaths: 3, level: large}, {deaths: 2, level: ordinary}")), "accident"
    )
    assert found[LARGE] == {"true", "false"}
    assert found[LARGE_LEAF] == {"true", "false", "at1", "beside1"}


def test_away_from_its_bound_it_is_not() -> None:
    found = made(
        covered(table("{deaths: 5, level: large}, {deaths: 0, level: ordinary}")), "accident"
    )
    assert found[LARGE_LEAF] == {"true", "false"}


def test_the_end_of_a_band_below_a_worse_one_decides_nothing() -> None:
    items = {one.written.id: one for one in covered(table("{deaths: 3, level: large}")).items}
    leaf = next(one for one in items.values() if one.written.text == "死亡: 3人以上10人以下")
    assert [(mark.side, mark.number) for mark in leaf.marks] == [
        ("true", 0),
        ("false", 0),
        ("at", 1),
        ("beside", 1),
    ]


@pytest.mark.parametrize(
    "row",
    [
        "{deaths: '[2..4]', level: ordinary}",  # nobody knows whether it is large
        "{missing: 3, level: none}",  # nothing is known of the dead
        "{deaths: 3, could-reach: large}",  # what could be is not what is
        "{deaths: 10, level: ≥ large}",  # that is serious already
        "{deaths: 3, level: large, proposed: true}",  # nobody has confirmed it
        "{deaths: 3, level: serious}",  # fails
    ],
)
def test_what_shows_nothing_of_a_rule_covers_none_of_it(row: str) -> None:
    found = made(covered(table(row)), "accident")
    assert LARGE not in found
    assert LARGE_LEAF not in found


def test_where_two_rules_give_a_level_neither_decides() -> None:
    both = covered(
        table("{dyke-breach: true, rainfall: 50 mm, level: I}", "response.flood/flood", "flood")
    )
    one = covered(table("{dyke-breach: true, level: I}", "response.flood/flood", "flood"))
    leaf = "leaf I: dyke-breach: true"
    assert "true" in made(one, "river-city/flood")[leaf]
    two_of_one = covered(
        table(
            "{dyke-breach: true, water-level@bridge-station: 30 m, level: I}",
            "response.flood/flood",
            "flood",
        )
    )
    assert "true" in made(both, "river-city/flood")[leaf]
    assert leaf not in made(two_of_one, "river-city/flood")


def test_what_a_decision_reads_is_covered_through_it() -> None:
    """A plan at I because the grade is serious shows the grade's own bound too."""
    text = table("{deaths: 10, level: I}", "response.accident-response")
    found = covered(text)
    assert made(found, "accident")["leaf serious: 死亡: 10人以上"] == {"true", "at1"}
    assert "true" in made(found, "river-city/accident-response")["leaf I: grade.accident: 重大"]


DUTY = """
test: x
hazards: [flood]
scenarios:
  - scenario: signal
    observations: [{{at: 2026-07-20T08:00, area: north-county, issued: {{warning.rain: {level}}}}}]
    expect: [{{at: 2026-07-20T08:00, actions: {{flood.close-schools: {state}}}}}]
"""


def test_a_duty_is_covered_where_it_is_owed_and_where_it_is_not() -> None:
    owed = made(covered(DUTY.format(level="red", state="owed")), "river-city/flood")
    assert owed["action None: 停课"] == {"true"}
    # red in one county or in none: what may be owed is neither owed nor not
    unknown = covered(DUTY.format(level="none", state="possible"))
    assert "action None: 停课" not in made(unknown, "river-city/flood")
    # blue in one county says nothing of the other, of which nobody knows the rain
    assert "action None: 停课" not in made(
        covered(DUTY.format(level="blue", state="owed")), "river-city/flood"
    )


def items_of(engine: planengine.Engine, document: str) -> list[Covered]:
    """What can be covered of a shipped document by the rules of July 2026."""
    entities = engine.library.entities
    files = {one.span.file for one in entities.written.values() if one.span is not None}
    items = coverage(entities, {}, [engine.rules_at(JULY_2026)], files).items
    return [one for one in items if one.written.document == document]


def asked(engine: planengine.Engine, document: str, text: str) -> list[str]:
    return [
        f"{mark.side}{mark.number or ''}"
        for one in items_of(engine, document)
        if one.written.text == text
        for mark in one.marks
    ]


def test_what_any_number_meets_is_not_to_be_missed(engine: planengine.Engine) -> None:
    assert asked(engine, "fire", "死亡: 3人以下") == ["true"]
    assert asked(engine, "metro-operation", "死亡: 1人以上3人以下") == [
        *("true", "false", "at1", "beside1")
    ]


@pytest.mark.parametrize(
    ("document", "text"),
    [
        # from 200 on the level is reached whatever a neighbour has reached
        ("natural-disaster-relief", "死亡和失踪: 160人以上200人以下"),
        # from 48 h on, with as many people, it is worse
        ("special-equipment", "ride-stranding-time: 24小时以上48小时以下"),
    ],
)
def test_an_end_past_which_another_rule_holds_decides_nothing(
    engine: planengine.Engine, document: str, text: str
) -> None:
    assert asked(engine, document, text) == ["true", "false", "at1", "beside1"]


def test_a_row_that_the_registry_excludes_is_not_asked_for(engine: planengine.Engine) -> None:
    """No grid of the model city has a figure of the worst grade."""
    items = items_of(engine, "power-outage")
    worst = [one.written.text for one in items if one.written.level == "especially-serious"]
    assert worst == [
        "生产安全事故等级更高的从高 grade.production-accident: 特别重大",
        "grade.production-accident: 特别重大",
    ]


def test_what_otherwise_says_of_all_is_not_asked_of_its_parts(engine: planengine.Engine) -> None:
    """Fewer than three dead are 一般 as is all other pollution, which the law says beside it."""
    assert asked(engine, "environmental-event", "因污染死亡: 3人以下") == []
    assert "true" in asked(engine, "environmental-event", "因污染死亡: 3人以上10人以下")
    assert "true" in asked(engine, "environmental-event", "otherwise: 一般")


def test_what_each_of_two_rules_needs_decides(engine: planengine.Engine) -> None:
    """A lost source is a row, and is what makes a radiation event: with neither there is none."""
    recorder = Recorder(engine.library.entities)
    text = table(
        "{pollution-occurred: false, radiation-source-4-5-lost: true, level: ordinary}",
        "grade.environmental-event",
        "environmental-pollution",
    )
    assert [one.state for one in run([suite_of(text, engine.library)], engine, recorder)] == [
        "passed"
    ]
    written = engine.library.entities.written
    lost = {
        (written[name].kind, written[name].level)
        for name, made in recorder.made.items()
        if "source-4-5-lost" in written[name].text and Mark("true") in made
    }
    assert lost == {("leaf", None)}


def test_which_hazards_an_incident_has_is_no_condition_of_a_report(
    engine: planengine.Engine,
) -> None:
    """A report of road traffic alone: owed and not, and no third thing beside its conditions."""
    road = [one for one in items_of(engine, "production-accident") if "-road" in one.written.id]
    kinds = {(one.written.kind, one.written.text) for one in road}
    assert ("report", "to: emergency") in kinds
    assert not [text for _, text in kinds if text == "hazards"]


def test_what_is_nearer_than_the_nearest_that_is_asked_for_shows_it_too(
    engine: planengine.Engine,
) -> None:
    recorder = Recorder(engine.library.entities)
    text = table(
        "{loss-gdp-share@chujiang-province: 0.9 %, level: ordinary}",
        "grade.earthquake",
        "earthquake",
    ).replace(
        "decision:", "given: {earthquake-damage: true, 死亡和失踪: 0, magnitude: 3}, decision:"
    )
    states = [one.state for one in run([suite_of(text, engine.library)], engine, recorder)]
    assert states == ["passed"]
    written = engine.library.entities.written
    marks = {
        mark
        for name, made in recorder.made.items()
        if written[name].text.startswith("loss-gdp-share")
        for mark in made
    }
    assert {f"{mark.side}{mark.number or ''}" for mark in marks} == {"false", "beside1"}


AIR = """
test: x
hazards: [heavy-air-pollution]
at: 2026-01-20T10:00
scenarios:
  - scenario: clear
    observations: [{at: 2026-01-20T10:00, facts: {hours-aqi-over-150: 0 h, hours-aqi-over-200: 0 h, hours-aqi-over-300: 0 h}}]
    expect:
      - at: 2026-01-20T10:00
        decisions: {response.heavy-air-pollution: none}
        actions: {heavy-air-pollution.air-consultation: not-owed}
"""


JOINING = """
test: x
hazards: [environmental-pollution]
at: 2026-07-20T10:00
scenarios:
  - scenario: water
    observations:
      - {{at: 2026-07-20T10:00, facts: {{pollution-occurred: true, water-outage-people: {people}}}}}
    expect: [{{at: 2026-07-20T10:00, findings: {{{aspect}: not-covered}}}}]
"""


@pytest.mark.parametrize(
    ("people", "aspect", "marks"),
    [(100000, "has", {"true", "at1"}), (99999, "lacks", {"false", "beside1"})],
)
def test_a_hazard_that_joins_and_that_no_document_is_for_is_covered_by_its_finding(
    engine: planengine.Engine, people: int, aspect: str, marks: set[str]
) -> None:
    items = covered(JOINING.format(people=people, aspect=aspect), engine).items
    (leaf,) = [one for one in items if ".cascade." in one.written.id and one.made]
    assert leaf.written.text == "water-outage-people: 10万人以上"
    assert {f"{mark.side}{mark.number or ''}" for mark in leaf.made} == marks


RELEASE = """
test: x
hazards: [heavy-air-pollution]
scenarios:
  - scenario: {level}
    observations:
      - {{at: 2026-01-20T10:00, decide: {{plan: heavy-air-pollution, level: {level}, by: mayor}}}}
    expect: [{{at: 2026-01-20T10:00, releases: {{heavy-air-pollution.first: owed}}}}]
"""


@pytest.mark.parametrize(("level", "marks"), [("III", {"true", "at1"}), ("I", {"true"})])
def test_a_release_is_covered_at_every_level_that_the_plan_has(
    engine: planengine.Engine, level: str, marks: set[str]
) -> None:
    found = made(covered(RELEASE.format(level=level), engine), "linjiang/heavy-air-pollution")
    assert found["release None: first"] == marks


def test_beside_a_level_lies_the_next_that_there_is(engine: planengine.Engine) -> None:
    """There is no blue signal of heavy pollution and no level IV: one milder than these is none."""
    items = [one for one in covered(AIR, engine).items if Mark("beside", 1) in one.made]
    assert {one.written.text for one in items} == {
        "warning.heavy-air-pollution: yellow",
        "联合每日会商未来3天空气质量和7天趋势",
    }
    assert [[str(mark.side) for mark in one.marks] for one in items] == [
        ["true", "false", "at", "beside"],
        ["true", "false", "at", "beside"],
    ]


FALLING = """
test: x
hazards: [flood]
scenarios:
  - scenario: falling
    observations:
      - {{at: 2026-07-21T00:00, decide: {{plan: flood, track: flood, level: IV, by: flood-office-director, duration: 72 h}}}}
      - {{at: 2026-07-21T02:00, object: hankou, facts: {{water-level: {before}}}}}
      - {{at: 2026-07-22T01:00, began: 2026-07-21T03:00, object: hankou, facts: {{water-level: 25.2 m}}}}
      - {{at: 2026-07-22T01:00, object: shahe-station, facts: {{water-level: 30.9 m}}}}
      - {{at: 2026-07-22T01:00, object: xikou-station, facts: {{water-level: 58.1 m}}}}
      - {{at: 2026-07-22T01:00, object: dongze-lake-station, facts: {{water-level: 23.9 m}}}}
      - {{at: 2026-07-22T01:00, kind: forecast, valid: {{from: 2026-07-22T01:00, until: 2026-07-25T00:00}}, facts: {{rainfall-24h: 0 mm}}}}
    expect: [{{at: {at}, beyond: true, decisions: {{response.flood/flood: {{proposal: {proposal}}}}}}}]
"""


@pytest.mark.parametrize(
    ("before", "at", "proposal", "marks"),
    [
        ("25.3 m", "2026-07-22T02:59", "keep", {"false", "at2"}),  # 24 h ago it was not yet so
        ("25.4 m", "2026-07-22T02:59", "keep", {"false"}),
        ("25.3 m", "2026-07-22T03:00", "end", {"true", "beside2"}),
        ("unknown", "2026-07-22T02:59", "keep", set()),  # nobody knows what was so 24 h ago
    ],
)
def test_what_has_not_lasted_is_covered_by_what_was_before(
    engine: planengine.Engine,
    before: str,
    at: str,
    proposal: str,
    marks: set[str],
) -> None:
    text = FALLING.format(before=before, at=at, proposal=proposal)
    recorder = Recorder(engine.library.entities)
    (result,) = run([suite_of(text, engine.library)], engine, recorder)
    assert result.state == "passed"
    body = "linjiang/flood@2026-1#level.flood.end/lasting~928bdc71/water-level@hankou~dc3e1605"
    found = {str(one): made for one, made in recorder.made.items()}.get(body, set())
    assert {f"{mark.side}{mark.number or ''}" for mark in found} == marks


@pytest.mark.slow
def test_a_duty_that_brings_its_level_is_asked_for_at_no_milder_one(
    engine: planengine.Engine,
) -> None:
    """Wherever a polder is needed level II is reached; a breach of an ordinary dyke is at III."""
    entities = engine.library.entities
    files = {one.span.file for one in entities.written.values() if one.span is not None}
    rules = [engine.rules_at(at) for at in times_of_editions(entities)]
    sides = {
        str(one.written.id).partition("#")[2]: {mark.side for mark in one.marks}
        for one in coverage(entities, {}, rules, files).items
    }
    assert sides["action.clear-polder.flood.II"] == {"true", "false", "at"}
    assert sides["action.use-polder.flood.II"] == {"true", "false", "at"}
    assert sides["action.breach-rescue.flood.II"] == {"true", "false", "at", "beside"}
    assert sides["action.open-shelters.flood.II"] == {"true", "false", "at", "beside"}


def test_every_edition_is_asked_for(shipped: planengine.Library) -> None:
    times = times_of_editions(shipped.entities)
    every = [
        *(one for editions in shipped.entities.standards.values() for one in editions),
        *(one for editions in shipped.entities.plans.values() for one in editions),
    ]
    for one in every:
        assert any(one.edition.period.contains(at) for at in times), one.id
    assert len(times) < 15


def test_the_shares_add_up() -> None:
    found = covered(table("{deaths: 3, level: large}, {deaths: 2, level: ordinary}"))
    marks = [(len(one.marks), len(one.marks) - len(one.missing)) for one in found.items]
    assert (found.marks, found.made) == (sum(m for m, _ in marks), sum(d for _, d in marks))
    assert found.percent == pytest.approx(100 * found.made / found.marks)
    assert Coverage(()).percent == 100.0
