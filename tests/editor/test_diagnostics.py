"""What the server tells of files as they are written, over stdio."""

from pathlib import Path

import pytest
from lsprotocol import types as lsp

from tests.editor.client import Editor
from tests.editor.library import INCIDENT, PLAN, write_library

pytestmark = pytest.mark.slow


def test_a_misspelt_name_is_told_before_it_is_saved(editor: Editor, library: Path) -> None:
    plan = library / "plans/flood.yaml"
    editor.open(plan)
    editor.wait_for(plan, [])
    editor.replace(plan, "propose: water-office", "propose: water-ofice")
    editor.wait_for(plan, ["10:13-24 unknown-provider"])
    assert "did you mean `water-office`" in editor.published[plan][0].message
    editor.write(plan, PLAN)
    editor.wait_for(plan, [])


def test_columns_under_chinese_text_are_of_utf_16(editor: Editor, library: Path) -> None:
    plan = library / "plans/flood.yaml"
    editor.open(plan)
    editor.wait_for(plan, [])
    editor.replace(
        plan,
        "zh: 转移群众, en: move people}, within: 4 h",
        "zh: 转移𠀀𠀁群众, en: move people}, within: 4 hhh",
    )
    line = editor.text(plan).split("\n")[20]
    before = line[: line.index("4 hhh")]
    begin = len(before) + 2  # two characters of two units each
    editor.wait_for(plan, [f"20:{begin}-{begin + 5} bad-duration"])


def test_other_files_follow(editor: Editor, library: Path) -> None:
    plan, registry = library / "plans/flood.yaml", library / "plans/registry.yaml"
    editor.open(plan)
    editor.open(registry)
    editor.wait_for(plan, [])
    editor.replace(
        registry, "mayor: {label: {zh: 市长, en: mayor}", "chief: {label: {zh: 主官, en: chief}"
    )
    editor.wait_for(plan, ["11:20-25 unknown-post", "15:20-25 unknown-post"])


def test_what_only_the_whole_library_shows_comes_after(editor: Editor, library: Path) -> None:
    plan = library / "plans/flood.yaml"
    editor.open(plan)
    editor.replace(plan, "死亡人数: 10人以上", "死亡人数: 0人以上")
    editor.wait_for(plan, ["9:11-13 level-always-true", "12:23-27 always-true"])
    editor.replace(
        plan, "label: {zh: 海城市防汛预案", "label: {zh: 海城防汛预案"
    )  # it stays meanwhile
    editor.wait_for(plan, ["9:11-13 level-always-true", "12:23-27 always-true"])
    editor.write(plan, PLAN)
    editor.wait_for(plan, [])


def test_broken_yaml_is_told_and_names_stay_known(editor: Editor, library: Path) -> None:
    plan, registry = library / "plans/flood.yaml", library / "plans/registry.yaml"
    editor.open(plan)
    editor.open(registry)
    editor.wait_for(plan, [])
    editor.replace(registry, "posts:\n", "posts: {\n")
    editor.wait(lambda: bool(editor.told(registry)))
    assert editor.told(plan) == []
    editor.replace(plan, "propose: water-office", "propose: water-ofice")
    editor.wait_for(plan, ["10:13-24 unknown-provider"])


def test_an_incident_is_read_by_its_library(editor: Editor, library: Path) -> None:
    incident = library / "july.yaml"
    editor.open(incident)
    editor.wait_for(incident, [])
    editor.replace(incident, "action: patrol", "action: patroll")
    editor.wait_for(incident, ["5:61-68 unknown-action"])


def test_an_incident_of_a_library_with_errors_says_so(editor: Editor, library: Path) -> None:
    incident, plan = library / "july.yaml", library / "plans/flood.yaml"
    editor.open(incident)
    editor.open(plan)
    editor.replace(plan, "kind: special", "kind: speciall")
    editor.wait_for(incident, ["0:0-0 library-fails"])


def test_a_document_outside_a_library(editor: Editor, tmp_path: Path) -> None:
    plan, other = tmp_path / "plan.yaml", tmp_path / "compose.yaml"
    editor.open(plan, PLAN.replace("kind: special", "kindd: special"))
    editor.wait_for(plan, ["0:0-0 no-library", "1:0-5 unknown-key"])
    editor.open(other, "services: {web: {image: x}}\n")
    editor.replace(plan, "kindd", "kind")
    editor.wait_for(plan, ["0:0-0 no-library"])
    assert editor.told(other) == []


def test_a_new_file_and_a_deleted_one(editor: Editor, library: Path) -> None:
    plan, more = library / "plans/flood.yaml", library / "plans/more.yaml"
    editor.open(plan)
    editor.wait_for(plan, [])
    more.write_text(
        "registry: more\nagencies:\n  port: {label: {zh: 港口, en: port}, in: haicheng}\n", "utf-8"
    )
    editor.files_changed(more)
    editor.replace(plan, "propose: water-office", "propose: port")
    editor.wait_for(plan, [])
    more.unlink()
    editor.files_changed(more)
    editor.wait_for(plan, ["10:13-17 unknown-provider"])


def test_a_manifest_that_goes(editor: Editor, library: Path) -> None:
    plan = library / "plans/flood.yaml"
    editor.open(plan)
    editor.wait_for(plan, [])
    (library / "planengine.yaml").unlink()
    editor.files_changed(library / "planengine.yaml")
    editor.replace(plan, "propose: water-office", "propose: nobody")
    editor.wait_for(plan, ["0:0-0 no-library"])


def test_two_libraries_at_once(editor: Editor, library: Path, tmp_path: Path) -> None:
    other = write_library(tmp_path / "other")
    editor.open(library / "plans/flood.yaml")
    editor.open(other / "plans/flood.yaml")
    editor.replace(other / "plans/flood.yaml", "propose: water-office", "propose: nobody")
    editor.wait_for(other / "plans/flood.yaml", ["10:13-19 unknown-provider"])
    editor.wait_for(library / "plans/flood.yaml", [])


def test_closing_lets_the_disk_count_again(editor: Editor, library: Path) -> None:
    plan, incident = library / "plans/flood.yaml", library / "july.yaml"
    editor.open(plan)
    editor.open(incident, INCIDENT)
    editor.replace(plan, "propose: water-office", "propose: nobody")
    editor.wait_for(plan, ["10:13-19 unknown-provider"])
    editor.close(plan)
    editor.wait_for(plan, [])
    editor.wait_for(incident, [])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "plan",
        "plan: [",
        "a: b: c",
        "- - -",
        "\ufeffplan: x",
        "plan: &a [*a]",
        "{" * 200,
        "plan: flood\n" * 3,
    ],
)
def test_nothing_ends_the_server(editor: Editor, library: Path, text: str) -> None:
    plan = library / "plans/flood.yaml"
    editor.open(plan)
    editor.write(plan, text)
    params = lsp.CompletionParams(lsp.TextDocumentIdentifier(plan.as_uri()), lsp.Position(9, 99))
    editor.ask(lsp.TEXT_DOCUMENT_COMPLETION, params)
    editor.symbols(plan)
    editor.write(plan, PLAN)
    editor.wait_for(plan, [])
    assert editor.logged == []


def test_findings_in_chinese(library: Path) -> None:
    editor = Editor("zh")
    try:
        plan = library / "plans/flood.yaml"
        editor.open(plan)
        editor.replace(plan, "propose: water-office", "propose: water-ofice")
        editor.wait_for(plan, ["10:13-24 unknown-provider"])
        assert "是否应为 `water-office`" in editor.published[plan][0].message
    finally:
        editor.end()


def test_incidents_as_data(editor: Editor, library: Path) -> None:
    stream, other = library / "july.jsonl", library / "package.json"
    line = '{"at": "2026-07-20T08:00:00+08:00", "facts": {"死亡人数": 2, "deths": 1}}'
    editor.open(stream, '{"incident": "july", "hazards": ["flood"]}\n' + line + "\n")
    editor.open(other, '{"name": "x", "keywords": ["incident"]}')
    begin = line.index('"deths"')
    editor.wait_for(stream, [f"1:{begin}-{begin + 7} unknown-fact"])
    assert editor.told(other) == []
