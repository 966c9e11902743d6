"""Working without looking for garbage."""

from __future__ import annotations

import gc

import pytest

from planengine.reading.collecting import no_collecting


def test_what_was_made_is_old_and_looking_goes_on() -> None:
    with no_collecting(for_good=True):
        inside = gc.isenabled()
        made = [[number] for number in range(20_000)]
        young = gc.get_count()[0]
    assert (inside, young > 20_000, gc.isenabled()) == (False, True, True)
    assert gc.get_count()[0] < 10_000
    assert any(one is made for one in gc.get_objects(generation=2))


def test_what_is_done_again_and_again_makes_nothing_old() -> None:
    with no_collecting():
        made = [[number] for number in range(1_000)]
    assert not any(one is made for one in gc.get_objects(generation=2))


def test_what_somebody_froze_stays_frozen() -> None:
    gc.freeze()
    try:
        frozen = gc.get_freeze_count()
        with no_collecting(for_good=True):
            pass
        assert gc.get_freeze_count() == frozen > 0
    finally:
        gc.unfreeze()


def test_where_nobody_looks_nobody_begins_to() -> None:
    gc.disable()
    try:
        with no_collecting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_it_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="reason"), no_collecting():
        raise ValueError("reason")
    assert gc.isenabled()
