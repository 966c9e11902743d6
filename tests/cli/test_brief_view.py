"""The default screen: what it says, in which order, in how many lines, and what it leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from wcwidth import wcswidth

import planengine
from planengine.assessment.assessment import Assessment
from planengine.assessment.decisions import Decision
from planengine.assessment.phrases import Language
from planengine.assessment.results import ActionItem, ReportItem
from planengine.assessment.words import Words
from planengine.domain.entities import Entities
from planengine.domain.ids import UnitKey
from planengine.domain.parts import Label
from planengine.rules.conditions import LevelCell
from planengine.screens import brief_view
from planengine.screens.assessment_view import view
from planengine.screens.brief_rows import duty_rows, level_rows, place_of, question_rows, unlike
from planengine.screens.changes import changes
from planengine.screens.screen import Screen, clip
from tests.acceptance.test_examples import LEVELS
from tests.assessment.conftest import Small, in_force, stated
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
QUICK: list[tuple[str, str | None]] = [
    ("chemical-explosion", None),
    ("mine-flood", "2026-10-21T10:30:00+08:00"),
]
REST = [one for one in (*LEVELS, *((path.stem, None) for path in EXAMPLES)) if one not in QUICK]
TIMES = [*QUICK, *(pytest.param(*one, marks=pytest.mark.slow) for one in REST)]
NOON = "2026-07-18T12:30:00+08:00"
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FOUND: dict[tuple[str, str | None], Assessment] = {}


def assessed(engine: planengine.Engine, name: str, at: str | None = None) -> Assessment:
    """An example at a time; each is worked out once."""
    key = name, at
    if key not in _FOUND:
        _FOUND[key] = engine.assess(ROOT / "examples" / f"{name}.yaml", at=at)
    return _FOUND[key]


def told(found: Assessment, language: Language, columns: int = 1000, **options: Any) -> str:
    return view(found, language, screen=Screen(columns, colour=False), **options)


def part(text: str, title: str) -> list[str]:
    """The rows under a title."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(title)) + 1
    end = next((n for n in range(start, len(lines)) if lines[n][:1] != " "), len(lines))
    return lines[start:end]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "at"), TIMES)
def test_a_screen_has_forty_lines_of_a_hundred_columns_at_most(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = assessed(engine, name, at)
    for language in LANGUAGES:
        lines = told(found, language, 100).splitlines()
        assert len(lines) <= 40, language
        assert max(map(wcswidth, lines)) <= 100


@pytest.mark.slow
@pytest.mark.parametrize("since", ["2026-07-18T06:30:00+08:00", NOON, "2026-07-19T09:30:00+08:00"])
def test_it_has_forty_lines_with_what_changed_too(engine: planengine.Engine, since: str) -> None:
    found = assessed(engine, "flood-day")
    before = engine.assess(Path(FLOOD), at=since, known_at=since)
    for language in LANGUAGES:
        assert len(told(found, language, 100, before=before).splitlines()) <= 40


@pytest.mark.parametrize("columns", [40, 63, 80])
def test_a_narrower_terminal_changes_no_words(engine: planengine.Engine, columns: int) -> None:
    for language in LANGUAGES:
        found = assessed(engine, "mine-flood", "2026-10-21T10:30:00+08:00")
        lines = told(found, language, columns).splitlines()
        assert max(map(wcswidth, lines)) <= columns
        wide = told(found, language)
        assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", wide)


HEAD = re.compile(r"[ \d]\d  ?(?!牵头|is led)\S")  # the first line of a level
SINCE = {
    "flood-day": ["2026-07-18T06:30:00+08:00", NOON, "2026-07-19T01:00:00+08:00"],
    "earthquake": ["2026-09-12T03:30:00+08:00", "2026-09-12T06:30:00+08:00"],
    "chemical-explosion": ["2026-06-09T14:50:00+08:00"],
    "mine-flood": ["2026-10-21T10:30:00+08:00"],
}


def bare(text: str) -> str:
    """Without blanks, which lines may be broken at, and with ranges as the screen writes them."""
    text = re.sub(r"\[([^\s\[\]()]+?)\.\.([^\s\[\]()]+?)\]", r"\1–\2", text)
    return re.sub(r"\s", "", text)


def level_texts(text: str) -> list[str]:
    """What stands in each level's row, its further lines included."""
    rows: list[str] = []
    for line in text.splitlines():
        if HEAD.match(line):
            rows.append(line)
        elif rows and line.startswith("     "):
            rows[-1] += line
        elif rows:
            break
    return [bare(row) for row in rows]


def whole_reasons(found: Assessment, row: Decision, order: list[UnitKey], words: Words) -> set[str]:
    """Each of what may give a level, whole: what held with its value, or the row it follows from."""
    whole: set[str] = set()
    for held in (held for reason in row.why for held in reason.held):
        if isinstance(held.cell, LevelCell):
            unit = held.cell.unit
            document = found.situation.outline.unit(unit).document
            whole.add(f"← {order.index(unit) + 1}" if unit in order else words.document(document))
        else:
            name = words.cell(held.cell)
            if getattr(held.cell, "place", None) == row.area:
                name = name.removesuffix(f" @ {words.place(row.area)}")
            whole.add(f"{name} {words.known(held.cell, held.value)}")
    return {bare(one) for one in whole}


@pytest.mark.parametrize(("name", "at"), TIMES)
def test_each_level_has_a_reason_that_is_not_cut_however_dense_the_screen(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = assessed(engine, name, at)
    earlier = [time for time in SINCE[name] if at is None or time < at]
    befores = [None, *(assessed(engine, name, time) for time in earlier)]
    order = [row.key for row in level_rows(found)]
    for language in LANGUAGES:
        words = Words(engine.library.entities, language, at=found.at)
        for before in befores:
            texts = level_texts(told(found, language, 100, before=before))
            assert len(texts) >= min(len(order), 13)
            for row, text in zip(level_rows(found), texts, strict=False):
                assert bare(row.label.text(language) or "") in text
                if row.issued:
                    assert bare(words.level(row.scale, row.issued)) in text
                    assert {"zh": "发布", "en": "issued"}[language] in text
                elif row.level:
                    whole = whole_reasons(found, row, order, words)
                    assert [one for one in whole if one in text], text


@pytest.mark.parametrize(("name", "at"), TIMES)
def test_the_most_severe_comes_first_and_each_level_has_its_row(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = assessed(engine, name, at)
    rows = level_rows(found)
    places = [
        min(place_of(found, row.scale, one) for one in (row.issued, row.level, row.in_force))
        for row in rows
    ]
    assert places == sorted(places)
    for language in LANGUAGES:
        lines = told(found, language).splitlines()
        heads = [n for n, line in enumerate(lines) if HEAD.match(line)]
        assert len(heads) == len(rows)
        for row, head in zip(rows, heads, strict=True):
            assert row.label.text(language) in lines[head]


def ids_of(entities: Entities) -> Iterator[str]:
    for table in (
        entities.facts, entities.scales, entities.hazards, entities.object_kinds, entities.verbs,
        entities.moments, entities.calendars, entities.sources, entities.jurisdictions,
        entities.objects, entities.agencies, entities.posts, entities.roles, entities.standards,
        entities.plans, entities.area_attributes,
    ):  # fmt: skip
        yield from table
    for kind in entities.object_kinds.values():
        yield from kind.attributes
    for editions in entities.plans.values():
        for plan in editions:
            yield plan.id
            for items in (plan.actions, plan.reports, plan.links, plan.tracks, plan.information):
                yield from (str(one.id) for one in items)


def words_in(value: object) -> Iterator[str]:
    """The words of all labels and texts that may be shown."""
    if isinstance(value, Label):
        for _, text in value.texts:
            yield from re.findall(r"[\w/@.-]+", text)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name in {"label", "do", "object", "value_labels", "texts"} or not isinstance(
                getattr(value, name), str
            ):
                yield from words_in(getattr(value, name))
    elif isinstance(value, dict):
        for one in value.values():
            yield from words_in(one)
    elif isinstance(value, tuple):
        for one in value:
            yield from words_in(one)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "at"), TIMES)
def test_no_id_is_shown(engine: planengine.Engine, name: str, at: str | None) -> None:
    entities = engine.library.entities
    said = set(words_in(entities))
    found = assessed(engine, name, at)
    clauses = {act.clause for act in found.situation.rules.acts}
    ids = {one for one in (*ids_of(entities), *clauses) if re.search(r"[-/@.]", one)} - said
    assert len(ids) > 500
    for language in LANGUAGES:
        for everything in (False, True):
            text = told(found, language, everything=everything)
            shown = set(re.findall(r"[A-Za-z0-9]+(?:[-/@.][A-Za-z0-9]+)+", text))
            assert shown & ids == set()
            assert not [word for word in shown if re.match(r"[a-z].*[a-z]@[a-z]", word)]
        if language == "zh":
            latin = set(re.findall(r"(?<![\w-])[a-z][a-z-]{2,}(?![\w-])", told(found, "zh")))
            assert latin & set(ids_of(entities)) == set()


def counts(last: str) -> dict[str, int]:
    return {kind: int(count) for count, kind in re.findall(r"(\d+) ([a-z]+)", last)}


@pytest.mark.parametrize(("name", "at"), TIMES)
def test_the_last_line_counts_what_is_left_out(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = assessed(engine, name, at)
    text = told(found, "en")
    left = counts(text.splitlines()[-1])
    following, late = part(text, "Next"), []
    overdue = re.search(r"^Overdue: (\d+), not reported done or made", text, re.MULTILINE)
    if overdue:
        late = part(text, "Overdue")
    whole = len(found.actions) + len(found.reports)
    owed: list[ActionItem | ReportItem] = [*found.actions, *found.reports]
    all_late = len([one for one in owed if one.deadline and one.deadline.overdue])
    assert len(following) == 5
    assert int(overdue[1] if overdue else 0) == all_late == len(late) + left.get("overdue", 0)
    assert 1 <= len(late) <= 3 or not all_late
    assert left["duties"] + left.get("done", 0) == whole - all_late - 5
    asked = part(text, "Ask first")
    assert 1 <= len(asked) <= 3
    assert left["questions"] == len(found.ask) - len(asked)
    assert left["assumed"] == len(found.assumed)
    others = text.splitlines()[-1].endswith(", and others")
    assert left.get("bodies", 0 if others else None) == (0 if others else len(found.agencies))
    everything = told(found, "en", everything=True)
    open_ones = part(everything, "Not excluded") if "\nNot excluded" in everything else []
    assert left.get("not", 0) == len([one for one in open_ones if one.strip()])


def is_above(item: ActionItem | ReportItem) -> bool:
    """Whether a body of the nation or the province alone owes it."""
    bodies = item.bodies if isinstance(item, ActionItem) else item.by
    return bool(bodies) and all(one == "mem" or one.startswith("chujiang-") for one in bodies)


@pytest.mark.parametrize(("name", "at"), TIMES)
def test_what_is_due_at_once_comes_first_then_by_time_and_overdue_the_newest(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = assessed(engine, name, at)
    following, late = duty_rows(found)
    limits = [(one, one.deadline) for one in following if one.certainty != "possible"]
    keys = [
        (not limit.at_once, limit.at_once and is_above(one), limit.earliest)
        for one, limit in limits
        if limit is not None
    ]
    assert keys == sorted(keys)
    times = [one.deadline.due or 0 for one in late if one.deadline]
    assert times == sorted(times, reverse=True)
    text = told(found, "en")
    first = [line.startswith(" AT ONCE") for line in part(text, "Next")]
    assert first == sorted(first, reverse=True)
    if late:
        assert text.index("\nNext\n") < text.index("\nOverdue: ")


def test_what_bodies_above_owe_at_once_comes_after_what_our_own_do(
    engine: planengine.Engine,
) -> None:
    following, _ = duty_rows(assessed(engine, "mine-flood", "2026-10-21T10:30:00+08:00"))
    sure = [one for one in following if one.certainty != "possible"]
    due = [one for one in sure if one.deadline is not None and one.deadline.at_once]
    assert [one.report for one in due if isinstance(one, ReportItem) and is_above(one)] == [
        "ministry-at-once",
        "province-at-once",
        "ministry-to-state-council",
        "province-flash-to-ministry",
    ]
    assert [is_above(one) for one in due] == [False] * (len(due) - 4) + [True] * 4


def test_of_two_dead_and_53_missing_it_says_who_leads_and_what_was_reported(
    engine: planengine.Engine,
) -> None:
    found = assessed(engine, "mine-flood", "2026-10-21T10:30:00+08:00")
    text = told(found, "en").replace("\u00a0", " ")
    assert re.search(
        r"^ 1  Level I +Linjiang production-safety plan·mine response\n"
        r" +trapped or unaccounted for ≥ 53 \(≥ 30\), Qingshi emergency bureau 10:10, clause 4.2.1\n",
        text,
        re.MULTILINE,
    )
    assert "production-accident grade  as reported up to especially serious\n" in text
    assert "\n mayor or Party secretary: must start Level I: 1 Linjiang production-safety" in text
    assert "\n 1 is led by: emergency management bureau, Linjiang government\n" in text
    assert re.search(r"\n AT ONCE  Linjiang government → Chujiang government: report: ", text)
    assert "read by no decision: people underground at the time (no rule reads it)" in text
    chinese = told(found, "zh").replace("\u00a0", " ")
    assert "生产安全事故分级  据报可达特别重大\n" in chinese
    assert "被困或下落不明人数 ≥ 53 人（≥ 30），青石县应急管理局 10:10，依据 4.2.1" in chinese


def test_what_gives_the_level_is_told_before_that_it_has_happened(
    engine: planengine.Engine,
) -> None:
    """That the river is polluted is asked by each grade; that an intake is shut makes it 重大."""
    lines = told(
        assessed(engine, "chemical-explosion", "2026-06-09T20:40:00+08:00"), "zh", 100
    ).splitlines()
    place = next(n for n, line in enumerate(lines) if line.endswith("重大  突发环境事件分级"))
    assert lines[place + 1].strip().startswith("饮用水水源地取水中断 县级城市水源地；")


def test_a_figure_that_decides_and_was_not_verified_is_marked(engine: planengine.Engine) -> None:
    found = assessed(engine, "earthquake", "2026-09-12T03:45:00+08:00")
    english = told(found, "en").splitlines()
    marked = [n for n, line in enumerate(english) if "figure unverified" in line]
    assert ["earthquake grade" in english[n - 1] for n in marked] == [True]
    assert told(found, "zh").count("数值未核实") == 1
    assert "unverified" not in told(assessed(engine, "flood-day"), "en")


@pytest.mark.parametrize("everything", [False, True])
def test_an_issued_level_stands_and_is_not_called_none(
    engine: planengine.Engine, everything: bool
) -> None:
    found = assessed(engine, "flood-day")
    text = told(found, "zh", everything=everything).replace("\u00a0", " ")
    row = next(line for line in text.splitlines() if "暴雨预警信号" in line)
    assert re.search(r" 红色 +（已发布）暴雨预警信号  据事实为无( |$)", row)
    assert not re.search(r"^ *(\d+ )? *无 ", text, re.MULTILINE)


def test_a_number_of_which_nothing_is_known_is_not_called_at_least_none(
    engine: planengine.Engine,
) -> None:
    lines = told(assessed(engine, "chemical-explosion", "2026-06-09T14:50:00+08:00"), "zh")
    (line,) = [one for one in lines.splitlines() if one.startswith(" ? 死亡和危重病例数")]
    assert line.startswith(" ? 死亡和危重病例数 不详，问临江市卫生健康委员会")


def test_no_question_is_asked_that_an_issued_level_answers(engine: planengine.Engine) -> None:
    found = assessed(engine, "flood-day")
    issued = {one.id for one in found.decisions if one.issued == "red"}
    assert issued
    alone = [
        row for row in found.ask if row.could_give and {u for u, _ in row.could_give} <= issued
    ]
    asked = question_rows(found)
    assert [row for row in alone if row in asked] == []
    assert len(asked) == len(found.ask) - len(alone)


PLAN = """
any: {deaths: {I: 10人以上, II: 3人以上10人以下}}
levels:
  - {level: I, approve: {post: chief}}
  - {level: II, approve: {post: chief}}
actions:
  - {id: call, from: II, verb: may, executor: {post: chief}, do: call them, within: 1 h, of: met}
  - {id: tell, from: I, executor: office, do: tell them, within: 1 h, of: met}
  - {id: warn, from: I, as: indicated, executor: office, do: warn them, within: 2 h, of: met}
  - {id: rest, levels: [II], executor: office, do: keep watch, within: 3 h, of: met}
"""


def test_a_duty_names_the_post_its_verb_and_what_it_hangs_on(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", PLAN)
    found = small.assess(stated("08:00", deaths="[4..12]"), at="08:10")
    rows = part(told(found, "en").replace("\u00a0", " "), "Next")
    assert [row for row in rows if re.match(r" 09:00 +\(may\) chief \(.+\): call them", row)]
    assert [row for row in rows if re.match(r" 10:00 +\(by what was reported\) .+: warn them", row)]
    chinese = "\n".join(part(told(found, "zh"), "接下来"))
    assert "（据报）" in chinese
    assert "as reported up to level I\n" in told(found, "en").replace("\u00a0", " ")


RELEASES = """
levels: [{level: II, when: {deaths: ≥ 1}}]
information:
  - {id: news, body: office, first-within: 5 h, conference-within: 24 h, of: met}
  - {id: briefing, body: health, conference-within: 48 h, of: met}
"""


def test_a_press_conference_is_one_whatever_it_is_called(tmp_path: Path) -> None:
    found = Small(tmp_path).plan("dam", RELEASES).assess(stated("08:00", deaths=2), at="08:10")
    rows = part(told(found, "en"), "Next")
    assert [row.partition("the public: ")[2].partition("  ")[0] for row in rows] == [
        "first release",
        "press conference",
        "press conference",
    ]


def test_what_changed_is_told_by_kind(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", PLAN)
    facts = [
        stated("08:00", deaths=4),
        in_force("08:30", "II"),
        stated("09:30", deaths=12),
    ]
    now, before = small.assess(*facts, at="09:40"), small.assess(*facts, at="08:20")
    found = changes(before, now)
    assert [(old, new) for _, old, new in found.levels] == [("II", "I")]
    assert [(old, new) for _, old, new in found.in_force] == [(None, "II")]

    def names(items: tuple[ActionItem | ReportItem, ...]) -> list[str]:
        return [one.do.text("en") for one in items if isinstance(one, ActionItem)]

    assert sorted(names(found.new)) == ["tell them", "warn them"]
    assert names(found.ended) == ["keep watch"]
    assert names(found.overdue) == ["call them"]
    assert found.done == ()
    text = told(now, "en", before=before).replace("\u00a0", " ")
    rows = part(text, "Since ")
    assert rows[0] == " 1 levels: 1 level II → level I"
    assert rows[1] == " 1 in force and issued: 1 none → level II"
    assert " 1 no longer owed: keep watch" in rows
    assert " 1 newly overdue: call them" in rows
    assert part(told(now, "en", before=now), "Since ") == [" nothing changed"]
    assert "08:20 以来" in told(now, "zh", before=before)
    assert "Since " in told(now, "en", before=before, everything=True)


def test_since_is_a_time_before_the_assessed_one_and_for_the_screen() -> None:
    asked = ("assess", FLOOD, "--at", NOON, "--lang", "en", *LIBRARY)
    good = run(*asked, "--since", "2026-07-18T08:00:00+08:00")
    assert good.exit_code == 0
    assert "\nSince 07-18 08:00\n" in good.output
    for more in (("--since", NOON), ("--since", "now"), ("--since", NOON, "--format", "json")):
        wrong = run(*asked, *more)
        assert wrong.exit_code == 2
        assert "--since" in wrong.output


def test_what_is_not_covered_stands_at_the_head_and_is_not_called_quiet(
    engine: planengine.Engine,
) -> None:
    seen = {"at": "2026-05-12T15:00:00+08:00", "facts": {"deaths": 1}}
    found = engine.assess(
        {"incident": "x", "hazards": ["railway-accident"], "observations": [seen]}
    )
    assert [one.covered for one in found.coverage] == [False]
    for language, said in (("en", "only its consequences were judged"), ("zh", "研判其后果")):
        lines = told(found, language).splitlines()  # type: ignore[arg-type]
        assert lines[1].startswith("! ")
        assert said in lines[1]
        assert not [one for one in lines if "reaches a level" in one or "没有预案或标准" in one]


def test_where_even_the_densest_is_too_long_the_mildest_levels_are_counted(
    engine: planengine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = assessed(engine, "flood-day")
    monkeypatch.setattr(brief_view, "MOST_LINES", 27)
    text = told(found, "en")
    shown = [line for line in text.splitlines() if HEAD.match(line)]
    assert len(told(found, "en", 100).splitlines()) <= 27
    assert 3 <= len(shown) < len(level_rows(found))
    assert counts(text.splitlines()[-1])["levels"] == len(level_rows(found)) - len(shown)
    # what is to be decided of them is told all the same, by name, or counted
    assert "director of reserves: must start Level II: Linjiang supplies-and-shelter plan" in text
    assert "\n and 4 more to be decided\n" in text
    assert len(told(found, "en", 100).splitlines()[-1]) <= 100


def test_what_was_issued_for_a_part_has_a_row_unless_all_of_home_has_it(
    engine: planengine.Engine,
) -> None:
    def rows(*issued: dict[str, Any]) -> list[tuple[str, str | None]]:
        incident = {"incident": "x", "hazards": ["rainstorm"], "observations": list(issued)}
        found = engine.assess(incident, at=NOON)
        text = told(found, "en")
        assert ("(issued) rainstorm warning signal" in text) is bool(issued)
        return [(row.area, row.issued) for row in level_rows(found) if row.issued]

    def signal(level: str, area: str) -> dict[str, Any]:
        return {
            "at": NOON,
            "issued": {"warning.rainstorm": level},
            "by": "weather-bureau",
            "area": area,
        }

    assert rows(signal("orange", "linjiang")) == [("linjiang", "orange")]
    assert rows(signal("red", "nanpu-county")) == [("nanpu-county", "red")]


def test_a_line_is_cut_to_its_columns() -> None:
    runs = [("临江市", "bold"), ("abc", ""), ("防汛", "")]
    assert clip(runs, 13) == runs
    assert clip(runs, 12) == [("临江市", "bold"), ("abc", ""), ("防", ""), ("…", "")]
    assert clip(runs, 6) == [("临江", "bold"), ("…", "bold")]


def test_one_body_is_asked_one_question_before_others_are(tmp_path: Path) -> None:
    """Three figures of one place from one body, that settle the same, are one question to it."""
    small = Small(tmp_path)
    vocabulary = small.folder / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    more = "".join(
        f"  {name}: {{label: {{en: {name}}}, type: count, unit: 人, subject: area, roll-up: sum, direction: up, provider: health}}\n"
        for name in ("injured", "missing")
    )
    vocabulary.write_text(text.replace("scales:", more + "scales:", 1), encoding="utf-8")
    small.plan(
        "dam",
        "levels: [{level: I, when: {any: [{deaths: ≥ 1}, {injured: ≥ 1}, {missing: ≥ 1}, {level: ≥ 5}]}}]\n",
    )
    found = small.assess(stated("08:00", calm=True), at="09:00")
    assert [str(row.cell) for row in found.ask] == [
        "deaths@city", "injured@city", "missing@city", "level@city",
    ]  # fmt: skip
    assert [str(row.cell) for row in question_rows(found)] == [
        "deaths@city", "level@city", "injured@city", "missing@city",
    ]  # fmt: skip


def test_clauses_that_ask_for_one_report_are_one_row(tmp_path: Path) -> None:
    reports = "".join(
        f"  - {{id: {name}, from: I, by: office, to: government, within: {limit}, of: met}}\n"
        for name, limit in (("one", "1 h"), ("same", "1 h"), ("later", "2 h"))
    )
    levels = "levels: [{level: I, approve: {post: chief}, when: {level: ≥ 5}}]\n"
    small = Small(tmp_path).plan("dam", f"{levels}reports:\n{reports}")
    found = small.assess(stated("08:00", level=6), at="08:30")
    following, _ = duty_rows(found)
    assert [row.report for row in unlike(following) if isinstance(row, ReportItem)] == [
        "one",
        "later",
    ]
    assert told(found, "en").count("→") == 2
