"""Checks of other packages: they run beside ours, and what is wrong with them is told."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

import planengine
from planengine.diagnostics import offered
from tests.cli.run import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "checks-package"
BASE = ROOT / "tests" / "fixtures" / "valid" / "base"
Offering = Callable[..., None]


@pytest.fixture
def offering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Offering]:
    """Installs entry points: names to `module:object`."""

    def install(**points: str) -> None:
        found = [EntryPoint(name, value, offered.GROUP) for name, value in points.items()]
        monkeypatch.setattr(offered, "entry_points", lambda *, group: found)
        offered.offers.cache_clear()

    monkeypatch.syspath_prepend(EXAMPLE)
    yield install
    monkeypatch.undo()
    offered.offers.cache_clear()
    sys.modules.pop("acme_checks", None)


def found_with(code: str) -> list[str]:
    return [str(one) for one in planengine.load(BASE).check() if one.code == code]


def test_the_example_package_finds_plans_without_duty_telephones(offering: Offering) -> None:
    assert found_with("acme-no-telephone") == []
    offering(acme="acme_checks:CHECKS")
    found = found_with("acme-no-telephone")
    assert len(found) == 1
    assert found[0].endswith(
        "flood.yaml:1:7 warning[acme-no-telephone] nothing says how `flood-office`, the office "
        "of `flood`, is reached (write its `contacts` in the registry)"
    )


def test_its_codes_are_explained(offering: Offering) -> None:
    offering(acme="acme_checks:CHECKS")
    page = run("explain", "acme-no-telephone", "--lang", "en").output
    assert page.startswith("# `acme-no-telephone`: An office that cannot be reached\n")
    assert "acme-no-telephone" in run("explain", "--lang", "zh").output


def test_the_entry_point_of_the_example_is_what_it_declares() -> None:
    declared = (EXAMPLE / "pyproject.toml").read_text("utf-8")
    assert '[project.entry-points."planengine.checks"]\nacme = "acme_checks:CHECKS"\n' in declared


@pytest.mark.parametrize(
    ("value", "why"),
    [
        ("no_such_module:CHECKS", "ModuleNotFoundError: No module named 'no_such_module'"),
        ("acme_checks:no_telephone", "function is no planengine.checks.Checks"),
        ("broken_checks:TAKEN", "the code no-end is declared already"),
        ("broken_checks:FAILING", "ValueError: on purpose"),
    ],
)
def test_what_cannot_be_used_is_told_and_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, offering: Offering, value: str, why: str
) -> None:
    (tmp_path / "broken_checks.py").write_text(
        "from planengine.checks import Checks, Code, Text\n"
        "from planengine.diagnostics.codes import CODES\n"
        "def fail(checked):\n    raise ValueError('on purpose')\n"
        "TAKEN = Checks(codes=(CODES['no-end'],), run=fail)\n"
        "FAILING = Checks(codes=(), run=fail)\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    offering(acme="acme_checks:CHECKS", broken=value)
    told = [one for one in planengine.load(BASE).check() if one.code == "checks-unusable"]
    assert [one.message for one in told] == [f"the checks `broken` cannot be used: {why}"]
    sys.modules.pop("broken_checks", None)
