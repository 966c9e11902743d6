"""Naming a thing, rightly or not, takes no longer the more clauses a library has for people."""

from __future__ import annotations

from typing import Any

import pytest

from planengine.domain.acts import acts_of
from planengine.impact import things as module
from planengine.impact.things import Things
from tests.impact.conftest import Bench


def test_the_library_is_looked_through_once_for_what_people_judge(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []

    def counted(entities: Any) -> Any:
        looked.append(1)
        return acts_of(entities)

    monkeypatch.setattr(module, "acts_of", counted)
    things = Things(bench.read.library.entities, bench.read.mentions)
    assert (things.find("nothing is called so"), things.nearest("((")) == ((), ())
    assert len(looked) == 1
