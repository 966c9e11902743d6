"""The terminal view of an assessment: what a duty officer reads."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from wcwidth import wcswidth

import planengine
from planengine.assessment.phrases import Language
from planengine.assessment.results import ActionItem, ReportItem
from planengine.assessment.words import Words
from planengine.screens.assessment_view import view
from planengine.screens.screen import Screen
from tests.assessment.conftest import Small, day, in_force, stated
from tests.cli.run import FLOOD, LIBRARY, run
from tests.shipped import ROOT

NOON = "2026-07-18T12:30:00+08:00"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def shown(
    engine: planengine.Engine,
    name: str,
    language: str,
    *,
    at: str | None = None,
    columns: int = 400,
    colour: bool = False,
    **options: bool,
) -> str:
    assessment = engine.assess(ROOT / "examples" / f"{name}.yaml", at=at)
    screen = Screen(columns, colour=colour)
    return view(assessment, language, screen=screen, **options)  # type: ignore[arg-type]


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 100, 120])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", [path.stem for path in EXAMPLES])
def test_no_line_is_wider_than_the_terminal(
    engine: planengine.Engine, name: str, language: str, columns: int
) -> None:
    text = shown(engine, name, language, columns=columns, why=True)
    assert [line for line in text.splitlines() if wcswidth(line) > columns] == []


def test_it_is_plain_where_it_is_not_a_terminal() -> None:
    assert "\x1b" not in run("assess", FLOOD, "--lang", "zh", *LIBRARY).output


def test_colours_change_no_words(engine: planengine.Engine) -> None:
    coloured = shown(engine, "flood-day", "zh", at=NOON, columns=90, colour=True)
    bare = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in bare.splitlines()] == [
        line.rstrip() for line in shown(engine, "flood-day", "zh", at=NOON, columns=90).splitlines()
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh", ["须先完成：组织水利、气象、水文会商并形成会商意见", "完成标志：工程管理单位回执", "直到：响应终止"]),
        ("en", ["after: 组织水利、气象、水文会商并形成会商意见", "done when: 工程管理单位回执", "until: 响应终止"]),
    ],
)  # fmt: skip
def test_an_action_says_what_comes_first_and_when_it_ends(
    engine: planengine.Engine, language: str, words: list[str]
) -> None:
    text = shown(engine, "flood-day", language, at=NOON, everything=True)
    assert [word for word in words if word not in text] == []


def section(text: str, title: str) -> list[str]:
    """The lines under a heading, the heading first."""
    lines = text.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"{title}  "))
    end = next((n for n in range(start, len(lines)) if not lines[n]), len(lines))
    return lines[start:end]


LATE = re.compile(r" (\d\d-\d\d \d\d:\d\d(?::\d\d)?) OVERDUE ")


@pytest.mark.slow
@pytest.mark.parametrize("part", ["actions", "reports"])
def test_of_all_rows_the_longest_overdue_come_first_below_what_is_due_at_once(
    engine: planengine.Engine, part: str
) -> None:
    found = engine.assess(Path(FLOOD))
    rows: list[ActionItem | ReportItem] = list(getattr(found, part))
    late = [row.deadline for row in rows if row.deadline and row.deadline.overdue]
    assert len(late) > 5
    words = Words(engine.library.entities, "en")
    limits = sorted(one.due or 0 for one in late)
    # what hangs on another being overdue begins a second after that one's limit
    times = [words.time(due - 1 if due % 60 == 1 else due) for due in limits]
    lines = section(shown(engine, "flood-day", "en", everything=True), part.capitalize())
    told = [match[1] for line in lines if (match := LATE.match(line))]
    assert told == times
    assert lines[0].startswith(f"{part.capitalize()}  {len(late)} overdue, ")
    assert lines[1].startswith(" AT ONCE ")
    assert max(n for n, line in enumerate(lines) if line.startswith(" AT ONCE ")) < min(
        n for n, line in enumerate(lines) if LATE.match(line)
    )


@pytest.mark.parametrize(
    ("language", "role", "nobody"), [("en", "office of the place", "unassigned"), ("zh", "属地办公室", "未指定")]
)  # fmt: skip
def test_a_report_always_says_who_sends_it(
    tmp_path: Path, language: Any, role: str, nobody: str
) -> None:
    """The role as written where no body holds it, and that nobody is named where nobody is."""
    small = Small(tmp_path).plan(
        "dam",
        "any: {deaths: {I: 3人以上}}\nlevels: [{level: I, approve: {post: chief}}]\n"
        "reports:\n"
        "  - {id: a, from: I, by: {role: local-office}, to: government, within: 1 h, of: met}\n"
        "  - {id: b, from: I, to: health, within: 1 h, of: met}\n",
    )
    label = "{label: {zh: 属地办公室, en: office of the place}, function: none-has-it}"
    registry = tmp_path / "registry.yaml"
    registry.write_text(
        registry.read_text().replace("roles: {", f"roles: {{local-office: {label}, ")
    )
    found = small.assess(stated("08:00", deaths=3), at="08:00")
    lines = view(
        found,
        language,
        everything=True,
        screen=Screen(400, colour=False),
    ).splitlines()
    assert sum(f"  {role} → government" in line for line in lines) == 1
    assert sum(f"  {nobody} → health" in line for line in lines) == 1


def test_what_is_done_is_not_called_overdue(engine: planengine.Engine) -> None:
    text = shown(engine, "flood-day", "en", everything=True)
    done = [line for line in text.splitlines() if "✓ done" in line]
    assert done
    assert [line for line in done if "OVERDUE" in line] == []


REPEATED = """
any: {deaths: {I: 3人以上}}
levels: [{level: I, approve: {post: chief}}]
actions: [{id: patrol, from: I, executor: office, do: patrol, within: 2 h, of: start, repeat: 6 h, until: all is calm}]
reports: [{id: news, from: I, by: office, to: government, within: 1 h, of: start, repeat: 6 h}]
"""


def test_what_is_repeated_and_missed_is_overdue_and_due_again(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", REPEATED)
    done = {"at": day("09:00"), "done": {"plan": "dam", "action": "patrol"}}

    def lines(at: str, language: Language = "en", *more: dict[str, Any]) -> list[str]:
        found = small.assess(stated("08:00", deaths=3), in_force("08:20", "I"), *more, at=at)
        text = view(found, language, everything=True, screen=Screen(400, colour=False))
        return text.splitlines()

    told = "\n".join(lines("11:00"))
    assert "Actions  1 overdue, not reported done" in told
    assert "10:20 OVERDUE" in told
    assert "every 6 h, next 07-01 16:20; until: all is calm" in told
    assert "Reports  1 overdue, not reported made" in told
    assert "09:20 OVERDUE" in told
    assert "dam plan; every 6 h, next 07-01 15:20" in told
    assert "每6小时，下次 07-01 16:20；直到：all is calm" in "\n".join(lines("11:00", "zh"))
    after = "\n".join(lines("11:00", "en", done))
    assert "16:20 every 6 h" in after
    assert "patrol last done 07-01 09:00" in after
    assert "next 07-01 16:20" not in after
    again = "\n".join(lines("16:30", "en", done))
    assert "16:20 OVERDUE" in again
    assert "patrol last done 07-01 09:00" in again


ALIKE = """
any: {deaths: {I: 3人以上}}
levels: [{level: I, approve: {post: chief}}]
reports:
  - {id: daily, from: I, by: office, to: government, repeat: 24 h, content: [the day's figures]}
  - {id: at-risk, from: I, by: office, to: government, repeat: 24 h, content: [people at risk]}
  - {id: later, from: I, by: office, to: government, within: 1 h}
links: [{from: I, request: government, matter: rescue teams}]
information: {body: office, approve: {post: chief}, first-within: 5 h, conference-within: 24 h, of: start}
"""


def test_reports_that_are_alike_are_told_apart(tmp_path: Path) -> None:
    found = Small(tmp_path).plan("dam", ALIKE).assess(stated("08:00", deaths=3), at="08:00")
    text = view(found, "en", everything=True, screen=Screen(400, colour=False))
    shown = [line.rpartition("  ")[2] for line in text.splitlines()]
    assert "dam plan the day's figures; another to them is due sooner" in shown
    assert "dam plan people at risk; another to them is due sooner" in shown
    assert "dam plan" in shown
    assert "request; dam plan rescue teams" in text
    assert "dam plan first release; approved by chief" in text
    assert "dam plan press conference; approved by chief" in text
    chinese = view(found, "zh", everything=True, screen=Screen(400, colour=False))
    assert "首次发布" in chinese
    assert "新闻发布会" in chinese


def test_the_end_of_a_report_that_is_a_moment_is_named(engine: planengine.Engine) -> None:
    assert "直到：灾情稳定" in shown(engine, "flood-day", "zh", at=NOON, everything=True)
    assert "until: stable" not in shown(engine, "flood-day", "en", at=NOON, everything=True)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "“到场冷却、灭火、堵漏”完成后1天内"), ("en", "within 1 d of the end of “到场冷却、灭火、堵漏”")],
)  # fmt: skip
def test_a_deadline_names_the_action_it_waits_for(
    engine: planengine.Engine, language: str, words: str
) -> None:
    at = "2026-06-09T15:30:00+08:00"
    found = engine.assess(ROOT / "examples" / "chemical-explosion.yaml", at=at)
    waiting = next(one for one in found.actions if one.id.endswith(":decontaminate"))
    assert waiting.deadline is not None
    said = Words(engine.library.entities, language).timing(waiting.deadline.timing)  # type: ignore[arg-type]
    assert said == words
    text = shown(engine, "chemical-explosion", language, at=at, everything=True)
    assert "清洗消毒、收集危废" in text
    assert "fire-brigade" not in text


def test_an_issued_warning_of_a_plan_is_shown_whatever_the_hazard(
    engine: planengine.Engine,
) -> None:
    issued = {"at": NOON, "issued": {"warning.flood/flood": "red"}, "by": "flood-commander"}
    found = engine.assess({"incident": "x", "hazards": ["fog"], "observations": [issued]})
    text = view(found, "en", screen=Screen(400, colour=False))
    assert re.search(r" red .*\(issued\) Linjiang flood and drought plan \(warning\)·flood", text)


def test_what_could_be_reached_is_in_words(engine: planengine.Engine) -> None:
    chinese = shown(engine, "flood-day", "zh", at=NOON)
    english = shown(engine, "flood-day", "en", at=NOON)
    assert "临江市自然灾害救助应急预案  最多可能到一级" in chinese
    assert "（已发布）暴雨预警信号  据事实为无  最多可能到红色" in chinese
    assert re.search(r"disaster-relief plan  could reach at most Level.I(\n|  ←)", english)
    assert "~" not in chinese + english


def test_a_decision_says_what_to_do_and_who_approves(engine: planengine.Engine) -> None:
    text = shown(engine, "flood-day", "en", at=NOON, everything=True)
    assert (
        "in force: Level IV; must raise, approved by executive deputy flood commander "
        "or deputy flood commander for water"
    ) in text


def test_a_known_level_says_what_is_certain_and_what_could_be(engine: planengine.Engine) -> None:
    chinese = shown(engine, "flood-day", "zh", at=NOON, why=True)
    english = shown(engine, "flood-day", "en", at=NOON, why=True)
    assert "自然灾害救助应急预案（研判） = 确定四级，可能达到一级" in chinese
    assert "plan (recommended) = certain Level IV, could reach Level I" in english
    assert not re.search(r"Level \w+–Level", english)


def test_a_way_has_its_equals_sign_and_counts_only_from_what_was_reported(
    engine: planengine.Engine,
) -> None:
    text = shown(engine, "flood-day", "en", at=NOON, why=True)
    assert "Level II when flood magnitude = great flood or extreme flood" in text
    assert "Level II when water level @ Hankou station ≥ 27.3 m (2.2 more)" in text
    assert "passengers stranded ≥ 1000 (nothing reported yet)" in text
    for line in text.splitlines():
        assert not re.search(r"(vehicles|passengers) .* more\)", line)


def test_a_long_rule_is_cut_to_a_line_but_not_with_all(engine: planengine.Engine) -> None:
    short = shown(engine, "flood-day", "en", at=NOON, why=True, columns=90)
    whole = shown(engine, "flood-day", "en", at=NOON, why=True, columns=90, everything=True)
    assert short.count("  · any: [{flood-magnitude") == 1
    line = next(one for one in short.splitlines() if one.startswith("  · any: [{flood-magnitude"))
    assert line.endswith(" …")
    assert "is: ≥ 2}}]" in whole


def test_questions_to_one_body_stand_together(engine: planengine.Engine) -> None:
    text = shown(engine, "flood-day", "zh", at=NOON, everything=True)
    asked = text.partition("\n需要核实\n")[2].partition("\n\n")[0].splitlines()
    heads = [line for line in asked if line.startswith(" 临江市应急管理局  可定：")]
    of_it = [
        row
        for row in engine.assess(Path(FLOOD), at=NOON).ask
        if row.provider == ("emergency-bureau",)
    ]
    assert 1 <= len(heads) < len(of_it)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "at"), [("flood-day", NOON), *((one.stem, None) for one in EXAMPLES)]
)
def test_what_keeps_a_level_open_is_asked_for(
    engine: planengine.Engine, name: str, at: str | None
) -> None:
    found = engine.assess(ROOT / "examples" / f"{name}.yaml", at=at)
    text = shown(engine, name, "en", at=at, everything=True)
    asked = text.partition("\nAsk\n")[2].partition("\n\n")[0]
    words = Words(engine.library.entities, "en")
    open_ones = [
        one
        for one in found.decisions
        if (one.level or one.in_force) and one.level != one.could_reach and not one.issued
    ]
    assert open_ones
    for one in open_ones:
        able = [row for row in found.ask if one.id in dict(row.could_give)]
        assert able
        assert f"? {words.cell(able[0].cell)} = " in asked, one.id


def test_a_way_that_may_be_so_already_comes_first(engine: planengine.Engine) -> None:
    text = shown(engine, "flood-day", "en", why=True)
    ways = text.partition("\nLinjiang general plan   ")[2].splitlines()
    arrows = [line.strip() for line in ways if line.startswith("    ↑ ")]
    assert arrows[:2] == [
        "↑ Level I when beyond local capacity = yes (nothing reported yet)",
        "↑ Level I when deaths ≥ 30 (23 more)",
    ]


def test_all_shows_every_question(engine: planengine.Engine) -> None:
    at = engine.assess(Path(FLOOD), at=NOON)
    text = view(at, "zh", everything=True, screen=Screen(400, colour=False))
    assert sum(line.startswith("   ? ") for line in text.splitlines()) == len(at.ask)
    assert "--all" not in text


RED = (
    "levels: [{level: II, approve: {post: chief}, when: {level: ≥ 8}}]\n"
    "warnings:\n"
    "  - {level: red, issuer: office, approve: {post: deputy}, measures: [move people, shut roads], when: {level: ≥ 5}}\n"
    "  - {level: blue, issuer: office, measures: [sound the horn], when: {level: ≥ 3}}\n"
)


def screens(folder: Path, *told: dict[str, Any]) -> tuple[list[str], list[str]]:
    """The default screen and the whole one, in English, of what was told."""
    found = Small(folder).plan("dam", RED).assess(*told, at="09:00")
    texts = (
        view(found, "en", screen=Screen(400, colour=False), everything=whole)
        for whole in (False, True)
    )
    brief, whole = ([line.strip() for line in text.splitlines()] for text in texts)
    return brief, whole


def test_a_warning_that_is_due_tells_who_issues_it_and_what_it_brings(tmp_path: Path) -> None:
    brief, whole = screens(tmp_path, stated("08:00", level=6))
    assert "deputy: must issue red: 1 dam plan (warning)" in brief
    assert "measures: move people, shut roads" in brief
    assert "must issue, approved by deputy" in whole
    assert "measures: move people, shut roads" in whole


def test_who_leads_is_told_of_the_response_and_not_of_the_warning_above_it(tmp_path: Path) -> None:
    members = "members: [{agency: office, role: lead}]\n"
    found = Small(tmp_path).plan("dam", members + RED).assess(stated("08:00", level=8), at="09:00")
    lines = view(found, "en", screen=Screen(400, colour=False)).splitlines()
    assert lines[2] == " 1  red       dam plan (warning)"
    assert " 2  level II  dam plan" in lines
    assert " 2 is led by: office" in lines


def test_a_warning_without_approver_is_decided_by_whoever_issues_it(tmp_path: Path) -> None:
    brief, whole = screens(tmp_path, stated("08:00", level=4))
    assert "office: must issue blue: 1 dam plan (warning)" in brief
    assert "measures: sound the horn" in brief
    assert "must issue, approved by office" in whole


@pytest.mark.parametrize(
    ("issued", "level", "to_issue", "measures"),
    [
        ("blue", 6, "deputy: must issue red: 1 dam plan (warning)", "move people, shut roads"),
        ("red", 6, "", "move people, shut roads"),
        ("red", 4, "", "move people, shut roads"),
        ("blue", 0, "", "sound the horn"),
    ],
)
def test_an_issued_warning_is_to_be_issued_again_only_where_a_worse_one_is_due(
    tmp_path: Path, issued: str, level: int, to_issue: str, measures: str
) -> None:
    told = {"at": day("08:10"), "issued": {"warning.dam": issued}, "by": "office"}
    brief, whole = screens(tmp_path, stated("08:00", level=level), told)
    assert [line for line in brief if "must issue" in line] == ([to_issue] if to_issue else [])
    for lines in (brief, whole):
        assert [line for line in lines if line.startswith("measures")] == [f"measures: {measures}"]
