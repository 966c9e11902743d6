"""The plugin for pytest collects files of tests, and tells what is not as expected."""

from __future__ import annotations

import shutil

import pytest

from tests.linking.libraries import BASE

pytest_plugins = ["pytester"]

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
      - {deaths: 10, level: serious, proposed: true}
"""


def ran(pytester: pytest.Pytester, text: str) -> pytest.RunResult:
    shutil.copytree(BASE, pytester.path / "library")
    (pytester.path / "library" / "deaths.test.yaml").write_text(text, encoding="utf-8")
    return pytester.runpytest_inprocess("-p", "no:cacheprovider")


def test_each_case_is_a_test(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    found = ran(pytester, TESTS)
    found.assert_outcomes(passed=1, failed=2)
    text = found.stdout.str()
    assert "grade.accident level: expected serious, came large" in text
    assert "deaths 9 is 1 under ≥ 10" in text
    assert "as proposed, and nobody has confirmed it" in text


def test_an_error_in_a_file_is_told_with_its_place(pytester: pytest.Pytester) -> None:
    found = ran(pytester, TESTS.replace("grade.accident", "grade.acident"))
    found.assert_outcomes(errors=1)
    assert "deaths.test.yaml:7:15 error[unknown-standard]" in found.stdout.str()


def test_a_file_without_a_library_is_told(pytester: pytest.Pytester) -> None:
    (pytester.path / "lost.test.yaml").write_text(TESTS, encoding="utf-8")
    found = pytester.runpytest_inprocess()
    found.assert_outcomes(errors=1)
    assert "there is no planengine.yaml at or above" in found.stdout.str()


def test_files_of_others_with_this_ending_are_left_alone(pytester: pytest.Pytester) -> None:
    (pytester.path / "rules.test.yaml").write_text("rule_files: [alerts.yml]\ntests: []\n")
    (pytester.path / "image.test.yaml").write_bytes(b"\xff\xfe\x00")
    pytester.runpytest_inprocess().assert_outcomes()


def test_an_error_of_the_library_is_told_with_its_place(pytester: pytest.Pytester) -> None:
    (pytester.path / "planengine.yaml").write_text(
        "library: lost\nlabel: {en: lost}\nhome: nowhere\n"
    )
    (pytester.path / "lost.test.yaml").write_text(TESTS, encoding="utf-8")
    found = pytester.runpytest_inprocess()
    found.assert_outcomes(errors=1)
    text = found.stdout.str()
    assert "planengine.yaml:1:1 error[missing-key]" in text
    assert "Traceback" not in text
