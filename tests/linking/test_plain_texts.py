"""What a library is holds plain texts: where they were written stays with the reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from planengine.linking.load import load_library
from tests.assessment.conftest import Small
from tests.linking.test_valid import LIBRARIES
from tests.shipped import ROOT


def texts_in(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text that a value holds, with the field that holds it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from texts_in(getattr(value, name), f"{type(value).__name__}.{name}")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield from texts_in(key, f"{where} (key)")
            yield from texts_in(one, where)
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from texts_in(one, where)


@pytest.mark.parametrize("folder", [ROOT, *LIBRARIES], ids=lambda path: path.name)
def test_every_text_is_plain(folder: Path) -> None:
    entities = load_library(folder)
    assert {where for where, text in texts_in(entities) if type(text) is not str} == set()


def test_what_is_called_by_its_id_for_want_of_a_label_is_too(tmp_path: Path) -> None:
    small = Small(tmp_path).plan("dam", "resources: [{id: trucks, quantity: 3, at: the quarry}]\n")
    entities = load_library(small.folder)
    (resource,) = entities.plans["city/dam"][-1].resources
    held = (*resource.label.texts, resource.quantity, resource.at)
    assert held == (("en", "trucks"), "3", "the quarry")
    assert {where for where, text in texts_in(entities) if type(text) is not str} == set()
