"""Looking back: the moment since which a level is met, or known, is where it really began.

The reference decides everything anew at each moment with the compiled engine: by an assessment
of that time for what was known then, by today's evidence read for that time for what we know now.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import planengine
from planengine.assessment.history import History
from planengine.assessment.situation import Situation
from planengine.domain.ids import UnitKey
from tests.shipped import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
STEP = 1800


def known_then(engine: planengine.Engine, now: planengine.Assessment) -> Callable[[int], Situation]:
    return lambda at: engine.assess(now.incident, at=at).situation


def known_now(engine: planengine.Engine, now: planengine.Assessment) -> Callable[[int], Situation]:
    def then(at: int) -> Situation:
        today = now.situation
        evidence = today.evidence.at_time(at)
        era = today.eras.at(at, evidence.documents_used())
        return Situation(era, evidence.in_world(era.world), today.eras)

    return then


@pytest.mark.slow
@pytest.mark.parametrize("known", [False, True], ids=["met", "known"])
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_level_began_when_it_is_said_to_have_begun(
    engine: planengine.Engine, path: Path, known: bool
) -> None:
    incident = engine.library.read_incident(path)
    now = engine.assess(incident)
    then = (known_then if known else known_now)(engine, now)
    first = min(event.stamp.received for event in incident.events)
    earlier = {at: then(at) for at in range(now.at - STEP, first - STEP, -STEP)}
    history, looked = History(now.situation), 0
    for unit in now.situation.rules.units:
        rank = now.situation.outcome(unit.id)[0]
        since = history.met_since(unit.id, rank, known=known) if rank else None
        if since is None:
            assert not rank
            continue
        looked += 1
        assert _rank(then(since), unit.id) >= rank
        if since > first:
            assert _rank(then(since - 1), unit.id) < rank
        for moment, situation in earlier.items():
            if moment >= since:
                assert _rank(situation, unit.id) >= rank, (unit.id, moment)
    assert looked


def _rank(situation: Situation, unit: UnitKey) -> int:
    return situation.outcome(unit)[0] if unit in situation.index else 0
