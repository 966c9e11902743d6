"""The default screen when everything comes at once, nothing is known, or all is done."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

import planengine
from planengine.assessment.assessment import Assessment
from planengine.screens.assessment_view import view
from planengine.screens.brief_rows import duty_rows, level_rows, question_rows
from planengine.screens.changes import changes
from planengine.screens.screen import Screen
from tests.assessment.conftest import Small, day, in_force, stated
from tests.assessment.test_per_object import FACTS
from tests.shipped import ROOT

NOON = "2026-07-18T12:30:00+08:00"
LANGUAGES = ("zh", "en")
LONG = "a plan with a name that goes on and on until it is long, 60 c"


def told(found: Assessment, language: Any = "en", columns: int = 1000, **options: Any) -> str:
    text = view(found, language, screen=Screen(columns, colour=False), **options)
    return text.replace("\u00a0", " ")


def fits(found: Assessment, **options: Any) -> None:
    """At most forty lines of a hundred columns, in both languages."""
    for language in LANGUAGES:
        lines = told(found, language, 100, **options).splitlines()
        assert len(lines) <= 40, "\n".join(lines)
        assert max(map(wcswidth, lines)) <= 100


def with_facts(*facts: dict[str, Any], hazards: tuple[str, ...] = ("flood",)) -> dict[str, Any]:
    return {"incident": "x", "hazards": list(hazards), "observations": list(facts)}


# Too much of everything

LEVEL = """
any: {deaths: {I: 30人以上, II: 10人以上30人以下, III: 3人以上10人以下}}
levels:
  - {level: I, approve: {post: p%d}}
  - {level: II, approve: {post: p%d}}
  - {level: III, approve: {post: p%d}}
actions:
  - {id: go, from: III, executor: office, do: go and see what there is to be seen, within: 1 h, of: met}
"""


@pytest.fixture
def thirty(tmp_path: Path) -> Small:
    """Thirty plans with long names, each with an approver of its own."""
    small = Small(tmp_path)
    registry = tmp_path / "registry.yaml"
    posts = ", ".join(f"p{n}: {{label: {{en: approver {n}}}, in: office}}" for n in range(30))
    registry.write_text(registry.read_text().replace("posts: {", f"posts: {{{posts}, "))
    for number in range(30):
        small.plan(f"plan{number}", LEVEL % (number, number, number))
        path = tmp_path / "plans" / f"plan{number}.yaml"
        label = f"label: {{en: '{LONG} {number:>2}'}}"
        path.write_text(path.read_text().replace(f"label: {{en: plan{number} plan}}", label))
    return small


@pytest.mark.slow
def test_thirty_plans_with_long_names_fit_and_what_is_left_out_is_counted(thirty: Small) -> None:
    facts = stated("08:00", deaths=5), stated("12:00", deaths=12)
    found, before = thirty.assess(*facts, at="12:00"), thirty.assess(*facts, at="08:00")
    assert len(level_rows(found)) == 30
    for options in ({}, {"before": before}):
        fits(found, **options)
        text = told(found, "en", 100, **options)
        shown = len(re.findall(r"^[ \d]\d +level II ", text, re.MULTILINE))
        left = re.search(r"(\d+) levels,", text.splitlines()[-1])
        assert left is not None
        assert 3 <= shown == 30 - int(left[1])
        decided = len(re.findall(r"approver \d+: must start level II", text))
        more = re.search(r"^ and (\d+) more to be decided$", text, re.MULTILINE)
        assert more is not None
        assert 3 <= decided == 30 - int(more[1])
        # what held stands whole in each row
        assert text.count("deaths 12") >= shown


def test_two_hundred_objects_fit_and_the_worst_comes_first(tmp_path: Path) -> None:
    small = Small(tmp_path)
    facts, _, kinds = FACTS.partition("object-kinds")
    vocabulary, registry = tmp_path / "vocabulary.yaml", tmp_path / "registry.yaml"
    text = vocabulary.read_text().replace("facts:\n", facts, 1)
    vocabulary.write_text(f"{text}object-kinds{kinds}")
    gauge = "  g{0}: {{label: {{en: Gauge {0}}}, kind: gauge, in: north, attributes: {{warning-stage: 10 m, size: major}}}}\n"
    registry.write_text(
        registry.read_text() + "objects:\n" + "".join(gauge.format(n) for n in range(200))
    )
    body = "per: gauge\nlevels:\n  - {level: I, approve: {post: chief}, when: {stage: ≥ 15 m}}\n"
    small.plan("dam", body + "  - {level: II, approve: {post: chief}, when: {stage: ≥ 10 m}}\n")
    seen = [
        {"at": day("08:00"), "object": f"g{n}", "facts": {"stage": f"{16 if n == 77 else 11} m"}}
        for n in range(200)
    ]
    found = small.assess(*seen, at="08:00")
    fits(found)
    text = told(found)
    assert re.search(r"chief: must start level I: 1; level II: 2, 3.* and \d+ more", text)
    first = next(line for line in text.splitlines() if line.startswith(" 1 "))
    assert re.match(r" 1  level I +dam plan @ Gauge 77", first)
    assert "stage 16 m (≥ 15)" in text
    assert "stage @ Gauge 77" not in text  # the row says where


def test_every_hazard_at_once_fits_and_those_without_a_plan_are_named_together(
    engine: planengine.Engine,
) -> None:
    entities = engine.library.entities
    facts = {"at": NOON, "facts": {"deaths": 35}}
    incident = {**with_facts(facts, hazards=tuple(entities.hazards)), "incident": "long" * 30}
    found = engine.assess(incident)
    fits(found)
    bare = [one for one in found.coverage if not one.covered]
    assert len(bare) > 5
    lines = told(found, "en", 100).splitlines()
    assert re.match(r"(long)+l?o?n?… +2026-07-18 12:30\+08:00 +look again", lines[0])
    head = f"! {len(bare)} hazards that nothing in force is for, only consequences judged: "
    assert lines[1].startswith(head)
    assert re.search(r"\(\d+ more\)$", lines[2])


# What people did

PROVINCE = {"plan": "flood", "jurisdiction": "chujiang-province", "level": "I", "track": "flood"}


def test_a_level_that_follows_from_a_plan_outside_the_answer_names_it(
    engine: planengine.Engine,
) -> None:
    found = engine.assess(with_facts({"at": NOON, "decide": PROVINCE}))
    assert "chujiang-province/flood/flood@chujiang-province" not in found.situation.index
    row = "← Chujiang flood and drought plan·flood response @ Chujiang province Level I in force"
    assert row in told(found)
    assert "← 楚江省防汛抗旱应急预案·防汛应急响应 @ 楚江省 一级（已启动）" in told(found, "zh")


DAM = """
any: {deaths: {I: 10人以上, II: 3人以上10人以下}}
levels:
  - {level: I, approve: {post: chief}}
  - {level: II, approve: {post: chief}}
"""


def rows(found: Assessment, language: Any = "en") -> str:
    return "\n".join(line for line in told(found, language).splitlines() if line[:2] == " 1")


def test_what_is_in_force_beyond_the_facts_stands_with_who_started_it(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", DAM)
    found = small.assess(stated("08:00", deaths=4), in_force("08:30", "I"), at="09:00")
    assert rows(found) == (
        " 1  level I  (in force) dam plan  the facts give level II  keep  started 08:30 by chief; "
        "the facts: deaths 4 (3–9), 08:00, clause 1"
    ) or told(found).splitlines()[2:4] == [
        " 1  level I  (in force) dam plan  the facts give level II  keep",
        "             started 08:30 by chief; the facts: deaths 4 (3–9), 08:00, clause 1",
    ]
    assert "chief 08:30 启动；据事实：deaths 4 人（3–9）" in told(found, "zh")
    milder = small.assess(stated("08:00", deaths=12), in_force("08:30", "II"), at="09:00")
    assert rows(milder) == " 1  level I  dam plan  in force: level II"


def test_what_people_ended_is_not_shown_as_if_it_waited(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", DAM)
    facts = stated("08:00", deaths=4), in_force("08:30", "II"), in_force("09:00", "none")
    found = small.assess(*facts, at="09:30")
    assert rows(found) == " 1  level II  dam plan  ended 09:00"
    assert "Decide now" not in told(found)
    assert "09:00 已终止" in told(found, "zh")


def test_of_a_lower_and_a_worse_level_that_give_one_the_worse_is_told(
    engine: planengine.Engine,
) -> None:
    """The facts give II and I is in force: what follows from it follows from I."""
    found = engine.assess(ROOT / "examples" / "flood-day.yaml")
    text = told(found)
    assert "Linjiang general plan  could reach Level I  ← 1 Level I in force" in text
    assert "← 1 Level II" not in text


def test_a_level_that_reads_an_issued_one_names_what_was_issued(engine: planengine.Engine) -> None:
    at = "2026-07-18T21:00:00+08:00"
    found = engine.assess(ROOT / "examples" / "flood-day.yaml", at=at)
    assert "← 1 红色（已发布）；洪水量级 较大洪水" in told(found, "zh", 100)
    assert "（已发布）暴雨预警信号  据事实为无  临江市气象局 13:00 发布" in told(found, "zh", 100)


# Nothing known, or nothing left to do


def test_where_nothing_is_reached_the_worst_that_is_not_excluded_is_named(
    engine: planengine.Engine,
) -> None:
    found = engine.assess(with_facts(), at=NOON)
    assert level_rows(found) == []
    text = told(found)
    assert "No plan or standard reaches a level.\nNot excluded: Linjiang flood and drought" in text
    assert re.search(r"plan·flood response Level I and \d+ more\n", text)
    assert "尚不能排除：临江市防汛抗旱应急预案·防汛应急响应 一级等 " in told(found, "zh")


def test_what_hangs_on_something_open_stands_apart_if_its_hazard_has_joined(
    engine: planengine.Engine,
) -> None:
    at = "2026-10-21T08:50:00+08:00"
    found = engine.assess(ROOT / "examples" / "mine-flood.yaml", at=at)
    following, _ = duty_rows(found)
    assert {one.certainty for one in following} == {"possible"}
    text = told(found)
    assert "\nNext\n" not in text
    lines = text.splitlines()
    apart = lines.index("Only if it turns out so")
    first = " AT ONCE  unit where it happened: 保护事故现场和证据"
    assert lines[apart + 1].startswith(first)
    # pollution may join, and has not: what its plan would ask is counted only
    polluted = [
        one for one in found.actions if one.asked[0].plan == "linjiang/environmental-events"
    ]
    assert polluted
    assert {one.certainty for one in polluted} == {"possible"}
    assert "切断污染源" not in text
    assert "切断污染源" in told(found, everything=True)
    assert "条件未明，尚不能确定须做" in told(found, "zh")
    left = re.search(r"(\d+) duties", lines[-1])
    assert left is not None
    shown = [one for one in lines[apart + 1 : apart + 6] if one.startswith(" ")]
    assert int(left[1]) == len(found.actions) + len(found.reports) - len(shown)


def test_where_all_is_done_it_says_so(tmp_path: Path) -> None:
    actions = "actions: [{id: call, from: II, executor: office, do: call, within: 1 h, of: met}]\n"
    small = Small(tmp_path).plan("dam", DAM + actions)
    facts = (
        stated("08:00", deaths=4),
        {"at": day("08:20"), "done": {"plan": "dam", "action": "call"}},
    )
    found = small.assess(*facts, at="08:30")
    assert "\nAll 1 duties are done or over\n" in told(found)
    assert " 1 done" in told(found).splitlines()[-1]
    assert "1 项任务均已办结" in told(found, "zh")
    assert "duties are done" not in told(small.assess(facts[0], at="08:30"))


def test_an_exercise_says_so_before_anything_else(engine: planengine.Engine) -> None:
    seen = {"at": NOON, "status": "exercise", "facts": {"deaths": 12}}
    found = engine.assess({**with_facts(seen), "status": "exercise"})
    fits(found)
    assert told(found, "zh").splitlines()[1] == " 演练或测试数据——不得作为实际研判"


# Order and words


def test_a_clock_time_of_a_plan_not_started_comes_when_the_clock_shows_it(
    engine: planengine.Engine,
) -> None:
    at = "2026-09-12T03:45:00+08:00"
    found = engine.assess(ROOT / "examples" / "earthquake.yaml", at=at)
    daily = next(one for one in found.reports if one.report == "relief-county-daily")
    assert daily.deadline is not None
    assert daily.deadline.due is None
    assert daily.deadline.earliest == found.at + (6 * 60 + 15) * 60  # at 10:00
    times = re.findall(
        r"^ (AT ONCE|\d\d:\d\d) ", told(found).partition("\nNext\n")[2], re.MULTILINE
    )
    assert times[:5] == ["AT ONCE", "AT ONCE", "03:54", "03:54", "03:57"]


def test_the_incidents_own_documents_are_asked_for_first(engine: planengine.Engine) -> None:
    """Not the rain of a warning that is only read beside them."""
    at = "2026-09-12T03:27:00+08:00"
    found = engine.assess(ROOT / "examples" / "earthquake.yaml", at=at)
    assert level_rows(found) == []
    own = {judge.document for one in found.coverage for judge in one.judges}
    units = {one.id: one.plan or one.standard for one in found.decisions}
    asked = [{units[unit] for unit, _ in row.could_give} for row in question_rows(found)]
    assert not own.isdisjoint(asked[0])
    by_own = [own.isdisjoint(documents) for documents in asked]
    assert by_own == sorted(by_own)
    assert True in by_own


def test_a_rung_of_a_ladder_is_shown_at_its_minute(tmp_path: Path) -> None:
    ladder = (
        "actions:\n"
        "  - {id: call, from: II, executor: office, do: call, within: 10 min, of: met}\n"
        "  - {id: deputy, on: {overdue: call}, executor: health, do: stand in, within: 5 min, of: met}\n"
    )
    small = Small(tmp_path).plan("dam", DAM + ladder)
    found = small.assess(stated("08:00", deaths=4), at="08:12")
    due = [one.deadline.due for one in found.actions if one.deadline and one.deadline.due]
    assert {time % 60 for time in due} == {0, 1}
    assert "\n 08:15  health: stand in" in told(found)
    assert " 07-01 08:15 " in told(found, everything=True)
    assert ":01" not in told(found)


def test_ranges_choices_and_units_read_as_people_write_them(engine: planengine.Engine) -> None:
    at = "2026-09-12T03:45:00+08:00"
    quake = engine.assess(ROOT / "examples" / "earthquake.yaml", at=at)
    assert (
        "magnitude 5.6 (≥ 5 and < 6); population density fairly dense (fairly dense or dense), "
        "emergency management bureau 03:40"
    ) in told(quake)
    assert "震级 5.6 级（≥ 5 且 < 6）；人口密集程度 人口较密集（人口较密集 或 人口密集）" in told(
        quake, "zh"
    )
    later = engine.assess(ROOT / "examples" / "earthquake.yaml", at="2026-09-12T06:30:00+08:00")
    assert "dead and missing 17–27 (5–29), Xikou emergency bureau 05:40 est." in told(later)
    assert "死亡失踪人数 17–27 人（5–29），溪口县应急管理局 05:40 估计" in told(later, "zh")


def test_a_warning_of_home_is_no_change_of_each_part(engine: planengine.Engine) -> None:
    path = ROOT / "examples" / "flood-day.yaml"
    then = "2026-07-18T08:00:00+08:00"
    now, before = engine.assess(path, at=NOON), engine.assess(path, at=then, known_at=then)
    put = [(one.area, old, new) for one, old, new in changes(before, now).in_force]
    assert put == [("linjiang", None, "orange")]
    signal = {"at": "2026-07-18T12:20:00+08:00", "issued": {"warning.rainstorm": "red"}}
    own = {**signal, "by": "weather-bureau", "area": "nanpu-county"}
    orange = {**signal, "issued": {"warning.rainstorm": "orange"}, "by": "weather-bureau"}
    incident = with_facts(
        {**orange, "at": "2026-07-18T09:00:00+08:00"}, own, hazards=("rainstorm",)
    )
    now, before = (
        engine.assess(incident, at=NOON),
        engine.assess(incident, at="2026-07-18T12:00:00+08:00"),
    )
    worse = [(one.area, old, new) for one, old, new in changes(before, now).in_force]
    assert worse == [("nanpu-county", "orange", "red")]


def test_new_releases_of_one_body_are_told_apart(tmp_path: Path) -> None:
    releases = (
        "information: {body: office, approve: {post: chief}, first-within: 5 h, "
        "conference-within: 24 h, of: start}\n"
    )
    small = Small(tmp_path).plan("dam", DAM + releases)
    facts = stated("08:00", deaths=1), stated("09:00", deaths=4)
    now, before = small.assess(*facts, at="09:00"), small.assess(facts[0], at="08:00")
    told_apart = "2 new duties: office → the public: first release; office → the public: press"
    assert told_apart in told(now, before=before)


# Telephones

CONTACTS = """
actions:
  - {id: call, from: II, executor: {post: chief, or: {post: deputy}}, do: call, to: health, within: 1 h, of: met}
  - {id: look, from: II, executor: office, do: look, within: 2 h, of: met}
"""


@pytest.mark.parametrize("everything", [False, True])
def test_telephones_stand_below_their_duties(tmp_path: Path, everything: bool) -> None:
    small = Small(tmp_path).plan("dam", DAM + CONTACTS)
    registry = tmp_path / "registry.yaml"
    text = registry.read_text()
    for name, contact in (
        ("health: {label: {en: health}, in: city, reports-to: government", "{phone: [120], room: 301, as-of: 2026-05-01}"),
        ("deputy: {label: {en: deputy}, in: office", "{phone: 139}"),
    ):  # fmt: skip
        assert name in text
        text = text.replace(name, f"{name}, contacts: {contact}")
    registry.write_text(text)
    found = small.assess(stated("08:00", deaths=4), at="08:10")
    lines = [
        line.strip()
        for line in told(found, everything=everything, contacts=True).splitlines()
        if line.strip()
    ]
    call = next(n for n, line in enumerate(lines) if ": call" in line)
    look = next(n for n, line in enumerate(lines) if "office: look" in line)
    below = [line for line in lines[call + 1 : look] if ": " in line and "plan" not in line]
    assert below == [
        "deputy: 139 (not known when checked)",
        "health: 120, duty room 301 (as of 2026-05-01)",
    ]
    assert "no contact is registered" in lines[look + 1 : look + 3]
    assert "120" not in told(found, everything=everything)
    chinese = told(found, "zh", everything=everything, contacts=True)
    assert "health：120，值班室 301（2026-05-01 核实）" in chinese
    assert "没有登记联系方式" in chinese
