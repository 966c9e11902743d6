"""A sources document: laws, regulations, plans and standards that rules rest on."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from planengine.model.common import (
    EditionModel,
    Labels,
    RankName,
    SourceName,
    Strict,
    Texts,
)
from planengine.reading.validate import Name


class SourceModel(Strict):
    """A source with its rank and editions."""

    label: Labels = {}
    aliases: Texts = []
    number: Name | None = None
    rank: RankName
    editions: list[EditionModel] = []
    replaces: list[SourceName] = []
    note: Name | None = None


class SourcesModel(Strict):
    """Sources by id."""

    sources: Name
    entries: dict[Name, SourceModel]
