"""`test`: which files are run, what is shown in each form, and how the command ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from planengine.cli.test_command import _stamps
from tests.cli.run import run
from tests.linking.libraries import BASE

TESTS = """
test: deaths
hazards: [accident]
at: 2026-07-20T08:00
tables:
  - table: dead
    decision: grade.accident
    rows:
      - {deaths: 3, level: large}
      - {deaths: 9, level: serious}
"""
FAILURE = (
    "✗ deaths › dead[2] deaths: 9  {file}:10:9\n"
    "  grade.accident level: expected serious, came large\n"
    "    · deaths 9 is 1 under ≥ 10  死亡: 10人以上  {rules}/accident.yaml:10:3\n"
)


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(BASE, tmp_path / "library")
    monkeypatch.chdir(tmp_path / "library")
    return tmp_path / "library"


def written(path: str, text: str = TESTS) -> Path:
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    return Path(path)


def test_a_failure_is_shown_with_what_decided(library: Path) -> None:
    written("plans/deaths.test.yaml")
    found = run("test", "--lang", "en")
    assert found.exit_code == 1
    assert found.output == (
        FAILURE.format(file="plans/deaths.test.yaml", rules="rules")
        + "\n✗ plans/deaths.test.yaml  1/2\n1 passed, 1 failed\n"
    )
    found = run("test", "--lang", "zh")
    assert "grade.accident 级别：预期 重大，实为 较大" in found.output
    assert "死亡人数 9 人，比 ≥ 10 人 低 1 人" in found.output
    assert found.output.endswith("1 项通过，1 项失败\n")


def test_what_passes_is_counted(library: Path) -> None:
    written("plans/deaths.test.yaml", TESTS.replace("9, level: serious", "9, level: large"))
    found = run("test", "--lang", "en")
    assert (found.exit_code, found.output) == (0, "✓ plans/deaths.test.yaml  2/2\n2 passed\n")


def test_what_nobody_has_confirmed_ends_with_1(library: Path) -> None:
    text = TESTS.replace("9, level: serious", "9, level: large, proposed: true")
    written("plans/deaths.test.yaml", text)
    found = run("test", "--lang", "en")
    assert found.exit_code == 1
    assert "as proposed, and nobody has confirmed it" in found.output
    assert found.output.endswith("1 passed, 1 not confirmed\n")


def test_tests_among_the_documents_are_none_of_them(library: Path) -> None:
    written("plans/deaths.test.yaml")
    found = run("check", "--lang", "en")
    assert (found.exit_code, "0 errors" in found.output) == (0, True)
    written("plans/deaths.test.yaml", TESTS.replace("grade.accident", "grade.acident"))
    found = run("check", "--lang", "en")
    assert found.exit_code == 1
    assert "plans/deaths.test.yaml:7:15 error[unknown-standard]" in found.output
    found = run("check", "plans", "--lang", "en")
    assert found.exit_code == 1
    assert "plans/deaths.test.yaml:7:15 error[unknown-standard]" in found.output


def test_the_manifest_may_say_where_tests_are(library: Path) -> None:
    written("plans/deaths.test.yaml")
    written("elsewhere/more.test.yaml", TESTS.replace("9, level: serious", "9, level: large"))
    manifest = Path("planengine.yaml")
    manifest.write_text(manifest.read_text() + "tests: [elsewhere]\n")
    found = run("test", "--lang", "en")
    assert (found.exit_code, found.output) == (0, "✓ elsewhere/more.test.yaml  2/2\n2 passed\n")
    assert run("test", "plans", "--lang", "en").exit_code == 1


@pytest.mark.parametrize(
    ("name", "code"), [("nowhere", "unreadable-file"), ("..", "outside-library")]
)
def test_tests_that_are_not_there_are_told(library: Path, name: str, code: str) -> None:
    manifest = Path("planengine.yaml")
    manifest.write_text(manifest.read_text() + f"tests: [plans, {name}]\n")
    written("plans/deaths.test.yaml")
    found = run("test", "--lang", "en")
    assert found.exit_code == 1
    assert f"planengine.yaml:6:16 error[{code}]" in found.output


def test_a_document_that_is_included_by_its_name_is_no_test(library: Path) -> None:
    manifest = Path("planengine.yaml")
    listed = sorted(path.as_posix() for path in library.rglob("[a-z]*/*.yaml"))
    names = ", ".join(Path(path).relative_to(library).as_posix() for path in listed)
    text = manifest.read_text().replace("[rules, plans]", f"[{names}, plans]")
    manifest.write_text(text)
    assert run("check", "--lang", "en").exit_code == 0
    written("plans/deaths.test.yaml")
    assert run("test", "--lang", "en").output.endswith("1 passed, 1 failed\n")


def test_only_what_is_named_is_run(library: Path) -> None:
    written("plans/deaths.test.yaml")
    assert run("test", "-k", "dead[1]", "--lang", "en").output.endswith("1 passed\n")
    assert run("test", "-k", "plans 9", "--lang", "en").exit_code == 1
    found = run("test", "-k", "nothing", "--lang", "en")
    assert (found.exit_code, "no test has `nothing` in its name" in found.output) == (2, True)


def test_json_and_junit_say_the_same(library: Path) -> None:
    written("plans/deaths.test.yaml")
    data = json.loads(run("test", "--format", "json", "--lang", "en").output)
    assert (data["schema"], data["passed"], data["failed"], data["unconfirmed"]) == (1, 1, 1, 0)
    failed = data["results"][1]
    assert (failed["case"], failed["state"]) == ("dead[2] deaths: 9", "failed")
    (failure,) = failed["failures"]
    assert (failure["expected"], failure["came"]) == ("serious", "large")
    assert failure["because"][0] == {
        "cell": "deaths@river-city",
        "text": "deaths 9 is 1 under ≥ 10",
        "held": False,
        "by": 1.0,
        "written": "死亡: 10人以上",
        "place": {"file": "rules/accident.yaml", "line": 10, "column": 3},
        "depth": 0,
    }
    root = ET.fromstring(run("test", "--format", "junit", "--lang", "en").output)
    (suite,) = root
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    told = suite.findall("testcase/failure")
    assert [one.get("message") for one in told] == [
        "grade.accident level: expected serious, came large"
    ]
    assert (told[0].text or "").splitlines()[0] == "deaths 9 is 1 under ≥ 10"


def test_coverage_is_shown_written_and_demanded(library: Path) -> None:
    written("plans/deaths.test.yaml", TESTS.replace("9, level: serious", "9, level: large"))
    found = run("test", "--coverage", "--of", "accident", "--lang", "en")
    assert found.exit_code == 0
    assert "accident grade" in found.output
    assert "of 18 covered" in found.output
    assert run("test", "--fail-under", "10", "--of", "accident").exit_code == 0
    low = run("test", "--fail-under", "90", "--of", "accident", "--lang", "en")
    assert (low.exit_code, "too little is covered: < 90 %" in low.output) == (1, True)
    run("test", "--coverage-to", "cover.json")
    data = json.loads(Path("cover.json").read_text("utf-8"))
    leaves = [
        item
        for document in data["documents"]
        for item in document["items"]
        if item["text"] == "死亡: 3人以上10人以下"
    ]
    assert [(one["covered"], one["missing"]) for one in leaves] == [
        (["true", "at:1"], ["false", "beside:1"])
    ]
    for language, title in (("zh", "规则覆盖"), ("en", "Rule coverage")):
        run("test", "--coverage-to", "cover.html", "--lang", language)
        page = Path("cover.html").read_text("utf-8")
        assert f"<h1>{title}</h1>" in page
        assert "死亡: {重大: 10人以上, 较大: 3人以上10人以下, 一般: 3人以下}" in page


def test_missing_cases_are_written_once(library: Path) -> None:
    written("plans/deaths.test.yaml", TESTS.replace("9, level: serious", "9, level: large"))
    found = run("test", "--of", "accident", "--generate", "plans/more.test.yaml", "--lang", "en")
    assert found.exit_code == 0
    assert "0 are left for you" in found.output
    assert "- {deaths: 2, level: ordinary, proposed: true}" in Path(
        "plans/more.test.yaml"
    ).read_text("utf-8")
    assert run("test").exit_code == 1
    again = run("test", "--generate", "plans/more.test.yaml", "--lang", "en")
    assert (again.exit_code, "exists already" in again.output) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("--of", "accident"),
        ("--coverage", "--of", "nothing"),
        ("--coverage-to", "x.txt"),
        ("--generate", "x.yaml"),
        ("--watch", "--format", "json"),
        ("--fail-under", "101"),
        ("--fail-under", "nan"),
        ("nowhere",),
    ],
)
def test_wrong_use_is_told(library: Path, words: tuple[str, ...]) -> None:
    written("plans/deaths.test.yaml")
    assert run("test", *words, "--lang", "en").exit_code == 2


def test_a_share_that_is_none_is_told_in_both_languages(library: Path) -> None:
    for given in ("101", "x", "nan"):
        found = run("test", "--fail-under", given, "--lang", "zh")
        assert found.exit_code == 2
        assert "--fail-under 须为 0 到 100 的数，不能是“" in found.output


@pytest.mark.parametrize("option", [("--coverage-to", "c.html"), ("--generate", "g.test.yaml")])
def test_a_file_that_cannot_be_written_is_told_before_the_tests_run(
    library: Path, option: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    written("plans/deaths.test.yaml")
    monkeypatch.setattr("planengine.scenarios.run.run", lambda *_: pytest.fail("has run"))
    name, file = option
    for language, words in (
        ("zh", "没有这个文件夹：nowhere"),
        ("en", "there is no folder nowhere"),
    ):
        found = run("test", name, f"nowhere/{file}", "--lang", language)
        assert (found.exit_code, words in found.output) == (2, True)


def test_missing_cases_are_not_written_through_a_link(library: Path) -> None:
    written("plans/deaths.test.yaml")
    Path("plans/more.test.yaml").symlink_to("elsewhere")
    found = run("test", "--generate", "plans/more.test.yaml", "--lang", "en")
    assert (found.exit_code, "exists already" in found.output) == (2, True)
    assert not Path("plans/elsewhere").exists()


def test_no_tests_is_wrong_use(library: Path) -> None:
    found = run("test", "--lang", "en")
    assert (found.exit_code, "there are no tests" in found.output) == (2, True)


def test_a_change_is_seen_by_the_watch(library: Path) -> None:
    path = written("plans/deaths.test.yaml")
    before = _stamps(Path(), ())
    assert _stamps(Path(), ()) == before
    path.write_text(TESTS + "# changed\n")
    import os

    os.utime(path, (1, 1))
    assert _stamps(Path(), ()) != before
