"""What gives levels: tables and rules (standards and plans), mappings and changes (plans)."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from planengine.model.common import (
    LEVEL_SCHEMA,
    Bases,
    Condition,
    Conditions,
    DecisionName,
    DivisionName,
    Either,
    Executors,
    GradedTable,
    LevelName,
    RuleModel,
    ScaleName,
    Strict,
    VerbName,
    approver,
)
from planengine.reading.validate import RawNode


class MappingModel(Strict):
    """Levels taken from another decision."""

    decision: DecisionName
    map: dict[LevelName, LevelName]
    verb: VerbName | None = None
    basis: Bases = []


class RaiseModel(Strict):
    """When the level is raised, by how many levels, and how strongly (else as what is raised)."""

    when: Condition
    by: int = 1
    verb: VerbName | None = None
    basis: Bases = []


class ChangeModel(Strict):
    """When a level may be lowered or the response ended, and who approves (`same`)."""

    when: Condition | None = None
    any: Conditions | None = None
    all: Conditions | None = None
    approve: Annotated[Executors | None, BeforeValidator(approver), Either({"const": "same"})] = (
        None
    )
    basis: Bases = []


class LevelsModel(Strict):
    """A graded table, level rules, or both, behind one gate."""

    scale: ScaleName | None = None
    per: DivisionName | None = None
    provided: Condition | None = None
    levels: list[RuleModel] = []
    any: GradedTable | None = None
    otherwise: Annotated[RawNode, LEVEL_SCHEMA] | None = None
    gaps: list[LevelName] = []


class PlanLevelsModel(LevelsModel):
    """The levels of a track of a plan."""

    warnings: list[RuleModel] = []
    from_: MappingModel | None = None
    raise_by: RaiseModel | None = None
    lower: ChangeModel | None = None
    end: ChangeModel | None = None
