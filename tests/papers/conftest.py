"""The papers of the shipped examples at a time, and a small library for one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import planengine
from planengine.papers.papers import Choice, papers_of
from planengine.papers.parts import Paper
from tests.assessment.conftest import Small
from tests.shipped import ROOT, engine, shipped

__all__ = ["engine", "shipped"]

Papers = Callable[..., tuple[Paper, ...]]
YEARS = {
    "flood-day": "2026-07-",
    "mine-flood": "2026-10-",
    "chemical-explosion": "2026-06-",
    "earthquake": "2026-09-",
}


@pytest.fixture(scope="session")
def papers(engine: planengine.Engine) -> Papers:
    """The papers of an example at "19T09:30", those that a `Choice` names."""
    incidents = {
        name: engine.library.read_incident(ROOT / "examples" / f"{name}.yaml") for name in YEARS
    }

    @cache
    def assessed(name: str, at: str) -> planengine.Assessment:
        return engine.assess(incidents[name], at=f"{YEARS[name]}{at}:00+08:00")

    def find(name: str, at: str, **choice: Any) -> tuple[Paper, ...]:
        return papers_of(assessed(name, at), Choice(**choice))

    return find


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)
