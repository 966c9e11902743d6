"""The benchmarks' contestants, on the smallest library: they must all give the same ranks."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def peers():
    sys.path.insert(0, str(FOLDER))
    try:
        import peers

        yield peers
    finally:
        sys.path.remove(str(FOLDER))


@pytest.mark.slow
def test_all_installed_contestants_agree(peers):
    found = peers.measure(40, 1, [*peers.CONTESTANTS])
    assert found["disagree"] == {}
    assert {*found["microseconds"], *found["missing"]} == {*peers.CONTESTANTS}
    own = {name for name, one in peers.CONTESTANTS.items() if one.kind != "peer"}
    assert not own & {*found["missing"]}


def test_a_wrong_contestant_is_noticed(peers, monkeypatch):
    def build(plans, events):
        right = peers.CONTESTANTS[peers.LIMIT].build(plans, events)
        return lambda index: [0 for _ in right(index)]

    wrong = replace(peers.CONTESTANTS[peers.LIMIT], build=build)
    monkeypatch.setitem(peers.CONTESTANTS, "wrong", wrong)
    assert 0 < peers.measure(40, 1, ["wrong"])["disagree"]["wrong"] <= 200
