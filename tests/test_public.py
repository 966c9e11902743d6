"""The public API is whole: what can be reached through it is exported, described and typed."""

from __future__ import annotations

import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any, get_args, get_type_hints

import pytest

import planengine
from planengine import answers, exercises
from tests.docs.blocks import DOCS

OWN_ROOMS = {  # attributes for planengine's own rooms, as their docstrings or the reference say
    ("Library", "entities"),
    ("Library", "store"),
    ("Engine", "rules_at"),
    ("Engine", "situation"),
    ("Assessment", "situation"),
    ("Incident", "events"),
    ("Journal", "writing"),
    ("Exercise", "objectives"),
    ("Exercise", "otherwise"),
    ("Inject", "when"),
    ("Inject", "unless"),
}
OPAQUE = {"Unit", *(cell.__name__ for cell in get_args(planengine.Cell))}
"""Seen through what the reference says of them only: an id, and the text of a cell."""


def exported(module: types.ModuleType) -> dict[str, Any]:
    return {name: getattr(module, name) for name in module.__all__}


PUBLIC = {**exported(answers), **exported(exercises), **exported(planengine)}
CLASSES = [
    *(one for one in exported(planengine).values() if isinstance(one, type)),
    *(one for one in exported(answers).values() if isinstance(one, type)),
    *(one for one in exported(exercises).values() if isinstance(one, type)),
]


def functions(owner: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """What people call or read of a class, by name."""
    for name, value in vars(owner).items():
        if name.startswith("_") and name != "__call__":
            continue
        if (owner.__name__, name) in OWN_ROOMS:
            continue
        found = {property: "fget", cached_property: "func"}.get(type(value), "__func__")
        function = getattr(value, found, value)
        if isinstance(function, types.FunctionType):
            yield name, function


def annotated(owner: type) -> Iterator[tuple[str, Any]]:
    """The types that a class speaks of, each with where."""
    for name, hint in get_type_hints(owner).items():
        if (owner.__name__, name) not in OWN_ROOMS and not name.startswith("_"):
            yield f"{owner.__name__}.{name}", hint
    for name, function in functions(owner):
        for hint in get_type_hints(function).values():
            yield f"{owner.__name__}.{name}", hint


def classes_in(hint: Any) -> Iterator[type]:
    if isinstance(hint, type) and hint.__module__.startswith("planengine"):
        yield hint
    for part in get_args(hint):
        yield from classes_in(part)


def test_every_type_that_is_spoken_of_is_exported() -> None:
    missing = {
        (where, found.__qualname__)
        for owner in CLASSES
        if owner.__name__ not in OPAQUE
        for where, hint in annotated(owner)
        for found in classes_in(hint)
        if found not in CLASSES and found.__name__ not in OPAQUE
    }
    assert missing == set()


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_described(name: str) -> None:
    page = (DOCS / "reference" / "python.md").read_text(encoding="utf-8")
    assert any(f"`{before}{name}{after}" in page for before in ("", "answers.") for after in "`(")


@pytest.mark.parametrize("owner", CLASSES, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_every_class_and_what_it_does_has_a_docstring(owner: type) -> None:
    written = owner.__doc__ or ""
    assert not written.startswith(f"{owner.__name__}("), "only the signature"
    assert written.strip()
    assert [name for name, one in functions(owner) if not (one.__doc__ or "").strip()] == []


@pytest.mark.parametrize("owner", CLASSES, ids=lambda one: f"{one.__module__}.{one.__name__}")
def test_everything_is_annotated(owner: type) -> None:
    for name, function in functions(owner):
        arguments = function.__code__.co_varnames[
            1 : function.__code__.co_argcount + function.__code__.co_kwonlyargcount
        ]
        assert get_type_hints(function).keys() == {*arguments, "return"}, name


def test_the_door_itself_is_annotated() -> None:
    assert get_type_hints(planengine.load).keys() == {"path", "cache", "return"}
    assert get_type_hints(planengine.load)["return"] is planengine.Library
    assert get_type_hints(planengine.Engine.assess)["return"] is planengine.Assessment
    assert get_type_hints(planengine.Library.compile)["return"] is planengine.Engine
    assert get_type_hints(planengine.Library).keys() == {
        "entities",
        "diagnostics",
        "sources",
        "digest",
    }
    assert get_type_hints(planengine.Engine).keys() == {"library", "engine"}
    assert get_type_hints(planengine.Assessment).keys() == {"incident", "status"}


def test_what_is_exported_is_listed_and_nothing_else_is() -> None:
    for module in (planengine, answers, exercises):
        assert sorted(set(module.__all__)) == sorted(module.__all__)
    assert dir(planengine) == sorted(planengine.__all__)
    assert planengine.answers is import_module("planengine.answers")
    with pytest.raises(AttributeError, match="no attribute 'facades'"):
        _ = planengine.facades


def test_every_error_has_the_one_base() -> None:
    for error in (planengine.PlanError, planengine.ArgumentError, planengine.EngineRefusal):
        assert issubclass(error, planengine.PlanengineError)
    assert issubclass(planengine.ArgumentError, ValueError)


def test_importing_costs_nothing() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, planengine; print(sorted(n for n in sys.modules if 'planengine' in n))",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == "['planengine']\n"
