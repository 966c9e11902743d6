"""Shared by all tests."""

import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

from planengine.engines.durable.adapter import DurableUnavailable
from planengine.rules.conditions import Test

Test.__test__ = False  # type: ignore[attr-defined]  # a node of the condition IR, not a test case

# Wall-clock limits say more about the machine than about the code. Of the profiles, chosen by
# HYPOTHESIS_PROFILE, `long` is for the night; `ci` and `quick` try the same examples every time.
settings.register_profile("default", deadline=None)
settings.register_profile("ci", deadline=None, max_examples=60, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=2_000)
settings.register_profile("mutation", deadline=None, max_examples=8, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=10, derandomize=True)


def pytest_configure(config: pytest.Config) -> None:
    """Without the slow tests properties are tried on few examples, unless a profile is chosen."""
    usual = "quick" if config.getoption("markexpr") == "not slow" else "default"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """The second engine has no release for Python 3.13 and later: what needs it is skipped."""
    try:
        return (yield)
    except DurableUnavailable as error:
        if sys.version_info < (3, 13):
            raise
        pytest.skip(str(error))


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What commands keep is kept apart from the user's, and shared by the tests of a run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
