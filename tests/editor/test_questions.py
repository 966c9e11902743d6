"""What is offered, said and found at a place: | marks it in a text."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from planengine.editor import answers
from planengine.editor.answers import Page
from planengine.editor.changes import RefusedError, can_rename, in_order, quick_fixes, rename
from planengine.editor.desk import Desk
from planengine.editor.positions import Places, places_in
from planengine.editor.published import Publisher
from planengine.editor.things import Things
from tests.editor.client import places
from tests.editor.library import INCIDENT, PLAN, write_library

pytestmark = pytest.mark.slow
HEAD = PLAN[: PLAN.index("levels:")]


class Writing:
    """A library in one process, and questions about one of its files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk()
        self.plan = folder / "plans" / "flood.yaml"
        self.incident = folder / "july.yaml"

    def places(self, file: str) -> Places:
        path = Path(file)
        sheet = self.desk.sheets.get(path)
        return places_in(sheet.text if sheet is not None else path.read_text(encoding="utf-8"))

    def page(self, path: Path, text: str, language: str = "en") -> Page:
        self.desk.put(path, text)
        self.desk.read(path)
        bench = self.desk.bench(path)
        assert bench is not None
        assert bench.usable is not None
        things = Things(bench.usable, language)  # type: ignore[arg-type]
        return Page(self.desk.sheets[path], bench, things, self.places, self.desk.sheets)

    def at(
        self, text: str, path: Path | None = None, language: str = "en"
    ) -> tuple[Page, lsp.Position]:
        before = text[: text.index("|")]
        line = before.count("\n")
        column = len(before[before.rfind("\n") + 1 :].encode("utf-16-le")) // 2
        page = self.page(path or self.plan, text.replace("|", "", 1), language)
        return page, lsp.Position(line, column)

    def offered(self, text: str, path: Path | None = None, language: str = "en") -> dict[str, str]:
        """What is written for each thing offered, in the order shown."""
        page, position = self.at(text, path, language)
        items = answers.complete(page, position).items
        return {
            item.label: item.text_edit.new_text
            for item in sorted(items, key=lambda one: one.sort_text or "")
            if isinstance(item.text_edit, lsp.TextEdit)
        }

    def detail(self, text: str, label: str, language: str = "en") -> str | None:
        page, position = self.at(text, language=language)
        return next(
            one.detail for one in answers.complete(page, position).items if one.label == label
        )

    def said(self, text: str, language: str = "en") -> str | None:
        page, position = self.at(text, language=language)
        found = answers.explain(page, position)
        if found is None:
            return None
        assert isinstance(found.contents, lsp.MarkupContent)
        return found.contents.value


@pytest.fixture(scope="module")
def writing(tmp_path_factory: pytest.TempPathFactory) -> Writing:
    made = Writing(write_library(tmp_path_factory.mktemp("writing") / "库"))
    made.page(made.plan, PLAN)  # its names are known from now on
    return made


@pytest.fixture(autouse=True)
def _as_new(writing: Writing) -> None:
    writing.page(writing.plan, PLAN)
    writing.desk.close(writing.incident)


@pytest.mark.parametrize(
    "tail, label, written",
    [
        ("levels:\n  - level: II\n    prop|", "propose", "propose: "),
        ("levels:\n  - level: II\n    prop|: x", "propose", "propose"),
        ("levels:\n  - level: |", "III", "III"),
        ("levels:\n  - {level: II, propose: wat|", "water-office", "water-office"),
        ("levels:\n  - {level: II, approve: {post: ma|}}", "mayor", "mayor"),
        ("levels:\n  - {level: II, verb: |}", "may", "may"),
        ("levels:\n  - {level: II, when: {dea|", "deaths", "deaths: "),
        ("levels:\n  - {level: II, when: {死亡|", "死亡人数", "死亡人数: "),
        ("levels:\n  - {level: II, when: {any: [{water-level@nor|", "water-level@north-gauge", "water-level@north-gauge: "),
        ("levels:\n  - {level: II, when: {deaths: 30|", "≥ 30 人", "≥ 30 人"),
        ("levels:\n  - {level: II, when: {water-level@north-gauge: ≥|", "≥ @warning-stage", "≥ @warning-stage"),
        ("levels:\n  - {level: II, when: {flood-magnitude: |", "great-flood", "great-flood"),
        ("levels:\n  - {level: II, when: {dyke-breach: |", "true", "true"),
        ("levels:\n  - {level: II, when: {grade.production-accident: |", "serious", "serious"),
        ("levels:\n  - {level: II, when: {count: {over: |", "station", "station"),
        ("levels:\n  - {level: II, when: {count: {over: reservoir, where: {siz|", "@size", '"@size": '),
        ('levels:\n  - {level: II, when: {count: {over: reservoir, where: {"@size": |', "large", "large"),
        ('per: reservoir\nlevels:\n  - {level: II, when: {"@siz|', "@size", '@size": '),
        ("levels:\n  - {level: II, when: {elapsed: {since: |", "occurrence", "occurrence"),
        ("levels:\n  - {level: II, when: {during: |", "flood-season", "flood-season"),
        ("levels:\n  - {level: II, when: {response.fl|", "response.flood", "response.flood: "),
        ("levels:\n  - {level: II, when: {change: {of: water|", "water-level", "water-level"),
        ("any:\n  dea|", "deaths", "deaths: "),
        ("any:\n  deaths: {I|", "III", "III: "),
        ("any:\n  deaths: {II: 10|", "≥ 10 人", "≥ 10 人"),
        ("any:\n  - {when: {dea|", "deaths", "deaths: "),
        ("from: {decision: grade.prod|", "grade.production-accident", "grade.production-accident"),
        ("actions:\n  - {id: x, from: |", "II", "II"),
        ("actions:\n  - {id: x, of: do|", "done.patrol", "done.patrol"),
        ("actions:\n  - {id: x, after: [|", "patrol", "patrol"),
        ("actions:\n  - {id: x, on: {overdue: |", "patrol", "patrol"),
        ("actions:\n  - {id: x, mode: |", "first-response", "first-response"),
        ("links:\n  - {activate: |", "flood", "flood"),
        ("basis: {source: decree-49|", "decree-493", "decree-493"),
        ("members:\n  - {agency: water-office, role: |", "lead", "lead"),
        ("applies: {hazards: [|", "flood", "flood"),
        ("applies:\n  hazards:\n    - |", "flood", "flood"),
    ],
)  # fmt: skip
def test_offered(writing: Writing, tail: str, label: str, written: str) -> None:
    assert writing.offered(HEAD + tail)[label] == written


@pytest.mark.parametrize("rest", ["", '"', '"}}}'])
def test_a_key_in_quotes_is_closed_once(writing: Writing, rest: str) -> None:
    begin = 'levels:\n  - {level: II, when: {count: {over: reservoir, where: {"@si'
    page, position = writing.at(HEAD + begin + "|" + rest)
    items = answers.complete(page, position).items
    edit = next(one.text_edit for one in items if one.label == "@size")
    assert isinstance(edit, lsp.TextEdit)
    assert edit.new_text == '@size": '
    assert edit.range.end.character == position.character + (rest[:1] == '"')


def test_only_levels_of_the_scale_that_is_asked(writing: Writing) -> None:
    tail = "levels:\n  - {level: II, when: {grade.production-accident: |"
    assert [*writing.offered(HEAD + tail)] == ["especially-serious", "serious", "large", "ordinary"]
    assert [*writing.offered(HEAD + "levels:\n  - {level: |")] == ["I", "II", "III", "IV"]
    standard = "standard: x\nscale: grade\nany:\n  deaths: {|"
    path = writing.folder / "plans" / "standard.yaml"
    offered = [*writing.offered(standard, path)]
    writing.desk.close(path)
    assert offered == ["especially-serious", "serious", "large", "ordinary"]


def test_what_is_written_already_is_not_offered_again(writing: Writing) -> None:
    offered = writing.offered(HEAD + "levels:\n  - {level: II, verb: may, |")
    assert "when" in offered
    assert "verb" not in offered


def test_a_thing_is_offered_with_its_label_unit_and_provider(writing: Writing) -> None:
    tail = HEAD + "levels:\n  - {level: II, when: {water-lev|"
    assert writing.detail(tail, "water-level") == (
        "water level · m · hydrological station · city water authority"
    )
    assert writing.detail(tail, "water-level", "zh") == "水位 · m · 水文站 · 市水利部门"


def test_an_incident_is_completed_too(writing: Writing) -> None:
    head = INCIDENT[: INCIDENT.index("  - {at: 2026-07-20T09:30")]
    begin = head + "  - {at: 2026-07-20T09:30+08:00, "
    offered = writing.offered
    assert offered(begin + "obj|", writing.incident)["object"] == "object: "
    assert offered(begin + "facts: {dea|", writing.incident)["deaths"] == "deaths: "
    assert offered(begin + "facts: {deaths: 3|", writing.incident)["3 人"] == "3 人"
    assert offered(begin + "facts: {deaths: |", writing.incident)["unknown"] == "unknown"
    assert offered(begin + "done: {plan: flood, action: |", writing.incident) == {
        "move": "move",
        "patrol": "patrol",
    }
    assert offered(begin + "decide: {plan: flood, level: |", writing.incident)["II"] == "II"
    assert (
        offered(begin + "issued: {warning.rain|", writing.incident)["warning.rainstorm"]
        == "warning.rainstorm: "
    )


def test_the_first_key_of_a_new_file(writing: Writing) -> None:
    path = writing.folder / "plans" / "new.yaml"
    offered = writing.offered("|", path)
    writing.desk.close(path)
    kinds = ["vocabulary", "sources", "registry", "standard", "plan", "incident", "test"]
    assert [*offered] == kinds


def test_a_condition_is_told_as_it_was_understood(writing: Writing) -> None:
    text = PLAN.replace(
        "water-level@north-gauge: ≥ @warning-stage + 1 m",
        "water-level@north-gauge: ≥ @warn|ing-stage + 1 m",
    )
    assert writing.said(text) == (
        "**warning stage** `warning-stage` — attribute  \nm  \nalso: 警戒水位\n\n---\n\n"
        "north gauge water level ≥warning stage+1m\n\n---\n\n"
        "gives: Level II (must)  \nbasis: Emergency Response Law 2024 第十条 (own choice)"
    )
    assert writing.said(text, "zh") == (
        "**警戒水位** `warning-stage` — 属性  \nm  \n又称：warning stage\n\n---\n\n"
        "北站水位≥警戒水位+1m\n\n---\n\n"
        "给出：二级（应）  \n依据：中华人民共和国突发事件应对法（2024年修订） 第十条（自定）"
    )


def test_a_definition_and_an_action_are_told(writing: Writing) -> None:
    text = PLAN.replace(
        "members:",
        "define:\n  high: {any: [wet, {deaths: 3人以上}]}\n  wet: {water-level@north-gauge: ≥ 25 m}\nmembers:",
    )
    text = text.replace("when: {water-level@north-gauge: ≥ @warning-stage}", "when: hi|gh")
    assert writing.said(text) == (
        "**high** `high` — definition  \nnorth gauge water level ≥25 m or deaths ≥3"
    )
    text = PLAN.replace("of: done.patrol", "of: done.pat|rol")
    assert writing.said(text, "zh") == "**巡堤** `patrol` — 措施  \n市水务局 · 启动响应后2小时内"


def test_a_clause_that_a_rule_rests_on_is_told_with_its_source(writing: Writing) -> None:
    text = PLAN.replace("clause: 第十条", "clause: 第十|条")
    said = (writing.said(text) or "").split("\n\n---")[0]
    assert said == "**Emergency Response Law 2024 第十条** `第十条` — clause of a source"
    said = (writing.said(text, "zh") or "").split("\n\n---")[0]
    assert said == "**中华人民共和国突发事件应对法（2024年修订） 第十条** `第十条` — 依据条款"


def test_nothing_is_said_of_a_file_that_cannot_be_read(writing: Writing) -> None:
    text = PLAN.replace("@warning-stage + 1 m", "@warn|ing-stage + 1 m").replace(
        "members:", "members: ["
    )
    assert writing.said(text) is None


def test_definition_and_references(writing: Writing) -> None:
    page, position = writing.at(
        PLAN.replace("within: 4 h, of: done.patrol", "within: 4 h, of: done.pat|rol")
    )
    assert places(answers.definition(page, position)) == ["flood.yaml:19:9-15"]
    assert places(answers.references(page, position, declared=True)) == [
        "flood.yaml:19:9-15",
        "flood.yaml:20:111-117",
        "flood.yaml:20:127-133",
    ]
    page, position = writing.at(PLAN.replace("{any: [死亡人数", "{any: [死亡|人数"))
    assert places(answers.definition(page, position)) == ["casualties.yaml:3:2-8"]


def test_a_place_within_a_key_is_told_from_its_fact(writing: Writing) -> None:
    page, position = writing.at(
        PLAN.replace("+ 1 m]}", "+ 1 m]}").replace(
            "water-level@north-gauge: ≥ @warning-stage}",
            "water-level@north-g|auge: ≥ @warning-stage}",
        )
    )
    assert places(answers.definition(page, position)) == ["registry.yaml:5:2-13"]
    found = page.named(position)
    assert found is not None
    assert (found.mention.kind, found.mention.id) == ("object", "north-gauge")


def changed(edit: lsp.WorkspaceEdit) -> dict[str, list[str]]:
    return {
        Path(uri).name: sorted(
            f"{one.range.start.line}:{one.range.start.character} {one.new_text}" for one in edits
        )
        for uri, edits in (edit.changes or {}).items()
    }


def test_rename_reaches_every_place(writing: Writing) -> None:
    page, position = writing.at(PLAN.replace("id: patrol", "id: pat|rol"))
    assert changed(rename(page, position, "walk")) == {
        "flood.yaml": ["19:9 walk", "20:111 walk", "20:127 walk"],
        "july.yaml": ["5:61 walk"],
    }
    page, position = writing.at(PLAN.replace("plan: flood", "plan: fl|ood"))
    assert changed(rename(page, position, "river")) == {
        "flood.yaml": ["0:6 river"],
        "july.yaml": ["5:46 river"],
    }


TESTS = """\
test: levels
hazards: [flood]
scenarios:
  - scenario: july
    incident: ../july.yaml
    expect:
      - at: 2026-07-20T09:00+08:00
        decisions: {response.flood: III}
        actions: {flood.patrol: owed, flood.move@haicheng: not-owed}
tables:
  - table: stages
    decision: response.flood
    at: 2026-07-20T08:00+08:00
    object: north-gauge
    rows:
      - {water-level: 25.9 m, level: III}
      - {deaths@haicheng: 12, level: II}
"""


@pytest.mark.parametrize(
    "old, marked, new, places",
    [
        ("id: patrol", "id: pat|rol", "walk", ["8:24 walk"]),
        ("plan: flood", "plan: fl|ood", "river", ["11:23 river", "7:29 river", "8:18 river", "8:38 river"]),
        ("water-level@north-gauge: ≥ @warning-stage}", "water-level@nor|th-gauge: ≥ @warning-stage}", "gauge", ["13:12 gauge"]),
    ],
)  # fmt: skip
def test_rename_reaches_tests(
    writing: Writing, old: str, marked: str, new: str, places: list[str]
) -> None:
    tests = writing.plan.with_name("flood.test.yaml")
    tests.write_text(TESTS, encoding="utf-8")
    page, position = writing.at(PLAN.replace(old, marked))
    assert sorted(changed(rename(page, position, new))["flood.test.yaml"]) == places


@pytest.mark.parametrize(
    "old, marked, new, why",
    [
        ("propose: water-office", "propose: water-|office", "Water Office", "an id is small letters"),
        ("propose: water-office", "propose: water-|office", "haicheng-government", "something else has this name"),
        ("propose: water-office", "propose: water-|office", "mayor", "something else has this name"),
        ("hazards: [flood]", "hazards: [fl|ood]", "inundation", "in a file that others keep"),
        ("number:", "num|ber:", "x", "no name here"),
        ("clause: 第十条", "clause: 第十|条", "article-10", "no name here"),
    ],
)  # fmt: skip
def test_rename_is_refused(writing: Writing, old: str, marked: str, new: str, why: str) -> None:
    page, position = writing.at(PLAN.replace(old, marked, 1))
    with pytest.raises(RefusedError, match=why):
        rename(page, position, new)


def test_what_nobody_declares_is_not_offered_a_new_name(writing: Writing) -> None:
    assert can_rename(*writing.at(PLAN.replace("clause: 第十条", "clause: 第十|条"))) is None
    place = can_rename(*writing.at(PLAN.replace("id: patrol", "id: pat|rol")))
    assert place == lsp.Range(lsp.Position(19, 9), lsp.Position(19, 15))


def test_rename_is_refused_while_places_could_be_missed(writing: Writing) -> None:
    page, position = writing.at(
        PLAN.replace("id: patrol", "id: pat|rol").replace("kind: special", "kind: x")
    )
    with pytest.raises(RefusedError, match="mend them first"):
        rename(page, position, "walk")


def actions(writing: Writing, text: str, line: int, language: str = "en") -> dict[str, list[str]]:
    """The titles offered on a line, each with the lines that its edits put there."""
    writing.desk.put(writing.plan, text)
    findings = writing.desk.read(writing.plan)[writing.plan]
    here = lsp.Range(lsp.Position(line, 0), lsp.Position(line, 500))
    publisher = Publisher(language, writing.places)  # type: ignore[arg-type]
    made = quick_fixes(writing.plan.as_posix(), text, here, findings, publisher)
    return {
        one.title: [
            f"{edit.range} {edit.new_text}"
            for edits in (one.edit.changes or {}).values()
            for edit in edits
        ]
        for one in made
        if one.edit is not None
    }


def test_quick_fixes(writing: Writing) -> None:
    text = PLAN.replace("propose: water-office", "propose: water-ofice").replace(
        "kind: special", "kind: spezial"
    )
    assert actions(writing, text, 10) == {
        "Write `water-office`": ["10:13-10:24 water-office"],
        "Mend the 2 slips of this file that have one meaning": [
            "1:6-1:13 special",
            "10:13-10:24 water-office",
        ],
    }
    assert [*actions(writing, text, 1, "zh")] == [
        "改为 `special`",
        "改正本文件中 2 处含义唯一的笔误",
    ]
    assert actions(writing, PLAN.replace("within: 2 h,", "within: 2 h，"), 19) == {
        "Write `,`": ["19:89-19:90 ,"]
    }


def test_layout_is_put_in_order(writing: Writing) -> None:
    text = PLAN.replace("hazards: [flood]", "hazards: [ flood ]") + "\n\n"
    edits = in_order(text, places_in(text))
    assert [edit.new_text for edit in edits] == [PLAN]
    assert in_order(PLAN, places_in(PLAN)) == []


def test_the_outline_shows_levels_and_actions(writing: Writing) -> None:
    page = writing.page(writing.plan, PLAN)
    found = {one.name: one for one in answers.symbols(page.sheet, places_in(PLAN))}
    assert [one.name for one in found["levels"].children or ()] == ["II", "III"]
    assert [(one.name, one.detail) for one in found["actions"].children or ()] == [
        ("patrol", "巡堤"),
        ("move", "转移群众"),
    ]
