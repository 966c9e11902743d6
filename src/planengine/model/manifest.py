"""planengine.yaml: what belongs to a library."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from planengine.model.common import (
    AreaName,
    Labels,
    Strict,
    Texts,
    TimeZone,
)
from planengine.reading.validate import Name


class ManifestModel(Strict):
    """The library's id, what it includes, its home, its local time, its language."""

    library: Name
    label: Labels = {}
    include: Texts
    tests: Texts = []
    home: AreaName
    time_zone: TimeZone | None = None
    language: Name | None = None
