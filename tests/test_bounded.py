"""Caches have limits: what was used longest ago goes first."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path
from time import sleep
from typing import Any, get_type_hints

import pytest
from pydantic import BaseModel

import planengine
from planengine import store as stores
from planengine.bounded import Bounded
from planengine.facade.engine import MOST_FRAMES
from planengine.store import MOST_ENTRIES, Store
from planengine.values import units
from tests.assessment.conftest import Small
from tests.assessment.test_editions import NEW, june, stated


@pytest.fixture
def small(tmp_path: Path) -> Small:
    folder = tmp_path / "library"
    folder.mkdir()
    return Small(folder)


def test_what_was_used_longest_ago_goes() -> None:
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number * number

    kept = Bounded[int, int](3)
    asked = (1, 2, 3, 1, 4, 2, 1)
    assert [kept.get(n, lambda n=n: make(n)) for n in asked] == [n * n for n in asked]
    assert made == [1, 2, 3, 4, 2]
    assert list(kept) == [4, 2, 1]


def test_what_fails_to_be_made_is_not_kept() -> None:
    kept = Bounded[int, int](1)
    kept.get(1, lambda: 1)
    with pytest.raises(ZeroDivisionError):
        kept.get(2, lambda: 1 // 0)
    assert list(kept) == [1]


def test_one_thread_makes_it_for_all() -> None:
    made: list[int] = []

    def make() -> int:
        sleep(0.01)
        made.append(1)
        return len(made)

    kept = Bounded[str, int](2)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _: kept.get("one", make), range(8))) == [1] * 8
    assert made == [1]


COUNTED = "{count: {over: incident, where: {deaths: ≥ 100}, is: ≥ 2}}"


def test_rules_are_one_for_incidents_that_they_do_not_tell_apart(small: Small) -> None:
    """Another scope or roster alone is no reason to compile again."""
    small.plan("dam", NEW)
    engine = small.engine()
    for number in range(6):
        told = {**stated(june("08:00"), deaths=4), "incident": f"other-{number}"}
        incident = {"incident": "x", "hazards": ["flood"], "observations": [told]}
        scope = {} if number % 2 else {"scope": ["city"]}
        engine.assess({**incident, **scope}, at=june("09:00"))
    assert (len(engine._rules), len(engine._outlines), len(engine._backends)) == (2, 1, 1)


def test_an_engine_keeps_no_more_than_it_may_and_answers_the_same(small: Small) -> None:
    """Each incident speaks of other incidents, which are counted: rules are compiled for each."""
    small.plan("dam", f"{NEW}  - {{level: I, when: {COUNTED}}}\n")
    engine = small.engine()
    levels: list[str | None] = []
    for number in range(MOST_FRAMES + 4):
        told = {**stated(june("08:00"), deaths=4), "incident": f"other-{number}"}
        incident = {
            "incident": "x",
            "hazards": ["flood"],
            "observations": [told, stated(june("08:00"), deaths=6)],
        }
        levels.append(engine.assess(incident, at=june("09:00")).decisions[0].level)
    assert set(levels) == {levels[0]}
    kept = (engine._rules, engine._backends, engine._outlines, engine._worlds, engine._registries)
    assert [len(one) <= MOST_FRAMES for one in kept] == [True] * 5
    assert len(engine._rules) == len(engine._outlines) == MOST_FRAMES


def cached_functions() -> dict[str, Any]:
    """Every function of the package that keeps what it returned, by its full name."""
    found: dict[str, Any] = {}
    for module in pkgutil.walk_packages(planengine.__path__, "planengine."):
        if module.name == "planengine.__main__":
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, functools._lru_cache_wrapper):
                found[f"{value.__module__}.{name}"] = value
    return found


def test_a_function_keeps_a_limited_number_of_results() -> None:
    """Without a limit only what is asked of the package's own models, or of nothing at all."""
    found = cached_functions()
    assert len(found) >= 12
    for name, function in found.items():
        if function.cache_parameters()["maxsize"] is None:
            hints = get_type_hints(function.__wrapped__)
            hints.pop("return")
            assert set(hints.values()) <= {type[BaseModel]}, name


def test_units_that_only_pint_knows_do_not_pile_up() -> None:
    parsed = units._parsed_by_pint
    parsed.cache_clear()
    before = units._registry()
    letters = "abcdefghij"
    for number in range(units._MOST_PARSED):
        word = "".join(letters[int(digit)] for digit in str(number))
        parsed(f"zz{word}")
    assert parsed.cache_info().currsize <= 1024
    assert units._registry() is not before
    assert units.convert(Fraction(1), "mile", "m") == Fraction("1609.344")


def test_the_entries_of_a_library_on_disk_are_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert MOST_ENTRIES == 256
    monkeypatch.setattr(stores, "MOST_ENTRIES", 3)
    store = Store(tmp_path / "one", bytes(32))
    for number in range(5):
        store.put(f"entry-{number}", number)
        sleep(0.01)  # a file's time is no finer on some disks
    assert [store.get(f"entry-{number}") for number in range(5)] == [None, None, 2, 3, 4]
