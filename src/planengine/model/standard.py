"""A standard document: facts to levels of one scale."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal

from planengine.model.common import (
    AppliesModel,
    Bases,
    Condition,
    EditionModel,
    Labels,
    ReportModel,
    ScaleName,
    Texts,
    names_schema,
)
from planengine.model.levels import LevelsModel
from planengine.reading.validate import Name


class StandardModel(LevelsModel):
    """One edition of one standard."""

    standard: Name
    label: Labels = {}
    aliases: Texts = []
    scale: ScaleName
    authority: Annotated[Name, names_schema("authority")]
    decides: Literal["asker", "authority"] = "asker"
    edition: EditionModel
    applies: AppliesModel
    basis: Bases = []
    monotone: bool = False
    define: dict[Name, Condition] = {}
    reports: list[ReportModel] = []
    note: Name | None = None
