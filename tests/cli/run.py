"""Runs a command as a user does, in this process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from click.testing import CliRunner, Result

import planengine.facade
from planengine.cli.main import group
from tests.shipped import ROOT

FLOOD = str(ROOT / "examples" / "flood-day.yaml")
EARTHQUAKE = str(ROOT / "examples" / "earthquake.yaml")
LIBRARY = ("--library", str(ROOT))

_load, _Engine = planengine.facade.load, planengine.facade.Engine
_LIBRARIES: dict[tuple[Path, Path], planengine.Library] = {}


def run(*words: str, stdin: str | None = None, columns: int = 120) -> Result:
    """The result of a command line; what is not told to the user is raised.

    The shipped library is read once, and each of its incidents is assessed once.
    """
    settings = {"COLUMNS": str(columns)}
    kept = patch.multiple(planengine.facade, load=_kept_load, Engine=_kept_engine)
    with kept:
        result = CliRunner().invoke(group, list(words), input=stdin, env=settings)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def _kept_load(path: Path, **options: Any) -> planengine.Library:
    if path.resolve() != ROOT:
        return _load(path, **options)
    key = path, Path.cwd()  # files are named as from here
    if key not in _LIBRARIES:
        _LIBRARIES[key] = _load(path)
    return _LIBRARIES[key]


def _kept_engine(library: planengine.Library, kind: Any) -> Any:
    if library not in _LIBRARIES.values():
        return _Engine(library, kind)
    return _engine(library, kind)


@cache
def _engine(library: planengine.Library, kind: Any) -> _Assessing:
    return _Assessing(library, kind)


class _Assessing:
    """An engine that keeps the newest assessments."""

    def __init__(self, library: planengine.Library, kind: Any) -> None:
        self._engine = _Engine(library, kind)
        self._known: list[tuple[object, planengine.Assessment]] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def assess(self, incident: Any, **options: Any) -> planengine.Assessment:
        asked = incident, options
        for known, found in self._known:
            if known == asked:
                return found
        found = self._engine.assess(incident, **options)
        self._known = [(asked, found), *self._known[:7]]
        return found
