"""The page of the base library."""

from __future__ import annotations

import pytest

from planengine.atlas.bilingual import bilingual
from planengine.atlas.matter import Matter
from planengine.cli.read_library import Read, read
from planengine.facade import moment
from tests.linking.libraries import BASE

AT = moment("2026-07-01T00:00:00+08:00")


def matter_of(found: Read) -> Matter:
    entities, rules = found.library.entities, found.rules(AT, "en")
    words = bilingual(entities, AT, {act.clause: act.what for act in rules.acts})
    return Matter(entities, rules, words, found.texts, found.roots, AT, found.folder)


@pytest.fixture(scope="session")
def matter() -> Matter:
    return matter_of(read(BASE, "en"))
