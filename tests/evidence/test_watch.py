"""By-exception facts: false or zero while the provider is on watch, and listed as assumed."""

from __future__ import annotations

from planengine.domain.statements import WatchChange
from tests.evidence.build import CITY, EAST, WEST, cell, evidence, said, shown, stamp


def off(at: float, agency: str) -> WatchChange:
    return WatchChange(stamp(at), agency, False)


def on(at: float, agency: str) -> WatchChange:
    return WatchChange(stamp(at), agency, True)


def test_unreported_is_false_or_zero_and_assumed() -> None:
    found = evidence(at=1)
    flag, count = found.known(cell("breach")), found.known(cell("fires"))
    assert (str(flag.value), flag.assumed, flag.stated) == ("false", True, False)
    assert (str(count.value), count.assumed) == ("0", True)


def test_off_watch_it_is_unknown_until_the_provider_is_back() -> None:
    events = off(1, "water-bureau"), on(3, "water-bureau")
    assert shown(evidence(*events, at=2), "breach") == "false | true | n/a"
    back = evidence(*events, at=3)
    assert shown(back, "breach") == "false"
    assert shown(back.at_time(2 * 3600), "breach") == "false | true | n/a"


def test_a_role_is_off_watch_where_its_agency_is() -> None:
    found = evidence(off(1, "fire-west"))
    assert shown(found, "fires", WEST) == "[0..∞) | n/a"
    assert shown(found, "fires", EAST) == "0"
    assert shown(found, "fires", CITY) == "[0..∞) | n/a"


def test_what_was_stated_holds_off_watch_too() -> None:
    assert shown(evidence(said(1, breach=True), off(2, "water-bureau")), "breach") == "true"


def test_an_explicit_unknown_is_not_assumed_away() -> None:
    known = evidence(said(1, breach=None)).known(cell("breach"))
    assert (str(known.value), known.assumed) == ("false | true | n/a", False)


def test_unreported_parts_are_assumed() -> None:
    known = evidence(said(1, WEST, fires=2)).known(cell("fires"))
    assert (str(known.value), known.assumed) == ("2", True)
    true = evidence(said(1, WEST, breach=True)).known(cell("breach"))
    assert (str(true.value), true.assumed) == ("true", False)
    off_watch = evidence(said(1, WEST, fires=2), off(1, "fire-east"))
    assert shown(off_watch, "fires") == "[2..∞)"


def test_assumptions_yield_to_what_is_stated() -> None:
    found = evidence(said(1, CITY, fires=3), said(1, WEST, fires=1))
    assert shown(found, "fires") == "3"
    assert found.conflicts == ()
    later = evidence(said(1, CITY, breach=True), said(2, WEST, breach=False))
    assert shown(later, "breach") == "true"
    agreed = evidence(said(1, CITY, breach=False), said(2, WEST, breach=False))
    assert shown(agreed, "breach") == "false"
