"""`graph`: what is drawn, in which form, and what names mean."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import LIBRARY, run
from tests.linking.libraries import BASE
from tests.shipped import ROOT

AROUND = ("--around", "medical-rescue", "--distance", "1")


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.dot", "digraph"),
        ("x.gv", "digraph"),
        ("x.mmd", "flowchart LR"),
        ("x.mermaid", "flowchart LR"),
        ("x.JSON", "{"),
        ("x.svg", "<svg "),
        ("x", "<svg "),
    ],
)
def test_the_form_follows_the_file_name(tmp_path: Path, name: str, begins: str) -> None:
    result = run("graph", *AROUND, "-o", str(tmp_path / name), *LIBRARY)
    assert result.exit_code == 0, result.output
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_an_ending_that_cannot_be_written_is_wrong_use(tmp_path: Path) -> None:
    result = run("graph", "-o", str(tmp_path / "x.png"), *LIBRARY)
    assert result.exit_code == 2
    assert ".svg" in result.output
    assert not (tmp_path / "x.png").exists()


@pytest.mark.parametrize(
    ("name", "chinese", "english"),
    [
        ("nofolder/a.dot", "没有这个文件夹：{folder}/nofolder", "there is no folder {folder}/nofolder"),
        ("file/a.dot", "没有这个文件夹：{folder}/file", "there is no folder {folder}/file"),
        ("folder.dot", "这是文件夹，须为文件：{folder}/folder.dot", "'{folder}/folder.dot' is a directory."),
        ("x" * 300, "不能写入 {folder}/xxx", "cannot write {folder}/xxx"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_written_is_wrong_use(
    tmp_path: Path, name: str, chinese: str, english: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder.dot").mkdir()
    words = ("graph", *AROUND, "--format", "dot", "-o", str(tmp_path / name), *LIBRARY)
    for language, said in (("zh", chinese), ("en", english)):
        result = run(*words, "--lang", language)
        assert result.exit_code == 2
        assert said.format(folder=tmp_path) in result.output


def test_a_file_that_may_not_be_written_is_wrong_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "write_text", refuse)
    path = tmp_path / "a.dot"
    for language, said in (
        ("zh", f"没有写入 {path} 的权限"),
        ("en", f"no permission to write {path}"),
    ):
        result = run("graph", *AROUND, "-o", str(path), "--lang", language, *LIBRARY)
        assert result.exit_code == 2
        assert said in result.output


def test_around_draws_all_kinds_with_and_without_detail() -> None:
    words = ("graph", *AROUND, "--format", "json", *LIBRARY)
    plain = run(*words).output
    assert '"kind": "action"' in plain
    assert run(*words, "--detail").output == plain


def test_a_form_that_does_not_suit_the_file_name_is_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "x.dot"
    result = run("graph", "--format", "svg", "-o", str(path), *LIBRARY)
    assert result.exit_code == 2
    assert "--format svg" in result.output
    assert not path.exists()
    same = run("graph", "--format", "dot", "-o", str(path), *LIBRARY)
    assert same.exit_code == 0


@pytest.mark.parametrize(
    ("name", "view"),
    [
        (None, "library"),
        ("river-city/flood", "plan=river-city/flood"),
        ("accident", "plan=accident"),
        ("deaths", "source=fact:deaths"),
        ("认定需要启动", "source=clause:flood.I.judged-1"),
        ("巡堤", "plan=river-city/flood"),
    ],
)
def test_the_page_begins_with_what_is_named(tmp_path: Path, name: str | None, view: str) -> None:
    path = tmp_path / "x.html"
    around = () if name is None else ("--around", name)
    library = ("--library", str(BASE), "--at", "2026-07-01T00:00:00+08:00")
    result = run("graph", *around, "-o", str(path), *library, "--lang", "en")
    assert result.output == f"{path}: 7 plans and standards\n"
    page = path.read_text("utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert f'"language":"en","view":"{view}"' in page
    assert str(BASE) not in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--around", "deaths", "--distance", "1"), "--distance and --detail are not for html"),
        (("--detail",), "--distance and --detail are not for html"),
        (("--around", "government"), "the page has no view of `government`"),
    ],
)
def test_what_a_page_cannot_show_is_wrong_use(words: tuple[str, ...], said: str) -> None:
    library = ("--library", str(BASE), "--lang", "en")
    result = run("graph", "--format", "html", *words, *library)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("deaths", "fact:deaths"),
        ("死亡人数", "fact:deaths"),
        ("死亡", "fact:deaths"),
        ("Deaths", "fact:deaths"),
        ("flood", "plan:linjiang/flood"),
        ("linjiang/flood", "plan:linjiang/flood"),
        ("临江市防汛抗旱应急预案", "plan:linjiang/flood"),
        ("南浦县防汛抗旱应急预案", "plan:nanpu-county/flood"),
        ("生产安全事故分级", "standard:production-accident"),
        ("市住建局", "agency:housing-bureau"),
        ("到场冷却、灭火、堵漏", "action:linjiang/hazardous-chemicals:fire-brigade"),
        ("action:linjiang/hazardous-chemicals:fire-brigade",) * 2,
    ],
)
def test_around_takes_any_name(name: str, node: str) -> None:
    words = ("graph", "--around", name, "--distance", "1", "--format", "json", *LIBRARY)
    result = run(*words)
    assert result.exit_code == 0, result.output
    assert node in {one["id"] for one in json.loads(result.output)["nodes"]}
    assert result.output == run(*words[:2], node, *words[3:]).output


@pytest.mark.parametrize(
    ("name", "language", "hint"),
    [
        ("flod", "en", "did you mean flood?"),
        ("死亡人", "zh", "是否要写 死亡人数？"),
        ("防汛", "zh", "临江市防汛抗旱应急预案"),
    ],
)
def test_a_name_that_is_not_there_is_told_the_nearest(name: str, language: str, hint: str) -> None:
    result = run("graph", "--around", name, "--lang", language, *LIBRARY)
    assert result.exit_code == 2
    assert hint in result.output


def test_relations_and_levels_are_in_the_language_asked_for() -> None:
    chinese = run("graph", *AROUND, "--format", "mermaid", "--lang", "zh", *LIBRARY).output
    assert "-->|判定|" in chinese
    assert "二级｜临江市突发事件医疗卫生救援应急预案" in chinese
    english = run("graph", *AROUND, "--format", "dot", "--lang", "en", *LIBRARY).output
    assert 'label="tested by"' in english


def test_no_distance_at_all_is_the_thing_alone() -> None:
    def nodes(name: str) -> set[str]:
        words = ("--around", name, "--distance", "0", "--format", "json")
        return {one["kind"] for one in json.loads(run("graph", *words, *LIBRARY).output)["nodes"]}

    assert nodes("deaths") == {"fact"}
    assert nodes("power-company") == {"agency"}
    assert nodes("medical-rescue") == {"plan", "level"}


def test_distance_without_around_is_wrong_use() -> None:
    assert run("graph", "--distance", "1", *LIBRARY).exit_code == 2


def test_a_picture_too_large_to_read_says_so(tmp_path: Path) -> None:
    result = run("graph", "-o", str(tmp_path / "all.svg"), "--lang", "en", *LIBRARY)
    assert "try --around NAME --distance 1" in result.output
    small = run("graph", *AROUND, "-o", str(tmp_path / "part.svg"), "--lang", "en", *LIBRARY)
    assert "--around" not in small.output


@pytest.mark.slow
@pytest.mark.parametrize("form", ["json", "svg"])
def test_the_same_picture_every_time(form: str, tmp_path: Path) -> None:
    """In processes that hash texts differently, with nothing kept."""
    words = [sys.executable, "-m", "planengine", "graph", *AROUND, "--format", form, "--at", "2026-07-01T00:00:00+08:00"]  # fmt: skip
    pictures = set()
    for seed in ("1", "2"):
        settings = {**os.environ, "PYTHONHASHSEED": seed, "XDG_CACHE_HOME": str(tmp_path / seed)}
        pictures.add(subprocess.run(words, cwd=ROOT, env=settings, capture_output=True, check=True).stdout)  # fmt: skip
    assert len(pictures) == 1
