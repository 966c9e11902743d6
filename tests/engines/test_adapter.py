from __future__ import annotations

import builtins
import locale
import os
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from planengine.engines.durable.adapter import (
    DurableFailure,
    DurableUnavailable,
    Json,
    Rules,
    extension,
    json_text,
    number_text,
)


def rule(*tests: Json) -> Json:
    return {"all": [{"m": {"$and": [{"known": 1}, *tests]}}]}


def test_numbers_have_no_exponent():
    assert number_text(1e-07) == "0.0000001"
    assert number_text(30.0) == "30"
    assert number_text(2.0**53) == "9007199254740992"
    assert number_text(-0.1) == "-0.1"
    for wrong in (float("nan"), float("inf"), 2.0**54, True, "3"):
        with pytest.raises(ValueError, match="not"):
            number_text(wrong)  # type: ignore[arg-type]


def test_only_names_become_text():
    assert json_text({"$and": [{"p1": 1}]}) == '{"$and":[{"p1":1}]}'
    for wrong in ('"', "死亡", "a b", "", "a\\"):
        with pytest.raises(ValueError, match="not a name"):
            json_text(wrong)


@pytest.mark.parametrize("value", [0.0000001, 0.3, 29.999999999999996, 30, 123456789012345])
def test_numbers_arrive_as_they_are(value: float):
    rules = Rules(
        "exact", {"low": rule({"$gte": {"x": value}}), "over": rule({"$gt": {"x": value}})}
    )
    with rules.session() as session:
        assert session.fired({"known": 1, "x": value}) == ("low",)


def test_a_rule_that_fires_often_is_named_once():
    either: Json = {"$or": [{"$gte": {"x": 1}}, {"$gte": {"y": 1}}]}
    rules = Rules("often", {"a": rule(either, {"$gte": {"x": 0}})})
    with rules.session() as session:
        assert session.fired({"known": 1, "x": 2, "y": 2}) == ("a",)


def test_facts_stay_for_later_ones_and_are_gone_in_the_next_session():
    rules = Rules(
        "later",
        {
            "a": {
                "all": [
                    {"m": {"$and": [{"known": 1}, {"$gte": {"x": 1}}]}},
                    {"n": {"$and": [{"claim": 7}, {"$gte": {"rank": 2}}]}},
                ]
            }
        },
    )
    for _ in range(3):
        with rules.session() as session:
            assert session.fired({"known": 1, "x": 1}) == ()
            assert session.fired({"claim": 7, "rank": 1}) == ()
            assert session.fired({"claim": 8, "rank": 3}) == ()
            assert session.fired({"claim": 7, "rank": 3}) == ("a",)
        with rules.session() as session:
            assert session.fired({"claim": 7, "rank": 3}) == ()
            assert session.fired({"known": 1, "x": 1}) == ("a",)


def test_states_are_deleted_also_after_an_error():
    rules = Rules("error", {"a": rule({"$gte": {"x": 1}})})
    for _ in range(1_100):  # more than the extension has room for
        with pytest.raises(ValueError, match="not a number"), rules.session() as session:
            session.fired({"known": 1, "x": "30"})  # type: ignore[dict-item]
    with rules.session() as session:
        assert session.fired({"known": 1, "x": 1}) == ("a",)


def test_a_closed_rule_set_says_so():
    rules = Rules("closed", {"a": rule({"$gte": {"x": 1}})})
    rules.close()
    rules.close()
    with pytest.raises(DurableFailure, match="closed"), rules.session():
        pass


def test_what_the_extension_refuses_is_reported():
    with pytest.raises(DurableFailure, match="refused"):
        Rules("bad", {"a": {"all": [{"m": {"$gte": 3}}]}})


def test_threads_take_turns():
    rules = Rules("turns", {"a": rule({"$gte": {"x": 1}}), "b": rule({"$gte": {"x": 2}})})

    def ask(x: int) -> tuple[str, ...]:
        with rules.session() as session:
            return session.fired({"known": 1, "x": x})

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, [0, 1, 2] * 200))
    assert answers == [(), ("a",), ("a", "b")] * 200


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_forked_process_must_make_its_own():
    rules = Rules("forked", {"a": rule({"$gte": {"x": 1}})})
    child = os.fork()
    if child == 0:
        try:
            with rules.session():
                os._exit(1)
        except DurableFailure:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_without_the_extension_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def missing(name: str, *args: object) -> object:
        if name == "durable_rules_engine":
            raise ImportError(name)
        return real(name, *args)  # type: ignore[arg-type]

    monkeypatch.delitem(sys.modules, "durable_rules_engine", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(DurableUnavailable, match=r"planengine\[durable\].*below 3.13"):
        extension()


def test_a_decimal_comma_is_refused(monkeypatch: pytest.MonkeyPatch):
    pytest.importorskip("durable_rules_engine")
    monkeypatch.setattr(locale, "localeconv", lambda: {"decimal_point": ","})
    with pytest.raises(DurableUnavailable, match="decimal comma"):
        extension()
