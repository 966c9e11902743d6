"""A limit that was missed is told once, to those above and to those who decide."""

from __future__ import annotations

from pathlib import Path

import pytest

from planengine.sessions.difference import difference
from planengine.sessions.effects import Escalation
from tests.assessment.conftest import Small, day, stated

PLAN = """tracks:
  rain:
    label: {en: rain}
    levels: [{level: III, when: {level: ≥ 5}, propose: health, approve: {post: clerk}}]
  river:
    label: {en: river}
    levels: [{level: III, when: {level: ≥ 5}, propose: office, approve: {post: chief}}]
actions:
  - {id: alone, from: III, track: river, executor: office, do: alone, within: 1 h, of: met}
  - {id: both, from: III, track: river, executor: [office, government], do: both, within: 1 h, of: met}
  - {id: again, from: III, track: river, executor: power, do: again, within: 90 min, of: met}
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    return Told(tmp_path_factory.mktemp("small"))


class Told:
    """What is escalated between two times."""

    def __init__(self, folder: Path) -> None:
        engine = Small(folder).plan("dam", PLAN).engine()
        begun = [
            {"plan": "dam", "track": track, "level": "III", "by": by}
            for track, by in (("rain", "clerk"), ("river", "chief"))
        ]
        observations = [
            stated("08:00", level=6),
            *({"at": day("08:10"), "decide": one} for one in begun),
        ]
        self._timeline = engine.open(
            {"incident": "x", "hazards": ["flood"], "observations": observations}
        )

    def between(self, since: str, at: str) -> tuple[Escalation, ...]:
        before, now = (self._timeline.at(day(clock)) for clock in (since, at))
        return difference(before, now).escalations


def test_those_above_are_told_who_do_not_owe_it_themselves(told: Told) -> None:
    found = {one.duty.item: one for one in told.between("08:59", "09:01")}
    assert {name: one.superiors for name, one in found.items()} == {
        "alone": ("government",),
        "both": (),
    }


def test_whoever_approves_and_proposes_the_response_of_the_track_is_told(told: Told) -> None:
    for one in told.between("08:59", "09:01"):
        assert one.decision == "city/dam/river@city"
        assert [who.id for who in one.to] == ["chief", "office"]


def test_a_missed_limit_is_told_once(told: Told) -> None:
    assert told.between("08:30", "08:59") == ()
    assert [one.duty.item for one in told.between("09:01", "09:31")] == ["again"]
    assert told.between("09:31", "11:00") == ()
