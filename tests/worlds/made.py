"""Drawn libraries as real files, loaded and asked through the public doors."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import reject

import planengine
from tests.worlds import small
from tests.worlds.documents import Drawn
from tests.worlds.small import LEVELS


def load(
    drawn: Drawn, attributes: Mapping[tuple[str, str], object], *, open_kinds: bool = True
) -> planengine.Library:
    """The library, written to a folder and read from it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "documents").mkdir()
        files = {
            "planengine.yaml": small.MANIFEST,
            "vocabulary.yaml": small.vocabulary(),
            "registry.yaml": small.registry(dict(attributes), open_kinds=open_kinds),
            "sources.yaml": small.SOURCES,
            **{f"documents/{file}": text for file, text in drawn.files().items()},
        }
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
        try:
            return planengine.load(folder)
        except planengine.PlanError as error:
            wrong = {found.code for found in error.diagnostics if found.severity == "error"}
            if wrong == {"contradiction"}:  # what was drawn for one `all` may exclude itself
                reject()
            raise


def ranks(assessment: planengine.Assessment) -> dict[str, tuple[int, int, int]]:
    """(level, could_reach, obliged) of each decision as ranks."""
    found = {}
    for one in assessment.decisions:
        order: list[Any] = [None, *LEVELS[one.scale]]
        found[one.id] = (
            order.index(one.level),
            order.index(one.could_reach),
            order.index(one.obliged),
        )
    return found
