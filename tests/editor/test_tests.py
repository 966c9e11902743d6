"""Files of tests while they are written: what `planengine test` finds in them, and what is offered."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from planengine.editor import answers
from planengine.editor.answers import Page
from planengine.editor.desk import Desk, Found
from planengine.editor.positions import Places, places_in
from planengine.editor.things import Things
from tests.editor.library import PLAN, write_library

pytestmark = pytest.mark.slow
TESTS = """\
test: haicheng-flood
hazards: [flood]
scenarios:
  - scenario: high-water
    observations:
      - {at: 2026-07-20T08:00, object: north-gauge, facts: {water-level: 25.9 m}}
    expect:
      - at: 2026-07-20T08:00
        decisions: {response.flood: III}
        actions: {flood.patrol: owed}
tables:
  - table: stages
    at: 2026-07-20T08:00
    decision: response.flood
    rows:
      - {water-level@north-gauge: 25.2 m, level: none}
"""


class Writing:
    """A desk with the library's plan and a file of tests on it."""

    def __init__(self, folder: Path) -> None:
        self.desk = Desk()
        self.plan = folder / "plans" / "flood.yaml"
        self.tests = folder / "plans" / "flood.test.yaml"

    def write(self, path: Path, text: str) -> Found:
        self.desk.put(path, text)
        return self.desk.read(path)

    def told(self, found: Found) -> list[str]:
        """What is told of the file of tests: `line:column code`."""
        spans = ((one.span, one.code) for one in found[self.tests])
        return [f"{span.line}:{span.column} {code}" for span, code in spans if span is not None]

    def page(self, text: str) -> tuple[Page, lsp.Position]:
        before = text[: text.index("|")]
        self.write(self.tests, text.replace("|", "", 1))
        bench = self.desk.bench(self.tests)
        assert bench is not None
        assert bench.usable is not None
        things = Things(bench.usable, "en")
        page = Page(self.desk.sheets[self.tests], bench, things, self.places, self.desk.sheets)
        column = len(before) - before.rfind("\n") - 1
        return page, lsp.Position(before.count("\n"), column)

    def places(self, file: str) -> Places:
        sheet = self.desk.sheets.get(Path(file))
        return places_in(sheet.text if sheet is not None else Path(file).read_text("utf-8"))


@pytest.fixture(scope="module")
def desk_of_all(tmp_path_factory: pytest.TempPathFactory) -> Writing:
    return Writing(write_library(tmp_path_factory.mktemp("tests") / "库"))


@pytest.fixture
def writing(desk_of_all: Writing) -> Writing:
    desk_of_all.desk.close(desk_of_all.tests)
    desk_of_all.write(desk_of_all.plan, PLAN)
    return desk_of_all


def test_a_right_one_is_told_nothing(writing: Writing) -> None:
    assert writing.told(writing.write(writing.tests, TESTS)) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("response.flood: III", "response.flod: III", "9:21 unknown-plan"),
        ("response.flood: III", "response.flood: VII", "9:37 unknown-level"),
        ("flood.patrol", "flood.patroll", "10:19 unknown-action"),
        ("facts: {water-level:", "facts: {water-levle:", "6:61 unknown-fact"),
        ("- at: 2026-07-20T08:00\n", "- at: 2027-07-20T08:00\n", "8:13 expected-beyond"),
        ("    at: 2026-07-20T08:00\n    dec", "    dec", "12:12 table-without-time"),
        (", level: none", "", "16:9 asserts-nothing"),
        ("hazards: [flood]\n", "", "1:7 test-without-hazards"),
        ("hazards: [flood]", "hazards: [flood", "2:10 unclosed-bracket"),
        ("test: haicheng-flood", "tests: haicheng-flood", "1:1 unknown-document"),
    ],
)
def test_a_slip_is_told_as_it_is_written(writing: Writing, old: str, new: str, told: str) -> None:
    assert old in TESTS
    found = writing.told(writing.write(writing.tests, TESTS.replace(old, new, 1)))
    assert found == [told]


def test_what_a_plan_changes_is_told_once_the_whole_is_checked(writing: Writing) -> None:
    writing.write(writing.tests, TESTS)
    found = writing.write(writing.plan, PLAN.replace("patrol", "watch-dyke"))
    assert writing.told(found) == []  # another file is being written: that can wait
    bench = writing.desk.bench(writing.plan)
    assert bench is not None
    assert bench.seen is not None
    whole = bench.check(bench.seen)
    assert whole is not None
    assert writing.told(writing.desk.checked(bench, bench.seen, whole)) == ["10:19 unknown-action"]


def test_a_library_that_fails_is_told_and_nothing_else(writing: Writing) -> None:
    writing.write(writing.tests, TESTS)
    found = writing.write(writing.plan, PLAN.replace("{post: mayor}", "{post: mayr}"))
    assert writing.told(found) == ["1:1 library-fails"]
    assert writing.told(writing.write(writing.plan, PLAN)) == []


def test_the_library_is_not_read_again_for_it(writing: Writing) -> None:
    writing.write(writing.tests, TESTS)
    bench = writing.desk.bench(writing.tests)
    assert bench is not None
    seen = bench.seen
    writing.write(writing.tests, TESTS.replace("III", "II"))
    assert bench.seen is seen


@pytest.mark.parametrize(
    ("old", "new", "label", "written"),
    [
        ("decisions: {response.flood: III}", "decisions: {resp|", "response.flood", "response.flood: "),
        ("response.flood: III}", "response.flood: |}", "II", "II"),
        ("flood.patrol: owed", "flood.pat|", "flood.patrol", "flood.patrol: "),
        ("flood.patrol: owed", "flood.patrol: |", "not-owed", "not-owed"),
        ("    decision: response.flood\n", "    decision: resp|\n", "response.flood", "response.flood"),
        ("{water-level@north-gauge: 25.2 m", "{dea|", "deaths", "deaths: "),
        ("        actions:", "        rep|\n        actions:", "reports", "reports: "),
        ("hazards: [flood]", "hazards: [|", "flood", "flood"),
    ],
)  # fmt: skip
def test_offered(writing: Writing, old: str, new: str, label: str, written: str) -> None:
    assert old in TESTS
    before, _, after = TESTS.partition(old)
    page, position = writing.page(before + new + after)
    items = {one.label: one.text_edit for one in answers.complete(page, position).items}
    edit = items[label]
    assert isinstance(edit, lsp.TextEdit)
    assert edit.new_text == written


def test_what_is_named_is_explained_and_found(writing: Writing) -> None:
    page, position = writing.page(TESTS.replace("flood.patrol", "flood.pat|rol"))
    found = answers.explain(page, position)
    assert found is not None
    assert isinstance(found.contents, lsp.MarkupContent)
    assert found.contents.value.startswith("**patrol** `patrol`")
    (declared,) = answers.definition(page, position)
    assert declared.uri.endswith("flood.yaml")
    assert declared.range.start.line == 19
