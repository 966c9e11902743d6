"""Runs tests that are written in a test, by the shipped library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import planengine
from planengine.scenarios.read import read_suite
from planengine.scenarios.run import Result, Seen, run
from planengine.scenarios.suites import Suite
from planengine.scenarios.words import Telling
from tests.shipped import engine, shipped

__all__ = ["engine", "shipped"]

Run = Callable[..., list[Result]]


def suite_of(text: str, library: planengine.Library) -> Suite:
    """The tests of a text that has no error."""
    findings = []
    suite = read_suite(text.encode(), library.entities, findings, "a.test.yaml")
    assert [str(one) for one in findings] == []
    assert suite is not None
    return suite


@pytest.fixture
def results(engine: planengine.Engine) -> Run:
    def ran(text: str, seen: Seen | None = None) -> list[Result]:
        return [*run([suite_of(text, engine.library)], engine, seen)]

    return ran


@pytest.fixture
def english(engine: planengine.Engine) -> Telling:
    return Telling(engine.library.entities, "en")


@pytest.fixture
def chinese(engine: planengine.Engine) -> Telling:
    return Telling(engine.library.entities, "zh")
