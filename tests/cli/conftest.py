"""The shipped library for every test of this folder, and a cache of our own for commands."""

import pytest

from tests.shipped import both, engine, nation, shipped

__all__ = ["both", "engine", "nation", "shipped"]


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
