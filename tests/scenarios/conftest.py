"""Runs tests that are written in a test, by the shipped library."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import planengine
from planengine.reading.nodes import MappingNode
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


class Remembering:
    """An engine whose timelines assess what was told up to a time only once."""

    def __init__(self, engine: planengine.Engine) -> None:
        self.library = engine.library
        self._engine = engine
        self.known: dict[tuple[object, ...], planengine.Assessment] = {}

    def open(self, incident: planengine.Incident) -> Remembered:
        return Remembered(self, self._engine.open(incident), ())


class Remembered:
    def __init__(
        self, engine: Remembering, timeline: planengine.Timeline, told: tuple[object, ...]
    ) -> None:
        self._engine, self._timeline, self._told = engine, timeline, told
        self.incident, self.status = timeline.incident, timeline.status

    def tell(self, node: MappingNode) -> Remembered:
        return Remembered(self._engine, self._timeline.tell(node), (*self._told, node.span))

    def at(self, time: int | None) -> planengine.Assessment:
        known, key = self._engine.known, (*self._told, time)
        if key not in known:
            known[key] = self._timeline.assessment if time is None else self._timeline.at(time)
        return known[key]

    @property
    def assessment(self) -> planengine.Assessment:
        return self.at(None)


@pytest.fixture(scope="module")
def remembering(engine: planengine.Engine) -> Remembering:
    return Remembering(engine)


@pytest.fixture
def english(engine: planengine.Engine) -> Telling:
    return Telling(engine.library.entities, "en")


@pytest.fixture
def chinese(engine: planengine.Engine) -> Telling:
    return Telling(engine.library.entities, "zh")
