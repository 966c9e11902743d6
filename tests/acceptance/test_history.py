"""Looking back: the moment since which a level is met is where the level really began."""

from __future__ import annotations

from pathlib import Path

import pytest

import planengine
from planengine.assessment.decisions import Decision
from tests.shipped import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_level_began_when_it_is_said_to_have_begun(engine: planengine.Engine, path: Path) -> None:
    incident = engine.library.read_incident(path)
    now = engine.assess(incident)
    first = min(event.stamp.received for event in incident.events)
    looked = 0
    for decision in now.decisions:
        if decision.met_at is None:
            continue
        looked += 1
        rank = _rank(engine, decision.scale, decision.level)
        assert _rank_at(engine, incident, decision, decision.met_at) >= rank
        if decision.met_at > first:
            assert _rank_at(engine, incident, decision, decision.met_at - 1) < rank
        for moment in range(decision.met_at, now.at, 7200):
            assert _rank_at(engine, incident, decision, moment) >= rank
    assert looked


def _rank_at(
    engine: planengine.Engine,
    incident: planengine.Incident,
    decision: Decision,
    at: int,
) -> int:
    then = {one.id: one for one in engine.assess(incident, at=at).decisions}
    found = then.get(decision.id)
    return _rank(engine, decision.scale, found.level) if found is not None else 0


def _rank(engine: planengine.Engine, scale: str, level: str | None) -> int:
    ranks = {level.id: level.rank for level in engine.library.entities.scales[scale].levels}
    return ranks[level] if level is not None else 0
