"""A test document: what is told of an incident, and what must hold at chosen moments."""

# ruff: noqa: RUF012 - pydantic copies defaults

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from planengine.model.common import (
    ONE_OR_LIST,
    AgencyName,
    AreaName,
    BodyName,
    DecisionName,
    Duration,
    Either,
    HazardName,
    Labels,
    MemberRoleName,
    MomentName,
    ObjectName,
    PlaceName,
    Stated,
    Strict,
    Time,
    VerbName,
    at_most_one,
    listed,
    rules,
    suggests,
)
from planengine.model.incident import ObservationModel, StatusText
from planengine.reading.validate import Name, RawNode

_LEVELS = {
    "type": "string",
    "x-suggests": ["level"],
    "examples": ["II", "none", "not-judged", "≥ III"],
}
_SOME = {"type": "array", "items": _LEVELS, "minItems": 1}
NOT = {
    "type": "object",
    "properties": {"not": {"anyOf": [_LEVELS, _SOME]}},
    "required": ["not"],
    "additionalProperties": False,
}
Levels: TypeAlias = Annotated[
    RawNode,
    WithJsonSchema({"anyOf": [_LEVELS, _SOME, NOT]}),
]
Bodies: TypeAlias = Annotated[list[BodyName], BeforeValidator(listed), ONE_OR_LIST]
Names: TypeAlias = Annotated[list[Name], BeforeValidator(listed), ONE_OR_LIST]
DutyState: TypeAlias = Literal["owed", "indicated", "possible", "not-owed"]
ProposalText: TypeAlias = Literal["start", "raise", "keep", "lower", "end", "none"]


def _only(key: str) -> BeforeValidator:
    """What may stand alone is this key of a mapping."""

    def read(value: object) -> object:
        return value if isinstance(value, dict) else {key: value}

    return BeforeValidator(read)


def _levels(value: object) -> object:
    """Levels alone, in any of their shapes, are the `level`."""
    if isinstance(value, dict) and set(value) != {"not"}:
        return value
    return {"level": value}


class ExpectedDecisionModel(Strict):
    """What must be so of one decision; a bare level is that one exactly."""

    level: Levels | None = None
    indicated: Levels | None = None
    could_reach: Levels | None = None
    obliged: Levels | None = None
    issued: Levels | None = None
    in_force: Levels | None = None
    exact: bool | None = None
    proposal: ProposalText | None = None
    verb: VerbName | None = None
    propose: Bodies | None = None
    approve: Bodies | None = None


class ExpectedDutyModel(Strict):
    """What must be so of an action, a report or a release."""

    state: DutyState | None = None
    done: bool | None = None
    due: Time | None = None
    within: Duration | None = None
    overdue: bool | None = None
    at_once: bool | None = None
    by: Bodies | None = None
    to: Bodies | None = None
    verb: VerbName | None = None


class ExpectedAgencyModel(Strict):
    """What must be so of a body that has something to do."""

    role: MemberRoleName | None = None
    mode: Literal["order", "request"] | None = None


class ListedModel(Strict):
    """What must, and what must not, be among the things of a list; `only`: nothing else."""

    has: Names = []
    lacks: Names = []
    only: bool = False


def _has(value: object) -> object:
    """A list alone, or one name, is what there must be; `none`: there is nothing."""
    if isinstance(value, dict):
        return value
    return {"only": True} if value == "none" else {"has": value}


_NAMES = (
    {"type": "string"},
    {"type": "array", "items": {"type": "string"}},
)
Decisions: TypeAlias = dict[
    DecisionName,
    Annotated[
        ExpectedDecisionModel,
        BeforeValidator(_levels),
        Either(_LEVELS, _SOME, NOT),
    ],
]
_STATE = {"enum": ["owed", "indicated", "possible", "not-owed"]}
ExpectedDuty: TypeAlias = Annotated[ExpectedDutyModel, _only("state"), Either(_STATE)]
Actions: TypeAlias = dict[Annotated[Name, suggests("action-of-any")], ExpectedDuty]
Reports: TypeAlias = dict[Annotated[Name, suggests("report-of-any")], ExpectedDuty]
Releases: TypeAlias = dict[Annotated[Name, suggests("release-of-any")], ExpectedDuty]
Agencies: TypeAlias = dict[
    AgencyName, Annotated[ExpectedAgencyModel, _only("role"), Either({"type": "string"})]
]


Listed: TypeAlias = Annotated[ListedModel, BeforeValidator(_has), Either(*_NAMES)]


class MomentModel(Strict):
    """What must hold at one moment; `beyond` says that it is after all that is told."""

    at: Time
    beyond: bool = False
    decisions: Decisions = {}
    agencies: Agencies = {}
    actions: Actions = {}
    reports: Reports = {}
    releases: Releases = {}
    ask: Listed | None = None
    findings: Listed | None = None
    may_invoke: Listed | None = None
    note: Name | None = None


class ToldModel(Strict):
    """What the header of an incident says; each is that of the file where it is left out."""

    label: Labels = {}
    hazards: list[HazardName] | None = None
    scope: list[PlaceName] | None = None
    status: StatusText | None = None
    moments: dict[MomentName, Time] | None = None
    observations: list[ObservationModel] = []
    note: Name | None = None


class ScenarioModel(ToldModel):
    """A time line, and what must hold at moments of it; `proposed` until an author confirms it.

    `incident` is a file whose header and observations come before its own.
    """

    scenario: Name
    incident: Name | None = None
    expect: list[MomentModel] = []
    proposed: bool = False


Row: TypeAlias = dict[Annotated[Name, suggests("fact")], Stated]


class TableModel(ToldModel):
    """Boundaries, one row a case: facts, and what one decision must be."""

    model_config = rules(at_most_one("area", "object"))

    table: Name
    decision: DecisionName
    at: Time | None = None
    area: AreaName | None = None
    object: ObjectName | None = None
    kind: Literal["observed", "judged", "estimated", "forecast"] | None = None
    valid: Duration | None = None
    given: Row = {}
    rows: Annotated[list[Row], Field(min_length=1)]


class TestModel(Strict):
    """A file of tests."""

    __test__ = False  # no case for pytest

    test: Name
    label: Labels = {}
    hazards: list[HazardName] = []
    scope: list[PlaceName] | None = None
    status: StatusText | None = None
    moments: dict[MomentName, Time] | None = None
    at: Time | None = None
    scenarios: list[ScenarioModel] = []
    tables: list[TableModel] = []
    note: Name | None = None
